/** What a receiver is sent, and what it makes of it. */
import { Documents } from './line-documents.js';

/** Documents with a number each. A receiver that remembers source and number can drop what comes twice. */
export class Batch {
  /** Who numbers them: name of the machine and a word that the numbering began with. */
  readonly source: string;
  readonly documents: Documents;
  readonly #first: number;
  readonly #offsets: readonly number[] | undefined;

  constructor(source: string, first: number, documents: Documents, offsets?: readonly number[]) {
    this.source = source;
    this.documents = documents;
    this.#first = first;
    this.#offsets = offsets;
  }

  get count(): number {
    return this.documents.count;
  }

  /** Sequence number of a document: from 1 on, without a gap but for what was lost. */
  sequence(index: number): number {
    return this.#first + (this.#offsets?.[index] ?? index);
  }

  /** A name that no other document has. */
  id(index: number): string {
    return `${this.source}-${this.sequence(index)}`;
  }

  /** Some of them, by their indices in ascending order. */
  pick(indices: readonly number[]): Batch {
    const start = (i: number): number => (i === 0 ? 0 : this.documents.ends[i - 1]);
    const ends: number[] = [];
    let end = 0;
    const parts = indices.map((i) => {
      ends.push((end += this.documents.ends[i] - start(i)));
      return this.documents.bytes.subarray(start(i), this.documents.ends[i]);
    });
    const documents = new Documents(Buffer.concat(parts), ends);
    return new Batch(
      this.source,
      this.#first,
      documents,
      indices.map((i) => this.#offsets?.[i] ?? i),
    );
  }

  /** From one index to before another. */
  slice(from: number, to = this.count): Batch {
    return this.pick(Array.from({ length: to - from }, (_, i) => from + i));
  }
}

/** What became of a batch that did not arrive as a whole. */
export interface Outcome {
  /** Indices of what the receiver will never take, with what it said of the first of them. */
  readonly refused?: readonly number[];
  /** Indices of what is to be sent again. */
  readonly again?: readonly number[];
  readonly reason: string;
  /** When at the earliest to send again, in ms. */
  readonly afterMs?: number | undefined;
}

/** Speaks with one kind of receiver. It sends; when, how often and what is kept is the business of the RemoteSink. */
export interface Sender {
  /** Who is sent to, for people; without secrets. */
  readonly name: string;
  /** Whether an end of send() means that the receiver has it. */
  readonly acknowledges: boolean;
  /**
   * Resolves when all documents arrived, or with what did not. Rejects with a SendError, or with any other error, which
   * is tried again. The signal ends it.
   */
  send(batch: Batch, signal: AbortSignal): Promise<Outcome | undefined>;
  /** Lets go of connections. */
  close(): Promise<void> | void;
}

/**
 * Why nothing of a batch arrived:
 * - `later`: it is tried again, for as long as there is room for what waits.
 * - `blocked`: somebody has to do something, as where a password is wrong: tried again for a limited time.
 * - `refused`: it would be refused again.
 * - `too-large`: in parts it may be taken.
 */
export type SendFailure = 'later' | 'blocked' | 'refused' | 'too-large';

export class SendError extends Error {
  readonly failure: SendFailure;
  readonly afterMs: number | undefined;

  constructor(failure: SendFailure, reason: string, afterMs?: number) {
    super(reason);
    this.name = 'SendError';
    this.failure = failure;
    this.afterMs = afterMs;
  }
}
