/** Listeners and iterators of a source of events. Nobody's exception reaches the source. */
import { EventEmitter } from 'eventemitter3';
import { didYouMean } from '../base/nearest.js';
import { isThenable } from '../base/promises.js';
import { causeText, refuse, show, SysmonError } from '../base/errors.js';
import { EventIterator, type EventsOptions, type IteratorHost } from './event-iterator.js';
import { listenerNames, type SysmonListeners } from './listeners.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';

type Wrapper = (argument?: unknown) => void;

export class EventHub {
  /** What listeners have as `this`. */
  owner: unknown;
  readonly #emitter = new EventEmitter<Record<string, Wrapper>>();
  /** What was put around each listener, by name of the event: a listener that is added twice has two. */
  readonly #wrappers = new Map<string, Map<unknown, Wrapper[]>>();
  readonly #iterators = new Set<EventIterator>();
  #hearsAll = false; // somebody listens to `event`

  add(name: string, listener: unknown, once: boolean): void {
    if (!listenerNames.has(name)) {
      const names = [...listenerNames];
      refuse(`on(): there is no event ${show(name)}.${didYouMean(String(name), names)} Known: ${names.join(', ')}.`);
    }
    if (typeof listener !== 'function') refuse(`on('${name}'): the listener is no function.`);
    const failed = (did: string, cause: unknown): void => {
      const error = new SysmonError('ERR_SYSMON_LISTENER', `a listener on '${name}' ${did}: ${causeText(cause)}`, {
        cause,
      });
      if (name === 'error') process.emitWarning(error);
      else this.fail(error);
    };
    // A listener that throws must not keep the others, or the rest of the batch, from their events.
    const wrapper = (argument?: unknown): void => {
      if (once) this.#drop(name, listener, wrapper);
      try {
        const result: unknown = listener.call(this.owner, argument);
        // Nobody waits for an asynchronous listener, but its rejection would end the process.
        if (typeof result === 'object' && isThenable(result))
          result.then(undefined, (cause) => failed('rejected', cause));
      } catch (cause) {
        failed('threw', cause);
      }
    };
    const known = this.#wrappers.get(name) ?? new Map<unknown, Wrapper[]>();
    this.#wrappers.set(name, known);
    known.set(listener, [...(known.get(listener) ?? []), wrapper]);
    this.#emitter.on(name, wrapper);
    if (name === 'event') this.#hearsAll = true;
  }

  /** One registration of the listener, the last one; without a listener, all of the name. */
  remove(name: string, listener?: unknown): void {
    const known = this.#wrappers.get(name);
    if (listener === undefined) {
      this.#emitter.removeAllListeners(name);
      known?.clear();
      if (name === 'event') this.#hearsAll = false;
      return;
    }
    const wrapper = known?.get(listener)?.at(-1);
    if (wrapper) this.#drop(name, listener, wrapper);
  }

  count(name: keyof SysmonListeners): number {
    return this.#emitter.listenerCount(name);
  }

  /** Names that somebody listens to. */
  heard(): readonly string[] {
    return this.#emitter.eventNames();
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
    this.#emitter.emit(event.type, event);
    if (this.#hearsAll) this.#emitter.emit('event', event);
    if (this.#iterators.size > 0) for (const i of this.#iterators) i.push(event);
  }

  emit(name: 'loss' | 'close', argument?: unknown): void {
    this.#emitter.emit(name, argument);
  }

  /** Iterators hold up nobody any more: what still comes goes into their buffers. */
  unblock(): void {
    for (const i of this.#iterators) i.unblock();
  }

  endIterators(): void {
    for (const i of [...this.#iterators]) i.end();
  }

  fail(error: SysmonError): void {
    if (this.#emitter.listenerCount('error') > 0) this.#emitter.emit('error', error);
    else process.emitWarning(error);
  }

  #drop(name: string, listener: unknown, wrapper: Wrapper): void {
    const known = this.#wrappers.get(name);
    const left = known?.get(listener)?.filter((w) => w !== wrapper) ?? [];
    if (left.length === 0) known?.delete(listener);
    else known?.set(listener, left);
    this.#emitter.off(name, wrapper);
    if (name === 'event') this.#hearsAll = this.#emitter.listenerCount('event') > 0;
  }
}
