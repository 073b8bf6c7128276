// One way of moving events, measured in a process of its own: node transport.mjs MODE ROUNDS ROUND_MS [RATE]
// Prints one JSON object: CPU ns per event, the median of the rounds.
import { EventEmitter } from 'eventemitter3';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addonFolder, median } from './common.mjs';

const [mode, rounds, roundMs, rate = '0'] = process.argv.slice(2);
// node-gyp-build takes the addon from here: the package's own, over the producer's ring.
process.env['@ORG/SYSMON_PREBUILD'] = addonFolder;
const bench = createRequire(import.meta.url)(join(addonFolder, 'build/Release/sysmon_bench.node'));

let delivered = 0;
let bytes = 0;
let sysmon;
switch (mode) {
  case 'plain':
    bench.plain();
    break;
  case 'naive': {
    const emitter = new EventEmitter();
    emitter.on('ProcessCreate', (e) => {
      delivered++;
      bytes += e.CommandLine.length;
    });
    bench.naive((e) => emitter.emit('ProcessCreate', e));
    break;
  }
  case 'typed':
  case 'pipeline': {
    const { Sysmon } = await import('../../dist/index.js');
    sysmon = new Sysmon({ events: ['ProcessCreate'], hash: 'none' });
    sysmon.on('ProcessCreate', (e) => {
      delivered++;
      bytes += e.data.CommandLine.length;
    });
    await sysmon.start();
    break;
  }
  default:
    throw new Error(`no mode ${mode}`);
}

// 300 processes become known first; then every record is of one of them, or a new process each.
bench.produce(Number(rate), false);
await sleep(mode === 'pipeline' ? 200 : 1000);
if (mode === 'pipeline') {
  bench.produce(Number(rate), true);
  await sleep(1000);
}

const look = () => ({ ...bench.times(), delivered: mode === 'plain' ? bench.times().consumed : delivered });
const samples = [];
const first = look();
let before = first;
for (let i = 0; i < Number(rounds); i++) {
  await sleep(Number(roundMs));
  const now = look();
  const n = now.delivered - before.delivered;
  if (n === 0) throw new Error('no event came');
  const per = (key) => (now[key] - before[key]) / n;
  samples.push({
    total: per('process') - per('producer'),
    main: per('main'),
    worker: per('worker'),
    rate: (n / (now.wall - before.wall)) * 1e9,
  });
  before = now;
}
const result = {
  ...Object.fromEntries(['total', 'main', 'worker', 'rate'].map((k) => [k, median(samples.map((s) => s[k]))])),
  events: before.delivered - first.delivered,
  produced: before.produced - first.produced,
  lost: before.lost - first.lost,
};
if (bytes === 0 && mode !== 'plain') throw new Error('the listener saw no command line');
await sysmon?.stop();
bench.stop();
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
