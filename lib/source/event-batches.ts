/** Events in arrays: what a database or a network likes better than one at a time. */
import { checkNames } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { nextTurn, Turn } from '../base/turn.js';
import type { EventType, SysmonEventMap } from '../schema/events.gen.js';

/** When a batch is handed over: as soon as one of the two is reached. */
export interface BatchOptions {
  /** Events in a batch at most: 1 to the iterator's `highWaterMark`. Default: half of that, which is 512 of 1024. */
  max?: number | undefined;
  /**
   * Milliseconds after which a batch is handed over though it is not full, counted from when the first of its events
   * came: 1 to 3,600,000 (an hour). Default 1000.
   */
  ms?: number | undefined;
}

const known = ['max', 'ms'] as const satisfies readonly (keyof BatchOptions)[];
const longestMs = 3_600_000;
const defaultMs = 1000;

/** What batches need of the iterator whose buffer they read. */
export interface BatchBuffer<E> {
  /** Events that may wait in it. */
  readonly most: number;
  size(): number;
  take(most: number): E[];
  /** Nothing comes into it any more. */
  ended(): boolean;
  /** Why it ended before its time, once. */
  failure(): { readonly reason: unknown } | undefined;
  close(): void;
}

function checkLimit(name: keyof BatchOptions, value: unknown, most: number, of: string): number {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most)
    refuse(`batches(): ${name}: expected a whole number from 1 to ${most}${of}, got ${show(value)}.`);
  return value as number;
}

interface Reader<E> {
  resolve(result: IteratorResult<E[], undefined>): void;
  reject(reason: unknown): void;
}

/**
 * An async iterator over arrays of events, none of them empty; made by `events().batches()`. It ends as the iterator
 * does that it was made from: with the source, after what is left has been handed over; by `break` or `return()`; or by
 * its signal, with whose reason the reader that waits is rejected.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 *
 * const sysmon = new Sysmon();
 * const batches = sysmon.events({ types: ['ProcessCreate'] }).batches({ max: 100, ms: 500 });
 * await sysmon.start();
 * for await (const events of batches) console.log(events.map((e) => e.data.Image));
 * ```
 */
export class EventBatches<T extends EventType = EventType> implements AsyncIterableIterator<
  SysmonEventMap[T][],
  undefined
> {
  readonly #buffer: BatchBuffer<SysmonEventMap[T]>;
  readonly #max: number;
  readonly #ms: number;
  readonly #turn = new Turn();
  readonly #waiting: Reader<SysmonEventMap[T]>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #due = false; // the first event in the buffer has waited for long enough
  #later = false; // a reader is served in the next turn, and nobody before

  /** @internal */
  constructor(options: BatchOptions | undefined, buffer: BatchBuffer<SysmonEventMap[T]>) {
    const { max, ms } = checkNames<BatchOptions>('batches()', options, known);
    this.#max = checkLimit('max', max ?? Math.ceil(buffer.most / 2), buffer.most, ', the highWaterMark of events()');
    this.#ms = checkLimit('ms', ms ?? defaultMs, longestMs, '');
    this.#buffer = buffer;
    if (buffer.size() > 0) this.#clock();
  }

  /** @internal An event came into the buffer. */
  pushed(): void {
    this.#clock();
    if (this.#waiting.length > 0 && this.#buffer.size() >= this.#max) this.#serve();
  }

  /** @internal The buffer has ended. */
  ended(): void {
    if (this.#buffer.size() === 0) this.#stopClock();
    this.#serve();
  }

  /** The next batch; `done` once nothing follows. */
  next(): Promise<IteratorResult<SysmonEventMap[T][], undefined>> {
    if (this.#waiting.length === 0) {
      // What waits comes without a turn of the loop between: a slow reader would keep the host from it.
      if (this.#ready() && !this.#turn.spent()) return Promise.resolve({ value: this.#take(), done: false });
      if (this.#buffer.size() === 0) {
        const failure = this.#buffer.failure();
        if (failure) return Promise.reject(failure.reason);
        if (this.#buffer.ended()) return Promise.resolve({ value: undefined, done: true });
      }
    }
    const promise = new Promise<IteratorResult<SysmonEventMap[T][], undefined>>((resolve, reject) =>
      this.#waiting.push({ resolve, reject }),
    );
    if (this.#ready()) this.#serveLater();
    return promise;
  }

  /** Ends it, and the iterator that it was made from; events that wait are dropped. */
  return(): Promise<IteratorResult<SysmonEventMap[T][], undefined>> {
    this.#buffer.close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #ready(): boolean {
    const size = this.#buffer.size();
    return size >= this.#max || (size > 0 && (this.#due || this.#buffer.ended()));
  }

  /**
   * What is left behind by a full batch is not given a time of its own: it came at the same time or later, and goes too
   * early rather than too late.
   */
  #take(): SysmonEventMap[T][] {
    const batch = this.#buffer.take(this.#max);
    if (this.#buffer.size() === 0) this.#stopClock();
    return batch;
  }

  #clock(): void {
    if (this.#due || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#due = true;
      this.#serve();
    }, this.#ms);
    this.#timer.unref(); // it is the source that keeps the process alive, or does not
  }

  #stopClock(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = false;
  }

  #serveLater(): void {
    if (this.#later) return;
    this.#later = true;
    nextTurn(() => {
      this.#later = false;
      if (this.#ready()) this.#waiting.shift()?.resolve({ value: this.#take(), done: false });
      if (this.#waiting.length > 0 && this.#ready()) this.#serveLater();
      else this.#serve();
    });
  }

  #serve(): void {
    if (this.#later) return;
    while (this.#waiting.length > 0 && this.#ready())
      this.#waiting.shift()?.resolve({ value: this.#take(), done: false });
    if (this.#waiting.length === 0 || this.#buffer.size() > 0) return;
    const failure = this.#buffer.failure();
    if (failure) for (const r of this.#waiting.splice(0)) r.reject(failure.reason);
    if (this.#buffer.ended()) for (const r of this.#waiting.splice(0)) r.resolve({ value: undefined, done: true });
  }
}
