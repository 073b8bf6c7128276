/**
 * `@org/sysmon/testing`: events made by hand, for unit tests of what listens to a sensor: without root and kernel. And
 * what tests say of a command that was watched, for any test runner.
 *
 * @module testing
 */
export { makeEvent, type EventParts } from './make-event.js';
export type { ProcessParts } from './make-process.js';
export {
  connectsOnlyTo,
  executesOnly,
  leaksNothing,
  matchers,
  writesOnlyUnder,
  type LeakOptions,
  type MatchResult,
} from './matchers.js';
export type { Observed } from './seen.js';
