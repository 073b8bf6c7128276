/** What every serializer does to an event first. */
import { ProcessRecord } from '../event/process-record.gen.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import type { EventCutter } from './event-cutter.js';

/**
 * The event with a record of its process, for one that came from another thread or process, or from JSON, has a copy
 * there, and with its fields cut. Mostly it is the event as it is.
 */
export function prepared(event: SysmonEvent, cut: EventCutter | undefined): SysmonEvent {
  const { process: p } = event;
  const record = p && ProcessRecord.of(p);
  const whole = record === p ? event : ({ ...event, process: record } as SysmonEvent);
  return cut === undefined ? whole : cut(whole);
}
