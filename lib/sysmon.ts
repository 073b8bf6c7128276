import { hostname } from 'node:os';
import { BatchReader } from './source/batch-reader.js';
import { capabilities, type Capabilities } from './sensor/capabilities.js';
import { checkStart, type StartOptions } from './source/start-options.js';
import type { Configured } from './sensor/configure.js';
import { Changes } from './sensor/changes.js';
import { byDefaults, configurationOf, configuredBy } from './sensor/reconfigure.js';
import type { Asked, Running, SysmonChanges } from './sensor/reconfigure.js';
import { deferred, unlessAborted, type Deferred } from './base/promises.js';
import { Delivery } from './source/delivery.js';
import { SysmonError } from './base/errors.js';
import type { EventHub } from './source/event-hub.js';
import { EventSource, SourceCore } from './source/event-source.js';
import type { Labels, LossRecord } from './event/event.js';
import type { FilterGate } from './filter/gate.js';
import type { LossTeller } from './source/losses.js';
import { loadAddon, startWorker, toError, type NativeAddon, type NativeFailure, type NativeSensor } from './native.js';
import type { NativeStats } from './native-stats.js';
import { sensorStats, type SysmonStats } from './sensor/sensor-stats.js';
import { SensorWarnings } from './sensor/warnings.js';
import type { SysmonOptions } from './sensor/options.gen.js';
import { checkOptions } from './sensor/sensor-options.js';
import { labelled, lossText, ownEvent, stateOf } from './source/own-events.js';
import { checkStop, giveUpTimes, within, type StopOptions } from './source/stop-options.js';
import { LiveSensor } from './source/recent-connections.js';
import { adopted, insideOf, type Inside } from './sensor/adopt.js';
import { lookUp, type ProcessLookup } from './sensor/look-up.js';
import type { EventType, SysmonEvent, SysmonEventMap } from './schema/events.gen.js';

type State = 'idle' | 'starting' | 'running' | 'stopping';

/**
 * A sensor. Each instance loads its own programs into the kernel; several can run at once, also in several threads.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 *
 * const sysmon = new Sysmon({ events: ['ProcessCreate'] });
 * sysmon.on('ProcessCreate', (e) => console.log(e.data.Image, e.data.CommandLine, e.process.parent?.image));
 * await sysmon.start();
 * process.once('SIGINT', () => void sysmon.stop());
 * ```
 */
export class Sysmon extends EventSource {
  #asked: Asked;
  readonly #core: SourceCore;
  readonly #hub: EventHub;
  readonly #filters: FilterGate;
  readonly #losses: LossTeller;
  readonly #warnings: SensorWarnings;
  readonly #changes: Changes;
  readonly #host: string;
  readonly #delivered = new Float64Array(256); // by Sysmon's id
  #recordId = 0;
  #state: State = 'idle';
  #runs: Running | undefined;
  #native: NativeSensor | undefined;
  #live: LiveSensor | undefined;
  #lastStats: NativeStats | undefined;
  #reader: BatchReader | undefined;
  #delivery: Delivery | undefined;
  #started: Deferred | undefined;
  #ran = false; // it was started at some time
  #announced = false; // Started was said
  #referenced = true; // a running sensor keeps the process alive
  #stopped: Deferred | undefined;

  /** Look-ups in the table of processes. */
  readonly processes: ProcessLookup = { get: (pid) => lookUp(pid, this.#native, this.#reader, this.#host) };

  /** Checks the options; touches neither kernel nor addon. Throws SysmonError (ERR_SYSMON_OPTION). */
  constructor(options?: SysmonOptions) {
    const checked = checkOptions(options);
    const host = hostname();
    const core = new SourceCore(host, checked.filters, {
      onLoss: (loss) => this.#lost(loss),
      hold: () => this.#delivery?.hold(),
      resume: () => this.#delivery?.resume(),
      onUnread: (event) => this.#delivered[event.id]--,
      ended: () =>
        this.#ran && this.#state === 'idle'
          ? 'the sensor has stopped. Call it before start(), or once start() was called again.'
          : undefined,
      onListen: (name, who) => this.#warnings.deaf(name, who),
    });
    super(core);
    this.#asked = { given: { ...options }, options: checked };
    this.#host = host;
    this.#core = core;
    this.#hub = core.hub;
    this.#filters = core.filters;
    this.#losses = core.losses;
    this.#changes = new Changes({
      running: () => (this.#state === 'running' ? this.#runs : undefined),
      ask: (settings) => this.#native?.configure(settings),
      taken: (next) => this.#taken(next),
    });
    this.#warnings = new SensorWarnings(
      checked.config === undefined || checked.eventsGiven ? checked.captured : undefined,
    );
  }

  // --- life ---

