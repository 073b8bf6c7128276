/** Mount: each call that changes mounts, against what the test passed and what the kernel answered. */
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MountEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['Mount']);

const eventsOf = async (pid: number): Promise<MountEvent[]> => {
  await seen.terminated(pid); // what it did was told before its end
  return seen.events.filter((e): e is MountEvent => e.type === 'Mount' && e.data.ProcessId === pid);
};

test('every call is told, with what the kernel did, and no near miss is', async () => {
  const at = join(folder, 'm');
  for (const name of ['a', 'b', 'c', 'new/old']) mkdirSync(join(at, name), { recursive: true });
  const r = run(compile(new URL('mount.c', import.meta.url), join(folder, 'mount')), [at]);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  const results = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([way = '', result]) => [way, Number(result)] as const),
  );
  const created = await seen.created(r.pid);
  const events = await eventsOf(r.pid);
  const seenOnes = events.map((e) => [
    e.extra.hook.replace('sys_exit_', ''),
    e.data.Operation,
    e.data.Source,
    e.data.Target,
    e.data.FileSystem,
    e.data.Options,
  ]);

  for (const way of ['tmpfs', 'bind', 'remount', 'private', 'move', 'umount', 'pivot', 'chroot'])
    expect(results.get(way), way).toBe(0);
  for (const way of ['missing', 'unknown', 'not-mounted', 'no-root', 'not-a-mount'])
    expect(results.get(way), way).toBeLessThan(0);
  // The kernel knows the file system below /etc and what it is of.
  const etc = events.find((e) => e.data.Operation === 'open_tree')?.data;
  const m = (name: string): string => join(at, name);
  const all: readonly (readonly [way: string, ...said: unknown[]])[] = [
    ['', 'mount', 'propagation', '-', '/', '-', 'rec,private'],
    ['tmpfs', 'mount', 'mount', 'one', m('a'), 'tmpfs', 'nosuid,nodev,size=64k,mode=0700'],
    ['bind', 'mount', 'bind', '/etc', m('b'), '-', 'bind'],
    ['remount', 'mount', 'remount', '-', m('b'), '-', 'ro,remount,bind'],
    ['private', 'mount', 'propagation', '-', m('a'), '-', 'shared'],
    ['move', 'mount', 'move', 'b', m('c'), '-', 'move'],
    ['overlay', 'mount', 'mount', 'overlay', m('b'), 'overlay', 'lowerdir=a/l,upperdir=a/u,workdir=a/w'],
    ['umount', 'umount', 'umount', '-', m('c'), '-', 'detach'],
    ['tree', 'open_tree', 'open_tree', '/etc', '-', etc?.FileSystem, '-'],
    ['attach', 'move_mount', 'move_mount', expect.any(String), m('c'), etc?.FileSystem, '-'],
    ['fsmount', 'fsmount', 'fsmount', 'two', '-', 'tmpfs', 'ro,noatime'],
    ['by-path', 'move_mount', 'move_mount', 'c', m('new/old'), '-', '-'],
    ['to-empty', 'move_mount', 'move_mount', 'new/old', m('c'), '-', '-'],
    ['late', 'mount', 'mount', 'late', m('a'), 'tmpfs', 'size=8k'],
    ['', 'umount', 'umount', '-', m('c'), '-', 'detach'],
    ['', 'mount', 'bind', 'new', m('new'), '-', 'bind'],
    ['pivot', 'pivot_root', 'pivot_root', '.', m('new/old'), '-', '-'],
    // The old root is where pivot_root put it.
    ['chroot', 'chroot', 'chroot', '-', '/old', '-', '-'],
  ];
  // Not every kernel has the newer calls, or overlayfs.
  const wanted = all.filter(([way]) => way === '' || results.get(way) === 0);
  expect(seenOnes).toEqual(wanted.map(([, ...said]) => said));
  // A name in the directory that the process is in is certain; so is what the kernel itself knows.
  const late = events.find((e) => e.data.Source === 'late');
  expect(late?.extra.exposed).toEqual(['Source', 'FileSystem', 'Options', 'Target']);
  const certain = events.filter(
    (e) => e !== late && (['tmpfs', 'overlay'].includes(e.data.FileSystem) || e.data.Operation === 'chroot'),
  );
  for (const e of certain) expect(e.extra, JSON.stringify(e.data)).toEqual({ hook: e.extra.hook, tier: 'core' });

  const first = events[1];
  expect({ ...first, process: undefined, recordId: typeof first?.recordId, time: typeof first?.time }).toEqual({
    type: 'Mount',
    id: 123,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: first?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: r.pid,
      Image: created.data.Image,
      Operation: 'mount',
      Source: 'one',
      Target: m('a'),
      FileSystem: 'tmpfs',
      Options: 'nosuid,nodev,size=64k,mode=0700',
      User: 'root',
    },
    extra: { hook: 'sys_exit_mount', tier: 'core' },
    techniques: [{ id: 'T1611', name: 'Escape to Host', tactics: ['privilege-escalation'], source: 'event' }],
  });
});

test('what threads could change meanwhile, and a path through directories, is marked', async () => {
  const r = run('/usr/bin/unshare', [
    '--mount',
    '/usr/bin/python3',
    '-c',
    `
import ctypes, os, sys, threading
libc = ctypes.CDLL(None)
os.chdir(sys.argv[1])
libc.mount(b'alone', b'../' + os.path.basename(sys.argv[1]).encode() + b'/a', b'tmpfs', 0, None)
idle = threading.Event()
t = threading.Thread(target=idle.wait); t.start()
libc.mount(b'threads', b'a', b'tmpfs', 0, b'x' * 5000)
libc.mount(b'threads', b'a', b'tmpfs', 0, b'size=4k')
idle.set(); t.join()
`,
    join(folder, 'm'),
  ]);
  expect((await r.ended).code).toBe(0);
  const mounted = (await eventsOf(r.pid)).filter((e) => e.data.Operation === 'mount');
  expect(mounted.map((e) => [e.data.Source, e.data.Target, e.data.Options, e.extra.exposed])).toEqual([
    ['alone', join(folder, 'm/a'), '-', ['Target']],
    ['threads', join(folder, 'm/a'), 'size=4k', ['Source', 'FileSystem', 'Options', 'Target']],
  ]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
