/**
 * The container of a process. Control groups are shaped as runtimes shape them, made by hand, in the unified hierarchy
 * and in one of a controller; and real containers are run, where a runtime starts here.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { createEcs, createJson, createOcsf } from '../../../lib/serializer/index.js';
import type { ProcessCreateEvent } from '../helpers/capture.js';
import { folder, idle, seen, sysmon, useSensor } from '../helpers/fixture.js';
import { run, type Running } from '../helpers/workspace.js';

// Names of users are looked for as long as a digest may take: an emulated machine needs more than a moment.
useSensor(['FileCreate'], { environment: [], hashTimeoutMs: 10_000 });

const id = (): string => randomBytes(32).toString('hex');
const pod = '8f7e6d5c-4b3a-2910-8f7e-6d5c4b3a2910';

interface Hierarchy {
  readonly name: string;
  readonly mount: string;
}
/** The unified one, and that of a controller of the first version. */
const hierarchies: readonly Hierarchy[] = readFileSync('/proc/self/mountinfo', 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' '))
  .flatMap((w): Hierarchy[] => {
    const dash = w.indexOf('-');
    if (w[3] !== '/') return [];
    if (w[dash + 1] === 'cgroup2') return [{ name: 'cgroup2', mount: w[4] }];
    return w[dash + 1] === 'cgroup' && w[dash + 3].split(',').includes('pids') ? [{ name: 'pids', mount: w[4] }] : [];
  });

/** Makes a control group with all above it; what was made is removed at the end of the file. */
const made: string[] = [];
function group({ mount }: Hierarchy, path: string): string {
  let at = mount;
  for (const part of path.split('/').filter((p) => p !== '')) {
    at = join(at, part);
    if (existsSync(at)) continue;
    mkdirSync(at);
    made.unshift(at);
  }
  return at;
}
afterAll(() => {
  for (const path of made) {
    try {
      rmdirSync(path);
    } catch {
      // Somebody else uses it too.
    }
  }
});

/** A shell joins the group and becomes the idle program there. */
function join_(at: string, script = 'exec "$IDLE"', env: NodeJS.ProcessEnv = {}): Running {
  return run('/bin/sh', ['-c', `echo $$ > "$GROUP/cgroup.procs" && ${script}`], {
    cwd: folder,
    env: { PATH: process.env['PATH'], IDLE: idle, GROUP: at, ...env },
  });
}
const idleOf = (pid: number) => seen.find('ProcessCreate', (e) => e.data.ProcessId === pid && e.data.Image === idle);

