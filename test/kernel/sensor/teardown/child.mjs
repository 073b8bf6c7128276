// One scenario in a process of its own: node --expose-gc child.mjs SCENARIO [N]. Prints one line of JSON when it gets
// that far.
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Sysmon } from '../../../../dist/index.js';

const options = { ringBytes: 1 << 20, hash: 'none' };
const count = () => ({ fds: readdirSync('/proc/self/fd').length, threads: readdirSync('/proc/self/task').length });
const rssMiB = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
const say = (value) => console.log(JSON.stringify(value));
const collect = async () => {
  for (let i = 0; i < 10; i++) {
    globalThis.gc();
    await sleep(20);
  }
};

/** Resolves when the sensor has shown n events of the storm. */
const events = (s, n) =>
  new Promise((resolve) => {
    let seen = 0;
    const f = () => {
      if (++seen < n) return;
      s.off('ProcessCreate', f);
      resolve();
    };
    s.on('ProcessCreate', f);
  });

async function cycle(n = 3) {
  const s = new Sysmon(options);
  const seen = events(s, n);
  await s.start();
  await seen;
  await s.stop();
  return s;
}

/** Runs f n times after a few that warm up, and tells what has grown. */
async function growth(n, f, warm = 5) {
  for (let i = 0; i < Math.min(warm, n); i++) await f(i);
  await collect();
  const before = { ...count(), rss: rssMiB() };
  for (let i = 0; i < n; i++) await f(i);
  await collect();
  const after = { ...count(), rss: rssMiB() };
  return {
    cycles: n,
    fds: after.fds - before.fds,
    threads: after.threads - before.threads,
    rssMiB: Math.round((after.rss - before.rss) * 10) / 10,
  };
}

const outcome = (promise) =>
  promise.then(
    () => 'resolved',
    (e) => e.code ?? e.message,
  );
const tally = (list) => Object.fromEntries([...new Set(list)].map((k) => [k, list.filter((x) => x === k).length]));

