/** The loop that sends what waits: in order, one batch at a time, until each is settled. */
import { Batch, SendError, type Outcome, type Sender } from './batch.js';
import type { SinkCounters, SinkLoss } from './sink.js';
import type { Store, Stored } from './store.js';

const noticeMs = 60_000; // between two notices of the same failure
const graceMs = 50; // for a sender that was told to stop
const lookMs = 100; // between two looks at whether anything arrives
const hopelessMs = 1000; // without anything that arrived, where what waits is in a spool
const longestAfterMs = 3_600_000; // that a receiver may ask us to wait

interface DeliveryOptions {
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  readonly retryMs: number;
  readonly maxRetryMs: number;
  readonly refuseAfterMs: number;
}

interface DeliveryHooks {
  onLoss(loss: SinkLoss): void;
  onNotice(text: string): void;
  onProgress(): void;
}

/** How it goes, for people. */
export interface DeliveryState {
  readonly sent: number;
  readonly acknowledged: number;
  readonly retries: number;
  /** Since when nothing arrives, in ms since the epoch, and why. */
  readonly failing?: { readonly since: number; readonly reason: string };
}

export class Delivery {
  /** First number of the batch that is being sent. */
  inFlight: number | undefined;
  readonly #sender: Sender;
  readonly #store: Store;
  readonly #options: DeliveryOptions;
  readonly #counters: SinkCounters;
  readonly #hooks: DeliveryHooks;
  readonly #end = new AbortController();
  #loop: Promise<void> | undefined;
  #waking: (() => void)[] = []; // what is called when something is to be sent, or it is over
  #drained: (() => void)[] = [];
  #failing: { since: number; reason: string } | undefined;
  #told = new Map<string, number>(); // when, performance.now()
  #blockedSince: number | undefined; // performance.now()

  constructor(sender: Sender, store: Store, options: DeliveryOptions, counters: SinkCounters, hooks: DeliveryHooks) {
    this.#sender = sender;
    this.#store = store;
    this.#options = options;
    this.#counters = counters;
    this.#hooks = hooks;
  }

