/** FileModify: digests of what was written, when the last writer has closed the file. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type FileModifyEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileModify'], { hash: ['SHA256'], hashTimeoutMs: 5000 });

const sha256 = (content: string | Buffer): string => `SHA256=${createHash('sha256').update(content).digest('hex')}`;
const modified = (path: string, pid = process.pid): Promise<FileModifyEvent> =>
  seen.find('FileModify', (e) => e.data.TargetFilename === path && e.process.pid === pid);

test('what a shell writes', async () => {
  const path = join(folder, 'shell');
  const r = run('/bin/sh', ['-c', `echo one > '${path}'`]);
  const e = await modified(path, r.pid);
  expect(e.data.Hashes).toBe(sha256('one\n'));
  expect(e.extra.hash).toBeUndefined();
});

test('the whole content, not that of the first write', async () => {
  const path = join(folder, 'slow');
  const fd = openSync(path, 'w');
  for (const part of ['a', 'b', 'c']) {
    writeSync(fd, part);
    await sleep(40);
  }
  expect(seen.events.some((e) => e.type === 'FileModify' && e.data.TargetFilename === path)).toBe(false);
  closeSync(fd);
  const e = await modified(path);
  expect(e.data.Hashes).toBe(sha256('abc'));
  expect(e.extra.file?.size).toBe(1); // as it was at the first write
});

test('the last of several writers counts', async () => {
  const path = join(folder, 'shared');
  const first = openSync(path, 'w');
  const second = openSync(path, 'a');
  writeSync(first, 'first');
  closeSync(first);
  await sleep(100);
  writeSync(second, 'second');
  closeSync(second);
  await modified(path);
  const events = (): FileModifyEvent[] =>
    seen.events.filter((e): e is FileModifyEvent => e.type === 'FileModify' && e.data.TargetFilename === path);
  for (let i = 0; i < 500 && events().length < 2; i++) await sleep(10);
  expect(events().map((e) => e.data.Hashes)).toEqual([sha256('firstsecond'), sha256('firstsecond')]);
});

test('a file that gets another name, or loses its own, before it is closed', async () => {
  for (const what of ['renamed', 'removed'] as const) {
    const path = join(folder, what);
    const fd = openSync(path, 'w');
    writeSync(fd, what);
    await sleep(300); // until it has been opened by the sensor, which looks at once
    if (what === 'renamed') renameSync(path, `${path}.new`);
    else rmSync(path);
    closeSync(fd);
    expect((await modified(path)).data.Hashes).toBe(sha256(what));
  }
  expect(readFileSync(join(folder, 'renamed.new'), 'utf8')).toBe('renamed');
});

test('a file that stays open: no digest, and why', { timeout: 30_000 }, async () => {
  const path = join(folder, 'open');
  const fd = openSync(path, 'w');
  writeSync(fd, 'x');
  const e = await modified(path);
  closeSync(fd);
  expect(e.data.Hashes).toBe('-');
  expect(e.extra.hash).toBe('open');
});

test('a file that is gone at once: no digest, and why', async () => {
  const path = join(folder, 'short');
  const r = run('/bin/sh', ['-c', `echo x > '${path}'; rm '${path}'`]);
  const e = await modified(path, r.pid);
  if (e.data.Hashes === '-') expect(['gone', 'busy']).toContain(e.extra.hash);
  else expect(e.data.Hashes).toBe(sha256('x\n'));
});
