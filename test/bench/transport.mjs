// One way of moving events, measured in a process of its own: node transport.mjs MODE ROUNDS ROUND_MS [RATE]
// Prints one JSON object: CPU ns per event, the median of the rounds.
import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addonFolder, median } from './common.mjs';

const [mode, rounds, roundMs, rate = '0'] = process.argv.slice(2);
// The package's own addon, over the producer's ring.
process.env.SYSMON_ADDON = join(addonFolder, 'build/Release/sysmon_bench.node');
const bench = createRequire(import.meta.url)(join(addonFolder, 'build/Release/sysmon_bench.node'));

let delivered = 0;
let bytes = 0;
let sysmon;
let folder;
let emptier;
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
  case 'pipeline':
  case 'dropByRule':
  case 'dropByFilter': {
    const { Sysmon } = await import('../../dist/index.js');
    sysmon = new Sysmon({
      events: ['ProcessCreate'],
      hash: 'none',
      config:
        mode === 'dropByRule'
          ? 'rules:\n  - { event: ProcessCreate, onmatch: include, match: [{ Image: /none }] }'
          : undefined,
      filter: mode === 'dropByFilter' ? (e) => e.data.Image === '/none' : undefined,
    });
    sysmon.on('ProcessCreate', (e) => {
      delivered++;
      bytes += e.data.CommandLine.length;
    });
    await sysmon.start();
    break;
  }
  // As `sysmon run --format json --output FILE` does it.
  case 'ndjson':
  case 'ndjsonNew': {
    const { Sysmon } = await import('../../dist/index.js');
    const { Output } = await import('../../dist/cli/output.js');
    const { createJson } = await import('../../dist/serializer/index.js');
    folder = mkdtempSync(join(tmpdir(), 'sysmon-bench-'));
    const file = join(folder, 'events.ndjson');
    const output = new Output(file);
    const serialize = createJson();
    sysmon = new Sysmon({ events: ['ProcessCreate'], hash: 'none', flushIntervalMs: 50 });
    const events = sysmon.events({ onFull: 'block', highWaterMark: 256 });
    // The file need not hold all of it: it is opened for appending, and emptied. By another program: to give back its
    // pages takes time that no sensor spends.
    emptier = spawn('sh', ['-c', 'while sleep 0.25 && kill -0 $PPID 2>/dev/null; do : > "$0"; done', file], {
      stdio: 'ignore',
    });
    void (async () => {
      for await (const first of events) {
        for (let event = first; event !== undefined; event = events.poll()) {
          bytes += event.data.CommandLine?.length ?? 0;
          delivered++;
          const full = output.document(serialize, event);
          if (full) await full;
        }
      }
    })();
    await sysmon.start();
    break;
  }
  default:
    throw new Error(`no mode ${mode}`);
}

// 300 processes become known first; then every record is of one of them, or a new process each.
bench.produce(Number(rate), false);
const renew = mode === 'pipeline' || mode === 'ndjsonNew';
await sleep(renew ? 200 : 1000);
if (renew) {
  bench.produce(Number(rate), true);
  await sleep(1000);
}

const dropped = mode.startsWith('drop');
function look() {
  const t = bench.times();
  return { ...t, delivered: mode === 'plain' ? t.consumed : dropped ? t.produced - t.lost : delivered };
}
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
if (dropped && (delivered > 0 || (mode === 'dropByFilter' && sysmon.stats().filtered === 0)))
  throw new Error('the wrong events were dropped');
if (bytes === 0 && mode !== 'plain' && !dropped) throw new Error('the listener saw no command line');
await sysmon?.stop();
bench.stop();
emptier?.kill();
if (folder) rmSync(folder, { recursive: true });
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
