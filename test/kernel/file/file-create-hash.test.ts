/** FileCreate: digests of the new file, when the last writer has closed it. */
import { createHash } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, renameSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Sysmon, type FileCreateEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { kernelNames } from '../helpers/files.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileCreate'], { hash: ['SHA256'], hashTimeoutMs: 5000 });

const sha256 = (content: string): string => `SHA256=${createHash('sha256').update(content).digest('hex')}`;
const created = (path: string, pid = process.pid): Promise<FileCreateEvent> =>
  seen.find('FileCreate', (e) => e.data.TargetFilename === path && e.process.pid === pid);
const digestOf = async (path: string, pid?: number): Promise<string | undefined> => {
  const { hashes, hash } = (await created(path, pid)).extra;
  expect(hash).toBe(undefined);
  return hashes;
};

test('what a shell writes, and a file without content', async () => {
  const [path, empty] = [join(folder, 'shell'), join(folder, 'empty')];
  const r = run('/bin/sh', ['-c', `echo one > '${path}'; : > '${empty}'`]);
  expect(await digestOf(path, r.pid)).toBe(sha256('one\n'));
  expect(await digestOf(empty, r.pid)).toBe(sha256(''));
});

test('the whole content, not what was there when it got its name', async () => {
  const path = join(folder, 'slow');
  const fd = openSync(path, 'w');
  for (const part of ['a', 'b', 'c']) {
    await sleep(40);
    writeSync(fd, part);
  }
  expect(seen.events.some((e) => e.type === 'FileCreate' && e.data.TargetFilename === path)).toBe(false);
  closeSync(fd);
  expect(await digestOf(path)).toBe(sha256('abc'));
});

test('what gets its name when it is complete, by rename and by link', async () => {
  const [part, whole, linked] = ['part', 'whole', 'linked'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(part, 'downloaded');
  renameSync(part, whole);
  linkSync(whole, linked);
  // Where the kernel does not tell of inodes, it is not known which file that was.
  const digest = kernelNames ? sha256('downloaded') : undefined;
  expect(await digestOf(whole)).toBe(digest);
  expect(await digestOf(linked)).toBe(digest);
});

test('what has no content has no digest, and no reason either', async () => {
  const [directory, link] = [join(folder, 'directory'), join(folder, 'link')];
  mkdirSync(directory);
  symlinkSync('/bin/sh', link);
  expect(await digestOf(directory)).toBe(undefined);
  expect(await digestOf(link)).toBe(undefined);
});

test('a file that stays open: no digest, and why', { timeout: 30_000 }, async () => {
  const path = join(folder, 'open');
  const fd = openSync(path, 'w');
  writeSync(fd, 'x');
  const { extra } = await created(path);
  closeSync(fd);
  expect([extra.hashes, extra.hash]).toEqual([undefined, 'open']);
});

test('a file that is gone at once: no digest, and why', async () => {
  const path = join(folder, 'short');
  const r = run('/bin/sh', ['-c', `: > '${path}'; rm '${path}'`]);
  const { extra } = await created(path, r.pid);
  if (extra.hashes === undefined) expect(['gone', 'busy']).toContain(extra.hash);
  else expect(extra.hashes).toBe(sha256(''));
});

test('a rule may ask for it, or for why there is none', { timeout: 30_000 }, async () => {
  const config = join(folder, 'rules.yml');
  writeFileSync(
    config,
    `rules:
  - event: FileCreate
    onmatch: include
    match:
      - extra.hashes: { contains: ${sha256('bad').slice(7)} }
      - extra.hash: open
`,
  );
  const mine = new Sysmon({ config, hash: ['SHA256'], hashTimeoutMs: 2000 });
  const events: FileCreateEvent[] = [];
  mine.on('FileCreate', (e) => {
    if (e.process.pid === process.pid) events.push(e);
  });
  await mine.start();
  let fd: number;
  try {
    writeFileSync(join(folder, 'good'), 'good');
    writeFileSync(join(folder, 'bad'), 'bad');
    fd = openSync(join(folder, 'busy'), 'w');
    for (let i = 0; i < 500 && events.length < 2; i++) await sleep(20);
  } finally {
    await mine.stop();
  }
  closeSync(fd);
  expect(events.map((e) => [e.data.TargetFilename, e.extra.hashes, e.extra.hash])).toEqual([
    [join(folder, 'bad'), sha256('bad'), undefined],
    [join(folder, 'busy'), undefined, 'open'],
  ]);
});
