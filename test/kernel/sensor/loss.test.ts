/**
 * A tiny ring and a consumer that does not keep up: every event is delivered or counted, and what was lost is learned
 * anew.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test, type TestContext } from 'vitest';
import { Sysmon, type LossRecord, type SysmonEvent } from '../../../lib/index.js';
import { expectAccounts } from '../helpers/accounts.js';
import { readStorm, startStorm, stormArguments, stormSize, type Storm } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

const size = Math.min(stormSize, 1000);
const ringBytes = 64 << 10;

/** Fewer processes fit into the queue, and an emulated machine does twenty a second. */
function needsStorm(context: TestContext): void {
  if (stormSize < 1000) context.skip(`a storm of ${stormSize} processes fills no queue: needs SYSMON_STORM_SIZE=1000`);
}

let folder: string;
let program: string;
beforeAll(() => {
  folder = makeFolder();
  program = compile('storm.c', join(folder, 'storm'));
});
afterAll(() => removeFolder(folder));

interface Seen {
  readonly sysmon: Sysmon;
  readonly events: SysmonEvent[];
  readonly losses: LossRecord[];
}

async function start(): Promise<Seen> {
  const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: 'none', ringBytes });
  const events: SysmonEvent[] = [];
  const losses: LossRecord[] = [];
  sysmon.on('event', (e) => events.push(e));
  sysmon.on('loss', (l) => losses.push(l));
  onTestFinished(() => sysmon.stop());
  await sysmon.start();
  return { sysmon, events, losses };
}

async function until(what: string, condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !condition(); await sleep(20)) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
  }
}

/** Of a sensor that has stopped. Delivered + lost = produced, by the kernel's counters and by what the storm knows. */
function expectAccounted({ sysmon, events, losses }: Seen, storm: Storm): void {
  expectAccounts(sysmon);
  const { lost, native } = sysmon.stats();
  const lostOf = (type: string): number => Object.values(lost).reduce((sum, row) => sum + (row[type] ?? 0), 0);
  const pids = new Set([storm.pid, ...storm.processes.map((p) => p.pid)]);
  const count = (type: string, own: boolean): number =>
    events.filter((e) => e.type === type && pids.has(e.process?.pid ?? 0) === own).length;
  const execs = storm.processes.reduce((n, p) => n + p.execs.length, 1);
  const truth = { fork: pids.size, exec: execs, exit: pids.size };
  for (const [type, wire] of [
    ['ProcessCreate', 'exec'],
    ['ProcessTerminate', 'exit'],
  ] as const) {
    const produced = native?.kernel[wire]?.produced ?? 0;
    const missing = truth[wire] - count(type, true);
    // Others run on this machine too: what they made is all that the storm did not make.
    const others = produced - truth[wire];
    const noEvents =
      wire === 'exit' ? (native?.kernelThreads ?? 0) + (native?.earlyExits ?? 0) : (native?.earlyExecs ?? 0);
    const lostOfOthers = others - count(type, false) - noEvents;
    console.log(
      `${type}: produced ${produced} (storm ${truth[wire]}), delivered ${count(type, true)} + ${count(type, false)}, lost ${lostOf(type)} (storm ${missing})`,
    );
    expect(missing).toBeGreaterThanOrEqual(0);
    expect(lostOfOthers).toBeGreaterThanOrEqual(0);
    expect(missing + lostOfOthers).toBe(lostOf(type));
  }
  expect(native?.kernel['fork']?.produced).toBeGreaterThanOrEqual(truth.fork);
  // Each counted event was also reported as it happened, by a loss record and by an Error event.
  for (const type of ['ProcessCreate', 'ProcessTerminate', 'ProcessFork']) {
    const sum = losses.filter((l) => l.eventType === type).reduce((n, l) => n + l.count, 0);
    expect({ type, sum }).toEqual({ type, sum: lostOf(type) });
  }
  expect(events.filter((e) => e.type === 'Error' && e.data.ID === 'LOSS').length).toBe(losses.length);
  for (const l of losses) {
    expect(l).toMatchObject({ type: 'Loss', count: expect.any(Number) as number, host: events[0]?.host });
    expect(l.count).toBeGreaterThan(0);
    expect(l.since <= l.until).toBe(true);
  }
}

