/** Nothing vanishes: per type, what the kernel produced was delivered, or is counted where it stopped. */
import { expect } from 'vitest';
import type { Sysmon } from '../../../lib/index.js';

/** Names of the kernel's records that give rise to events, as stats() names them. */
const wireOf = { ProcessCreate: 'exec', ProcessTerminate: 'exit' } as const;

/** Of a sensor that has stopped: its counters are final. */
export function expectAccounts(sysmon: Sysmon): void {
  const { events, lost, filtered, native } = sysmon.stats();
  if (!native) throw new Error('the sensor never ran');
  expect(native.malformed).toBe(0);
  expect(filtered).toBe(0);
  const lostOf = (type: string, stage?: string): number =>
    Object.entries(lost).reduce(
      (sum, [s, row]) => sum + (stage === undefined || s === stage ? (row[type] ?? 0) : 0),
      0,
    );
  let taken = 0;
  for (const [type, wire] of Object.entries(wireOf)) {
    const counters = native.kernel[wire];
    if (!counters) throw new Error(`no counters of ${wire}`);
    const dropped = Object.values(counters.dropped).reduce((a, b) => a + b, 0);
    const noEvents = wire === 'exit' ? native.kernelThreads + native.duplicates + native.earlyExits : native.earlyExecs;
    const delivered = events[type as keyof typeof wireOf] ?? 0;
    // What is lost in JavaScript was delivered to all but the reader that was too slow.
    expect({ type, sum: delivered + noEvents + dropped }).toEqual({ type, sum: counters.produced });
    expect({ type, lost: lostOf(type) - lostOf(type, 'consumer') }).toEqual({ type, lost: dropped });
    taken += counters.produced - dropped;
  }
  const fork = native.kernel['fork'];
  if (!fork) throw new Error('no counters of fork');
  const dropped = Object.values(fork.dropped).reduce((a, b) => a + b, 0);
  expect(lostOf('ProcessFork')).toBe(dropped);
  expect(native.records).toBe(taken + fork.produced - dropped);
}
