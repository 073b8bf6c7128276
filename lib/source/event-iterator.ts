/** An async iterator over events, with a bounded buffer between the sensor's pace and the reader's. */
import { checkNames, checkSignal } from '../base/check.js';
import { checkTypes } from '../event/type-names.js';
import { refuse, show, SysmonError } from '../base/errors.js';
import { nextTurn, Turn } from '../base/turn.js';
import type { EventType, SysmonEvent, SysmonEventMap } from '../schema/events.gen.js';
import { EventBatches, type BatchOptions } from './event-batches.js';

/** What an iterator over events is made with. Wrong options are refused with ERR_SYSMON_OPTION. */
export interface EventsOptions<T extends EventType = EventType> {
  /** Only these types. Default: all that the sensor captures. */
  types?: readonly T[] | undefined;
  /** Ends the iteration: who waits is rejected with its reason; events that are in the buffer are dropped. */
  signal?: AbortSignal | undefined;
  /** Events that may wait in the buffer, at least 1. Default 1024. */
  highWaterMark?: number | undefined;
  /**
   * What happens when the buffer is full:
   * - `drop-oldest` (default), `drop-newest`: an event is lost and counted, as loss of stage `consumer`.
   * - `block`: the sensor delivers nothing to anybody until there is room. The kernel's ring fills meanwhile; what does
   *   not fit is lost there and counted, as loss of stage `ring`. stop() ends the blocking: what was produced by then
   *   still comes.
   */
  onFull?: 'drop-oldest' | 'drop-newest' | 'block' | undefined;
}

const known = ['types', 'signal', 'highWaterMark', 'onFull'] as const satisfies readonly (keyof EventsOptions)[];

/** An event on its way to its readers; those iterators that it was handed to share this. */
export interface Handed {
  readonly event: SysmonEvent;
  /** How many have it: iterators that did not drop it, and listeners, who never do. */
  readers: number;
}

/** What an iterator needs of the sensor. */
export interface IteratorHost {
  /** There was no room for it. */
  readonly onDrop: (handed: Handed) => void;
  readonly hold: () => void;
  readonly resume: () => void;
  readonly onDone: (iterator: EventIterator) => void;
}

/**
 * An async iterator over the events of a sensor or a recording, made by `events()`. Between the source's pace and the
 * reader's is a buffer of `highWaterMark` events; `onFull` says what happens when it is full.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 *
 * const sysmon = new Sysmon({ events: ['ProcessCreate'] });
 * const events = sysmon.events({ types: ['ProcessCreate'], highWaterMark: 4096 });
 * await sysmon.start();
 * for await (const event of events) console.log(event.data.Image);
 * ```
 */
export class EventIterator<T extends EventType = EventType> implements AsyncIterableIterator<
  SysmonEventMap[T],
  undefined
