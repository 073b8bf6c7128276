/**
 * `@org/sysmon/testing`: events made by hand, for unit tests of what listens to a sensor: without root and kernel.
 *
 * @module testing
 */
export { makeEvent, type EventParts } from './make-event.js';
export type { ProcessParts } from './make-process.js';
