/** Starts a sensor for one command, and then the command. */
import { refuse } from '../base/errors.js';
import { checkNames } from '../base/check.js';
import { Run } from './run.js';
import { checkCommand, checkWatch, type WatchOptions, type WatchPidOptions } from './watch-options.js';

/** A process that runs already. */
export interface WatchedProcess {
  /** Its id in the initial pid namespace. */
  readonly pid: number;
}

/**
 * Runs a command and tells what it does, and what descends from it: all of it, from its first instruction on, and
 * nothing of anybody else. The command starts when the hooks are live; it is a child of this process, made by spawn()
 * of `node:child_process`. The run ends when the last descendant has ended, and with it what a daemon left behind.
 * Or, with `{ pid }`, a process that runs already, with what it has made and will make. Rejects with SysmonError as
 * start() of a sensor does (ERR_SYSMON_OPTION, _PERMISSION, …), with the reason of an aborted signal, and with what
 * spawn() says of a command that cannot be executed (`code: 'ENOENT'`).
 *
 * @example
 * ```js
 * import { watch } from '@org/sysmon/watch';
 *
 * const run = await watch('sh', ['-c', 'id; ls /']);
 * run.on('ProcessCreate', (e) => console.error(e.data.CommandLine));
 * const { exitCode, report } = await run.done;
 * console.error(exitCode, report.connections.list);
 * ```
 */
export function watch(command: string, args?: readonly string[], options?: WatchOptions): Promise<Run>;
export function watch(command: string, options: WatchOptions): Promise<Run>;
export function watch(process: WatchedProcess, options?: WatchPidOptions): Promise<Run>;
export async function watch(
  what: string | WatchedProcess,
  second?: readonly string[] | WatchOptions | WatchPidOptions,
  third?: WatchOptions,
): Promise<Run> {
  if (typeof what === 'object' && what !== null) {
    if (third !== undefined) refuse('watch({ pid }): takes options alone after it, no arguments.');
    const { pid } = checkNames<WatchedProcess>('watch()', what, ['pid']);
    if (!Number.isInteger(pid)) refuse('watch({ pid }): the process id is missing or no whole number.');
    return new Run({ pid }, checkWatch(second, false), watch).launch();
  }
  const given = second === undefined || Array.isArray(second);
  if (!given && third !== undefined) refuse('watch(): the arguments of the command are no list.');
  const command = checkCommand(what, given ? second : undefined);
  return new Run({ command }, checkWatch(given ? third : second, true), watch).launch();
}
