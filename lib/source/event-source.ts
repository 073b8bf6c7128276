/** What a sensor and a recording have in common: listeners, iterators, filters, losses, and an end that is told. */
import { EventEmitter } from 'node:events';
import { refuse, SysmonError } from '../base/errors.js';
import type { LossRecord } from '../event/event.js';
import type { CountedFilter } from '../filter/filter.js';
import { FilterGate } from '../filter/gate.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';
import { EventHub } from './event-hub.js';
import type { EventIterator, EventsOptions } from './event-iterator.js';
import { checkListener, emitterNames, type SysmonListeners } from './listeners.js';
import { LossTeller } from './losses.js';
import type { StartOptions } from './start-options.js';
import type { StopOptions } from './stop-options.js';

type Listener = (...args: unknown[]) => void;
type Adding = 'on' | 'addListener' | 'prependListener' | 'once' | 'prependOnceListener';

/** What a kind of source does in its own way. */
export interface SourceHooks {
  /** A loss is to be told. */
  onLoss(loss: LossRecord): void;
  /** Delivers nothing until as many resume() calls: an iterator has no room. */
  hold(): void;
  resume(): void;
  /** An event that was counted as delivered reached nobody: no listener, and no iterator had room for it. */
  onUnread(event: SysmonEvent): void;
  /** What has ended for good or until the next start(), so that no iterator can get anything; undefined: nothing. */
  ended(): string | undefined;
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

/**
 * An EventEmitter of Node, with names and listeners that are checked. Listeners cannot disturb each other or the
 * source: one that throws, or an asynchronous one that rejects, becomes an `error`.
 */
export abstract class EventSource extends EventEmitter implements AsyncDisposable {
  readonly #core: SourceCore;

  /** @internal */
  constructor(core: SourceCore) {
    super();
    this.#core = core;
    core.hub.emitter = this;
  }

  /**
   * Listens. A listener on a type that a sensor does not capture gets one warning and no events: listening never widens
   * the capture. Throws SysmonError (ERR_SYSMON_OPTION) for a name that there is not.
   */
  override on<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add('on', name, listener);
  }

  /** The same as on(). */
  override addListener<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add('addListener', name, listener);
  }

  /** As on(), before the listeners that there are. */
  override prependListener<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add('prependListener', name, listener);
  }

  /** Listens for one event. */
  override once<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add('once', name, listener);
  }

  /** As once(), before the listeners that there are. */
  override prependOnceListener<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add('prependOnceListener', name, listener);
  }

  /**
   * Ends what on() or once() began: of a listener that was added twice, the later one; without a listener, all of the
   * name. A name or listener that nobody knows is no error, as with any emitter; what is no function is.
   */
  override off<K extends keyof SysmonListeners>(name: K, listener?: SysmonListeners[K]): this {
    return listener === undefined ? this.removeAllListeners(name) : this.removeListener(name, listener);
  }

  /** The same as off(). */
  override removeListener<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    if (typeof listener !== 'function') refuse(`removeListener('${String(name)}'): the listener is no function.`);
    super.removeListener(name, listener as Listener);
    this.#core.hub.changed();
    return this;
  }

  /** Takes off all listeners of the name, or of all names. */
  override removeAllListeners(...name: [name?: string | symbol]): this {
    super.removeAllListeners(...name); // which looks at how many there are
    this.#core.hub.changed();
    return this;
  }

  #add(method: Adding, name: string, listener: unknown): this {
    const first = method.startsWith('prepend');
    if (emitterNames.has(name)) return super[method](name, listener as Listener);
    checkListener(method, name, listener);
    this.#core.hooks.onListen?.(name);
    const wrapper = this.#core.hub.wrap(name, listener, method.toLowerCase().includes('once'));
    if (first) super.prependListener(name, wrapper);
    else super.on(name, wrapper);
    this.#core.hub.changed();
    return this;
  }

  /**
   * Events as an async iterator, from now on; it ends when the source stops. It may be made before start(). With
   * `onFull: 'block'` a recording waits for the reader, and nothing is lost. Throws SysmonError: ERR_SYSMON_OPTION, and
   * ERR_SYSMON_STATE where the source has stopped and nothing would ever come.
   */
  events<T extends EventType = EventType>(options?: EventsOptions<T>): EventIterator<T> {
    const { hub, losses, hooks } = this.#core;
    const ended = hooks.ended();
    if (ended !== undefined) throw new SysmonError('ERR_SYSMON_STATE', `events(): ${ended}`);
    const iterator = hub.iterate(options, {
      onDrop: (handed) => {
        losses.add('consumer', handed.event.type);
        if (--handed.readers === 0) hooks.onUnread(handed.event);
      },
      hold: () => hooks.hold(),
      resume: () => hooks.resume(),
    });
    for (const type of iterator.types ?? []) hooks.onListen?.(type, 'an iterator over');
    return iterator;
  }

  /** Resolves when events flow. Rejects with SysmonError. */
  abstract start(options?: StartOptions): Promise<void>;

  /**
   * Resolves after `close`; does nothing where nothing runs. Rejects with SysmonError (ERR_SYSMON_OPTION, _TIMEOUT).
   */
  abstract stop(options?: StopOptions): Promise<void>;

  /** What `await using` calls: stop(). */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
