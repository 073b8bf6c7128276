/**
 * `@org/sysmon/filters`: filters in TypeScript. They run before any listener; what they drop is counted. Rules that the
 * worker can judge are cheaper: see `@org/sysmon/config`.
 *
 * @module filters
 */
export { all, any, byType, not, typed, type FiltersByType, type TypedFilter } from './combinators.js';
export { named, type CountedFilter, type Filter, type FilterStats } from './filter.js';
export { dedupe, rateLimit, sample, type DedupeOptions, type Key, type RateLimitOptions } from './limits.js';
export { toFilter, type FilterInput } from './input.js';
