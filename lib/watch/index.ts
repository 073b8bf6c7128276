/**
 * `@org/sysmon/watch`: what one command does, from its first instruction to the end of its last descendant.
 *
 * @module watch
 */
export { formatReport } from './table.js';
export type { SpawnSite } from './spawn-sites.js';
export { watch, type WatchedProcess } from './watch.js';
export type { WatchOptions, WatchPidOptions } from './watch-options.js';
export type { Run, RunEnd, RunResult } from './run.js';
export type {
  Connection,
  FileUse,
  LossCount,
  Privilege,
  ProcessNode,
  Program,
  ProgramRun,
  Question,
  Report,
  Section,
} from './report.js';
