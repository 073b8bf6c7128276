/** Ten thousand short connections a second: each is seen at both ends, or counted as lost. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type LossRecord } from '../../../lib/index.js';
import { stormSize } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

// A guest under emulation runs a storm of tens of processes; its connections are as few.
const count = stormSize < 1000 ? stormSize * 10 : 100_000;
const rate = 10_000;

let folder: string;
let program: string;
beforeAll(() => {
  folder = makeFolder();
  program = compile(new URL('connections.c', import.meta.url), join(folder, 'connections'));
});
afterAll(() => removeFolder(folder));

test.each([
  ['nothing is lost as a rule', 8 << 20],
  ['what is lost because the listener sleeps is counted', 64 << 10],
] as const)(
  '%s',
  async (_name, ringBytes) => {
    const sysmon = new Sysmon({ events: ['NetworkConnect'], hash: 'none', ringBytes });
    let pid = 0;
    const seen = { true: 0, false: 0 };
    const losses: LossRecord[] = [];
    const early: number[] = [];
    let slept = ringBytes > 1 << 20;
    sysmon.on('NetworkConnect', (e) => {
      if (!slept && e.data.ProcessId === pid) {
        slept = true;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8000);
      }
      if (pid === 0) early.push(e.data.ProcessId);
      else if (e.data.ProcessId === pid) seen[`${e.data.Initiated}`]++;
    });
    sysmon.on('loss', (l) => losses.push(l));
    await sysmon.start();
    const r = run(program, [String(count), String(rate)]);
    pid = r.pid;
    const ended = await r.ended;
    await sysmon.stop();
    expect(ended).toMatchObject({ code: 0 });
    expect(early).not.toContain(pid);
    const [made, accepted, ms, cpuNs] = ended.stdout.split(' ').map(Number);
    expect([made, accepted]).toEqual([count, count]);
    const lost = losses.filter((l) => l.eventType === 'NetworkConnect').reduce((sum, l) => sum + l.count, 0);
    console.log(
      `${count} connections in ${ms} ms, ${Math.round(cpuNs / count)} ns of CPU each: seen ${seen.true} made, ${seen.false} accepted, lost ${lost}`,
    );
    const { produced, dropped } = sysmon.stats().native?.kernel['network'] ?? { produced: 0, dropped: {} };
    expect(Object.values(dropped).reduce((a, b) => a + b, 0)).toBe(lost);
    expect(produced).toBeGreaterThanOrEqual(2 * count);
    if (ringBytes > 1 << 20) {
      expect(seen).toEqual({ true: count, false: count });
      expect(lost).toBe(0);
    } else {
      if (count > 10_000) expect(lost).toBeGreaterThan(0);
      // Others may have connected, and lost, meanwhile.
      expect(seen.true + seen.false).toBeLessThanOrEqual(2 * count);
      expect(seen.true + seen.false + lost).toBeGreaterThanOrEqual(2 * count);
    }
  },
  120_000,
);
