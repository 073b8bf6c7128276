/** ProcessCreate: the digest is that of what was executed, or there is none and the reason. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type ProcessCreateEvent } from '../../../lib/index.js';
import { folder, idle, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['ProcessCreate'], { hash: ['SHA256'], hashTimeoutMs: 10_000 });

const digest = (path: string): string => `SHA256=${createHash('sha256').update(readFileSync(path)).digest('hex')}`;

async function execute(path: string): Promise<ProcessCreateEvent> {
  const r = run(path, []);
  const e = await seen.created(r.pid);
  r.child.kill();
  await r.ended;
  return e;
}

const settled = 200; // ms; that what was executed right after it was written has not changed since cannot be known

/**
 * Other bytes at the end, and the old time: what an owner can do to his file. Through memory if asked, as a mapping
 * writes.
 */
function rewrite(path: string, end: string, mapped = false): void {
  const fd = openSync(path, 'r+');
  if (mapped)
    execFileSync('python3', ['-c', `import mmap; m = mmap.mmap(3, 0); m[-4:] = b'${end}'; m.close()`], {
      stdio: ['ignore', 'pipe', 'pipe', fd],
    });
  else writeSync(fd, end, fstatSync(fd).size - 4);
  closeSync(fd);
  utimesSync(path, 1, 1);
}

async function rewritten(path: string, mapped = false): Promise<void> {
  copyFileSync(idle, path);
  utimesSync(path, 1, 1);
  for (const end of ['evil', 'nice']) {
    rewrite(path, end, mapped);
    await sleep(settled);
    for (let i = 0; i < 2; i++) {
      const e = await execute(path);
      expect(e.data.Hashes).toBe(digest(path));
      expect(e.extra.hash).toBeUndefined();
    }
  }
}

test('a file whose owner sets its time back after he has changed it', () => rewritten(join(folder, 'rewritten')));

test('the same below an overlay, whose inode does not learn of a change through memory', async (context) => {
  const at = join(folder, 'overlay');
  const [lower, upper, work, merged] = ['lower', 'upper', 'work', 'merged'].map((name) => join(at, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const f of [lower, upper, work, merged]) mkdirSync(f, { recursive: true });
  try {
    execFileSync(
      'mount',
      ['-t', 'overlay', 'overlay', '-o', `lowerdir=${lower},upperdir=${upper},workdir=${work}`, merged],
      {
        stdio: 'pipe',
      },
    );
  } catch (error) {
    context.skip(`no overlay can be mounted here: ${(error as Error).message.split('\n')[1] ?? ''}`);
  }
  onTestFinished(() => void execFileSync('umount', [merged]));
  await rewritten(join(merged, 'rewritten'), true);
});

test('a name that comes or goes while it runs does no harm', async () => {
  const path = join(folder, 'deleted');
  copyFileSync(idle, path);
  const expected = digest(path);
  const r = run(path, []);
  linkSync(path, `${path}.link`);
  unlinkSync(path);
  const e = await seen.created(r.pid);
  expect(e.data.Hashes).toBe(expected);
  // The kernel does not say what was changed: a name, or the content between two executions.
  expect([undefined, 'touched']).toContain(e.extra.hash);
});

test('a file of more than 1 GiB is not read', async () => {
  const huge = join(folder, 'huge');
  copyFileSync(idle, huge);
  truncateSync(huge, 2 ** 30 + 1);
  const e = await execute(huge);
  expect(e.data.Hashes).toBe('-');
  expect(e.extra.hash).toBe('large');
});

/**
 * Executes a file again and again that is rewritten right after each, with the same size: what ran always ended in
 * `first`. Each of its processes exits at once.
 */
const storm = `
import os, sys
path, first, second, times = sys.argv[1], b'nice', b'evil', int(sys.argv[2])
def rewrite(end):
    f = os.open(path, os.O_RDWR)
    os.pwrite(f, end, os.fstat(f).st_size - 4)
    os.close(f)
for i in range(times):
    rewrite(first)
    pid = os.posix_spawn(path, [path], os.environ)
    os.waitpid(pid, 0)
    rewrite(second)
    print(pid)
`;

/** Whatever is wrong with a digest, it says so. */
async function runsAndChanges(path: string, times: number): Promise<void> {
  copyFileSync('/bin/true', path);
  const fd = openSync(path, 'a');
  writeSync(fd, 'nice');
  closeSync(fd);
  const expected = digest(path);
  const pids = execFileSync('python3', ['-c', storm, path, String(times)], { encoding: 'utf8' });
  for (const pid of pids.trim().split('\n').map(Number)) {
    const e = await seen.created(pid);
    if (e.extra.hash === undefined) expect(e.data.Hashes).toBe(expected);
  }
}

test('a file that is changed again within the tick of the clock in which it was executed', () =>
  runsAndChanges(join(folder, 'tick'), 200));

/** A file of a tmpfs that was read through memory may be written to through memory, and keeps its times. */
test('a file of a tmpfs, whose times do not tell of what is written through memory', async () => {
  const path = join('/dev/shm', `sysmon-test-${process.pid}`);
  onTestFinished(() => {
    unlinkSync(path);
  });
  await runsAndChanges(path, 20);
  copyFileSync(idle, path);
  for (const end of ['evil', 'nice']) {
    const script = `import mmap; m = mmap.mmap(3, 0); m[-4:] == b''; m[-4:] = b'${end}'; m.close()`;
    const fd = openSync(path, 'r+');
    execFileSync('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe', fd] });
    closeSync(fd);
    await sleep(settled);
    const e = await execute(path);
    expect(e.data.Hashes).toBe(digest(path));
    expect([undefined, 'touched']).toContain(e.extra.hash); // 6.11 and 6.12 let others write to what runs
  }
});

