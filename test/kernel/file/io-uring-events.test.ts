/**
 * File operations that io_uring carries out give the events of the system calls, where the kernel tells of requests.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caused, isoOfNs, kernelNames, workspace } from '../helpers/files.js';
import { seen, useSensor } from '../helpers/fixture.js';
import {
  deeds,
  errors,
  make,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_NONBLOCK,
  O_RDWR,
  O_TRUNC,
  program,
  since,
  told,
  overwritten,
  untold,
  uring,
} from './uring.js';

useSensor(['FileCreate', 'FileDelete', 'FileModify', 'PipeEvent', 'RawAccessRead']);

/** What `extra.file` must say of the file at this path. */
function fileAt(path: string): object {
  const s = lstatSync(path, { bigint: true });
  const dev = `${String((s.dev >> 8n) & 0xfffn)}:${String((s.dev & 0xffn) | ((s.dev >> 12n) & 0xfff00n))}`;
  return { dev, inode: String(s.ino), size: Number(s.size), mtime: isoOfNs(s.mtimeNs), mode: Number(s.mode) };
}

/** Where the kernel does not tell of inodes, a name is what was passed, which may have changed its meaning since. */
const byName = (file: object): object => (kernelNames ? { file } : { exposed: ['TargetFilename'] });

test('every field of the events', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('gone');
  const gone = join(w, 'gone');
  const was = { ...fileAt(gone), size: 7 };
  const { pid, results } = await uring(context, w, 'open', 'new', make, 'write', 'text', 'unlink', 'gone');
  expect(results.map((r) => r !== undefined && r >= 0)).toEqual([true, true, true]);
  const created = await seen.created(pid);
  const [c] = caused('FileCreate', pid);
  const [m] = caused('FileModify', pid);
  const [d] = caused('FileDelete', pid);
  if (!c || !m || !d) throw new Error('an event is missing');
  const utc = (e: { time: string }): string => e.time.replace('T', ' ').slice(0, 23);
  const ids = { ProcessGuid: created.data.ProcessGuid, ProcessId: pid, Image: program, User: 'root' };
  const path = join(w, 'new');
  expect(c.data).toEqual({ RuleName: '-', UtcTime: utc(c), ...ids, TargetFilename: path, CreationUtcTime: utc(c) });
  expect(m.data).toEqual({
    RuleName: '-',
    UtcTime: utc(m),
    ...ids,
    TargetFilename: path,
    ModificationType: 'Write',
    Hashes: '-',
  });
  expect(d.data).toEqual({
    RuleName: '-',
    UtcTime: utc(d),
    ...ids,
    TargetFilename: gone,
    Hashes: '-',
    IsExecutable: false,
    Archived: false,
  });
  const now = fileAt(path);
  expect(c.extra).toEqual({
    hook: 'io_uring_openat',
    tier: 'core',
    file: { ...now, size: 0, mtime: c.extra.file?.mtime },
  });
  expect(m.extra).toEqual({ hook: 'io_uring_write', tier: 'core', file: { ...now, mtime: m.extra.file?.mtime } });
  expect(d.extra).toEqual({
    hook: 'io_uring_unlinkat',
    tier: 'core',
    ...(kernelNames ? { nlink: 0 } : {}),
    ...byName(was),
  });
  for (const e of [c, m, d]) {
    expect(e.host).toBe(hostname());
    expect(e.process).toBe(created.process);
  }
  expect(errors(pid)).toEqual([]); // what becomes an event is not counted
});

