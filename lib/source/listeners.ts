/** What a source of events, a sensor or a recording, tells and to whom. */
import { EventEmitter } from 'node:events';
import { refuse, show, type SysmonError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
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

/** Names that one can listen to. */
export const listenerNames: ReadonlySet<string> = new Set<string>([...eventTable.map((e) => e.name), ...ownNames]);

/** What an emitter of Node tells of itself: listeners of these are called as they are. */
export const emitterNames: ReadonlySet<string | symbol> = new Set([
  'newListener',
  'removeListener',
  EventEmitter.errorMonitor,
]);

/** Throws SysmonError (ERR_SYSMON_OPTION) for a name that nothing is told by, and for a listener that is none. */
export function checkListener(method: string, name: unknown, listener: unknown): asserts listener is Listener {
  if (typeof name !== 'string' || !listenerNames.has(name)) {
    const names = [...listenerNames];
    refuse(
      `${method}(): there is no event ${show(name)}.${didYouMean(String(name), names)} Known: ${names.join(', ')}.`,
    );
  }
  if (typeof listener !== 'function') refuse(`${method}('${name}'): the listener is no function.`);
}

type Listener = (argument?: unknown) => unknown;