const scenarios = {
  async cycles(n) {
    say(await growth(n, () => cycle()));
  },

  async 'stop-during-start'(n) {
    const outcomes = [];
    const grown = await growth(n, async (i) => {
      const s = new Sysmon(options);
      const start = outcome(s.start());
      if (i % 4 > 0) await sleep((i % 4) * 10);
      await s.stop();
      outcomes.push(await start);
    });
    say({ ...grown, outcomes: tally(outcomes) });
  },

  async 'abort-during-start'(n) {
    const outcomes = [];
    const grown = await growth(n, async (i) => {
      const s = new Sysmon(options);
      const abort = new AbortController();
      const closed = new Promise((resolve) => s.once('close', resolve));
      const start = outcome(s.start({ signal: abort.signal }));
      if (i % 4 > 0) await sleep((i % 4) * 10);
      abort.abort(new Error('aborted'));
      await closed;
      outcomes.push(await start);
    });
    say({ ...grown, outcomes: tally(outcomes) });
  },

  async terminate(n, stage) {
    const grown = await growth(
      n,
      async () => {
        const worker = new Worker(new URL(import.meta.url), { workerData: stage });
        await new Promise((resolve, reject) => {
          worker.once('message', resolve);
          worker.once('error', reject);
        });
        await worker.terminate();
      },
      2,
    );
    say(grown);
  },

  async exit(_n, stage) {
    const s = new Sysmon(options);
    if (stage === 'before') process.exit(7);
    const seen = events(s, 20);
    const start = s.start();
    if (stage === 'starting') process.exit(7);
    await start;
    if (stage === 'listener') s.on('ProcessCreate', () => process.exit(7));
    await seen;
    if (stage === 'running') process.exit(7);
    void s.stop();
    if (stage === 'stopping') process.exit(7);
  },

  async 'dropped-stopped'(n) {
    let collected = 0;
    const registry = new FinalizationRegistry(() => collected++);
    const grown = await growth(n, async () => registry.register(await cycle(), 0), 0);
    for (let i = 0; i < n; i++) registry.register(new Sysmon(options), 0);
    await collect();
    say({ ...grown, collected });
  },

  async 'dropped-running'() {
    // Like a server that listens: it goes on, and keeps the process alive, until something ends it.
    let heard = 0;
    await (async () => {
      const s = new Sysmon(options);
      s.on('ProcessCreate', () => heard++);
      await s.start();
    })();
    await collect();
    const then = heard;
    while (heard < then + 10) await sleep(10);
    say({ heard: heard > then });
    process.exit(0);
  },

  async unreferenced() {
    const s = new Sysmon(options);
    const seen = events(s, 3);
    await s.unref().start(); // which keeps the process alive until it is done
    const work = setInterval(() => undefined, 1000);
    await seen;
    clearInterval(work);
    say({ running: s.stats().events.ProcessCreate >= 3 });
  },

  async 'stop-in-time'() {
    const s = new Sysmon(options);
    let told = 0;
    s.on('loss', (l) => (told += l.stage === 'queue' ? l.count : 0));
    s.on('event', (e) => {
      const end = performance.now() + (e.process ? 50 : 0);
      while (performance.now() < end);
    });
    await s.start();
    while (s.stats().queuedBatches < 3) await sleep(20);
    const begun = performance.now();
    await s.stop({ timeoutMs: 2000 });
    const ms = Math.round(performance.now() - begun);
    const { events: delivered, lost, native } = s.stats();
    const sum = (counts = {}) => Object.values(counts).reduce((a, b) => a + b, 0);
    const handed = sum(delivered) - delivered.ServiceStateChange - delivered.ServiceConfigurationChange;
    const queue = sum(lost.queue);
    say({ ms, lost: queue, told, missing: native.events - queue - handed + (delivered.Error ?? 0) });
  },

  async 'stop-waiting'() {
    const folder = mkdtempSync(join(tmpdir(), 'sysmon-stop-'));
    const s = new Sysmon({ ringBytes: 1 << 20, events: ['FileCreate'], hashTimeoutMs: 10_000 });
    const heard = [];
    s.on('FileCreate', (e) => e.data.TargetFilename.startsWith(folder) && heard.push(e.extra.hash));
    await s.start();
    // Its digest is that of what the last writer leaves, who does not close it.
    const fd = openSync(join(folder, 'open'), 'w');
    await sleep(200);
    const begun = performance.now();
    const early = heard.length;
    await s.stop({ timeoutMs: 2000 });
    const ms = Math.round(performance.now() - begun);
    closeSync(fd);
    rmSync(folder, { recursive: true });
    say({ ms, early, heard, lost: s.stats().lost });
  },

  async 'throwing-listener'() {
    const s = new Sysmon(options);
    const errors = [];
    s.on('error', (e) => errors.push(e.code));
    s.on('ProcessCreate', () => {
      throw new Error('mine');
    });
    const seen = events(s, 20);
    await s.start();
    await seen;
    await s.stop();
    say({ errors: errors.length >= 20, codes: [...new Set(errors)] });
  },

  async uncaught() {
    const s = new Sysmon(options);
    s.on('ProcessCreate', () =>
      queueMicrotask(() => {
        throw new Error('nobody catches this');
      }),
    );
    await s.start();
  },

  async several(n) {
    const one = async () => {
      const all = Array.from({ length: 3 }, () => new Sysmon(options));
      const workers = Array.from({ length: 2 }, () => new Worker(new URL(import.meta.url), { workerData: 'cycle' }));
      const exits = workers.map(
        (w) =>
          new Promise((resolve, reject) => {
            w.once('exit', resolve);
            w.once('error', reject);
          }),
      );
      const seen = all.map((s) => events(s, 5));
      await Promise.all(all.map((s) => s.start()));
      await Promise.all(seen);
      await all[1].stop();
      await Promise.all([events(all[0], 3), events(all[2], 3)]); // the others go on
      await Promise.all(all.map((s) => s.stop()));
      const codes = await Promise.all(exits);
      if (codes.some((c) => c !== 0)) throw new Error(`a worker ended with ${codes}`);
    };
    say(await growth(n, one, 2));
  },

  async restart() {
    const s = new Sysmon(options);
    const ids = [];
    const states = [];
    s.on('event', (e) => ids.push(e.recordId));
    s.on('ServiceStateChange', (e) => states.push(e.data.State));
    for (let i = 0; i < 3; i++) {
      const seen = events(s, 3);
      await s.start();
      await seen;
      const found = s.processes.get(process.pid);
      if (found?.pid !== process.pid) throw new Error('processes.get() does not know this process');
      await s.stop();
      if (s.processes.get(process.pid) !== undefined) throw new Error('a stopped sensor looked something up');
    }
    say({ states, ascending: ids.every((id, i) => id === i + 1), events: ids.length > 9 });
  },

  async 'start-twice'() {
    const s = new Sysmon(options);
    const first = s.start();
    const second = await outcome(s.start());
    await first;
    const third = await outcome(s.start());
    await s.stop();
    say({ second, third });
  },

  async 'run-for-signal'() {
    const s = new Sysmon(options);
    const seen = events(s, 3);
    await s.start();
    await seen;
    say({ pid: process.pid });
  },
};

if (isMainThread) {
  const [name, n, stage] = process.argv.slice(2);
  await scenarios[name](Number(n ?? 0), stage);
} else {
  const stage = workerData;
  if (stage === 'cycle') await cycle(5);
  else {
    const s = new Sysmon(options);
    const at = (now) => {
      if (now === stage) parentPort.postMessage(stage);
    };
    at('before');
    if (stage === 'before') await sleep(60_000);
    const seen = events(s, 10);
    const start = s.start();
    at('starting');
    await start;
    await seen;
    at('running');
    if (stage === 'running') await sleep(60_000);
    const stop = s.stop();
    at('stopping');
    await stop;
    await sleep(60_000);
  }
}
