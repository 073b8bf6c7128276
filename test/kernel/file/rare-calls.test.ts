/** Calls that few programs make, and that do to files what common ones do. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { caused, kernelNames, perform, performAfter, workspace } from '../helpers/files.js';
import { folder, useSensor } from '../helpers/fixture.js';

useSensor(['FileCreate', 'FileModify', 'PipeEvent', 'RawAccessRead']);

const O_RDWR = 2;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const PWRITE = 1;
const PREAD = 0;
const NOOP = 6;
/** _IOW('X', number, struct space_resv) */
const ofRange = (number: number): number => 0x40305800 | number;
const ZERO_RANGE = ofRange(57);
const UNRESVSP64 = ofRange(43);
const RESVSP64 = ofRange(42);
const TCGETS = 0x5401;
const FSGETXATTR = 0x801c581f;

const changes = (pid: number): unknown[] =>
  caused('FileModify', pid)
    .filter((e) => !e.data.TargetFilename.includes('untouched'))
    .map((e) => [e.data.TargetFilename, e.extra.hook, e.data.ModificationType, e.extra.exposed]);

const READ = 1;
const WRITE = 2;
const SHARED = 1;
const PRIVATE = 2;

test('what is mapped so that writing to memory changes it', async () => {
  const w = workspace('f', 'later', 'private', 'read', 'closed', 'written');
  const at = (f: string): string => join(w, f);
  const { pid, outcomes } = await perform(
    ['openat', at('f'), O_RDWR, 0],
    ['map', READ | WRITE, SHARED],
    ['map', WRITE, SHARED], // the same open file
    ['write', 'x'], // a change, of which the mapping says nothing
    ['openat', at('f'), O_RDWR, 0],
    ['map', READ | WRITE, SHARED], // another open file
    ['openat', at('later'), O_RDWR, 0],
    ['map', READ, SHARED, READ | WRITE],
    ['openat', at('private'), O_RDWR, 0],
    ['map', READ | WRITE, PRIVATE],
    ['map', READ, PRIVATE, READ | WRITE],
    ['openat', at('read'), O_RDWR, 0],
    ['map', READ, SHARED],
    ['openat', at('closed'), 0, 0],
    ['map', READ | WRITE, SHARED], // refused: not open for writing
    ['map', READ, SHARED, READ | WRITE], // likewise
    ['openat', at('written'), O_RDWR, 0],
    ['write', 'x'],
    ['map', READ | WRITE, SHARED], // told as changed already
  );
  expect(outcomes.filter((o) => o.call === 'map').map((o) => o.errno)).toEqual([0, 0, 0, 0, 0, 0, 0, 13, 13, 0]);
  expect(changes(pid)).toEqual([
    [at('f'), 'sys_exit_mmap', 'Map', undefined],
    [at('f'), 'sys_exit_write', 'Write', undefined],
    [at('f'), 'sys_exit_mmap', 'Map', undefined],
    [at('later'), 'sys_exit_mprotect', 'Map', undefined],
    [at('written'), 'sys_exit_write', 'Write', undefined],
  ]);
  expect(caused('FileModify', pid)[0]?.extra.file).toMatchObject({ inode: String(statSync(at('f')).ino) });
});

test('a file of overlayfs that is mapped: its name there', async () => {
  const w = workspace();
  const { pid, outcomes } = await performAfter(
    `mount -t tmpfs none "${w}"; cd "${w}"; mkdir lower upper work m; : > lower/f
     mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none m`,
    ['openat', join(w, 'm/f'), O_RDWR, 0],
    ['map', READ | WRITE, SHARED],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0]);
  expect(changes(pid)).toEqual([[join(w, 'm/f'), 'sys_exit_mmap', 'Map', undefined]]);
});

test('io_submit', async () => {
  const w = workspace('f', 'appended', 'cold', 'near', 'last');
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'f'), O_RDWR, 0],
    ['io_submit', 'x', PWRITE],
    ['io_submit', 'y', PWRITE], // no first change
    ['openat', join(w, 'appended'), O_RDWR | O_APPEND, 0],
    ['io_submit', 'x', PWRITE],
    ['openat', join(w, 'near'), O_RDWR, 0],
    ['io_submit', 'x', PREAD],
    ['io_submit', 'x', NOOP], // no operation: refused
    ['openat', join(w, 'near'), 0, 0],
    ['io_submit', 'x', PWRITE], // refused: not open for writing
    ['openat', join(w, 'last'), O_RDWR, 0],
    ['io_submit', 'x', PREAD, 400],
    ['io_submit', 'x', PWRITE, 400],
    ['openat', join(w, 'cold'), O_RDWR, 0],
    ['cold'],
    ['io_submit', 'x', PWRITE],
  );
  const submits = outcomes.filter((o) => o.call === 'io_submit');
  if (submits[0]?.result !== 1) throw new Error(`no asynchronous writing: ${JSON.stringify(submits[0])}`);
  expect(submits.map((o) => o.errno)).toEqual([0, 0, 0, 0, 22, 9, 0, 0, 0]);
  expect(submits.map((o) => o.result).slice(-3, -1)).toEqual([401, 401]);
  expect(readFileSync(join(w, 'cold'), 'utf8')).toBe('xontent');
  expect(changes(pid)).toEqual([
    [join(w, 'f'), 'sys_exit_io_submit', 'Write', undefined],
    [join(w, 'appended'), 'sys_exit_io_submit', 'Append', undefined],
    [join(w, 'last'), 'sys_exit_io_submit', 'Write', undefined],
    [join(w, 'cold'), 'sys_exit_io_submit', 'Write', undefined],
  ]);
});

