/** PipeEvent 17 and 18: FIFOs made and opened. */
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { caused, kernelNames, perform } from '../helpers/files.js';
import { run } from '../helpers/workspace.js';

useSensor(['PipeEvent']);

const O_RDWR = 2;
const O_NONBLOCK = 0o4000;
const O_PATH = 0o10000000;

test('every field of both', async () => {
  const w = join(folder, 'w1');
  mkdirSync(w);
  const path = join(w, 'fifo');
  const { pid } = await perform(['mknodat', path, 0o10640, 0], ['openat', path, O_RDWR, 0]);
  const created = await seen.created(pid);
  const events = caused('PipeEvent', pid);
  expect(events.map((e) => e.id)).toEqual([17, 18]);
  const inode = String(lstatSync(path).ino);
  for (const [i, EventType] of ['CreatePipe', 'ConnectPipe'].entries()) {
    const e = events[i];
    if (!e) throw new Error('no event');
    expect(e.data).toEqual({
      RuleName: '-',
      EventType,
      UtcTime: e.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: pid,
      PipeName: path,
      Image: created.data.Image,
      User: 'root',
    });
    expect(Object.keys(e.data)).toEqual([
      'RuleName',
      'EventType',
      'UtcTime',
      'ProcessGuid',
      'ProcessId',
      'PipeName',
      'Image',
      'User',
    ]);
    expect(e.type).toBe('PipeEvent');
    if (i === 1 || kernelNames) expect(e.extra.file).toMatchObject({ inode, mode: lstatSync(path).mode, size: 0 });
  }
  expect(events[1]?.extra.hook).toBe('sys_exit_openat');
});

test('made and opened in other ways, by other processes', async () => {
  const w = join(folder, 'w2');
  mkdirSync(w);
  const made = run('/usr/bin/mkfifo', ['by-hand'], { cwd: w });
  await made.ended;
  await seen.terminated(made.pid);
  expect(caused('PipeEvent', made.pid).map((e) => [e.id, e.data.PipeName])).toEqual([[17, join(w, 'by-hand')]]);
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['mknod', 'm', 0o10600, 0],
    ['open', 'by-hand', O_RDWR, 0],
    ['openat2', 'by-hand', O_NONBLOCK, 0],
  );
  const hooks = outcomes.filter((o) => o.result !== undefined && o.call !== 'chdir').map((o) => `sys_exit_${o.call}`);
  expect(caused('PipeEvent', pid).map((e) => e.extra.hook)).toEqual(hooks);
  // Reader and writer wait for each other.
  const reader = run('/bin/cat', ['by-hand'], { cwd: w });
  const writer = run('/bin/sh', ['-c', 'echo hello > by-hand'], { cwd: w });
  expect((await reader.ended).stdout).toBe('hello\n');
  await writer.ended;
  for (const p of [reader.pid, writer.pid]) {
    await seen.terminated(p);
    expect(caused('PipeEvent', p).map((e) => [e.id, e.data.PipeName])).toEqual([[18, join(w, 'by-hand')]]);
  }
});

test('a descriptor of O_PATH is no end of a FIFO', async () => {
  const path = join(folder, 'named');
  const { pid, outcomes } = await perform(['mknodat', path, 0o10600, 0], ['openat', path, O_PATH, 0]);
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0]);
  expect(caused('PipeEvent', pid).map((e) => e.id)).toEqual([17]);
});

test('what is no FIFO, or fails, is no event', async () => {
  const w = join(folder, 'w3');
  mkdirSync(w);
  writeFileSync(join(w, 'file'), '');
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['openat', 'file', 0, 0],
    ['mknodat', 'file', 0o10600, 0],
    ['mknodat', 'regular', 0o100600, 0],
    ['openat', 'nothing', 0, 0],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 17, 0, 2]);
  // A pipe without a name, opened by way of /proc.
  const anonymous = run('/bin/sh', ['-c', 'echo x | cat /proc/self/fd/0']);
  await anonymous.ended;
  await seen.terminated(anonymous.pid);
  expect(caused('PipeEvent', pid)).toEqual([]);
  expect(seen.events.filter((e) => e.type === 'PipeEvent' && e.process.parent?.pid === anonymous.pid)).toEqual([]);
});
