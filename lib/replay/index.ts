/** @packageDocumentation Plays recordings: the API of a sensor over NDJSON, without privileges. */
export { Replay, type ReplayOptions, type ReplaySource, type ReplayStats } from './replay.js';
