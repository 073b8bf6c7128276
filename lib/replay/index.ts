/**
 * `@org/sysmon/replay`: plays recordings: the API of a sensor over NDJSON, without privileges.
 *
 * @module replay
 */
export { Replay, type ReplayOptions, type ReplaySource, type ReplayStats } from './replay.js';
