// One way of moving events, measured in a process of its own: node transport.mjs MODE ROUNDS ROUND_MS [RATE]
// Prints one JSON object: CPU ns per event, the median of the rounds.
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addonFolder, median } from './common.mjs';

/** Where control groups of version 2 are mounted. */
function cgroup2() {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const mount = mounts.map((line) => line.split(' ')).find((words) => words[words.indexOf('-') + 1] === 'cgroup2');
  if (mount === undefined) throw new Error('control groups of version 2 are not mounted here');
  return mount[4];
}

const [mode, rounds, roundMs, rate = '0'] = process.argv.slice(2);
// The package's own addon, over the producer's ring.
process.env.SYSMON_ADDON = join(addonFolder, 'build/Release/sysmon_bench.node');
// Of whom the records are: of processes in a container, whose control group is there as long as this runs.
const group = mode === 'container' ? join(cgroup2(), `docker-${randomBytes(32).toString('hex')}.scope`) : undefined;
if (group !== undefined) {
  mkdirSync(group);
  process.on('exit', () => rmdirSync(group));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  process.env.SYSMON_BENCH_CGROUP = String(statSync(group).ino);
}
const bench = createRequire(import.meta.url)(join(addonFolder, 'build/Release/sysmon_bench.node'));

let delivered = 0;
let bytes = 0;
let contained = 0;
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
  case 'container':
  case 'origin':
  case 'redact':
  case 'dropByRule':
  case 'dropByFilter': {
    const { Sysmon } = await import('../../dist/index.js');
    sysmon = new Sysmon({
      events: ['ProcessCreate'],
      hash: 'none',
      origin: mode === 'origin',
      redact: mode === 'redact' ? 'default' : undefined,
      config:
        mode === 'dropByRule'
          ? 'rules:\n  - { event: ProcessCreate, onmatch: include, match: [{ Image: /none }] }'
          : undefined,
      filter: mode === 'dropByFilter' ? (e) => e.data.Image === '/none' : undefined,
    });
    sysmon.on('ProcessCreate', (e) => {
      delivered++;
      bytes += e.data.CommandLine.length;
      if (e.process.container !== undefined) contained++;
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
    const output = Output.to(file);
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
if (mode === 'container' && contained < delivered / 2) throw new Error('the events are of no container');
if (bytes === 0 && mode !== 'plain' && !dropped) throw new Error('the listener saw no command line');
await sysmon?.stop();
bench.stop();
emptier?.kill();
if (folder) rmSync(folder, { recursive: true });
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