test('every operation that makes, replaces or takes a name, and its near miss', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('old', 'over', 'victim');
  const at = (name: string): string => join(w, name);
  const { pid, results } = await uring(
    context,
    w,
    ...['open', 'openat', make, 'open', 'openat', make, 'open', 'openat', String(O_RDWR | O_CREAT | O_EXCL)],
    ...['open2', 'openat2', make, 'open2', 'openat2', String(O_RDWR), 'open', 'nowhere/f', make],
    ...['mkdir', 'mkdir', 'mkdir', 'mkdir', 'symlink', 'target', 'symlink', 'symlink', 'target', 'symlink'],
    ...[
      'linkat',
      'old',
      'link',
      'linkat',
      'missing',
      'link2',
      'rename',
      'old',
      'renamed',
      'rename',
      'missing',
      'renamed2',
    ],
    ...['exchange', 'renamed', 'over', 'rename', 'renamed', 'victim', 'unlink', 'link', 'unlink', 'link'],
    ...['rmdir', 'mkdir', 'rmdir', 'mkdir', 'unlink', 'symlink'],
    ...['open', 'over', String(O_RDWR | O_CREAT | O_TRUNC)],
  );
  const failed = [2, 5, 7, 9, 11, 13, 17, 19];
  expect(results.map((r, i) => (r !== undefined && r < 0 ? i : -1)).filter((i) => i >= 0)).toEqual(failed);
  await overwritten(pid, at('victim'));
  await seen.find(
    'FileCreate',
    (e) => e.process.pid === pid && e.extra.hook === 'io_uring_openat' && e.data.TargetFilename === at('over'),
  );
  expect(deeds(pid)).toEqual([
    `FileCreate io_uring_openat ${at('openat')}`,
    `FileCreate io_uring_openat2 ${at('openat2')}`,
    `FileCreate io_uring_mkdirat ${at('mkdir')}`,
    `FileCreate io_uring_symlinkat ${at('symlink')}`,
    `FileCreate io_uring_linkat ${at('link')}`,
    `FileCreate io_uring_renameat ${at('renamed')}`,
    // Two names that change places: each stands for another file then.
    `FileCreate io_uring_renameat ${at('over')}`,
    `FileCreate io_uring_renameat ${at('renamed')}`,
    ...(kernelNames ? [`FileDelete io_uring_renameat ${at('victim')}`] : []),
    `FileCreate io_uring_renameat ${at('victim')}`,
    `FileDelete io_uring_unlinkat ${at('link')}`,
    `FileDelete io_uring_unlinkat ${at('mkdir')}`,
    `FileDelete io_uring_unlinkat ${at('symlink')}`,
    `FileModify io_uring_openat ${at('over')}`,
    `FileCreate io_uring_openat ${at('over')}`,
  ]);
  const creates = caused('FileCreate', pid);
  const deletes = caused('FileDelete', pid);
  expect(creates.map((e) => e.extra.directory === true)).toEqual([
    false,
    false,
    true,
    ...creates.slice(3).map(() => false),
  ]);
  expect(deletes.map((e) => e.extra.directory === true)).toEqual([
    ...deletes.slice(0, -2).map(() => false),
    true,
    false,
  ]);
  for (const name of ['openat', 'openat2', 'victim', 'over']) {
    const e = creates.filter((c) => c.data.TargetFilename === at(name)).pop();
    if (name !== 'victim') expect(e?.extra.file, name).toEqual(fileAt(at(name)));
    else expect(e?.extra, name).toMatchObject(byName(fileAt(at(name))));
  }
  // An overwritten file is as old as it was.
  const over = creates.at(-1);
  expect(over && Date.parse(`${over.data.CreationUtcTime.replace(' ', 'T')}Z`)).toBeLessThan(
    Date.parse(over?.time ?? ''),
  );
  expect(errors(pid)).toEqual([]);
});

test('every operation that changes a file, once for each open file, and none that changes nothing', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('f', 'appended');
  const open = ['open', 'f', String(O_RDWR)];
  const { pid, results } = await uring(
    context,
    w,
    ...[
      ...open,
      'write',
      'x',
      'write',
      'y',
      ...open,
      'writev',
      'x',
      ...open,
      'fallocate',
      '100',
      ...open,
      'ftruncate',
      '3',
    ],
    ...['open', 'f', '0', 'write', 'not open to write', ...open, 'write', '', 'open', 'f', String(O_RDWR | O_TRUNC)],
    ...['write', 'no first change', 'open', 'appended', String(O_RDWR | O_APPEND), 'write', 'x'],
    ...[...open, 'write_fixed', 'x', ...open, 'writev_fixed', 'x', ...open, 'splice', 'x'],
  );
  const truncates = results[8] !== undefined && results[8] >= 0; // since 6.9
  expect(truncates).toBe(since(6, 9));
  const vectorsFixed = results[20] !== undefined && results[20] >= 0; // since 6.15
  expect(vectorsFixed).toBe(since(6, 15));
  const failed = [10, ...(truncates ? [] : [8]), ...(vectorsFixed ? [] : [20])];
  expect(results.map((r) => r !== undefined && r >= 0)).toEqual(results.map((_, i) => !failed.includes(i)));
  expect(
    caused('FileModify', pid).map((e) => `${e.extra.hook} ${e.data.ModificationType} ${e.data.TargetFilename}`),
  ).toEqual([
    `io_uring_write Write ${join(w, 'f')}`,
    `io_uring_writev Write ${join(w, 'f')}`,
    `io_uring_fallocate Write ${join(w, 'f')}`,
    ...(truncates ? [`io_uring_ftruncate Truncate ${join(w, 'f')}`] : []),
    `io_uring_openat Truncate ${join(w, 'f')}`,
    `io_uring_write Append ${join(w, 'appended')}`,
    `io_uring_write_fixed Write ${join(w, 'f')}`,
    ...(vectorsFixed ? [`io_uring_writev_fixed Write ${join(w, 'f')}`] : []),
    `io_uring_splice Write ${join(w, 'f')}`,
  ]);
  expect(caused('FileModify', pid).at(-1)?.extra.file).toEqual(fileAt(join(w, 'f')));
  expect(errors(pid)).toEqual([]);
});

