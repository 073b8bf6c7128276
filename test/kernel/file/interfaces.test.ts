/**
 * Files that are ways to talk to the kernel are not made, overwritten or changed by whoever writes to them; what keeps
 * what is written to it is, wherever it is.
 */
import { readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { useSensor } from '../helpers/fixture.js';
import { caused, kernelNames, perform, workspace } from '../helpers/files.js';

useSensor(['FileCreate', 'FileModify']);

const O_WRONLY = 1;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const O_PATH = 0o10000000;
/** As a shell opens what `>` names. */
const O_SHELL = O_WRONLY | O_CREAT | O_TRUNC;

const mounts = readFileSync('/proc/self/mounts', 'utf8')
  .split('\n')
  .map((l) => l.split(' '));
const cgroup2 = mounts.find(([, , type]) => type === 'cgroup2')?.[1];

const changes = (pid: number): string[] =>
  [...caused('FileCreate', pid), ...caused('FileModify', pid)].map((e) => `${e.type} ${e.data.TargetFilename}`);

test('settings of the kernel', async () => {
  const queue = '/sys/class/net/lo/tx_queue_len';
  const { pid, outcomes } = await perform(
    ['openat', '/proc/self/oom_score_adj', O_SHELL, 0o644],
    ['write', '0'],
    ['openat', '/proc/self/comm', O_WRONLY, 0],
    ['write', 'renamed'],
    ['openat', queue, O_SHELL, 0o644],
    ['write', readFileSync(queue, 'utf8').trim()],
    ['eventfd'],
    ['write', '8 bytes.'],
  );
  expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
  expect(changes(pid)).toEqual([]);
});

test('truncate(2) of one', async (context) => {
  if (!kernelNames) context.skip('before 6.13 the path is what was passed, and the inode is not known');
  const { pid, outcomes } = await perform(['truncate', '/proc/self/oom_score_adj', 0]);
  expect(outcomes.map((o) => o.errno)).toEqual([0]);
  expect(changes(pid)).toEqual([]);
});

test('switches of tracing', async () => {
  const w = workspace();
  const { pid, outcomes } = await perform(
    ['newns'],
    ['mount', 'tracefs', w, 'tracefs'],
    ['openat', join(w, 'trace_marker'), O_WRONLY | O_TRUNC, 0],
    ['write', 'x'],
  );
  expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
  expect(changes(pid)).toEqual([]);
});

test('a control group is made, its limits are not', async (context) => {
  if (cgroup2 === undefined) return context.skip('cgroup2 is not mounted here');
  const group = join(cgroup2, `sysmon-test-${process.pid}`);
  onTestFinished(() => {
    rmdirSync(group);
  });
  const { pid, outcomes } = await perform(
    ['mkdirat', group, 0o755],
    ['openat', join(group, 'cgroup.max.depth'), O_SHELL, 0o644],
    ['write', 'max'],
  );
  expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
  expect(changes(pid)).toEqual([`FileCreate ${group}`]);
  expect(caused('FileCreate', pid).map((e) => e.extra.directory)).toEqual([true]);
});

test('file systems in memory keep what is written', async () => {
  for (const type of ['tmpfs', 'ramfs']) {
    const w = workspace();
    const path = join(w, 'file');
    const { pid, outcomes } = await perform(
      ['newns'],
      ['mount', type, w, type],
      ['openat', path, O_SHELL, 0o644],
      ['write', 'x'],
      ['close'],
      ['openat', path, O_SHELL, 0o644],
      ['close'],
      ['truncate', path, 3],
    );
    expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
    const all = [`FileCreate ${path}`, `FileCreate ${path}`, ...Array<string>(3).fill(`FileModify ${path}`)];
    // The second one waits for when the file was born, and the end of the process may pass it.
    await vi.waitFor(() => expect(changes(pid)).toEqual(all), 20_000);
  }
});

test('O_PATH makes and empties nothing, and O_TRUNC does so without leave to write', async () => {
  const w = workspace('named', 'emptied');
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'named'), O_PATH | O_CREAT | O_TRUNC, 0o644],
    ['openat', join(w, 'emptied'), O_TRUNC, 0],
  );
  expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
  expect(readFileSync(join(w, 'named'), 'utf8')).toBe('content');
  expect(readFileSync(join(w, 'emptied'), 'utf8')).toBe('');
  expect(changes(pid)).toEqual([`FileModify ${join(w, 'emptied')}`]);
  expect(caused('FileModify', pid).map((e) => e.data.ModificationType)).toEqual(['Truncate']);
});
