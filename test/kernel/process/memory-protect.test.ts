/** MemoryProtect, against what a program does, and what the kernel shows of its memory then. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type MemoryProtectEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['MemoryProtect']);

let program: string;
beforeAll(() => {
  program = compile(new URL('protect.c', import.meta.url), join(folder, 'protect'));
});

interface Done {
  readonly pid: number;
  /** Of each way: 0 if it could be done, else its error; and the protection of the memory as the kernel shows it. */
  readonly said: (readonly [result: number, protection: string])[];
  readonly events: MemoryProtectEvent[];
}

/** Each of these in a process of its own, at once. */
async function perform(...ways: string[][]): Promise<Done[]> {
  const running = ways.map((args) => run(program, args, { cwd: folder }));
  const ended = await Promise.all(running.map((r) => r.ended));
  expect(ended.map((e) => e.code)).toEqual(ways.map(() => 0));
  await Promise.all(running.map((r) => seen.terminated(r.pid)));
  return running.map((r, i) => ({
    pid: r.pid,
    said: (ended[i]?.stdout.trim() ?? '').split('\n').map((line) => {
      const [, result, protection] = line.split(' ');
      return [Number(result), protection ?? ''] as const;
    }),
    events: seen.events.filter(
      (e): e is MemoryProtectEvent => e.type === 'MemoryProtect' && e.data.ProcessId === r.pid,
    ),
  }));
}
const brief = (d: Done): unknown[] => d.events.map(({ data: d }) => [d.Operation, d.Backing, d.Protection]);

test('every field of written memory that is made executable', async () => {
  const [done] = (await perform(['mprotect'])) as [Done];
  expect(done.said).toEqual([[0, 'r-x']]);
  const created = await seen.created(done.pid);
  const [e] = done.events as [MemoryProtectEvent];
  expect(done.events).toHaveLength(1);
  expect(e).toEqual({
    type: 'MemoryProtect',
    id: 124,
    recordId: expect.any(Number) as number,
    time: e.time,
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: e.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: done.pid,
      Image: program,
      Operation: 'mprotect',
      Protection: 'r-x',
      Backing: 'anonymous',
      User: 'root',
    },
    process: created.process,
    extra: { hook: 'sys_exit_mprotect', tier: 'core', previousProtection: 'rw-' },
    techniques: e.techniques,
  });
  expect(e.techniques.map((t) => t.id)).toEqual(['T1055', 'T1620']);
});

/** Way, and what is told of it beside the protection that the kernel shows. */
const ways: readonly [way: string, operation: string, backing: string, extra: object][] = [
  ['mmap', 'mmap', 'anonymous', {}],
  ['in-steps', 'mprotect', 'anonymous', { previousProtection: 'r--' }],
  ['pkey', 'pkey_mprotect', 'anonymous', { previousProtection: 'rw-' }],
  ['heap', 'mprotect', 'heap', { previousProtection: 'rw-' }],
  ['stack', 'mprotect', 'stack', { previousProtection: 'rw-' }],
  ['memfd', 'memfd_create', 'memfd', { backedBy: '/memfd:made' }],
  ['shared', 'mmap', 'shared', {}],
  ['deleted', 'mmap', 'deleted', { backedBy: 'FOLDER/deleted' }],
  ['written-file', 'mprotect', 'file', { previousProtection: 'rw-', backedBy: 'FOLDER/written' }],
  ['open-file', 'mmap', 'file', { backedBy: 'FOLDER/open' }],
  ['image', 'mprotect', 'image', { previousProtection: 'r-x', backedBy: 'FOLDER/protect' }],
  ['over-image', 'mmap', 'image', { backedBy: 'FOLDER/over' }],
];

test('each kind of memory, by each call', async () => {
  const done = await perform(...ways.map(([way]) => [way]), ['memfd-mapped']);
  const mapped = done.pop() as Done;
  expect(done.map((d) => d.said[0]?.[0])).toEqual(ways.map(() => 0));
  expect(done.map(brief)).toEqual(
    ways.map(([, operation, backing], i) => [[operation, backing, done[i]?.said[0]?.[1]]]),
  );
  const extra = ways.map(([, operation, , more]) => ({ hook: `sys_exit_${operation}`, tier: 'core', ...more }));
  const inFolder = JSON.parse(JSON.stringify(extra).replaceAll('FOLDER', folder)) as object[];
  expect(done.map((d) => d.events[0]?.extra)).toEqual(inFolder);

  expect(mapped.said).toEqual([[0, 'r-x']]);
  expect(brief(mapped)).toEqual([
    ['memfd_create', 'memfd', 'rwx'],
    ['mmap', 'memfd', 'r-x'],
  ]);
});

test('each way once in a process', async () => {
  const [done] = (await perform(['mprotect', 'mmap', 'mprotect', 'mmap', 'heap', 'mprotect'])) as [Done];
  expect(done.said.map(([result]) => result)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(brief(done)).toEqual([
    ['mprotect', 'anonymous', 'r-x'],
    ['mmap', 'anonymous', 'rwx'],
    ['mprotect', 'heap', 'rwx'],
  ]);
});

test('near misses are no event', async () => {
  const near = ['zeros', 'never-written', 'not-executable', 'refused', 'library', 'read-file', 'image-again', 'data'];
  const done = await perform(...[...near, 'nothing'].map((w) => [w]), ['sealed']);
  const sealed = done.pop() as Done;
  expect(done.map((d) => d.said[0]?.[0])).toEqual([0, 0, 0, -22, 0, 0, 0, 0, 0]);
  expect(done.flatMap(brief)).toEqual([]);
  // Kernels before 6.3 know no such file and refuse to make it.
  expect([
    [0, 'rw-'],
    [-22, '-'],
  ]).toContainEqual(sealed.said[0]);
  expect(brief(sealed)).toEqual([]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