test('names from a directory, through symbolic links, and longer than is kept', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const sub = join(w, 'sub');
  mkdirSync(sub);
  mkdirSync(join(w, 'real'));
  symlinkSync('real', join(w, 'alias'));
  const long = `${'d'.repeat(200)}/${'f'.repeat(200)}`;
  mkdirSync(join(w, 'd'.repeat(200)));
  const { pid, results } = await uring(
    context,
    w,
    ...['dir', sub, 'open', 'in-sub', make, 'mkdir', './dir/', 'rename', '../sub/in-sub', '../moved', 'dir', '.'],
    ...[
      'open',
      'alias/opened',
      make,
      'mkdir',
      'alias/made',
      'unlink',
      'alias/opened',
      'open',
      long,
      make,
      'unlink',
      long,
    ],
  );
  expect(results.map((r) => r !== undefined && r >= 0)).toEqual(results.map(() => true));
  const exact = (name: string, passed: string): string => join(w, kernelNames ? name : passed);
  const [cut] = caused('FileDelete', pid).slice(-1);
  expect(deeds(pid).slice(0, -1)).toEqual([
    `FileCreate io_uring_openat ${join(sub, 'in-sub')}`,
    `FileCreate io_uring_mkdirat ${join(sub, 'dir')}`,
    `FileCreate io_uring_renameat ${join(w, 'moved')}`,
    `FileCreate io_uring_openat ${join(w, 'real/opened')}`,
    `FileCreate io_uring_mkdirat ${exact('real/made', 'alias/made')}`,
    `FileDelete io_uring_unlinkat ${exact('real/opened', 'alias/opened')}`,
    `FileCreate io_uring_openat ${join(w, long)}`,
  ]);
  // Of a name that only the request had, the last 255 bytes are kept: they tell which file it is.
  expect({ path: cut?.data.TargetFilename, truncated: cut?.extra.truncated }).toEqual(
    kernelNames
      ? { path: join(w, long), truncated: undefined }
      : { path: `+/${long.slice(-255)}`, truncated: ['TargetFilename'] },
  );
  expect(errors(pid)).toEqual([]);
});

test('FIFOs and block devices are opened by it as well', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('file');
  const fifo = join(w, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const device = existsSync('/dev/loop0');
  const open = String(O_RDWR | O_NONBLOCK);
  const { pid, results } = await uring(
    context,
    w,
    'open',
    'fifo',
    open,
    'open2',
    'file',
    open,
    ...(device ? ['open2', '/dev/loop0', '0'] : []),
  );
  expect(results.map((r) => r !== undefined && r >= 0)).toEqual(results.map(() => true));
  expect(caused('PipeEvent', pid).map((e) => [e.id, e.data.PipeName, e.extra.hook])).toEqual([
    [18, fifo, 'io_uring_openat'],
  ]);
  expect(caused('RawAccessRead', pid).map((e) => [e.data.Device, e.extra.hook])).toEqual(
    device ? [['/dev/loop0', 'io_uring_openat2']] : [],
  );
  expect(deeds(pid)).toEqual([]);
  expect(errors(pid)).toEqual([]);
});

test('a file with several names: each by the one that it got or lost', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('one', 'other');
  linkSync(join(w, 'one'), join(w, 'two'));
  const { pid } = await uring(context, w, 'unlink', 'one', 'linkat', 'two', 'three', 'rename', 'other', 'two');
  await overwritten(pid, join(w, 'two'));
  expect(deeds(pid)).toEqual([
    `FileDelete io_uring_unlinkat ${join(w, 'one')}`,
    `FileCreate io_uring_linkat ${join(w, 'three')}`,
    ...(kernelNames ? [`FileDelete io_uring_renameat ${join(w, 'two')}`] : []),
    `FileCreate io_uring_renameat ${join(w, 'two')}`,
  ]);
  if (kernelNames) expect(caused('FileDelete', pid).map((e) => e.extra['nlink'])).toEqual([1, 1]);
});
