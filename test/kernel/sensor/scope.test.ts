/** A scope: what is in it is captured whole, and of all others nothing. */
import { once } from 'node:events';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type EventType, type ProcessRecord, type SysmonEvent } from '../../../lib/index.js';
import { capture, record } from '../helpers/capture.js';
import { readStorm, startStorm, stormArguments, stormSize, type Storm } from '../helpers/storm.js';
import { inNetns, python, said } from '../helpers/network.js';
import { cgroupMount } from '../helpers/truth.js';
import { compile, makeFolder, removeFolder, run, type Running } from '../helpers/workspace.js';

const size = Math.ceil(stormSize / 10);
let folder: string;
let storm: string;
let ask: string;
beforeAll(() => {
  folder = makeFolder();
  storm = compile('storm.c', join(folder, 'storm'));
  ask = compile('dns-ask.c', join(folder, 'dns-ask'));
});
afterAll(() => removeFolder(folder));

/** A shell that waits until it is told to go on, and then does this. */
function waiting(script: string, ...args: string[]): Running & { go(): void } {
  const shell = run('bash', ['-c', `read x; ${script}`, 'bash', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  return { ...shell, go: () => void shell.child.stdin?.write('go\n') };
}

/** Whether a process is this one or was made by it or by one that was. */
function descends(p: ProcessRecord | undefined, pid: number): boolean {
  for (; p; p = p.parent) if (p.pid === pid) return true;
  return false;
}

const observed = (events: readonly SysmonEvent[]) => events.filter((e) => 'process' in e && e.process !== undefined);
const pidOf = (e: SysmonEvent): number => (e as { process: ProcessRecord }).process.pid;

/** What is there to be seen of others, as it should not be. */
const strangers = (events: readonly SysmonEvent[], pid: number) =>
  observed(events)
    .map((e) => [e.type, (e as { process: ProcessRecord }).process] as const)
    .filter(([, p]) => !descends(p, pid))
    .map(([type, p]) => `${type} ${p.pid} ${p.image} of ${p.parent?.pid} ${p.parent?.image}`);

/** How many execs and ends each pid had, as `pid: execs/ends`. */
function livesOf(events: readonly SysmonEvent[]): Map<number, string> {
  const count = (type: EventType, pid: number) => events.filter((e) => e.type === type && pidOf(e) === pid).length;
  const pids = new Set(observed(events).map(pidOf));
  return new Map([...pids].map((pid) => [pid, `${count('ProcessCreate', pid)}/${count('ProcessTerminate', pid)}`]));
}

function truthOf({ processes }: Storm): Map<number, string> {
  const lives = new Map<number, { execs: number; ends: number }>();
  for (const { pid, execs } of processes) {
    const known = lives.get(pid) ?? { execs: 0, ends: 0 };
    lives.set(pid, { execs: known.execs + execs.length, ends: known.ends + 1 });
  }
  return new Map([...lives].map(([pid, { execs, ends }]) => [pid, `${execs}/${ends}`]));
}

test(
  'a tree: every exec and exit of a storm once, and none of a second one outside',
  { timeout: 120_000 },
  async () => {
    const argv = stormArguments(storm, folder, 'inside', size);
    const root = waiting('"$@"; exit 3', ...argv);
    const sysmon = new Sysmon({
      events: ['ProcessCreate', 'ProcessTerminate'],
      hash: 'none',
      scope: { pid: root.pid },
    });
    const seen = record(sysmon);
    await sysmon.start();
    const outside = startStorm(storm, folder, 'outside', size);
    root.go();
    const [{ code, stdout }] = await Promise.all([root.ended, outside.done]);
    await sysmon.stop();
    expect(code).toBe(3);
    const inside = readStorm(folder, 'inside', argv, stdout);
    const lives = livesOf(seen.events);
    expect(lives.get(inside.pid)).toBe('1/1');
    expect(lives.get(root.pid)).toBe('0/1');
    for (const pid of [root.pid, inside.pid]) lives.delete(pid);
    expect([...lives].sort()).toEqual([...truthOf(inside)].sort());
    // Ancestors outside are known.
    expect(strangers(seen.events, process.pid)).toEqual([]);
    const { lost, native } = sysmon.stats();
    expect({ lost, errors: seen.errors }).toEqual({ lost: {}, errors: [] });
    expect((native?.kernel['exec']?.produced ?? 0) - (native?.earlyExecs ?? 0)).toBe(
      inside.processes.reduce((n, p) => n + p.execs.length, 1),
    );
  },
);

test('a tree that grows while the sensor starts: it and one without scope agree', { timeout: 120_000 }, async () => {
  const everything = await capture({ events: ['ProcessCreate', 'ProcessTerminate'] });
  const stop = join(folder, 'stop');
  const grows = 'until [ -e "$0" ]; do /bin/true | bash -c "/bin/true; (exec /bin/true); :"; done';
  const [inside, outside] = [run('bash', ['-c', grows, stop]), run('bash', ['-c', grows, stop])];
  const seen = await capture({ events: ['ProcessCreate', 'ProcessTerminate'], scope: { pid: inside.pid } });
  const since = seen.events[0].time;
  while (seen.events.length < 300) await once(seen.sysmon, 'event');
  writeFileSync(stop, '');
  await Promise.all([inside.ended, outside.ended]);
  await seen.sysmon.stop();
  await everything.sysmon.stop();
  const told = (events: readonly SysmonEvent[]) =>
    observed(events)
      .filter((e) => e.time > since && descends((e as { process: ProcessRecord }).process, inside.pid))
      .map((e) => `${e.type} ${(e as { process: ProcessRecord }).process.strongId}`)
      .sort();
  expect(told(seen.events)).toEqual(told(everything.events));
  expect(observed(seen.events).filter((e) => e.time > since)).toHaveLength(told(seen.events).length);
});

/** Does what makes an event of each of these types. */
const types: EventType[] = [
  ...(['ProcessCreate', 'ProcessTerminate', 'FileCreate', 'FileModify', 'FileDelete', 'FileCreateTime'] as const),
  ...(['PipeEvent', 'NetworkConnect', 'DnsQuery', 'NamespaceChange'] as const),
];
const deeds = `
  echo a > "$1/f"; echo b >> "$1/f"; touch -d 2001-01-01 "$1/f"; rm "$1/f"; mkfifo "$1/p"; : <> "$1/p"
  exec 3<> /dev/tcp/127.0.0.1/$2; echo x > /dev/udp/127.0.0.1/9
  "$3" impatient 127.0.0.1 53 "$4" 1; unshare -u true`;

async function listening(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function place(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

test('a tree: events of every type, and what leaves it by a double fork', { timeout: 120_000 }, async () => {
  const port = await listening();
  const member = waiting(
    `( (setsid bash -c 'while ! [ -e "$1/go" ]; do sleep 0.02; done; ${deeds}' "$0" "$@" </dev/null >/dev/null 2>&1 &) )`,
    ...[place('member'), String(port), ask, 'member.test'],
  );
  const seen = await capture({ events: types, scope: { pid: member.pid } });
  member.go();
  await seen.terminated(member.pid); // the scope goes on without the process that it began with
  const other = waiting(deeds, place('other'), String(port), ask, 'other.test');
  other.go();
  await other.ended;
  writeFileSync(join(folder, 'member/go'), '');
  await seen.find('NamespaceChange', () => true);
  const second = waiting(deeds, place('third'), String(port), ask, 'third.test');
  second.go();
  await second.ended;
  await seen.sysmon.stop();
  const events = observed(seen.events);
  expect([...new Set(events.map((e) => e.type))].sort()).toEqual([...types].sort());
  expect(strangers(events, member.pid)).toEqual([]);
  // The connection is told by who makes it: who accepts it is outside.
  expect(seen.events.flatMap((e) => (e.type === 'NetworkConnect' ? [e.data.Protocol] : [])).sort()).toEqual([
    'tcp',
    'udp',
    'udp',
  ]);
  expect(seen.events.flatMap((e) => (e.type === 'DnsQuery' ? [e.data.QueryName] : []))).toEqual(['member.test']);
  expect(seen.sysmon.stats().lost).toEqual({});
});

test(
  'a control group: who is in it or below it, from when he is until he is not',
  { timeout: 120_000 },
  async (context) => {
    const mount = cgroupMount();
    if (mount === undefined) return context.skip('cgroup2 is not mounted here');
    const name = `sysmon-scope-${process.pid}`;
    const group = join(mount, name);
    for (const path of [group, `${group}/below`, `${group}-beside`]) mkdirSync(path);
    onTestFinished(() => {
      for (const path of [`${group}/below`, group, `${group}-beside`]) rmdirSync(path);
    });
    const port = await listening();
    const seen = await capture({ events: types, scope: { cgroup: `/${name}` } });
    const move = (to: string): string => `echo $$ > "${to}/cgroup.procs"`;
    const member = waiting(
      `${move(group)}; true & wait; ${deeds}; exec 3>&-; bash -c '${move(`${group}/below`)}; exec true'; ${move(mount)}; ls >/dev/null`,
      ...[place('in-group'), String(port), ask, 'group.test'],
    );
    const other = waiting(
      `${move(`${group}-beside`)}; ${deeds}`,
      place('beside-group'),
      String(port),
      ask,
      'beside.test',
    );
    member.go();
    other.go();
    await Promise.all([member.ended, other.ended]);
    await seen.sysmon.stop();
    const events = observed(seen.events);
    expect([...new Set(events.map((e) => e.type))].sort()).toEqual([...types].sort());
    expect(strangers(events, member.pid)).toEqual([]);
    const images = seen.events.flatMap((e) => (e.type === 'ProcessCreate' ? [e.data.Image.replace(/.*\//, '')] : []));
    expect(images).toEqual(['touch', 'rm', 'mkfifo', 'dns-ask', 'unshare', 'true', 'bash', 'true']);
    expect(seen.events.flatMap((e) => (e.type === 'DnsQuery' ? [e.data.QueryName] : []))).toEqual(['group.test']);
    // It left before it ended.
    expect(events.some((e) => e.type === 'ProcessTerminate' && pidOf(e) === member.pid)).toBe(false);
    const [first] = seen.events.filter((e) => e.type === 'ProcessCreate');
    expect(first?.process.parent?.pid).toBe(member.pid);
    expect(first?.process.parent?.parent?.pid).toBe(process.pid);
  },
);

/** Connections that nobody answers: each takes a while, then fails by itself. They go on until standard input ends. */
const unanswered = `
import threading
ended = threading.Event()
def connects(host):
    while not ended.is_set():
        with socket.socket() as s:
            began = time.time(); failed = s.connect_ex((host, 80)); say(began=began, ended=time.time(), errno=failed)
threads = [threading.Thread(target=connects, args=(f'198.18.0.{n}',)) for n in range(10, 138)]
for n, t in enumerate(threads): t.start(); time.sleep(0.0015)
sys.stdin.read(); ended.set()
for t in threads: t.join()`;
const neighbours = [
  'ip link add v0 type veth peer name v1 || exit 77; ip addr add 198.18.0.1/24 dev v0; ip link set v0 up',
  'ip link set v1 up; cd /proc/sys/net/ipv4/neigh/v0; echo 1 > mcast_solicit; echo 200 > retrans_time_ms; cd /',
].join('; ');

test('calls that others have begun while the sensor starts are not told when they fail', async (context) => {
  const r = python(unanswered, [], inNetns(neighbours), { stdio: ['pipe', 'pipe', 'pipe'] });
  const first = await Promise.race([r.ended, once(r.child.stdout as NodeJS.EventEmitter, 'data')]);
  if ('code' in first && first.code === 77) return context.skip('there is no veth here');
  const sysmon = new Sysmon({ events: [...types, 'PrivilegeChange', 'UnixConnect'], scope: { spawned: true } });
  const seen = record(sysmon);
  onTestFinished(() => sysmon.stop());
  await sysmon.start();
  const live = Date.now() / 1000;
  r.child.stdin?.end();
  const calls = await said<{ began: number; ended: number; errno: number }>(r);
  await sysmon.stop();
  expect(calls.filter((c) => c.began < live && c.ended > live && c.errno === 113)).not.toEqual([]);
  expect(observed(seen.events)).toEqual([]);
});

test('what is no scope is refused', async () => {
  const ended = run('true', []);
  await ended.ended;
  for (const [scope, words] of [
    [{ pid: ended.pid }, `option scope.pid: there is no process ${ended.pid}`],
    [{ cgroup: '/no/such/group' }, 'option scope.cgroup: /no/such/group is no control group of version 2'],
    [{ cgroup: folder }, `${folder} is no control group of version 2`],
  ] as const) {
    const sysmon = new Sysmon({ scope });
    await expect(sysmon.start()).rejects.toMatchObject({
      code: 'ERR_SYSMON_OPTION',
      message: expect.stringContaining(words) as string,
    });
  }
});
