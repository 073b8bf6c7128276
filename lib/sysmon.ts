import { EventEmitter } from 'eventemitter3';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BatchReader, isoOf, noTechniques, nowParts, utcOf } from './batch-reader.js';
import { capabilities, type Capabilities } from './capabilities.js';
import { configure, defaults, type Configured } from './configure.js';
import { Delivery } from './delivery.js';
import { SysmonError } from './errors.js';
import type { EventExtra, LossRecord } from './event.js';
import { EventIterator, type EventsOptions } from './event-iterator.js';
import { LossCounter } from './losses.js';
import { loadAddon, packageRoot, toError, type NativeAddon, type NativeFailure, type NativeSensor, type NativeStats } from './native.js';
import { checkOptions, type CheckedOptions, type SysmonOptions } from './options.js';
import type { EventType, ProcessRecord, SysmonEvent, SysmonEventMap } from './schema/events.gen.js';
import { eventTable, schemaVersion } from './schema/tables.gen.js';

/** Version of this package. */
export const version: string = (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;

/** What listeners of each name are given. */
export type SysmonListeners = { [K in EventType]: (event: SysmonEventMap[K]) => void } & {
  /** Every event of any type. */
  event: (event: SysmonEvent) => void;
  /** Events that were produced and not delivered. */
  loss: (loss: LossRecord) => void;
  /** Something failed; the sensor goes on unless `close` follows. Without a listener it becomes a process warning. */
  error: (error: SysmonError) => void;
  /** The sensor has stopped and nothing follows. */
  close: () => void;
};

export interface SysmonStats {
  /** Delivered events by type. */
  readonly events: Readonly<Partial<Record<EventType, number>>>;
  /** Events that a JavaScript filter dropped. */
  readonly filtered: number;
  /** Lost events by stage and type. */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Batches that wait to be decoded. */
  readonly queuedBatches: number;
  /** Counters of the kernel side and the worker, at most a second old; undefined before the first start. */
  readonly native: NativeStats | undefined;
}

type State = 'idle' | 'starting' | 'running' | 'stopping';

const sdkExtra: EventExtra = Object.freeze({ hook: 'sdk', tier: 'core' });
const names = new Set<string>([...eventTable.map((e) => e.name), 'event', 'loss', 'error', 'close']);

/**
 * A sensor. Each instance loads its own programs into the kernel; several can run at once, also in several threads.
 *
 * ```js
 * await using sysmon = new Sysmon({ events: ['ProcessCreate'] });
 * sysmon.on('ProcessCreate', (e) => console.log(e.data.Image, e.data.CommandLine, e.process.parent?.image));
 * await sysmon.start();
 * ```
 */
export class Sysmon implements AsyncDisposable {
  readonly #options: CheckedOptions;
  readonly #emitter = new EventEmitter<Record<string, (argument?: unknown) => void>>();
  readonly #wrappers = new Map<string, Map<unknown, ((argument?: unknown) => void)[]>>();
  readonly #iterators = new Set<EventIterator>();
  readonly #host = hostname();
  readonly #losses = new LossCounter(nowParts, (l) => this.#lost(l.stage, l.eventType, l.count, l.since, nowParts()));
  readonly #warned = new Set<string>();
  readonly #delivered = new Float64Array(256); // by Sysmon's id
  #hearsAll = false; // somebody listens to `event`
  readonly #lostCounts: Record<string, Record<string, number>> = {};
  #filtered = 0;
  #recordId = 0;
  #state: State = 'idle';
  #configured: Configured | undefined;
  #native: NativeSensor | undefined;
  #lastStats: NativeStats | undefined;
  #reader: BatchReader | undefined;
  #delivery: Delivery | undefined;
  #started: PromiseWithResolver | undefined;
  #stopped: PromiseWithResolver | undefined;
  #detachSignal: (() => void) | undefined;

  /** Look-ups in the table of processes. */
  readonly processes: {
    /** The living process of this id in the initial pid namespace, with its ancestors; undefined if there is none or the sensor is not running. */
    get(pid: number): ProcessRecord | undefined;
  } = { get: (pid) => this.#lookup(pid) };

  /** Checks the options; touches neither kernel nor addon. Throws SysmonError (ERR_SYSMON_OPTION). */
  constructor(options?: SysmonOptions) {
    this.#options = checkOptions(options);
  }

  // --- listening ---

  /** Listens. A listener on a type that is not captured gets one warning and no events: listening never widens the capture. */
  on<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add(name, listener, false);
  }

  /** Listens for one event. */
  once<K extends keyof SysmonListeners>(name: K, listener: SysmonListeners[K]): this {
    return this.#add(name, listener, true);
  }

  /** Ends what on() or once() began; without a listener, for all of the name. */
  off<K extends keyof SysmonListeners>(name: K, listener?: SysmonListeners[K]): this {
    const known = this.#wrappers.get(name);
    if (listener === undefined) {
      this.#emitter.removeAllListeners(name);
      known?.clear();
      if (name === 'event') this.#hearsAll = false;
      return this;
    }
    const wrapper = known?.get(listener)?.at(-1);
    if (wrapper) this.#remove(name, listener, wrapper);
    return this;
  }

  /** How many listeners a name has. */
  listenerCount(name: keyof SysmonListeners): number {
    return this.#emitter.listenerCount(name);
  }

  /** Events as an async iterator. It may be made before start(); it ends when the sensor stops. */
  events<T extends EventType = EventType>(options: EventsOptions<T> = {}): EventIterator<T> {
    const iterator = new EventIterator<T>(options, {
      onDrop: (e) => this.#losses.add('consumer', e.type),
      hold: () => this.#delivery?.hold(),
      resume: () => this.#delivery?.resume(),
      onDone: (i) => this.#iterators.delete(i),
    });
    if (!options.signal?.aborted) this.#iterators.add(iterator as unknown as EventIterator);
    return iterator;
  }

  // --- life ---

  /**
   * Loads and attaches the programs, learns of the living processes and resolves when events flow. Aborting the signal stops
   * the sensor; if that happens before it has started, start() rejects with the signal's reason.
   * Rejects with SysmonError: ERR_SYSMON_PERMISSION, _KERNEL, _NO_BTF, _LOCKDOWN, _LOAD, _NATIVE, _SCHEMA_MISMATCH, _STATE,
   * _CONFIG (with line and column where they are known).
   */
  async start(options: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    if (this.#state !== 'idle') throw new SysmonError('ERR_SYSMON_STATE', `start(): the sensor is ${this.#state} already.`);
    const { signal } = options;
    signal?.throwIfAborted();
    this.#state = 'starting';
    const started = (this.#started = withResolvers());
    const onAbort = (): void => {
      if (this.#state === 'starting') started.reject(signal?.reason);
      void this.stop();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#detachSignal = () => signal?.removeEventListener('abort', onAbort);
    try {
      const addon = loadAddon();
      const { config } = this.#options;
      this.#configured = config === undefined ? defaults(this.#options) : await configure(this.#options, config);
      // A stop() may have come meanwhile.
      if ((this.#state as State) === 'starting') this.#launch(addon, this.#configured);
      else this.#close();
    } catch (error) {
      started.reject(error);
      this.#close();
    }
    await started.promise;
  }

  #launch(addon: NativeAddon, configured: Configured): void {
    for (const name of this.#wrappers.keys()) this.#warnIfDeaf(name);
    const native = new addon.NativeSensor(configured.settings, (slot, failure) => {
      if (failure) this.#died(failure);
      else delivery.push(slot);
    });
    const reader = new BatchReader(native.slots() as ArrayBuffer, addon.slotBytes, addon.slots, this.#host);
    const delivery: Delivery = new Delivery(reader, (slot) => native.release(slot), {
      onEvent: (e) => this.#deliver(e),
      onReady: () => this.#ready(),
      onLoss: (...loss) => this.#lost(...loss),
      onError: (ID, Description) => this.#emitOwn('Error', { ID, Description }),
      onEnd: () => this.#ended(),
    });
    this.#native = native;
    this.#reader = reader;
    this.#delivery = delivery;
    try {
      native.start();
    } catch (cause) {
      this.#died({ code: 'NATIVE', operation: 'start', errno: 0, message: `the worker could not be started: ${(cause as Error).message}` });
    }
  }

  /** Stops producing, delivers what was produced, and resolves after `close`. Does nothing on a sensor that does not run. */
  async stop(): Promise<void> {
    if (this.#state === 'idle') return;
    if (this.#state !== 'stopping') {
      if (this.#state === 'starting')
        this.#started?.reject(new SysmonError('ERR_SYSMON_STATE', 'start(): the sensor was stopped before it had started.'));
      this.#state = 'stopping';
      this.#native?.stop();
      // Nothing more is produced: an iterator that blocks until it is read would keep the end from whoever waits for it.
      for (const i of this.#iterators) i.unblock();
    }
    this.#stopped ??= withResolvers();
    await this.#stopped.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  // --- looking ---

  /** What a sensor sees here and what it cannot see; see the function of the same name. */
  capabilities(): Capabilities {
    return capabilities({ btfPath: this.#options.native.btfPath });
  }

  stats(): SysmonStats {
    if (this.#native) this.#lastStats = this.#native.stats();
    return {
      events: Object.fromEntries(eventTable.filter((e) => this.#delivered[e.id] > 0).map((e) => [e.name, this.#delivered[e.id]])),
      filtered: this.#filtered,
      lost: structuredClone(this.#lostCounts),
      queuedBatches: this.#delivery?.waiting ?? 0,
      native: this.#lastStats,
    };
  }

  #lookup(pid: number): ProcessRecord | undefined {
    if (!Number.isInteger(pid) || pid < 1 || pid > 0xffffffff)
      throw new SysmonError('ERR_SYSMON_OPTION', `processes.get(): expected a process id, got ${String(pid)}.`);
    const found = this.#native?.lookup(pid);
    if (!found || !this.#reader) return undefined;
    const { slotBytes } = loadAddon();
    const decoded = BatchReader.decodeLookup(found.memory, slotBytes, found.slots, this.#host);
    return decoded && this.#reader.adopt(decoded.record, decoded.ref);
  }

  // --- events on their way ---

  #deliver(event: SysmonEvent): void {
    for (const filter of this.#options.filters) {
      try {
        if (!filter(event)) {
          this.#filtered++;
          return;
        }
      } catch (cause) {
        // It did not say no: the event stays.
        this.#fail(new SysmonError('ERR_SYSMON_LISTENER', `a filter threw on a ${event.type} event: ${String(cause)}`, { cause }));
      }
    }
    this.#emit(event);
  }

  #emit(event: SysmonEvent): void {
    (event as { recordId: number }).recordId = ++this.#recordId;
    this.#delivered[event.id]++;
    this.#emitter.emit(event.type, event);
    if (this.#hearsAll) this.#emitter.emit('event', event);
    if (this.#iterators.size > 0) for (const i of this.#iterators) i.push(event);
  }

  #emitOwn<K extends EventType>(type: K, data: Omit<SysmonEventMap[K]['data'], 'UtcTime'>): void {
    const [sec, usec] = nowParts();
    const { id } = eventTable.find((e) => e.name === type) as { id: number };
    this.#emit({
      type,
      id,
      recordId: 0,
      time: isoOf(sec, usec),
      host: this.#host,
      data: { UtcTime: utcOf(sec, usec), ...data },
      extra: sdkExtra,
      techniques: noTechniques,
    } as unknown as SysmonEvent);
  }

  #ready(): void {
    if (this.#state !== 'starting') return;
    this.#state = 'running';
    this.#emitOwn('ServiceStateChange', { State: 'Started', Version: version, SchemaVersion: schemaVersion });
    const { name, hash } = this.#configured as Configured;
    this.#emitOwn('ServiceConfigurationChange', { Configuration: name, ConfigurationFileHash: hash });
    this.#started?.resolve();
  }

  #lost(stage: string, eventType: string, count: number, since: [number, number], until: [number, number]): void {
    const row = (this.#lostCounts[stage] ??= {});
    row[eventType] = (row[eventType] ?? 0) + count;
    const record: LossRecord = {
      type: 'Loss',
      time: isoOf(...until),
      host: this.#host,
      stage,
      eventType,
      count,
      since: isoOf(...since),
      until: isoOf(...until),
    };
    this.#emitter.emit('loss', record);
    this.#emitOwn('Error', {
      ID: 'LOSS',
      Description: `${count} ${eventType} lost, stage ${stage}, between ${record.since} and ${record.until}`,
    });
  }

  #ended(): void {
    this.#losses.flush();
    this.#emitOwn('ServiceStateChange', { State: 'Stopped', Version: version, SchemaVersion: schemaVersion });
    // The delivery is still at work on the slot that said so.
    setImmediate(() => this.#close());
  }

  #died(failure: NativeFailure): void {
    const error = toError(failure);
    const starting = this.#state === 'starting';
    if (starting) this.#started?.reject(error);
    this.#losses.flush();
    if (!starting) this.#fail(error); // before `close`, after which nothing comes
    this.#close();
  }

  #close(): void {
    this.#lastStats = this.#native?.stats();
    this.#native?.close();
    this.#native = undefined;
    this.#delivery = undefined;
    this.#reader = undefined;
    this.#detachSignal?.();
    this.#state = 'idle';
    for (const i of [...this.#iterators]) i.end();
    const stopped = this.#stopped;
    this.#stopped = undefined;
    this.#emitter.emit('close');
    stopped?.resolve();
  }

  #fail(error: SysmonError): void {
    if (this.#emitter.listenerCount('error') > 0) this.#emitter.emit('error', error);
    else process.emitWarning(error);
  }

  /** One warning for a listener that will hear nothing. With a configuration that is known once it has been read. */
  #warnIfDeaf(name: string): void {
    const known = this.#options.config === undefined || this.#options.eventsGiven;
    const captured = known ? this.#options.captured : this.#configured?.captured;
    const info = eventTable.find((e) => e.name === name);
    if (info?.wire === undefined || captured === undefined || captured.has(info.name) || this.#warned.has(name)) return;
    this.#warned.add(name);
    process.emitWarning(
      `a listener on ${name} will hear nothing: the sensor does not capture it (options events, config)`,
      'SysmonWarning',
    );
  }

  #add(name: string, listener: unknown, once: boolean): this {
    if (!names.has(name)) throw new SysmonError('ERR_SYSMON_OPTION', `on(): there is no event '${name}'. Known: ${[...names].join(', ')}.`);
    if (typeof listener !== 'function') throw new SysmonError('ERR_SYSMON_OPTION', `on('${name}'): the listener is no function.`);
    this.#warnIfDeaf(name);
    // A listener that throws must not keep the others, or the rest of the batch, from their events.
    const wrapper = (argument?: unknown): void => {
      if (once) this.#remove(name, listener, wrapper);
      try {
        listener.call(this, argument);
      } catch (cause) {
        const error = new SysmonError('ERR_SYSMON_LISTENER', `a listener on '${name}' threw: ${String(cause)}`, { cause });
        if (name === 'error') process.emitWarning(error);
        else this.#fail(error);
      }
    };
    const known = this.#wrappers.get(name) ?? new Map<unknown, ((argument?: unknown) => void)[]>();
    this.#wrappers.set(name, known);
    known.set(listener, [...(known.get(listener) ?? []), wrapper]);
    this.#emitter.on(name, wrapper);
    if (name === 'event') this.#hearsAll = true;
    return this;
  }

  /** One registration of a listener: the same function may be registered several times, some of them for once. */
  #remove(name: string, listener: unknown, wrapper: (argument?: unknown) => void): void {
    this.#emitter.off(name, wrapper);
    if (name === 'event') this.#hearsAll = this.#emitter.listenerCount('event') > 0;
    const known = this.#wrappers.get(name);
    const left = known?.get(listener)?.filter((w) => w !== wrapper) ?? [];
    if (left.length > 0) known?.set(listener, left);
    else known?.delete(listener);
  }
}

interface PromiseWithResolver {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

function withResolvers(): PromiseWithResolver {
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<void>((a, b) => {
    resolve = a;
    reject = b;
  });
  promise.catch(() => undefined); // whoever waits is told; nobody may be waiting
  return { promise, resolve, reject };
}
