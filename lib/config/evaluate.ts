/** Rules that can judge events: no root, no kernel, the sensor's own engine. */
import { eventsOfTag, eventsOfType } from '../schema/manifest.js';
import { checkOptions, checkRuleSet } from './arguments.js';
import { compilePlan, type Compatibility } from './compile.js';
import { ConfigError } from './findings.js';
import { readField, type RuleEvent } from './rule-fields.js';
import type { Entry, Line, RuleSet } from './model.js';
import { compileNative, type NativePlan } from './rule-engine.js';

/** Why an event is logged or dropped. */
export type Reason = 'default' | 'include' | 'exclude' | 'unmatched';

/** What rules say of an event. */
export interface Verdict {
  /** Whether it is kept. */
  readonly verdict: 'log' | 'drop';
  /**
   * - `default`: no rule speaks of this type, Sysmon's default applies
   * - `include`, `exclude`: a rule that holds decided
   * - `unmatched`: there are rules and none holds
   */
  readonly reason: Reason;
  /** `data.RuleName` of the event: name of the rule that decided; `-` if none has a name. */
  readonly ruleName: string;
  /** Names of all rules that include the event, in the order of the file; empty if it is dropped. */
  readonly rules: readonly string[];
}

const reasons: readonly Reason[] = ['default', 'include', 'exclude', 'unmatched'];

/**
 * A rule set, compiled.
 *
 * @example
 * ```js
 * import { compile, loadConfig } from '@org/sysmon/config';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const rules = compile(loadConfig('starter'));
 * const { verdict, reason, ruleName } = rules.evaluate(makeEvent('ProcessCreate', { data: { Image: '/tmp/x' } }));
 * console.log(verdict, reason, ruleName);
 * ```
 */
export class CompiledRules {
  /** What it was compiled from. */
  readonly ruleSet: RuleSet;
  /** How the rules are meant. */
  readonly compatibility: Compatibility;
  /** The flat plan, for the sensor's worker. */
  readonly plan: Uint8Array;
  readonly #native: NativePlan;
  readonly #fields: readonly string[];

  /** @internal use {@link compile} */
  constructor(ruleSet: RuleSet, compatibility: Compatibility) {
    this.ruleSet = ruleSet;
    this.compatibility = compatibility;
    this.plan = compilePlan(ruleSet, compatibility);
    this.#native = hand(ruleSet, this.plan, compatibility);
    this.#fields = this.#native.fields;
  }

  /**
   * Judges one event. It needs `type` (and `id` where several events share a type) and `data`; `process` and `extra` if
   * rules use them.
   */
  evaluate(event: RuleEvent): Verdict {
    return present(this.#native.evaluate(eventId(event), this.#values(event)));
  }

  /** Judges many events in one call. */
  evaluateAll(events: readonly RuleEvent[]): Verdict[] {
    return this.#native.evaluateBatch(events.map((e) => [eventId(e), this.#values(e)] as const)).map(present);
  }

  /** Time of the engine alone, in nanoseconds an event: for benchmarks. */
  measure(events: readonly RuleEvent[], rounds: number): { nsPerEvent: number; logged: number } {
    const { ns, logged } = this.#native.benchmark(
      events.map((e) => [eventId(e), this.#values(e)] as const),
      rounds,
    );
    return { nsPerEvent: ns / (rounds * events.length), logged: logged / rounds };
  }

  #values(event: RuleEvent): string[] {
    return this.#fields.map((name) => readField(event, name));
  }
}

/**
 * Compiles a rule set. Throws {@link ConfigError} if a regular expression in it is not valid, or it is too large.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { compile, loadConfig } from '@org/sysmon/config';
 *
 * const sysmon = new Sysmon({ filter: compile(loadConfig('/etc/sysmon/rules.xml'), { compatibility: 'exact' }) });
 * ```
 */
export function compile(ruleSet: RuleSet, options?: { readonly compatibility?: Compatibility }): CompiledRules {
  const { compatibility = 'linux' } = checkOptions('compile()', options, ['compatibility']);
  return new CompiledRules(checkRuleSet('compile()', ruleSet), compatibility);
}

function present(v: { log: boolean; reason: number; ruleName: string; rules: string[] }): Verdict {
  return {
    verdict: v.log ? 'log' : 'drop',
    reason: reasons[v.reason] ?? 'default',
    ruleName: v.ruleName || '-',
    rules: v.rules,
  };
}

function eventId(event: RuleEvent): number {
  if (event.id !== undefined) return event.id;
  return (eventsOfType(event.type)[0] ?? eventsOfTag(event.type)[0])?.id ?? 0xffff;
}

function hand(ruleSet: RuleSet, plan: Uint8Array, compatibility: Compatibility): NativePlan {
  try {
    return compileNative(plan);
  } catch (cause) {
    const bad = findBadLine(ruleSet, compatibility);
    const at = bad?.line.at ?? ruleSet.groups[0]?.at ?? { line: 1, column: 1 };
    const message = bad?.message ?? `the rules cannot be used: ${(cause as Error).message}`;
    throw new ConfigError(message, at, [{ severity: 'error', code: 'value', message, ...at }], { cause });
  }
}

/** Only the engine knows which regular expressions it takes: ask it about one after the other. */
function findBadLine(ruleSet: RuleSet, compatibility: Compatibility): { line: Line; message: string } | undefined {
  const asked = new Set<string>();
  for (const group of ruleSet.groups) {
    for (const node of group.nodes) {
      for (const line of linesOf(node.entries)) {
        const key = `${line.condition} ${line.value}`;
        if ((line.condition !== 'regex' && line.condition !== 'cidr') || asked.has(key)) continue;
        asked.add(key);
        try {
          compileNative(
            compilePlan({ ...ruleSet, groups: [{ ...group, nodes: [{ ...node, entries: [line] }] }] }, compatibility),
          );
        } catch (error) {
          return { line, message: (error as Error).message };
        }
      }
    }
  }
  return undefined;
}

/** All lines below some entries, in the order of the file. */
export function linesOf(entries: readonly Entry[]): Line[] {
  return entries.flatMap((e) => (e.kind === 'line' ? e : linesOf(e.entries)));
}
