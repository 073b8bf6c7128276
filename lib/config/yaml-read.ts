/** Reads the YAML language: Sysmon's rules for people, and what XML cannot say. See docs/configuration.md. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type Scalar } from 'yaml';
import { eventsOfTag, ruleTags } from '../schema/manifest.js';
import { ConfigError, Findings, type Position } from './findings.js';
import { checkFields, checkName, checkValue, conditionOf, maxLines, unknownCondition } from './line.js';
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
import { checkOption } from './config-options.js';
import { suggest } from '../base/nearest.js';
import { YamlComments } from './yaml-comments.js';

/** Nested deeper than this is refused: `any`, `all` and `not` count two levels each. */
const maxDepth = 40;

/** Reads a document; what is wrong goes to `findings`, and what was understood is returned all the same. */
export function readYaml(source: string, findings: Findings): RuleSet {
  return new YamlReader(source, findings).read();
}

/** Brackets that nest without end would exhaust the parser's stack before anything could count them. */
function checkNesting(source: string): void {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) depth++;
    else if (c === 0x5d || c === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > 1000)
      throw new ConfigError('brackets are nested too deeply', {
        line: source.slice(0, i).split('\n').length,
        column: 1,
      });
  }
}

class YamlReader {
  private readonly counter = new LineCounter();
  private lines = 0;
  private comments: YamlComments | undefined;

  constructor(
    private readonly source: string,
    private readonly findings: Findings,
  ) {}

  read(): RuleSet {
    checkNesting(this.source);
    let doc;
    try {
      doc = parseDocument(this.source, {
        lineCounter: this.counter,
        prettyErrors: false,
        schema: 'core',
        uniqueKeys: true,
        logLevel: 'silent',
      });
    } catch (cause) {
      // Indentation nested without end exhausts the stack; the parser has no limit of its own.
      if (cause instanceof RangeError)
        throw new ConfigError('nested too deeply', { line: 1, column: 1 }, [], { cause });
      throw cause;
    }
    for (const error of doc.errors) this.findings.error('yaml', error.message, this.place(error.pos[0]));
    const empty: RuleSet = {
      kind: 'RuleSet',
      format: 'yaml',
      schemaVersion: { major: 4, minor: 90 },
      options: [],
      groups: [],
    };
    if (doc.errors.length) return empty;
    const top = this.map(doc.contents, ['schemaversion', 'options', 'rules'], 'a configuration');
    if (!top) return empty;
    const comments = (this.comments = new YamlComments(this.source, this.counter, doc));
    const rules = top.get('rules');
    return {
      ...empty,
      ...comment('comment', comments.top(doc.contents)),
      schemaVersion: this.version(top.get('schemaversion')),
      options: this.options(top.get('options')),
      ...comment('rulesComment', rules && comments.above(rules.key)),
      groups: this.groups(rules),
      ...comment('rulesEnd', rules && this.below(rules.value)),
      ...comment('end', comments.rest()),
    };
  }

