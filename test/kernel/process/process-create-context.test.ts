/** ProcessCreate: descriptors, terminals, scripts, users, capabilities, namespaces, control groups. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';
import { folder, idle, lastOf, seen, shell, useSensor, userName } from '../helpers/fixture.js';
import { cgroupMount, guidOf, truthOf, unset } from '../helpers/truth.js';
import { run } from '../helpers/workspace.js';

useSensor();

test('kinds of the standard descriptors', async () => {
  const file = openSync(join(folder, 'out put'), 'w');
  const a = await shell('exec "$IDLE" <&- 2>/dev/null', { stdio: ['ignore', file, 'ignore'] });
  closeSync(file);
  expect(a.e.process.stdio).toEqual([
    { fd: 0, kind: 'closed' },
    { fd: 1, kind: 'file', target: join(folder, 'out put') },
    { fd: 2, kind: 'char', target: '/dev/null' },
  ]);
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  run('/bin/sh', ['-c', 'exec 3<>"$1"; "$0" pipe 2>&3 </ | cat', idle, fifo]);
  const e = await seen.find('ProcessCreate', (c) => c.data.CommandLine === `${idle} pipe`);
  onTestFinished(() => void process.kill(e.data.ProcessId, 'SIGKILL'));
  expect(e.process.stdio).toEqual([
    { fd: 0, kind: 'directory', target: '/' },
    { fd: 1, kind: 'pipe', target: readlinkSync(`/proc/${e.data.ProcessId}/fd/1`) },
    { fd: 2, kind: 'pipe', target: fifo },
  ]);
});

test('a root that is not that of the mount namespace', async () => {
  const root = join(folder, 'root');
  mkdirSync(root);
  copyFileSync(idle, join(root, 'idle'));
  const r = run('chroot', [root, '/idle']);
  const e = await seen.find('ProcessCreate', (c) => c.data.ProcessId === r.pid && c.process.root !== undefined);
  // Paths are of the mount namespace, as always.
  expect([e.process.root, e.data.Image, e.data.CurrentDirectory]).toEqual([root, join(root, 'idle'), root]);
  expect((await shell('exec "$IDLE"')).e.process).not.toHaveProperty('root');
});

test('a socket has its peer as target', async () => {
  const accepted: Socket[] = [];
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((s) => accepted.push(s));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo;
    const client = connect(port, host);
    await new Promise((resolve) => client.once('connect', resolve));
    const local = client.localPort as number;
    const r = run(idle, [], {
      stdio: [(client as unknown as { _handle: { fd: number } })._handle.fd, 'ignore', 'ignore'],
    });
    const e = await seen.created(r.pid);
    const show = (p: number): string => (host === '::1' ? `[::1]:${p}` : `127.0.0.1:${p}`);
    expect(e.process.stdio[0]).toEqual({
      fd: 0,
      kind: 'socket',
      protocol: 'tcp',
      local: show(local),
      target: show(port),
    });
    client.destroy();
    server.close();
  }
  const path = join(folder, 'unix socket');
  const server = createServer((s) => accepted.push(s));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const client = connect(path);
  await new Promise((resolve) => client.once('connect', resolve));
  const fd = (client as unknown as { _handle: { fd: number } })._handle.fd;
  const r = run(idle, [], { stdio: [fd, fd, 'pipe'] });
  const e = await seen.created(r.pid);
  expect(e.process.stdio).toEqual([
    { fd: 0, kind: 'socket', protocol: 'unix', target: path },
    { fd: 1, kind: 'socket', protocol: 'unix', target: path },
    { fd: 2, kind: 'socket', protocol: 'unix', target: readlinkSync(`/proc/${r.pid}/fd/2`) },
  ]);
  client.destroy();
  server.close();
  for (const s of accepted) s.destroy();
});

test('terminal and session', async () => {
  const out = join(folder, 'tty-pid');
  // script(1) opens a pseudo terminal and makes it the controlling one of a new session.
  const r = run('/usr/bin/script', ['-qec', `exec '${idle}' on-a-terminal`, '/dev/null'], {
    cwd: folder,
    stdio: ['ignore', openSync(out, 'w'), 'ignore'],
  });
  const e = await seen.find('ProcessCreate', (c) => c.data.CommandLine === `${idle} on-a-terminal`);
  const t = truthOf(e.data.ProcessId);
  const index = (t.ttyNumber & 0xff) | ((t.ttyNumber >> 12) & 0xfff00);
  expect((t.ttyNumber >> 8) & 0xfff).toBeGreaterThanOrEqual(136);
  expect(e.process).toMatchObject({
    tty: `pts/${index}`,
    sid: t.sid,
    pgid: t.pgid,
    stdio: [0, 1, 2].map((fd) => ({ fd, kind: 'tty', target: readlinkSync(`/proc/${t.pid}/fd/${fd}`) })),
  });
  expect(e.process.sid).not.toBe(truthOf(process.pid).sid);
  // Nobody has logged in on it, so there is no login second; uid and terminal make the key.
  expect(e.data.LogonGuid).toBe(guidOf(0, BigInt(index) << 32n));
  process.kill(t.pid, 'SIGKILL');
  await r.ended;
});

test('a script is named beside its interpreter', async () => {
  const script = join(folder, 'some script');
  writeFileSync(script, `#!${idle} -x  -y\n`, { mode: 0o755 });
  const absolute = await seen.created(run(script, ['a']).pid);
  expect(absolute.data).toMatchObject({ Image: idle, CommandLine: `${idle} -x  -y ${script} a` });
  expect(absolute.process).toMatchObject({ script, argv: [idle, '-x  -y', script, 'a'] });
  const relative = await seen.created(run('./some script', [], { cwd: folder }).pid);
  expect(relative.process).toMatchObject({ script, argv: [idle, '-x  -y', './some script'] });
  const found = await seen.created(run('some script', [], { cwd: '/', env: { PATH: `/nonexistent:${folder}` } }).pid);
  expect(found.process).toMatchObject({ script, argv: [idle, '-x  -y', script] });
  // A script whose interpreter is a script.
  const outer = join(folder, 'outer');
  writeFileSync(outer, `#!${folder}/inner\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'inner'), `#!${idle}\n`, { mode: 0o755 });
  const nested = await seen.created(run(outer, []).pid);
  expect(nested.process).toMatchObject({ image: idle, script: outer, argv: [idle, join(folder, 'inner'), outer] });
  expect((await seen.created(run(idle, []).pid)).process.script).toBeUndefined();
});

test('the image is the file, not the link to it', async () => {
  const link = join(folder, 'link');
  symlinkSync(idle, link);
  const e = await seen.created(run(link, []).pid);
  expect(e.data).toMatchObject({ Image: idle, CommandLine: link });
});

test('other users by name, unknown ones by a dash', async () => {
  for (const uid of [65534, 1, 47113]) {
    const r = run(idle, [], { uid, gid: 1, cwd: '/' });
    const e = await seen.created(r.pid);
    const t = truthOf(r.pid);
    const name = uid === 47113 ? '-' : userName(uid);
    expect(e.data).toMatchObject({
      User: name,
      LogonId: String(uid),
      LogonGuid: guidOf(0, BigInt(uid)),
      ParentUser: 'root',
    });
    expect(e.process).toMatchObject({
      uid,
      euid: uid,
      suid: uid,
      gid: 1,
      egid: 1,
      user: name,
      capabilities: { effective: t.effective, permitted: t.permitted, gained: [] },
    });
  }
});

test('capabilities gained by a set-user-id program', async () => {
  const setuid = join(folder, 'setuid');
  copyFileSync(idle, setuid);
  chmodSync(setuid, 0o4755);
  const r = run(setuid, ['direct'], { uid: 65534, gid: 65534, cwd: '/' });
  const e = await seen.created(r.pid);
  const t = truthOf(r.pid);
  expect(t.uids).toEqual([65534, 0, 0, 0]);
  expect(t.effective).toContain('CAP_SYS_ADMIN');
  expect(e.process).toMatchObject({
    uid: 65534,
    euid: 0,
    suid: 0,
    user: userName(65534),
    capabilities: { effective: t.effective, permitted: t.permitted, gained: t.effective },
  });
  const later = run('/bin/sh', ['-c', 'exec "$0" later', setuid], { uid: 65534, gid: 65534, cwd: '/' });
  const f = await lastOf(later.pid, setuid);
  expect(f.process.capabilities).toEqual({ effective: t.effective, permitted: t.permitted, gained: t.effective });
});

test('namespaces, and the pid inside its own', async () => {
  const r = run('/usr/bin/unshare', [
    '--pid',
    '--fork',
    '--kill-child',
    '--uts',
    '--ipc',
    '--net',
    '--mount',
    idle,
    'in-namespaces',
  ]);
  const e = await seen.find('ProcessCreate', (c) => c.data.CommandLine === `${idle} in-namespaces`);
  const t = truthOf(e.data.ProcessId);
  expect(t.nsPid).toBe(1);
  expect(e.process).toMatchObject({ nsPid: 1, pid: t.pid, ppid: r.pid, namespaces: t.namespaces });
  for (const ns of ['pid', 'uts', 'ipc', 'net', 'mnt'] as const)
    expect(e.process.namespaces?.[ns]).not.toBe(truthOf(process.pid).namespaces[ns]);
  process.kill(t.pid, 'SIGKILL');
  await r.ended;
});

test('control group', async (context) => {
  const mount = cgroupMount();
  if (mount === undefined) return context.skip('cgroup2 is not mounted here');
  const path = `/sysmon-test-${process.pid}`;
  mkdirSync(mount + path);
  try {
    const { e, running } = await shell('echo $$ > "$1/cgroup.procs" && exec "$IDLE"', { args: [mount + path] });
    expect(truthOf(running.pid).cgroupPath).toBe(path);
    expect(e.process.cgroup).toEqual({ id: String(statSync(mount + path, { bigint: true }).ino), path });
    running.child.kill('SIGKILL');
    await running.ended;
  } finally {
    rmdirSync(mount + path);
  }
});

test('login user and audit session', async (context) => {
  const { e, running } = await shell('echo 1 2>/dev/null > /proc/self/loginuid; exec "$IDLE"');
  if (readFileSync(`/proc/${running.pid}/loginuid`, 'utf8') === String(unset))
    return context.skip('this kernel or container does not let us set a login uid');
  const t = truthOf(running.pid);
  expect(t.loginUid).toBe(1);
  expect(e.process).toMatchObject({ loginUid: 1, uid: 0, session: t.session });
  expect(e.data.TerminalSessionId).toBe(t.session);
});

test('a process older than the sensor whose first thread has exited', async () => {
  const r = run(idle, ['do', 'leaderless']);
  await vi.waitUntil(() => readFileSync(`/proc/${r.pid}/stat`, 'latin1').includes(') Z '), { timeout: 30_000 });
  const later = new Sysmon({ events: ['ProcessTerminate'], hash: 'none' });
  await later.start();
  try {
    expect(later.processes.get(r.pid)).toMatchObject({
      image: idle,
      argv: [idle, 'do', 'leaderless'],
      cwd: process.cwd(),
    });
    expect(later.processes.get(r.pid)?.parent?.pid).toBe(process.pid);
    const ended = record(later);
    process.kill(r.pid, 'SIGTERM');
    const e = await ended.find('ProcessTerminate', (c) => c.data.ProcessId === r.pid);
    expect(e).toMatchObject({ data: { Image: idle }, extra: { signal: 15 } });
    expect(e.extra.uncertain).toBeUndefined();
  } finally {
    await later.stop();
  }
});
