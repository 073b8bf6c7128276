/** PrivilegeChange: every way to change credentials, against what /proc/PID/status says before and after. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PrivilegeChangeEvent } from '../../../lib/index.js';
import { capabilityNames } from '../../../lib/event/capability-sets.js';
import { folder, seen, userName, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['PrivilegeChange']);

let program: string;
beforeAll(() => {
  program = compile(new URL('privileges.c', import.meta.url), join(folder, 'privileges'));
});

/** What /proc says of a thread, each as `extra` has it. */
type State = Readonly<Record<string, string>>;

const capabilities = (mask: string): string =>
  capabilityNames.filter((_, i) => (BigInt(`0x${mask}`) >> BigInt(i)) & 1n).join(',') || 'none';

function stateOf(text: string): State | undefined {
  if (text === '') return undefined;
  const [uids, gids, groups, inheritable, permitted, effective, bounding, ambient, securebits, ns] = text
    .split(';')
    .map((t) => t.trim());
  return {
    uids: uids.replaceAll('\t', ','),
    gids: gids.replaceAll('\t', ','),
    groups: groups.replaceAll(' ', ',') || 'none',
    permitted: capabilities(permitted),
    inheritable: capabilities(inheritable),
    ambient: capabilities(ambient),
    bounding: capabilities(bounding),
    securebits: `0x${securebits}`,
    userNamespace: /\d+/.exec(ns)?.[0] ?? '',
    effective: capabilities(effective),
  };
}

interface Step {
  readonly what: string;
  readonly result: number;
  readonly pid: number;
  readonly tid: number;
  readonly before: State;
  readonly after: State;
}

interface Done {
  readonly steps: readonly Step[];
  readonly events: readonly PrivilegeChangeEvent[];
}

/** Runs a program, and waits until all that it did is told. */
async function ran(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(command, args).ended;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const last = run('/bin/true', []);
  await last.ended;
  await seen.created(last.pid);
  return stdout;
}

async function perform(...ops: string[]): Promise<Done> {
  const lines = (await ran(program, ops)).trim().split('\n');
  let last: State = {};
  const steps = lines.map((line): Step => {
    const [what, result, pid, tid, before, after] = line.split('|');
    const state = stateOf(after) ?? {};
    const step = { what, result: +result, pid: +pid, tid: +tid, before: stateOf(before) ?? last, after: state };
    last = state;
    return step;
  });
  const pids = new Set(steps.map((s) => s.pid));
  return { steps, events: changes((e) => pids.has(e.data.ProcessId)) };
}

const changes = (fits: (e: PrivilegeChangeEvent) => boolean): PrivilegeChangeEvent[] =>
  seen.events.filter((e): e is PrivilegeChangeEvent => e.type === 'PrivilegeChange' && fits(e));

const operations: Readonly<Record<string, string>> = {
  ...{ ambient: 'prctl', bounding: 'prctl', securebits: 'prctl', keepcaps: 'prctl' },
  ...{ start: 'exec', child: 'clone' },
};
const hooks: Readonly<Record<string, string>> = { exec: 'sched_process_exec', clone: 'sched_process_fork' };

const userOf = (s: State): string => userName(+s['uids'].split(',')[1]);

const setsOf = { permitted: true, inheritable: true, ambient: true, bounding: true };
/** The names in a list that another one does not have. */
const without = (list: string, other: string): string =>
  list
    .split(',')
    .filter((name) => name !== 'none' && !other.split(',').includes(name))
    .join(',') || 'none';

/** What the events of these steps must say: one for each that changed something. */
function expected(steps: readonly Step[]): unknown[] {
  return steps.slice(1).flatMap(({ what, pid, tid, before, after }) => {
    const changed = Object.keys(after).filter((k) => k !== 'effective' && before[k] !== after[k]);
    if (changed.length === 0 && before['effective'] === after['effective']) return [];
    const operation = operations[what] ?? what;
    const extra: Record<string, unknown> = { hook: hooks[operation] ?? `sys_exit_${operation}`, tier: 'core' };
    if (tid !== pid) extra['thread'] = tid;
    for (const k of changed) {
      const sets = k in setsOf;
      extra[`previous${k[0].toUpperCase()}${k.slice(1)}`] = sets ? without(before[k], after[k]) : before[k];
      extra[k] = sets ? without(after[k], before[k]) : after[k];
    }
    return [
      {
        pid,
        Operation: operation,
        PreviousUser: userOf(before),
        User: userOf(after),
        PreviousCapabilities: before['effective'],
        Capabilities: after['effective'],
        extra,
      },
    ];
  });
}

const told = ({ data, extra }: PrivilegeChangeEvent): unknown => {
  const { Operation, PreviousUser, User, PreviousCapabilities, Capabilities } = data;
  const rest = Object.fromEntries(Object.entries(extra).filter(([name]) => name !== 'drop'));
  return { pid: data.ProcessId, Operation, PreviousUser, User, PreviousCapabilities, Capabilities, extra: rest };
};
const dropsOf = (events: readonly PrivilegeChangeEvent[]): string[] =>
  events.map((e) => `${e.data.Operation} ${e.extra.drop ? 'drop' : 'gain'}`);

