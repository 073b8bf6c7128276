/** What every serializer does to an event first. */
import { ProcessRecord } from '../event/process-record.gen.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import type { fieldCutter } from './field-sizes.js';

/**
 * The event with its fields cut, and with a record of its process: one that came from another thread or process, or
 * from JSON, has a copy there. Mostly it is the event as it is.
 */
export function prepared(event: SysmonEvent, cut: ReturnType<typeof fieldCutter>): SysmonEvent {
  const { process: p } = event;
  const record = p && ProcessRecord.of(p);
  if (record === p && cut === undefined) return event;
  return {
    ...event,
    ...(record === undefined ? {} : { process: record }),
    ...(cut === undefined ? {} : { data: cut(event.data) }),
  } as SysmonEvent;
}
