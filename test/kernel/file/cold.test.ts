/** What a call is passed in memory that only the kernel can read without waiting, or that changes meanwhile. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caused, kernelNames, perform, workspace } from '../helpers/files.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['FileCreate', 'FileModify', 'FileDelete', 'FileCreateTime']);

const O_RDWR = 2;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const UTIME_OMIT = (1 << 30) - 2;

test('openat2 whose flags are in a page that is not there yet', async () => {
  const w = workspace('full', 'near');
  const { pid, outcomes } = await perform(
    ['cold'],
    ['openat2', join(w, 'made'), O_RDWR | O_CREAT, 0o600],
    ['openat2', join(w, 'full'), O_RDWR | O_TRUNC, 0],
    ['openat2', join(w, 'near'), O_RDWR, 0],
    ['openat2', join(w, 'near'), O_RDWR | O_CREAT, 0o600],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0, 0]);
  expect(caused('FileCreate', pid).map((e) => [e.data.TargetFilename, e.extra.hook])).toEqual([
    [join(w, 'made'), 'sys_exit_openat2'],
  ]);
  const changes = caused('FileModify', pid).filter((e) => !e.data.TargetFilename.includes('untouched'));
  expect(changes.map((e) => [e.data.TargetFilename, e.data.ModificationType])).toEqual([[join(w, 'full'), 'Truncate']]);
  expect(readFileSync(join(w, 'near'), 'utf8')).toBe('content');
});

test('names in pages that are not there yet', async () => {
  const w = workspace('old', 'gone', 'short', 'timed');
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['cold'],
    ['mkdirat', 'made', 0o700],
    ['openat', 'new', O_RDWR | O_CREAT, 0o600],
    ['renameat2', 'old', 'named', 0],
    ['unlinkat', 'gone', 0],
    ['truncate', 'short', 1],
    ['utimensat', 'timed', 2000, 0],
  );
  expect(outcomes.slice(2).map((o) => o.errno)).toEqual([0, 0, 0, 0, 0, 0]);
  const of = (type: 'FileCreate' | 'FileDelete' | 'FileModify' | 'FileCreateTime'): string[] =>
    caused(type, pid)
      .map((e) => e.data.TargetFilename)
      .filter((n) => !n.includes('untouched'));
  expect(of('FileCreate')).toEqual(['made', 'new', 'named'].map((n) => join(w, n)));
  expect(of('FileDelete')).toEqual([join(w, 'gone')]);
  expect(of('FileModify')).toEqual([join(w, 'short')]);
  expect(of('FileCreateTime')).toEqual([join(w, 'timed')]);
  if (!kernelNames) expect(caused('FileDelete', pid)[0]?.extra.exposed).toEqual(['TargetFilename']);
});

test('times in a page that is not there yet', async () => {
  const w = workspace('f');
  utimesSync(join(w, 'f'), 1000, 1000);
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'f'), O_RDWR, 0],
    ['cold'],
    ['utimensat', join(w, 'f'), 0, UTIME_OMIT],
    ['futimens', '', 0, UTIME_OMIT],
    ['futimens', '', 2000, 0],
    ['utimensat', join(w, 'f'), 3000, 0],
  );
  expect(outcomes.slice(2).map((o) => o.errno)).toEqual([0, 0, 0, 0]);
  expect(caused('FileCreateTime', pid).map((e) => e.data.CreationUtcTime.slice(0, 19))).toEqual([
    '1970-01-01 00:33:20',
    kernelNames ? '1970-01-01 00:50:00' : '-',
  ]);
});

test.each(['flags', 'times', 'descriptor'])('%s that change during the call', { timeout: 120_000 }, async (kind) => {
  const w = workspace('f', 'decoy');
  for (let i = 0; i < 3000; i++) {
    writeFileSync(join(w, `f${i}`), 'content');
    utimesSync(join(w, `f${i}`), 1000, 1000);
  }
  const r = run(compile(new URL('flip.c', import.meta.url), join(folder, 'flip')), [kind, '3000'], { cwd: w });
  const { code, stdout, stderr } = await r.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await seen.terminated(r.pid);
  const done = new Set(stdout.split('\n').filter((n) => n !== ''));
  const events = kind === 'flags' ? caused('FileModify', r.pid) : caused('FileCreateTime', r.pid);
  const told = new Set(events.map((e) => e.data.TargetFilename));
  const sure = new Set(events.filter((e) => !e.extra.exposed).map((e) => e.data.TargetFilename));
  const files = Array.from({ length: 3000 }, (_, i) => `f${i}`);
  expect(files.filter((f) => sure.has(join(w, f)) && !done.has(f))).toEqual([]);
  if (kernelNames) expect(files.filter((f) => done.has(f) && !told.has(join(w, f)))).toEqual([]);
});
