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
  writeSync,
} from 'node:fs';
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

const settled = 50; // ms; a digest of what has just been written is not remembered

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
