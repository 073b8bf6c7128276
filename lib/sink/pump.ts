/** The one loop from a source of events to a sink. */
import type { SysmonEvent } from '../schema/events.gen.js';
import type { Serializer } from '../serializer/serializer.js';
import type { EventIterator } from '../source/event-iterator.js';
import type { EventSource } from '../source/event-source.js';
import { DocumentWriter } from './document-writer.js';
import type { Sink } from './sink.js';

/** What pump() is told. */
export interface PumpOptions {
  /** Makes a document of each event, and of each loss of the source. */
  serializer: Serializer;
  /** Where the documents go; a DocumentWriter where other documents go there, too. */
  sink: Sink | DocumentWriter;
  /** Which events are written. Default: all. */
  admit?: ((event: SysmonEvent) => boolean) | undefined;
}

// Few events wait at a time: most are written before the collector of garbage has seen them.
const waiting = 256;

/**
 * Writes the events of a source until it ends, and resolves when the sink has them where they stay. `source`: sensor or
 * a recording, whose losses are written too, or an iterator over its events. Where the sink has no room the source
 * waits: nothing grows, and what the ring of the kernel cannot hold meanwhile is lost there, counted and told. The sink
 * is not closed. Rejects with the SinkError that ended the sink.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { json } from '@org/sysmon/serializers';
 * import { FileSink, pump } from '@org/sysmon/sinks';
 *
 * const sysmon = new Sysmon();
 * const sink = new FileSink('/var/log/sysmon.ndjson');
 * const written = pump(sysmon, { serializer: json, sink });
 * await sysmon.start();
 * process.once('SIGTERM', () => void sysmon.stop());
 * await written;
 * await sink.close();
 * ```
 */
export async function pump(source: EventSource | EventIterator, options: PumpOptions): Promise<void> {
  const { serializer, sink, admit } = options;
  const writer = sink instanceof DocumentWriter ? sink : new DocumentWriter(sink);
  const isSource = 'events' in source;
  const events = isSource ? source.events({ onFull: 'block', highWaterMark: waiting }) : source;
  const onLoss = (loss: Parameters<Serializer>[0]): void => void writer.document(serializer, loss);
  if (isSource) source.on('loss', onLoss);
  try {
    for await (const first of events) {
      // What waits already needs no promise.
      for (let event: SysmonEvent | undefined = first; event !== undefined; event = events.poll()) {
        if (admit && !admit(event)) continue;
        const full = writer.document(serializer, event);
        if (full) await full;
      }
    }
    await writer.flush();
  } finally {
    if (isSource) source.off('loss', onLoss);
  }
}