  private place(offset: number): Position {
    const { line, col } = this.counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  private at(node: unknown): Position {
    return this.place((node as Node | null)?.range?.[0] ?? 0);
  }

  /** The pairs of a map by key, after a check of the keys; undefined, with an error, if it is no map. */
  private map(node: unknown, keys: readonly string[] | undefined, what: string): Map<string, Pair> | undefined {
    if (!isMap(node)) {
      this.findings.error(
        'yaml',
        isAlias(node) ? 'aliases are not supported' : `${what} must be a mapping`,
        this.at(node),
      );
      return undefined;
    }
    const out = new Map<string, Pair>();
    for (const pair of node.items) {
      if (!isScalar(pair.key)) {
        this.findings.error('yaml', 'a key must be plain text', this.at(pair.key));
        continue;
      }
      const key = this.scalar(pair.key);
      if (keys && !keys.includes(key))
        this.findings.error('unknown-key', `${what} has no key ${key}${suggest(key, keys)}`, this.at(pair.key));
      else out.set(key, pair);
    }
    return out;
  }

  /** The text of a scalar as it is written: `4.90` and `0x1F` are what they look like. */
  private scalar(node: Scalar): string {
    return node.type === 'PLAIN' && node.source !== undefined ? node.source : String(node.value);
  }

  private text(pair: Pair | undefined, what: string): string | undefined {
    if (!pair) return undefined;
    const { value } = pair;
    if (isScalar(value) && !(value.type === 'PLAIN' && value.value === null)) return this.scalar(value);
    this.findings.error(
      'yaml',
      isAlias(value) ? 'aliases are not supported' : `${what} must be text`,
      this.at(value ?? pair.key),
    );
    return undefined;
  }

  private sequence(node: unknown, what: string, key?: unknown): unknown[] {
    if (isSeq(node)) return node.items;
    this.findings.error(
      'yaml',
      isAlias(node) ? 'aliases are not supported' : `${what} must be a list`,
      this.at(node ?? key),
    );
    return [];
  }

  private version(pair: Pair | undefined): SchemaVersion {
    const fallback = { major: 4, minor: 90 };
    const text = this.text(pair, 'schemaversion');
    if (text === undefined) return fallback;
    const version = parseSchemaVersion(text);
    if (!version || version.major < 4) {
      this.findings.error(
        'schema-version',
        version ? 'schema versions below 4.0 are not supported' : `'${text}' is no version`,
        this.at(pair?.value),
      );
      return fallback;
    }
    return version;
  }

  private options(pair: Pair | undefined): OptionSetting[] {
    if (!pair) return [];
    const out: OptionSetting[] = [];
    let above = this.comments?.above(pair.key);
    for (const [name, item] of this.map(pair.value, undefined, 'options') ?? []) {
      const value = this.optionValue(item, name);
      if (value === undefined) continue;
      const option: OptionSetting = {
        name,
        value,
        at: this.at(item.key),
        ...comment('comment', joined(above, this.comments?.above(item.key))),
      };
      above = undefined;
      checkOption(option, this.findings);
      out.push(option);
    }
    return out;
  }

  private optionValue(pair: Pair, name: string): string | undefined {
    const { value } = pair;
    if (isSeq(value)) return value.items.map((i) => (isScalar(i) ? this.scalar(i) : '')).join(',');
    if (isMap(value))
      return value.items
        .map((i) => `${isScalar(i.key) ? this.scalar(i.key) : ''}:${isScalar(i.value) ? this.scalar(i.value) : ''}`)
        .join(',');
    return this.text(pair, name);
  }

  private groups(pair: Pair | undefined): Group[] {
    if (!pair) return [];
    return this.sequence(pair.value, 'rules', pair.key).flatMap((item): Group[] => {
      const keys =
        isMap(item) && item.has('events')
          ? ['name', 'relation', 'events']
          : ['event', 'onmatch', 'match', 'name', 'relation', 'ruleGroup'];
      const map = this.map(item, keys, 'an item of rules');
      if (!map) return [];
      const above = this.above(item);
      const name = this.text(map.get('name'), 'name');
      checkName(name, this.at(item), this.findings);
      const relation = this.relation(map.get('relation'));
      const grouped = { ...(name === undefined ? {} : { name }), ...(relation ? { relation } : {}), at: this.at(item) };
      const events = map.get('events');
      if (events) {
        const nodes = this.sequence(events.value, 'events', events.key).flatMap((e) => {
          const inner = this.map(e, ['event', 'onmatch', 'match'], 'an event');
          return inner ? this.node(inner, e, this.above(e)) : [];
        });
        return [{ explicit: true, ...grouped, nodes, ...above, ...comment('end', this.below(events.value)) }];
      }
      const explicit = this.explicit(map);
      if (!explicit && (map.has('name') || map.has('relation'))) {
        this.findings.error('yaml', 'without a RuleGroup there is neither name nor relation', this.at(item));
      }
      return [
        explicit
          ? { explicit, ...grouped, nodes: this.node(map, item, {}), ...above }
          : { explicit, nodes: this.node(map, item, above), at: this.at(item) },
      ];
    });
  }

  private explicit(map: Map<string, Pair>): boolean {
    const text = this.text(map.get('ruleGroup'), 'ruleGroup');
    if (text !== undefined && text !== 'true' && text !== 'false')
      this.findings.error('yaml', 'ruleGroup is true or false', this.at(map.get('ruleGroup')?.value));
    return text !== 'false';
  }

  /** Absent means `or` here; `default` leaves it to the schema version, as XML does without the attribute. */
  private relation(pair: Pair | undefined): 'and' | 'or' | undefined {
    const text = this.text(pair, 'relation');
    if (text === undefined || text === 'or') return 'or';
    if (text === 'and') return 'and';
    if (text !== 'default')
      this.findings.error('yaml', `relation is and, or, or default, not '${text}'`, this.at(pair?.value));
    return undefined;
  }

  private node(map: Map<string, Pair>, item: unknown, above: { comment?: string }): EventNode[] {
    const tag = this.text(map.get('event'), 'event');
    const onmatch = this.text(map.get('onmatch'), 'onmatch');
    const match = map.get('match');
    const entries = match ? this.entries(match, 'match', 0) : [];
    const at = this.at(item);
    if (!map.has('event')) this.findings.error('yaml', 'the key event is missing', at);
    if (!map.has('onmatch')) this.findings.error('onmatch', 'the key onmatch is missing: include or exclude', at);
    if (tag === undefined || onmatch === undefined) return [];
    if (!eventsOfTag(tag).length) {
      this.findings.error(
        'unknown-event',
        `unknown event ${tag}${suggest(tag, ruleTags)}`,
        this.at(map.get('event')?.value),
      );
      return [];
    }
    if (onmatch !== 'include' && onmatch !== 'exclude') {
      this.findings.error('onmatch', `'${onmatch}' is neither include nor exclude`, this.at(map.get('onmatch')?.value));
      return [];
    }
    const node: EventNode = {
      tag,
      onmatch,
      entries,
      at,
      ...above,
      ...comment('end', match && this.below(match.value)),
    };
    checkFields(node, this.findings);
    return [node];
  }

  private entries(pair: Pair, what: string, depth: number): Entry[] {
    if (depth > maxDepth) {
      this.findings.error('yaml', 'nested too deeply', this.at(pair.value));
      return [];
    }
    return this.sequence(pair.value, what, pair.key).flatMap((item) => this.entry(item, depth));
  }

  private entry(item: unknown, depth: number): Entry[] {
    const map = this.map(item, undefined, 'a condition');
    if (!map) return [];
    const { findings } = this;
    const at = this.at(item);
    const above = this.above(item);
    const ownName = this.text(map.get('name'), 'name');
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
      const compound: Compound = {
        kind: key,
        ...name,
        entries,
        at,
        ...above,
        ...comment('end', this.below(pair.value)),
      };
      return [compound];
    }
    return this.line(key, pair, { ...name, at, ...above });
  }

