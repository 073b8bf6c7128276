/** A change is one of an open file by a process, whatever descriptor and number these have, and had before. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { caused, kernelNames, workspace } from '../helpers/files.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['FileCreate', 'FileModify']);

async function go(w: string, kind: string, n: number): Promise<{ pid: number; code: number | null; truth: string[] }> {
  const r = run(compile(new URL('descriptors.c', import.meta.url), join(folder, 'descriptors')), [kind, String(n)], {
    cwd: w,
  });
  const { code, stdout, stderr } = await r.ended;
  expect(stderr).toBe('');
  await seen.terminated(r.pid);
  return { pid: r.pid, code, truth: stdout.trim().split('\n') };
}

test('a number that is used again is another process', async (context) => {
  const w = workspace('real', 'decoy');
  const { code, truth } = await go(w, 'number', 5);
  if (code === 77) context.skip('this kernel does not let a process choose the number of its child');
  expect(code).toBe(0);
  const [pid] = truth;
  expect(truth).toEqual(truth.map(() => pid));
  const events = caused('FileModify', Number(pid));
  expect(events.map((e) => [e.data.TargetFilename, e.extra.exposed])).toEqual(
    truth.map(() => [join(w, 'real'), undefined]),
  );
  expect(new Set(events.map((e) => e.process?.strongId)).size).toBe(truth.length);
});

test.each(['broker', 'memory'])('an open file at the address of another one: %s', async (kind) => {
  const w = workspace('real', 'decoy');
  const { pid, code, truth } = await go(w, kind, 50);
  expect(code).toBe(0);
  expect(truth).toHaveLength(50);
  const names = caused('FileModify', pid).map((e) => e.data.TargetFilename);
  expect(names).toHaveLength(truth.length);
  expect(new Set(names)).toEqual(new Set([kind === 'broker' ? join(w, 'real') : names[0]]));
});

test('a descriptor that becomes another file while the call waits', async () => {
  const w = workspace('real', 'decoy');
  const { pid, code } = await go(w, 'after', 1);
  expect(code).toBe(0);
  const [e, ...more] = caused('FileModify', pid);
  expect(more).toEqual([]);
  expect(e?.data.TargetFilename).toBe(join(w, 'real'));
  expect(e?.extra.exposed).toEqual(['TargetFilename']);
});

test('a descriptor that is another file only while it is written to', { timeout: 120_000 }, async (context) => {
  if (!kernelNames) context.skip('this kernel does not tell which file a call has changed');
  const names = Array.from({ length: 2000 }, (_, i) => `f${i}`);
  const w = workspace('decoy');
  for (const n of names) writeFileSync(join(w, n), '');
  await sleep(50);
  const { pid, code, truth } = await go(w, 'before', 100);
  expect(code).toBe(0);
  if (truth.length < 10) context.skip('the threads did not meet');
  const events = caused('FileModify', pid);
  for (const t of truth) {
    const of = events.filter((e) => e.data.TargetFilename === join(w, t));
    expect(of.length, t).toBeGreaterThan(0);
  }
  const hit = new Set([...truth.map((t) => join(w, t)), join(w, 'decoy')]);
  const wrong = events.filter((e) => !hit.has(e.data.TargetFilename) && e.extra.exposed === undefined);
  expect(wrong.map((e) => e.data.TargetFilename)).toEqual([]);
});

test('a table of descriptors that is shared without the memory', async () => {
  const w = workspace('decoy');
  const { pid, code, truth } = await go(w, 'table', 3000);
  expect(code).toBe(0);
  const events = caused('FileCreate', pid);
  const right = events.filter((e) => e.data.TargetFilename.startsWith(`${w}/o`));
  const named = new Set(right.map((e) => e.data.TargetFilename));
  expect(truth.filter((t) => !named.has(join(w, t)))).toEqual([]);
  expect(right).toHaveLength(truth.length);
  expect(events.filter((e) => !right.includes(e) && e.extra.exposed === undefined)).toEqual([]);
});
