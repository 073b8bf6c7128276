// How late the timers of a program are whose listener takes 50 ms, at 200 events a second: node loop.mjs [SECONDS]
// Prints one JSON object, in milliseconds. Needs root and `npm run bench` once, which builds what it uses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, work } from './common.mjs';
import { Sysmon } from '../../dist/index.js';

const seconds = Number(process.argv[2] ?? 20);
const listenerMs = 50;
let heard = 0;
const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: 'none' });
for (const type of ['ProcessCreate', 'ProcessTerminate'])
  sysmon.on(type, () => {
    heard++;
    for (const end = performance.now() + listenerMs; performance.now() < end;);
  });
await sysmon.start();
// Each process is two events.
const load = spawn(work, ['spawn', String(100 * seconds), '100'], { stdio: ['ignore', 'ignore', 'inherit'] });
const ended = once(load, 'exit');
const late = [];
for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
  const due = performance.now() + 1;
  await sleep(1);
  late.push(performance.now() - due);
}
load.kill();
await ended;
const { lost, queuedBatches } = sysmon.stats();
console.log(
  JSON.stringify({
    heard,
    timers: late.length,
    lateMs: { median: quantile(late, 0.5), p99: quantile(late, 0.99), most: Math.max(...late) },
    queuedBatches,
    lost,
  }),
);
process.exit(0); // what waits would take minutes at this pace
