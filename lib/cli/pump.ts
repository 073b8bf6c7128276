/** The one loop from a source of events to an output. */
import type { SysmonEvent } from '../schema/events.gen.js';
import type { Serializer } from '../serializer/index.js';
import type { EventIterator } from '../source/event-iterator.js';
import type { Output } from './output.js';

/** Writes what is admitted until the source ends. Where the output is full, the source waits. */
export async function pump(
  events: EventIterator,
  serialize: Serializer<string>,
  output: Output,
  admit: (event: SysmonEvent) => boolean,
): Promise<void> {
  for await (const first of events) {
    // What waits already needs no promise.
    for (let event: SysmonEvent | undefined = first; event !== undefined; event = events.poll()) {
      if (!admit(event)) continue;
      const full = output.document(serialize, event);
      if (full) await full;
    }
  }
}