  private line(field: string, pair: Pair, rest: { name?: string; at: Position; comment?: string }): Line[] {
    const { findings } = this;
    if (++this.lines > maxLines) {
      if (this.lines === maxLines + 1) findings.error('too-many', `more than ${maxLines} conditions`, rest.at);
      return [];
    }
    if (!isMap(pair.value)) {
      const value = this.text(pair, field);
      return value === undefined ? [] : this.checked({ kind: 'line', field, condition: 'is', value, ...rest });
    }
    const map = this.map(pair.value, undefined, field);
    const [only] = map ?? [];
    if (!only || map?.size !== 1) {
      findings.error('yaml', `${field} needs one condition`, this.at(pair.value));
      return [];
    }
    const [written, value] = only;
    const condition = conditionOf(written);
    if (!condition) {
      findings.error('unknown-condition', unknownCondition(written, true), this.at(value.key));
      return [];
    }
    if (isSeq(value.value)) {
      if (!listConditions.has(condition))
        findings.error('yaml', `"${condition}" takes one value`, this.at(value.value));
      const items = value.value.items.map((i) => {
        const text = isScalar(i) && i.value !== null ? this.scalar(i) : undefined;
        if (text === undefined) findings.error('yaml', 'a value must be text', this.at(i));
        else if (text.includes(';'))
          findings.error('value', `a value of a list cannot contain a semicolon: '${text}'`, this.at(i));
        return text ?? '';
      });
      return this.checked({ kind: 'line', field, condition, value: items.join(';'), ...rest });
    }
    const text = this.text(value, written);
    return text === undefined ? [] : this.checked({ kind: 'line', field, condition, value: text, ...rest });
  }

  private above(node: unknown): { comment?: string } {
    return comment('comment', this.comments?.above(node));
  }

  private below(list: unknown): string | undefined {
    return isSeq(list) ? this.comments?.below(list) : undefined;
  }

  private checked(line: Line): Line[] {
    checkValue(line, this.findings);
    return [line];
  }
}

const joined = (a: string | undefined, b: string | undefined): string | undefined => (a && b ? `${a}\n${b}` : (a ?? b));

function comment<K extends string>(name: K, text: string | undefined): { [N in K]?: string } {
  return text === undefined || text === '' ? {} : ({ [name]: text } as { [N in K]?: string });
}
