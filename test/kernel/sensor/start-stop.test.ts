/**
 * The ends of a run, while processes come and go: what was seen before the processes were known, and what is seen when
 * the programs are taken off one after the other, is not delivered.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type SysmonEvent } from '../../../lib/index.js';
import { makeFolder } from '../helpers/workspace.js';
import { record } from '../helpers/capture.js';
import { heldBy } from './teardown/bpf-objects.js';

const rounds = Math.min(20, Number(process.env['SYSMON_CYCLES'] ?? 20));
const storms: ChildProcess[] = [];
let folder = '';

beforeAll(() => {
  folder = makeFolder();
  for (let i = 0; i < 3; i++) {
    const file = join(folder, String(i));
    storms.push(
      spawn('/bin/sh', ['-c', `while :; do (echo x > ${file}); /bin/cat ${file}; (rm ${file}) & :; done`], {
        stdio: 'ignore',
      }),
    );
  }
});
afterAll(async () => {
  for (const s of storms) {
    s.kill('SIGKILL');
    if (s.exitCode === null && s.signalCode === null) await new Promise((resolve) => s.once('exit', resolve));
  }
  execFileSync('rm', ['-rf', folder]);
});

/** What an event may not say of its process, for nothing was lost. */
function unknown(e: SysmonEvent): string[] {
  const p = e.process;
  if (!p || p.kernelThread) return [];
  const names: Record<string, boolean> = {
    image: p.image === '-' || ('Image' in e.data && e.data.Image === '-'),
    ppid: p.ppid === 0 && p.pid !== 1,
    namespaces: p.namespaces?.mnt === undefined || p.namespaces.mnt === 0,
    cgroup: p.cgroup === undefined || p.cgroup.id === '0',
    uncertain: p.uncertain === true && [...p.ancestors()].some((a) => storms.some((s) => s.pid === a.pid)),
  };
  return Object.keys(names).filter((name) => names[name]);
}

test(
  `${String(rounds)} starts and stops in a storm: no event of a process that nobody knows`,
  { timeout: 60_000 + rounds * 60_000 },
  async () => {
    const bad: string[] = [];
    const held: string[] = [];
    let [events, losses] = [0, 0];
    for (let i = 0; i < rounds; i++) {
      const sysmon = new Sysmon({ events: 'all', hash: 'none', ringBytes: 32 << 20 });
      const seen = record(sysmon);
      await sysmon.start();
      await sleep(50);
      await sysmon.stop();
      // The programs of system calls have links since 5.15; those of before are taken off later.
      held.push(...[...heldBy(process.pid)].filter((key) => key.startsWith('link')));
      expect(seen.events[0]?.data).toMatchObject({ State: 'Started' });
      losses += seen.losses.length;
      for (const e of seen.events) {
        if (!e.process) continue;
        events++;
        const what = unknown(e);
        if (what.length > 0)
          bad.push(
            `round ${String(i)}, ${e.type} at ${e.time}: ${what.join()} of ${e.process.strongId} (${e.process.image})`,
          );
      }
    }
    expect(events).toBeGreaterThan(rounds);
    expect(losses).toBe(0);
    expect(bad).toEqual([]);
    expect(held, 'attached when stop() had settled').toEqual([]);
    for (const s of storms) expect(readFileSync(`/proc/${String(s.pid)}/comm`, 'utf8')).toBe('sh\n');
  },
);
