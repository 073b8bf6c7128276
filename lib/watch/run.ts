/** One run of a command, or of a process with what it makes: a sensor that ends with them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { SysmonError } from '../base/errors.js';
import type { LossRecord } from '../event/event.js';
import type { ProcessRecord, ProcessTerminateEvent, SysmonEvent } from '../schema/events.gen.js';
import type { StartOptions } from '../source/start-options.js';
import { checkStop, type StopOptions } from '../source/stop-options.js';
import { Sysmon } from '../sysmon.js';
import type { Report } from './report.js';
import { Reporter } from './reporter.js';
import { siteHere, SpawnSites, type Caller, type SpawnSite } from './spawn-sites.js';
import type { CheckedWatch } from './watch-options.js';

/**
 * Why a run ended: `ended`: the last of its processes has; `stopped`: by stop(); `timeout`: its time was over;
 * `aborted`: by its signal.
 */
export type RunEnd = 'ended' | 'stopped' | 'timeout' | 'aborted';

/** What a run came to. */
export interface RunResult {
  /** Exit status of the command, or of the process; null: a signal killed it, or nobody saw it end. */
  readonly exitCode: number | null;
  /** The signal that killed it; null: none did. */
  readonly signal: NodeJS.Signals | null;
  /** Why the run ended. */
  readonly end: RunEnd;
  /** What it did. */
  readonly report: Report;
}

const firstLookMs = 2;
const lastLookMs = 50;

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** Who is watched. */
export type Watched = { readonly command: readonly string[] } | { readonly pid: number };

/**
 * What watch() gives: a source of events as a sensor is one, and one that ends with the command. It runs already, and
 * only once.
 */
export class Run extends Sysmon {
  /** Resolves after `close`. Rejects with SysmonError if the sensor failed. */
  readonly done: Promise<RunResult>;
  readonly #watched: Watched;
  readonly #options: CheckedWatch;
  readonly #reporter: Reporter;
  readonly #sites: SpawnSites | undefined;
  readonly #site: SpawnSite | undefined; // of the command
  #child: ChildProcess | undefined;
  #began = '';
  #settle: () => void = () => undefined;
  #end: RunEnd | undefined;
  #last: ProcessTerminateEvent | undefined; // of the process that was there
  #next: NodeJS.Timeout | undefined; // look
  #deadline: NodeJS.Timeout | undefined;

  /** @internal `caller`: whose caller the command is of. */
  constructor(watched: Watched, options: CheckedWatch, caller?: Caller) {
    super({ ...options.sensor, scope: 'pid' in watched ? { pid: watched.pid } : { spawned: true } });
    this.#watched = watched;
    this.#options = options;
    this.#reporter = new Reporter(() => this.inside.captured);
    if (options.spawnSites !== false) {
      const storage = options.spawnSites === true ? undefined : options.spawnSites;
      this.#sites = new SpawnSites(storage);
      if ('command' in watched) this.#site = siteHere(caller, storage);
    }
    this.done = new Promise((resolve, reject) => {
      this.#settle = () => {
        if (this.#end !== undefined) resolve(this.#result(this.#end));
        else reject(new SysmonError('ERR_SYSMON_STATE', 'the sensor failed before the run had ended: see `error`.'));
      };
    });
    this.done.catch(() => undefined); // whoever waits is told
    this.#listen();
  }

  readonly #onEvent = (event: SysmonEvent): void => {
    this.#reporter.add(event);
    if (event.type === 'ProcessTerminate' && 'pid' in this.#watched && event.process.pid === this.#watched.pid)
      this.#last ??= event;
  };

  readonly #onLoss = (loss: LossRecord): void => this.#reporter.lost(loss);