  get state(): DeliveryState {
    const { sent, acknowledged, retries } = this.#counters;
    return { sent, acknowledged, retries, ...(this.#failing && { failing: { ...this.#failing } }) };
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something was stored. */
  wake(): void {
    for (const wake of this.#waking.splice(0)) wake();
  }

  /** Tells a person, but not again and again. */
  notice(text: string): void {
    const now = performance.now();
    if (now - (this.#told.get(text) ?? -Infinity) < noticeMs) return;
    if (this.#told.size > 20) this.#told.clear();
    this.#told.set(text, now);
    this.#hooks.onNotice(`${this.#sender.name}: ${text}`);
  }

  /** Resolves when nothing waits, or after so many ms; in a spool it can also wait for the next start. */
  async drained(ms: number): Promise<void> {
    const until = performance.now() + ms;
    let progress = performance.now();
    while (this.#store.waiting.documents > 0 && performance.now() < until) {
      const { acknowledged, sent } = this.#counters;
      await this.#settled(Math.min(until - performance.now(), lookMs));
      if (acknowledged !== this.#counters.acknowledged || sent !== this.#counters.sent) progress = performance.now();
      if (this.#store.durable && this.#failing && performance.now() - progress > hopelessMs) return;
    }
  }

  #settled(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#drained.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.wake();
    await this.#loop;
    await this.#sender.close();
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      try {
        const stored = await this.#store.first();
        if (stored === undefined) await this.#wait(Infinity);
        else await this.#deliver(stored);
      } catch (error) {
        this.notice(`what waits cannot be read: ${(error as Error).message}`);
        await this.#wait(this.#options.maxRetryMs);
      }
    }
  }

  /** Until wake(), or for so long. */
  #wait(ms: number): Promise<void> {
    if (this.#end.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === Infinity ? undefined : setTimeout(resolve, ms);
      this.#waking.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** For so long, whatever is stored meanwhile. */
  #pause(ms: number): Promise<void> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }

  async #deliver({ first, documents, time }: Stored): Promise<void> {
    this.inFlight = first;
    try {
      // Batches that are to be sent, the next one last.
      const left = [new Batch(this.#store.source, first, documents)];
      let attempt = 0;
      while (left.length > 0) {
        const batch = left.at(-1) as Batch;
        if (Date.now() - time > this.#options.maxAgeMs) {
          for (const late of left.reverse()) this.#lose('age', late, 'it was too old to be sent');
          break;
        }
        const { settled, next, pause } = await this.#attempt(batch, attempt);
        if (this.#end.signal.aborted && !settled) return; // it stays where it is
        if (settled) {
          left.pop();
          left.push(...next);
          attempt = 0;
        } else attempt++;
        if (pause > 0) await this.#pause(pause);
        if (this.#end.signal.aborted && left.length > 0) return;
      }
      await this.#store.remove(first);
    } finally {
      this.inFlight = undefined;
      for (const settled of this.#drained.splice(0)) settled();
      this.#hooks.onProgress();
    }
  }

  /** `settled`: the batch is done with, but for `next`, which are parts of it. `pause`: ms before anything is sent. */
  async #attempt(batch: Batch, attempt: number): Promise<{ settled: boolean; next: Batch[]; pause: number }> {
    if (attempt > 0) this.#counters.retries++;
    try {
      const outcome = await this.#send(batch);
      return this.#took(batch, outcome, attempt);
    } catch (error) {
      if (this.#end.signal.aborted) return { settled: false, next: [], pause: 0 };
      return this.#failed(batch, error as Error, attempt);
    }
  }

  async #send(batch: Batch): Promise<Outcome | undefined> {
    const { timeoutMs } = this.#options;
    const late = new AbortController();
    const signal = AbortSignal.any([this.#end.signal, late.signal]);
    const timer = setTimeout(() => late.abort(), timeoutMs);
    // A sender that was stopped may know what arrived: that need not be sent again.
    const ended = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => setTimeout(() => reject(new Error('given up')), graceMs), { once: true }),
    );
    try {
      return await Promise.race([this.#sender.send(batch, signal), ended]);
    } catch (error) {
      throw late.signal.aborted ? new SendError('later', `no answer in ${timeoutMs} ms`) : error;
    } finally {
      clearTimeout(timer);
      ended.catch(() => undefined);
    }
  }

  #took(batch: Batch, outcome: Outcome | undefined, attempt: number): { settled: true; next: Batch[]; pause: number } {
    const again = outcome?.again ?? [];
    const refused = outcome?.refused ?? [];
    const arrived = batch.count - again.length - refused.length;
    this.#counters.sent += arrived;
    if (this.#sender.acknowledges) this.#counters.acknowledged += arrived;
    this.#counters.bytes += batch.documents.bytes.length;
    for (const i of [...again, ...refused]) this.#counters.bytes -= batch.documents.at(i).length + 1;
    if (refused.length > 0) this.#lose('refused', batch.pick(refused), outcome?.reason ?? '');
    if (again.length === 0) {
      this.#recovered();
      return { settled: true, next: [], pause: 0 };
    }
    this.#isFailing(outcome?.reason ?? '');
    this.#counters.retries++;
    const pause = this.#pauseOf(arrived > 0 ? 0 : attempt, outcome?.afterMs);
    return { settled: true, next: [batch.pick(again)], pause };
  }

  #failed(batch: Batch, error: Error, attempt: number): { settled: boolean; next: Batch[]; pause: number } {
    const { failure, afterMs } = error instanceof SendError ? error : { failure: 'later' as const, afterMs: undefined };
    if (failure === 'too-large' && batch.count > 1) {
      const half = batch.count >> 1;
      return { settled: true, next: [batch.slice(half), batch.slice(0, half)], pause: 0 };
    }
    if (failure === 'refused' || failure === 'too-large') {
      this.#lose('refused', batch, error.message);
      return { settled: true, next: [], pause: 0 };
    }
    this.#isFailing(error.message);
    if (failure === 'later') return { settled: false, next: [], pause: this.#pauseOf(attempt, afterMs) };
    const pause = Math.max(this.#options.maxRetryMs, afterMs ?? 0);
    const since = (this.#blockedSince ??= performance.now());
    if (performance.now() - since < this.#options.refuseAfterMs) return { settled: false, next: [], pause };
    this.#lose('refused', batch, error.message);
    return { settled: true, next: [], pause };
  }

  /** Grows, and is never the same for all senders of a receiver that comes back. */
  #pauseOf(attempt: number, afterMs: number | undefined): number {
    const { retryMs, maxRetryMs } = this.#options;
    const grown = Math.min(maxRetryMs, retryMs * 2 ** Math.min(attempt, 30));
    return Math.max(grown * (0.75 + Math.random() / 4), Math.min(afterMs ?? 0, longestAfterMs));
  }

  #isFailing(reason: string): void {
    if (this.#failing) this.#failing.reason = reason;
    else this.#failing = { since: Date.now(), reason };
    this.notice(`${reason}; it is tried again`);
    this.#hooks.onProgress();
  }

  #recovered(): void {
    this.#blockedSince = undefined;
    if (this.#failing === undefined) return;
    const seconds = Math.round((Date.now() - this.#failing.since) / 1000);
    this.#failing = undefined;
    this.#told.clear();
    this.#hooks.onNotice(`${this.#sender.name}: documents arrive again, after ${seconds} s`);
  }

  #lose(cause: string, batch: Batch, reason: string): void {
    const [first, last] = [batch.sequence(0), batch.sequence(batch.count - 1)];
    this.#counters.lose(cause, batch.count);
    this.#hooks.onLoss({ cause, count: batch.count, first, last, reason });
    this.notice(`${batch.count} documents are lost, of ${first} to ${last}: ${reason}`);
  }
}
