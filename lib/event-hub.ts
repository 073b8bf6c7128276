/** Listeners and iterators of a source of events, for sources that are no sensor. Nobody's exception reaches the source. */
import { EventEmitter } from 'eventemitter3';
import { SysmonError } from './errors.js';
import { EventIterator, type EventsOptions, type IteratorHost } from './event-iterator.js';
import type { EventType, SysmonEvent } from './schema/events.gen.js';
import { eventTable } from './schema/tables.gen.js';
import type { SysmonListeners } from './sysmon.js';

const names = new Set<string>([...eventTable.map((e) => e.name), 'event', 'loss', 'error', 'close']);
type Wrapper = (argument?: unknown) => void;

export class EventHub {
  readonly #owner: unknown;
  readonly #emitter = new EventEmitter<Record<string, Wrapper>>();
  readonly #wrappers = new Map<string, Map<unknown, Wrapper[]>>();
  readonly #iterators = new Set<EventIterator>();

  /** `owner`: what listeners have as `this`. */
  constructor(owner: unknown) {
    this.#owner = owner;
  }

  add(name: string, listener: unknown, once: boolean): void {
    if (!names.has(name)) throw new SysmonError('ERR_SYSMON_OPTION', `on(): there is no event '${name}'. Known: ${[...names].join(', ')}.`);
    if (typeof listener !== 'function') throw new SysmonError('ERR_SYSMON_OPTION', `on('${name}'): the listener is no function.`);
    // A listener that throws must not keep the others from their events.
    const wrapper = (argument?: unknown): void => {
      if (once) this.#drop(name, listener, wrapper);
      try {
        listener.call(this.#owner, argument);
      } catch (cause) {
        const error = new SysmonError('ERR_SYSMON_LISTENER', `a listener on '${name}' threw: ${String(cause)}`, { cause });
        if (name === 'error') process.emitWarning(error);
        else this.fail(error);
      }
    };
    const known = this.#wrappers.get(name) ?? new Map<unknown, Wrapper[]>();
    this.#wrappers.set(name, known);
    known.set(listener, [...(known.get(listener) ?? []), wrapper]);
    this.#emitter.on(name, wrapper);
  }

  remove(name: string, listener?: unknown): void {
    const known = this.#wrappers.get(name);
    if (listener === undefined) {
      this.#emitter.removeAllListeners(name);
      known?.clear();
      return;
    }
    const wrapper = known?.get(listener)?.at(-1);
    if (wrapper) this.#drop(name, listener, wrapper);
  }

  count(name: keyof SysmonListeners): number {
    return this.#emitter.listenerCount(name);
  }

  iterate<T extends EventType>(options: EventsOptions<T>, host: Omit<IteratorHost, 'onDone'>): EventIterator<T> {
    const iterator = new EventIterator<T>(options, { ...host, onDone: (i) => this.#iterators.delete(i) });
    if (!options.signal?.aborted) this.#iterators.add(iterator as unknown as EventIterator);
    return iterator;
  }

  event(event: SysmonEvent): void {
    // A file may hold types that this version does not know: they reach whoever listens to all.
    if (names.has(event.type)) this.#emitter.emit(event.type, event);
    this.#emitter.emit('event', event);
    for (const i of this.#iterators) i.push(event);
  }

  emit(name: 'loss' | 'close', argument?: unknown): void {
    this.#emitter.emit(name, argument);
  }

  /** The rest goes into the buffers: nobody must wait for a reader. */
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
  }
}
