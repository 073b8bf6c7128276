/** FileCreateTime: the modification time of a file was set by hand. */
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { caused, kernelNames, perform, workspace } from '../helpers/files.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileCreateTime']);

const utc = (seconds: number, ms = 0): string =>
  new Date(seconds * 1000 + ms).toISOString().replace('T', ' ').slice(0, 23);
const UTIME_NOW = (1 << 30) - 1;
const UTIME_OMIT = (1 << 30) - 2;
function oldFile(): string {
  const path = workspace('f');
  utimesSync(join(path, 'f'), 1000, 1000);
  return path;
}

test('every field, by descriptor', async () => {
  const w = oldFile();
  const { pid } = await perform(['openat', join(w, 'f'), 1, 0], ['futimens', '', 123456789, 987654321]);
  const created = await seen.created(pid);
  const [e] = caused('FileCreateTime', pid);
  if (!e) throw new Error('no event');
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    TargetFilename: join(w, 'f'),
    CreationUtcTime: utc(123456789, 987),
    PreviousCreationUtcTime: utc(1000),
    User: 'root',
  });
  expect(e.extra).toMatchObject({ hook: 'sys_exit_utimensat', tier: 'core' });
  expect(e.extra.file).toMatchObject({
    inode: String(statSync(join(w, 'f')).ino),
    size: 'content'.length,
    mtime: '1973-11-29T21:33:09.987654Z',
  });
});

test('every call, by path', async () => {
  const w = oldFile();
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['utimensat', join(w, 'f'), 2000, 0],
    ['utime', 'f', 3000],
    ['utimes', 'f', 4000],
    ['futimesat', 'f', 5000],
    ['utimensat', './f', -86400, 0],
  );
  const called = outcomes.filter((o) => o.call !== 'chdir' && o.result !== undefined);
  expect(called.map((o) => o.errno)).toEqual(called.map(() => 0));
  const seconds: Record<string, number> = { utime: 3000, utimes: 4000, futimesat: 5000 };
  expect(
    caused('FileCreateTime', pid).map((e) => [
      e.extra.hook,
      e.data.TargetFilename,
      e.data.CreationUtcTime,
      e.data.PreviousCreationUtcTime,
    ]),
  ).toEqual(
    called.map((o, i) => [
      `sys_exit_${o.call}`,
      join(w, 'f'),
      kernelNames ? utc(seconds[o.call] ?? (i === 0 ? 2000 : -86400)) : '-',
      '-',
    ]),
  );
});

test('touch', async () => {
  const w = oldFile();
  const r = run('/usr/bin/touch', ['-d', '2001-02-03 04:05:06 UTC', 'f', 'f'], { cwd: w });
  await r.ended;
  await seen.terminated(r.pid);
  // By descriptor; the second time it was so already.
  expect(
    caused('FileCreateTime', r.pid).map((e) => [
      e.data.TargetFilename,
      e.data.CreationUtcTime,
      e.data.PreviousCreationUtcTime,
    ]),
  ).toEqual([[join(w, 'f'), '2001-02-03 04:05:06.000', utc(1000)]]);
});

test('what leaves the time as it is is no event', async () => {
  const w = oldFile();
  const { pid, outcomes } = await perform(
    ['openat', join(w, 'f'), 1, 0],
    ['futimens', '', 1000, 0],
    ['futimens', '', 0, UTIME_OMIT],
    ['utimensat', join(w, 'f'), 0, UTIME_OMIT],
    ['utimensat', join(w, 'nothing'), 1, 0],
    ['futimens', '', 0, UTIME_NOW],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0, 2, 0]);
  // Now is another time than it was.
  const events = caused('FileCreateTime', pid);
  expect(events).toHaveLength(1);
  expect(events[0]?.data.PreviousCreationUtcTime).toBe(utc(1000));
});
