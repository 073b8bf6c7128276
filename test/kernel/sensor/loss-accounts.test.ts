/** A flood of files into a tiny ring that is not emptied: a loss says what was lost, and whose it was. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type LossRecord } from '../../../lib/index.js';
import { blockUntilEnded } from '../helpers/block.js';
import { stormSize } from '../helpers/storm.js';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string;
beforeAll(() => void (folder = makeFolder()));
afterAll(() => removeFolder(folder));

/** Makes and removes so many files. */
const maker = `
  const { closeSync, openSync, unlinkSync } = require('node:fs');
  const [, path, count] = process.argv;
  for (let i = 0; i < Number(count); i++) {
    closeSync(openSync(path + i, 'w'));
    unlinkSync(path + i);
  }
`;

test('who flooded is named first, and each event of a lost record counts', { timeout: 120_000 }, async (context) => {
  if (stormSize < 1000) context.skip('a machine that is emulated fills no queue: needs SYSMON_STORM_SIZE=1000');
  const count = 20_000;
  const sysmon = new Sysmon({
    events: ['FileCreate', 'FileDelete', 'FileDeleteDetected'],
    hash: 'none',
    ringBytes: 64 << 10,
  });
  onTestFinished(() => sysmon.stop());
  const losses: LossRecord[] = [];
  let asleep = false;
  sysmon.on('loss', (l) => losses.push(l));
  sysmon.on('FileCreate', (e) => {
    if (asleep || !e.data.TargetFilename.startsWith(folder)) return;
    asleep = true;
    blockUntilEnded([flood.pid, other.pid]);
  });
  await sysmon.start();
  const make = (name: string, n: number) => run(process.execPath, ['-e', maker, join(folder, name), String(n)]);
  const flood = make('flood', count);
  const other = make('other', count / 20);
  expect(await flood.ended).toMatchObject({ code: 0 });
  expect(await other.ended).toMatchObject({ code: 0 });
  await sysmon.stop();

  const { events, lost, native } = sysmon.stats();
  const of = (type: string) => Object.values(lost).reduce((n, row) => n + (row[type] ?? 0), 0);
  for (const [type, wire] of [
    ['FileCreate', 'file_create'],
    ['FileDelete', 'file_delete'],
    ['FileDeleteDetected', 'file_delete'],
  ] as const) {
    const { produced = 0, dropped = {} } = native?.kernel[wire] ?? {};
    expect(produced).toBeGreaterThanOrEqual(count + count / 20);
    expect({ type, lost: of(type) }).toEqual({ type, lost: Object.values(dropped).reduce((a, b) => a + b, 0) });
    expect({ type, sum: (events[type] ?? 0) + of(type) }).toEqual({ type, sum: produced });
    const ofFlood = losses.filter((l) => l.eventType === type && l.count > 1000);
    expect(ofFlood.length, type).toBeGreaterThan(0);
    for (const l of ofFlood) {
      expect(l.unit).toBeUndefined();
      expect(l.processes?.[0]).toMatchObject({ pid: flood.pid, image: process.execPath });
    }
  }
  for (const l of losses) {
    const counts = (l.processes ?? []).map((p) => p.count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.length).toBeLessThanOrEqual(5);
    // What was being counted while the last report was made is told by this one.
    expect(counts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(l.count + 16);
  }
  console.log(JSON.stringify(losses.map((l) => [l.stage, l.eventType, l.count, l.processes])));
});
