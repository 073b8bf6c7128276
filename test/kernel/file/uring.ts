/** Runs uring-files.c: file operations that io_uring carries out. */
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type TestContext } from 'vitest';
import type { Sysmon } from '../../../lib/index.js';
import { caused } from '../helpers/files.js';
import { folder, seen } from '../helpers/fixture.js';
import { compile, run, type Running } from '../helpers/workspace.js';

const [major = 0, minor = 0] = release().split('.').map(Number);
export const since = (a: number, b: number): boolean => major > a || (major === a && minor >= b);

/** The kernel tells of requests: what they do gives events. */
export const told = since(6, 0);
export const untold = `kernel ${release()} does not tell of requests, as those since 6.0 do`;

export const O_RDWR = 2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
/** Flags of an open that makes a file. */
export const make = String(O_RDWR | O_CREAT);

export let program = '';
export function startUring(cwd: string, ...words: string[]): Running {
  program = join(folder, 'uring-files');
  if (!existsSync(program)) compile(new URL('uring-files.c', import.meta.url), program);
  return run(program, words, { cwd });
}

/** Runs it to its end. Results are in the order of the operations; undefined: none was given. */
export async function uring(
  context: TestContext,
  cwd: string,
  ...words: string[]
): Promise<{ pid: number; results: (number | undefined)[] }> {
  const r = startUring(cwd, ...words);
  const { code, stdout, stderr } = await r.ended;
  if (code === 2) context.skip(`this kernel (${release()}) offers none: ${stdout.trim()}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await seen.terminated(r.pid);
  const results: (number | undefined)[] = [];
  for (const line of stdout.split('\n').filter(Boolean)) {
    const [number = 0, result] = line.split(' ').map(Number);
    expect(results[number], 'one result for each').toBeUndefined();
    results[number] = result;
  }
  return { pid: r.pid, results };
}

/** What a process did to files, in short. */
export const deeds = (pid: number): string[] =>
  [...caused('FileCreate', pid), ...caused('FileDelete', pid), ...caused('FileModify', pid)]
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.recordId - b.recordId))
    .map((e) => `${e.type} ${String(e.extra.hook)} ${e.data.TargetFilename}`);

/** The birth time of an overwritten file is looked up, so that its event may come after the end of the process. */
export const overwritten = async (pid: number, ...paths: string[]): Promise<void> => {
  for (const path of paths)
    await seen.find('FileCreate', (e) => e.process.pid === pid && e.data.TargetFilename === path);
};

/** What is said of a process that does what is not seen. */
export const errors = (pid: number, events = seen.events): string[] =>
  events.flatMap((e) =>
    e.type === 'Error' && e.data.Description.includes(`process ${pid} `) ? [e.data.Description] : [],
  );

/** Operations counted by a sensor beyond those before: waits for so many, as counters are read once a second. */
export async function counted(sysmon: Sysmon, before: number, atLeast: number): Promise<number> {
  for (let i = 0; i < 200 && sysmon.stats().blind.ioUring - before < atLeast; i++) await sleep(50);
  return sysmon.stats().blind.ioUring - before;
}
