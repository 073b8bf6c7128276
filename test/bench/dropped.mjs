// What an event costs that is dropped: by scope, by rules in the kernel, by the same rules on the worker, by a filter
// in JavaScript, and beside them one that is told. node test/bench/dropped.mjs [quick]. All in turn, in one run.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { Sysmon } = await import('../../dist/index.js');
const quick = process.argv[2] === 'quick';
const files = quick ? 2000 : 20_000;
const turns = quick ? 1 : 5;
const folder = mkdtempSync(join(tmpdir(), 'sysmon-dropped-'));
const stranger = spawn('sleep', ['infinity'], { stdio: 'ignore' });
process.on('exit', () => {
  stranger.kill();
  rmSync(folder, { recursive: true });
});

const rules = `rules:\n  - event: FileCreate\n    onmatch: exclude\n    match: [{ TargetFilename: { 'begin with': '${folder}/' } }]\n`;
const events = ['FileCreate'];
const ours = (e) => e.data.TargetFilename.startsWith(folder);
const kinds = {
  scope: { events, scope: { pid: stranger.pid } },
  kernel: { events, config: rules },
  worker: { events, config: rules, pushdown: false },
  javaScript: { events, filter: (e) => !ours(e) },
  told: { events },
};
const load = `import os
for i in range(${files}):
  os.close(os.open("${folder}/%d" % i, os.O_CREAT | os.O_WRONLY))
  os.unlink("${folder}/%d" % i)
`;

/** CPU ns of one file: the sensor's, and what programs of eBPF take. */
async function one(options) {
  const sysmon = new Sysmon({ hash: 'none', ringBytes: 64 << 20, measure: true, ...options });
  let told = 0;
  sysmon.on('FileCreate', (e) => (told += ours(e)));
  await sysmon.start();
  await sleep(1500); // counters are at most a second old
  const runs = () => Object.values(sysmon.stats().native?.programs ?? {}).reduce((sum, { ns }) => sum + ns, 0);
  const kernel = runs();
  const cpu = process.cpuUsage();
  const child = spawn('python3', ['-c', load], { stdio: 'inherit' });
  await new Promise((resolve, reject) => child.on('exit', (code) => (code === 0 ? resolve() : reject(code))));
  await sleep(1500);
  const { user, system } = process.cpuUsage(cpu);
  const native = sysmon.stats().native;
  const result = {
    sensorNs: ((user + system) * 1000) / files,
    kernelNs: (runs() - kernel) / files,
    told,
    filtered: native.kernel.file_create.filtered,
    ruledOut: native.ruledOut,
  };
  await sysmon.stop();
  return result;
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
if (spawnSync('python3', ['-V']).status !== 0) throw new Error('python3 is missing: it makes the files');
const all = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
for (let turn = 0; turn < turns; turn++)
  for (const [kind, options] of Object.entries(kinds)) all[kind].push(await one(options));
const rows = Object.entries(all).map(([kind, list]) => [
  kind,
  {
    ...list.at(-1),
    sensorNs: Math.round(median(list.map((r) => r.sensorNs))),
    kernelNs: Math.round(median(list.map((r) => r.kernelNs))),
  },
]);
process.stdout.write(`${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
process.exit(0);
