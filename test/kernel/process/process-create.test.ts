/** ProcessCreate: every field, parents and records, against what the system says of the living child. */
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idle, seen, useSensor, userName } from '../helpers/fixture.js';
import { cgroupMount, guidOf, bootId, secondsOf, truthOf, unset, utcOf, wallOf, zeroGuid } from '../helpers/truth.js';
import { run } from '../helpers/workspace.js';

useSensor();

test('every field of a plain program', async () => {
  const before = new Date();
  const r = run(idle, ['one', 'two words'], {
    cwd: '/usr',
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { LD_AUDIT: '', SUDO_USER: 'somebody', SECRET: 'x' },
  });
  const e = await seen.created(r.pid);
  const after = new Date();
  const t = truthOf(r.pid);
  const own = truthOf(process.pid);
  expect(t.ppid).toBe(process.pid);
  const parent = e.process.parent;
  if (!parent) throw new Error('no parent');
  // Nothing but the record itself says when a process started to the microsecond; /proc says it in hundredths.
  expect(Math.abs(Date.parse(e.process.startTime) - wallOf(t.startTicks))).toBeLessThan(60);
  expect(e.process.startTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(e.process.startTime <= e.time).toBe(true);
  expect(e.time >= before.toISOString().slice(0, -1) && Date.parse(e.time) <= after.getTime() + 1).toBe(true);
  const guid = guidOf(secondsOf(e.process.startTime), t.endCode);
  const logon = guidOf(0, 0n);
  const node = readlinkSync('/proc/self/exe');
  const nodeLine = own.argv.join(' ');
  expect({ ...e, process: undefined, data: undefined, recordId: typeof e.recordId, time: typeof e.time }).toEqual({
    type: 'ProcessCreate',
    id: 1,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sched_process_exec', tier: 'core' },
    techniques: [{ id: 'T1059', name: 'Command and Scripting Interpreter', tactics: ['execution'], source: 'event' }],
  });
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: utcOf(e.process.startTime),
    ProcessGuid: guid,
    ProcessId: r.pid,
    Image: t.image,
    FileVersion: '-',
    Description: '-',
    Product: '-',
    Company: '-',
    OriginalFileName: '-',
    CommandLine: `${idle} one two words`,
    CurrentDirectory: '/usr',
    User: 'root',
    LogonGuid: logon,
    LogonId: '0',
    TerminalSessionId: t.session,
    IntegrityLevel: 'no level',
    Hashes: '-',
    ParentProcessGuid: parent.guid,
    ParentProcessId: process.pid,
    ParentImage: node,
    ParentCommandLine: nodeLine,
    ParentUser: 'root',
  });
  const mount = cgroupMount();
  expect({ ...e.process, strongId: undefined, parent: undefined }).toEqual({
    strongId: undefined,
    guid,
    pid: r.pid,
    ppid: process.pid,
    image: t.image,
    commandLine: `${idle} one two words`,
    argv: [idle, 'one', 'two words'],
    cwd: '/usr',
    uid: t.uids[0],
    euid: t.uids[1],
    suid: t.uids[2],
    gid: t.gids[0],
    egid: t.gids[1],
    user: userName(0),
    ...(t.loginUid === unset ? {} : { loginUid: t.loginUid }),
    ...(t.session === unset ? {} : { session: t.session }),
    sid: t.sid,
    pgid: t.pgid,
    nsPid: t.nsPid,
    startTime: e.process.startTime,
    logonGuid: logon,
    capabilities: { effective: t.effective, permitted: t.permitted, gained: [] },
    namespaces: t.namespaces,
    cgroup:
      mount === undefined
        ? { id: expect.any(String) as string }
        : { id: String(statSync(join(mount, t.cgroupPath), { bigint: true }).ino), path: t.cgroupPath },
    stdio: [0, 1, 2].map((fd) => ({ fd, kind: 'char', target: '/dev/null' })),
    env: { LD_AUDIT: '', SUDO_USER: 'somebody' },
  });
  const [boot, start, pid, execs] = e.process.strongId.split(':');
  expect(boot).toBe(bootId);
  expect(Number(pid)).toBe(r.pid);
  expect(Math.floor(Number(start) / 1e7)).toBe(t.startTicks);
  expect(Number(execs)).toBeGreaterThan(0);
  expect(Object.isFrozen(e.process) && Object.isFrozen(e.process.argv) && Object.isFrozen(e.extra)).toBe(true);
});

test('a parent older than the sensor is known, with its GUID', async () => {
  const r = run(idle, []);
  const e = await seen.created(r.pid);
  const own = truthOf(process.pid);
  const parent = e.process.parent;
  expect(parent).toMatchObject({
    pid: process.pid,
    ppid: own.ppid,
    image: own.image,
    argv: own.argv,
    uid: 0,
    user: 'root',
    sid: own.sid,
    pgid: own.pgid,
    namespaces: own.namespaces,
  });
  expect(Math.abs(Date.parse(parent?.startTime ?? '') - wallOf(own.startTicks))).toBeLessThan(60);
  expect(e.data.ParentProcessGuid).toBe(guidOf(secondsOf(parent?.startTime ?? ''), own.endCode));
  expect(e.data.ParentProcessGuid).not.toBe(zeroGuid);
  expect(parent?.uncertain).toBeUndefined();
});

test('ancestors go up to the first process', async () => {
  const e = await seen.created(run(idle, []).pid);
  let at = e.process.parent;
  for (let pid = process.pid; pid > 0; at = at?.parent) {
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    expect(at).toMatchObject({ pid, argv });
    // The first process of some containers does not let even root look at its image.
    if (pid !== 1) expect(at?.image).toBe(truthOf(pid).image);
    pid = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  }
  expect(at).toBeUndefined();
});

test('a program that ends as it began has one record, shared and frozen', async () => {
  const r = run('/bin/true', []);
  const [c, t] = [await seen.created(r.pid), await seen.terminated(r.pid)];
  expect(t.process).toBe(c.process);
  const two = [run(idle, []), run(idle, [])];
  const [a, b] = [await seen.created(two[0].pid), await seen.created(two[1].pid)];
  expect(a.process.parent).toBe(b.process.parent);
  expect(new Set([a, b, c].map((e) => e.process.strongId)).size).toBe(3);
});