test('every field', async () => {
  const { steps, events } = await perform('setuid:1');
  const [{ pid }] = steps;
  const created = await seen.created(pid);
  expect(events).toHaveLength(1);
  const [e] = events;
  const [, { before }] = steps;
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: program,
    Operation: 'setuid',
    PreviousUser: 'root',
    User: userName(1),
    PreviousCapabilities: before['effective'],
    Capabilities: 'none',
  });
  expect(e.data.PreviousCapabilities).toContain('CAP_SETUID');
  expect(e.extra).toEqual({
    hook: 'sys_exit_setuid',
    tier: 'core',
    drop: true,
    previousUids: '0,0,0,0',
    uids: '1,1,1,1',
    previousPermitted: before['permitted'],
    permitted: 'none',
  });
  expect({ type: e.type, id: e.id, host: e.host }).toEqual({ type: 'PrivilegeChange', id: 120, host: hostname() });
  expect(e.techniques.map((t) => t.id)).toEqual(['T1548.001', 'T1548.003', 'T1068']);
  expect(e.process).toBe(created.process);
});

test('the calls, one after the other', async () => {
  const { steps, events } = await perform(
    ...['setgroups:1,2,3', 'setgroups', 'setgid:1', 'setregid:0,1', 'setresgid:1,0,1', 'setfsgid:1', 'setfsuid:1'],
    ...['setfsuid:0', 'setreuid:0,1', 'setresuid:0,0,1', 'capset:0xc0,0x1c0,0x80', 'capset:0x1c0,0x1c0,0x80'],
    ...['ambient:7', 'bounding:3', 'securebits:4', 'keepcaps:1', 'setresuid:1,1,1'],
  );
  expect(steps.filter((s) => s.result < 0)).toEqual([]);
  expect(events.map(told)).toEqual(expected(steps));
  expect(dropsOf(events)).toEqual([
    ...['setgroups drop', 'setgroups drop', 'setgid drop', 'setregid drop', 'setresgid drop', 'setfsgid drop'],
    // The file system's rights go and come with its user.
    ...['setfsuid drop', 'setfsuid gain', 'setreuid drop', 'setresuid gain', 'capset gain', 'capset gain'],
    ...['prctl gain', 'prctl drop', 'prctl gain', 'setresuid drop'],
  ]);
});

test('programs with the setuid and setgid bit, and with capabilities of their file', async ({ skip }) => {
  const copy = (name: string, mode: number): string => {
    const path = join(folder, name);
    copyFileSync(program, path);
    chmodSync(path, mode);
    return path;
  };
  const [plain, setuid, setgid] = [copy('plain', 0o755), copy('setuid', 0o4755), copy('setgid', 0o2755)];
  const capable = copy('capable', 0o755);
  const user = ['setgroups', 'setresgid:1,1,1', 'setresuid:1,1,1'];
  const runs = [await perform(...user, `exec:${setuid}`, 'setuid:0', `exec:${plain}`)];
  if (runs[0].steps.at(-1)?.after['uids'] !== '0,0,0,0') skip('the folder for temporary files is mounted nosuid');
  runs.push(await perform(...user, `exec:${setgid}`, `exec:${plain}`));
  if (existsSync('/usr/sbin/setcap')) {
    execFileSync('/usr/sbin/setcap', ['cap_net_raw=ep', capable]);
    runs.push(await perform(...user, `exec:${capable}`, `exec:${plain}`));
  }
  for (const { steps, events } of runs) expect(events.map(told)).toEqual(expected(steps));
  const after = runs.map(({ events }) => dropsOf(events).slice(-2));
  expect(after[0]).toEqual(['exec gain', 'setuid drop']);
  expect(after[1]).toEqual(['setresuid drop', 'exec gain']);
  if (after.length > 2) expect(after[2]).toEqual(['exec gain', 'exec drop']);
  // The event stands behind the program that brought it.
  const [{ events, steps }] = runs;
  const exec = events.find((e) => e.data.Operation === 'exec');
  expect(exec?.data.Image).toBe(setuid);
  expect(exec?.process.euid).toBe(0);
  expect(steps[0].pid).toBe(exec?.data.ProcessId);
});

test('user namespaces: unshare, setns, clone', async ({ skip }) => {
  const { steps, events } = await perform('setresuid:1,1,1', 'unshare');
  if (steps[2].result !== 0) skip('user namespaces are switched off');
  expect(events.map(told)).toEqual(expected(steps));
  expect(dropsOf(events)).toEqual(['setresuid drop', 'unshare gain']);

  // What it enters, a child of it has made.
  const entered = await perform('setns');
  expect(entered.events.map(told)).toEqual(expected(entered.steps));
  expect(dropsOf(entered.events)).toEqual(['setns gain']);

  const made = await perform('setresuid:1,1,1', 'clone');
  const child = made.steps.find((s) => s.what === 'child');
  const cloned = made.events.filter((e) => e.data.Operation === 'clone');
  expect(cloned).toHaveLength(1);
  expect(cloned[0].data).toMatchObject({ ProcessId: child?.pid, PreviousCapabilities: 'none', User: userName(1) });
  expect(cloned[0].data.Capabilities).toBe(child?.after['effective']);
  expect(cloned[0].extra).toMatchObject({ hook: 'sched_process_fork', userNamespace: child?.after['userNamespace'] });
  expect(cloned[0].extra.drop).toBeUndefined();
});

