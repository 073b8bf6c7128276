/** SocketListen: every way to listen, against what getsockname(2) and the tables of /proc/net say. */
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SocketListenEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['SocketListen']);

interface Told {
  readonly way: string;
  readonly result: number;
  readonly address: string;
  readonly port: number;
}

/** IPv6 as Sysmon has it: the only one here is `::`. */
const written = (address: string): string => (address === '::' ? '0:0:0:0:0:0:0:0' : address);

/** Ports of this protocol that are open in the network namespace of the process, as the kernel lists them. */
function listed(pid: number, file: string, state: string): number[] {
  return readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row[3] === state)
    .map((row) => parseInt(row[1]?.split(':')[1] ?? '', 16));
}

test('every way to listen is told once, and no near miss is', async () => {
  const r = run(compile(new URL('listen.c', import.meta.url), join(folder, 'listen')), []);
  const told: Told[] = [];
  await new Promise<void>((resolve) => {
    let text = '';
    r.child.stdout?.on('data', (d: Buffer) => {
      text += d.toString();
      if (!text.includes('\npair ')) return;
      for (const line of text.trim().split('\n')) {
        const [way = '', result, address = '', port] = line.split(' ');
        told.push({ way, result: Number(result), address, port: Number(port) });
      }
      resolve();
    });
  });
  const created = await seen.created(r.pid);
  // What a later process does is told after all that this one did.
  const last = run('/bin/true', []);
  await last.ended;
  await seen.created(last.pid);
  const events = seen.events.filter(
    (e): e is SocketListenEvent => e.type === 'SocketListen' && e.data.ProcessId === r.pid,
  );

  const of = (way: string): Told => told.find((t) => t.way === way) as Told;
  // What the kernel itself lists of the process: the program still has them all open.
  const tables = { tcp: listed(r.pid, 'tcp', '0A'), tcp6: listed(r.pid, 'tcp6', '0A') };
  for (const way of ['tcp', 'autobind', 'first']) expect(tables.tcp, way).toContain(of(way).port);
  expect(tables.tcp6).toContain(of('tcp6').port);
  expect(listed(r.pid, 'udp', '07')).toContain(of('udp').port);
  expect(listed(r.pid, 'udp6', '07')).toContain(of('udp6').port);
  for (const way of ['taken', 'bound', 'foreign', 'closed', 'pair']) expect(of(way).result, way).toBe(-1);
  for (const way of ['again', 'sends', 'client', 'unix']) expect(of(way).result, way).toBe(0);

  const ways = [
    ['tcp', 'sys_exit_listen', 'tcp'],
    ['autobind', 'sys_exit_listen', 'tcp'],
    ['tcp6', 'sys_exit_listen', 'tcp'],
    ['udp', 'sys_exit_bind', 'udp'],
    ['udp6', 'sys_exit_bind', 'udp'],
    ['mptcp', 'sys_exit_listen', 'tcp'],
    ['uring-udp', 'io_uring_complete', 'udp'],
    ['uring-tcp', 'io_uring_complete', 'tcp'],
    ['first', 'sys_exit_listen', 'tcp'],
    // Not every kernel has io_uring, or MPTCP.
  ].filter(([way = '']) => told.some((t) => t.way === way && t.result === 0));
  expect(ways.length).toBeGreaterThanOrEqual(6);
  expect(events.map((e) => [e.extra.hook, e.data.Protocol, e.data.Address, e.data.Port])).toEqual(
    ways.map(([way = '', hook, protocol]) => [hook, protocol, written(of(way).address), of(way).port]),
  );
  expect(events.every((e) => e.data.Port > 0)).toBe(true);

  const [first] = events;
  expect({ ...first, process: undefined, recordId: typeof first?.recordId, time: typeof first?.time }).toEqual({
    type: 'SocketListen',
    id: 126,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: first?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: r.pid,
      Image: created.data.Image,
      Protocol: 'tcp',
      Address: '127.0.0.1',
      Port: of('tcp').port,
      PortName: '-',
      User: 'root',
    },
    extra: { hook: 'sys_exit_listen', tier: 'core', netns: created.process.namespaces?.net },
    techniques: [{ id: 'T1571', name: 'Non-Standard Port', tactics: ['command-and-control'], source: 'event' }],
  });
  expect(first?.process).toBe(created.process);
});

test('threads that share descriptors are told the same, and a named port by its name', async () => {
  const r = run('/usr/bin/unshare', [
    '--net',
    '/usr/bin/python3',
    '-c',
    `
import socket, subprocess, threading
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=False)
idle = threading.Event()
t = threading.Thread(target=idle.wait); t.start()
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(('0.0.0.0', 53))
s = socket.socket(); s.bind(('0.0.0.0', 22)); s.listen()
idle.set(); t.join()
`,
  ]);
  expect((await r.ended).code).toBe(0);
  const tcp = await seen.find('SocketListen', (e) => e.data.ProcessId === r.pid && e.data.Protocol === 'tcp');
  const udp = await seen.find('SocketListen', (e) => e.data.ProcessId === r.pid && e.data.Protocol === 'udp');
  expect([udp.data.Address, udp.data.Port, udp.data.PortName]).toEqual(['0.0.0.0', 53, 'domain']);
  expect([tcp.data.Address, tcp.data.Port, tcp.data.PortName]).toEqual(['0.0.0.0', 22, 'ssh']);
  // The socket had no port before the call and has one after it: nobody else can have given it that.
  expect([udp.extra.exposed, tcp.extra.exposed]).toEqual([undefined, undefined]);
  expect(tcp.extra.netns).toBe(tcp.process.namespaces?.net);
  expect(tcp.extra.netns).not.toBe(statSync('/proc/self/ns/net').ino);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
