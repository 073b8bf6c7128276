/** Where each rule of a configuration is decided, and why there. */
import { eventTable } from '../schema/tables.gen.js';
import { compilePlan, planEvents, type Compatibility } from './compile.js';
import type { RuleSet } from './model.js';
import { compileNative } from './rule-engine.js';

/** Where one rule is decided. */
export interface ExplainedRule {
  /** Name of the event; one rule may speak of several. */
  readonly event: string;
  /** Sysmon's id of it. */
  readonly id: number;
  /** Of the rule's first condition in the configuration. */
  readonly line: number;
  /** Whether the rule keeps what it matches, or drops it. */
  readonly onmatch: 'include' | 'exclude';
  /** Absent: it has none. */
  readonly name?: string;
  /**
   * - `kernel`: before a record is made
   * - `process`: before a record is made, once the worker has dropped an event of that process by it
   * - `worker`: when the record has come
   */
  readonly where: 'kernel' | 'process' | 'worker';
  /** Why the worker decides it; absent elsewhere. */
  readonly why?: string;
}

/**
 * Says of every rule where a sensor decides it. `captured`: Sysmon's ids of the events that are captured; a record that
 * is several of them is not dropped while one of them may be wanted. Throws {@link ConfigError}.
 *
 * @example
 * ```js
 * import { explain, loadConfig } from '@org/sysmon/config';
 *
 * for (const { event, line, where, why } of explain(loadConfig('starter'))) console.log(event, line, where, why ?? '');
 * ```
 */
export function explain(
  ruleSet: RuleSet,
  options: { readonly compatibility?: Compatibility; readonly captured?: readonly number[] } = {},
): ExplainedRule[] {
  const { compatibility = 'linux' } = options;
  const events = planEvents(ruleSet, compatibility);
  const native = compileNative(compilePlan(ruleSet, compatibility));
  const captured = options.captured ?? events.filter((e) => e.blocks.length > 0).map((e) => e.id);
  return events.flatMap(({ id, blocks }) => {
    // As the engine numbers them: a block of `and` is one rule.
    const rules = blocks.flatMap((b) =>
      (b.all ? b.entries.slice(0, 1) : b.entries).map((entry) => ({ entry, include: b.include })),
    );
    const decided = rules.length === 0 ? [] : native.explain(id, captured);
    return rules.map(({ entry, include }, i): ExplainedRule => {
      const { pushed, byProcess, why } = decided[i];
      return {
        event: eventTable.find((e) => e.id === id)?.name ?? String(id),
        id,
        line: entry.at.line,
        onmatch: include ? 'include' : 'exclude',
        ...(entry.name ? { name: entry.name } : {}),
        where: pushed ? (byProcess ? 'process' : 'kernel') : 'worker',
        ...(pushed ? {} : { why }),
      };
    });
  });
}
