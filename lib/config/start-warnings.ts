/** What whoever starts a sensor with rules should know of them. */
import { linesOf } from './evaluate.js';
import { impossible } from './field-values.js';
import type { EventNode, RuleSet } from './model.js';

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
 * For whoever starts a sensor with these rules: one line for all values that no event has. `sysmon config check` says
 * where they stand.
 *
 * @example
 * ```js
 * import { loadConfig, warningsOf } from '@org/sysmon/config';
 *
 * for (const text of warningsOf(loadConfig('rules.xml'))) console.warn(text);
 * ```
 */
export function warningsOf(ruleSet: RuleSet): string[] {
  return odd(ruleSet.groups.flatMap((g) => g.nodes));
}