/** An event may not pass off as certain what it cannot know, because a record of its process was lost. */
function expectHonest({ events }: Seen, storm: Storm): { certain: number; uncertain: number } {
  const truth = new Map(storm.processes.map((p) => [p.pid, p]));
  const result = { certain: 0, uncertain: 0 };
  const wrong: string[] = [];
  for (const e of events) {
    if (e.type !== 'ProcessCreate' && e.type !== 'ProcessTerminate') continue;
    const p = truth.get(e.process.pid);
    if (!p) continue;
    if (e.extra.uncertain) {
      result.uncertain++;
      continue;
    }
    result.certain++;
    const image = p.execs.at(-1)?.image ?? program;
    if (e.type === 'ProcessTerminate' && e.data.Image !== image)
      wrong.push(`${p.kind} ${p.pid}: ended as ${e.data.Image}, not ${image}`);
    if (e.process.ppid !== p.ppid) wrong.push(`${p.kind} ${p.pid}: ppid ${e.process.ppid}, not ${p.ppid}`);
    if (e.type === 'ProcessCreate' && e.process.parent?.pid !== p.ppid)
      wrong.push(`${p.kind} ${p.pid}: parent ${e.process.parent?.pid}, not ${p.ppid}`);
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  return result;
}

test('a blocked main thread: counted, bounded, and the table learns anew', { timeout: 300_000 }, async (context) => {
  needsStorm(context);
  const seen = await start();
  const { sysmon, events, losses } = seen;
  // Three that the sensor knows: one will go on living, one will die unseen, one will execute something unseen.
  const survivor = run('/bin/sleep', ['1000']);
  const victim = run('/bin/sleep', ['1000']);
  const fifo = join(folder, 'go');
  execFileSync('mkfifo', [fifo]);
  const changer = run('/bin/sh', ['-c', 'read line < "$0"; exec /bin/sleep 1000', fifo]);
  await until('all three are known', () =>
    [survivor, victim, changer].every((r) =>
      events.some((e) => e.type === 'ProcessCreate' && e.data.ProcessId === r.pid),
    ),
  );
  const changerStart = sysmon.processes.get(changer.pid)?.startTime;

  const rss = process.memoryUsage().rss;
  const argv = stormArguments(program, folder, 'blocked', size);
  // Written before the thread blocks; the shell below gets it in the middle of the storm.
  const out = execFileSync(
    '/bin/sh',
    [
      '-c',
      '"$@" || exit 1; kill -9 $VICTIM; echo go > "$FIFO"; /bin/sleep 1000 >/dev/null 2>&1 & echo $!; while [ "$(cat /proc/$CHANGER/comm)" != sleep ]; do :; done',
      'sh',
      ...argv,
    ],
    {
      env: { VICTIM: String(victim.pid), CHANGER: String(changer.pid), FIFO: fifo, PATH: process.env['PATH'] },
      timeout: 120_000,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = out.trim().split('\n');
  const newcomer = Number(lines[1]);
  onTestFinished(() => {
    try {
      process.kill(newcomer, 'SIGKILL');
    } catch {
      // The test has ended it.
    }
  });
  const storm = readStorm(folder, 'blocked', argv, lines[0]);
  expect(process.memoryUsage().rss - rss).toBeLessThan(64 << 20);

  await until('the sensor has asked for the living again', () => (sysmon.stats().native?.resyncs ?? 0) > 0);
  expect(losses.some((l) => l.stage === 'share')).toBe(true);

  // The living are right, whatever of them was lost.
  const image = readlinkSync(`/proc/${survivor.pid}/exe`);
  expect(sysmon.processes.get(survivor.pid)).toMatchObject({
    pid: survivor.pid,
    image,
    commandLine: '/bin/sleep 1000',
    ppid: process.pid,
  });
  expect(sysmon.processes.get(survivor.pid)?.uncertain).toBeUndefined();
  const changed = sysmon.processes.get(changer.pid);
  expect(changed).toMatchObject({
    pid: changer.pid,
    image,
    commandLine: '/bin/sleep 1000',
    ppid: process.pid,
    uncertain: true,
    startTime: changerStart,
  });
  expect(changed?.parent?.pid).toBe(process.pid);
  const found = sysmon.processes.get(newcomer);
  expect(found).toMatchObject({
    pid: newcomer,
    image,
    argv: ['/bin/sleep', '1000'],
    uid: 0,
    user: 'root',
    uncertain: true,
  });
  // The dead are gone.
  expect(sysmon.processes.get(victim.pid)).toBeUndefined();
  for (const p of storm.processes)
    if (sysmon.processes.get(p.pid)) expect(() => process.kill(p.pid, 0), `${p.kind} ${p.pid}`).not.toThrow();
  // The sensor's own ancestors were there all the time.
  for (let pid = process.pid; pid > 1; pid = Number(/\) . (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]))
    expect(sysmon.processes.get(pid)?.pid).toBe(pid);
  expect(sysmon.processes.get(1)?.pid).toBe(1);

  // What comes now of a process whose records were lost says so.
  process.kill(newcomer, 'SIGTERM');
  changer.child.kill('SIGTERM');
  survivor.child.kill('SIGTERM');
  for (const [pid, uncertain] of [
    [newcomer, true],
    [changer.pid, true],
    [survivor.pid, undefined],
  ] as const) {
    await until(`${pid} has ended`, () =>
      events.some((e) => e.type === 'ProcessTerminate' && e.data.ProcessId === pid),
    );
    const e = events.find((x) => x.type === 'ProcessTerminate' && x.data.ProcessId === pid);
    expect(e).toMatchObject({ data: { Image: image, User: 'root' }, extra: { signal: 15 } });
    expect(e?.extra.uncertain).toBe(uncertain);
  }
  // And what comes of new ones does not.
  const fresh = run('/bin/true', []);
  await fresh.ended;
  await until('a new process is seen', () =>
    events.some((e) => e.type === 'ProcessTerminate' && e.data.ProcessId === fresh.pid),
  );
  for (const e of events) if (e.process?.pid === fresh.pid) expect(e.extra.uncertain).toBeUndefined();

  await sysmon.stop();
  expectAccounted(seen, storm);
  console.log(
    `blocked thread: ${JSON.stringify(sysmon.stats().lost)}, resyncs ${sysmon.stats().native?.resyncs}, ${JSON.stringify(expectHonest(seen, storm))}`,
  );
});

test('an iterator that blocks and is not read: counted, bounded', { timeout: 300_000 }, async (context) => {
  needsStorm(context);
  const seen = await start();
  const { sysmon } = seen;
  const iterator = sysmon.events({ types: ['ProcessCreate'], onFull: 'block', highWaterMark: 16 });
  const rss = process.memoryUsage().rss;
  const storm = await startStorm(program, folder, 'iterator', size).done;
  expect(process.memoryUsage().rss - rss).toBeLessThan(64 << 20);
  // Nobody is given anything while it blocks: one buffer's worth, and what was in the queue.
  expect(seen.events.length).toBeLessThan(2000);
  let read = 0;
  while (read < 16) {
    const { value } = await iterator.next();
    expect(value?.type).toBe('ProcessCreate');
    read++;
  }
  await iterator.return();
  await until('the sensor has asked for the living again', () => (sysmon.stats().native?.resyncs ?? 0) > 0);
  await sysmon.stop();
  expectAccounted(seen, storm);
  const lost = sysmon.stats().lost['share'] ?? {};
  expect(lost['ProcessCreate']).toBeGreaterThan(0);
  expect(lost['ProcessTerminate']).toBeGreaterThan(0);
  expect(lost['ProcessFork']).toBeGreaterThan(0);
  console.log(`unread iterator: ${JSON.stringify(sysmon.stats().lost)}, ${JSON.stringify(expectHonest(seen, storm))}`);
});

test(
  'a slow listener: lost now and then, and never a wrong answer given as certain',
  { timeout: 300_000 },
  async (context) => {
    needsStorm(context);
    const seen = await start();
    const { sysmon } = seen;
    sysmon.on('event', () => {
      for (const end = performance.now() + 20; performance.now() < end;);
    });
    const storm = await startStorm(program, folder, 'slow', size).done;
    await sysmon.stop();
    expectAccounted(seen, storm);
    expect(sysmon.stats().lost['share']?.['ProcessCreate']).toBeGreaterThan(0);
    const honest = expectHonest(seen, storm);
    console.log(
      `slow listener: ${JSON.stringify(sysmon.stats().lost)}, resyncs ${sysmon.stats().native?.resyncs}, ${JSON.stringify(honest)}`,
    );
    expect(honest.certain).toBeGreaterThan(0);
  },
);
