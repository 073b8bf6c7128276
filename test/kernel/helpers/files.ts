/** Runs files.c: system calls one after the other, each with what the system said of it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seen, folder } from './fixture.js';
import type { EventType, SysmonEventMap } from '../../../lib/index.js';
import { compile, run, type Running } from './workspace.js';

/** A file as stat(2) tells of it, in the form of `extra.file`. */
export interface Facts {
  readonly file: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
  readonly nlink: number;
}

export interface Outcome {
  readonly call: string;
  /** Undefined: this architecture does not have the call. */
  readonly result: number | undefined;
  readonly errno: number;
  readonly facts: Facts | undefined;
}

export const isoOfNs = (ns: bigint): string =>
  `${new Date(Number(ns / 1000000n)).toISOString().slice(0, 20)}${String((ns / 1000n) % 1000000n).padStart(6, '0')}Z`;

export type Step = readonly (string | number)[];

export interface Performed {
  readonly pid: number;
  readonly outcomes: Outcome[];
  readonly running: Running;
}

let count = 0;
/** A new folder with these files in it. */
export function workspace(...files: string[]): string {
  const path = join(folder, `w${++count}`);
  mkdirSync(path);
  for (const f of files) writeFileSync(join(path, f), 'content');
  return path;
}

/**
 * Steps as in files.c. Returns after the program has ended and its end was seen: what was not seen by then will not
 * come.
 */
export const perform = (...steps: Step[]): Promise<Performed> => performAfter('', ...steps);

/** The same after a shell script has made what it needs, in a mount namespace that goes with it. */
export async function performAfter(script: string, ...steps: Step[]): Promise<Performed> {
  const program = join(folder, 'files');
  if (!existsSync(program)) compile('files.c', program);
  const args = steps.flatMap((s, i) => [...(i > 0 ? [','] : []), ...s.map(String)]);
  const shell = ['--mount', '--propagation', 'private', 'sh', '-ec', `${script}\nexec "$@"`, 'sh'];
  const running =
    script === '' ? run(program, args, { cwd: folder }) : run('unshare', [...shell, program, ...args], { cwd: folder });
  const { code, stdout, stderr } = await running.ended;
  if (code !== 0) throw new Error(`files ended with ${String(code)}: ${stderr}`);
  const lines = stdout.trimEnd().split('\n').slice(1);
  await seen.terminated(running.pid);
  const outcomes = lines.map((line, i): Outcome => {
    const [result, errno, ...f] = line.split(' ');
    const facts =
      f.length === 6
        ? {
            file: { inode: f[0], dev: f[1], size: Number(f[2]), mtime: isoOfNs(BigInt(f[3])), mode: Number(f[4]) },
            nlink: Number(f[5]),
          }
        : undefined;
    return {
      call: String(steps[i]?.[0]),
      result: result === '-' ? undefined : Number(result),
      errno: Number(errno),
      facts,
    };
  });
  return { pid: running.pid, outcomes, running };
}

/** The events of a type that a process has caused so far. */
export const caused = <K extends EventType>(type: K, pid: number): SysmonEventMap[K][] =>
  seen.events.filter((e) => e.type === type && e.process?.pid === pid) as unknown as SysmonEventMap[K][];

/**
 * What is marked of a call that was passed this name: before 6.13 all that leads through directories, any of which may
 * be a symbolic link.
 */
export function exposedName(name: string): ['TargetFilename'] | undefined {
  const below = name.replace(/^(\.{0,2}\/)+/, '').replace(/(\/\.?)+$/, '');
  return !kernelNames && below.includes('/') ? ['TargetFilename'] : undefined;
}

/**
 * The kernel tells of inodes whose change time it sets (6.13): names are its own then, and not what a process passed.
 */
export const kernelNames = ((): boolean => {
  const btf = readFileSync('/sys/kernel/btf/vmlinux');
  return btf.includes('btf_trace_inode_set_ctime_to_ts');
})();
