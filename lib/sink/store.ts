/** What waits to be sent: in memory, or in a spool. */
import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import { Documents } from './line-documents.js';

/** Documents that were stored together. */
export interface Stored {
  /** Sequence number of the first. */
  readonly first: number;
  readonly documents: Documents;
  /** When they were stored, ms since the epoch. */
  readonly time: number;
}

/** A range of sequence numbers. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

export interface Waiting {
  readonly documents: number;
  readonly bytes: number;
}

/** Calls may overlap: each waits for those before. */
export interface Store {
  readonly source: string;
  readonly waiting: Waiting;
  /** Whether it outlives the program. */
  readonly durable: boolean;
  append(documents: Documents): Promise<void>;
  /** Gives numbers to documents that are not stored. */
  skip(count: number): Promise<Range>;
  /** The oldest. */
  first(): Promise<Stored | undefined>;
  remove(first: number): Promise<void>;
  /** Drops the oldest, but not the one with this number. undefined: there is none. */
  dropOldest(except: number | undefined): Promise<Range | undefined>;
  close(): Promise<void>;
}

/** A name for a numbering that begins with 1. */
export const newSource = (): string => `${hostname()}.${randomBytes(6).toString('hex')}`;

/** Gone with the program. */
export class MemoryStore implements Store {
  readonly source = newSource();
  readonly durable = false;
  #batches: Stored[] = [];
  #next = 1;
  #documents = 0;
  #bytes = 0;

  get waiting(): Waiting {
    return { documents: this.#documents, bytes: this.#bytes };
  }

  append(documents: Documents): Promise<void> {
    this.#batches.push({ first: this.#next, documents, time: Date.now() });
    this.#next += documents.count;
    this.#documents += documents.count;
    this.#bytes += documents.bytes.length;
    return Promise.resolve();
  }

  skip(count: number): Promise<Range> {
    const first = this.#next;
    this.#next += count;
    return Promise.resolve({ first, last: this.#next - 1 });
  }

  first(): Promise<Stored | undefined> {
    return Promise.resolve(this.#batches[0]);
  }

  remove(first: number): Promise<void> {
    this.#drop(this.#batches.findIndex((b) => b.first === first));
    return Promise.resolve();
  }

  dropOldest(except: number | undefined): Promise<Range | undefined> {
    return Promise.resolve(this.#drop(this.#batches.findIndex((b) => b.first !== except)));
  }

  #drop(index: number): Range | undefined {
    if (index < 0) return undefined;
    const [{ first, documents }] = this.#batches.splice(index, 1);
    this.#documents -= documents.count;
    this.#bytes -= documents.bytes.length;
    return { first, last: first + documents.count - 1 };
  }

  close(): Promise<void> {
    this.#batches = [];
    return Promise.resolve();
  }
}