  /**
   * Loads and attaches the programs, learns of the living processes and resolves when events flow. A sensor that has
   * stopped can be started again; one that is still stopping does so first. Aborting the signal stops the sensor; if
   * that happens before it has started, start() rejects with the signal's reason. Rejects with SysmonError:
   * ERR_SYSMON_PERMISSION, _KERNEL, _NO_BTF, _LOCKDOWN, _LOAD, _NATIVE, _SCHEMA_MISMATCH, _STATE, _CONFIG (with line
   * and column where they are known).
   */
  async start(options?: StartOptions): Promise<void> {
    const signal = checkStart(options);
    signal?.throwIfAborted();
    while (this.#state === 'stopping') await unlessAborted(this.#end(), signal);
    if (this.#state !== 'idle')
      throw new SysmonError('ERR_SYSMON_STATE', `start(): the sensor is ${this.#state} already.`);
    this.#state = 'starting';
    this.#ran = true;
    const started = (this.#started = deferred());
    const onAbort = (): void => {
      if (this.#state === 'starting') started.reject(signal?.reason);
      void this.stop();
    };
    this.#core.watch(signal, onAbort);
    try {
      const addon = loadAddon(this.#asked.options.addonPath);
      this.#runs = this.#asked.options.config === undefined ? byDefaults(this.#asked) : await configuredBy(this.#asked);
      // A stop() may have come meanwhile.
      if ((this.#state as State) === 'starting') this.#launch(addon, this.#runs.configured);
      else this.#close();
    } catch (error) {
      started.reject(error);
      this.#close();
    }
    await started.promise;
  }

  #launch(addon: NativeAddon, configured: Configured): void {
    this.#warnings.atStart(configured, this.#hub);
    const native = new addon.NativeSensor(configured.settings, (slot, failure, refused) => {
      if (this.#native !== native) return; // it was closed meanwhile
      if (failure && refused) this.#changes.refuse(toError(failure));
      else if (failure) this.#died(failure);
      else delivery.push(slot);
    });
    this.#live = new LiveSensor(native);
    const reader = new BatchReader(native.slots() as ArrayBuffer, addon.slotBytes, addon.slots, this.#host, this.#live);
    const delivery: Delivery = new Delivery(reader, (slot) => native.release(slot), {
      onEvent: (e) => {
        if (this.#filters.passes(e)) this.#emit(e);
      },
      onReady: () => this.#ready(),
      onConfigured: () => this.#changes.made(),
      onLoss: (...loss) => this.#losses.lost(...loss),
      onError: (ID, Description) => this.#emitOwn('Error', { ID, Description }),
      onAbandoned: (type) => this.#losses.add('queue', type),
      onEnd: () => this.#ended(),
    });
    this.#native = native;
    this.#reader = reader;
    this.#delivery = delivery;
    startWorker(native, (failure) => this.#died(failure));
  }

  /**
   * Stops producing, delivers what was produced, and resolves after `close`, when no program is attached any more.
   * (Before 5.15, those of system calls stay for some seconds, and do nothing: the kernel takes them off, also when the
   * process has ended.) Does nothing on a sensor that does not run.
   *
   * With `timeoutMs` it settles within that time, as far as listeners let the event loop turn. For half of it or more
   * everything is as without. Then nothing waits for digests and content any more; when a quarter of it, at most half a
   * second, is left, what is still undelivered is counted and told as loss of stage `queue`, and `close` follows.
   * Rejects with SysmonError: ERR_SYSMON_OPTION; ERR_SYSMON_TIMEOUT if the kernel needs longer than that to take the
   * programs off, or to finish a start: this goes on, no event of a process is delivered, and `close` comes at the end.
   */
  async stop(options?: StopOptions): Promise<void> {
    const timeoutMs = checkStop(options);
    if (this.#state === 'idle') return;
    const first = this.#state !== 'stopping';
    if (this.#state === 'starting')
      this.#started?.reject(
        new SysmonError('ERR_SYSMON_STATE', 'start(): the sensor was stopped before it had started.'),
      );
    this.#state = 'stopping';
    this.#keepAlive();
    if (timeoutMs !== undefined) this.#native?.stop(giveUpTimes(timeoutMs).worker);
    else if (first) this.#native?.stop();
    // Nothing more is produced: an iterator that blocks until it is read would keep the end from whoever waits for it.
    if (first) this.#hub.unblock();
    if (timeoutMs === undefined) return this.#end();
    const rest = "No event of a process comes any more, and 'close' once it has ended.";
    await within(this.#end(), timeoutMs, rest, () => this.#delivery?.abandon()).finally(() => this.#losses.flush());
  }

  /**
   * A running sensor keeps the process alive, which is how it begins; unref() ends that, ref() makes it so again. What
   * a sensor that was not stopped has not delivered when the process ends is lost untold. While it starts or stops it
   * keeps the process alive in any case. Both may be called at any time and hold for later runs too.
   *
   * @example
   * ```js
   * import { Sysmon } from '@org/sysmon';
   *
   * const sysmon = new Sysmon();
   * sysmon.on('ProcessCreate', (e) => console.log(e.data.Image));
   * await sysmon.start();
   * sysmon.unref(); // the program ends when its own work is done
   * ```
   */
  ref(): this {
    this.#referenced = true;
    this.#keepAlive();
    return this;
  }

  /** See {@link Sysmon.ref}. */
  unref(): this {
    this.#referenced = false;
    this.#keepAlive();
    return this;
  }

  #keepAlive(): void {
    this.#native?.keepAlive(this.#referenced || this.#state !== 'running');
  }

  readonly #end = (): Promise<void> => (this.#stopped ??= deferred()).promise; // resolves after `close`

  /**
   * Changes a running sensor between two events; nothing is lost or told twice. What is not given stays as it is; a
   * file is read again only if `config` is given. Resolves after ServiceConfigurationChange. Rejects with SysmonError
   * (ERR_SYSMON_OPTION, also for what cannot change, _CONFIG, _STATE, and what start() rejects with); all stays then.
   */
  configure(changes: SysmonChanges): Promise<void> {
    return this.#changes.make(changes);
  }

  #taken(next: Running): void {
    this.#asked = this.#runs = next;
    this.#filters.replace(next.options.filters);
    this.#warnings.atStart(next.configured, this.#hub);
    this.#emitOwn('ServiceConfigurationChange', configurationOf(next));
  }

  /**
   * Calls a function: the processes that this thread makes meanwhile are the scope, from their first instruction on,
   * with all that descends from them. For a sensor with `scope: { spawned: true }` that runs. Of an asynchronous
   * function that is until its first `await`. Throws SysmonError (ERR_SYSMON_OPTION, _STATE), or what was thrown.
   */
  adopt<T>(make: () => T): T {
    return adopted(make, this.#asked.given.scope, this.#state === 'running' ? this.#native : undefined);
  }

  /** @internal */
  get inside(): Inside {
    return insideOf(this.#runs?.configured ?? this.#asked.options, this.#native);
  }

  // --- looking ---

  /** What a sensor sees here and what it cannot see; see the function of the same name. */
  capabilities(): Capabilities {
    const { addonPath, native } = this.#asked.options;
    return capabilities({ btfPath: native.btfPath, addonPath });
  }

  /** Counters: delivered, filtered and lost events, and those of the worker and the kernel side. Costs some 10 µs. */
  stats(): SysmonStats {
    if (this.#native) this.#lastStats = this.#native.stats();
    return sensorStats(this.#delivered, this.#filters, this.#losses, this.#delivery?.waiting ?? 0, this.#lastStats);
  }

  // --- events on their way ---

  #emit(event: SysmonEvent): void {
    (event as { recordId: number }).recordId = ++this.#recordId;
    if (this.#asked.options.labels !== undefined) (event as { labels?: Labels }).labels = this.#asked.options.labels;
    this.#delivered[event.id]++;
    this.#hub.event(event);
  }

  #emitOwn<K extends EventType>(type: K, data: Omit<SysmonEventMap[K]['data'], 'UtcTime'>): void {
    this.#emit(ownEvent(type, this.#host, data));
  }

  #ready(): void {
    if (this.#state === 'starting') this.#state = 'running'; // or it is being stopped, and events may follow
    this.#keepAlive();
    this.#announced = true;
    this.#emitOwn('ServiceStateChange', stateOf('Started'));
    this.#emitOwn('ServiceConfigurationChange', configurationOf(this.#runs as Running));
    this.#started?.resolve();
  }

  #lost(told: LossRecord): void {
    const loss = labelled(told, this.#asked.options.labels);
    this.#hub.emit('loss', loss);
    this.#emitOwn('Error', { ID: 'LOSS', Description: lossText(loss) });
  }

  #ended(): void {
    this.#losses.flush();
    if (this.#announced) this.#emitOwn('ServiceStateChange', stateOf('Stopped'));
    // What had to make room for this and for the reports before it. What the last reports displace is in stats() alone.
    this.#losses.flush();
    const delivery = this.#delivery;
    // It is still at work on the slot that said so. Before the next turn of the loop the worker may fail, which closes
    // too.
    setImmediate(() => {
      if (this.#delivery === delivery) this.#close();
    });
  }

  #died(failure: NativeFailure): void {
    const error = toError(failure);
    const starting = this.#state === 'starting';
    if (starting) this.#started?.reject(error);
    for (const [type, count] of this.#delivery?.discard() ?? []) this.#losses.add('queue', type, count);
    this.#losses.flush();
    if (!starting) this.#hub.fail(error); // before `close`, after which nothing comes
    this.#close();
  }

  #close(): void {
    this.#changes.refuse(new SysmonError('ERR_SYSMON_STATE', 'configure(): the sensor has ended before that.'));
    this.#lastStats = this.#native?.stats();
    this.#losses.discard();
    this.#native?.close();
    this.#native = undefined;
    if (this.#live) this.#live.native = undefined;
    this.#delivery = undefined;
    this.#reader = undefined;
    this.#state = 'idle';
    this.#announced = false;
    const stopped = this.#stopped;
    this.#stopped = undefined;
    this.#core.close();
    stopped?.resolve();
  }
}
