/** Filters made of filters. */
import { checkType } from '../event/type-names.js';
import { refuse, show } from '../base/errors.js';
import type { EventType, SysmonEvent, SysmonEventMap } from '../schema/events.gen.js';
import { checkFilters, named, type CountedFilter, type Filter, type FilterStats } from './filter.js';

/**
 * Keeps an event that all filters keep. They are asked in turn, until one says no.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { all, not, typed } from '@org/sysmon/filters';
 *
 * const filter = all(typed('ProcessCreate'), not((e) => e.process?.user === 'root'));
 * const sysmon = new Sysmon({ filter });
 * ```
 */
export function all<E = SysmonEvent>(...filters: readonly Filter<E>[]): CountedFilter<E> {
  const parts = checkFilters(filters, 'all');
  return named('all', (event: E) => parts.every((f) => f(event)), parts);
}

/**
 * Keeps an event that one of the filters keeps. They are asked in turn, until one says yes.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { any, typed } from '@org/sysmon/filters';
 *
 * const sysmon = new Sysmon({ filter: any(typed('DnsQuery'), (e) => e.process?.user === 'www-data') });
 * ```
 */
export function any<E = SysmonEvent>(...filters: readonly Filter<E>[]): CountedFilter<E> {
  const parts = checkFilters(filters, 'any');
  return named('any', (event: E) => parts.some((f) => f(event)), parts);
}

/**
 * Keeps what the filter does not.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { not, typed } from '@org/sysmon/filters';
 *
 * const sysmon = new Sysmon({ filter: not(typed('ProcessTerminate')) });
 * ```
 */
export function not<E = SysmonEvent>(filter: Filter<E>): CountedFilter<E> {
  const [part] = checkFilters([filter], 'not');
  return named('not', (event: E) => !part(event), [part]);
}

/** Filters by type of event; each gets events of its type only. */
export type FiltersByType = { readonly [T in EventType]?: Filter<SysmonEventMap[T]> | boolean };

/**
 * A filter for each type of event.
 *
 * @param otherwise what happens to types that are not named; default: they are kept
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { byType } from '@org/sysmon/filters';
 *
 * const filter = byType({ ProcessCreate: (e) => e.data.User !== 'root', ProcessTerminate: false });
 * const sysmon = new Sysmon({ filter });
 * ```
 */
export function byType(filters: FiltersByType, otherwise: Filter | boolean = true): CountedFilter {
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters))
    refuse(`byType: expected filters by type of event, got ${show(filters)}.`);
  const table = new Map<string, CountedFilter | boolean>();
  for (const [type, filter] of Object.entries(filters) as [string, Filter | boolean | undefined][]) {
    checkType('byType', type);
    if (filter === undefined) continue;
    table.set(
      type,
      typeof filter === 'boolean'
        ? filter
        : named(type, (checkFilters([filter], `byType ${type}`) as [CountedFilter])[0]),
    );
  }
  const rest = typeof otherwise === 'boolean' ? otherwise : (checkFilters([otherwise], 'byType') as [CountedFilter])[0];
  const parts = [...table.values(), rest].filter((f) => typeof f === 'function');
  return named(
    'byType',
    (event) => {
      const filter = table.get(event.type) ?? rest;
      return typeof filter === 'function' ? filter(event) : filter;
    },
    parts,
  );
}

/** A filter that tells the compiler which types it keeps. */
export interface TypedFilter<T extends EventType> {
  (event: SysmonEvent): event is Extract<SysmonEvent, SysmonEventMap[T]>;
  /** What it did so far. */
  stats(): FilterStats;
}

/**
 * Tells whether an event is of some types, for the compiler too.
 *
 * @example
 * ```js
 * import { typed } from '@org/sysmon/filters';
 *
 * const commandLines = (events) => events.filter(typed('ProcessCreate')).map((e) => e.data.CommandLine);
 * ```
 */
export function typed<T extends EventType>(...types: readonly T[]): TypedFilter<T> {
  const wanted = new Set<string>(types.map((t) => checkType('typed', t)));
  return named('typed', (event: SysmonEvent) => wanted.has(event.type)) as TypedFilter<T>;
}
