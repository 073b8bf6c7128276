/** Filters that remember: they keep some of many. Each bounds what it remembers. */
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { named, type CountedFilter } from './filter.js';

/** A text that says which events belong together. */
export type Key<E> = (event: E) => string;

function positive(value: number, what: string): number {
  if (typeof value !== 'number' || !(value > 0)) refuse(`${what}: expected a number above 0, got ${show(value)}.`);
  return value;
}

function callable<F>(value: F, what: string): F {
  if (typeof value !== 'function') refuse(`${what}: expected a function, got ${show(value)}.`);
  return value;
}

const clock = (): number => performance.now();

/**
 * Keeps every n-th event, the first one included: not by chance, so that a run can be repeated.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { sample } from '@org/sysmon/filters';
 *
 * const sysmon = new Sysmon({ events: ['FileCreate'], filter: sample(100) });
 * ```
 */
export function sample<E = SysmonEvent>(every: number): CountedFilter<E> {
  if (!Number.isInteger(every) || every < 1) refuse(`sample: expected a whole number above 0, got ${show(every)}.`);
  let n = 0;
  return named('sample', () => n++ % every === 0);
}

/** A map that forgets what was not used for longest. */
class Recent<V> {
  readonly #map = new Map<string, V>();
  constructor(private readonly limit: number) {}

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: V): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size > this.limit) this.#map.delete(this.#map.keys().next().value as string);
  }
}

/** How rateLimit() counts. */
export interface RateLimitOptions<E> {
  /** Events that may pass in a second, in the long run. */
  readonly perSecond: number;
  /** Events that may pass at once after a quiet time. Default: as many as in a second, at least one. */
  readonly burst?: number;
  /** Each key has a limit of its own. Default: one limit for all. */
  readonly key?: Key<E>;
  /** Keys that are remembered. Default 10,000. */
  readonly maxKeys?: number;
  /** Milliseconds, for tests and for replay. Default: the monotonic clock. */
  readonly now?: (event: E) => number;
}

/**
 * Lets so many events a second pass, and drops the others. What it dropped is in `stats()`.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { rateLimit } from '@org/sysmon/filters';
 *
 * const filter = rateLimit({ perSecond: 10, burst: 100, key: (e) => e.process?.strongId ?? '' });
 * const sysmon = new Sysmon({ events: ['FileCreate'], filter });
 * sysmon.on('close', () => console.log(filter.stats()));
 * ```
 */
export function rateLimit<E = SysmonEvent>(given: RateLimitOptions<E>): CountedFilter<E> {
  const options = checkNames<RateLimitOptions<E>>('rateLimit', given, ['perSecond', 'burst', 'key', 'maxKeys', 'now']);
  const perMs = positive(options.perSecond, 'rateLimit: perSecond') / 1000;
  const burst = positive(options.burst ?? Math.max(1, options.perSecond), 'rateLimit: burst');
  const buckets = new Recent<{ tokens: number; at: number }>(positive(options.maxKeys ?? 10_000, 'rateLimit: maxKeys'));
  const key = callable(options.key ?? (() => ''), 'rateLimit: key');
  const now = callable(options.now ?? clock, 'rateLimit: now');
  return named('rateLimit', (event: E) => {
    const k = key(event);
    const time = now(event);
    const bucket = buckets.get(k) ?? { tokens: burst, at: time };
    // Time may step back between processors.
    const tokens = Math.min(burst, bucket.tokens + Math.max(0, time - bucket.at) * perMs);
    const keep = tokens >= 1;
    buckets.set(k, { tokens: keep ? tokens - 1 : tokens, at: Math.max(time, bucket.at) });
    return keep;
  });
}

/** When dedupe() takes two events for the same. */
export interface DedupeOptions<E> {
  /** What makes two events the same. */
  readonly key: Key<E>;
  /** How long an event is remembered, from the last one that was kept. */
  readonly windowMs: number;
  /** Keys that are remembered. Default 10,000. */
  readonly maxKeys?: number;
  /** Milliseconds, for tests and for replay. Default: the monotonic clock. */
  readonly now?: (event: E) => number;
}

/**
 * Keeps the first of equal events, and the next one after `windowMs`.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { dedupe } from '@org/sysmon/filters';
 *
 * const filter = dedupe({ key: (e) => `${e.type} ${e.process?.image}`, windowMs: 60_000 });
 * const sysmon = new Sysmon({ filter });
 * ```
 */
export function dedupe<E = SysmonEvent>(given: DedupeOptions<E>): CountedFilter<E> {
  const options = checkNames<DedupeOptions<E>>('dedupe', given, ['key', 'windowMs', 'maxKeys', 'now']);
  const key = callable(options.key, 'dedupe: key');
  const now = callable(options.now ?? clock, 'dedupe: now');
  const windowMs = positive(options.windowMs, 'dedupe: windowMs');
  const last = new Recent<number>(positive(options.maxKeys ?? 10_000, 'dedupe: maxKeys'));
  return named('dedupe', (event: E) => {
    const k = key(event);
    const time = now(event);
    const before = last.get(k);
    if (before !== undefined && time - before < windowMs) return false;
    last.set(k, time);
    return true;
  });
}
