/** The archive's `hold`: files of some directories are held open from when they are written. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { SysmonStats } from '../../../lib/index.js';
import { kernelNames } from '../helpers/files.js';
import {
  archive,
  expectKept,
  expectRefused,
  kinds,
  mount,
  nothingLeft,
  ownFolder,
  refusal,
  refusals,
  sha256,
  type Archive,
} from './archive.js';

type Held = NonNullable<SysmonStats['native']>['archive']['held'];

/** Counters are published once a second. */
async function until(a: Archive, fits: (held: Held) => boolean): Promise<Held> {
  for (const end = Date.now() + 30_000; ; await sleep(50)) {
    const held = a.seen.sysmon.stats().native?.archive.held;
    if (held && fits(held)) return held;
    if (Date.now() > end) throw new Error(`never: ${JSON.stringify(held)}`);
  }
}

describe.each(kinds)('%s', (kind) => {
  test('200 files, made and deleted at once', async (context) => {
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    mkdirSync(join(at, 'held/below'), { recursive: true });
    const a = await archive(join(w, 'archive'), { archive: { hold: [join(at, 'held')], minFreePercent: 0 } });
    const files = Array.from(
      { length: 200 },
      (_, i) => [join(at, i % 2 ? 'held' : 'held/below', `file${i}.dat`), `content ${i}`] as const,
    );
    for (const [path, content] of files) {
      writeFileSync(path, content);
      unlinkSync(path);
    }
    for (const [path, content] of files) expectKept(a, await a.deleted(path), content, '.dat');
    expect(a.names()).toEqual(files.map(([, content]) => `${sha256(content)}.dat`).sort());
    await a.seen.sysmon.stop();
    expect(a.seen.sysmon.stats().native?.archive).toMatchObject({ kept: 200, held: { overflows: 0, failed: 0 } });
    expect(refusals(a)).toEqual({});
  });

  test('a file beside the directory is not held', async (context) => {
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    mkdirSync(join(at, 'held'));
    const a = await archive(join(w, 'archive'), { archive: { hold: [join(at, 'held')] } });
    writeFileSync(join(at, 'held-not'), 'beside');
    writeFileSync(join(at, 'held/in'), 'inside');
    await until(a, (h) => h.files === 1); // the notice of the first, which keeps the file, has been read before
    expectRefused(a, await a.remove(join(at, 'held-not')), nothingLeft, 'beside');
    expectKept(a, await a.remove(join(at, 'held/in')), 'inside');
  });

  test('nobody is kept from unmounting, and the next mount is held again', async (context) => {
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'), { archive: { hold: [at] } });
    for (let i = 0; i < 5; i++) writeFileSync(join(at, `f${i}`), `held ${i}`);
    expect(await until(a, (h) => h.files === 5)).toMatchObject({ taken: 5, unmounted: 0 });
    execFileSync('umount', [at]);
    expect(await until(a, (h) => h.files === 0)).toMatchObject({ unmounted: 5, bytes: 0 });
    await a.seen.find('Error', (e) => e.data.ID === 'ARCHIVE' && e.data.Description.includes('unmounted'));
    // One that is still held by somebody could not be checked and mounted anew.
    if (kind === 'ext4') execFileSync('e2fsck', ['-n', '-f', `${at}.image`], { stdio: 'pipe' });
    if (kind === 'xfs') execFileSync('xfs_repair', ['-n', `${at}.image`], { stdio: 'pipe' });
    mount(context, kind, at);
    await sleep(1500); // the sensor hears of it
    writeFileSync(join(at, 'again'), 'held again');
    expectKept(a, await a.remove(join(at, 'again')), 'held again');
  });
});

