/** Paths that another process changes while calls use them: every event is right, marked or counted as lost. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { attempt } from '../helpers/attempts.js';
import { folder, seen, sysmon, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['FileCreate', 'FileDeleteDetected', 'FileModify', 'FileCreateTime']);

/** 100,000 calls in all; a guest under emulation does not get far in that time. */
const size = process.env['SYSMON_STORM_SIZE'];
const calls = size === undefined ? 20_000 : Math.min(20_000, Number(size) * 10);

interface Told {
  readonly type: string;
  readonly inode: string | undefined;
  readonly path: string;
  readonly marked: boolean;
}

/** By the number in the name and the type: whatever else is lost or wrong, these belong together. */
const keyOf = (type: string, path: string): string => `${/n(\d{7})-/.exec(path)?.[1] ?? ''} ${type}`;

function grouped<T extends { readonly type: string; readonly path: string }>(list: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const x of list) {
    const key = keyOf(x.type, x.path);
    const there = found.get(key);
    if (there) there.push(x);
    else found.set(key, [x]);
  }
  return found;
}

test.each([
  ['memory', 'the last letter of the name is changed in memory that a process shares'],
  ['links', 'two symbolic links on the way change places'],
  ['folders', 'two folders on the way change places'],
  ['files', 'two files change places'],
  ['mounts', 'the file system is moved to another place'],
])('%s: %s', { timeout: 300_000 }, async (kind, what) => {
  const w = join(folder, kind);
  mkdirSync(w);
  const program = compile(new URL('matrix-race.c', import.meta.url), join(folder, 'matrix-race'));
  const lossesBefore = seen.losses.length;
  const r = run(program, [kind, w, String(calls)]);
  const { code, stdout, stderr } = await r.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await seen.terminated(r.pid);
  const truth = stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [type, inode, path, other] = line.split('\t');
      return { type, inode, path, other };
    });
  expect(truth.length).toBeGreaterThan(calls / 3);
  const mine = (): Told[] =>
    seen.events
      .filter((e) => e.process?.pid === r.pid && e.type.startsWith('File'))
      .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.recordId - b.recordId))
      .map((e) => {
        const { exposed, truncated, file } = e.extra as {
          exposed?: readonly string[];
          truncated?: readonly string[];
          file?: { inode: string };
        };
        const marked = [...(exposed ?? []), ...(truncated ?? [])].includes('TargetFilename');
        return {
          type: e.type,
          inode: file?.inode,
          path: (e.data as { TargetFilename: string }).TargetFilename,
          marked,
        };
      })
      .filter((e) => /n\d{7}-/.test(e.path));
  for (let i = 0; i < 20 && mine().length < truth.length; i++) await sleep(50);
  const events = mine();
  const told = grouped(events);
  const expected = grouped(truth);
  const wrong: string[] = [];
  let marked = 0;
  let missing = 0;
  for (const [key, wanted] of expected) {
    const left = [...(told.get(key) ?? [])];
    for (const x of wanted) {
      const fits = (e: Told): boolean =>
        (e.path === x.path || e.path === x.other) && (e.inode === undefined || e.inode === x.inode);
      const right = left.findIndex(fits);
      const i = right >= 0 ? right : left.findIndex((e) => e.marked);
      if (i < 0) {
        missing++;
        if (wrong.length < 5 && left.length > 0)
          wrong.push(`${x.type} ${x.path} ${x.inode}: ${left.map((e) => `${e.path} ${e.inode ?? '-'}`).join(', ')}`);
      } else if (right < 0) marked++;
      left.splice(i, i < 0 ? 0 : 1);
    }
    told.set(key, left);
  }
  const surplus = [...told.values()].flat().filter((e) => !e.marked);
  const lost = seen.losses.slice(lossesBefore).reduce((n, l) => n + l.count, 0);
  const rest = Math.max(0, missing - lost);
  expect({ wrong, surplus: surplus.slice(0, 5), unseen: rest }).toEqual({ wrong: [], surplus: [], unseen: 0 });
  const how = marked === 0 ? 'every event is right' : 'events are right or marked as exposed';
  attempt(
    'Paths that change meanwhile',
    what,
    `in ${calls} calls ${how}, ${lost === 0 ? 'nothing is lost' : 'and what is lost is counted'}`,
  );
  expect(sysmon.stats().native?.malformed).toBe(0);
  seen.events.length = 0; // the next kind makes as many
});
