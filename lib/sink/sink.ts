/** What a sink is: it owns input and output and what they are waited for, and knows nothing of events. */
import { SysmonError } from '../base/errors.js';
import type { Documents } from './line-documents.js';

/** Counters of a sink. Documents are counted, but for `bytes` and `retries`. */
export interface SinkStats {
  /** What write() was given. */
  readonly taken: number;
  /** What was handed to the file, the socket or the receiver: of a receiver that answers, what it did not fail on. */
  readonly sent: number;
  /** What the receiver, or fsync of a file, has confirmed. 0 where nobody confirms anything, as over UDP. */
  readonly acknowledged: number;
  /** What is lost, by cause. */
  readonly lost: Readonly<Record<string, number>>;
  /** Bytes of documents that were sent, before any compression. */
  readonly bytes: number;
  /** How often something was tried again. */
  readonly retries: number;
  /** What waits in memory or in the spool to be sent. */
  readonly waiting: { readonly documents: number; readonly bytes: number };
}

/** Documents that will never arrive. */
export interface SinkLoss {
  /** As in `stats().lost`. */
  readonly cause: string;
  /** How many. */
  readonly count: number;
  /** Sequence number of the first of them, where they are numbered. */
  readonly first?: number;
  /** Sequence number of the last of them. */
  readonly last?: number;
  /** What was said of it: by the receiver, or by the system. */
  readonly reason?: string;
}

/**
 * Where documents go. It takes them in order, never throws for what becomes of them, and counts what it loses. Making
 * one means writing these five methods; `pump()` and `DocumentWriter` call them.
 */
export interface Sink {
  /** Told what a person should know and a program need not. A sentence without an end. */
  onNotice?: ((text: string) => void) | undefined;
  /** Told of documents that are lost. */
  onLoss?: ((loss: SinkLoss) => void) | undefined;
  /** Told once of what ends it: nothing is written from then on, and what it is given is lost. */
  onError?: ((error: SinkError) => void) | undefined;
  /**
   * Takes documents. undefined: it is done with their memory and takes more. A promise: it needs that memory until it
   * resolves, and is given nothing before; it never rejects.
   */
  write(documents: Documents): Promise<void> | undefined;
  /**
   * Resolves when what was taken is where it stays: in the file, in the spool, or with the receiver. Rejects with the
   * SinkError that ended the sink.
   */
  flush(): Promise<void>;
  /**
   * For log rotation: opens files by their names anew; others have nothing to do. Rejects with SinkError; a file that
   * cannot be opened anew is written on.
   */
  reopen(): Promise<void>;
  /** flush(), and lets go of everything. Rejects as flush() does, when all the same everything was let go. */
  close(): Promise<void>;
  /** Counters, at any time. */
  stats(): SinkStats;
}

/**
 * A sink cannot be opened, or cannot go on.
 *
 * @example
 * ```js
 * import { FileSink, SinkError } from '@org/sysmon/sinks';
 *
 * try {
 *   new FileSink('/no/such/folder/events.ndjson');
 * } catch (error) {
 *   if (error instanceof SinkError) console.error(error.message); // cannot write to /no/such/…: ENOENT: …
 * }
 * ```
 */
export class SinkError extends SysmonError {
  /** The reader of a pipe has gone away. */
  readonly brokenPipe: boolean;

  constructor(text: string, cause?: unknown) {
    const { code, errno } = (cause ?? {}) as NodeJS.ErrnoException;
    super('ERR_SYSMON_SINK', text, {
      operation: 'write',
      cause,
      ...(typeof errno === 'number' && { errno: Math.abs(errno) }),
    });
    this.name = 'SinkError';
    this.brokenPipe = code === 'EPIPE';
  }
}

/** What sinks count. */
export class SinkCounters {
  taken = 0;
  sent = 0;
  acknowledged = 0;
  bytes = 0;
  retries = 0;
  readonly #lost = new Map<string, number>();

  lose(cause: string, count: number): void {
    this.#lost.set(cause, (this.#lost.get(cause) ?? 0) + count);
  }

  stats(waiting: SinkStats['waiting']): SinkStats {
    const { taken, sent, acknowledged, bytes, retries } = this;
    return { taken, sent, acknowledged, lost: Object.fromEntries(this.#lost), bytes, retries, waiting };
  }
}
