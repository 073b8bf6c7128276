/** The archive of FileDelete: its limits, what it does with what it keeps, and what it does not follow. */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  archive,
  expectKept,
  expectRefused,
  mount,
  needsIdentity,
  ownFolder,
  refusal,
  refusals,
  sha256,
} from './archive.js';
import { run } from '../helpers/workspace.js';

test('FileDeleteDetected keeps nothing', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'), { events: ['FileDelete', 'FileDeleteDetected'] });
  const path = join(w, 'file');
  writeFileSync(path, 'for both');
  const fd = openSync(path, 'r');
  expectKept(a, await a.remove(path), 'for both');
  const d = await a.seen.find('FileDeleteDetected', (e) => e.data.TargetFilename === path);
  closeSync(fd);
  expect(d.data).not.toHaveProperty('Archived');
  expect(d.data.Hashes).toBe('-');
  expect(Object.keys(d.extra).filter((name) => name.startsWith('archive'))).toEqual([]);
});

test('what the rules drop is not kept', async () => {
  const w = ownFolder();
  const directory = join(w, 'archive');
  const a = await archive(directory, {
    archiveDirectory: undefined,
    config: `<Sysmon schemaversion="4.81"><ArchiveDirectory>${directory}</ArchiveDirectory><EventFiltering><RuleGroup groupRelation="or"><FileDelete onmatch="include">
      <TargetFilename condition="end with">.kept</TargetFilename>
      <Hashes condition="contains">${sha256('by its hash').toUpperCase()}</Hashes>
    </FileDelete></RuleGroup></EventFiltering></Sysmon>`,
  });
  const open = [];
  for (const [name, content] of [
    ['a.dropped', 'not asked for'],
    ['b.kept', 'asked for'],
    ['c', 'by its hash'],
  ]) {
    writeFileSync(join(w, name ?? ''), content ?? '');
    open.push(openSync(join(w, name ?? ''), 'r'));
  }
  unlinkSync(join(w, 'a.dropped'));
  unlinkSync(join(w, 'b.kept'));
  unlinkSync(join(w, 'c'));
  expectKept(a, await a.deleted(join(w, 'b.kept')), 'asked for', '.kept');
  expectKept(a, await a.deleted(join(w, 'c')), 'by its hash');
  await a.seen.sysmon.stop();
  open.forEach(closeSync);
  expect(a.names()).toEqual([sha256('by its hash'), `${sha256('asked for')}.kept`].sort());
});

test('limits: of a file, of all; and the same content once', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'), { archive: { maxFileBytes: 8192, maxTotalBytes: 12288 } });
  const contents = [8193, 8192, 8192, 4097, 1].map((n) => randomBytes(n));
  contents[2] = contents[1] ?? contents[0] ?? Buffer.alloc(0);
  const events = [];
  for (const [i, content] of contents.entries()) {
    const path = join(w, `f${i}`);
    writeFileSync(path, content);
    const fd = openSync(path, 'r');
    events.push(await a.remove(path));
    closeSync(fd);
  }
  const [large, first, same, full, small] = events;
  if (!large || !first || !same || !full || !small) throw new Error('not reached');
  expectRefused(a, large, 'large', contents[0] ?? '');
  expect(large.data.Hashes).toBe('-');
  expectKept(a, first, contents[1] ?? '');
  // There is room for 4096 bytes more, and it is not known beforehand that it needs none. Its digest is known all the
  // same.
  expect(same.extra.archive).toBe('full');
  expectRefused(a, full, 'full', contents[3] ?? '');
  expect(full.data.Hashes).toBe(`SHA256=${sha256(contents[3] ?? '')}`);
  expectKept(a, small, contents[4] ?? '');
  await a.seen.sysmon.stop();
  expect(a.seen.sysmon.stats().native?.archive).toMatchObject({
    kept: 2,
    bytes: 8193,
    totalBytes: 12288,
    refused: { large: 1, full: 2 },
  });
});

test('twice the same content', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  for (const name of ['x', 'y']) {
    writeFileSync(join(w, name), 'twice');
    const fd = openSync(join(w, name), 'r');
    expectKept(a, await a.remove(join(w, name)), 'twice');
    closeSync(fd);
  }
  await a.seen.sysmon.stop();
  expect(a.names()).toEqual([sha256('twice')]);
  expect(a.seen.sysmon.stats().native?.archive).toMatchObject({ kept: 2, duplicates: 1, bytes: 5 });
});

test('changed while it was copied', async (context) => {
  needsIdentity(context);
  // See test/vm/stage2.sh.
  if (process.env['SYSMON_VM'] && Number(release().split('.')[0]) >= 7)
    context.skip('with one CPU and long time slices nobody writes while another copies');
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  const path = join(w, 'busy');
  writeFileSync(path, Buffer.alloc(48 << 20));
  // Writes into the middle of it until it is killed.
  const writer = run(process.execPath, [
    '-e',
    `const fs = require('node:fs'), fd = fs.openSync(${JSON.stringify(path)}, 'r+'); console.log('ready'); for (let n = 0; ; n++) fs.writeSync(fd, String(n), 1000)`,
  ]);
  await new Promise((resolve) => writer.child.stdout?.once('data', resolve));
  const e = await a.remove(path);
  expect(e.extra.archive).toBe('changed');
  expect(e.data.Archived).toBe(true);
  // What was kept is what the digest says, whatever the file holds.
  const kept = readFileSync(join(a.directory, e.extra.archiveFile ?? ''));
  expect(e.data.Hashes).toBe(`SHA256=${sha256(kept)}`);
  await a.seen.sysmon.stop();
  expect(a.seen.sysmon.stats().native?.archive).toMatchObject({ kept: 1, changed: 1 });
});

