/** What a sensor and a recording have in common: listeners, iterators, filters, losses, and an end that is told. */
import type { LossRecord } from '../event/event.js';
import type { CountedFilter } from '../filter/filter.js';
import { FilterGate } from '../filter/gate.js';
import type { EventType } from '../schema/events.gen.js';
import { EventHub } from './event-hub.js';
import type { EventIterator, EventsOptions } from './event-iterator.js';
import type { SysmonListeners } from './listeners.js';
import { LossTeller } from './losses.js';
import type { StartOptions } from './start-options.js';

/** What a kind of source does in its own way. */
export interface SourceHooks {
  /** A loss is to be told. */
  onLoss(loss: LossRecord): void;
  /** Delivers nothing until as many resume() calls: an iterator has no room. */
  hold(): void;
  resume(): void;
  /** Somebody wants events of this name from now on; `who`: an iterator over them. */
  onListen?(name: string, who?: string): void;
}

/** The inside of a source, for the class that extends EventSource. Programs that use the source cannot reach it. */
export class SourceCore {
  readonly hub = new EventHub();
  readonly filters: FilterGate;
  readonly losses: LossTeller;
  readonly hooks: SourceHooks;
  #detachSignal: (() => void) | undefined;

  constructor(host: string, filters: readonly CountedFilter[], hooks: SourceHooks) {
    this.filters = new FilterGate(filters, (error) => this.hub.fail(error));
    this.losses = new LossTeller(host, (loss) => hooks.onLoss(loss));
    this.hooks = hooks;
  }

  /** Calls back if the signal is aborted before the source has closed. */
  watch(signal: AbortSignal | undefined, onAbort: () => void): void {
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#detachSignal = () => signal?.removeEventListener('abort', onAbort);
  }

  /** Nothing follows. */
  close(): void {
    this.#detachSignal?.();
    this.hub.endIterators();
    this.hub.emit('close');
  }
}

export abstract class EventSource implements AsyncDisposable {
  readonly #core: SourceCore;

  /** @internal */
  constructor(core: SourceCore) {
    this.#core = core;
    core.hub.owner = this;
  }

  /**
   * Listens. A listener on a type that a sensor does not capture gets one warning and no events: listening never widens
   * the capture.
   */
  on<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    this.#core.hub.add(name, listener, false);
    this.#core.hooks.onListen?.(name);
    return this;
  }

  /** Listens for one event. */
  once<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    this.#core.hub.add(name, listener, true);
    this.#core.hooks.onListen?.(name);
    return this;
  }

  /**
   * Ends what on() or once() began; without a listener, for all of the name. A name or listener that nobody knows is no
   * error.
   */
  off<K extends keyof SysmonListeners>(name: K, listener?: SysmonListeners[K]): this {
    this.#core.hub.remove(name, listener);
    return this;
  }

  /** How many listeners a name has. */
  listenerCount(name: keyof SysmonListeners): number {
    return this.#core.hub.count(name);
  }

  /**
   * Events as an async iterator. It may be made before start(); it ends when the source stops. With `onFull: 'block'` a
   * recording waits for the reader, and nothing is lost.
   */
  events<T extends EventType = EventType>(options?: EventsOptions<T>): EventIterator<T> {
    const { hub, losses, hooks } = this.#core;
    const iterator = hub.iterate(options, {
      onDrop: (e) => losses.add('consumer', e.type),
      hold: () => hooks.hold(),
      resume: () => hooks.resume(),
    });
    for (const type of iterator.types ?? []) hooks.onListen?.(type, 'an iterator over');
    return iterator;
  }

  abstract start(options?: StartOptions): Promise<void>;

  abstract stop(): Promise<void>;

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
