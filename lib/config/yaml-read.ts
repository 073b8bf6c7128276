/** Reads the YAML language: Sysmon's rules for people, and what XML cannot say. See docs/configuration.md. */
import { isMap, isScalar, isSeq, type Pair } from 'yaml';
import { isTag, ruleTags, windowsTags } from '../schema/manifest.js';
import { maxNesting } from './compile.js';
import { Findings, type Position } from './findings.js';
import { checkFields, checkName, checkValue, conditionOf, maxLines, tooManyLines, unknownCondition } from './line.js';
import {
  listConditions,
  parseSchemaVersion,
  type Compound,
  type Entry,
  type EventNode,
  type Group,
  type Line,
  type OptionSetting,
  type RuleSet,
  type SchemaVersion,
} from './model.js';
import { checkOption, withImageRules } from './config-options.js';
import { suggest } from '../base/nearest.js';
import { comment, joined } from './yaml-comments.js';
import { YamlDocument } from './yaml-document.js';

/** What is understood of a text that says nothing. */
const empty = (): RuleSet => ({
  kind: 'RuleSet',
  format: 'yaml',
  schemaVersion: { major: 4, minor: 90 },
  options: [],
  groups: [],
});

/** Reads a document; what is wrong goes to `findings`, and what was understood is returned all the same. */
export function readYaml(source: string, findings: Findings): RuleSet {
  const doc = YamlDocument.parse(source, findings);
  return doc ? withImageRules(new YamlReader(doc, findings).read(), findings) : empty();
}

/** A condition on one of some events, where it stands in another document than a configuration. */
export function readCondition(
  doc: YamlDocument,
  findings: Findings,
  tags: readonly string[],
  item: unknown,
): readonly Entry[] {
  const entries = new YamlReader(doc, findings).condition(item);
  const at = doc.at(item);
  const judged = tags.map((tag) => {
    const found = new Findings();
    checkFields({ tag, onmatch: 'include', entries, at }, found);
    return found.errors;
  });
  // Of several events, one that has the fields is enough: the others are not meant.
  if (judged.every((errors) => errors.length > 0))
    for (const { code, message, line, column } of judged[0]) findings.error(code, message, { line, column });
  return entries;
}

class YamlReader {
  private lines = 0;

  constructor(
    private readonly doc: YamlDocument,
    private readonly findings: Findings,
  ) {}

  read(): RuleSet {
    const { doc } = this;
    if (!isMap(doc.contents)) {
      const message = 'a configuration is XML, which begins with "<Sysmon", or YAML with the key rules';
      this.findings.error('yaml', message, doc.at(doc.contents));
      return empty();
    }
    const top = doc.map(doc.contents, ['schemaversion', 'options', 'rules'], 'a configuration') as Map<string, Pair>;
    const rules = top.get('rules');
    const version = top.get('schemaversion');
    const { comments } = doc;
    return {
      ...empty(),
      ...comment('comment', joined(comments.top(doc.contents), comments.within(version?.key, version?.value))),
      schemaVersion: this.version(version),
      options: this.options(top.get('options')),
      ...comment('rulesComment', rules && joined(comments.above(rules.key), comments.within(rules.key))),
      groups: this.groups(rules),
      ...comment('rulesEnd', rules && this.doc.below(rules.value)),
      ...comment('end', comments.rest()),
      ...this.findings.leftOut,
    };
  }

  private version(pair: Pair | undefined): SchemaVersion {
    const fallback = empty().schemaVersion;
    const text = this.doc.text(pair, 'schemaversion');
    if (text === undefined) return fallback;
    const version = parseSchemaVersion(text);
    if (!version || version.major < 4) {
      this.findings.error(
        'schema-version',
        version ? 'schema versions below 4.0 are not supported' : `'${text}' is no version`,
        this.doc.at(pair?.value),
      );
      return fallback;
    }
    return version;
  }

  private options(pair: Pair | undefined): OptionSetting[] {
    if (!pair) return [];
    const out: OptionSetting[] = [];
    let above = joined(this.doc.comments.above(pair.key), this.doc.comments.within(pair.key));
    for (const [name, item] of this.doc.map(pair.value, undefined, 'options') ?? []) {
      const value = this.optionValue(item, name);
      if (value === undefined) continue;
      const option: OptionSetting = {
        name,
        value,
        at: this.doc.at(item.key),
        ...this.doc.within(comment('comment', joined(above, this.doc.comments.above(item.key))), item.key, item.value),
      };
      above = undefined;
      checkOption(option, this.findings);
      out.push(option);
    }
    return out;
  }

