// What the measures of sensor.mjs have in common: a load, a sensor or the command beside it, and what either uses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addonFolder, median, output, quantile, root, work } from './common.mjs';

export const bench = createRequire(import.meta.url)(join(addonFolder, 'build/Release/sysmon_bench.node'));
export const quick = process.argv[3] === 'quick';

// Nothing of ours outlives us, however we end.
const children = new Set();
export function begin(command, args, options) {
  const child = spawn(command, args, options);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
process.on('exit', () => children.forEach((c) => c.kill('SIGTERM')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export const spawned = async (n, rate = 0) => {
  const [wallNs, cpuNs] = (await output(work, 'spawn', n, rate)).split(' ').map(Number);
  return { wallNs, cpuNs };
};

/** CPU that a process uses while `f` runs. */
export async function cpuDuring(pid, f) {
  const cpu = bench.processCpu(pid);
  const wall = bench.now();
  const result = await f();
  return { cpuNs: bench.processCpu(pid) - cpu, wallNs: (bench.now() - wall) * 1000, result };
}

/** Runs `sysmon run` into a file until `f` is done with its pid and the file. */
export async function withCommand(f) {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-bench-'));
  const file = join(folder, 'events.ndjson');
  const child = begin(
    process.execPath,
    [join(root, 'dist/cli/main.js'), 'run', '--hash', 'none', '--format', 'json', '--output', file],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const lines = () => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  try {
    for (let i = 0; ; i++) {
      await sleep(100);
      try {
        if (lines().some((l) => l.includes('"Started"'))) break;
      } catch {
        // not there yet
      }
      if (i > 100 || child.exitCode !== null) throw new Error('sysmon run did not start');
    }
    return await f(child.pid, lines);
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
}

export async function withSensor(options, f) {
  const { Sysmon } = await import('../../dist/index.js');
  const sysmon = new Sysmon({ hash: 'none', ...options });
  await sysmon.start();
  try {
    return await f(sysmon);
  } finally {
    await sysmon.stop();
    // The kernel takes programs off its tracepoints behind our back, each after a grace period: until then they cost.
    if (options.events?.some((e) => followsCalls.includes(e))) await sleep(quick ? 100 : 5000);
  }
}

export async function withSleepers(n, f) {
  const child = begin(work, ['sleepers', String(n)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  try {
    return await f();
  } finally {
    child.stdin.end();
    await once(child, 'exit');
  }
}

export const rssKiB = (pid = 'self') => {
  // The ring is mapped, twice in part: it has a size of its own that the user chose.
  let sum = 0;
  let ring = 0;
  let inRing = false;
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) inRing = line.includes('bpf-map');
    const rss = /^Rss: +(\d+)/.exec(line);
    if (rss) inRing ? (ring += Number(rss[1])) : (sum += Number(rss[1]));
  }
  return { sum, ring };
};

export const fileEvents = [
  'FileCreate',
  'FileDelete',
  'FileDeleteDetected',
  'FileModify',
  'FileCreateTime',
  'RawAccessRead',
  'PipeEvent',
];

/** Types whose programs are at the calls of every process. */
const followsCalls = [...fileEvents, 'ProcessAccess', 'ImageLoad'];

/** What a call that is repeated costs with a sensor, against without one, in turn. */
export async function slowdown(load, calls, events) {
  const ratios = [];
  const bare = [];
  const one = async () => Number(await output(work, load, calls));
  const watched = () => withSensor({ events }, one);
  for (let i = 0; i < (quick ? 2 : 15); i++) {
    // Which of the two comes first changes: what drifts then falls on both.
    const first = i % 2 ? await watched() : await one();
    const second = i % 2 ? await one() : await watched();
    const [off, on] = i % 2 ? [second, first] : [first, second];
    bare.push(off);
    ratios.push(on / off);
  }
  return {
    ns: median(bare),
    slowdown: median(ratios) - 1,
    spread: [quantile(ratios, 0.25) - 1, quantile(ratios, 0.75) - 1],
  };
}