test('each thread by itself', async () => {
  const { steps, events } = await perform('thread:setresuid:1,1,1', 'thread:setuid:0', 'setgid:1', 'thread:setgid:2');
  expect(steps.filter((s) => s.tid !== s.pid).map((s) => s.what)).toEqual(['setresuid', 'setuid', 'setgid']);
  // The second thread is a thread of a leader who is still root: it changes nothing.
  expect(events.map(told)).toEqual(expected(steps));
  expect(events.map((e) => e.data.Operation)).toEqual(['setresuid', 'setgid', 'setgid']);
});

test('near misses are no event', async () => {
  const { steps, events } = await perform(
    ...['setuid:0', 'setgid:0', 'setresuid:-1,-1,-1', 'setreuid:0,0', 'setfsuid:0', 'keepcaps:1', 'name', 'fork'],
    ...['securebits:0', 'exec:/no/such/program', `exec:${program}`, 'fork'],
  );
  expect(events).toEqual([]);
  expect(expected(steps)).toEqual([]);
  const denied = await perform('setresuid:1,1,1', 'setuid:0', 'setgroups:1', 'setresgid:0,0,2', 'capset:1,1,1');
  expect(denied.steps.slice(2).map((s) => s.result)).toEqual([-1, -1, -1, -1]);
  expect(denied.events.map((e) => e.data.Operation)).toEqual(['setresuid']);
});

test('what no call explains, told by the next one', async ({ skip }) => {
  const { steps, events } = await perform('setgroups:1', 'int80:1', `exec:${program}`);
  if (steps.some((s) => s.what === 'no-int80')) skip('the kernel has no 32-bit calls, by which to do it unseen');
  expect(events.map((e) => [e.data.Operation, e.data.PreviousUser, e.data.User, e.extra.hook])).toEqual([
    ['setgroups', 'root', 'root', 'sys_exit_setgroups'],
    ['unexplained', 'root', userName(1), 'sys_enter'],
  ]);
  expect(events[1].extra).toMatchObject({ previousUids: '0,0,0,0', uids: '1,1,1,1' });
  expect(events[1].extra.drop).toBeUndefined();
});

const by = (image: string): PrivilegeChangeEvent[] => changes((e) => e.data.Image.endsWith(`/${image}`));

test('su, unshare', async () => {
  await ran('/usr/bin/setpriv', ['--reuid=1', '--regid=1', '--clear-groups', '/usr/bin/unshare', '-Ur', '/bin/true']);
  // It keeps what is permitted over the change of the user, and takes it into effect again to change the group.
  expect(dropsOf(by('setpriv'))).toEqual(['setresuid drop', 'capset gain', 'setresgid drop']);
  const unshared = by('unshare').filter((e) => e.data.Operation === 'unshare');
  expect(unshared.map((e) => [e.data.PreviousCapabilities, e.data.Capabilities.includes('CAP_SYS_ADMIN')])).toEqual([
    ['none', true],
  ]);
  await ran('/bin/su', ['-s', '/bin/true', userName(1)]);
  expect(by('su').filter((e) => e.data.User === userName(1) && e.extra.drop)).not.toEqual([]);
});

test('sudo', async ({ skip }) => {
  if (!existsSync('/usr/bin/sudo')) skip('there is no sudo here');
  // What it says of the name of the host is no matter here.
  expect((await run('/usr/bin/sudo', ['-n', '-u', userName(1), '/bin/true']).ended).code).toBe(0);
  await ran('/bin/true', []);
  expect(by('sudo').filter((e) => e.data.User === userName(1))).not.toEqual([]);
});

test('ping by capabilities of its file', async ({ skip }) => {
  if (!existsSync('/usr/bin/ping') || !existsSync('/sbin/setcap')) skip('there is no ping here, or no setcap');
  // As it is installed it may have the setuid bit instead, or neither.
  const copy = join(folder, 'ping');
  copyFileSync('/usr/bin/ping', copy);
  chmodSync(copy, 0o755);
  execFileSync('/sbin/setcap', ['cap_net_raw=ep', copy]);
  await ran('/bin/su', ['-s', '/bin/sh', '-c', `exec ${copy} -c1 127.0.0.1`, userName(1)]);
  const [exec] = by('ping');
  expect([exec?.data.Operation, exec?.data.PreviousCapabilities, exec?.data.User]).toEqual([
    ...['exec', 'none', userName(1)],
  ]);
  expect(exec?.extra.permitted).toBe('CAP_NET_RAW');
});

test('nothing was lost, and nothing unexplained but what was meant to be', () => {
  expect(seen.losses).toEqual([]);
  expect(changes((e) => e.data.Operation === 'unexplained' && e.data.Image !== program)).toEqual([]);
});