  private optionValue(pair: Pair, name: string): string | undefined {
    const { value } = pair;
    const text = (of: unknown): string => {
      if (isScalar(of) && of.value !== null) return this.doc.scalar(of);
      this.findings.error('yaml', `${name}: a value must be text`, this.doc.at(of ?? value));
      return '';
    };
    if (isSeq(value)) return value.items.map(text).join(',');
    if (isMap(value)) return value.items.map((i) => `${text(i.key)}:${text(i.value)}`).join(',');
    return this.doc.text(pair, name);
  }

  private groups(pair: Pair | undefined): Group[] {
    if (!pair) return [];
    return this.doc.sequence(pair.value, 'rules', pair.key).flatMap((item): Group[] => {
      const keys =
        isMap(item) && item.has('events')
          ? ['name', 'relation', 'events']
          : ['event', 'onmatch', 'match', 'name', 'relation', 'ruleGroup'];
      const map = this.doc.map(item, keys, 'an item of rules');
      if (!map) return [];
      const above = this.doc.above(item);
      const name = this.doc.text(map.get('name'), 'name');
      checkName(name, this.doc.at(item), this.findings);
      const relation = this.relation(map.get('relation'));
      const grouped = {
        ...(name === undefined ? {} : { name }),
        ...(relation ? { relation } : {}),
        at: this.doc.at(item),
      };
      const events = map.get('events');
      if (events) {
        const nodes = this.doc.sequence(events.value, 'events', events.key).flatMap((e) => {
          const inner = this.doc.map(e, ['event', 'onmatch', 'match'], 'an event');
          return inner ? this.node(inner, e, this.doc.above(e)) : [];
        });
        const end = comment('end', this.doc.below(events.value));
        return [{ explicit: true, ...grouped, nodes, ...this.doc.within(above, item), ...end }];
      }
      const explicit = this.explicit(map);
      if (!explicit && (map.has('name') || map.has('relation'))) {
        this.findings.error('yaml', 'without a RuleGroup there is neither name nor relation', this.doc.at(item));
      }
      // What stands above the item, and beside it, is the group's if there is one.
      if (!explicit) return [{ explicit, nodes: this.node(map, item, above), at: this.doc.at(item) }];
      return [{ explicit, ...grouped, nodes: this.node(map, item, undefined), ...this.doc.within(above, item) }];
    });
  }

  private explicit(map: Map<string, Pair>): boolean {
    const text = this.doc.text(map.get('ruleGroup'), 'ruleGroup');
    if (text !== undefined && text !== 'true' && text !== 'false')
      this.findings.error('yaml', 'ruleGroup is true or false', this.doc.at(map.get('ruleGroup')?.value));
    return text !== 'false';
  }

  /** Absent means `or` here; `default` leaves it to the schema version, as XML does without the attribute. */
  private relation(pair: Pair | undefined): 'and' | 'or' | undefined {
    const text = this.doc.text(pair, 'relation');
    if (text === undefined || text === 'or') return 'or';
    if (text === 'and') return 'and';
    if (text !== 'default')
      this.findings.error('yaml', `relation is and, or, or default, not '${text}'`, this.doc.at(pair?.value));
    return undefined;
  }

  private node(map: Map<string, Pair>, item: unknown, above: { comment?: string } | undefined): EventNode[] {
    const tag = this.doc.text(map.get('event'), 'event');
    const onmatch = this.doc.text(map.get('onmatch'), 'onmatch');
    const match = map.get('match');
    const entries = match ? this.entries(match, 'match', 0) : [];
    const at = this.doc.at(item);
    if (!map.has('event')) this.findings.error('yaml', 'the key event is missing', at);
    if (!map.has('onmatch')) this.findings.error('onmatch', 'the key onmatch is missing: include or exclude', at);
    if (tag === undefined || onmatch === undefined) return [];
    if (!isTag(tag)) {
      this.findings.error(
        'unknown-event',
        `unknown event ${tag}${suggest(tag, [...ruleTags, ...windowsTags])}`,
        this.doc.at(map.get('event')?.value),
      );
      return [];
    }
    if (onmatch !== 'include' && onmatch !== 'exclude') {
      this.findings.error(
        'onmatch',
        `'${onmatch}' is neither include nor exclude`,
        this.doc.at(map.get('onmatch')?.value),
      );
      return [];
    }
    const end = comment('end', match && this.doc.below(match.value));
    const own = above && this.doc.within(above, item);
    const node: EventNode = { tag, onmatch, entries, at, ...own, ...end };
    checkFields(node, this.findings);
    return [node];
  }

