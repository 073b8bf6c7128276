/**
 * The ways in which io_uring carries out requests: by a thread of its own, in chains, many at once, for a process that
 * is gone.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caused, kernelNames, workspace } from '../helpers/files.js';
import { sysmon, useSensor } from '../helpers/fixture.js';
import { counted, deeds, errors, make, O_CREAT, O_RDWR, O_TRUNC, overwritten, told, untold, uring } from './uring.js';

useSensor(['FileCreate', 'FileDelete', 'FileModify']);

test.for([
  ['sqpoll', 'a thread of its own submits'],
  ['defer', 'results are made in the thread that waits for them'],
] as const)('%s: %s', async ([setup], context) => {
  if (!told) context.skip(untold);
  const w = workspace('f');
  const { pid } = await uring(
    context,
    w,
    setup,
    'open',
    'new',
    make,
    'write',
    'x',
    'mkdir',
    'd',
    'unlink',
    'f',
    '+async',
    'write',
    'y',
  );
  expect(deeds(pid)).toEqual([
    `FileCreate io_uring_openat ${join(w, 'new')}`,
    `FileModify io_uring_write ${join(w, 'new')}`,
    `FileCreate io_uring_mkdirat ${join(w, 'd')}`,
    `FileDelete io_uring_unlinkat ${join(w, 'f')}`,
  ]);
  expect(errors(pid)).toEqual([]);
});

test('a file that goes to the table of the ring is seen since 6.13, and counted before', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('there');
  const before = sysmon.stats().blind.ioUring;
  const { pid, results } = await uring(
    context,
    w,
    ...['slots', '4', 'slot', 'new', make, '0', '+fixed', 'write', 'x', 'slot', 'there', make, '1'],
    ...['slot', 'any', make, '-1', 'slot', 'there', String(O_RDWR | O_CREAT | O_TRUNC), '3'],
  );
  expect(results).toEqual([0, 1, 0, 2, 0]);
  const write = `FileModify io_uring_write ${join(w, 'new')}`;
  if (!kernelNames) {
    expect(deeds(pid)).toEqual([write]);
    expect(await counted(sysmon, before, 4)).toBeGreaterThanOrEqual(4);
    return;
  }
  await overwritten(pid, join(w, 'there'));
  expect(deeds(pid)).toEqual([
    `FileCreate io_uring_openat ${join(w, 'new')}`,
    write,
    `FileCreate io_uring_openat ${join(w, 'any')}`,
    `FileModify io_uring_openat ${join(w, 'there')}`,
    `FileCreate io_uring_openat ${join(w, 'there')}`,
  ]);
  expect(errors(pid)).toEqual([]);
});

test('requests in a chain, and those that a failure has cut off', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const chain = ['hold', '+link', 'mkdir', 'd', '+link', 'open', 'd/f', make, 'rename', 'd/f', 'd/g', 'go'];
  const cut = ['hold', '+link', 'open', 'missing', '0', '+link', 'mkdir', 'never', 'mkdir', 'neither', 'go'];
  const silent = [
    'hold',
    '+link',
    '+skip',
    'open',
    'missing',
    '0',
    '+link',
    'mkdir',
    'never',
    'mkdir',
    'neither',
    'post',
    'quit',
  ];
  const { pid, results } = await uring(context, w, ...chain, ...cut, ...['mkdir', 'after'], ...silent);
  expect(results.slice(0, 3).map((r) => r !== undefined && r >= 0)).toEqual([true, true, true]);
  expect(results[4]).toBe(-125); // ECANCELED
  expect(deeds(pid)).toEqual([
    `FileCreate io_uring_mkdirat ${join(w, 'd')}`,
    `FileCreate io_uring_openat ${join(w, 'd/f')}`,
    `FileCreate io_uring_renameat ${join(w, 'd/g')}`,
    `FileCreate io_uring_mkdirat ${join(w, 'after')}`,
  ]);
  expect(readdirSync(w).sort()).toEqual(['after', 'd']);
});

test('two hundred at once', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const names = Array.from({ length: 200 }, (_, i) => `f${i}`);
  const { pid, results } = await uring(
    context,
    w,
    'hold',
    ...names.flatMap((n) => ['open', n, make]),
    'go',
    'hold',
    ...names.flatMap((n) => ['unlink', n]),
    'go',
  );
  expect(results.filter((r) => r !== undefined && r >= 0)).toHaveLength(400);
  const paths = names.map((n) => join(w, n)).sort();
  expect(
    caused('FileCreate', pid)
      .map((e) => e.data.TargetFilename)
      .sort(),
  ).toEqual(paths);
  expect(
    caused('FileDelete', pid)
      .map((e) => e.data.TargetFilename)
      .sort(),
  ).toEqual(paths);
  expect(errors(pid)).toEqual([]);
});

test('who ends at once has made what is there afterwards, and no more', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const names = Array.from({ length: 50 }, (_, i) => `f${i}`);
  const { pid } = await uring(context, w, 'hold', ...names.flatMap((n) => ['open', n, make]), 'post', 'quit');
  const made = readdirSync(w)
    .map((n) => join(w, n))
    .sort();
  const events = caused('FileCreate', pid)
    .map((e) => e.data.TargetFilename)
    .sort();
  // The kernel takes back what it had not begun.
  expect(events).toEqual(made);
});