  readonly #onClose = (): void => {
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
    this.#sites?.close();
    this.#settle();
  };

  #listen(): void {
    if (!this.listeners('event').includes(this.#onEvent)) this.on('event', this.#onEvent);
    if (!this.listeners('loss').includes(this.#onLoss)) this.on('loss', this.#onLoss);
    if (!this.listeners('close').includes(this.#onClose)) this.on('close', this.#onClose);
  }

  /** Takes off all listeners of the name, or of all names; the report goes on. */
  override removeAllListeners(...name: [name?: string | symbol]): this {
    super.removeAllListeners(...name);
    this.#listen();
    return this;
  }

  /** The command, as spawn() of node gives it; undefined where a process is watched that was there. */
  get child(): ChildProcess | undefined {
    return this.#child;
  }

  /**
   * The JavaScript that called watch(), innermost call first, a line each; undefined without the option `spawnSites`,
   * and where a process is watched that was there.
   */
  get spawnStack(): string | undefined {
    return this.#site?.stack;
  }

  /**
   * The JavaScript of this process that started the child which a process is, or descends from. Undefined: without the
   * option `spawnSites`, of a child that was there before, of one of spawnSync() and its like or of native code, and
   * where this process has another id for itself than the machine (a pid namespace).
   */
  spawnSite(process: ProcessRecord): SpawnSite | undefined {
    return this.#sites?.of(process);
  }

  /** Refused (ERR_SYSMON_STATE): watch() has started it. */
  override start(_options?: StartOptions): Promise<void> {
    return Promise.reject(
      new SysmonError('ERR_SYSMON_STATE', 'start(): watch() starts a run, and only once. Call watch() again.'),
    );
  }

  /** Ends the run, as that of a sensor does. The processes go on, unwatched. */
  override async stop(options?: StopOptions): Promise<void> {
    checkStop(options);
    this.#end ??= this.#options.signal?.aborted ? 'aborted' : 'stopped';
    await super.stop(options);
  }

  /** @internal */
  async launch(): Promise<this> {
    const { signal, timeoutMs } = this.#options;
    try {
      await super.start({ signal });
    } catch (error) {
      this.#sites?.close(); // of what never ran, nothing tells that it is closed
      throw error;
    }
    this.#began = new Date().toISOString();
    // The sensor keeps the process alive, if it is to: no timer need do so.
    if (timeoutMs !== undefined) this.#deadline = setTimeout(() => this.#finish('timeout'), timeoutMs).unref();
    if ('pid' in this.#watched) this.#look(firstLookMs);
    else await this.#spawn(this.#watched.command);
    return this;
  }

  #start(start: () => ChildProcess): ChildProcess {
    return this.#sites && this.#site ? this.#sites.during(this.#site, start) : start();
  }

  async #spawn([file = '', ...args]: readonly string[]): Promise<void> {
    try {
      const child = this.adopt(() => this.#start(() => spawn(file, args, this.#options.spawn)));
      child.once('exit', () => this.#look(firstLookMs));
      await once(child, 'spawn');
      this.#child = child;
    } catch (cause) {
      await this.stop();
      throw cause; // as spawn() has it
    }
  }

  /** Looks who is left. Events of ends may be lost, or not captured: the kernel side knows. */
  #look(waitMs: number): void {
    if (this.#end !== undefined) return;
    if (!this.inside.populated) return this.#finish('ended');
    this.#next = setTimeout(() => this.#look(Math.min(2 * waitMs, lastLookMs)), waitMs).unref();
  }

  #finish(end: RunEnd): void {
    this.#end ??= end;
    void super.stop();
  }

  #result(end: RunEnd): RunResult {
    const last = this.#last?.extra;
    const killer = last?.signal === undefined ? undefined : signalNames.get(last.signal);
    const pid = 'pid' in this.#watched ? this.#watched.pid : this.#child?.pid;
    return {
      exitCode: this.#child?.exitCode ?? last?.exitCode ?? null,
      signal: this.#child?.signalCode ?? (killer as NodeJS.Signals | undefined) ?? null,
      end,
      report: this.#reporter.report({
        ...('command' in this.#watched && { command: this.#watched.command }),
        ...(pid !== undefined && { pid }),
        began: this.#began,
        ended: new Date().toISOString(),
      }),
    };
  }
}
