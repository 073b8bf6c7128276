/**
 * Reads Sysmon's XML. What the peer silently skips is an error here: half a configuration must not look like a whole
 * one.
 */
import { eventsOfTag, fieldNames, isTag, ruleTags, windowsTags } from '../schema/manifest.js';
import { show } from '../base/errors.js';
import { type Findings } from './findings.js';
import { checkFields, checkName, checkValue, conditionOf, maxLines, tooManyLines, unknownCondition } from './line.js';
import {
  parseSchemaVersion,
  sysmonConditions,
  type Compound,
  type Entry,
  type EventNode,
  type Group,
  type Line,
  type OptionSetting,
  type Relation,
  type RuleSet,
} from './model.js';
import { checkOption, optionNames, withImageRules } from './config-options.js';
import { suggest } from '../base/nearest.js';
import { Places } from './xml-fault.js';
import { parseXml, type Element } from './xml-tree.js';

const is = (element: Element, name: string): boolean => element.name.toLowerCase() === name;

/** Reads a document; what is wrong goes to `findings`, and what was understood is returned all the same. */
export function readXml(source: string, findings: Findings): RuleSet {
  return new XmlReader(findings).read(source);
}

class XmlReader {
  private lines = 0;
  private places = new Places('');
  /** By name; of one that stands twice the last counts, in its place. */
  private readonly options = new Map<string, OptionSetting>();
  private readonly groups: Group[] = [];

  constructor(private readonly findings: Findings) {}

  read(source: string): RuleSet {
    const { root, end, doctype, instructions, places } = parseXml(source);
    const { findings } = this;
    this.places = places;
    if (doctype) findings.leave('doctype', 'the document type is ignored', doctype);
    for (const { name, at } of instructions)
      findings.leave('instruction', `the processing instruction <?${name}?> is ignored`, at);
    if (root.name !== 'Sysmon') findings.error('root', `the root element must be Sysmon, not ${root.name}`, root.at);
    const schemaVersion = this.version(root);
    this.attributes(root, ['schemaversion']);
    this.noText(root);
    const above: (string | undefined)[] = [];
    const below: (string | undefined)[] = [];
    for (const child of root.children) {
      if (child.name === 'EventFiltering') {
        this.attributes(child, []);
        this.noText(child);
        above.push(child.comment);
        below.push(child.end);
        this.filtering(child);
        continue;
      }
      if (eventsOfTag(child.name).length && optionNames.includes(child.name) && child.children.length) {
        const message = `an event belongs into EventFiltering; as an option ${child.name} has no elements inside`;
        findings.error('unknown-option', message, child.at);
        continue;
      }
      const replaced = this.options.get(child.name);
      this.options.delete(child.name);
      if (replaced)
        findings.leave(
          'option-twice',
          `${replaced.name} stands twice; the last one counts, not ${show(replaced.value)} in line ${replaced.at.line}`,
          child.at,
        );
      const option: OptionSetting = {
        name: child.name,
        value: this.value(child),
        at: child.at,
        ...comments({ comment: [replaced?.comment, child.comment, child.end] }),
      };
      if (optionNames.includes(child.name)) this.attributes(child, []);
      checkOption(option, findings);
      this.options.set(option.name, option);
    }
    const ruleSet: RuleSet = {
      kind: 'RuleSet',
      format: 'xml',
      schemaVersion,
      options: [...this.options.values()],
      groups: this.groups,
      ...findings.leftOut,
      ...comments({ comment: [root.comment], rulesComment: above, rulesEnd: below, end: [root.end, end] }),
    };
    return withImageRules(ruleSet, findings);
  }

  private version(root: Element): RuleSet['schemaVersion'] {
    const attribute = root.attributes.get('schemaversion');
    const fallback = { major: 4, minor: 90 };
    if (!attribute) {
      this.findings.error('schema-version', 'Sysmon needs the attribute schemaversion, for example "4.90"', root.at);
      return fallback;
    }
    const version = parseSchemaVersion(attribute.value);
    if (!version)
      this.findings.error(
        'schema-version',
        `schemaversion '${attribute.value}' is no version, such as "4.90"`,
        attribute.at,
      );
    else if (version.major < 4)
      this.findings.error('schema-version', `schema versions below 4.0 are not supported`, attribute.at);
    return version ?? fallback;
  }

  private filtering(parent: Element): void {
    for (const child of parent.children) {
      if (is(child, 'rulegroup')) this.group(child);
      else if (isTag(child.name)) {
        this.groups.push({ explicit: false, nodes: this.node(child), at: child.at });
      } else this.foreign(child);
    }
  }

  /** An element that is no event. */
  private foreign(element: Element): void {
    this.findings.error(
      'unknown-event',
      is(element, 'rule') || fieldNames.has(element.name)
        ? `${element.name} stands inside an event, such as <ProcessCreate onmatch="include">`
        : `unknown event ${element.name}${suggest(element.name, [...ruleTags, ...windowsTags, 'RuleGroup'])}`,
      element.at,
    );
  }

  private group(element: Element): void {
    this.attributes(element, ['name', 'groupRelation']);
    this.noText(element);
    const name = element.attributes.get('name');
    checkName(name?.value, name?.at ?? element.at, this.findings);
    const relation = this.relation(element);
    const nodes: EventNode[] = [];
    for (const child of element.children) {
      if (isTag(child.name)) nodes.push(...this.node(child));
      else if (is(child, 'rulegroup'))
        this.findings.error('nested-group', 'a RuleGroup cannot stand inside a RuleGroup', child.at);
      else this.foreign(child);
    }
    this.groups.push({
      explicit: true,
      ...(name ? { name: name.value } : {}),
      ...(relation ? { relation } : {}),
      nodes,
      at: element.at,
      ...around(element),
    });
  }

