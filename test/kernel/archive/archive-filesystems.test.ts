/** The archive of FileDelete: what is kept because the kernel still has it, and what is not, on each file system. */
import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  archive,
  expectKept,
  expectRefused,
  kinds,
  mount,
  needsIdentity,
  nothingLeft,
  ownFolder,
  refusals,
} from './archive.js';
import { run } from '../helpers/workspace.js';

describe.each(kinds)('%s', (kind) => {
  test('another name', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    expect(statSync(a.directory).mode & 0o7777).toBe(0o700);
    mkdirSync(join(at, 'deep/er'), { recursive: true });
    writeFileSync(join(at, 'one.txt'), 'known by two names', { mode: 0o444 });
    linkSync(join(at, 'one.txt'), join(at, 'deep/er/two'));
    const first = await a.remove(join(at, 'one.txt'));
    expect(first.extra.nlink).toBe(1);
    expectKept(a, first, 'known by two names', '.txt');
    // The last name: its content is there already, but not to be had any more.
    expectRefused({ ...a, names: () => [] }, await a.remove(join(at, 'deep/er/two')), 'gone', 'known by two names');
    await a.seen.sysmon.stop();
    expect(a.seen.sysmon.stats().native?.archive).toMatchObject({
      kept: 1,
      bytes: 18,
      duplicates: 0,
      totalBytes: 4096,
      refused: { gone: 1 },
    });
  });

  test('a descriptor of whoever deletes it', async (context) => {
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    writeFileSync(join(at, 'mine'), 'open here');
    const fd = openSync(join(at, 'mine'), 'r');
    expectKept(a, await a.remove(join(at, 'mine')), 'open here');
    closeSync(fd);
  });

  test('a descriptor of somebody else', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    writeFileSync(join(at, 'theirs'), 'open there');
    const fd = openSync(join(at, 'theirs'), 'r');
    run('/bin/sleep', ['1000'], { stdio: [fd, 'ignore', 'ignore'] });
    closeSync(fd);
    expectKept(a, await a.remove(join(at, 'theirs')), 'open there');
  });

  test('a program that runs', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    const program = join(at, 'program');
    copyFileSync('/bin/sleep', program);
    const { pid } = run(program, ['1000']);
    while (readlinkSync(`/proc/${pid}/exe`) !== program) await sleep(5);
    expectKept(a, await a.remove(program), readFileSync('/bin/sleep'));
  });

  test('a file that is only mapped', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    const path = join(at, 'mapped');
    writeFileSync(path, 'only mapped');
    const { child } = run('python3', [
      '-c',
      `import ctypes, os, time
map = ctypes.CDLL(None).mmap
map.restype, map.argtypes = ctypes.c_long, [ctypes.c_long, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
fd = os.open(${JSON.stringify(path)}, os.O_RDONLY)
if map(0, 4096, 1, 2, fd, 0) != -1: os.close(fd); print('mapped', flush=True); time.sleep(1000)`,
    ]);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const e = await a.remove(path);
    // A tmpfs does not find it by its number, and no descriptor leads to it.
    if (kind === 'tmpfs') expectRefused(a, e, 'hidden', 'only mapped');
    else expectKept(a, e, 'only mapped');
  });

  test('neither: gone, and the event says so', async (context) => {
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    writeFileSync(join(at, 'nobody'), 'nobody has it');
    const e = await a.remove(join(at, 'nobody'));
    expectRefused(a, e, nothingLeft, 'nobody has it');
    expect(e.data.Hashes).toBe('-');
    expect(e.extra.hash).toBe(nothingLeft);
  });

  test('what a rename replaces', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    writeFileSync(join(at, 'old'), 'the old one');
    writeFileSync(join(at, 'new'), 'the new one');
    const fd = openSync(join(at, 'old'), 'r');
    renameSync(join(at, 'new'), join(at, 'old'));
    expectKept(a, await a.deleted(join(at, 'old')), 'the old one');
    closeSync(fd);
  });

  test('what has no content has no reason either', async (context) => {
    needsIdentity(context);
    const w = ownFolder();
    const at = mount(context, kind, join(w, 'fs'));
    const a = await archive(join(w, 'archive'));
    symlinkSync('nowhere', join(at, 'link'));
    execFileSync('mkfifo', [join(at, 'fifo')]);
    mkdirSync(join(at, 'directory'));
    unlinkSync(join(at, 'link'));
    unlinkSync(join(at, 'fifo'));
    rmdirSync(join(at, 'directory'));
    for (const name of ['link', 'fifo', 'directory']) {
      const e = await a.deleted(join(at, name));
      expect(e.data, name).toMatchObject({ Archived: false, Hashes: '-' });
      expect([e.extra.archive, e.extra.hash, e.extra.archiveFile], name).toEqual([undefined, undefined, undefined]);
    }
    await a.seen.sysmon.stop();
    expect(refusals(a)).toEqual({});
  });
});

test('xfs: numbers beyond 32 bits', async (context) => {
  needsIdentity(context);
  const w = ownFolder();
  const at = mount(context, 'xfs', join(w, 'fs'), 8 << 20);
  const a = await archive(join(w, 'archive'));
  // Each new directory lies in the next of the groups, whose numbers rise.
  const path = Array.from({ length: 8 }, (_, i) => {
    mkdirSync(join(at, `d${i}`));
    const file = join(at, `d${i}`, 'file');
    writeFileSync(file, `far away ${i}`);
    return file;
  }).find((file) => statSync(file).ino > 2 ** 32);
  if (path === undefined) throw new Error('no number is as large');
  const content = readFileSync(path);
  linkSync(path, join(at, 'other'));
  expectKept(a, await a.remove(path), content);
});

test('xfs: handles of 32 bits', async (context) => {
  needsIdentity(context);
  const w = ownFolder();
  const at = mount(context, 'xfs', join(w, 'fs'), undefined, 'inode32');
  mkdirSync(join(at, 'held'));
  const a = await archive(join(w, 'archive'), { archive: { hold: [join(at, 'held')] } });
  writeFileSync(join(at, 'one'), 'known by two names');
  linkSync(join(at, 'one'), join(at, 'two'));
  expectKept(a, await a.remove(join(at, 'one')), 'known by two names');
  writeFileSync(join(at, 'held/file'), 'held');
  expectKept(a, await a.remove(join(at, 'held/file')), 'held');
});
