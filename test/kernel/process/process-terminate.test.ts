/** ProcessTerminate: once for each process, with how it ended. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';
import { folder, idle, seen, sysmon, useSensor } from '../helpers/fixture.js';
import { guidOf, secondsOf, truthOf } from '../helpers/truth.js';
import { run } from '../helpers/workspace.js';

useSensor();

test('every field of an end', async () => {
  const r = run(idle, ['x'], { cwd: '/usr' });
  const created = await seen.created(r.pid);
  const t = truthOf(r.pid);
  const before = Date.now();
  r.child.kill('SIGTERM');
  await r.ended;
  const e = await seen.terminated(r.pid);
  const after = Date.now();
  expect({ ...e, data: undefined, process: undefined, recordId: typeof e.recordId, time: typeof e.time }).toEqual({
    type: 'ProcessTerminate',
    id: 5,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sched_process_exit', tier: 'core', signal: 15 },
    techniques: [{ id: 'T1489', name: 'Service Stop', tactics: ['impact'], source: 'event' }],
  });
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: guidOf(secondsOf(created.process.startTime), t.endCode),
    ProcessId: r.pid,
    Image: idle,
    User: 'root',
  });
  expect(e.process).toBe(created.process);
  expect(e.recordId).toBeGreaterThan(created.recordId);
  expect(Date.parse(e.time)).toBeGreaterThanOrEqual(before - 1);
  expect(Date.parse(e.time)).toBeLessThanOrEqual(after + 1);
});

test('all exit codes', async () => {
  const { stdout } = await run('/bin/sh', [
    '-c',
    'for i in $(seq 0 255); do sh -c "exit $i" & p=$!; wait $p; echo $p $i $?; done',
  ]).ended;
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(256);
  for (const line of lines) {
    const [pid, code, status] = line.split(' ').map(Number) as [number, number, number];
    expect(status).toBe(code);
    const { extra } = await seen.terminated(pid);
    expect(extra).toEqual({ hook: 'sched_process_exit', tier: 'core', exitCode: code });
  }
});

test('all signals that kill', async () => {
  // Not those that stop a process or are ignored by default.
  for (const signal of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 29, 30, 31]) {
    // Without core dumps; `ulimit` is the shell's, and the limit is inherited.
    const r = run('/bin/sh', ['-c', 'ulimit -c 0; exec "$0"', idle]);
    await seen.find('ProcessCreate', (e) => e.data.ProcessId === r.pid && e.data.Image === idle);
    process.kill(r.pid, signal);
    await r.ended;
    expect((await seen.terminated(r.pid)).extra).toEqual({ hook: 'sched_process_exit', tier: 'core', signal });
  }
});

test('the core dump flag is the one that wait(2) reports', async () => {
  // The kernel may be told to dump nowhere: python reports the truth. It dumps into an own folder, if into a file.
  const dumps = join(folder, 'dumps');
  mkdirSync(dumps);
  const script = join(folder, 'wait.py');
  writeFileSync(
    script,
    'import os,sys\np=os.fork()\nif p==0: os.execv(sys.argv[1],[sys.argv[1],"do","abort"])\n_,s=os.waitpid(p,0)\nprint(p,os.WTERMSIG(s),int(os.WCOREDUMP(s)))\n',
  );
  const { stdout } = await run('/usr/bin/python3', [script, idle], { cwd: dumps }).ended;
  const [pid, signal, dumped] = stdout.trim().split(' ').map(Number) as [number, number, number];
  const { extra } = await seen.terminated(pid);
  expect(extra.signal).toBe(signal);
  expect(extra.coreDump).toBe(dumped ? true : undefined);
  console.log(`core dump: ${dumped ? 'written' : 'not written here'}`);
});

test('one event for a process, none for its threads', async () => {
  const r = run(idle, ['do', 'threads', '20', '7']);
  expect((await r.ended).code).toBe(7);
  const e = await seen.terminated(r.pid);
  expect(e.extra.exitCode).toBe(7);
  // Whatever came later of it would come before this one.
  await seen.terminated((await run('/bin/true', []).ended, run('/bin/true', [])).pid);
  expect(seen.of(r.pid).map((x) => x.type)).toEqual(['ProcessCreate', 'ProcessTerminate']);
});

test('the user is the one at the end; the record keeps the one at the exec', async () => {
  const r = run(idle, ['do', 'setuid', '65534', '3'], { cwd: '/' });
  expect((await r.ended).code).toBe(3);
  const e = await seen.terminated(r.pid);
  expect(e.data.User).toBe('nobody');
  expect(e.process).toMatchObject({ uid: 0, user: 'root' });
});

test('a fork that executes nothing ends under the image of its parent', async () => {
  const script = join(folder, 'fork.py');
  writeFileSync(script, 'import os,time\np=os.fork()\nif p==0: os._exit(42)\nos.waitpid(p,0)\nprint(p)\n');
  const r = run('/usr/bin/python3', [script]);
  const pid = Number((await r.ended).stdout);
  const parent = await seen.created(r.pid);
  const e = await seen.terminated(pid);
  expect(e.extra.exitCode).toBe(42);
  expect(e.data.Image).toBe(parent.data.Image);
  expect(e.process).toMatchObject({
    pid,
    ppid: r.pid,
    forked: true,
    argv: parent.process.argv,
    cwd: parent.process.cwd,
  });
  expect(e.process.parent?.pid).toBe(r.pid);
  expect(e.process.strongId).not.toBe(e.process.parent?.strongId);
  expect(seen.of(pid)).toHaveLength(1);
});

test('a process older than the sensor ends as what it was', async () => {
  const r = run(idle, ['older'], { cwd: '/usr' });
  await seen.created(r.pid);
  const t = truthOf(r.pid);
  const late = new Sysmon({ events: ['ProcessTerminate'] });
  const capture = record(late);
  await late.start();
  expect(late.processes.get(r.pid)).toMatchObject({
    pid: r.pid,
    image: idle,
    argv: t.argv,
    cwd: '/usr',
    ppid: process.pid,
    namespaces: t.namespaces,
  });
  r.child.kill('SIGKILL');
  await r.ended;
  const e = await capture.terminated(r.pid);
  await late.stop();
  expect(e.data).toMatchObject({
    Image: idle,
    User: 'root',
    ProcessGuid: guidOf(secondsOf(e.process.startTime), t.endCode),
  });
  expect(e.extra).toEqual({ hook: 'sched_process_exit', tier: 'core', signal: 9 });
  const own = await seen.terminated(r.pid);
  expect(e.process.strongId).toBe(own.process.strongId);
  expect(capture.events.filter((x) => x.type === 'ProcessCreate')).toEqual([]);
});

test('a process that waits to be reaped is reported when it dies', async () => {
  // The parent waits for half a minute before it looks.
  const script = join(folder, 'zombie.py');
  writeFileSync(script, 'import os,sys,time\np=os.fork()\nif p==0: os._exit(5)\nprint(p,flush=True)\ntime.sleep(30)\n');
  const r = run('/usr/bin/python3', ['-u', script]);
  let out = '';
  r.child.stdout?.on('data', (d: Buffer) => (out += d.toString()));
  while (!out.includes('\n')) await sleep(5);
  const e = await seen.terminated(Number(out));
  expect(e.extra.exitCode).toBe(5);
  expect(sysmon.processes.get(Number(out))).toBeUndefined();
  r.child.kill('SIGKILL');
});
