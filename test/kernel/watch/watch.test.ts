/** watch(): all that a command does from its first instruction to the end of its last descendant, and nothing else. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ProcessRecord, SysmonEvent } from '../../../lib/index.js';
import { watch, type ProcessNode, type Run } from '../../../lib/watch/index.js';
import { readStorm, startStorm, stormArguments, stormSize, type Storm } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder, run as start } from '../helpers/workspace.js';

const size = Math.min(2000, Math.ceil(stormSize / 2.5));
let folder: string;
let storm: string;
beforeAll(() => {
  folder = makeFolder();
  storm = compile('storm.c', join(folder, 'storm'));
});
afterAll(() => removeFolder(folder));

/** The events of a run, from its beginning. */
function kept(run: Run): SysmonEvent[] {
  onTestFinished(() => run.stop());
  const events: SysmonEvent[] = [];
  run.on('event', (e) => events.push(e));
  return events;
}

const processOf = (e: SysmonEvent): ProcessRecord | undefined => (e as { process?: ProcessRecord }).process;

/** How many execs and ends each pid had, as `pid: execs/ends`. */
function livesOf(events: readonly SysmonEvent[]): string[] {
  const lives = new Map<number, [number, number]>();
  for (const e of events) {
    const pid = processOf(e)?.pid;
    if (pid === undefined) continue;
    const life = lives.get(pid) ?? [0, 0];
    lives.set(pid, life);
    if (e.type === 'ProcessCreate') life[0]++;
    if (e.type === 'ProcessTerminate') life[1]++;
  }
  return [...lives].map(([pid, [execs, ends]]) => `${pid}: ${execs}/${ends}`).sort();
}

function truthOf({ pid, processes }: Storm): string[] {
  const lives = new Map<number, [number, number]>([[pid, [1, 1]]]);
  for (const { pid, execs } of processes) {
    const life = lives.get(pid) ?? [0, 0];
    lives.set(pid, [life[0] + execs.length, life[1] + 1]);
  }
  return [...lives].map(([pid, [execs, ends]]) => `${pid}: ${execs}/${ends}`).sort();
}

const flat = (nodes: readonly ProcessNode[]): ProcessNode[] => nodes.flatMap((n) => [n, ...flat(n.children)]);

