/** Between who makes documents and a sink that takes them: gathers, hands over, and waits within a bound. */
import { Gatherer } from './line-documents.js';
import type { Sink } from './sink.js';

const highWater = 1 << 20; // bytes gathered before the maker must wait

/** Makes a document of something; a serializer is one. */
export interface DocumentMaker<E> {
  (event: E): string | Uint8Array;
  /** The same document piece by piece, where that costs less. */
  readonly pieces?: ((event: E, take: (piece: string) => void) => void) | undefined;
}

/**
 * Gives a sink what is written in one turn of the event loop at once. While the sink is at work up to 1 MiB gathers;
 * then who writes has to wait.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { json } from '@org/sysmon/serializers';
 * import { DocumentWriter, FileSink } from '@org/sysmon/sinks';
 *
 * const writer = new DocumentWriter(new FileSink('/var/log/sysmon.ndjson', { maxBytes: 100 << 20, keep: 10 }));
 * const sysmon = new Sysmon();
 * sysmon.on('ProcessCreate', (event) => void writer.document(json, event));
 * sysmon.once('close', () => void writer.close());
 * await sysmon.start();
 * ```
 */
export class DocumentWriter {
  /** Where it writes. */
  readonly sink: Sink;
  // Two that take turns, one gathers while the other is written: fresh memory for each chunk would cost more than the
  // encoding.
  #gathering = new Gatherer(1 << 16);
  #spare = new Gatherer(1 << 16);
  #writing: Promise<void> | undefined; // while the sink is at work
  #scheduled = false;
  #waiters: (() => void)[] = [];

  /** Whoever makes it closes it, and the sink with it. */
  constructor(sink: Sink) {
    this.sink = sink;
  }

  /** A document as it is, without a line end. Resolves at once, or when there is room again. */
  line(text: string | Uint8Array): Promise<void> | undefined {
    this.#gathering.take(text);
    this.#gathering.endLine();
    return this.#taken();
  }

  /** The same for what a serializer makes of an event; nothing, if that is an empty document. */
  document<E>(serialize: DocumentMaker<E>, event: E): Promise<void> | undefined {
    const gathering = this.#gathering;
    if (serialize.pieces === undefined) gathering.take(serialize(event));
    else {
      try {
        serialize.pieces(event, gathering.take);
      } catch (error) {
        gathering.undo(); // no half of a document
        throw error;
      }
    }
    return gathering.end() ? this.#taken() : undefined;
  }

  #taken(): Promise<void> | undefined {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#hand();
      });
    }
    if (this.#gathering.bytes < highWater) return undefined;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #hand(): void {
    while (this.#writing === undefined && this.#gathering.count > 0) {
      const given = this.#gathering;
      this.#gathering = this.#spare;
      this.#spare = given;
      this.#writing = this.sink.write(given.documents())?.then(() => {
        given.clear();
        this.#writing = undefined;
        this.#hand();
      });
      if (this.#writing === undefined) given.clear();
    }
    if (this.#gathering.bytes < highWater) for (const wake of this.#waiters.splice(0)) wake();
  }

  /** Resolves when the sink has taken everything, and has it where it stays: see Sink.flush(). */
  async flush(): Promise<void> {
    await this.#handed();
    await this.sink.flush();
  }

  async #handed(): Promise<void> {
    for (this.#hand(); this.#writing !== undefined; this.#hand()) await this.#writing;
  }

  /** For log rotation: what was written by now goes to the old file, what follows to a new one of that name. */
  async reopen(): Promise<void> {
    await this.flush();
    await this.sink.reopen();
  }

  /** Writes what is there and closes the sink. Throws what ended the sink. */
  async close(): Promise<void> {
    await this.#handed();
    await this.sink.close();
  }
}