test('bounded in count: the oldest goes', async (context) => {
  const w = ownFolder();
  const at = mount(context, 'tmpfs', join(w, 'fs'));
  const a = await archive(join(w, 'archive'), { archive: { hold: [at], holdFiles: 4 } });
  for (let i = 0; i < 10; i++) writeFileSync(join(at, `f${i}`), `content ${i}`);
  expect(await until(a, (h) => h.taken === 10)).toMatchObject({ files: 4, evicted: 6 });
  expectRefused(a, await a.remove(join(at, 'f5')), nothingLeft, 'content 5');
  expectKept(a, await a.remove(join(at, 'f6')), 'content 6');
  expectKept(a, await a.remove(join(at, 'f9')), 'content 9');
});

test('bounded in bytes', async (context) => {
  const w = ownFolder();
  const at = mount(context, 'tmpfs', join(w, 'fs'));
  const a = await archive(join(w, 'archive'), { archive: { hold: [at], holdBytes: 10_000, maxFileBytes: 9_000 } });
  const contents = [9_001, 6_000, 3_000, 3_000].map((n) => randomBytes(n));
  contents.forEach((content, i) => writeFileSync(join(at, `f${i}`), content));
  expect(await until(a, (h) => h.taken === 3)).toMatchObject({ files: 2, bytes: 6_000, evicted: 1 });
  expectRefused(a, await a.remove(join(at, 'f0')), kernelNames ? 'large' : 'unknown', contents[0] ?? '');
  expectRefused(a, await a.remove(join(at, 'f1')), nothingLeft, contents[1] ?? '');
  expectKept(a, await a.remove(join(at, 'f2')), contents[2] ?? '');
  expectKept(a, await a.remove(join(at, 'f3')), contents[3] ?? '');
});

test('released when the file system fills up', async (context) => {
  const w = ownFolder();
  const at = mount(context, 'tmpfs', join(w, 'fs'), 4);
  mkdirSync(join(at, 'held'));
  const a = await archive(join(w, 'archive'), { archive: { hold: [join(at, 'held')], minFreePercent: 20 } });
  writeFileSync(join(at, 'held/f'), 'in the way');
  await until(a, (h) => h.files === 1);
  writeFileSync(join(at, 'filler'), Buffer.alloc(3_600_000));
  expect(await until(a, (h) => h.files === 0)).toMatchObject({ lowSpace: 1 });
  await a.seen.find('Error', (e) => e.data.ID === 'ARCHIVE' && e.data.Description.includes('less room'));
  expectRefused(a, await a.remove(join(at, 'held/f')), nothingLeft, 'in the way');
  unlinkSync(join(at, 'filler'));
  await sleep(2500); // it is looked at once a second
  writeFileSync(join(at, 'held/g'), 'room again');
  expectKept(a, await a.remove(join(at, 'held/g')), 'room again');
});

test('what has lost its name is not held for ever', async (context) => {
  const w = ownFolder();
  const at = mount(context, 'tmpfs', join(w, 'fs'));
  // Nobody asks for it: its event is dropped.
  const a = await archive(join(w, 'archive'), {
    archive: { hold: [at] },
    config: `<Sysmon schemaversion="4.81"><EventFiltering><FileDelete onmatch="include"><Image condition="is">/no/such</Image></FileDelete></EventFiltering></Sysmon>`,
  });
  writeFileSync(join(at, 'f'), 'forgotten');
  await until(a, (h) => h.files === 1);
  unlinkSync(join(at, 'f'));
  expect(await until(a, (h) => h.files === 0)).toMatchObject({ taken: 1, evicted: 0, unmounted: 0, lowSpace: 0 });
});

test('directories that are refused', async () => {
  const w = ownFolder();
  writeFileSync(join(w, 'file'), '');
  mkdirSync(join(w, 'a'));
  const archiveDirectory = join(w, 'a/archive');
  for (const [hold, words] of [
    [join(w, 'missing'), 'No such file'],
    [join(w, 'file'), 'no directory'],
    [join(w, 'a'), 'holds the archive'],
    [archiveDirectory, 'holds the archive'],
    ['/proc', 'cannot be held'],
  ] as const) {
    const text = await refusal({ archiveDirectory, archive: { hold: [hold] } });
    expect(text).toContain(`archive.hold '${hold}'`);
    expect(text).toContain(words);
  }
});
