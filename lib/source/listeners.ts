/** What a source of events, a sensor or a recording, tells and to whom. */
import type { SysmonError } from '../base/errors.js';
import type { LossRecord } from '../event/event.js';
import type { EventType, SysmonEvent, SysmonEventMap } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

/**
 * What listeners of each name are given. What they return is not looked at, but a promise that rejects counts as an
 * exception.
 */
export type SysmonListeners = { [K in EventType]: (event: SysmonEventMap[K]) => unknown } & {
  /** Every event of any type. */
  event: (event: SysmonEvent) => unknown;
  /** Events that were produced and not delivered. */
  loss: (loss: LossRecord) => unknown;
  /** Something failed; the sensor goes on unless `close` follows. Without a listener it becomes a process warning. */
  error: (error: SysmonError) => unknown;
  /** The sensor has stopped and nothing follows. */
  close: () => unknown;
};

/** Names that no type of event may have. */
export const ownNames: ReadonlySet<string> = new Set([
  'event',
  'loss',
  'error',
  'close',
] satisfies (keyof SysmonListeners)[]);

export const listenerNames: ReadonlySet<string> = new Set<string>([...eventTable.map((e) => e.name), ...ownNames]);
