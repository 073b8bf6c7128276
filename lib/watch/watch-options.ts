/** What watch() takes: options of a sensor, of the command, and when to end. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { SpawnOptions } from 'node:child_process';
import { checkNames, checkSignal, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { sensorOptions } from '../schema/options.js';
import type { EventType } from '../schema/events.gen.js';
import type { SysmonOptions } from '../sensor/options.gen.js';

/** What has to do with the run, and not with the sensor. */
interface RunOptions {
  /** Ends the run when it is aborted; before the command has started, watch() rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the run after so many milliseconds, 1 to 2,147,483,647. The processes go on, unwatched. */
  readonly timeoutMs?: number | undefined;
  /**
   * Keeps the JavaScript of this process that started each of its children, for `spawnStack` and `spawnSite()` of the
   * run: true, or an AsyncLocalStorage whose store is kept with it. Default false: a stack for each spawn costs its
   * capture.
   */
  readonly spawnSites?: boolean | AsyncLocalStorage<unknown> | undefined;
}

/**
 * How a process that runs already is watched: the options of a sensor but for `scope`, and when to end. Without
 * `events` and `config` what a report tells of is captured, and `origin` is on unless it is given.
 */
export interface WatchPidOptions extends Omit<SysmonOptions, 'scope'>, RunOptions {}

/** How a command is watched. The command takes what `spawn` of `node:child_process` takes by these names. */
export interface WatchOptions
  extends WatchPidOptions, Pick<SpawnOptions, 'cwd' | 'env' | 'argv0' | 'detached' | 'uid' | 'gid' | 'shell'> {
  /** As of spawn(), but that the command has the streams of this process (`'inherit'`) if nothing else is given. */
  readonly stdio?: SpawnOptions['stdio'];
}

/** What a report is made from. */
export const reported: readonly EventType[] = [
  'ProcessCreate',
  'ProcessTerminate',
  'NetworkConnect',
  'DnsQuery',
  'FileCreate',
  'FileModify',
  'FileDeleteDetected',
  'PrivilegeChange',
];

const longestMs = 2 ** 31 - 1;
const ofRun = ['signal', 'timeoutMs', 'spawnSites'];
const ofCommand = ['stdio', 'cwd', 'env', 'argv0', 'detached', 'uid', 'gid', 'shell'];
const ofSensor = sensorOptions.map(({ name }) => name).filter((name) => name !== 'scope');

/** Options, checked as far as it is not for the sensor or spawn() to do so. */
export interface CheckedWatch {
  readonly sensor: SysmonOptions;
  readonly spawn: SpawnOptions;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly spawnSites: boolean | AsyncLocalStorage<unknown>;
}

const picked = (given: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(given).filter(([name, value]) => names.includes(name) && value !== undefined));

/** Refuses what watch() does not know. */
export function checkWatch(options: unknown, command: boolean): CheckedWatch {
  if (typeof options === 'object' && options !== null && 'scope' in options)
    refuse('watch(): unknown option scope. The command, or the process of { pid }, is the scope.');
  const names = [...ofSensor, ...ofRun, ...(command ? ofCommand : [])];
  const given = checkNames<WatchOptions>('watch()', options, names as (keyof WatchOptions)[]);
  const byConfig = given.config !== undefined && given.events === undefined;
  return {
    sensor: { ...(byConfig ? {} : { events: reported }), origin: true, ...picked(given, ofSensor) },
    spawn: { stdio: 'inherit', ...picked(given, ofCommand) },
    signal: checkSignal('watch()', given.signal),
    timeoutMs:
      given.timeoutMs === undefined ? undefined : integer('timeoutMs', given.timeoutMs, longestMs, 1, longestMs),
    spawnSites: checkSites(given.spawnSites),
  };
}

function checkSites(value: unknown): boolean | AsyncLocalStorage<unknown> {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  const storage = value as AsyncLocalStorage<unknown> | null;
  if (typeof (storage as Partial<AsyncLocalStorage<unknown>> | null)?.getStore === 'function') return storage!;
  refuse(`option spawnSites: expected true, false or an AsyncLocalStorage, got ${show(value)}.`);
}

/** The command and its arguments, as texts that a system call takes. */
export function checkCommand(command: unknown, args: unknown): string[] {
  if (typeof command !== 'string' || command === '')
    refuse(`watch(): expected a command or { pid }, got ${show(command)}.`);
  if (args !== undefined && !Array.isArray(args)) refuse(`watch(): expected a list of arguments, got ${show(args)}.`);
  const all: unknown[] = [command, ...((args ?? []) as unknown[])];
  for (const text of all)
    if (typeof text !== 'string' || text.includes('\0'))
      refuse(`watch(): expected texts without a NUL as command and arguments, got ${show(text)}.`);
  return all as string[];
}
