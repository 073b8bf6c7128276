/** A container of Podman, where it starts one: what runs in it, an exec into it, and the monitor that stays outside. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProcessCreateEvent } from '../helpers/capture.js';
import { folder, idle, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor([], { environment: [], hashTimeoutMs: 10_000 });

test('its entry point, an exec into it, its users; conmon and the runtime are outside', async (context) => {
  if (spawnSync('podman', ['--version']).error) return context.skip('podman is not installed');
  const root = join(folder, 'rootfs');
  mkdirSync(join(root, 'etc'), { recursive: true });
  for (const name of ['proc', 'dev', 'tmp', 'sys', 'run']) mkdirSync(join(root, name));
  copyFileSync(idle, join(root, 'idle'));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/:/\nwebmaster:x:4321:4321::/:/\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  // In folders of its own, and without a file system that it would leave mounted.
  const podman = [
    ...['--root', join(folder, 'storage'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'],
    ...['--runtime', spawnSync('runc', ['--version']).error ? 'crun' : 'runc', '--cgroup-manager', 'cgroupfs'],
  ];
  const name = `sysmon-test-${process.pid}`;
  onTestFinished(() => {
    spawnSync('podman', [...podman, 'rm', '--force', '--time', '0', name]);
    spawnSync('umount', [join(folder, 'storage/vfs'), join(folder, 'storage/overlay')]);
    // Of what it makes the upper group stays; one that somebody uses is left alone.
    for (const hierarchy of existsSync('/sys/fs/cgroup') ? readdirSync('/sys/fs/cgroup') : [])
      for (const group of ['libpod_parent/conmon', 'libpod_parent'])
        spawnSync('rmdir', [join('/sys/fs/cgroup', hierarchy, group)]);
    spawnSync('rmdir', ['/sys/fs/cgroup/libpod_parent/conmon', '/sys/fs/cgroup/libpod_parent']);
  });
  // It would raise these limits, which takes a right that not every machine gives.
  const limits = ['nofile', 'nproc'].flatMap((limit) => ['--ulimit', `${limit}=1000:1000`]);
  const running = run('podman', [
    ...podman,
    ...['run', '--name', name, '--network', 'none', '--user', '4321', ...limits, '--rootfs', root, '/idle', 'first'],
  ]);
  const begun = seen.find('ProcessCreate', (e) => e.data.CommandLine === '/idle first');
  const first = await Promise.race([begun, running.ended.then((e) => e.stderr)]);
  if (typeof first === 'string') return context.skip(`podman starts no container here: ${first.trim()}`);
  expect(first.process).toMatchObject({
    container: { id: expect.stringMatching(/^[0-9a-f]{64}$/) as string, runtime: 'podman' },
    containerUser: 'webmaster',
    uid: 4321,
    nsPid: 1,
  });
  const told = spawnSync('podman', [...podman, 'inspect', '--format', '{{.Id}} {{.State.Pid}}', name]);
  expect(told.stdout.toString().trim()).toBe(`${first.process.container?.id} ${first.process.pid}`);

  const exec = run('podman', [...podman, 'exec', '--user', '0', name, '/idle', 'again']);
  const second = await seen.find('ProcessCreate', (e) => e.data.CommandLine === '/idle again');
  expect(second.process.container).toBe(first.process.container);
  expect(second.process).toMatchObject({ uid: 0, containerUser: 'root' });

  const monitors = seen.events.filter(
    (e): e is ProcessCreateEvent => e.type === 'ProcessCreate' && /\/(conmon|podman|runc|crun)$/.test(e.data.Image),
  );
  expect(monitors.some((e) => e.data.Image.endsWith('/conmon'))).toBe(true);
  // What a runtime does last it does inside: it becomes the entry point.
  const outside = monitors.filter((e) => !/ init$/.test(e.data.CommandLine));
  expect(outside.filter((e) => e.process.container !== undefined).map((e) => e.data.CommandLine)).toEqual([]);
  exec.child.kill();
});