/** Writes a file of a runtime where the runtime has it, and takes it away again with what it stood in. */
function place(path: string, text: string): void {
  let top = path;
  while (!existsSync(dirname(top))) top = dirname(top);
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test.for(hierarchies)('control groups made by hand, in the hierarchy $name', async (h) => {
  const [a, b, c, d] = [id(), id(), id(), id()];
  const rows: [path: string, container: object | undefined][] = [
    [`/docker/${a}`, { id: a, runtime: 'docker' }],
    [`/system.slice/docker-${b}.scope/init`, { id: b, runtime: 'docker' }],
    [
      `/kubepods.slice/kubepods-pod${pod.replaceAll('-', '_')}.slice/cri-containerd-${c}.scope`,
      { id: c, runtime: 'containerd', podUid: pod },
    ],
    [`/machine.slice/libpod-${d}.scope/container`, { id: d, runtime: 'podman' }],
    [`/machine.slice/libpod-conmon-${d}.scope`, undefined],
    ['/lxc.payload.sysmon-test', { id: 'sysmon-test', runtime: 'lxc' }],
    ['/lxc.monitor.sysmon-test', undefined],
    [`/system.slice/docker-${a.slice(1)}.scope`, undefined],
  ];
  const running = rows.map(([path]) => join_(group(h, path)));
  for (const [i, [path, container]] of rows.entries()) {
    const { process: p } = await idleOf(running[i].pid);
    expect(p.container, path).toEqual(container);
    // What joined is not what executed the shell: it was outside still.
    expect((await seen.created(running[i].pid)).process.container, path).toBeUndefined();
  }
  for (const { child } of running) child.kill();
  await Promise.all(running.map((r) => r.ended));
});

test('what is moved belongs to the other container with its next exec, and so do its children', async (context) => {
  const h = hierarchies[0];
  if (h === undefined) return context.skip('no hierarchy of control groups is mounted here');
  const [a, b] = [id(), id()];
  const [from, to] = [group(h, `/docker/${a}`), group(h, `/docker/${b}`)];
  const script = '/bin/true; echo $$ > "$TO/cgroup.procs"; /bin/true; exec "$IDLE"';
  const { pid, child, ended } = join_(from, script, { TO: to });
  expect((await idleOf(pid)).process.container?.id).toBe(b);
  const children = seen.events.filter((e) => e.type === 'ProcessCreate' && e.data.ParentProcessId === pid);
  expect(children.map((e) => e.process?.container?.id)).toEqual([a, b]);
  child.kill();
  await ended;
});

test('names that are there at once, and names that come late, in one object for all', async (context) => {
  const h = hierarchies[0];
  if (h === undefined) return context.skip('no hierarchy of control groups is mounted here');
  const [early, late] = [id(), id()];
  const docker = (x: string): string => `/var/lib/docker/containers/${x}/config.v2.json`;
  const config = (name: string): string =>
    JSON.stringify({ ID: name, Name: `/${name}`, Config: { Image: 'nginx:1', Labels: { team: 'blue' } } });
  place(docker(early), config('early'));
  const one = join_(group(h, `/docker/${early}`));
  const whole = { id: early, runtime: 'docker', name: 'early', image: 'nginx:1', labels: { team: 'blue' } };
  const event = await idleOf(one.pid);
  expect(event.process.container).toEqual(whole);
  expect(Object.isFrozen(event.process.container)).toBe(true);

  const two = join_(group(h, `/docker/${late}`), 'touch made; exec "$IDLE"');
  const { process: p } = await idleOf(two.pid);
  expect(p.container).toEqual({ id: late, runtime: 'docker' });
  expect(sysmon.processes.get(two.pid)?.container).toBe(p.container);
  const before = createJson({ process: 'full' })({ ...event, process: p });
  expect(before).not.toContain('"name":"late"');
  place(docker(late), config('late'));
  await expect.poll(() => p.container?.name, { timeout: 20_000 }).toBe('late');
  expect(Object.isFrozen(p.container)).toBe(true);
  const created = await seen.find('FileCreate', (e) => e.data.TargetFilename === join(folder, 'made'));
  expect(created.process.container).toBe(p.container);

  // And what each format makes of it.
  const of = (text: string): Record<string, never> => JSON.parse(text) as never;
  const container = { name: 'late', id: late, runtime: 'docker', image: { name: 'nginx:1' }, labels: { team: 'blue' } };
  expect(of(createEcs()({ ...event, process: p }))).toMatchObject({ container });
  expect(createJson({ process: 'full' })({ ...event, process: p })).toContain('"name":"late"');
  expect(of(createJson()(created))).toMatchObject({ process: { container: { id: late } } });
  expect(of(createOcsf()({ ...event, process: p }))).toMatchObject({
    process: { container: { name: 'late', uid: late, runtime: 'docker' } },
    unmapped: { container_image: 'nginx:1' },
  });
  for (const { child, ended } of [one, two]) {
    child.kill();
    await ended;
  }
});

/** crun refuses a mixture of both versions of control groups that are in use: it is shown the second alone. */
function asked(runtime: string, ...args: string[]): [command: string, args: string[]] {
  const mixed = hierarchies.some((h) => h.name === 'pids') && hierarchies.some((h) => h.name === 'cgroup2');
  if (runtime !== 'crun' || !mixed) return [runtime, args];
  const alone = 'umount -R /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup && exec "$0" "$@"';
  return ['unshare', ['--mount', '/bin/sh', '-c', alone, runtime, ...args]];
}

test.for(['crun', 'runc'])(
  'a real container of %s: its entry point, an exec into it, its users',
  async (runtime, context) => {
    if (spawnSync(runtime, ['--version']).error) return context.skip(`${runtime} is not installed`);
    const x = id();
    const bundle = join(folder, `bundle-${runtime}`);
    mkdirSync(join(bundle, 'rootfs/etc'), { recursive: true });
    for (const name of ['proc', 'dev', 'tmp']) mkdirSync(join(bundle, 'rootfs', name));
    copyFileSync(idle, join(bundle, 'rootfs/idle'));
    chmodSync(join(bundle, 'rootfs/idle'), 0o755);
    writeFileSync(join(bundle, 'rootfs/etc/passwd'), 'root:x:0:0::/:/\nwebmaster:x:4321:4321::/:/\n');
    execFileSync(runtime, ['spec'], { cwd: bundle });
    const path = join(bundle, 'config.json');
    const spec = JSON.parse(readFileSync(path, 'utf8')) as {
      process: { terminal: boolean; args: string[]; user: object };
      linux: { cgroupsPath?: string; resources?: object };
      mounts: { type: string }[];
    };
    spec.process.terminal = false;
    spec.process.args = ['/idle'];
    spec.process.user = { uid: 4321, gid: 4321 };
    delete spec.linux.resources; // programs of eBPF, on the second version: it may not be allowed the memory
    spec.linux.cgroupsPath = `/docker/${x}`;
    writeFileSync(path, JSON.stringify(spec));
    const name = `sysmon-test-${process.pid}`;
    onTestFinished(() => {
      spawnSync(...asked(runtime, 'delete', '--force', name));
      // Of what the runtime made it leaves the upper group; one that somebody uses stays.
      for (const { mount } of hierarchies) spawnSync('rmdir', [join(mount, 'docker')]);
      if (!existsSync('/sys/fs/cgroup')) return;
      for (const hierarchy of readdirSync('/sys/fs/cgroup'))
        spawnSync('rmdir', [join('/sys/fs/cgroup', hierarchy, 'docker')]);
    });
    const running = run(...asked(runtime, 'run', '--bundle', bundle, name));
    const begun = async (): Promise<ProcessCreateEvent> => {
      for (let rounds = 1; ; rounds++)
        try {
          return await seen.find('ProcessCreate', (e) => e.data.Image === '/idle' && e.process.container?.id === x);
        } catch (error) {
          // An emulated machine takes that long to start such a runtime, which is two programs in Go.
          if (process.env['SYSMON_VM'] === undefined || rounds === 3) throw error;
        }
    };
    const first = await Promise.race([begun(), running.ended.then((e) => e.stderr)]);
    if (typeof first === 'string') return context.skip(`${runtime} starts no container here: ${first.trim()}`);
    expect(first.process).toMatchObject({
      container: { id: x, runtime: 'docker' },
      uid: 4321,
      containerUser: 'webmaster',
    });
    expect(first.process.nsPid).toBe(1);
    expect(first.process.pid).not.toBe(1);
    const exec = run(...asked(runtime, 'exec', '--user', '0:0', name, '/idle', `again ${runtime}`));
    const second = await seen.find('ProcessCreate', (e) => e.data.CommandLine === `/idle again ${runtime}`);
    expect(second.process.container).toBe(first.process.container);
    expect(second.process).toMatchObject({ uid: 0, user: 'root', containerUser: 'root' });
    // The runtime itself is outside.
    expect((await seen.created(running.pid)).process.container).toBeUndefined();
    exec.child.kill();
    spawnSync(...asked(runtime, 'delete', '--force', name));
  },
);
