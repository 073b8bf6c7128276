/** RawAccessRead: a block device was opened, whatever it is called. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { caused, perform } from '../helpers/files.js';

useSensor(['RawAccessRead']);

const loops = readFileSync('/proc/devices', 'utf8').includes(' loop\n') && existsSync('/dev/loop0');
const O_WRONLY = 1;
const O_RDWR = 2;
const O_ACCMODE = 3;
const O_PATH = 0o10000000;

test('every field, to read, to write and both', async (context) => {
  if (!loops) context.skip('there are no loop devices here');
  const device = join(folder, 'device');
  execFileSync('mknod', [device, 'b', '7', '0']);
  onTestFinished(() => void execFileSync('rm', ['-f', device]));
  const { pid, outcomes } = await perform(
    ['openat', '/dev/loop0', 0, 0],
    ['chdir', folder],
    ['openat2', 'device', O_RDWR, 0],
    ['open', 'device', O_WRONLY, 0],
    ['openat', device, 0, 0],
  );
  const opened = outcomes.filter((o) => o.call !== 'chdir' && o.result !== undefined);
  expect(opened.map((o) => o.errno)).toEqual(opened.map(() => 0));
  const created = await seen.created(pid);
  const events = caused('RawAccessRead', pid);
  const [first] = events;
  if (!first) throw new Error('no event');
  expect(first.data).toEqual({
    RuleName: '-',
    UtcTime: first.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    Device: '/dev/loop0',
    User: 'root',
  });
  expect(first.extra).toEqual({
    hook: 'sys_exit_openat',
    tier: 'core',
    access: 'read',
    device: '7:0',
    file: opened[0]?.facts?.file,
  });
  expect(events.slice(1).map((e) => [e.data.Device, e.extra.hook, e.extra.access, e.extra.file?.inode])).toEqual(
    opened
      .slice(1)
      .map((o) => [
        device,
        `sys_exit_${o.call}`,
        o.call === 'openat2' ? 'readWrite' : o.call === 'open' ? 'write' : 'read',
        String(lstatSync(device).ino),
      ]),
  );
});

test('a descriptor that only names a device is no event, one that takes ioctl(2) is', async (context) => {
  if (!loops) context.skip('there are no loop devices here');
  const { pid, outcomes } = await perform(
    ['openat', '/dev/loop0', O_PATH, 0],
    ['openat2', '/dev/loop0', O_PATH, 0],
    ['openat', '/dev/loop0', O_ACCMODE, 0], // neither to read nor to write
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0]);
  expect(caused('RawAccessRead', pid).map((e) => [e.extra.hook, e.extra.access])).toEqual([
    ['sys_exit_openat', undefined],
  ]);
});

test('other files and failed opens are no event', async () => {
  const w = join(folder, 'w');
  mkdirSync(w);
  writeFileSync(join(w, 'file'), '');
  execFileSync('mknod', [join(w, 'nobody'), 'b', '240', '77']);
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['openat', 'file', O_RDWR, 0],
    ['openat', '/dev/null', 0, 0],
    ['openat', '.', 0, 0],
    ['openat', 'nobody', 0, 0],
  );
  expect(outcomes.map((o) => o.errno !== 0)).toEqual([false, false, false, false, true]);
  expect(caused('RawAccessRead', pid)).toEqual([]);
});
