/** ProcessCreate, aspect by aspect, against what the system says of the living child. */
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
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon } from '../../lib/index.js';
import { record, type Capture, type ProcessCreateEvent } from './helpers/capture.js';
import { cgroupMount, guidOf, bootId, secondsOf, truthOf, unset, utcOf, wallOf, zeroGuid } from './helpers/truth.js';
import { compile, makeFolder, run, type Running } from './helpers/workspace.js';

let folder: string;
let idle: string;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  folder = makeFolder();
  idle = compile('idle.c', join(folder, 'idle'));
  sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  // Deeper than a path may be long, which rmSync() cannot remove.
  execFileSync('rm', ['-rf', folder]);
});

const user = (uid: number): string => execFileSync('id', ['-nu', String(uid)], { encoding: 'utf8' }).trim();
const lastOf = (pid: number, image: string): Promise<ProcessCreateEvent> =>
  seen.find('ProcessCreate', (e) => e.data.ProcessId === pid && e.data.Image === image);
const raw = (b: Buffer | string): string => Buffer.from(b).toString('base64');

/** Runs a shell that ends by executing the idle program, and waits for that. */
async function shell(
  script: string,
  options: { args?: string[]; image?: string; env?: NodeJS.ProcessEnv; stdio?: (number | 'pipe' | 'ignore')[] } = {},
): Promise<{ e: ProcessCreateEvent; running: Running }> {
  const running = run('/bin/sh', ['-c', script, 'sh', ...(options.args ?? [])], {
    cwd: folder,
    env: { PATH: process.env['PATH'], IDLE: idle, ...options.env },
    ...(options.stdio ? { stdio: options.stdio } : {}),
  });
  return { e: await lastOf(running.pid, options.image ?? idle), running };
}

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
    techniques: [],
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
  expect({ ...e.process, strongId: undefined }).toEqual({
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
    user: user(0),
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
  for (let pid = process.pid; pid > 0; pid = truthOf(pid).ppid) {
    expect(at).toMatchObject({ pid, image: truthOf(pid).image, argv: truthOf(pid).argv });
    at = at?.parent;
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

test('odd names and arguments come through as they are', async () => {
  const names = ['with space', `quote'"`, 'new\nline', 'tab\tbell\x07', 'äöü-日本-🎉', '-dash', 'back\\slash', 'dollar$HOME'];
  for (const name of names) {
    const dir = join(folder, name);
    const image = join(dir, name);
    mkdirSync(dir);
    copyFileSync(idle, image);
    const args = ['', ...names, ' ', '\x01', 'x=y', ''];
    const r = run(image, args, { cwd: dir });
    const e = await seen.created(r.pid);
    expect(e.data).toMatchObject({ Image: image, CommandLine: [image, ...args].join(' '), CurrentDirectory: dir });
    expect(e.process).toMatchObject({ image, argv: [image, ...args], cwd: dir });
    expect(e.extra.raw).toBeUndefined();
  }
});

test('what is not UTF-8 is escaped, and kept exactly', async () => {
  const bad = Buffer.from([0x62, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]);
  const shown = 'b\\xff\\xc3(\\xed\\xa0\\x80';
  const dir = Buffer.concat([Buffer.from(`${folder}/dir`), bad]);
  const image = Buffer.concat([dir, Buffer.from('/'), bad]);
  mkdirSync(dir);
  copyFileSync(idle, image);
  const octal = '\\142\\377\\303\\050\\355\\240\\200';
  const r = run('/bin/sh', ['-c', `b=$(printf '${octal}'); cd "$1/dir$b" && exec "./$b" "$b" plain`, 'sh', folder]);
  const e = await lastOf(r.pid, `${folder}/dir${shown}/${shown}`);
  expect(e.data).toMatchObject({ CommandLine: `./${shown} ${shown} plain`, CurrentDirectory: `${folder}/dir${shown}` });
  expect(e.process.argv).toEqual([`./${shown}`, shown, 'plain']);
  expect(e.extra.raw).toEqual({
    Image: raw(image),
    CommandLine: raw(Buffer.concat([Buffer.from('./'), bad, Buffer.from([0]), bad, Buffer.from('\0plain')])),
    CurrentDirectory: raw(dir),
  });
});

test('paths: exact up to 4,096 bytes, marked as cut beyond', async () => {
  // 255 bytes a step, then one that makes the image exactly as long as wanted.
  const go =
    'd=$(printf %0250d 0); cd "$1"; mkdir -p deep-$3; cd deep-$3; for i in $(seq $2); do mkdir -p $d; cd $d; done; l=$(printf %0$3d 1); cp "$IDLE" $l; exec ./$l';
  const start = `${folder}/deep-`;
  const step = `/${'0'.padStart(250, '0')}`;
  const exactly = (bytes: number): { steps: number; leaf: number; dir: string; path: string } => {
    for (let leaf = 10; leaf <= 255; leaf++) {
      const base = `${start}${leaf}`;
      const left = bytes - base.length - 1 - leaf;
      if (left % step.length) continue;
      const dir = base + step.repeat(left / step.length);
      return { steps: left / step.length, leaf, dir, path: `${dir}/${'1'.padStart(leaf, '0')}` };
    }
    throw new Error('no such path');
  };
  for (const bytes of [1000, 4000, 4095, 4096]) {
    const x = exactly(bytes);
    expect(x.path.length).toBe(bytes);
    const { e } = await shell(go, { args: [folder, String(x.steps), String(x.leaf)], image: x.path });
    expect(e.data.CurrentDirectory).toBe(x.dir);
    expect(e.extra.truncated).toBeUndefined();
  }
  // Only step by step: no single path may be that long.
  const x = exactly(6000);
  const dig =
    'import os,shutil,sys; f,n,l,i=sys.argv[1:]; ds=["deep-"+l]+["0".zfill(250)]*int(n); os.chdir(f)\nfor d in ds: os.makedirs(d,exist_ok=True); os.chdir(d)\nx="1".zfill(int(l)); shutil.copy(i,x); os.execv("./"+x,["./"+x])';
  const r = run('/usr/bin/python3', ['-c', dig, folder, String(x.steps), String(x.leaf), idle]);
  const e = await seen.find('ProcessCreate', (c) => c.data.ProcessId === r.pid && c.data.CommandLine.startsWith('./0'));
  expect(e.extra.truncated).toEqual(['Image', 'CurrentDirectory']);
  for (const [got, truth] of [
    [e.data.Image, x.path],
    [e.data.CurrentDirectory, x.dir],
  ] as const) {
    // A '+' says that the beginning is missing; what follows is right, and as much as fits.
    expect(got[0]).toBe('+');
    expect(truth.endsWith(got.slice(1))).toBe(true);
    expect(got.length).toBeGreaterThan(3800);
  }
});

test('a command line of 32 KiB is exact, one of 100 KiB is cut and marked', async () => {
  for (const bytes of [4096, 20000, 32767, 32768]) {
    const args = [''.padEnd(1000, 'a'), 'b c', ''];
    args.push(''.padEnd(bytes - [idle, ...args].reduce((n, a) => n + a.length + 1, 1), 'z'));
    const e = await seen.created(run(idle, args).pid);
    expect(e.process.argv).toEqual([idle, ...args]);
    expect(e.data.CommandLine.length).toBe(bytes - 1);
    expect(e.extra.truncated).toBeUndefined();
  }
  const args = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(99, '-'));
  const e = await seen.created(run(idle, args).pid);
  expect(e.extra.truncated).toEqual(['CommandLine']);
  expect(e.data.CommandLine).toBe([idle, ...args].join(' ').slice(0, 32768));
  expect(e.process.argv.slice(0, -1)).toEqual([idle, ...args].slice(0, e.process.argv.length - 1));
});

test('empty arguments, also the first', async () => {
  for (const [argv0, args] of [
    ['', []],
    ['', ['', '']],
    ['name', ['']],
    ['name', ['', 'x', '']],
  ] as const) {
    const e = await seen.created(run(idle, args, { argv0 }).pid);
    expect(e.process.argv).toEqual([argv0, ...args]);
    expect(e.data.CommandLine).toBe([argv0, ...args].join(' '));
    expect(e.data.Image).toBe(idle);
  }
});

test('the allow-listed environment, and nothing else', async () => {
  const none = await seen.created(
    run(idle, [], { env: { PATH: '/bin', LD_PRELOADX: '1', XLD_PRELOAD: '1', ld_preload: '1', LD_LIBRARY: '1' } }).pid,
  );
  expect(none.process.env).toEqual({});
  // A value may look like a variable; only the beginning of one is.
  const long = 'v'.repeat(3000);
  const env = { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22', LD_LIBRARY_PATH: long, A: 'x\nLD_PRELOAD=/evil.so', LD_AUDIT: '"ü\\' };
  const some = await seen.created(run(idle, [], { env }).pid);
  expect(some.process.env).toEqual({ SSH_CONNECTION: env.SSH_CONNECTION, LD_LIBRARY_PATH: long, LD_AUDIT: '"ü\\' });
  expect(some.extra.truncated).toBeUndefined();
  const huge = await seen.created(run(idle, [], { env: { LD_PRELOAD: 'p'.repeat(20000), SUDO_USER: 'after' } }).pid);
  expect(huge.extra.truncated).toEqual(['process.env']);
  expect(huge.process.env['LD_PRELOAD']).toMatch(/^p{4000,}$/);
  // Twice: getenv(3) takes the first.
  const twice = run('/usr/bin/python3', [
    '-c',
    'import ctypes,sys; c=ctypes.CDLL(None); A=ctypes.c_char_p*2; E=ctypes.c_char_p*3; c.execve(sys.argv[1].encode(), A(b"twice",None), E(b"SUDO_USER=first",b"SUDO_USER=second",None))',
    idle,
  ]);
  expect((await lastOf(twice.pid, idle)).process.env).toEqual({ SUDO_USER: 'first' });
});

test('the option environment replaces the list', async () => {
  const own = new Sysmon({ events: ['ProcessCreate'], hash: 'none', environment: ['MY_VARIABLE', 'X'] });
  const capture = record(own);
  await own.start();
  onTestFinished(() => own.stop());
  const e = await capture.created(run(idle, [], { env: { MY_VARIABLE: '1', MY_VARIABLE_2: '2', X: '', XY: '3', SUDO_USER: 'no' } }).pid);
  expect(e.process.env).toEqual({ MY_VARIABLE: '1', X: '' });
});

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
  const b = run('/bin/sh', ['-c', '"$0" 2>"$2" <>"$1" | cat', idle, fifo, '/dev/tty0000'], { cwd: folder });
  b.child.kill();
  const pipe = await shell('exec 3<>"$1"; "$IDLE" pipe 2>&3 </ | cat & wait', { args: [fifo], image: '/usr/bin/dash' }).catch(
    () => undefined,
  );
  void pipe;
  const e = await seen.find('ProcessCreate', (c) => c.data.CommandLine === `${idle} pipe`);
  onTestFinished(() => void process.kill(e.data.ProcessId, 'SIGKILL'));
  expect(e.process.stdio).toEqual([
    { fd: 0, kind: 'directory', target: '/' },
    { fd: 1, kind: 'pipe', target: readlinkSync(`/proc/${e.data.ProcessId}/fd/1`) },
    { fd: 2, kind: 'pipe', target: fifo },
  ]);
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
    const r = run(idle, [], { stdio: [(client as unknown as { _handle: { fd: number } })._handle.fd, 'ignore', 'ignore'] });
    const e = await seen.created(r.pid);
    const show = (p: number): string => (host === '::1' ? `[::1]:${p}` : `127.0.0.1:${p}`);
    expect(e.process.stdio[0]).toEqual({ fd: 0, kind: 'socket', protocol: 'tcp', local: show(local), target: show(port) });
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
    const name = uid === 47113 ? '-' : user(uid);
    expect(e.data).toMatchObject({ User: name, LogonId: String(uid), LogonGuid: guidOf(0, BigInt(uid)), ParentUser: 'root' });
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
    user: user(65534),
    capabilities: { effective: t.effective, permitted: t.permitted, gained: t.effective },
  });
  const later = run('/bin/sh', ['-c', 'exec "$0" later', setuid], { uid: 65534, gid: 65534, cwd: '/' });
  const f = await lastOf(later.pid, setuid);
  expect(f.process.capabilities).toEqual({ effective: t.effective, permitted: t.permitted, gained: t.effective });
});

test('namespaces, and the pid inside its own', async () => {
  const r = run('/usr/bin/unshare', ['--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--mount', idle, 'in-namespaces']);
  const e = await seen.find('ProcessCreate', (c) => c.data.CommandLine === `${idle} in-namespaces`);
  const t = truthOf(e.data.ProcessId);
  expect(t.nsPid).toBe(1);
  expect(e.process).toMatchObject({ nsPid: 1, pid: t.pid, ppid: r.pid, namespaces: t.namespaces });
  for (const ns of ['pid', 'uts', 'ipc', 'net', 'mnt'] as const)
    expect(e.process.namespaces[ns]).not.toBe(truthOf(process.pid).namespaces[ns]);
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