test('links put into the archive are not followed', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  writeFileSync(join(w, 'victim'), 'untouched');
  symlinkSync(join(w, 'victim'), join(a.directory, sha256('new content')));
  writeFileSync(join(w, 'file'), 'new content');
  const fd = openSync(join(w, 'file'), 'r');
  const e = await a.remove(join(w, 'file'));
  expect(e.extra.archive).toBe('occupied');
  expect(e.data).toMatchObject({ Archived: false, Hashes: `SHA256=${sha256('new content')}` });
  expect(readFileSync(join(w, 'victim'), 'utf8')).toBe('untouched');

  // The directory itself: what was opened is still what is written to.
  renameSync(a.directory, join(w, 'moved'));
  mkdirSync(join(w, 'trap'));
  symlinkSync(join(w, 'trap'), a.directory);
  writeFileSync(join(w, 'other'), 'other content');
  const other = openSync(join(w, 'other'), 'r');
  expectKept({ ...a, directory: join(w, 'moved') }, await a.remove(join(w, 'other')), 'other content');
  expect(readdirSync(join(w, 'trap'))).toEqual([]);
  closeSync(fd);
  closeSync(other);
});

test('a full file system', async (context) => {
  const w = ownFolder();
  const at = mount(context, 'tmpfs', join(w, 'small'), 2);
  const a = await archive(join(at, 'archive'), { archive: { minFreePercent: 0 } });
  const large = randomBytes(3 << 20);
  writeFileSync(join(w, 'large'), large);
  const fd = openSync(join(w, 'large'), 'r');
  const e = await a.remove(join(w, 'large'));
  expectRefused(a, e, 'space', large);
  expect(e.data.Hashes).toBe(`SHA256=${sha256(large)}`);
  closeSync(fd);
  await a.seen.sysmon.stop();
  expect(a.names()).toEqual([]);
  expect(a.seen.sysmon.stats().native?.archive).toMatchObject({ kept: 0, totalBytes: 0, refused: { space: 1 } });
});

test('too slow: given up, and nothing is left of it', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'), { archive: { timeoutMs: 1 } });
  const content = Buffer.alloc(48 << 20, 'slow');
  writeFileSync(join(w, 'slow'), content);
  const fd = openSync(join(w, 'slow'), 'r');
  const e = await a.remove(join(w, 'slow'));
  expectRefused(a, e, 'timeout', content);
  expect([e.data.Hashes, e.extra.hash]).toEqual(['-', 'timeout']);
  closeSync(fd);
  await a.seen.sysmon.stop();
  expect(a.names()).toEqual([]);
  expect(refusals(a)).toEqual({ timeout: 1 });
});

test('nobody waits for a file that is copied', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  const content = Buffer.alloc(48 << 20, 'slow');
  writeFileSync(join(w, 'slow'), content);
  const fd = openSync(join(w, 'slow'), 'r');
  mkdirSync(join(w, 'later'));
  unlinkSync(join(w, 'slow'));
  rmdirSync(join(w, 'later'));
  const later = await a.deleted(join(w, 'later'));
  const slow = await a.deleted(join(w, 'slow'));
  closeSync(fd);
  expectKept(a, slow, content);
  expect(slow.extra.late).toBe(true);
  expect(slow.recordId).toBeGreaterThan(later.recordId);
});

test('an empty file is a file', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  writeFileSync(join(w, 'empty'), '');
  const fd = openSync(join(w, 'empty'), 'r');
  expectKept(a, await a.remove(join(w, 'empty')), '');
  closeSync(fd);
});

test('files of the archive itself are not kept', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  writeFileSync(join(a.directory, 'old'), 'cleared away');
  const fd = openSync(join(a.directory, 'old'), 'r');
  expectRefused(a, await a.remove(join(a.directory, 'old')), 'own', 'cleared away');
  closeSync(fd);
});

test('directories that are refused', async () => {
  const w = ownFolder();
  mkdirSync(join(w, 'open'), { mode: 0o755 });
  mkdirSync(join(w, 'real'), { mode: 0o700 });
  symlinkSync('real', join(w, 'link'));
  writeFileSync(join(w, 'file'), '');
  for (const [name, words] of [
    ['open', 'chmod 0700'],
    ['link', 'symbolic link'],
    ['link/', 'symbolic link'],
    ['file', 'no directory'],
    ['missing/archive', 'directory above it must exist'],
  ]) {
    const text = await refusal({ archiveDirectory: join(w, name ?? '') + (name?.endsWith('/') ? '/' : '') });
    expect(text).toContain('ERR_SYSMON_OPTION');
    expect(text).toContain(words);
  }
});
