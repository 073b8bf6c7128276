/** What the option `filter` takes. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { all } from './combinators.js';
import { checkFilters, named, type CountedFilter, type Filter } from './filter.js';

/** Anything with rules in it that can judge events: what `compile` of `@org/sysmon/config` gives. Named here by its shape, so that the sensor does not load it. */
export interface Judge {
  evaluate(event: SysmonEvent): { readonly verdict: 'log' | 'drop' };
}

/** A function, a list of functions that must all agree, or compiled rules. */
export type FilterInput = Filter | Judge | readonly (Filter | Judge)[];

/** Makes one counted filter of the option's value. */
export function toFilter(input: FilterInput): CountedFilter {
  const list = (Array.isArray(input) ? input : [input]) as readonly (Filter | Judge)[];
  const filters = checkFilters(list.map(single), 'filter');
  const [only] = filters;
  return filters.length === 1 ? only : all(...filters);
}

function single(item: Filter | Judge): Filter {
  // Not by the type of `evaluate`: whatever else it is, checkFilters names it.
  if (typeof item === 'object' && item !== null && 'evaluate' in item) {
    return named('rules', (event: SysmonEvent) => item.evaluate(event).verdict === 'log');
  }
  return item;
}
