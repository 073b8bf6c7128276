import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { checkNames } from '../base/check.js';
import { nextTurn, Turn } from '../base/turn.js';
import { checkStart, type StartOptions } from '../source/start-options.js';
import { checkStop, within, type StopOptions } from '../source/stop-options.js';
import type { Compatibility } from '../config/compile.js';
import type { RuleSet } from '../config/model.js';
import { refuse, show, SysmonError } from '../base/errors.js';
import type { EventHub } from '../source/event-hub.js';
import { EventSource, SourceCore } from '../source/event-source.js';
import type { LossRecord } from '../event/event.js';
import type { FilterStats } from '../filter/filter.js';
import type { FilterGate } from '../filter/gate.js';
import { toFilters, type FilterInput } from '../filter/input.js';
import { checkCompatibility, checkConfigOption, checkEvents } from '../source/source-options.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';
import { replayRules, type ReplayRules } from './replay-rules.js';
import { readLines } from './lines.js';
import { MalformedLine, Reviver } from './revive.js';

/** What a recording is played with. Wrong options are refused with ERR_SYSMON_OPTION. */
export interface ReplayOptions {
  /**
   * Only events of these types. Default, and `'all'`: all of the file; with `'all'` they need no rule of `config` to be
   * kept.
   */
  events?: readonly EventType[] | 'all' | undefined;
  /**
   * Rules that judge the events anew, as the sensor's option `config`: what they drop does not come, and what they keep
   * has their names and techniques, in place of those in the file. Needs the native part of the package, and neither
   * kernel nor privileges.
   */
  config?: string | RuleSet | undefined;
  /** How the rules of `config` are meant: as the sensor's option. */
  compatibility?: Compatibility | undefined;
  /** Filters, as the sensor's option; an event must pass all of them. */
  filter?: FilterInput | undefined;
}

/** Counters of a recording, so far. */
export interface ReplayStats {
  /** Lines read, empty ones included. */
  readonly lines: number;
  /** Lines that were no events. The first few are reported as errors, all are counted. */
  readonly malformed: number;
  /** Delivered events by type: as of a sensor. */
  readonly events: Readonly<Record<string, number>>;
  /** Events that iterators had no room for, by stage (`consumer`) and type, once for each iterator. */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Events that `config` dropped. */
  readonly ruledOut: number;
  /** Events that `events` or a filter dropped. */
  readonly filtered: number;
  /** What each filter was asked and kept. */
  readonly filters: readonly FilterStats[];
  /** Loss records in the file. */
  readonly losses: number;
}

const known = ['events', 'config', 'compatibility', 'filter'] as const satisfies readonly (keyof ReplayOptions)[];
/** So many malformed lines are told one by one. */
const reportedLines = 10;

/** NDJSON: a path, or what yields text or bytes, such as `process.stdin`. */
export type ReplaySource = string | URL | AsyncIterable<string | Uint8Array>;

/**
 * Plays a recording with the API of a sensor, and without its privileges: same listeners, iterators, filters, process
 * records. Events keep their `recordId` and `time`. They come as fast as they can be read.
 *
 * @example
 * ```js
 * import { Replay } from '@org/sysmon/replay';
 *
 * const replay = new Replay('events.ndjson');
 * replay.on('ProcessCreate', (e) => console.log(e.data.Image));
 * await replay.start();
 * await replay.done;
 * ```
 */
export class Replay extends EventSource {
  readonly #source: ReplaySource;
  readonly #wanted: ReadonlySet<string> | 'all' | undefined;
  readonly #config: string | RuleSet | undefined;
  readonly #compatibility: Compatibility;
  readonly #core: SourceCore;
  readonly #hub: EventHub;
  readonly #filters: FilterGate;
  readonly #reviver = new Reviver();
  readonly #delivered = new Map<string, number>(); // a recording may name any type
  #lines = 0;
  #malformed = 0;
  #unwanted = 0;
  #ruledOut = 0;
  #rules: ReplayRules | undefined;
  #lossRecords = 0;
  #holds = 0;
  #release: (() => void) | undefined;
  #stream: AsyncIterable<string | Uint8Array> | undefined;
  #state: 'idle' | 'running' | 'stopping' | 'done' = 'idle';
  #finish!: () => void;

