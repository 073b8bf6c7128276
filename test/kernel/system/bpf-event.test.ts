/** EBPFEvent: what is done with eBPF, against what the kernel says of the objects to whoever did it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { capabilities, Sysmon, type SysmonEventMap } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { probe } from '../helpers/probe.js';
import { compile, run } from '../helpers/workspace.js';
import { heldBy } from '../sensor/teardown/bpf-objects.js';

type BpfEvent = SysmonEventMap['eBPFEvent'];

interface Outcome {
  readonly what: string;
  readonly error: number;
  readonly program: number;
  readonly link: number;
  readonly map: number;
}
const outcomesOf = (text: string): Outcome[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Outcome);

/** A program that is older than the sensor. */
let holder: ChildProcess;
let held: Outcome;
let ways: string;
beforeAll(async () => {
  ways = compile(
    new URL('../system/bpf-ways.c', import.meta.url),
    join(mkdtempSync(join(tmpdir(), 'sysmon-bpf-')), 'ways'),
  );
  holder = spawn(ways, ['hold'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(holder.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  [held] = outcomesOf(line.toString());
});
useSensor(['eBPFEvent']);
afterAll(() => {
  holder.stdin?.end();
  execFileSync('rm', ['-rf', join(ways, '..')]);
});

/** Runs the program and waits until all that it did is told. */
async function perform(...args: string[]): Promise<{ pid: number; outcomes: Outcome[]; events: BpfEvent[] }> {
  const r = run(ways, args);
  const { code, stdout, stderr } = await r.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await seen.terminated(r.pid);
  return { pid: r.pid, outcomes: outcomesOf(stdout), events: of(r.pid) };
}
const of = (pid: number): BpfEvent[] =>
  seen.events.filter((e): e is BpfEvent => e.type === 'eBPFEvent' && e.data.ProcessId === pid);

/** The number of a tracepoint that no program of the sensor is at; tracefs need not be mounted. */
const tracepoint = (): string => {
  const script = 'mount -t tracefs tracefs /mnt && cat /mnt/events/task/task_newtask/id';
  return execFileSync('unshare', ['-m', 'sh', '-c', script], { encoding: 'utf8' }).trim();
};

/** A file system of eBPF, and a control group, of the test's own. */
function places(): { bpffs: string; cgroup: string } {
  const bpffs = join(folder, 'bpffs');
  mkdirSync(bpffs);
  execFileSync('mount', ['-t', 'bpf', 'bpf', bpffs]);
  onTestFinished(() => void execFileSync('umount', ['-l', bpffs]));
  const root = capabilities().cgroup2;
  if (root === '') return { bpffs, cgroup: '-' };
  const cgroup = join(root, `sysmon-bpf-${process.pid}`);
  mkdirSync(cgroup);
  onTestFinished(() => rmdirSync(cgroup));
  return { bpffs, cgroup };
}

test('every way, with every field', async () => {
  const { bpffs, cgroup } = places();
  const { pid, outcomes, events } = await perform('ways', cgroup, bpffs, tracepoint());
  const created = await seen.created(pid);
  /** What one way should give: command, type and name of the program, and what stands beside. */
  const told: Record<string, [string, string, string, object]> = {
    raw: [
      'BPF_RAW_TRACEPOINT_OPEN',
      'RAW_TRACEPOINT',
      'way_raw',
      { linkType: 'RAW_TRACEPOINT', attachedTo: 'task_rename' },
    ],
    ioctl: [
      'PERF_EVENT_IOC_SET_BPF',
      'TRACEPOINT',
      'way_trace',
      { hook: 'sys_exit_ioctl', attachedTo: 'task_newtask' },
    ],
    'perf link': ['BPF_LINK_CREATE', 'TRACEPOINT', 'way_trace', { linkType: 'PERF_EVENT', attachedTo: 'task_newtask' }],
    attach: ['BPF_PROG_ATTACH', 'CGROUP_SKB', 'way_first', { path: cgroup }],
    detach: ['BPF_PROG_DETACH', 'CGROUP_SKB', 'way_first', { path: cgroup }],
    link: ['BPF_LINK_CREATE', 'CGROUP_SKB', 'way_first', { linkType: 'CGROUP', path: cgroup }],
    update: ['BPF_LINK_UPDATE', 'CGROUP_SKB', 'way_second', { linkType: 'CGROUP' }],
    unlink: ['BPF_LINK_DETACH', 'CGROUP_SKB', 'way_second', { linkType: 'CGROUP' }],
  };
  const loads = [
    ['SOCKET_FILTER', 'way_filter'],
    ['XDP', '-'],
    ['RAW_TRACEPOINT', 'way_raw'],
    ['TRACEPOINT', 'way_trace'],
    ['CGROUP_SKB', 'way_first'],
    ['CGROUP_SKB', 'way_second'],
  ];
  const pins: [string, string, string, object][] = [
    ['BPF_OBJ_PIN', 'RAW_TRACEPOINT', 'way_raw', { path: join(bpffs, 'program'), exposed: ['extra.path'] }],
    ['BPF_OBJ_PIN', 'UNSPEC', '-', { path: join(bpffs, 'map'), mapName: 'way_map' }],
  ];
  const done = outcomes.filter((o) => o.error === 0);
  // Of these, only links of perf events are younger than the oldest kernel.
  expect(outcomes.filter((o) => o.error !== 0).map((o) => o.what)).toEqual(
    done.some((o) => o.what === 'perf link') ? [] : ['perf link'],
  );
  const expected = done.map((o) => {
    const load = (): [string, string, string, object] => ['BPF_PROG_LOAD', ...(loads.shift() as [string, string]), {}];
    const [command, type, name, more] =
      o.what === 'load' ? load() : o.what === 'pin' ? (pins.shift() ?? load()) : told[o.what];
    const extra: Record<string, unknown> = { hook: 'sys_exit_bpf', tier: 'core', ...more };
    if (o.link > 0) extra['link'] = o.link;
    if (o.map > 0) extra['map'] = o.map;
    const data = {
      BpfCommand: command,
      BpfProgramType: type,
      BpfProgramId: o.program,
      BpfProgramName: name,
    };
    return { data, extra };
  });
  expect(
    events.map(({ data: { BpfCommand, BpfProgramType, BpfProgramId, BpfProgramName }, extra }) => ({
      data: { BpfCommand, BpfProgramType, BpfProgramId, BpfProgramName },
      extra,
    })),
  ).toEqual(expected);
  const [first] = events;
  expect(first?.process).toBe(created.process);
  expect({ ...first, process: undefined, recordId: 0 }).toEqual({
    type: 'eBPFEvent',
    id: 100,
    recordId: 0,
    time: first?.time,
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: first?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: pid,
      Image: ways,
      User: 'root',
      ...expected[0]?.data,
    },
    extra: expected[0]?.extra,
    techniques: first?.techniques,
  });
  expect(first?.techniques.map((t) => [t.id, t.source])).toEqual([
    ['T1014', 'event'],
    ['T1205.002', 'event'],
  ]);
});

test('near misses are no event', async () => {
  const { outcomes, events } = await perform('misses');
  expect(outcomes.map((o) => o.error === 0)).toEqual([false, false, false, true, false, false, true]);
  expect(events).toEqual([]);
});

test('what is there at the start is listed, with who loaded it', () => {
  const listed = seen.events.filter((e): e is BpfEvent => e.type === 'eBPFEvent' && e.extra.existing === true);
  const mine = listed.find((e) => e.data.BpfProgramId === held.program);
  expect(mine?.data).toMatchObject({
    ProcessId: 0,
    Image: '-',
    User: 'root',
    BpfCommand: 'BPF_PROG_LOAD',
    BpfProgramType: 'SOCKET_FILTER',
    BpfProgramName: 'way_held',
  });
  expect(mine?.extra).toMatchObject({ hook: 'iter_bpf_prog', existing: true });
  // None is listed twice, and none of ours is.
  expect(new Set(listed.map((e) => e.data.BpfProgramId)).size).toBe(listed.length);
  expect(of(process.pid)).toEqual([]);
});

test('another sensor is seen if it runs in another process', async () => {
  const before = seen.events.length;
  const second = new Sysmon({ hash: 'none', events: ['ProcessTerminate', 'eBPFEvent'] });
  const known: BpfEvent[] = [];
  second.on('eBPFEvent', (e) => known.push(e));
  await second.start();
  await second.stop();
  expect(of(process.pid)).toEqual([]);
  // What the first one has is ours as well: it is not among what was there.
  const listed = known.filter((e) => e.extra.existing).map((e) => e.data.BpfProgramId);
  expect(listed).toContain(held.program);
  const ours = [...heldBy(process.pid)].filter((key) => key.startsWith('prog ')).map((key) => Number(key.slice(5)));
  expect(ours.length).toBeGreaterThan(3);
  expect(listed.filter((id) => ours.includes(id))).toEqual([]);
  const { status, error } = probe({ options: { events: ['ProcessTerminate'] }, run: ['/bin/true'] });
  expect({ status, error }).toEqual({ status: 0, error: undefined });
  const loaded = await seen.find(
    'eBPFEvent',
    ({ data, extra }) =>
      data.BpfProgramName === 'sm_process_fork' &&
      data.BpfCommand === 'BPF_PROG_LOAD' &&
      data.Image === process.execPath &&
      extra.existing === undefined,
  );
  expect(loaded.data.BpfProgramType).toBe('TRACING');
  expect(loaded.extra.attachedTo).toBe('sched_process_fork');
  expect(seen.events.slice(before).filter((e) => e.type === 'Error')).toEqual([]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