test('ioctls that change a range of a file', async () => {
  const w = workspace('zeroed', 'punched', 'reserved', 'near');
  const ways: [string, number][] = [
    ['zeroed', ZERO_RANGE],
    ['punched', UNRESVSP64],
    ['reserved', RESVSP64],
  ];
  const { pid, outcomes } = await perform(
    ...ways.flatMap(([name, request]) => [
      ['openat', join(w, name), O_RDWR, 0],
      ['ioctl', request, 4],
    ]),
    ['openat', join(w, 'near'), O_RDWR, 0],
    ['ioctl', TCGETS, 0],
    ['ioctl', FSGETXATTR, 0],
    ['openat', join(w, 'near'), 0, 0],
    ['ioctl', ZERO_RANGE, 4],
    ['openat', join(w, 'near'), O_RDWR, 0],
    ['ioctl', ZERO_RANGE, 0], // no range
  );
  const results = outcomes.filter((o) => o.call === 'ioctl');
  // Whether a file system has extended attributes does not matter: it changes nothing.
  expect([results[3], results[5], results[6]].map((o) => [o?.result, o?.errno])).toEqual([
    [-1, 25],
    [-1, 9],
    [-1, 22],
  ]);
  // A file system may lack some of them.
  const done = ways.filter((_, i) => results[i]?.result === 0);
  expect(done.length).toBeGreaterThan(0);
  expect(changes(pid)).toEqual(done.map(([name]) => [join(w, name), 'sys_exit_ioctl', 'Write', undefined]));
});

test('ioctls that clone files', async (context) => {
  if (!existsSync('/usr/sbin/mkfs.btrfs') && !existsSync('/sbin/mkfs.btrfs')) context.skip('there is no mkfs.btrfs');
  const w = workspace();
  mkdirSync(join(w, 'mnt'));
  execFileSync('truncate', ['-s', '128M', join(w, 'image')]);
  try {
    execFileSync('mkfs.btrfs', ['-q', join(w, 'image')], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', join(w, 'image'), join(w, 'mnt')], { stdio: 'ignore' });
  } catch {
    context.skip('btrfs cannot be mounted here');
  }
  onTestFinished(() => void execFileSync('umount', [join(w, 'mnt')]));
  const at = (name: string): string => join(w, 'mnt', name);
  for (const name of ['from', 'to', 'same']) writeFileSync(at(name), 'c'.repeat(8192));
  const { pid, outcomes } = await perform(
    ['openat', at('to'), O_RDWR, 0],
    ['clone', at('from')],
    ['openat', at('same'), O_RDWR, 0],
    ['dedupe', at('from'), 8192], // what is the same already stays as it is
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0]);
  expect(changes(pid)).toEqual([[at('to'), 'sys_exit_ioctl', 'Write', undefined]]);
});

test('open_by_handle_at', async () => {
  const w = workspace('emptied', 'written', 'near');
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['mknodat', 'fifo', 0o10600, 0],
    ['open_by_handle_at', 'emptied', O_RDWR | O_TRUNC],
    ['open_by_handle_at', 'written', O_RDWR],
    ['write', 'x'],
    ['open_by_handle_at', 'written', O_RDWR], // an open file of its own
    ['write', 'x'],
    ['open_by_handle_at', 'near', O_RDWR],
    ['open_by_handle_at', 'fifo', O_RDWR],
  );
  expect(outcomes.map((o) => o.errno)).toEqual(outcomes.map(() => 0));
  expect(changes(pid)).toEqual([
    [join(w, 'emptied'), 'sys_exit_open_by_handle_at', 'Truncate', undefined],
    [join(w, 'written'), 'sys_exit_write', 'Write', undefined],
    [join(w, 'written'), 'sys_exit_write', 'Write', undefined],
  ]);
  expect(
    caused('PipeEvent', pid)
      .filter((e) => e.data.EventType === 'ConnectPipe')
      .map((e) => [e.data.PipeName, e.extra.hook]),
  ).toEqual([[join(w, 'fifo'), 'sys_exit_open_by_handle_at']]);
});

test('a device that is opened by a handle', async (context) => {
  if (!readFileSync('/proc/devices', 'utf8').includes(' loop\n')) context.skip('there are no loop devices here');
  const w = workspace();
  const device = join(w, 'device');
  execFileSync('mknod', [device, 'b', '7', '0']);
  onTestFinished(() => void execFileSync('rm', ['-f', device]));
  const { pid, outcomes } = await perform(['open_by_handle_at', device, 0, w]);
  expect(outcomes[0]?.errno).toBe(0);
  expect(caused('RawAccessRead', pid).map((e) => [e.data.Device, e.extra.hook])).toEqual([
    [device, 'sys_exit_open_by_handle_at'],
  ]);
});

test('bind', async () => {
  const w = workspace('taken');
  const abstract = `@${folder}`;
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['bind', 'socket'],
    ['bind', join(w, 'absolute')],
    ['bind', abstract],
    ['bind', 'taken'],
    ['cold'],
    ['bind', 'cold'],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0, 98, 0, 0]);
  expect(caused('FileCreate', pid).map((e) => [e.data.TargetFilename, e.extra.hook, e.extra.exposed])).toEqual(
    ['socket', 'absolute', 'cold'].map((n) => [join(w, n), 'sys_exit_bind', undefined]),
  );
  const [first] = caused('FileCreate', pid);
  expect(first?.extra.file?.inode).toBe(String(statSync(join(w, 'socket')).ino));
  if (kernelNames) expect(first?.extra.file?.mode).toBe(statSync(join(w, 'socket')).mode);
});
