// The sensor itself on the running kernel: node sensor.mjs MEASURE quick|full. Prints one JSON object.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, output, quantile, root, work } from './common.mjs';
import {
  begin,
  bench,
  cpuDuring,
  fileEvents,
  quick,
  rssKiB,
  slowdown,
  spawned,
  withCommand,
  withSensor,
  withSleepers,
} from './measuring.mjs';

const measure = process.argv[2];

const measures = {
  // Two processes that make and remove files as fast as they can, with a listener on the typed events.
  async files() {
    const n = quick ? 2000 : 200_000;
    const stats = bench.enableBpfStats();
    const folder = mkdtempSync('/dev/shm/sysmon-bench-');
    try {
      const flood = async () => {
        const begun = bench.now();
        const loads = [0, 1].map(() =>
          begin(work, ['files', String(n)], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] }),
        );
        const texts = await Promise.all(loads.map(async (l) => String((await once(l.stdout, 'data'))[0])));
        return { wallNs: (bench.now() - begun) * 1000, pairCpuNs: median(texts.map((t) => Number(t.split(' ')[1]))) };
      };
      const bare = await flood();
      let events = 0;
      let own = 0;
      const counted = await withSensor(
        { events: ['FileCreate', 'FileDelete'], ringBytes: 64 << 20 },
        async (sysmon) => {
          sysmon.on('event', (e) => {
            events++;
            if (e.data.TargetFilename?.startsWith(folder)) own++;
          });
          const before = bench.bpfRunTime();
          const during = await cpuDuring(process.pid, async () => {
            const r = await flood();
            for (let last = -1; last !== own; await sleep(100)) last = own; // all that waits in the ring
            return r;
          });
          const after = bench.bpfRunTime();
          return { ...during, kernelNs: after.ns - before.ns, lost: sysmon.stats().lost };
        },
      );
      const lost = Object.values(counted.lost).reduce(
        (sum, row) => sum + Object.values(row).reduce((a, b) => a + b, 0),
        0,
      );
      return {
        perSecond: (4 * n) / (counted.result.wallNs / 1e9),
        barePerSecond: (4 * n) / (bare.wallNs / 1e9),
        events: own,
        expected: 4 * n,
        lost,
        usPerEvent: counted.cpuNs / events / 1000,
        kernelUsPerEvent: counted.kernelNs / events / 1000,
        loadUsPerEvent: (counted.result.pairCpuNs - bare.pairCpuNs) / 2 / 1000,
      };
    } finally {
      stats?.close?.();
      rmSync(folder, { recursive: true });
    }
  },

  // Calls that no file event comes from, with all file events on.
  getppidFiles: () => slowdown('getppid', quick ? 100_000 : 2_000_000, fileEvents),
  opens: () => slowdown('opens', quick ? 10_000 : 300_000, fileEvents),
  writes: () => slowdown('writes', quick ? 10_000 : 300_000, fileEvents),

  // Sequential fork + exec + wait. The command's CPU time is a share of the clock and a cost of each line that it
  // writes: two stretches of time, one without our processes, give both, whatever other processes of the machine do in
  // either.
  async process() {
    const n = quick ? 100 : 3000;
    const stats = bench.enableBpfStats();
    const bare = await spawned(n);
    return await withCommand(async (pid, lines) => {
      // A sensor runs for days: what node's compilers cost at its start is not what it costs.
      await spawned(quick ? 30 : 10000);
      await sleep(500);
      const counted = async (f) => {
        const before = lines().length;
        const during = await cpuDuring(pid, f);
        return { ...during, lines: lines().length - before };
      };
      const idle = await counted(() => sleep(quick ? 500 : 5000));
      const rounds = [];
      for (let i = 0; i < (quick ? 1 : 5); i++) {
        const kernelBefore = bench.bpfRunTime();
        const busy = await counted(async () => {
          const r = await spawned(n);
          await sleep(200); // and the last of them written
          return r;
        });
        const kernel = bench.bpfRunTime();
        if (busy.lines < 2 * n) throw new Error(`${n} processes gave ${busy.lines} lines`);
        const longer = busy.wallNs / idle.wallNs;
        const net = (busy.lines - idle.lines * longer) / 2;
        rounds.push({
          us: (busy.cpuNs - idle.cpuNs * longer) / net / 1000,
          grossUs: (busy.cpuNs / busy.lines / 1000) * 2,
          kernelUs: (kernel.ns - kernelBefore.ns) / net / 1000,
          kernelRuns: (kernel.runs - kernelBefore.runs) / net,
          watchedUs: busy.result.cpuNs / 1000,
          others: busy.lines - 2 * n,
        });
      }
      const of = (key) => median(rounds.map((r) => r[key]));
      return {
        processes: n,
        rounds: rounds.map((r) => Math.round(r.us)),
        linesOfOthers: of('others'),
        usPerProcess: of('us'),
        grossUsPerProcess: of('grossUs'),
        kernelUsPerProcess: stats ? of('kernelUs') : null,
        kernelRunsPerProcess: stats ? of('kernelRuns') : null,
        bareUsPerProcess: bare.cpuNs / 1000,
        watchedUsPerProcess: of('watchedUs'),
      };
    });
  },

  // A system call that no probe is attached to, without and with the sensor in turn.
  getppid: () => slowdown('getppid', quick ? 100_000 : 2_000_000, ['ProcessCreate', 'ProcessTerminate']),

  // A connection to itself is two events: one for each end. Datagrams of one flow are one event, and then none.
  async connection() {
    const n = quick ? 500 : 20_000;
    const stats = bench.enableBpfStats();
    const one = async () => (await output(work, 'connect', n)).split(' ').map(Number);
    const rounds = [];
    for (let i = 0; i < (quick ? 1 : 7); i++) {
      const bare = await one();
      const round = await withSensor({ events: ['NetworkConnect'] }, async (sysmon) => {
        let events = 0;
        sysmon.on('NetworkConnect', () => events++);
        const before = bench.bpfRunTime();
        const { cpuNs, result } = await cpuDuring(process.pid, async () => {
          const r = await one();
          await sleep(200); // and the last of them delivered
          return r;
        });
        const kernel = bench.bpfRunTime();
        if (events < 2 * n) throw new Error(`${n} connections gave ${events} events`);
        return { cpuNs: cpuNs / n, kernelNs: (kernel.ns - before.ns) / n, watched: result };
      });
      rounds.push({ ...round, bare });
    }
    const of = (f) => median(rounds.map(f));
    return {
      connections: n,
      sensorNs: of((r) => r.cpuNs),
      kernelNs: stats ? of((r) => r.kernelNs) : null,
      bareNs: of((r) => r.bare[0]),
      addedNs: of((r) => r.watched[0] - r.bare[0]),
      bareDatagramNs: of((r) => r.bare[1]),
      addedDatagramNs: of((r) => r.watched[1] - r.bare[1]),
    };
  },

  // From the kernel's clock in the event to the listener's, both the wall clock: the worker anchors event times to it
  // anew before every drain, so that a step of the clock moves both.
  async latency() {
    const latencies = [];
    await withSensor({ events: ['ProcessCreate', 'ProcessTerminate'] }, async (sysmon) => {
      let own = false;
      sysmon.on('event', (e) => {
        if (!own || !e.process) return;
        const now = bench.now();
        const [date, fraction] = e.time.slice(0, -1).split('.');
        latencies.push(now - (Date.parse(`${date}Z`) * 1000 + Number(fraction)));
      });
      await spawned(200, 250);
      await sleep(100);
      own = true;
      await spawned(quick ? 100 : 1500, 250); // each is two events
      await sleep(100);
    });
    return { events: latencies.length, p50Us: quantile(latencies, 0.5), p99Us: quantile(latencies, 0.99) };
  },

  // Nobody does anything for the benchmark; what other processes of the machine do is in it, and counted.
  async idle() {
    return await withCommand(async (pid, lines) => {
      await sleep(1000);
      const before = lines().length;
      const idle = await cpuDuring(pid, () => sleep(quick ? 1000 : 20_000));
      return { share: idle.cpuNs / idle.wallNs, events: lines().length - before, seconds: idle.wallNs / 1e9 };
    });
  },

  // Questions and answers over the loopback; and packets to another port, which the programs only look at and let go.
  async dns() {
    const [n, turns] = quick ? [500, 1] : [20_000, 5];
    const exchanged = async (port) => Number((await output(work, 'exchanges', n, port)).split(' ')[1]);
    const rows = { bare: [], sensor: [], asker: [], other: [] };
    const watched = (f) =>
      withSensor({ events: ['DnsQuery'] }, async (sysmon) => {
        let heard = 0;
        sysmon.on('DnsQuery', () => heard++);
        await f(async () => {
          const cpuNs = await exchanged(53);
          for (let waited = 0; heard < n && waited < 100; waited++) await sleep(50);
          if (heard < n) throw new Error(`${n} exchanges gave ${heard} events`);
          heard -= n;
          return cpuNs;
        });
      });
    for (let i = 0; i < turns; i++) {
      const bare = { dns: await exchanged(53), other: await exchanged(5300) };
      await watched(async (exchange) => {
        const { cpuNs, result } = await cpuDuring(process.pid, exchange);
        rows.bare.push(bare.dns / 1000);
        rows.sensor.push(cpuNs / n / 1000);
        rows.asker.push((result - bare.dns) / 1000);
        rows.other.push(((await exchanged(5300)) - bare.other) / 1000);
      });
    }
    // Last, for counting costs each run of a program something itself.
    let kernelUs = null;
    if (bench.enableBpfStats())
      await watched(async (exchange) => {
        const before = bench.bpfRunTime().ns;
        await exchange();
        kernelUs = (bench.bpfRunTime().ns - before) / n / 1000;
      });
    return {
      exchanges: n,
      bareUs: median(rows.bare),
      usPerExchange: median(rows.sensor),
      kernelUsPerExchange: kernelUs,
      askerUsPerExchange: median(rows.asker),
      otherUs: median(rows.other),
    };
  },

  async start() {
    const ms = [];
    const cpuMs = [];
    const live = await withSleepers(200, async () => {
      const { Sysmon } = await import('../../dist/index.js');
      for (let i = 0; i < (quick ? 1 : 5); i++) {
        const sysmon = new Sysmon({ hash: 'none' });
        const begun = performance.now();
        const { cpuNs } = await cpuDuring(process.pid, () => sysmon.start());
        ms.push(performance.now() - begun);
        cpuMs.push(cpuNs / 1e6);
        await sysmon.stop();
      }
      const { readdirSync } = await import('node:fs');
      return readdirSync('/proc').filter((n) => /^\d+$/.test(n)).length;
    });
    return { medianMs: median(ms), cpuMs: median(cpuMs), maxMs: Math.max(...ms), liveProcesses: live };
  },

  // Against a node that does nothing, both after the same wait; then once more after some thousand processes.
  async rss() {
    const bare = begin(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const code = `import('${join(root, 'dist/index.js')}').then(async ({ Sysmon }) => {
      const s = new Sysmon({ hash: 'none' });
      s.on('event', () => {});
      await s.start();
      process.stdout.write('ready');
    });`;
    const sensor = begin(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(sensor.stdout, 'data');
    await sleep(2000);
    const base = rssKiB(bare.pid).sum;
    const started = rssKiB(sensor.pid);
    await spawned(quick ? 100 : 1500, 300);
    await sleep(500);
    const loaded = rssKiB(sensor.pid);
    for (const child of [bare, sensor]) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    const mib = (kib) => kib / 1024;
    return {
      bareMiB: mib(base),
      addedMiB: mib(started.sum - base),
      addedAfterLoadMiB: mib(loaded.sum - base),
      ringMiB: mib(loaded.ring),
    };
  },
};

if (!measures[measure]) throw new Error(`no measure ${measure}`);
process.stdout.write(`${JSON.stringify(await measures[measure]())}\n`);
process.exit(0);
