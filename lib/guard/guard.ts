/** Collects what breaks a policy, from any stream of events. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { factOf, packageOf, type Doer } from './facts.js';
import type { Policy, PolicyRule } from './policy.js';

/** What broke a policy: one thing, by one process, however often. */
export interface Breach {
  /** The line that it breaks. */
  readonly rule: PolicyRule;
  /** What was done: `registry.example:443/tcp (192.0.2.1)`, a path. */
  readonly what: string;
  /** Who did it; absent where the event has nobody. */
  readonly process?: Doer;
  /** Package and script, as `esbuild@0.25.0 postinstall`, where npm's variables tell it. */
  readonly package?: string;
  /** When it was done first. */
  readonly time: string;
  /** How often. */
  readonly count: number;
}

/** How a Guard works. */
export interface GuardOptions {
  /** Breaches that are told one by one; the others are counted. Default 1,000. */
  readonly maxBreaches?: number;
  /** Called at the first event of each breach. */
  readonly onBreach?: (breach: Breach, event: SysmonEvent) => void;
}

/**
 * Judges events by a policy and remembers what broke it.
 *
 * @example
 * ```js
 * import { Guard, parsePolicy } from '@org/sysmon/guard';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const guard = new Guard(parsePolicy('execute: { deny: [curl] }'));
 * guard.see(makeEvent('ProcessCreate', { data: { Image: '/usr/bin/curl' } }));
 * console.log(guard.breaches.map(({ what, rule }) => [what, rule.line])); // [ [ '/usr/bin/curl', 1 ] ]
 * ```
 */
export class Guard {
  readonly #breaches = new Map<string, Breach & { count: number }>();
  readonly #most: number;
  #more = 0;

  /** Judges by a policy. */
  constructor(
    /** What it judges by. */
    readonly policy: Policy,
    private readonly options: GuardOptions = {},
  ) {
    this.#most = options.maxBreaches ?? 1000;
  }

  /** Judges an event. Gives what it broke first; undefined: nothing. */
  see(event: SysmonEvent): Breach | undefined {
    const [rule] = this.policy.judge(event);
    if (rule === undefined) return undefined;
    const what = factOf(event)?.what ?? event.type;
    const { process } = event as { process?: Doer };
    const key = `${rule.line}:${rule.column}\0${what}\0${process?.strongId ?? process?.pid ?? ''}`;
    const known = this.#breaches.get(key);
    if (known) {
      known.count++;
      return known;
    }
    if (this.#breaches.size >= this.#most) {
      this.#more++;
      return undefined;
    }
    const by = packageOf(process);
    const breach = {
      rule,
      what,
      ...(process && { process }),
      ...(by !== undefined && { package: by }),
      time: event.time,
      count: 1,
    };
    this.#breaches.set(key, breach);
    this.options.onBreach?.(breach, event);
    return breach;
  }

  /** What broke the policy, in order. */
  get breaches(): readonly Breach[] {
    return [...this.#breaches.values()];
  }

  /** Events that broke it, of which `breaches` has no room to tell. */
  get more(): number {
    return this.#more;
  }
}
