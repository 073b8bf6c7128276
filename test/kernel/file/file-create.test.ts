/** FileCreate: every way by which a file gets a name, or an existing one is overwritten. */
import { constants, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { caused, isoOfNs, exposedName, kernelNames, perform, workspace } from '../helpers/files.js';
import { truthOf } from '../helpers/truth.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileCreate']);

const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_WRONLY = 1;
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY; // which architectures number differently

/** What `extra.file` must say of the file at this path. */
function fileAt(path: string): object {
  const s = lstatSync(path, { bigint: true });
  const dev = `${String((s.dev >> 8n) & 0xfffn)}:${String((s.dev & 0xffn) | ((s.dev >> 12n) & 0xfff00n))}`;
  return { dev, inode: String(s.ino), size: Number(s.size), mtime: isoOfNs(s.mtimeNs), mode: Number(s.mode) };
}

test('every field of a file that a shell makes', async () => {
  const w = workspace();
  const before = Date.now();
  const r = run('/bin/sh', ['-c', ': > new && echo $$ && read wait'], { cwd: w, stdio: ['pipe', 'pipe', 'inherit'] });
  const e = await seen.find('FileCreate', (x) => x.data.TargetFilename === join(w, 'new'));
  const t = truthOf(r.pid);
  expect({
    ...e,
    data: undefined,
    process: undefined,
    recordId: typeof e.recordId,
    time: typeof e.time,
    techniques: typeof e.techniques,
  }).toEqual({
    type: 'FileCreate',
    id: 11,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sys_exit_openat', tier: 'core', file: fileAt(join(w, 'new')) },
    techniques: 'object',
  });
  const created = await seen.created(r.pid);
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: r.pid,
    Image: t.image,
    TargetFilename: join(w, 'new'),
    CreationUtcTime: e.time.replace('T', ' ').slice(0, 23),
    User: 'root',
  });
  expect(e.process).toBe(created.process);
  expect(Date.parse(e.time)).toBeGreaterThanOrEqual(before - 1);
  expect(Date.parse(e.time)).toBeLessThanOrEqual(Date.now() + 1);
  expect(Object.isFrozen(e.extra) && Object.isFrozen(e.extra.file)).toBe(true);
});

test('a rename out of a directory into the one that holds it, and back', async () => {
  const w = workspace();
  mkdirSync(join(w, 'sub/deep'), { recursive: true });
  for (const f of ['sub/f', 'sub/deep/g', 'over', 'h']) writeFileSync(join(w, f), '');
  const { pid, outcomes } = await perform(
    ['renameat2', join(w, 'sub/f'), join(w, 'out'), 0],
    ['renameat2', join(w, 'out'), join(w, 'sub/in'), 0],
    ['renameat2', join(w, 'sub/deep/g'), join(w, 'sub/g'), 0],
    ['renameat2', join(w, 'sub/g'), join(w, 'over'), 0],
    ['renameat2', join(w, 'sub/deep'), join(w, 'deep'), 0],
    ['renameat2', join(w, 'h'), join(w, 'deep/h'), 0],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0, 0, 0]);
  // its birth time is looked up
  await seen.find('FileCreate', (e) => e.process.pid === pid && e.data.TargetFilename === join(w, 'over'));
  const events = caused('FileCreate', pid).sort((a, b) => (a.time < b.time ? -1 : 1));
  expect(events.map((e) => e.data.TargetFilename)).toEqual(
    ['out', 'sub/in', 'sub/g', 'over', 'deep', 'deep/h'].map((f) => join(w, f)),
  );
  if (kernelNames)
    expect(events.map((e) => e.extra.directory === true)).toEqual([false, false, false, false, true, false]);
});