  private relation(element: Element): Relation | undefined {
    const attribute = element.attributes.get('groupRelation');
    if (!attribute?.value) return undefined;
    const value = attribute.value.toLowerCase();
    if (value === 'or') return 'or';
    if (value !== 'and')
      this.findings.warn('group-relation', `groupRelation '${attribute.value}' counts as "and"`, attribute.at);
    return 'and';
  }

  private node(element: Element): EventNode[] {
    this.attributes(element, ['onmatch', 'default']);
    this.noText(element);
    const onmatch = this.onmatch(element);
    const entries = element.children.flatMap((child): Entry[] =>
      is(child, 'rule') ? this.rule(child) : this.line(child),
    );
    if (!onmatch) return [];
    const node: EventNode = { tag: element.name, onmatch, entries, at: element.at, ...around(element) };
    checkFields(node, this.findings);
    return [node];
  }

  private onmatch(element: Element): 'include' | 'exclude' | undefined {
    const match = element.attributes.get('onmatch');
    const legacy = element.attributes.get('default');
    const { findings } = this;
    if (match && legacy)
      findings.error('onmatch', `${element.name} has onmatch and default; only one may stand`, legacy.at);
    const attribute = match ?? legacy;
    if (!attribute) {
      findings.error('onmatch', `${element.name} needs the attribute onmatch, "include" or "exclude"`, element.at);
      return undefined;
    }
    const value = attribute.value.toLowerCase();
    if (value !== 'include' && value !== 'exclude') {
      findings.error('onmatch', `'${attribute.value}' is neither "include" nor "exclude"`, attribute.at);
      return undefined;
    }
    // The old attribute says what happens when nothing matches: the opposite.
    return match ? value : value === 'include' ? 'exclude' : 'include';
  }

  private rule(element: Element): Compound[] {
    this.attributes(element, ['name', 'groupRelation']);
    this.noText(element);
    const name = element.attributes.get('name');
    checkName(name?.value, name?.at ?? element.at, this.findings);
    const entries = element.children.flatMap((child): Entry[] => {
      if (!is(child, 'rule')) return this.line(child);
      this.findings.error('nested-rule', 'a Rule cannot stand inside a Rule', child.at);
      return [];
    });
    const kind = this.relation(element) === 'and' ? 'all' : 'any';
    return [{ kind, ...(name ? { name: name.value } : {}), entries, at: element.at, ...around(element) }];
  }

  private line(element: Element): Line[] {
    if (is(element, 'rulegroup') || isTag(element.name)) {
      this.findings.error(
        'nested-event',
        `${element.name} cannot stand inside an event: is the closing tag of that event missing?`,
        element.at,
      );
      return [];
    }
    this.attributes(element, ['condition', 'name']);
    const { findings } = this;
    const name = element.attributes.get('name');
    checkName(name?.value, name?.at ?? element.at, findings);
    const written = element.attributes.get('condition');
    const condition = written?.value ? conditionOf(written.value) : 'is';
    if (!condition || !(sysmonConditions as readonly string[]).includes(condition)) {
      findings.error('unknown-condition', unknownCondition(written?.value ?? '', false), written?.at ?? element.at);
      return [];
    }
    const value = this.value(element);
    if (++this.lines > maxLines) {
      if (this.lines === maxLines + 1) findings.error('too-many', tooManyLines, element.at);
      return [];
    }
    if (element.blank && element.texts.length === 0)
      findings.warn(
        'blank-value',
        'a value of blanks only counts as empty; a blank that is meant is written "&#32;"',
        element.at,
      );
    const line: Line = {
      kind: 'line',
      field: element.name,
      condition,
      value,
      ...(name ? { name: name.value } : {}),
      at: element.at,
      ...comments({ comment: [element.comment, element.end] }),
    };
    checkValue(line, findings);
    return [line];
  }

  /** What stands between the tags of an element that has no elements inside. */
  private value(element: Element): string {
    const { findings } = this;
    const { name, children, texts } = element;
    for (const inner of children) findings.error('unknown-element', `${name} cannot contain ${inner.name}`, inner.at);
    // Sysmon for Linux takes the first piece and forgets the others; earlier versions joined them.
    if (children.length === 0 && texts.length > 1)
      findings.error(
        'split-value',
        `a comment or CDATA section parts this value, and Sysmon takes only what is before it, '${excerpt(texts[0].text)}': write the value in one piece`,
        this.places.at(texts[1].offset),
      );
    return texts.map((t) => t.text).join('');
  }

  /** Text between elements, which is a tag that was forgotten, or a sign too much. */
  private noText({ name, texts }: Element): void {
    for (const { text, offset } of texts)
      this.findings.error(
        'stray-text',
        `the text '${excerpt(text)}' is no element: ${name} has only elements inside`,
        this.places.at(offset),
      );
  }

  private attributes(element: Element, known: readonly string[]): void {
    for (const [name, { at }] of element.attributes) {
      if (known.includes(name)) continue;
      this.findings.error('unknown-attribute', `${element.name} has no attribute ${name}${suggest(name, known)}`, at);
    }
  }
}

/** The beginning of a text, in one line. */
function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function around(element: Element): { comment?: string; end?: string } {
  return comments({ comment: [element.comment], end: [element.end] });
}

/** Those that are there, by the names that they have in the model. */
function comments<K extends string>(found: Record<K, readonly (string | undefined)[]>): { [N in K]?: string } {
  const out: { [N in K]?: string } = {};
  for (const [name, parts] of Object.entries(found) as [K, readonly (string | undefined)[]][]) {
    const there = parts.filter((p) => p !== undefined);
    if (there.length) out[name] = there.join('\n');
  }
  return out;
}
