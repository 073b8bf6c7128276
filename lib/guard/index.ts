/**
 * `@org/sysmon/guard`: policies of what a command may do, and baselines of what it did. Both take any stream of events:
 * of a command that is watched, of a sensor, of a recording.
 *
 * @module guard
 */
export { loadPolicy, parsePolicy, Policy, type PolicyOptions, type PolicyRule } from './policy.js';
export { Guard, type Breach, type GuardOptions } from './guard.js';
export {
  Behaviour,
  formatBaseline,
  joinBaselines,
  newIn,
  parseBaseline,
  type Baseline,
  type Novelty,
} from './baseline.js';
export { ScriptWatch, type ScriptReport } from './packages.js';
export type { RunPlaces } from './normalise.js';
export type { Doer } from './facts.js';
export { endProcess } from './end-process.js';
export { guardedEvents, type SectionName } from './policy-sections.js';