> {
  /** @internal Types that were asked for; undefined: all. */
  readonly types: ReadonlySet<string> | undefined;
  readonly #highWaterMark: number;
  readonly #onFull: NonNullable<EventsOptions['onFull']>;
  readonly #host: IteratorHost;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#fail(this.#signal?.reason);
  #buffer: Handed[] = [];
  #head = 0;
  readonly #turn = new Turn();
  #serving = false; // readers that wait are served in the next turn
  #waiting: { resolve: (r: IteratorResult<SysmonEventMap[T], undefined>) => void; reject: (e: unknown) => void }[] = [];
  #holding = false;
  #mayBlock: boolean;
  #done = false;
  #error: { reason: unknown } | undefined;
  #batches: EventBatches<T> | undefined;

  /** @internal */
  constructor(options: EventsOptions<T> | undefined, host: IteratorHost) {
    const where = 'events()';
    const o = checkNames<EventsOptions<T>>(where, options, known);
    this.types = o.types === undefined ? undefined : new Set<string>(checkTypes(`${where}: types`, o.types));
    const { highWaterMark: mark = 1024, onFull = 'drop-oldest' } = o;
    if (!Number.isInteger(mark) || mark < 1)
      refuse(`${where}: highWaterMark: expected a whole number of at least 1, got ${show(mark)}.`);
    if (!['drop-oldest', 'drop-newest', 'block'].includes(onFull))
      refuse(`${where}: onFull: expected 'drop-oldest', 'drop-newest' or 'block', got ${show(onFull)}.`);
    this.#highWaterMark = mark;
    this.#onFull = onFull;
    this.#mayBlock = onFull === 'block';
    this.#host = host;
    this.#signal = checkSignal(where, o.signal);
    if (this.#signal?.aborted) this.#fail(this.#signal.reason);
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** @internal Whether it is for this iterator. */
  wants(type: string): boolean {
    return !this.#done && (this.types === undefined || this.types.has(type));
  }

  /** @internal An event of the sensor that it wants. */
  push(handed: Handed): void {
    if (this.#waiting.length > 0 && this.#size() === 0) {
      this.#waiting.shift()?.resolve({ value: handed.event as SysmonEventMap[T], done: false });
      return;
    }
    if (this.#size() >= this.#highWaterMark && this.#onFull === 'drop-newest') {
      this.#host.onDrop(handed);
      return;
    }
    if (this.#size() >= this.#highWaterMark && this.#onFull === 'drop-oldest') this.#host.onDrop(this.#take());
    this.#buffer.push(handed);
    this.#batches?.pushed();
    if (this.#mayBlock && !this.#holding && this.#size() >= this.#highWaterMark) {
      this.#holding = true;
      this.#host.hold();
    }
  }

  /** @internal The sensor is stopping: the rest is finite and goes into the buffer. */
  unblock(): void {
    this.#mayBlock = false;
    if (!this.#holding) return;
    this.#holding = false;
    this.#host.resume();
  }

  /** @internal The sensor has stopped: what is in the buffer can still be read. */
  end(): void {
    if (this.#done) return;
    this.#finish();
    if (this.#size() === 0) this.#dismiss();
    this.#batches?.ended();
  }

  /** @internal An event that waits already: next() would make a promise for it. */
  poll(): SysmonEventMap[T] | undefined {
    if (this.#size() === 0) return undefined;
    const value = this.#take().event as SysmonEventMap[T];
    this.#letGo();
    return value;
  }

  /**
   * The same events as arrays: `max` of them at most, handed over `ms` after the first of them came at the latest. An
   * iterator has one such reader, and next() of its own is refused from then on. Throws SysmonError:
   * ERR_SYSMON_OPTION, and ERR_SYSMON_STATE if it was called before.
   *
   * @example
   * ```js
   * import { Sysmon } from '@org/sysmon';
   *
   * const sysmon = new Sysmon();
   * const batches = sysmon.events({ highWaterMark: 10_000 }).batches({ max: 1000, ms: 200 });
   * await sysmon.start();
   * for await (const events of batches) console.log(events.length, events[0].time);
   * ```
   */
  batches(options?: BatchOptions): EventBatches<T> {
    if (this.#batches)
      throw new SysmonError('ERR_SYSMON_STATE', 'batches(): it was called already. Call events() for each reader.');
    return (this.#batches = new EventBatches<T>(options, {
      most: this.#highWaterMark,
      size: () => this.#size(),
      take: (most) => {
        const events: SysmonEventMap[T][] = [];
        while (events.length < most && this.#size() > 0) events.push(this.#take().event as SysmonEventMap[T]);
        this.#letGo();
        return events;
      },
      ended: () => this.#done,
      failure: () => {
        const failed = this.#error;
        this.#error = undefined;
        return failed;
      },
      close: () => void this.return(),
    }));
  }

  /** The next event; `done` once nothing follows. Rejects with the reason of the signal that ended the iteration. */
  next(): Promise<IteratorResult<SysmonEventMap[T], undefined>> {
    if (this.#batches)
      return Promise.reject(
        new SysmonError('ERR_SYSMON_STATE', 'next(): the events go to batches(). Call events() for each reader.'),
      );
    if (this.#size() > 0) {
      // What waits in the buffer comes without a turn of the loop between: a slow reader would keep the host from it.
      if (this.#waiting.length > 0 || this.#turn.spent()) return this.#later();
      const value = this.#take().event as SysmonEventMap[T];
      this.#letGo();
      return Promise.resolve({ value, done: false });
    }
    if (this.#error) {
      const { reason } = this.#error;
      this.#error = undefined;
      return Promise.reject(reason);
    }
    if (this.#done) return Promise.resolve({ value: undefined, done: true });
    return this.#wait();
  }

  #wait(): Promise<IteratorResult<SysmonEventMap[T], undefined>> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Waits for the next turn, in the order of those who asked. */
  #later(): Promise<IteratorResult<SysmonEventMap[T], undefined>> {
    const promise = this.#wait();
    this.#serveLater();
    return promise;
  }

  #serveLater(): void {
    if (this.#serving) return;
    this.#serving = true;
    nextTurn(() => {
      this.#serving = false;
      const reader = this.#size() > 0 ? this.#waiting.shift() : undefined;
      if (reader === undefined) return;
      reader.resolve({ value: this.#take().event as SysmonEventMap[T], done: false });
      this.#letGo();
      if (this.#waiting.length > 0 && this.#size() > 0) this.#serveLater();
      else if (this.#done) this.#dismiss();
    });
  }

  /** Nothing comes any more for those who wait. */
  #dismiss(): void {
    for (const w of this.#waiting.splice(0)) w.resolve({ value: undefined, done: true });
  }

  /** Ends the iteration; events that wait are dropped. */
  return(): Promise<IteratorResult<SysmonEventMap[T], undefined>> {
    this.#buffer = [];
    this.#head = 0;
    this.end();
    this.#dismiss();
    this.#batches?.ended(); // also where it had ended before, with events left
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #size(): number {
    return this.#buffer.length - this.#head;
  }

  #take(): Handed {
    const handed = this.#buffer[this.#head++];
    if (this.#head > 512 && this.#head * 2 > this.#buffer.length) {
      this.#buffer = this.#buffer.slice(this.#head);
      this.#head = 0;
    }
    return handed;
  }

  /** Delivery goes on once half of the buffer is free: one event at a time would cost a turn of the loop each. */
  #letGo(): void {
    if (!this.#holding || this.#size() * 2 > this.#highWaterMark) return;
    this.#holding = false;
    this.#host.resume();
  }

  #finish(): void {
    this.#done = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    if (this.#holding) {
      this.#holding = false;
      this.#host.resume();
    }
    this.#host.onDone(this as unknown as EventIterator);
  }

  #fail(reason: unknown): void {
    if (this.#done) return;
    this.#buffer = [];
    this.#head = 0;
    this.#finish();
    const readers = this.#waiting.splice(0);
    if (readers.length === 0) this.#error = { reason };
    for (const r of readers) r.reject(reason);
    this.#batches?.ended();
  }
}
