/** NamespaceChange: setns, unshare and clone, against what /proc/PID/ns says before and after. */
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { Sysmon, type NamespaceChangeEvent } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';
import { seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['ProcessCreate', 'NamespaceChange']);

/** What the script may use: calls by the C library, and the namespaces of a process as /proc shows them. */
const preamble = `
import ctypes, json, os, platform, signal, sys, time
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER = 0x20000, 0x4000000, 0x8000000, 0x10000000
CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME = 0x20000000, 0x40000000, 0x2000000, 0x80
CLONE_FS = 0x200
files = {'mnt': 'mnt', 'pid': 'pid_for_children', 'net': 'net', 'uts': 'uts', 'ipc': 'ipc', 'cgroup': 'cgroup', 'user': 'user',
         'time': 'time_for_children'}
def namespaces(pid='self'):
    out = {}
    for name, file in files.items():
        try: out[name] = int(os.readlink(f'/proc/{pid}/ns/{file}').split('[')[1][:-1])
        except FileNotFoundError: out[name] = 0
    # A pid namespace without a first process is not shown.
    if out['pid'] == 0 and pid == 'self':
        child = os.fork()
        if child == 0: signal.pause()
        out['pid'] = int(os.readlink(f'/proc/{child}/ns/pid').split('[')[1][:-1])
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return out
def clone(flags):
    number = 220 if platform.machine() == 'aarch64' else 56
    return libc.syscall(number, flags | signal.SIGCHLD, 0, 0, 0, 0)
def executed(child):
    while os.readlink(f'/proc/{child}/exe') == os.readlink('/proc/self/exe'): time.sleep(0.01)
def done(what, result, before, **more):
    print(json.dumps({'what': what, 'result': result, 'before': before, 'after': namespaces(), **more}), flush=True)
def call(what, f):
    before = namespaces()
    done(what, f(), before)
`;

interface Outcome {
  readonly what: string;
  readonly result: number;
  readonly before: Record<string, number>;
  readonly after: Record<string, number>;
}

/** Runs a script and waits until the end of its process is known, and with it all that it did. */
async function perform(script: string): Promise<{ pid: number; outcomes: Outcome[]; events: NamespaceChangeEvent[] }> {
  const r = run('/usr/bin/python3', ['-c', preamble + script]);
  const { code, stdout, stderr } = await r.ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  await seen.created(r.pid);
  // What a later process does is told after all that this one did.
  const last = run('/bin/true', []);
  await last.ended;
  await seen.created(last.pid);
  const events = seen.events.filter(
    (e): e is NamespaceChangeEvent => e.type === 'NamespaceChange' && e.data.ProcessId === r.pid,
  );
  return {
    pid: r.pid,
    outcomes: stdout
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as Outcome),
    events,
  };
}

/** As PreviousNamespaces and Namespaces have it. */
const changed = (now: Record<string, number>, other: Record<string, number>): string =>
  Object.entries(now)
    .filter(([name, inode]) => inode !== other[name])
    .map(([name, inode]) => `${name}:${inode}`)
    .join(',');

const zeroGuid = '{00000000-0000-0000-0000-000000000000}';

test('every field of unshare, one kind of namespace after the other', async () => {
  const { pid, outcomes, events } = await perform(`
for flag in (CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWUSER, CLONE_NEWPID):
    call(flag, lambda: libc.unshare(flag))
`);
  const created = await seen.created(pid);
  const successes = outcomes.filter((o) => o.result === 0);
  expect(successes.length).toBeGreaterThanOrEqual(5);
  expect(events.map((e) => e.data)).toEqual(
    successes.map((o, i) => ({
      RuleName: '-',
      UtcTime: events[i]?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: pid,
      Image: created.data.Image,
      Operation: 'unshare',
      PreviousNamespaces: changed(o.before, o.after),
      Namespaces: changed(o.after, o.before),
      TargetProcessGuid: zeroGuid,
      TargetProcessId: 0,
      TargetImage: '-',
      User: 'root',
    })),
  );
  for (const o of successes) expect(changed(o.after, o.before), o.what).toMatch(/^\w+:\d+$/);
  const [first] = events;
  expect({
    ...first,
    data: undefined,
    process: undefined,
    recordId: typeof first?.recordId,
    time: typeof first?.time,
  }).toEqual({
    type: 'NamespaceChange',
    id: 121,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sys_exit_unshare', tier: 'core' },
    techniques: [{ id: 'T1611', name: 'Escape to Host', tactics: ['privilege-escalation'], source: 'event' }],
  });
  expect(first?.process).toBe(created.process);
});

