// node test/bench/calls.mjs [--turns N] [TREE…]: ns that file calls cost in the kernel, by its own count of what the
// programs of the sensor take. Of several built trees (default: this one) each has its turn in turn, and is compared
// with the first. What other processes do to files meanwhile is in it: the median and the least of the turns are told.
// Needs root, and `npm run bench` or `cc -O2 -o build/bench/sysmon_bench_work test/bench/native/work.c` before.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { median, output, root, work } from './common.mjs';

const kinds = ['create', 'link', 'mkdir', 'rename', 'truncate', 'utime', 'write'];
const calls = 1000;
const counting = '/proc/sys/kernel/bpf_stats_enabled';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { turns: { type: 'string', default: '15' }, events: { type: 'string' } },
});
const trees = positionals.length > 0 ? positionals.map((p) => resolve(p)) : [root];

/** A sensor of that tree in a process of its own, which ends with its standard input. */
async function start(tree) {
  const events = values.events?.split(',') ?? [
    ...['FileCreate', 'FileDelete', 'FileDeleteDetected', 'FileModify', 'FileCreateTime', 'RawAccessRead', 'PipeEvent'],
  ];
  const code = `const { Sysmon } = await import(${JSON.stringify(`${tree}/dist/index.js`)});
    const s = new Sysmon({ hash: 'none', ringBytes: 64 << 20, events: ${JSON.stringify(events)} });
    s.on('event', () => {});
    await s.start();
    console.log('ready');
    process.stdin.on('end', () => s.stop()).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the sensor of ${tree} did not start`))),
  ]);
  return child;
}

/** What the programs that a process has loaded took so far. */
function taken(pid) {
  let ns = 0;
  let runs = 0;
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    let text = '';
    try {
      text = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8');
    } catch {
      // closed meanwhile
    }
    const count = /^run_time_ns:\s+(\d+)\nrun_cnt:\s+(\d+)/m.exec(text);
    if (!count) continue;
    ns += Number(count[1]);
    runs += Number(count[2]);
  }
  return { ns, runs };
}

const folder = mkdtempSync('/dev/shm/sysmon-bench-');
const counted = readFileSync(counting, 'utf8');
const rows = kinds.map((kind) => ({ kind, ns: trees.map(() => []), runs: trees.map(() => []) }));
writeFileSync(counting, '1');
process.chdir(folder);
try {
  for (let turn = 0; turn < Number(values.turns); turn++) {
    for (let i = 0; i < trees.length; i++) {
      const tree = turn % 2 ? trees.length - 1 - i : i;
      const sensor = await start(trees[tree]);
      for (const row of rows) {
        await output(work, 'calls', row.kind, calls); // what is done once for each file or process is done
        for (let again = 0; again < 3; again++) {
          const before = taken(sensor.pid);
          await output(work, 'calls', row.kind, calls);
          const after = taken(sensor.pid);
          row.ns[tree].push((after.ns - before.ns) / calls);
          row.runs[tree].push((after.runs - before.runs) / calls);
        }
      }
      sensor.stdin.end();
      await once(sensor, 'exit');
    }
  }
} finally {
  process.chdir('/');
  writeFileSync(counting, counted);
  rmSync(folder, { recursive: true });
}
trees.forEach((tree, i) => console.log(`${i + 1}: ${tree}`));
const change = (ns, first) =>
  ns === first ? '' : ` (${ns < first ? '' : '+'}${Math.round((ns / first - 1) * 100)} %)`;
for (const row of rows) {
  const of = (f) => row.ns.map((ns) => `${Math.round(f(ns))}${change(f(ns), f(row.ns[0]))}`).join(' -> ');
  const least = (ns) => Math.min(...ns);
  console.log(
    `${row.kind.padEnd(9)} median ns ${of(median)}; least ${of(least)}; runs ${row.runs.map((r) => median(r).toFixed(1)).join(' -> ')}`,
  );
}
