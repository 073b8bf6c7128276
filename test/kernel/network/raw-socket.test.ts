/** RawSocket: sockets below TCP and UDP, netlink that changes what guards, filters; against what getsockopt(2) says. */
import { hostname, release } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RawSocketEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['RawSocket']);

/** The hooks of io_uring are given the request: docs/events.md says so. */
const tellsRequests = Number(release().split('.')[0]) >= 6;

test('every way to make one is told once, and no near miss is', async () => {
  const r = run(compile(new URL('raw-socket.c', import.meta.url), join(folder, 'raw-socket')), []);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  const created = await seen.created(r.pid);
  await seen.terminated(r.pid); // what it did was told before its end
  const events = seen.events.filter((e): e is RawSocketEvent => e.type === 'RawSocket' && e.data.ProcessId === r.pid);
  const told = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([way = '', ...numbers]) => [way, numbers.map(Number)] as const),
  );

  // What the test asked for did happen, or was refused, as far as this kernel has it.
  for (const way of ['packet', 'icmp', 'raw6', 'filter', 'packet-filter', 'tcp', 'route', 'unix', 'detached', 'other'])
    expect(told.get(way)?.[0], way).toBe(0);
  for (const way of ['refused', 'level', 'closed', 'denied']) expect(told.get(way)?.[0], way).toBe(-1);

  const ways = [
    ['packet', 'sys_exit_socket', 'socket', 'AF_PACKET', 'SOCK_RAW', 'ETH_P_ALL'],
    ['cooked', 'sys_exit_socket', 'socket', 'AF_PACKET', 'SOCK_DGRAM', 'ETH_P_ARP'],
    ['later', 'sys_exit_socket', 'socket', 'AF_PACKET', 'SOCK_RAW', '0'],
    ['icmp', 'sys_exit_socket', 'socket', 'AF_INET', 'SOCK_RAW', 'IPPROTO_ICMP'],
    ['raw6', 'sys_exit_socket', 'socket', 'AF_INET6', 'SOCK_RAW', '200'],
    ['audit', 'sys_exit_socket', 'socket', 'AF_NETLINK', 'SOCK_RAW', 'NETLINK_AUDIT'],
    ['netfilter', 'sys_exit_socket', 'socket', 'AF_NETLINK', 'SOCK_DGRAM', 'NETLINK_NETFILTER'],
    ['uring', 'io_uring_complete', 'socket', 'AF_PACKET', 'SOCK_RAW', 'ETH_P_IP'],
    ['filter', 'sys_exit_setsockopt', 'SO_ATTACH_FILTER', 'AF_INET', 'SOCK_DGRAM', 'IPPROTO_UDP'],
    ['packet-filter', 'sys_exit_setsockopt', 'SO_ATTACH_FILTER', 'AF_PACKET', 'SOCK_RAW', 'ETH_P_ALL'],
    // Not every kernel has audit, netfilter, or io_uring for this.
  ].filter(([way = '']) => told.get(way)?.[0] === 0 && (way !== 'uring' || tellsRequests));
  expect(ways.length).toBeGreaterThanOrEqual(7);
  expect(events.map((e) => [e.extra.hook, e.extra.operation, e.data.Family, e.data.Type, e.data.Protocol])).toEqual(
    ways.map(([, ...said]) => said),
  );
  expect(events.map((e) => e.extra.exposed)).toEqual(events.map(() => undefined));

  // Family and type as the kernel tells the program.
  const families: Record<string, number> = { AF_PACKET: 17, AF_INET: 2, AF_INET6: 10, AF_NETLINK: 16 };
  const types: Record<string, number> = { SOCK_RAW: 3, SOCK_DGRAM: 2 };
  ways.forEach(([way = ''], i) => {
    const [, family, type] = told.get(way) ?? [];
    if (way.endsWith('filter') || way === 'uring') return;
    expect([families[events[i]?.data.Family ?? ''], types[events[i]?.data.Type ?? '']], way).toEqual([family, type]);
  });

  const [first] = events;
  expect({ ...first, process: undefined, recordId: typeof first?.recordId, time: typeof first?.time }).toEqual({
    type: 'RawSocket',
    id: 127,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: first?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: r.pid,
      Image: created.data.Image,
      Family: 'AF_PACKET',
      Type: 'SOCK_RAW',
      Protocol: 'ETH_P_ALL',
      User: 'root',
    },
    extra: { hook: 'sys_exit_socket', tier: 'core', operation: 'socket' },
    techniques: [
      { id: 'T1040', name: 'Network Sniffing', tactics: ['credential-access', 'discovery'], source: 'event' },
    ],
  });
  expect(first?.process).toBe(created.process);
});

test('a filter attached where threads share the descriptors is marked', async () => {
  const r = run('/usr/bin/python3', [
    '-c',
    `
import ctypes, socket, struct, threading
idle = threading.Event()
t = threading.Thread(target=idle.wait); t.start()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
code = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0xffff))
s.setsockopt(socket.SOL_SOCKET, 26, struct.pack('HxxxxxxQ', 1, ctypes.addressof(code)))
idle.set(); t.join()
`,
  ]);
  expect((await r.ended).code).toBe(0);
  const e = await seen.find('RawSocket', (x) => x.data.ProcessId === r.pid);
  expect([e.data.Family, e.extra.operation, e.extra.exposed]).toEqual([
    'AF_INET',
    'SO_ATTACH_FILTER',
    ['Family', 'Type', 'Protocol'],
  ]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
