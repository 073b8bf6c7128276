/** Sockets for NetworkConnect to see, and what the sockets themselves say of it. */
import { execFileSync, spawnSync, type SpawnOptions } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { NetworkConnectEvent } from '../../../lib/index.js';
import { userName } from './fixture.js';
import type { Capture } from './capture.js';
import { run, type Running } from './workspace.js';

export type End = readonly [address: string, port: number];

/** All of a process so far, in the order in which they came. */
export const connectionsOf = (seen: Capture, pid: number): NetworkConnectEvent[] =>
  seen.events.filter((e): e is NetworkConnectEvent => e.type === 'NetworkConnect' && e.data.ProcessId === pid);

/** All of a process, once it has ended and everything of it has come. */
export async function connections(seen: Capture, pid: number): Promise<NetworkConnectEvent[]> {
  await seen.terminated(pid);
  return connectionsOf(seen, pid);
}

/** What most tests compare. */
export const brief = (e: NetworkConnectEvent): string => {
  const { Protocol, Initiated, SourceIp, SourcePort, DestinationIp, DestinationPort } = e.data;
  const errno = e.extra.errno === undefined ? '' : ` errno ${e.extra.errno}`;
  return `${Protocol} ${SourceIp} ${SourcePort} ${Initiated ? '->' : '=>'} ${DestinationIp} ${DestinationPort}${errno}`;
};

/** The same of what a socket says of itself: its own end, its peer's, and who began. */
export const line = (protocol: 'tcp' | 'udp', own: End, peer: End, initiated: boolean, errno?: number): string => {
  const [from, to] = initiated ? [own, peer] : [peer, own];
  return `${protocol} ${from.join(' ')} ${initiated ? '->' : '=>'} ${to.join(' ')}${errno === undefined ? '' : ` errno ${errno}`}`;
};

/** IPv6 in eight groups, none left out; IPv4 mapped into it as IPv4. */
export function plain(address: string): string {
  const text = address.replace(/%.*$/, '');
  if (!text.includes(':')) return text;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text);
  if (mapped) return mapped[1];
  const [head, tail] = text.split('::') as [string, string | undefined];
  const groups = (s: string): string[] => (s === '' ? [] : s.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right].map((g) => parseInt(g, 16).toString(16)).join(':');
}

/** Name of a port as the system's own library finds it. */
export function portName(port: number, protocol: string): string {
  const r = spawnSync('getent', ['services', `${port}/${protocol}`], { encoding: 'utf8' });
  return r.status === 0 ? r.stdout.split(/\s/)[0] : '-';
}

export const netnsOf = (pid: number | 'self'): number => Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0]);

/** Every field. */
export function expectEvent(
  e: NetworkConnectEvent,
  what: {
    pid: number;
    image: string;
    guid: string;
    uid?: number;
    hook: string;
    protocol: 'tcp' | 'udp';
    own: End;
    peer: End;
    initiated: boolean;
    errno?: number;
    netns?: number;
    exposed?: readonly string[];
  },
): void {
  const [source, destination] = what.initiated ? [what.own, what.peer] : [what.peer, what.own];
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: what.guid,
    ProcessId: what.pid,
    Image: what.image,
    User: userName(what.uid ?? 0),
    Protocol: what.protocol,
    Initiated: what.initiated,
    SourceIsIpv6: source[0].includes(':'),
    SourceIp: source[0],
    SourceHostname: '-',
    SourcePort: source[1],
    SourcePortName: portName(source[1], what.protocol),
    DestinationIsIpv6: destination[0].includes(':'),
    DestinationIp: destination[0],
    DestinationHostname: '-',
    DestinationPort: destination[1],
    DestinationPortName: portName(destination[1], what.protocol),
  });
  expect(e.extra).toEqual({
    hook: what.hook,
    tier: 'core',
    netns: what.netns ?? netnsOf('self'),
    ...(what.errno === undefined ? {} : { errno: what.errno }),
    ...(what.exposed === undefined ? {} : { exposed: what.exposed }),
  });
}

/** A server of this very process, and the peers that its sockets name. */
export async function listen(host: string): Promise<{ server: Server; port: number; peers: End[] }> {
  const peers: End[] = [];
  const server = createServer((c) => {
    peers.push([plain(c.remoteAddress ?? ''), c.remotePort ?? 0]);
    c.on('error', () => undefined);
    c.end('hello\n');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port, peers };
}

const preamble = `
import socket, os, sys, json, time, struct, select, errno
def ends(s):
    try: peer = s.getpeername()[:2]
    except OSError: peer = None
    return [list(s.getsockname()[:2]), peer and list(peer)]
# One write for a line: print() makes two where PYTHONUNBUFFERED is set, and another process may get in between.
def say(**what): os.write(1, (json.dumps(what) + '\\n').encode())
`;

/** A program in Python; it says what it knows in lines of JSON. */
export function python(
  script: string,
  args: readonly (string | number)[] = [],
  under: readonly string[] = [],
  options: SpawnOptions = {},
): Running {
  const [command, ...rest] = [...under, '/usr/bin/python3', '-c', preamble + script, ...args.map(String)] as [
    string,
    ...string[],
  ];
  return run(command, rest, { cwd: '/', ...options });
}

export async function said<T>(r: Running, code = 0): Promise<T[]> {
  const ended = await r.ended;
  expect(ended, ended.stderr).toMatchObject({ code });
  return ended.stdout
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => JSON.parse(l) as T);
}

/** Before a program: a network namespace of its own, with its loopback up and whatever else is said. */
export const inNetns = (setup = ':'): string[] => [
  'unshare',
  '--net',
  'sh',
  '-ec',
  `ip link set lo up; ${setup}; exec "$@"`,
  'sh',
];

/** Ports between 1 and 1000 on which nobody listens. */
export function closedPorts(count: number): number[] {
  const open = new Set(
    execFileSync('ss', ['-Htln'], { encoding: 'utf8' })
      .split('\n')
      .map((l) => Number(/:(\d+)\s/.exec(l)?.[1])),
  );
  return Array.from({ length: 1000 }, (_, i) => i + 1)
    .filter((p) => !open.has(p))
    .slice(0, count);
}
