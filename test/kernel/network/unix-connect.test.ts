/** UnixConnect: connections to sockets of the list, whatever way leads to them, and whose they are. */
import { symlinkSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UnixConnectEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['UnixConnect']);

/** The hooks of io_uring are given the request: docs/events.md says so. */
const tellsRequests = Number(release().split('.')[0]) >= 6;
const zeroGuid = '{00000000-0000-0000-0000-000000000000}';

test('every way to connect is told, by the name that the kernel has, and no near miss is', async () => {
  const program = compile(new URL('unix-connect.c', import.meta.url), join(folder, 'unix-connect'));
  symlinkSync('docker.sock', join(folder, 'link'));
  const r = run(program, [folder]);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  const [child = '', ...lines] = stdout.trim().split('\n');
  const results = new Map(lines.map((l) => l.split(' ')).map(([way = '', result]) => [way, Number(result)] as const));
  await seen.terminated(r.pid); // what it did was told before its end
  const events = seen.events.filter(
    (e): e is UnixConnectEvent => e.type === 'UnixConnect' && e.data.ProcessId === r.pid,
  );

  for (const way of ['path', 'link', 'beginning', 'abstract', 'datagram', 'other', 'longer', 'other-abstract'])
    expect(results.get(way), way).toBe(0);
  for (const way of ['missing', 'type']) expect(results.get(way), way).toBe(-1);
  const listener = Number(child);
  const ways = [
    ['path', 'sys_exit_connect', join(folder, 'docker.sock'), listener],
    // Where the link leads: the kernel's own name of the socket.
    ['link', 'sys_exit_connect', join(folder, 'docker.sock'), listener],
    ['beginning', 'sys_exit_connect', join(folder, 'agent.77'), listener],
    ['abstract', 'sys_exit_connect', '@containerd-shim/x.sock', listener],
    ['datagram', 'sys_exit_connect', join(folder, 'private'), 0],
    ['uring', 'io_uring_complete', join(folder, 'docker.sock'), listener],
    // Not every kernel has io_uring.
  ].filter(([way]) => results.get(way as string) === 0 && (way !== 'uring' || tellsRequests));
  const told = events.map((e) => [e.extra.hook, e.data.SocketName, e.data.TargetProcessId]);
  expect(told).toEqual(ways.map(([, ...said]) => said));
  expect(events.map((e) => e.extra.exposed)).toEqual(events.map(() => undefined));

  const created = await seen.created(r.pid);
  const [first] = events;
  expect({ ...first, process: undefined, recordId: typeof first?.recordId, time: typeof first?.time }).toEqual({
    type: 'UnixConnect',
    id: 128,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: first?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: r.pid,
      Image: program,
      SocketName: join(folder, 'docker.sock'),
      TargetProcessGuid: first?.data.TargetProcessGuid,
      TargetProcessId: listener,
      TargetImage: program,
      User: 'root',
    },
    extra: { hook: 'sys_exit_connect', tier: 'core' },
    techniques: [{ id: 'T1559', name: 'Inter-Process Communication', tactics: ['execution'], source: 'event' }],
  });
  const ends = seen.events.filter((e) => e.type === 'ProcessTerminate' && e.data.ProcessId === listener);
  expect(ends.map((e) => (e.type === 'ProcessTerminate' ? e.data.ProcessGuid : ''))).toEqual([
    first?.data.TargetProcessGuid,
  ]);
  expect(events.find((e) => e.data.TargetProcessId === 0)?.data).toMatchObject({
    TargetProcessGuid: zeroGuid,
    TargetImage: '-',
  });
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
