// What those outside pay for a build that is watched: node outside.mjs [PAIRS] [ROUNDS]. Prints one JSON object.
//
// A storm of programs and files runs beside a build that never ends, once with watch() around the build and once
// without, in turn: `ratio` is the CPU time of the storm with, divided by that without, of each pair. It is the
// storm's own time, user and system, for the hooks run in it; what the sensor uses is `sensorCpuMs`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from '../../dist/watch/index.js';
import { median, quantile } from './common.mjs';

const [pairs = 15, rounds = 300] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'sysmon-outside-'));
writeFileSync(join(folder, 'unit.c'), '#include <stdio.h>\nint main(void) { return printf("x"); }\n');
const build = ['bash', ['--norc', '-c', 'while :; do cc -c unit.c -o unit.o; done']];
// Two programs and four changes of files a round; `times` tells of the shell, and then of all that it made.
const storm = `for ((i = 0; i < ${rounds}; i++)); do /bin/true; : > a; echo b >> a; mv a b; rm b; done; times`;

/** CPU that the storm took, in milliseconds. */
async function stormMs() {
  const child = spawn('bash', ['--norc', '-c', storm], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  await once(child, 'close');
  const times = [...text.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => (60 * Number(m) + Number(s)) * 1000);
  if (times.length !== 4) throw new Error(`the storm failed: ${text}`);
  return times.reduce((a, b) => a + b);
}

async function without() {
  const child = spawn(build[0], build[1], { cwd: folder, stdio: 'ignore' });
  await once(child, 'spawn');
  try {
    return await stormMs();
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

let sensorCpuMs = 0;
let lost = 0;
async function watched() {
  const run = await watch(build[0], build[1], { cwd: folder, stdio: 'ignore', hash: 'none' });
  const before = process.cpuUsage();
  try {
    return await stormMs();
  } finally {
    const { user, system } = process.cpuUsage(before);
    sensorCpuMs += (user + system) / 1000;
    run.child.kill('SIGKILL');
    const { report } = await run.done;
    lost += report.losses.reduce((sum, { count }) => sum + count, 0);
  }
}

try {
  await stormMs(); // the files of the programs are in the cache then
  const ratios = [];
  const plainMs = [];
  for (let i = 0; i < pairs; i++) {
    const first = i % 2 ? await watched() : await without();
    await sleep(100);
    const second = i % 2 ? await without() : await watched();
    const [plain, beside] = i % 2 ? [second, first] : [first, second];
    plainMs.push(plain);
    ratios.push(beside / plain);
  }
  const of = (q) => Number(quantile(ratios, q).toFixed(4));
  console.log(
    JSON.stringify({
      pairs,
      rounds,
      ratio: Number(median(ratios).toFixed(4)),
      quartiles: [of(0.25), of(0.75)],
      plainMs: Math.round(median(plainMs)),
      sensorCpuMs: Math.round(sensorCpuMs / pairs),
      lost,
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
