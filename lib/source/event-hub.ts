/** Brings events to the listeners and iterators of a source. Nobody's exception reaches the source. */
import type { EventEmitter } from 'node:events';
import { isThenable } from '../base/promises.js';
import { causeText, SysmonError } from '../base/errors.js';
import { EventIterator, type EventsOptions, type Handed, type IteratorHost } from './event-iterator.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';

type Wrapper = ((argument?: unknown) => void) & { listener?: unknown };

export class EventHub {
  /** Where listeners are: the source itself. */
  emitter!: EventEmitter;
  /** Listeners by name, as long as none comes or goes: emit() of Node costs more than all else that is done here. */
  readonly #listeners = new Map<string, readonly Wrapper[]>();
  readonly #iterators = new Set<EventIterator>();

  /**
   * What stands for a listener among those of the emitter: one that throws must not keep the others, or the rest of the
   * batch, from their events. It has the listener as `listener`, which is how an emitter finds it again.
   */
  wrap(name: string, listener: (argument?: unknown) => unknown, once: boolean): (argument?: unknown) => void {
    const { emitter } = this;
    const failed = (did: string, cause: unknown): void => {
      const error = new SysmonError('ERR_SYSMON_LISTENER', `a listener on '${name}' ${did}: ${causeText(cause)}`, {
        cause,
      });
      if (name === 'error') process.emitWarning(error);
      else this.fail(error);
    };
    const call = (argument?: unknown): void => {
      try {
        const result = listener.call(emitter, argument);
        // Nobody waits for an asynchronous listener, but its rejection would end the process.
        if (typeof result === 'object' && isThenable(result))
          result.then(undefined, (cause) => failed('rejected', cause));
      } catch (cause) {
        failed('threw', cause);
      }
    };
    let heard = false;
    const wrapper: Wrapper = once
      ? (argument) => {
          if (heard) return; // taken off while others of the same event were called
          heard = true;
          emitter.removeListener(name, wrapper);
          call(argument);
        }
      : call;
    wrapper.listener = listener;
    return wrapper;
  }

  /** Names that somebody listens to. */
  heard(): readonly string[] {
    return this.emitter.eventNames().filter((name) => typeof name === 'string');
  }

  /** Types that iterators were made for. */
  iterated(): readonly string[] {
    return [...this.#iterators].flatMap((i) => [...(i.types ?? [])]);
  }

  iterate<T extends EventType>(
    options: EventsOptions<T> | undefined,
    host: Omit<IteratorHost, 'onDone'>,
  ): EventIterator<T> {
    const iterator = new EventIterator<T>(options, { ...host, onDone: (i) => this.#iterators.delete(i) });
    if (!options?.signal?.aborted) this.#iterators.add(iterator as unknown as EventIterator);
    return iterator;
  }

  event(event: SysmonEvent): void {
    const own = this.#listeners.get(event.type) ?? this.#look(event.type);
    const every = this.#listeners.get('event') ?? this.#look('event');
    for (const listener of own) listener(event);
    for (const listener of every) listener(event);
    if (this.#iterators.size === 0) return;
    const handed: Handed = { event, readers: own.length + every.length };
    // All are counted before one of them drops it.
    for (const i of this.#iterators) if (i.wants(event.type)) handed.readers++;
    for (const i of this.#iterators) if (i.wants(event.type)) i.push(handed);
  }

  /** Listeners came or went. */
  changed(): void {
    this.#listeners.clear();
  }

  #look(name: string): readonly Wrapper[] {
    const found = this.emitter.rawListeners(name) as Wrapper[];
    if (this.#listeners.size > 256) this.#listeners.clear(); // a recording may have events of any name
    this.#listeners.set(name, found);
    return found;
  }

  emit(name: 'loss' | 'close', argument?: unknown): void {
    this.emitter.emit(name, argument);
  }

  /** Iterators hold up nobody any more: what still comes goes into their buffers. */
  unblock(): void {
    for (const i of this.#iterators) i.unblock();
  }

  endIterators(): void {
    for (const i of [...this.#iterators]) i.end();
  }

  fail(error: SysmonError): void {
    if (this.emitter.listenerCount('error') > 0) this.emitter.emit('error', error);
    else process.emitWarning(error);
  }
}
