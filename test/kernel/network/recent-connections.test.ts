/** `process.recentConnections`: what a process talked to, asked of the sensor when it is read. */
import { expect, test } from 'vitest';
import { type ProcessRecord, type RecentConnection } from '../../../lib/index.js';
import { capture } from '../helpers/capture.js';
import { startDns } from '../helpers/dns.js';
import { seen, sysmon, useSensor } from '../helpers/fixture.js';
import { closedPorts, connections, inNetns, line, listen, plain, python, said, type End } from '../helpers/network.js';
import { run } from '../helpers/workspace.js';

useSensor(['NetworkConnect', 'DnsQuery']);

const brief = (c: RecentConnection): string =>
  line(
    c.protocol,
    ...((c.initiated ? [c.source, c.destination] : [c.destination, c.source]).map((e): End => [e.ip, e.port]) as [
      End,
      End,
    ]),
    c.initiated,
    c.errno,
  );
const of = (p: ProcessRecord): string[] => (p.recentConnections ?? []).map(brief);

test('made, accepted, refused, sent: as the sockets have them, the newest first', async () => {
  const [closed] = closedPorts(1);
  const r = python(
    `
l = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(l.getsockname()); a, _ = l.accept()
say(own=c.getsockname(), peer=c.getpeername()); say(own=a.getsockname(), peer=a.getpeername())
d = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); d.bind(('::1', 0)); s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.connect(d.getsockname()[:2]); s.send(b'x')
say(own=s.getsockname()[:2], peer=s.getpeername()[:2])
f = socket.socket(); f.bind(('127.0.0.1', 0)); say(own=f.getsockname(), peer=['127.0.0.1', int(sys.argv[1])]); say(errno=f.connect_ex(('127.0.0.1', int(sys.argv[1]))))`,
    [closed],
  );
  const truth = await said<{ own: End; peer: End; errno?: number }>(r);
  const end = ([ip, port]: End): End => [plain(ip), port];
  const [out, accepted, flow, refused, { errno }] = truth;
  expect(errno).toBe(111);
  const { process: p } = await seen.created(r.pid);
  const events = await connections(seen, r.pid);
  // It has ended; what it did is known all the same.
  expect(of(p)).toEqual([
    line('tcp', end(refused.own), end(refused.peer), true, errno),
    line('udp', end(flow.own), end(flow.peer), true),
    line('tcp', end(accepted.own), end(accepted.peer), false),
    line('tcp', end(out.own), end(out.peer), true),
  ]);
  const recent = p.recentConnections as readonly RecentConnection[];
  expect(recent.map((c) => c.time)).toEqual(events.map((e) => e.time).reverse());
  expect(recent[3]).toEqual({
    time: events[0].time,
    protocol: 'tcp',
    initiated: true,
    source: { ip: out.own[0], port: out.own[1] },
    destination: { ip: out.peer[0], port: out.peer[1] },
  });
  expect([recent, recent[3], recent[3].source, recent[3].destination].every((x) => Object.isFrozen(x))).toBe(true);
  expect(Object.keys(p)).not.toContain('recentConnections');
  expect(JSON.stringify(p)).not.toContain('recentConnections');
});

test('at most eight; a program that follows begins with none; a living process has them too', async () => {
  const { port } = await listen('127.0.0.1');
  const script = `for i in 1 2 3 4 5 6 7 8 9 10 11; do exec 3<>/dev/tcp/127.0.0.1/${port}; done; exec /bin/sh -c 'echo on; read -r line'`;
  const r = run('/bin/bash', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => r.child.stdout?.once('data', resolve));
  const shell = await seen.find(
    'ProcessCreate',
    (e) => e.data.ProcessId === r.pid && e.data.CommandLine.startsWith('/bin/sh'),
  );
  expect(shell.process.recentConnections).toEqual([]);
  expect(sysmon.processes.get(r.pid)?.recentConnections).toEqual([]);
  const bash = await seen.created(r.pid);
  const ports = seen.events.flatMap((e) =>
    e.type === 'NetworkConnect' && e.data.ProcessId === r.pid ? [e.data.SourcePort] : [],
  );
  expect(ports).toHaveLength(11);
  expect(bash.process.recentConnections?.map((c) => c.source.port)).toEqual(ports.slice(-8).reverse());
  r.child.stdin?.end('off\n');
  await r.ended;
});

test('what rules drop counts; so does the name that an answer gave', async () => {
  const dns = await startDns();
  try {
    const ruled = await capture({
      config: `<Sysmon schemaversion="4.90"><EventFiltering>
        <RuleGroup groupRelation="or"><NetworkConnect onmatch="include"><DestinationPort condition="is">1</DestinationPort></NetworkConnect></RuleGroup>
        <RuleGroup groupRelation="or"><DnsQuery onmatch="exclude"/></RuleGroup></EventFiltering></Sysmon>`,
    });
    await dns.ask('connected', '127.0.0.1', 53, 'host.recent.test', 1);
    const r = python(`socket.socket().connect_ex(('192.0.2.1', 9))`, [], inNetns('ip addr add 192.0.2.1/32 dev lo'));
    await said(r);
    await ruled.terminated(r.pid);
    const { process: p } = ruled.of(r.pid).findLast((e) => e.type === 'ProcessCreate') as { process: ProcessRecord };
    expect(ruled.events.filter((e) => e.type === 'NetworkConnect')).toEqual([]);
    expect(p.recentConnections).toMatchObject([
      { destination: { ip: '192.0.2.1', port: 9, hostname: 'host.recent.test' }, errno: 111 },
    ]);
  } finally {
    await dns.stop();
  }
});

test('unknown where connections are not captured, and once the sensor has stopped', async () => {
  const [without, short] = [
    await capture(),
    await capture({ events: ['NetworkConnect', 'ProcessCreate', 'ProcessTerminate'] }),
  ];
  const r = run('/bin/true', []);
  const [a, b] = [await without.created(r.pid), await short.created(r.pid)];
  expect(a.process.recentConnections).toBeUndefined();
  expect(b.process.recentConnections).toEqual([]);
  await short.sysmon.stop();
  expect(b.process.recentConnections).toBeUndefined();
});