test('every call that makes a name, by absolute and relative path and from a descriptor', async () => {
  const w = workspace();
  const sub = join(w, 'sub');
  mkdirSync(sub);
  const flags = O_CREAT | O_WRONLY;
  const steps: (string | number)[][] = [
    ['chdir', w],
    ['open', join(w, 'open'), flags, 0o640],
    ['open', 'open-relative', flags | O_EXCL, 0o600],
    ['creat', 'creat', 0o644],
    ['openat', join(w, 'openat'), flags, 0o644],
    ['openat2', 'openat2', flags, 0o644],
    ['mknod', 'mknod', 0o100644, 0],
    ['mkdir', 'mkdir', 0o755],
    ['link', 'open', 'link'],
    ['symlink', 'nowhere', 'symlink'],
    ['rename', 'creat', 'rename'],
    ['folder', sub],
    ['openat', 'openat-folder', flags, 0o644],
    ['openat2', './openat2-folder', flags, 0o644],
    ['mknodat', 'mknodat', 0o10600, 0],
    ['mkdirat', 'mkdirat/', 0o700],
    ['linkat', '../openat', 'linkat', 0],
    ['symlinkat', 'elsewhere', 'symlinkat'],
    ['renameat', 'openat-folder', 'renameat'],
    ['renameat2', 'renameat', 'mkdirat/../renameat2', 0],
    ['openat', '.', O_TMPFILE | O_WRONLY, 0o644], // O_TMPFILE has no name
    ['linkfd', join(w, 'tmpfile')],
  ];
  const { pid, outcomes } = await perform(...steps);
  const names: Record<string, string> = {
    chdir: '',
    folder: '',
    open: 'open',
    'openat-folder': 'sub/openat-folder',
    './openat2-folder': 'sub/openat2-folder',
    'mkdirat/': 'sub/mkdirat',
    'mkdirat/../renameat2': 'sub/renameat2',
  };
  const expected: { name: string; path: string; hook: string; there: boolean }[] = [];
  outcomes.forEach((o, i) => {
    const step = steps[i];
    if (!step || o.result === undefined || ['chdir', 'folder'].includes(o.call)) return;
    expect({ call: o.call, failed: o.result < 0, errno: o.errno }).toEqual({ call: o.call, failed: false, errno: 0 });
    if (step[1] === '.') return;
    const last = String(o.call === 'linkfd' ? step[1] : /^(link|symlink|rename)/.test(o.call) ? step[2] : step[1]);
    const inSub = /at$|at2$/.test(o.call) && i > 11;
    const path = last.startsWith('/') ? last : join(w, names[last] ?? (inSub ? `sub/${last}` : last));
    const moved = last === 'creat' || last === 'openat-folder' || last === 'renameat';
    expected.push({ name: last, path, hook: `sys_exit_${o.call === 'linkfd' ? 'linkat' : o.call}`, there: !moved });
  });
  const events = caused('FileCreate', pid);
  expect(events.map((e) => ({ path: e.data.TargetFilename, hook: e.extra.hook }))).toEqual(
    expected.map(({ path, hook }) => ({ path, hook })),
  );
  events.forEach((e, i) => {
    const byPath = !/open|creat/.test(e.extra.hook);
    const path = expected[i]?.path ?? '';
    const directory = e.extra.hook.includes('mkdir');
    expect(e.extra.directory, path).toBe(directory ? true : undefined);
    // Before 6.13 a rename may have been one over another name of the same file, which does nothing.
    const renamed = !kernelNames && e.extra.hook.includes('rename') ? ['TargetFilename'] : undefined;
    expect(e.extra.exposed, path).toEqual(byPath ? (renamed ?? exposedName(expected[i]?.name ?? '')) : undefined);
    expect(e.data.CreationUtcTime).toBe(e.data.UtcTime);
    expect(e.data.User).toBe('root');
    if (!byPath || kernelNames) {
      expect(e.extra.file?.mode, path).toBeGreaterThan(0);
      // The size of a directory, and links, are as they were at the call.
      if (expected[i]?.there)
        expect({ ...e.extra.file, mtime: 0, size: 0 }, path).toEqual({ ...fileAt(path), mtime: 0, size: 0 });
    } else expect(e.extra.file, path).toBeUndefined();
  });
});

test('an overwrite is an event, with the birth of the file', async () => {
  const w = workspace();
  const old = join(w, 'old');
  writeFileSync(old, 'content');
  writeFileSync(join(w, 'other'), 'x');
  const birth = statSync(old, { bigint: true }).birthtimeNs;
  const { pid } = await perform(
    ['openat', old, O_CREAT | O_TRUNC | O_WRONLY, 0o644],
    ['renameat2', join(w, 'other'), old, 0],
  );
  const [first, second] = await Promise.all([
    seen.find('FileCreate', (e) => e.process.pid === pid && e.extra.hook === 'sys_exit_openat'),
    seen.find('FileCreate', (e) => e.process.pid === pid && e.extra.hook === 'sys_exit_renameat2'),
  ]);
  expect(first.data.TargetFilename).toBe(old);
  expect(second.data.TargetFilename).toBe(old);
  // By the time that somebody looks, the file at that path is the other one.
  expect(['-', isoOfNs(birth).replace('T', ' ').slice(0, 23)]).toContain(first.data.CreationUtcTime);
  if (kernelNames)
    expect(second.data.CreationUtcTime).toBe(
      isoOfNs(statSync(old, { bigint: true }).birthtimeNs)
        .replace('T', ' ')
        .slice(0, 23),
    );
  expect(caused('FileCreate', pid)).toHaveLength(2);
});

