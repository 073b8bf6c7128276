/** Writes a rule set as YAML: everything XML can say has its place there. */
import { Document, isMap, isScalar, type YAMLMap, type YAMLSeq } from 'yaml';
import {
  listConditions,
  versionText,
  type Compound,
  type EventNode,
  type Group,
  type Line,
  type RuleSet,
} from './model.js';

type Plain = Record<string, unknown>;

/** Numbers stand without quotes where that is the same text. */
const scalar = (value: string): unknown => (/^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value);

/** A comment as the library wants it. A line without text is a blank to it, and would not come back. */
const hashed = (comment: string): string =>
  comment
    .split('\n')
    .map((l) => ` ${l}`)
    .join('\n');

class YamlWriter {
  private readonly doc = new Document({});

  write(ruleSet: RuleSet): string {
    const { doc } = this;
    const top = doc.contents as unknown as YAMLMap;
    // As text, so that 4.90 keeps its zero.
    const version = doc.createNode(Number(versionText(ruleSet.schemaVersion)), { keepUndefined: false });
    if (isScalar(version)) version.minFractionDigits = 2;
    top.set('schemaversion', version);
    if (ruleSet.options.length) {
      const options = doc.createNode({}) as YAMLMap;
      for (const option of ruleSet.options) {
        const key = doc.createNode(option.name);
        if (isScalar(key)) this.comment(key, option.comment);
        options.set(key, scalar(option.value));
      }
      top.set('options', options);
    }
    const rules = doc.createNode([]) as YAMLSeq;
    for (const group of ruleSet.groups) rules.add(this.group(group));
    if (ruleSet.groups.length === 0) rules.flow = true;
    if (ruleSet.rulesEnd !== undefined) rules.comment = hashed(ruleSet.rulesEnd);
    const key = doc.createNode('rules');
    if (isScalar(key)) this.comment(key, ruleSet.rulesComment);
    top.set(key, rules);
    this.comment(doc, ruleSet.comment);
    if (ruleSet.end !== undefined) doc.comment = hashed(ruleSet.end);
    return doc.toString({ lineWidth: 0 });
  }

  private comment(node: { commentBefore?: string | null }, comment: string | undefined): void {
    if (comment !== undefined) node.commentBefore = hashed(comment);
  }

  private map(value: Plain, comment: string | undefined): YAMLMap {
    const node = this.doc.createNode(value) as YAMLMap;
    this.comment(node, comment);
    return node;
  }

  private group(group: Group): YAMLMap {
    const head: Plain = {};
    if (!group.explicit) head['ruleGroup'] = false;
    if (group.name !== undefined) head['name'] = group.name;
    if (group.explicit && group.relation !== 'or') head['relation'] = group.relation ?? 'default';
    const [only] = group.nodes;
    if (
      only &&
      group.nodes.length === 1 &&
      group.end === undefined &&
      (!group.explicit || only.comment === undefined)
    ) {
      return this.map(
        { ...this.node(only), ...head, match: this.entries(only) },
        group.explicit ? group.comment : only.comment,
      );
    }
    const events = this.doc.createNode([]) as YAMLSeq;
    for (const node of group.nodes)
      events.add(this.map({ ...this.node(node), match: this.entries(node) }, node.comment));
    if (group.nodes.length === 0) events.flow = true;
    if (group.end !== undefined) events.comment = hashed(group.end);
    return this.map({ ...head, events }, group.comment);
  }

  private node(node: EventNode): Plain {
    return { event: node.tag, onmatch: node.onmatch };
  }

  private entries({ entries, end }: EventNode | Compound): YAMLSeq {
    const list = this.doc.createNode([]) as YAMLSeq;
    if (entries.length === 0) list.flow = true;
    for (const entry of entries) list.add(entry.kind === 'line' ? this.line(entry) : this.compound(entry));
    if (end !== undefined) list.comment = hashed(end);
    return list;
  }

  private compound(entry: Compound): YAMLMap {
    const name = entry.name === undefined ? {} : { name: entry.name };
    return this.map({ ...name, [entry.kind]: this.entries(entry) }, entry.comment);
  }

  private line(line: Line): YAMLMap {
    const name = line.name === undefined ? {} : { name: line.name };
    if (line.condition === 'is') return this.map({ [line.field]: scalar(line.value), ...name }, line.comment);
    const parts = line.value.split(';');
    const list = listConditions.has(line.condition) && parts.length > 1;
    const condition = this.doc.createNode({
      [line.condition]: list ? parts.map(scalar) : scalar(line.value),
    }) as YAMLMap;
    condition.flow = true;
    const items = condition.items[0]?.value;
    if (items && isMap(items)) items.flow = true;
    return this.map({ [line.field]: condition, ...name }, line.comment);
  }
}

/** Writes YAML. Reading it gives the same rule set, places aside. */
export function writeYaml(ruleSet: RuleSet): string {
  return new YamlWriter().write(ruleSet);
}