  private entries(pair: Pair, what: string, depth: number): Entry[] {
    return this.doc.sequence(pair.value, what, pair.key).flatMap((item) => this.entry(item, depth));
  }

  condition(item: unknown): Entry[] {
    return this.entry(item, 0);
  }

  private entry(item: unknown, depth: number): Entry[] {
    const map = this.doc.map(item, undefined, 'a condition');
    if (!map) return [];
    const { findings } = this;
    const at = this.doc.at(item);
    if (depth > maxNesting) {
      findings.error('yaml', `rules are nested deeper than ${maxNesting}`, at);
      return [];
    }
    const above = this.doc.above(item);
    const ownName = this.doc.text(map.get('name'), 'name');
    checkName(ownName, at, findings);
    map.delete('name');
    const name = ownName === undefined ? {} : { name: ownName };
    const [only] = map;
    if (!only || map.size > 1) {
      findings.error(
        'yaml',
        only ? 'one condition has one field; put several below all: or any:' : 'a condition needs a field',
        at,
      );
      return [];
    }
    const [key, pair] = only;
    if (key === 'any' || key === 'all' || key === 'not') {
      const entries =
        key === 'not' && !isSeq(pair.value) ? this.entry(pair.value, depth + 1) : this.entries(pair, key, depth + 1);
      if (entries.length === 0 && key === 'not') findings.error('yaml', 'not needs a condition', at);
      const end = comment('end', this.doc.below(pair.value));
      const compound: Compound = { kind: key, ...name, entries, at, ...this.doc.within(above, item), ...end };
      return [compound];
    }
    return this.line(key, pair, { ...name, at, ...this.doc.within(above, item) });
  }

  private line(field: string, pair: Pair, rest: { name?: string; at: Position; comment?: string }): Line[] {
    const { findings } = this;
    if (++this.lines > maxLines) {
      if (this.lines === maxLines + 1) findings.error('too-many', tooManyLines, rest.at);
      return [];
    }
    if (!isMap(pair.value)) {
      const value = this.doc.text(pair, field);
      return value === undefined ? [] : this.checked({ kind: 'line', field, condition: 'is', value, ...rest });
    }
    const map = this.doc.map(pair.value, undefined, field);
    const [only] = map ?? [];
    if (!only || map?.size !== 1) {
      findings.error('yaml', `${field} needs one condition`, this.doc.at(pair.value));
      return [];
    }
    const [written, value] = only;
    const condition = conditionOf(written);
    if (!condition) {
      findings.error('unknown-condition', unknownCondition(written, true), this.doc.at(value.key));
      return [];
    }
    if (isSeq(value.value)) {
      if (!listConditions.has(condition))
        findings.error(
          'yaml',
          `"${condition}" takes one value; put several conditions below any:`,
          this.doc.at(value.value),
        );
      const items = value.value.items.map((i) => {
        const text = isScalar(i) && i.value !== null ? this.doc.scalar(i) : undefined;
        if (text === undefined) findings.error('yaml', 'a value must be text', this.doc.at(i));
        else if (text.includes(';'))
          findings.error('value', `a value of a list cannot contain a semicolon: '${text}'`, this.doc.at(i));
        return text ?? '';
      });
      return this.checked({ kind: 'line', field, condition, value: items.join(';'), ...rest });
    }
    const text = this.doc.text(value, written);
    return text === undefined ? [] : this.checked({ kind: 'line', field, condition, value: text, ...rest });
  }

  private checked(line: Line): Line[] {
    checkValue(line, this.findings);
    return [line];
  }
}
