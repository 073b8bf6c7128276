/**
 * What a configuration may speak of, for Sysmon has it, and what this version does not produce: rules on it never hold.
 */
import { eventsOfTag } from '../schema/manifest.js';
import { eventTable } from '../schema/tables.gen.js';
import { linesOf } from './evaluate.js';
import { impossible } from './field-values.js';
import { isUnknownYet } from './rule-fields.js';
import type { EventNode, RuleSet } from './model.js';

const produced = new Set(eventTable.map((e) => e.id));

/** The element asks for events that could happen on Linux, and that no probe of this version produces. */
export function isUnproduced(node: EventNode): boolean {
  // An empty include asks for nothing, which it gets.
  if (node.onmatch === 'include' && linesOf(node.entries).length === 0) return false;
  const events = eventsOfTag(node.tag);
  return events.length > 0 && events.every((e) => !e.noLinuxMeaning && !produced.has(e.id));
}

/** So many conditions are named at start. */
const mostNamed = 3;

/** Conditions on values that their fields never have. */
function odd(nodes: readonly EventNode[]): string[] {
  const found = nodes.flatMap((node) =>
    linesOf(node.entries).flatMap((line) => {
      const never = impossible(node, line);
      return never ? [`${line.at.line}:${line.at.column}: ${never.message}`] : [];
    }),
  );
  if (found.length === 0) return [];
  const more =
    found.length > mostNamed ? `; and ${found.length - mostNamed} more: 'sysmon config check' lists all` : '';
  return [`rules on values that never occur: ${found.slice(0, mostNamed).join('; ')}${more}`];
}

/**
 * For whoever starts a sensor with these rules: one line for all events, one for values that no event has, one for all
 * fields. `sysmon config check` says where they stand.
 *
 * @example
 * ```js
 * import { loadConfig, warningsOf } from '@org/sysmon/config';
 *
 * for (const text of warningsOf(loadConfig('rules.xml'))) console.warn(text);
 * ```
 */
export function warningsOf(ruleSet: RuleSet): string[] {
  const nodes = ruleSet.groups.flatMap((g) => g.nodes);
  const tags = new Set(nodes.filter(isUnproduced).map((n) => n.tag));
  const fields = new Set(nodes.flatMap((n) => linesOf(n.entries).map((l) => l.field)).filter(isUnknownYet));
  return [
    ...(tags.size > 0 ? [`rules without effect: this version does not produce ${[...tags].join(', ')}`] : []),
    ...odd(nodes),
    ...(fields.size > 0
      ? [`rules without effect: this version does not know ${[...fields].join(', ')}, which always read '-'`]
      : []),
  ];
}