test('another file system at the same device, with the same numbers and times', async (context) => {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  if (major < 5 || (major === 5 && minor < 15))
    context.skip('before 5.15 the kernel does not number what is in a drive');
  const [image, other, at] = ['image', 'other', 'disk'].map((name) => join(folder, name)) as [string, string, string];
  const ends = ['0123456789nice', '0123456789evil'] as const;
  const sh = (...command: [string, ...string[]]): string =>
    execFileSync(command[0], command.slice(1), { encoding: 'utf8', stdio: 'pipe' }).trim();
  mkdirSync(at);
  let loop: string;
  try {
    writeFileSync(image, '');
    truncateSync(image, 16 << 20);
    sh('mkfs.ext4', '-q', image);
    loop = sh('losetup', '--find', '--show', image);
  } catch (error) {
    context.skip(`no file system can be made in a file here: ${(error as Error).message}`);
  }
  const attached = { now: true, mounted: false };
  const detach = (): void => {
    if (attached.mounted) sh('umount', at);
    if (attached.now) sh('losetup', '--detach', loop);
    attached.mounted = attached.now = false;
  };
  onTestFinished(detach);
  const mount = (from: string): void => {
    if (!attached.now) sh('losetup', loop, from);
    attached.now = true;
    sh('mount', loop, at);
    attached.mounted = true;
  };

  mount(image);
  const path = join(at, 'program');
  copyFileSync(idle, path);
  const fd = openSync(path, 'a');
  writeSync(fd, ends[0]);
  closeSync(fd);
  detach();
  const bytes = readFileSync(image);
  for (let i = bytes.indexOf(ends[0]); i >= 0; i = bytes.indexOf(ends[0], i)) bytes.write(ends[1], i);
  writeFileSync(other, bytes);
  for (const from of [image, other]) {
    mount(from);
    const e = await execute(path);
    expect(e.data.Hashes).toBe(digest(path));
    expect(e.extra.hash).toBeUndefined();
    await sleep(settled); // until nobody runs it
    detach();
  }
});
