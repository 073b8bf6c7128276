/** While the ring fills, nobody's flood takes what others need: who floods loses, and is named. */
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type LossRecord, type SysmonEvent, type SysmonStats } from '../../../lib/index.js';
import { blockUntilEnded } from '../helpers/block.js';
import { stormSize } from '../helpers/storm.js';
import { cgroupMount } from '../helpers/truth.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

const connections = 40;
let folder: string;
let flood: string;
beforeAll(() => {
  folder = makeFolder();
  flood = compile(new URL('flood.c', import.meta.url), join(folder, 'flood'));
});
afterAll(() => removeFolder(folder));

interface Flooded {
  readonly pid: number;
  readonly flood: number;
  readonly done: number;
  readonly most: number;
  readonly events: readonly SysmonEvent[];
  readonly losses: readonly LossRecord[];
  readonly stats: SysmonStats;
}

/** A control group for this test. */
function makeGroup(under: string, name: string): string {
  const group = join(under, `sysmon-${name}-${process.pid}`);
  mkdirSync(group);
  onTestFinished(() => rmdirSync(group));
  return group;
}

/** Nobody takes what is produced until the flood has ended: what the ring keeps is what the kernel side chose. */
async function flooded(kind: 'files' | 'processes', before: number, groups: readonly string[] = []): Promise<Flooded> {
  const sysmon = new Sysmon({
    events: ['ProcessCreate', 'ProcessTerminate', 'FileCreate', 'NetworkConnect'],
    hash: 'none',
    ringBytes: 1 << 20,
  });
  onTestFinished(() => sysmon.stop());
  const events: SysmonEvent[] = [];
  const losses: LossRecord[] = [];
  let asleep = false;
  sysmon.on('loss', (l) => losses.push(l));
  sysmon.on('event', (e) => {
    events.push(e);
    if (asleep || e.type !== 'FileCreate' || !e.data.TargetFilename.startsWith(folder)) return;
    asleep = true;
    blockUntilEnded([program.pid]);
  });
  await sysmon.start();
  // In a group of its own: what else this machine does is not held against it.
  const mount = cgroupMount();
  const join_ = mount === undefined ? 'exec "$@"' : `echo $$ > ${makeGroup(mount, 'own')}/cgroup.procs; exec "$@"`;
  const program = run('sh', ['-c', join_, 'sh', flood, kind, folder, String(before), String(connections), ...groups]);
  const { code, stdout, stderr } = await program.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await sysmon.stop();
  const [pid = 0, child = 0, done = 0, most = 0] = stdout.trim().split(' ').map(Number);
  return { pid, flood: child, done, most, events, losses, stats: sysmon.stats() };
}

/** What one process lost of one type. */
const lostBy = (losses: readonly LossRecord[], type: string, pid: number): number =>
  losses
    .filter((l) => l.eventType === type)
    .flatMap((l) => l.processes ?? [])
    .filter((p) => p.pid === pid)
    .reduce((sum, p) => sum + p.count, 0);

const lostOf = ({ lost }: SysmonStats, type: string, stage?: string): number =>
  Object.entries(lost).reduce(
    (sum, [at, row]) => sum + (stage === undefined || at === stage ? (row[type] ?? 0) : 0),
    0,
  );

/** Both ends of each. */
function expectConnections({ pid, events, stats }: Flooded): void {
  const own = events.filter((e) => e.type === 'NetworkConnect' && e.data.ProcessId === pid);
  const initiated = own.filter((e) => e.type === 'NetworkConnect' && e.data.Initiated);
  expect([initiated.length, own.length - initiated.length]).toEqual([connections, connections]);
  expect(lostOf(stats, 'NetworkConnect')).toBe(0);
}

test('a flood of files by one process', { timeout: 120_000 }, async (context) => {
  if (stormSize < 1000) context.skip('a machine that is emulated fills no queue: needs SYSMON_STORM_SIZE=1000');
  const seen = await flooded('files', 10_000);
  const { events, losses, stats } = seen;
  expectConnections(seen);
  const delivered = events.filter((e) => e.type === 'FileCreate' && e.data.ProcessId === seen.flood).length;
  const lost = lostBy(losses, 'FileCreate', seen.flood);
  console.log({ done: seen.done, delivered, lost, stages: stats.lost });
  expect(lostOf(stats, 'FileCreate', 'share')).toBeGreaterThan(seen.done / 10);
  expect(delivered + lost).toBe(seen.done);
  // It is named, and first, wherever it lost; and in the counters of the whole run.
  const first = losses.filter((l) => l.stage === 'share' && l.count > 1000);
  expect(first.length).toBeGreaterThan(0);
  for (const l of first) expect(l.processes?.[0]).toMatchObject({ pid: seen.flood, image: flood });
  expect(stats.losers[0]).toEqual({ pid: seen.flood, image: flood, count: lost });
  expect(lostOf(stats, 'FileCreate', 'reserve')).toBe(0);
  // Nor did it lose its own end.
  expect(events.some((e) => e.type === 'ProcessTerminate' && e.data.ProcessId === seen.flood)).toBe(true);
});

/** A group of version 2, and where that has no limit of processes one of version 1 beside it. */
function limitedGroup(mount: string, most: number): string[] {
  const unified = makeGroup(mount, 'bomb');
  const v1 = /^\S+ \S+ \S+ \/ (\S+) .* - cgroup \S+ \S*\bpids\b/m.exec(
    readFileSync('/proc/self/mountinfo', 'utf8'),
  )?.[1];
  if (v1 === undefined) writeFileSync(join(mount, 'cgroup.subtree_control'), '+pids');
  const limited = v1 === undefined ? unified : makeGroup(v1, 'bomb');
  writeFileSync(join(limited, 'pids.max'), String(most));
  return [...new Set([unified, limited])].map((g) => join(g, 'cgroup.procs'));
}

test('a fork bomb in a control group', { timeout: 120_000 }, async (context) => {
  if (stormSize < 1000) context.skip('a machine that is emulated fills no queue: needs SYSMON_STORM_SIZE=1000');
  const mount = cgroupMount();
  if (mount === undefined) return context.skip('cgroup2 is not mounted here');
  const seen = await flooded('processes', 3500, limitedGroup(mount, 64));
  const { events, stats } = seen;
  expect(seen.most).toBeLessThanOrEqual(64);
  expectConnections(seen);
  const delivered = events.filter((e) => e.type === 'FileCreate' && e.data.TargetFilename.startsWith(folder)).length;
  console.log({ done: seen.done, most: seen.most, delivered, stages: stats.lost });
  expect(delivered + lostOf(stats, 'FileCreate')).toBeGreaterThanOrEqual(seen.done);
  expect(lostOf(stats, 'ProcessTerminate', 'share')).toBeGreaterThan(seen.done / 10);
  // Every record that was lost was the bomb's: its end, which is of another group, is told.
  expect(events.some((e) => e.type === 'ProcessTerminate' && e.data.ProcessId === seen.pid)).toBe(true);
});