test('what makes no name is no event', async () => {
  const w = workspace();
  writeFileSync(join(w, 'there'), 'x');
  writeFileSync(join(w, 'same'), 'x');
  symlinkSync('there', join(w, 'link'));
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['openat', 'there', 0, 0],
    ['openat', 'there', O_CREAT | O_WRONLY, 0o644],
    ['openat', 'there', O_TRUNC | O_WRONLY, 0],
    ['openat', 'there', O_CREAT | O_EXCL | O_WRONLY, 0o644],
    ['openat', 'no/such', O_CREAT | O_WRONLY, 0o644],
    ['openat2', 'link', O_CREAT, 0o644],
    ['openat', '/dev/null', O_CREAT | O_TRUNC | O_WRONLY, 0o644],
    ['openat', '.', O_TMPFILE | O_WRONLY, 0o644],
    ['mkdirat', 'there', 0o755],
    ['linkat', 'nowhere', 'x', 0],
    ['symlinkat', 'x', 'there'],
    ['renameat2', 'nowhere', 'x', 0],
    ['renameat2', 'there', 'same', 1], // RENAME_NOREPLACE
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0, 17, 2, 0, 0, 0, 17, 2, 17, 2, 17]);
  expect(caused('FileCreate', pid)).toEqual([]);
});

test('a path deeper than any other tool follows, of odd bytes', async () => {
  const w = workspace();
  const deep = Array.from({ length: 60 }, (_, i) => `d${i}`);
  const odd = 'a"b\nc\\\u00e9';
  const { pid } = await perform(
    ['chdir', w],
    ...deep.flatMap((d) => [
      ['mkdirat', d, 0o755],
      ['chdir', d],
    ]),
    ['openat', odd, O_CREAT, 0o644],
    ['mkdirat', odd + '2', 0o755],
  );
  const paths = caused('FileCreate', pid).map((e) => e.data.TargetFilename);
  expect(paths).toHaveLength(62);
  expect(paths.slice(-2)).toEqual([join(w, ...deep, odd), join(w, ...deep, `${odd}2`)]);
});

test('bytes that are not UTF-8 are kept', async () => {
  const w = workspace();
  const r = run('/bin/sh', ['-c', String.raw`: > "$(printf 'bad\377name')"`], { cwd: w });
  await r.ended;
  const e = await seen.find('FileCreate', (x) => x.process.pid === r.pid);
  expect(e.data.TargetFilename).toBe(join(w, 'bad\\xffname'));
  expect(Buffer.from(e.extra.raw?.['TargetFilename'] ?? '', 'base64')).toEqual(
    Buffer.concat([Buffer.from(join(w, 'bad')), Buffer.from([0xff]), Buffer.from('name')]),
  );
});

test('mounts and roots of its own: the path is that of the mount namespace', async () => {
  const w = workspace();
  for (const d of ['tmp', 'jail', 'jail/in', 'bound']) mkdirSync(join(w, d));
  const { pid, outcomes } = await perform(
    ['newns'],
    ['mount', 'none', join(w, 'tmp'), 'tmpfs'],
    ['openat', join(w, 'tmp/file'), O_CREAT, 0o644],
    ['mkdirat', join(w, 'tmp/made'), 0o755],
    ['mkdirat', join(w, 'tmp/made/below'), 0o755],
    ['chroot', join(w, 'jail')],
    ['chdir', '/'],
    ['openat', '/in/file', O_CREAT, 0o644],
    ['mkdirat', '/in/made', 0o755],
    ['mkdirat', 'in/relative', 0o755],
  );
  expect(outcomes.map((o) => o.errno)).toEqual(outcomes.map(() => 0));
  expect(caused('FileCreate', pid).map((e) => e.data.TargetFilename)).toEqual(
    ['tmp/file', 'tmp/made', 'tmp/made/below', 'jail/in/file', 'jail/in/made', 'jail/in/relative'].map((p) =>
      join(w, p),
    ),
  );
});