  /** Resolves after `close`: also if start() failed, which says why. */
  readonly done: Promise<void> = new Promise((resolve) => (this.#finish = resolve));

  /** Checks the options; opens nothing. Throws SysmonError (ERR_SYSMON_OPTION). */
  constructor(source: ReplaySource, options?: ReplayOptions) {
    const readable =
      typeof source === 'object' && source !== null && (source instanceof URL || Symbol.asyncIterator in source);
    if (!readable && (typeof source !== 'string' || source === ''))
      refuse(`Replay: expected a path or a stream, got ${show(source)}.`);
    const { events, filter, config, compatibility } = checkNames<ReplayOptions>('Replay', options, known);
    checkEvents(events, true);
    const core = new SourceCore('-', toFilters(filter), {
      onLoss: (loss) => core.hub.emit('loss', loss),
      hold: () => this.#holds++,
      resume: () => {
        if (--this.#holds === 0) this.#release?.();
      },
      onUnread: ({ type }) => this.#delivered.set(type, (this.#delivered.get(type) ?? 0) - 1),
      ended: () =>
        this.#state === 'done' ? 'the replay has ended, and it plays once. Call events() before start().' : undefined,
    });
    super(core);
    this.#core = core;
    this.#hub = core.hub;
    this.#filters = core.filters;
    // Those that only the SDK makes count as well here.
    this.#wanted = events === undefined || events === 'all' ? events : new Set(events);
    this.#config = checkConfigOption(config);
    this.#compatibility = checkCompatibility(compatibility);
    this.#source = source;
  }

  /**
   * Opens the file and resolves; events follow. Aborting the signal stops it. Rejects with SysmonError:
   * ERR_SYSMON_REPLAY, _STATE, _CONFIG, _NATIVE; then there is nothing to play any more. A replay plays once.
   */
  async start(options?: StartOptions): Promise<void> {
    const signal = checkStart(options);
    if (this.#state !== 'idle')
      throw new SysmonError('ERR_SYSMON_STATE', `start(): the replay is ${this.#state} already.`);
    signal?.throwIfAborted();
    this.#state = 'running';
    this.#core.watch(signal, () => void this.stop());
    try {
      if (this.#config !== undefined) this.#rules = await replayRules(this.#config, this.#compatibility, this.#wanted);
      this.#mayGoOn(signal);
      const stream = await this.#open();
      this.#stream = stream;
      this.#mayGoOn(signal);
      setImmediate(() => void this.#play(stream));
    } catch (error) {
      this.#letGo();
      this.#close();
      throw error;
    }
  }

  /** A stop() may have come while something was awaited. */
  #mayGoOn(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#stopping())
      throw new SysmonError('ERR_SYSMON_STATE', 'start(): the replay was stopped before it had started.');
  }

  async #open(): Promise<AsyncIterable<string | Uint8Array>> {
    if (typeof this.#source !== 'string' && !(this.#source instanceof URL)) return this.#source;
    try {
      return createReadStream('', { fd: await open(this.#source) });
    } catch (cause) {
      const { code, errno } = cause as NodeJS.ErrnoException;
      throw new SysmonError(
        'ERR_SYSMON_REPLAY',
        `cannot open the recording ${String(this.#source)}: ${code ?? String(cause)}.`,
        {
          cause,
          operation: 'open',
          ...(errno === undefined ? {} : { errno: -errno }),
        },
      );
    }
  }

  /** Closes what is read, if it is a stream of node. */
  #letGo(): void {
    (this.#stream as { destroy?: () => void } | undefined)?.destroy?.();
  }

  /**
   * Plays nothing more and resolves after `close`. Rejects with SysmonError: ERR_SYSMON_OPTION; ERR_SYSMON_TIMEOUT
   * where what is read gives neither a line nor an end within `timeoutMs`.
   */
  async stop(options?: StopOptions): Promise<void> {
    const timeoutMs = checkStop(options);
    if (this.#state === 'idle' || this.#state === 'done') return;
    this.#state = 'stopping';
    this.#hub.unblock();
    this.#release?.();
    this.#letGo(); // it may be waiting for input that never comes
    await (timeoutMs === undefined ? this.done : within(this.done, timeoutMs, 'What it reads gives no end.'));
  }

  /** Counters so far; of all of it after `done`. */
  stats(): ReplayStats {
    return {
      lines: this.#lines,
      malformed: this.#malformed,
      events: Object.fromEntries([...this.#delivered].filter(([, n]) => n > 0)),
      lost: this.#core.losses.counts(),
      ruledOut: this.#ruledOut,
      filtered: this.#unwanted + this.#filters.dropped,
      filters: this.#filters.stats(),
      losses: this.#lossRecords,
    };
  }

  async #play(stream: AsyncIterable<string | Uint8Array>): Promise<void> {
    const turn = new Turn();
    try {
      for await (const lines of readLines(stream)) {
        for (const line of lines) {
          while (turn.spent()) await new Promise<void>(nextTurn);
          if (this.#stopping()) break;
          this.#line(line);
          while (this.#holds > 0 && !this.#stopping()) await new Promise<void>((resolve) => (this.#release = resolve));
        }
        if (this.#stopping()) break;
      }
    } catch (cause) {
      if (!this.#stopping()) this.#broken(cause);
    }
    this.#core.losses.flush();
    if (this.#malformed > reportedLines)
      this.#hub.fail(
        new SysmonError(
          'ERR_SYSMON_REPLAY',
          `${this.#malformed} of ${this.#lines} lines of the recording are no events; only the first were told.`,
        ),
      );
    this.#close();
  }

  #close(): void {
    this.#state = 'done';
    this.#core.close();
    this.#finish();
  }

  #broken(cause: unknown): void {
    const { message, code } = cause as NodeJS.ErrnoException;
    this.#hub.fail(
      new SysmonError(
        'ERR_SYSMON_REPLAY',
        `the recording could not be read after line ${this.#lines}: ${code ?? message}.`,
        {
          cause,
          operation: 'read',
        },
      ),
    );
  }

  #stopping(): boolean {
    return this.#state === 'stopping';
  }

  #line(line: string): void {
    this.#lines++;
    if (line.trim() === '') return;
    let event: SysmonEvent | LossRecord;
    try {
      event = this.#reviver.revive(line);
    } catch (cause) {
      if (!(cause instanceof MalformedLine)) throw cause;
      if (++this.#malformed <= reportedLines)
        this.#hub.fail(
          new SysmonError('ERR_SYSMON_REPLAY', `line ${this.#lines} of the recording is no event: ${cause.message}.`, {
            cause,
          }),
        );
      return;
    }
    if (event.type === 'Loss') {
      this.#lossRecords++;
      this.#hub.emit('loss', event);
      return;
    }
    if (typeof this.#wanted === 'object' && !this.#wanted.has(event.type)) {
      this.#unwanted++;
      return;
    }
    if (this.#rules !== undefined && !this.#rules(event)) {
      this.#ruledOut++;
      return;
    }
    if (!this.#filters.passes(event)) return;
    this.#delivered.set(event.type, (this.#delivered.get(event.type) ?? 0) + 1);
    this.#hub.event(event);
  }
}
