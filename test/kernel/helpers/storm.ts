/** Runs the storm program and reads the truth that it wrote. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Running } from './workspace.js';

export interface TrueExec {
  readonly image: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly uid: number;
  readonly script?: string;
  readonly memfd?: true;
  readonly deleted?: true;
}

export interface TrueProcess {
  readonly kind: string;
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  /** Thread that called exec, 0 for the leader. */
  readonly tid: number;
  readonly exitCode?: number;
  readonly signal?: number;
  readonly coreDump?: boolean;
  readonly execs: readonly TrueExec[];
}

export interface Storm {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly workers: readonly number[];
  readonly processes: readonly TrueProcess[];
  readonly milliseconds: number;
}

/** Number of processes: the storm of the tests, or less where a machine is emulated. */
export const stormSize = Number(process.env['SYSMON_STORM_SIZE'] ?? 5000);

/** The command that makes a storm; `name` is its folder, and its truth is beside that. */
export function stormArguments(program: string, folder: string, name: string, count: number, workers = 2): string[] {
  const root = join(folder, name);
  if (existsSync(root)) throw new Error(`${root} exists`);
  mkdirSync(root, { mode: 0o755 });
  return [program, 'run', root, String(count), String(workers), `${root}.truth`];
}

/** What a storm that has ended wrote. */
export function readStorm(folder: string, name: string, argv: readonly string[], stdout: string): Storm {
  const summary = JSON.parse(stdout) as { pid: number; workers: number[]; microseconds: number };
  const processes = readFileSync(join(folder, `${name}.truth`), 'utf8')
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => JSON.parse(l) as TrueProcess);
  return { pid: summary.pid, argv, workers: summary.workers, processes, milliseconds: summary.microseconds / 1000 };
}

export function startStorm(
  program: string,
  folder: string,
  name: string,
  count: number,
): { running: Running; done: Promise<Storm> } {
  const argv = stormArguments(program, folder, name, count);
  const running = run(program, argv.slice(1));
  const done = running.ended.then(({ code, signal, stdout, stderr }) => {
    if (code !== 0) throw new Error(`the storm failed (${code ?? signal}): ${stderr}`);
    return readStorm(folder, name, argv, stdout);
  });
  return { running, done };
}
