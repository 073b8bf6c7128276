/** Times of events are those of the machine's clock. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { run } from '../helpers/workspace.js';

/**
 * Reads the clock as the kernel has it; Date.now() knows milliseconds only, and node's other clock may have drifted
 * from it.
 */
const now = (): number => Date.now();
const microseconds = (iso: string): number => Date.parse(`${iso.slice(0, 23)}Z`) + Number(iso.slice(23, 26)) / 1000;

let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(() => sysmon.stop());

test('start, exec and end lie between two readings of the clock, in this order', async () => {
  for (let i = 0; i < 50; i++) {
    const before = now();
    const r = run('/bin/true', []);
    await r.ended;
    const after = now();
    const created = await seen.created(r.pid);
    const ended = await seen.terminated(r.pid);
    const start = microseconds(created.process.startTime);
    const exec = microseconds(created.time);
    const end = microseconds(ended.time);
    // The reading before is cut to its millisecond, so it is not later; the one after may be cut by nearly one.
    expect(start).toBeGreaterThanOrEqual(before);
    expect(exec).toBeGreaterThan(start);
    expect(end).toBeGreaterThan(exec);
    expect(end).toBeLessThan(after + 1);
    expect(created.data.UtcTime).toBe(created.process.startTime.replace('T', ' ').slice(0, 23));
    expect(ended.data.UtcTime).toBe(ended.time.replace('T', ' ').slice(0, 23));
  }
});

test('events about the sensor itself carry the time too', async () => {
  const own = new Sysmon({ hash: 'none' });
  const capture = record(own);
  const before = now();
  await own.start();
  await own.stop();
  const after = now();
  const states = capture.events.filter((e) => e.type === 'ServiceStateChange');
  expect(states.map((e) => e.data.State)).toEqual(['Started', 'Stopped']);
  for (const e of states) {
    expect(microseconds(e.time)).toBeGreaterThanOrEqual(before - 1);
    expect(microseconds(e.time)).toBeLessThan(after + 1);
    expect(e.data.UtcTime).toBe(e.time.replace('T', ' ').slice(0, 23));
  }
});