test('a storm: every exec and exit of it once, none of another one outside', { timeout: 120_000 }, async () => {
  const argv = stormArguments(storm, folder, 'inside', size);
  const outside = startStorm(storm, folder, 'outside', size);
  const run = await watch(argv[0], argv.slice(1), {
    events: ['ProcessCreate', 'ProcessTerminate'],
    hash: 'none',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events = kept(run);
  let stdout = '';
  run.child?.stdout?.on('data', (d: Buffer) => (stdout += d.toString()));
  const { exitCode, signal, end, report } = await run.done;
  await outside.done;
  expect({ exitCode, signal, end }).toEqual({ exitCode: 0, signal: null, end: 'ended' });
  const inside = readStorm(folder, 'inside', argv, stdout);
  expect(livesOf(events)).toEqual(truthOf(inside));
  expect({ lost: run.stats().lost, losses: report.losses }).toEqual({ lost: {}, losses: [] });
  const nodes = flat(report.processes.list);
  expect(report.processes.list.map((n) => n.pid)).toEqual([inside.pid]);
  expect(nodes).toHaveLength(inside.processes.length + 1);
  expect(nodes.filter((n) => n.endTime === undefined)).toEqual([]);
});

async function listening(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a report tells what a command did, and the daemon that it left, and of nobody else', async () => {
  const port = await listening();
  const place = join(folder, 'place');
  mkdirSync(place);
  const daemon = `sleep 0.2; : > "$0/late"; rm "$0/late"`;
  const script = `read -r x; echo "$x" > "$0/made"; echo b >> "$0/made"; : 3<> /dev/tcp/127.0.0.1/$1; : 2> /dev/null 3<> /dev/tcp/127.0.0.1/1
    /bin/true; (setsid bash -c '${daemon}' "$0" </dev/null >/dev/null 2>&1 &); exit 3`;
  const options = { stdio: ['pipe', 'inherit', 'pipe'] as 'pipe'[], env: { ...process.env, WATCHED: '1' }, cwd: place };
  const run = await watch('bash', ['-c', script, place, String(port)], options);
  const events = kept(run);
  run.removeAllListeners(); // of the program: the report goes on
  const stranger = start('bash', [
    '-c',
    `echo c > "$0/strange"; /bin/true; : 3<> /dev/tcp/127.0.0.1/$1`,
    place,
    String(port),
  ]);
  await stranger.ended;
  run.child?.stdin?.end('hello\n');
  const { exitCode, end, report } = await run.done;
  expect({ exitCode, end, heard: events.length }).toEqual({ exitCode: 3, end: 'ended', heard: 0 });
  expect(readFileSync(join(place, 'made'), 'utf8')).toBe('hello\nb\n');
  const nodes = flat(report.processes.list);
  expect(report.processes.list.map((n) => [n.pid, n.exitCode])).toEqual([[run.child?.pid, 3]]);
  expect(nodes.map((n) => n.pid)).not.toContain(stranger.pid);
  expect(nodes.flatMap((n) => n.runs.map((r) => r.image.replace(/.*\//, '')))).toEqual(
    expect.arrayContaining(['bash', 'true', 'setsid', 'sleep', 'rm']),
  );
  expect(nodes.filter((n) => n.endTime === undefined)).toEqual([]);
  const file = (name: string) => report.files.list.find((f) => f.path === join(place, name));
  expect(file('made')).toMatchObject({ made: 1, changed: 2, deleted: 0, pid: run.child?.pid });
  expect(file('late')).toMatchObject({ made: 1, deleted: 1 });
  expect(file('strange')).toBeUndefined();
  const ofPort = (n: number) => report.connections.list.filter((c) => c.port === n);
  expect(ofPort(port)).toMatchObject([{ direction: 'outbound', address: '127.0.0.1', count: 1, failed: 0 }]);
  expect(ofPort(1)).toMatchObject([{ count: 1, failed: 1, errno: 111 }]);
  const truth = realpathSync('/bin/true');
  const digest = createHash('sha256').update(readFileSync(truth)).digest('hex');
  const [program] = report.programs.list.filter((p) => p.image === truth);
  expect(program?.count).toBe(1);
  // Of what another machine serves no digest may be there in time.
  expect(['-', `SHA256=${digest}`]).toContain(program?.hashes.replace(/=.*/, (text) => text.toLowerCase()));
  expect(report.losses).toEqual([]);
});

test('a process that runs already, with what it has made and makes', async () => {
  const shell = start('bash', ['-c', '(read -r x; /bin/true; exit 4); exit $?'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const options = { events: ['ProcessCreate', 'ProcessTerminate'] as const, hash: 'none' as const };
  const run = await watch({ pid: shell.pid }, options);
  const events = kept(run);
  shell.child.stdin?.end('go\n');
  expect(run.child).toBeUndefined();
  const { exitCode, signal, end } = await run.done;
  expect({ exitCode, signal, end }).toEqual({ exitCode: 4, signal: null, end: 'ended' });
  expect(events.filter((e) => e.type === 'ProcessCreate').map((e) => e.data.Image)).toEqual([
    realpathSync('/bin/true'),
  ]);
  await expect(run.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
});

test('children of this process are known by the JavaScript that started them', async () => {
  const storage = new AsyncLocalStorage<unknown>();
  const options = { events: ['ProcessCreate' as const], hash: 'none' as const, spawnSites: storage };
  const begins = (): Promise<Run> => watch('sh', ['-c', 'read -r x; /bin/true'], { ...options, stdio: ['pipe', 1, 2] });
  const run = await storage.run('outer', begins);
  const events = kept(run);
  const here = await watch({ pid: process.pid }, options);
  const others = kept(here);
  const inner = storage.run('inner', () => start('sh', ['-c', '/bin/true; exit 0']));
  await inner.ended;
  run.child?.stdin?.end('go\n');
  await run.done;
  await here.stop();
  expect(run.spawnStack).toMatch(/^at begins .*watch\.test\.ts/);
  const siteOf = (of: Run, e: SysmonEvent): unknown[] => {
    const site = of.spawnSite(processOf(e) as ProcessRecord);
    return [(e as { data: { Image: string } }).data.Image, site?.store, site?.stack.includes('watch.test.ts')];
  };
  const made = (list: SysmonEvent[]): SysmonEvent[] => list.filter((e) => e.type === 'ProcessCreate');
  const [sh, truth] = ['/bin/sh', '/bin/true'].map((path) => realpathSync(path));
  expect(made(events).map((e) => siteOf(run, e))).toEqual([
    [sh, 'outer', true],
    [truth, 'outer', true],
  ]);
  expect(made(events).map((e) => run.spawnSite(processOf(e) as ProcessRecord)?.stack)).toEqual([
    run.spawnStack,
    run.spawnStack,
  ]);
  expect(
    made(others)
      .filter((e) => processOf(e)?.pid === inner.pid || processOf(e)?.ppid === inner.pid)
      .map((e) => siteOf(here, e)),
  ).toEqual([
    [sh, 'inner', true],
    [truth, 'inner', true],
  ]);
});

test('a run ends as it is asked to, and a command that cannot be executed begins none', async () => {
  const options = { events: ['ProcessCreate' as const], hash: 'none' as const, stdio: 'ignore' as const };
  const aborting = new AbortController();
  const runs = await Promise.all([
    watch('sleep', ['60'], options),
    watch('sleep', ['60'], { ...options, timeoutMs: 1 }),
    watch('sleep', ['60'], { ...options, signal: aborting.signal }),
  ]);
  const [stopped] = runs;
  for (const run of runs) kept(run);
  aborting.abort();
  await stopped.stop();
  const results = await Promise.all(runs.map((run) => run.done));
  expect(results.map((r) => [r.end, r.exitCode, r.signal])).toEqual([
    ['stopped', null, null],
    ['timeout', null, null],
    ['aborted', null, null],
  ]);
  // The processes go on.
  for (const { child } of runs) {
    expect(child?.kill('SIGKILL')).toBe(true);
    if (child) await once(child, 'exit');
  }
  await expect(watch(join(folder, 'nosuch'), options)).rejects.toMatchObject({ code: 'ENOENT' });
});
