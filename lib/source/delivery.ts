/** Delivers what stands in the slots that the native worker has filled, a few milliseconds of each turn of the loop. */
import type { TimeParts } from '../base/time.js';
import { nextTurn, Turn } from '../base/turn.js';
import type { LosingProcess } from '../event/event.js';
import type { BatchReader } from './batch-reader.js';
import { decoders } from './decoders.gen.js';
import type { LossDetail } from './own-events.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';
import { Entry, eventTable } from '../schema/tables.gen.js';

export interface DeliveryTarget {
  onEvent(event: SysmonEvent): void;
  /** An event of this type was not delivered, for there is no time left. */
  onAbandoned(type: EventType): void;
  onReady(): void;
  onLoss(stage: string, eventType: string, count: number, since: TimeParts, until: TimeParts, detail: LossDetail): void;
  /** Something that the sensor cannot do or see. */
  onError(id: string, description: string): void;
  /** What follows is of another configuration. */
  onConfigured(): void;
  onEnd(): void;
}

const types = new Map(eventTable.map((e) => [e.id, e.name]));

export class Delivery {
  readonly #reader: BatchReader;
  readonly #release: (slot: number) => void;
  readonly #target: DeliveryTarget;
  readonly #queue: number[] = [];
  #at = 0; // word offset in the first slot of the queue; 0: not opened
  #scheduled = false;
  #holds = 0;
  #busy = false;
  #abandoned = false;
  readonly #turn = new Turn();

  constructor(reader: BatchReader, release: (slot: number) => void, target: DeliveryTarget) {
    this.#reader = reader;
    this.#release = release;
    this.#target = target;
  }

  /** Slots that wait to be decoded. */
  get waiting(): number {
    return this.#queue.length;
  }

  push(slot: number): void {
    this.#queue.push(slot);
    if (!this.#scheduled) this.#run();
  }

  /** Stops delivery until as many resume() calls. The worker then waits, the kernel's ring fills and counts. */
  hold(): void {
    this.#holds++;
  }

  resume(): void {
    if (--this.#holds === 0) this.#schedule(setImmediate);
  }

  /**
   * Delivers no more events, whoever is in the middle of it. Returns how many of each type there were; losses and
   * errors among them are still told. The slots are not released.
   */
  discard(): ReadonlyMap<EventType, number> {
    const left = new Map<EventType, number>();
    const slots = this.#queue.splice(0);
    this.#holds = Infinity; // no resume() undoes this
    this.#abandoned = false;
    for (const [i, slot] of slots.entries()) {
      const w = this.#reader.open(slot);
      for (let o = i > 0 || this.#at === 0 ? 2 : this.#at; o < w[0] >> 2; o += w[o + 1] >> 2) {
        const type = types.get(w[o]);
        if (type !== undefined) left.set(type, (left.get(type) ?? 0) + 1);
        else if (!this.#reader.control(w, o) && (w[o] === Entry.LOSS || w[o] === Entry.ERROR)) this.#control(w, o);
      }
    }
    return left;
  }

  /** Events are counted from now on, and not delivered. All else goes on, so that the end comes soon. */
  abandon(): void {
    this.#abandoned = true;
    this.#run();
  }

  #schedule(later: (work: () => void) => void): void {
    if (this.#scheduled || this.#queue.length === 0) return;
    this.#scheduled = true;
    later(() => {
      this.#scheduled = false;
      this.#run();
    });
  }

  #run(): void {
    if (this.#busy) return; // a listener made the loop turn
    this.#busy = true;
    try {
      if (!this.#drain()) this.#schedule(nextTurn);
    } finally {
      this.#busy = false;
    }
  }

  /** Returns false when the time of this turn is over before the queue is empty. */
  #drain(): boolean {
    const turn = this.#turn;
    while (this.#queue.length > 0) {
      const slot = this.#queue[0];
      const w = this.#reader.open(slot);
      const end = w[0] >> 2;
      let o = this.#at === 0 ? 2 : this.#at;
      while (o < end) {
        const decode = decoders[w[o]];
        // What is no event is quick, and would pass for quick listeners.
        const held = this.#holds > 0 && !this.#abandoned;
        if (held || (decode !== undefined && !this.#abandoned && turn.spent())) {
          this.#at = o;
          return held;
        }
        const next = o + (w[o + 1] >> 2);
        // A listener may throw (never through onEvent), stop the sensor or look at it: the position is right before
        // that.
        this.#at = next;
        if (decode === undefined) {
          if (!this.#reader.control(w, o)) this.#control(w, o);
        } else if (this.#abandoned) this.#target.onAbandoned(types.get(w[o]) as EventType);
        else this.#target.onEvent(decode(this.#reader, w, o));
        o = next;
      }
      if (this.#queue[0] !== slot) return true; // discarded in the middle of its last event
      this.#queue.shift();
      this.#at = 0;
      this.#release(slot);
    }
    return true;
  }

  #control(w: Uint32Array, o: number): void {
    const word = (i: number): number => w[o + i];
    switch (word(0)) {
      case Entry.READY:
        return this.#target.onReady();
      case Entry.LOSS:
        return this.#target.onLoss(
          this.#reader.string(word(2)),
          this.#reader.string(word(3)),
          word(4) + word(5) * 2 ** 32,
          [word(6), word(7)],
          [word(8), word(9)],
          {
            ...(word(10) !== 0 && { unit: this.#reader.string(word(10)) }),
            ...(word(11) !== 0 && { processes: this.#reader.json(word(11)) as readonly LosingProcess[] }),
          },
        );
      case Entry.ERROR:
        return this.#target.onError(this.#reader.string(word(2)), this.#reader.string(word(3)));
      case Entry.CONFIGURED:
        return this.#target.onConfigured();
      case Entry.END:
        return this.#target.onEnd();
    }
  }
}
