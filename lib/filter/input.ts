/** What the option `filter` takes. */
import { refuse, show } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { all } from './combinators.js';
import { count, isAsync, named, type CountedFilter, type Filter } from './filter.js';

/**
 * Anything with rules in it that can judge events: what `compile` of `@org/sysmon/config` gives. Named here by its
 * shape, so that the sensor does not load it.
 */
export interface Judge {
  evaluate(event: SysmonEvent): { readonly verdict: 'log' | 'drop' };
}

/** A function, compiled rules, or a list of either that must all agree. */
export type FilterInput = Filter | Judge | readonly (Filter | Judge)[];

/** Counted filters, one for each item of the option's value. Throws SysmonError (ERR_SYSMON_OPTION). */
export function toFilters(input: FilterInput | undefined): readonly CountedFilter[] {
  if (input === undefined) return [];
  return ((Array.isArray(input) ? input : [input]) as readonly (Filter | Judge)[]).map(single);
}

/**
 * One counted filter of the option's value. Throws SysmonError (ERR_SYSMON_OPTION).
 *
 * @example
 * ```js
 * import { compile, loadConfig } from '@org/sysmon/config';
 * import { toFilter } from '@org/sysmon/filters';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const filter = toFilter([compile(loadConfig('starter')), (e) => e.type === 'ProcessCreate']);
 * console.log(filter(makeEvent('ProcessCreate')));
 * ```
 */
export function toFilter(input: FilterInput): CountedFilter {
  const filters = toFilters(input);
  return filters.length === 1 ? filters[0] : all(...filters);
}

function single(item: Filter | Judge): CountedFilter {
  if (typeof item === 'function')
    return isAsync(item) ? refuse('option filter: a filter answers at once; it cannot be asynchronous.') : count(item);
  if (typeof item === 'object' && item !== null) {
    if ('evaluate' in item && typeof item.evaluate === 'function')
      return named('rules', (event: SysmonEvent) => item.evaluate(event).verdict === 'log');
    if ('kind' in item && item.kind === 'RuleSet')
      refuse('option filter: a RuleSet must be compiled first: filter: compile(ruleSet).');
  }
  return refuse(`option filter: expected a function, compiled rules, or a list of them, got ${show(item)}.`);
}
