/** FileModify: once for each open file and process, at the first change. */
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { caused, kernelNames, perform, workspace } from '../helpers/files.js';

useSensor(['FileModify']);

const O_RDWR = 2;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
test('every field', async () => {
  const w = workspace('file');
  const path = join(w, 'file');
  const { pid, outcomes } = await perform(['openat', path, O_RDWR, 0], ['write', 'x'], ['write', 'y']);
  expect(outcomes.map((o) => o.result !== undefined && o.result >= 0)).toEqual([true, true, true]);
  expect(readFileSync(path, 'utf8')).toBe('xyntent');
  const created = await seen.created(pid);
  const [e, ...more] = caused('FileModify', pid);
  if (!e) throw new Error('no event');
  expect(more).toEqual([]);
  const s = statSync(path, { bigint: true });
  expect({
    ...e,
    data: undefined,
    process: undefined,
    recordId: typeof e.recordId,
    time: typeof e.time,
    techniques: undefined,
  }).toEqual({
    type: 'FileModify',
    id: 110,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: {
      hook: 'sys_exit_write',
      tier: 'core',
      file: {
        dev: outcomes[0]?.facts?.file.dev,
        inode: String(s.ino),
        size: 7,
        mtime: e.extra.file?.mtime,
        mode: Number(s.mode),
      },
    },
  });
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    TargetFilename: path,
    ModificationType: 'Write',
    Hashes: '-',
    User: 'root',
  });
});

test('every call that changes a file', async () => {
  const w = workspace('from', 'to', 'appended');
  const to = join(w, 'to');
  const ways: [string, ...(string | number)[]][] = [
    ['write', 'x'],
    ['pwrite64', 'x', 3],
    ['writev', 'x'],
    ['pwritev', 'x'],
    ['pwritev2', 'x'],
    ['ftruncate', 3],
    ['fallocate', 10],
    ['sendfile64', join(w, 'from')],
    ['splice', 'piped'],
    ['copy_file_range', join(w, 'from')],
  ];
  const { pid, outcomes } = await perform(
    ...ways.flatMap((way) => [['openat', to, O_RDWR, 0], way, ['close']]),
    ['truncate', to, 1],
    ['openat', to, O_RDWR | O_TRUNC, 0],
    ['write', 'after O_TRUNC it is no first change'],
    ['openat', join(w, 'appended'), O_RDWR | O_APPEND, 0],
    ['write', 'x'],
  );
  expect(outcomes.filter((o) => o.errno !== 0)).toEqual([]);
  const kind = (call: string): string => (call === 'ftruncate' ? 'Truncate' : 'Write');
  expect(caused('FileModify', pid).map((e) => [e.extra.hook, e.data.TargetFilename, e.data.ModificationType])).toEqual([
    ...ways.map(([call]) => [`sys_exit_${call}`, to, kind(call)]),
    ['sys_exit_truncate', to, 'Truncate'],
    ['sys_exit_openat', to, 'Truncate'],
    ['sys_exit_write', join(w, 'appended'), 'Append'],
  ]);
  for (const e of caused('FileModify', pid)) {
    // Before 6.13 the last component may be a symbolic link, which truncate(2) follows.
    const followed = !kernelNames && e.extra.hook === 'sys_exit_truncate';
    expect(e.extra.exposed).toEqual(followed ? ['TargetFilename'] : undefined);
    if (kernelNames || e.extra.hook !== 'sys_exit_truncate')
      expect(e.extra.file?.inode).toBe(String(statSync(e.data.TargetFilename).ino));
  }
});

test('one event for an open file and process', async () => {
  const w = workspace('f');
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'f'), O_RDWR, 0],
    ['write', '1'],
    ['write', '2'],
    ['ftruncate', 1],
    ['child'], // a process of its own
    ['child'],
    ['write', '3'],
    ['close'],
    ['openat', join(w, 'f'), O_RDWR, 0], // an open file of its own, likely at the address of the other
    ['write', '4'],
    ['openat', join(w, 'new'), O_RDWR | O_CREAT | O_TRUNC, 0o644], // emptied nothing
    ['write', '5'],
  );
  const children = outcomes.filter((o) => o.call === 'child').map((o) => o.result ?? 0);
  for (const c of children) await seen.terminated(c);
  expect(caused('FileModify', pid).map((e) => [e.data.TargetFilename, e.data.ModificationType])).toEqual([
    [join(w, 'f'), 'Write'],
    [join(w, 'f'), 'Write'],
    [join(w, 'new'), 'Write'],
  ]);
  for (const c of children) expect(caused('FileModify', c).map((e) => e.data.TargetFilename)).toEqual([join(w, 'f')]);
});

test('what changes nothing is no event', async () => {
  const w = workspace('f');
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'f'), O_RDWR, 0],
    ['write', ''],
    ['openat', join(w, 'f'), 0, 0],
    ['write', 'x'], // not open for writing
    ['ftruncate', 0],
    ['truncate', join(w, 'nothing'), 0],
    ['openat', '/dev/null', O_RDWR | O_TRUNC, 0],
    ['write', 'x'],
    ['mknodat', join(w, 'fifo'), 0o10600, 0],
    ['openat', join(w, 'fifo'), O_RDWR, 0],
    ['write', 'x'],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 9, 22, 2, 0, 0, 0, 0, 0]);
  expect(caused('FileModify', pid)).toEqual([]);
});
