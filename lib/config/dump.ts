/** The rules as `sysmon -c` prints them, quirks included. */
import { checkRuleSet } from './arguments.js';
import { eventsOfTag, manifest } from '../schema/manifest.js';
import {
  combination,
  versionText,
  type Compound,
  type Entry,
  type EventNode,
  type Group,
  type RuleSet,
} from './model.js';

interface Placed {
  readonly node: EventNode;
  readonly group: Group;
}

/** Numbers that Sysmon gives to its Rules; it counts every one that it parses. */
class Numbers {
  private last = 0;

  /**
   * A node of RegistryEvent, PipeEvent or WmiEvent is tried against each event of the series until all its fields are
   * there, and every try counts its Rules again, up to the one with the field that is missing.
   */
  number(node: EventNode): Map<Compound, number> {
    let numbers = new Map<Compound, number>();
    for (const event of eventsOfTag(node.tag)) {
      const known = new Set(event.fields.map((f) => f.name));
      numbers = new Map();
      let complete = true;
      for (const entry of node.entries) {
        if (entry.kind !== 'line') numbers.set(entry, ++this.last);
        complete = fields(entry).every((f) => f.includes('.') || known.has(f));
        if (!complete) break;
      }
      if (complete) break;
    }
    return numbers;
  }
}

function fields(entry: Entry): string[] {
  return entry.kind === 'line' ? [entry.field] : entry.entries.flatMap(fields);
}

const capital = (word: string): string => (word === 'and' ? 'And' : 'Or');

/** At most 32 bytes of a name, without cutting a character in two. */
function cut(name: string): string {
  let out = '';
  let bytes = 0;
  for (const c of name) {
    bytes += Buffer.byteLength(c);
    if (bytes > 32) break;
    out += c;
  }
  return out;
}

function entryLines(entry: Entry, indent: string, numbers: Map<Compound, number>): string[] {
  if (entry.kind === 'line')
    return [`${indent}${entry.field.padEnd(30)} filter: ${entry.condition.padEnd(12)} value: '${entry.value}'`];
  const inner = entry.entries.flatMap((e) => entryLines(e, `${indent}    `, numbers));
  // Sysmon prints a Rule when it comes to its first line.
  if (inner.length === 0) return [];
  const name = entry.name ? cut(entry.name) : String(numbers.get(entry) ?? 0).padStart(4, '0');
  const how = entry.kind === 'not' ? 'Not' : capital(entry.kind === 'all' ? 'and' : 'or');
  return [`${indent}Compound Rule ${name}   combine using ${how}`, ...inner];
}

/**
 * Prints a rule set in Sysmon's text format, without a line break at the end. What only YAML can say is printed in the
 * same manner.
 *
 * @example
 * ```js
 * import { dump, loadConfig } from '@org/sysmon/config';
 *
 * console.log(dump(loadConfig('starter')));
 * ```
 */
export function dump(ruleSet: RuleSet): string {
  checkRuleSet('dump()', ruleSet);
  const byTag = new Map<string, Placed[]>();
  for (const group of ruleSet.groups) {
    for (const node of group.nodes) {
      // ModuleLoad is our name for what Sysmon calls DriverLoad.
      const tag = eventsOfTag(node.tag)[0]?.tag ?? node.tag;
      const placed = byTag.get(tag);
      if (placed) placed.push({ node, group });
      else byTag.set(tag, [{ node, group }]);
    }
  }
  const lines = [`Rule configuration (version ${versionText(ruleSet.schemaVersion)}):`];
  const numbers = new Numbers();
  let previous = '';
  for (const tag of new Set(manifest.flatMap((e) => e.tag ?? []))) {
    for (const { node, group } of byTag.get(tag) ?? []) {
      const numbered = numbers.number(node);
      // Sysmon takes a node like the one before it for an event of the same series and leaves it out, though it is in
      // force.
      const key = `${tag} ${node.onmatch}`;
      if (key === previous) continue;
      previous = key;
      lines.push(
        ` - ${tag.padEnd(34)} onmatch: ${node.onmatch}   combine rules using '${capital(combination(ruleSet, group))}'`,
      );
      for (const entry of node.entries) for (const line of entryLines(entry, '\t', numbered)) lines.push(line);
    }
  }
  return lines.join('\n');
}
