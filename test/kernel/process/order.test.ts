/** The execs and the end of a process come in their order, though the digest of a new program takes its time. */
import { copyFileSync, appendFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type ProcessCreateEvent, type ProcessTerminateEvent } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { stormSize } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string;
let program: string;
let made = 0;
beforeAll(() => {
  folder = makeFolder();
  const source = join(folder, 'next.c');
  writeFileSync(
    source,
    '#include <unistd.h>\nint main(int n, char **a) { if (n > 1) execv(a[1], a + 1); return n > 1 ? 1 : 7; }\n',
  );
  program = compile(pathToFileURL(source), join(folder, 'next')); // executes its argument and, without one, ends
});
afterAll(() => removeFolder(folder));

/** Copies that nobody has hashed: each has other bytes behind its end. */
function fresh(count: number): string[] {
  return Array.from({ length: count }, () => {
    const path = join(folder, `fresh-${++made}`);
    copyFileSync(program, path);
    appendFileSync(path, `${made}`.padEnd(64));
    return path;
  });
}

async function started(): Promise<Capture> {
  const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: ['SHA256'], hashTimeoutMs: 10_000 });
  const seen = record(sysmon);
  await sysmon.start();
  return seen;
}

type Life = (ProcessCreateEvent | ProcessTerminateEvent)[];

/** What was told of each process of these images, as it was delivered. */
function lives(seen: Capture, images: readonly string[]): Life[] {
  const byPid = new Map<number, Life>();
  for (const e of seen.events)
    if ((e.type === 'ProcessCreate' || e.type === 'ProcessTerminate') && images.includes(e.data.Image))
      byPid.set(e.data.ProcessId, [...(byPid.get(e.data.ProcessId) ?? []), e]);
  return [...byPid.values()];
}

const told = (life: Life): string => life.map((e) => (e.type === 'ProcessCreate' ? '+' : '-')).join('');

function expectWhole(seen: Capture, images: readonly string[]): void {
  expect(seen.losses).toEqual([]);
  const all = lives(seen, images);
  expect(all.map(told)).toEqual(images.map(() => '+-'));
  for (const [create, end] of all) {
    expect(create?.time && end && create.time <= end.time).toBe(true);
    expect(create?.type === 'ProcessCreate' && create.data.Hashes).toMatch(/^SHA256=[0-9a-f]{64}$/);
    expect(end?.type === 'ProcessTerminate' && end.extra.exitCode).toBe(7);
  }
}

test('20 programs that are hashed for the first time and end at once', async () => {
  const seen = await started();
  const images = fresh(20);
  await run('/bin/sh', ['-c', 'for p; do "$p"; done', 'sh', ...images]).ended;
  await seen.sysmon.stop();
  expectWhole(seen, images);
});

test('a new program that executes another new one', async () => {
  const seen = await started();
  const images = fresh(3);
  const { pid, ended } = run(images[0], images.slice(1));
  await ended;
  await seen.sysmon.stop();
  const own = seen.events.filter((e) => e.process?.pid === pid);
  expect(own.map((e) => [e.type, e.process?.image])).toEqual([
    ...images.map((image) => ['ProcessCreate', image]),
    ['ProcessTerminate', images[2]],
  ]);
});

test('the sensor is stopped while they wait', async () => {
  const seen = await started();
  const images = fresh(Math.min(stormSize, 200));
  await run('/bin/sh', ['-c', 'for p; do "$p" & done; wait', 'sh', ...images]).ended;
  await seen.sysmon.stop();
  expectWhole(
    seen,
    images.filter((i) => seen.events.some((e) => e.process?.image === i)),
  );
  expect(lives(seen, images)).toHaveLength(images.length);
});