test('setns by the file of a namespace, and by a pidfd, which tells whose it is', async () => {
  const { outcomes, events } = await perform(`
child = os.fork()
if child == 0:
    libc.unshare(CLONE_NEWNET | CLONE_NEWUTS)
    os.execv('/bin/sleep', ['sleep', '60'])
executed(child)
before = namespaces()
done('file', libc.setns(os.open(f'/proc/{child}/ns/net', os.O_RDONLY), CLONE_NEWNET), before)
before = namespaces()
done('pidfd', libc.setns(os.pidfd_open(child), CLONE_NEWUTS), before, child=child)
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
`);
  const [file, pidfd] = outcomes as [Outcome, Outcome & { child: number }];
  expect(outcomes.map((o) => o.result)).toEqual([0, 0]);
  const target = await seen.created(pidfd.child);
  expect(events.map((e) => [e.extra.hook, e.data.Operation, e.data.PreviousNamespaces, e.data.Namespaces])).toEqual([
    ['sys_exit_setns', 'setns', changed(file.before, file.after), changed(file.after, file.before)],
    ['sys_exit_setns', 'setns', changed(pidfd.before, pidfd.after), changed(pidfd.after, pidfd.before)],
  ]);
  expect(events.map((e) => [e.data.TargetProcessId, e.data.TargetImage, e.data.TargetProcessGuid])).toEqual([
    [0, '-', zeroGuid],
    [pidfd.child, target.data.Image, target.data.ProcessGuid],
  ]);
  expect(events.map((e) => e.extra)).toEqual([
    { hook: 'sys_exit_setns', tier: 'core' },
    { hook: 'sys_exit_setns', tier: 'core' },
  ]);
});

test('clone names the process that was made', async () => {
  const { outcomes, events } = await perform(`
before = namespaces()
child = clone(CLONE_NEWNET | CLONE_NEWIPC)
if child == 0:
    os.execv('/bin/sleep', ['sleep', '60'])
executed(child)
done('clone', 0, before, child=child, of=namespaces(child))
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
`);
  const [o] = outcomes as [Outcome & { child: number; of: Record<string, number> }];
  expect(o.after).toEqual(o.before);
  expect(events).toHaveLength(1);
  const [e] = events;
  const child = await seen.created(o.child);
  expect(e?.data).toMatchObject({
    Operation: 'clone',
    PreviousNamespaces: changed(o.before, o.of),
    Namespaces: changed(o.of, o.before),
    TargetProcessId: o.child,
    // It has executed nothing yet.
    TargetImage: e?.data.Image,
  });
  expect(e?.data.Namespaces).toMatch(/^net:\d+,ipc:\d+$/);
  expect(e?.data.TargetProcessGuid).not.toBe(zeroGuid);
  expect(e?.extra).toEqual({ hook: 'sched_process_fork', tier: 'core' });
  expect(child.process.parent?.pid).toBe(e?.data.ProcessId);
});

test('near misses are no event', async () => {
  const { outcomes, events } = await perform(`
call('its own', lambda: libc.setns(os.open('/proc/self/ns/net', os.O_RDONLY), CLONE_NEWNET))
call('nothing', lambda: libc.unshare(0))
call('no namespace', lambda: libc.unshare(CLONE_FS))
call('not a namespace', lambda: libc.setns(os.open('/dev/null', os.O_RDONLY), 0))
call('closed', lambda: libc.setns(99, 0))
call('not allowed', lambda: libc.unshare(0xffffffff))
child = os.fork()
if child == 0: os._exit(0)
os.waitpid(child, 0)
`);
  expect(outcomes.map((o) => o.result)).toEqual([0, 0, 0, -1, -1, -1]);
  for (const o of outcomes) expect(o.after, o.what).toEqual(o.before);
  expect(events).toEqual([]);
});

test('rules know both processes', async () => {
  const config = `
rules:
  - event: NamespaceChange
    onmatch: include
    match:
      - all:
          - Operation: clone
          - Namespaces: { contains: 'uts:' }
          - TargetImage: { contains: python }
          - TargetProcessId: { gt: 1 }
        name: made elsewhere
      - all:
          - Operation: unshare
          - TargetProcessId: { eq: 0 }
          - TargetImage: '-'
        name: of nobody
`;
  const other = new Sysmon({ config, hash: 'none' });
  const kept = record(other);
  await other.start();
  try {
    const r = run('/usr/bin/python3', [
      '-c',
      `${preamble}\nlibc.unshare(CLONE_NEWUTS)\nif clone(CLONE_NEWUTS) == 0: os._exit(0)\nos.wait()`,
    ]);
    await r.ended;
    const e = await kept.find('NamespaceChange', (x) => x.data.ProcessId === r.pid);
    // As JSON says it: without a target the number is 0 and the path `-`.
    expect(e.data.RuleName).toBe('of nobody');
    const clone = await kept.find('NamespaceChange', (x) => x.data.ProcessId === r.pid && x.data.Operation === 'clone');
    expect(clone.data.RuleName).toBe('made elsewhere');
  } finally {
    await other.stop();
  }
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
