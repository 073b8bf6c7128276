/** What a filter is, and how it is counted. */
import { isThenable } from '../base/promises.js';
import { refuse, show } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';

/** Says whether an event is kept. */
export type Filter<E = SysmonEvent> = (event: E) => boolean;

/** What a filter did so far. */
export interface FilterStats {
  /** What it was called: `all`, `any`, a name of one's own. */
  readonly name: string;
  /** Events that it was asked about. */
  readonly seen: number;
  /** Events that it kept. */
  readonly kept: number;
  /** Filters that it asks in turn. */
  readonly parts?: readonly FilterStats[];
}

/** A filter that counts. */
export interface CountedFilter<E = SysmonEvent> extends Filter<E> {
  /** What it did so far. */
  stats(): FilterStats;
}

/**
 * Makes a filter count, under a name of one's own. The combinators do so by themselves.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { named } from '@org/sysmon/filters';
 *
 * const sysmon = new Sysmon({ filter: named('not mine', (e) => e.process?.pid !== process.pid) });
 * ```
 */
export function named<E>(name: string, test: Filter<E>, parts: readonly Filter<E>[] = []): CountedFilter<E> {
  if (typeof name !== 'string') refuse(`named: expected a name, got ${show(name)}.`);
  checkFilter(test, 'named');
  let seen = 0;
  let kept = 0;
  const counted = (event: E): boolean => {
    seen++;
    // Whatever a JavaScript function returns counts as true or false.
    const answer: unknown = test(event);
    if (typeof answer === 'object' && isThenable(answer)) {
      answer.then(undefined, () => undefined);
      throw new TypeError(`the filter ${name} gave a promise: a filter answers at once`);
    }
    const keep = Boolean(answer);
    if (keep) kept++;
    return keep;
  };
  const stats = (): FilterStats => ({
    name,
    seen,
    kept,
    ...(parts.length ? { parts: parts.map((p) => count(p).stats()) } : {}),
  });
  return Object.assign(counted, { stats });
}

/** The filter itself if it counts, else one around it that does. */
export function count<E>(filter: Filter<E>): CountedFilter<E> {
  return 'stats' in filter && typeof filter.stats === 'function'
    ? (filter as CountedFilter<E>)
    : named(filter.name || 'filter', filter);
}

/** Its promise would count as yes for every event. */
export const isAsync = (filter: (event: never) => unknown): boolean => filter.constructor.name.startsWith('Async');

function checkFilter(filter: unknown, where: string): void {
  if (typeof filter !== 'function') refuse(`${where}: a filter must be a function, not ${show(filter)}.`);
  if (isAsync(filter as Filter<never>)) refuse(`${where}: a filter answers at once; it cannot be asynchronous.`);
}

/** Checks filters that a user hands over. */
export function checkFilters<E>(filters: readonly Filter<E>[], where: string): readonly CountedFilter<E>[] {
  return filters.map((f) => {
    checkFilter(f, where);
    return count(f);
  });
}
