/** NetworkConnect, UDP: one event for a flow, of the process that sends or asks who sent. */
import { createSocket } from 'node:dgram';
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import {
  brief,
  connections,
  connectionsOf,
  expectEvent,
  inNetns,
  line,
  plain,
  python,
  said,
  type End,
} from '../helpers/network.js';
import { seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['NetworkConnect']);

interface Ends {
  readonly own: End;
  readonly peer: End;
  readonly pid: number;
}
const sent = (t: Ends): string => line('udp', [plain(t.own[0]), t.own[1]], [plain(t.peer[0]), t.peer[1]], true);

test('every field, at both ends; an answer is part of the flow', async () => {
  const r = python(`
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0))
if os.fork() == 0:
    c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.connect(s.getsockname())
    for i in range(5): c.send(b'x'); assert c.recv(9) == b'y'
    say(pid=os.getpid(), own=c.getsockname(), peer=c.getpeername()); os._exit(0)
for i in range(5):
    d, who = s.recvfrom(9); s.sendto(b'y', who)
os.wait()`);
  const [t] = await said<Ends>(r);
  const ofServer = await connections(seen, r.pid);
  const ofClient = await connections(seen, t.pid);
  expect(ofClient).toHaveLength(1);
  expect(ofServer).toHaveLength(1);
  const { process: p } = await seen.created(r.pid);
  expectEvent(ofClient[0], {
    pid: t.pid,
    image: p.image,
    guid: ofClient[0].process.guid,
    hook: 'cgroup_skb/egress',
    protocol: 'udp',
    own: t.own,
    peer: t.peer,
    initiated: true,
  });
  expect(ofClient[0].process).toMatchObject({ pid: t.pid, forked: true });
  expectEvent(ofServer[0], {
    pid: r.pid,
    image: p.image,
    guid: p.guid,
    hook: 'cgroup/recvmsg4',
    protocol: 'udp',
    own: t.peer,
    peer: t.own,
    initiated: false,
  });
});

test('every way to send: one flow for each socket and peer', async () => {
  const r = python(`
import ctypes
sinks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for i in range(3)]
for s in sinks: s.bind(('127.0.0.1', 0))
to = [s.getsockname() for s in sinks]
def made(bound=False):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return s
def told(s, peer): say(pid=os.getpid(), own=('127.0.0.1', s.getsockname()[1]), peer=peer)
s = made(); [s.sendto(b'x', t) for t in to for i in range(3)]; [told(s, t) for t in to]
s = made(); s.sendmsg([b'x'], [], 0, to[0]); told(s, to[0])
s = made(); s.connect(to[0]); s.send(b'x'); told(s, to[0]); s.connect(to[1]); s.send(b'x'); told(s, to[1])
s = made(); s.connect(to[0]); os.write(s.fileno(), b'x'); os.writev(s.fileno(), [b'x', b'y']); told(s, to[0])
s = made(); s.connect(to[0]); s.sendto(b'x', to[2]); told(s, to[2])
s = made(); s.sendto(b'', to[1]); told(s, to[1])
libc = ctypes.CDLL(None, use_errno=True)
class iov(ctypes.Structure): _fields_ = [('base', ctypes.c_char_p), ('len', ctypes.c_size_t)]
class hdr(ctypes.Structure): _fields_ = [('name', ctypes.c_void_p), ('namelen', ctypes.c_uint), ('iov', ctypes.POINTER(iov)), ('iovlen', ctypes.c_size_t), ('control', ctypes.c_void_p), ('controllen', ctypes.c_size_t), ('flags', ctypes.c_int), ('pad', ctypes.c_int), ('len', ctypes.c_uint)]
s = made(); v = iov(b'x', 1); names = []; m = (hdr * 3)()
for h, t in zip(m, to):
    n = ctypes.create_string_buffer(struct.pack('<H', socket.AF_INET) + struct.pack('>H', t[1]) + socket.inet_aton(t[0]) + bytes(8)); names.append(n)
    h.name = ctypes.addressof(n); h.namelen = 16; h.iov = ctypes.pointer(v); h.iovlen = 1
assert libc.sendmmsg(s.fileno(), m, 3, 0) == 3
[told(s, t) for t in to]`);
  const truth = await said<Ends>(r);
  expect(truth).toHaveLength(12);
  expect((await connections(seen, r.pid)).map(brief)).toEqual(truth.map(sent));
});

test('the shell', async () => {
  const sink = createSocket('udp4');
  const got = new Promise<End>((resolve) => sink.once('message', (_, from) => resolve([from.address, from.port])));
  await new Promise<void>((resolve) => sink.bind(0, '127.0.0.1', resolve));
  const { port } = sink.address();
  const bash = run('/bin/bash', ['-c', `echo hello > /dev/udp/127.0.0.1/${port}; :`]);
  const from = await got;
  sink.close();
  expect((await connections(seen, bash.pid)).map(brief)).toEqual([line('udp', from, ['127.0.0.1', port], true)]);
  // And this very process, a program of libuv, was asked to receive it.
  const received = line('udp', ['127.0.0.1', port], from, false);
  expect((await seen.find('NetworkConnect', (e) => brief(e) === received)).data.ProcessId).toBe(process.pid);
});

test('IPv6, and IPv4 through sockets of IPv6', async () => {
  const r = python(`
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); six.bind(('::1', 0))
four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); four.bind(('127.0.0.1', 0))
both = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); both.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0); both.bind(('::ffff:127.0.0.1', 0))
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.connect(six.getsockname()[:2]); s.send(b'x'); say(pid=os.getpid(), own=s.getsockname()[:2], peer=s.getpeername()[:2])
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.sendto(b'x', six.getsockname()[:2]); say(pid=os.getpid(), own=('::1', s.getsockname()[1]), peer=six.getsockname()[:2])
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0); s.sendto(b'x', ('::ffff:127.0.0.1', four.getsockname()[1])); say(pid=os.getpid(), own=('127.0.0.1', s.getsockname()[1]), peer=four.getsockname())
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.sendto(b'x', ('127.0.0.1', both.getsockname()[1])); say(pid=os.getpid(), own=s.getsockname(), peer=('127.0.0.1', both.getsockname()[1]))
both.recvfrom(9); six.recvfrom(9)`);
  const truth = await said<Ends>(r);
  const all = await connections(seen, r.pid);
  const [six, , , four] = truth;
  expect(all.map(brief)).toEqual([
    ...truth.map(sent),
    line('udp', four.peer, four.own, false),
    line('udp', [plain(six.peer[0]), six.peer[1]], [plain(six.own[0]), six.own[1]], false),
  ]);
  expect(all.at(-1)?.extra.hook).toBe('cgroup/recvmsg6');
});

test('multicast', async () => {
  const r = python(
    `
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('127.0.0.1'))
m = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); m.bind(('239.255.7.7', 0))
m.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('239.255.7.7') + socket.inet_aton('127.0.0.1'))
s.sendto(b'x', m.getsockname()); d, who = m.recvfrom(9)
say(pid=os.getpid(), own=who, peer=m.getsockname())`,
    [],
    inNetns('ip route add 239.0.0.0/8 dev lo'),
  );
  const [t] = await said<Ends>(r);
  expect((await connections(seen, r.pid)).map(brief)).toEqual([sent(t), line('udp', t.peer, t.own, false)]);
});

test('a socket that several share: each process that sends on it, once', async () => {
  const r = python(`
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sink.bind(('127.0.0.1', 0))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.connect(sink.getsockname())
x, y = socket.socketpair(socket.AF_UNIX)
pids = []
for way in ('inherited', 'passed'):
    k = os.fork()
    if k == 0:
        t = s
        if way == 'passed':
            s.close(); _, fds, _, _ = socket.recv_fds(y, 10, 1); t = socket.socket(fileno=fds[0])
        for i in range(20): t.send(b'x'); time.sleep(0.001)
        say(pid=os.getpid(), own=t.getsockname(), peer=t.getpeername()); os._exit(0)
for i in range(20): s.send(b'x')
socket.send_fds(x, [b'x'], [s.fileno()])
os.wait(); os.wait(); say(pid=os.getpid(), own=s.getsockname(), peer=s.getpeername())`);
  const truth = await said<Ends>(r);
  expect(truth).toHaveLength(3);
  await seen.terminated(r.pid);
  for (const t of truth) expect(connectionsOf(seen, t.pid).map(brief)).toEqual([sent(t)]);
});

test('equal addresses and ports in two network namespaces are two flows', async () => {
  const script = `
d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); d.bind(('127.0.0.1', 7)); s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 40000))
s.sendto(b'x', ('127.0.0.1', 7)); d.recvfrom(9); say(netns=os.stat('/proc/self/ns/net').st_ino)`;
  const two = [python(script, [], inNetns()), python(script, [], inNetns())];
  const truth = await Promise.all(two.map((r) => said<{ netns: number }>(r)));
  for (const [i, r] of two.entries()) {
    const events = await connections(seen, r.pid);
    expect(events.map(brief)).toEqual(['udp 127.0.0.1 40000 -> 127.0.0.1 7', 'udp 127.0.0.1 40000 => 127.0.0.1 7']);
    expect(events.map((e) => e.extra.netns)).toEqual([truth[i][0].netns, truth[i][0].netns]);
  }
});

test('what is no flow', async () => {
  const r = python(`
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.setblocking(False)
try: s.recvfrom(9)
except BlockingIOError: pass
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.connect(s.getsockname())
try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).send(b'x')
except OSError: pass
try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('255.255.255.255', 9))
except OSError: pass
x, y = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); x.send(b'x'); y.recvfrom(9)
p = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); p.sendto(b'\\x08\\x00\\xf7\\xff' + bytes(4), ('127.0.0.1', 0)); p.recvfrom(99)`);
  await said(r);
  expect((await connections(seen, r.pid)).map(brief)).toEqual([]);
});

test('sockets that are older than the sensor', async () => {
  // What it does waits for a line on its standard input, which comes when the second sensor is there.
  const r = python(
    `
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sink.bind(('127.0.0.1', 0))
old = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); old.connect(sink.getsockname()); old.send(b'x')
l = socket.create_server(('127.0.0.1', 0)); est = socket.create_connection(l.getsockname()); acc, _ = l.accept()
full = socket.socket(); full.bind(('127.0.0.1', 0)); full.listen(0); keep = [socket.socket() for i in range(2)]
for s in keep: s.setblocking(False); s.connect_ex(full.getsockname())
late = socket.socket(); late.setblocking(False); late.connect_ex(full.getsockname())
say(ready=True); sys.stdin.readline()
old.send(b'x'); est.send(b'x'); acc.recv(9)
late.close()
new = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); new.connect(sink.getsockname()); new.send(b'x')
say(pid=os.getpid(), own=new.getsockname(), peer=new.getpeername(), late=full.getsockname())`,
    [],
    [],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve) => r.child.stdout?.once('data', () => resolve()));
  const second = await capture({ events: ['NetworkConnect', 'ProcessTerminate'] });
  r.child.stdin?.write('go\n');
  const [, t] = await said<Ends & { late: End }>(r);
  const events = (await connections(second, r.pid)).map((e) => brief(e).replace(/^tcp 127.0.0.1 \d+/, 'tcp'));
  // Of the connections under way, the process is known as well.
  expect(new Set(events)).toEqual(new Set([`tcp -> 127.0.0.1 ${t.late[1]} errno 125`, sent(t)]));
  expect(events.filter((e) => e.startsWith('udp'))).toEqual([sent(t)]);
  expect(second.losses).toEqual([]);
});

test('a flow that goes on is reported again after flowSeconds', async () => {
  const second = await capture({ events: ['NetworkConnect', 'ProcessTerminate'], flowSeconds: 1 });
  const r = python(`
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); d.bind(('127.0.0.1', 0))
s.connect(d.getsockname()); s.send(b'x'); s.send(b'x'); time.sleep(1.1); s.send(b'x'); s.send(b'x')
say(pid=os.getpid(), own=s.getsockname(), peer=s.getpeername())`);
  const [t] = await said<Ends>(r);
  const events = await connections(second, r.pid);
  expect(events.map(brief)).toEqual([sent(t), sent(t)]);
  expect(Date.parse(events[1].time) - Date.parse(events[0].time)).toBeGreaterThanOrEqual(1000);
  expect((await connections(seen, r.pid)).map(brief)).toEqual([sent(t)]);
});

test('compatibility exact: failed connections are none; rules decide on any field', async () => {
  const config = `<Sysmon schemaversion="4.90"><EventFiltering><RuleGroup groupRelation="or"><NetworkConnect onmatch="include">
    <DestinationPortName name="chargen" condition="is">chargen</DestinationPortName><DestinationIp condition="is">0:0:0:0:0:0:0:1</DestinationIp>
    </NetworkConnect></RuleGroup></EventFiltering></Sysmon>`;
  const script = `
for f, h in ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1')):
    for p in (19, 40019):
        l = socket.socket(f); l.bind((h, p)); l.listen(); c = socket.socket(f); c.connect((h, p)); l.accept()
socket.socket(socket.AF_INET6).connect_ex(('::1', 1))`;
  for (const compatibility of ['exact', 'linux'] as const) {
    const ruled = await capture({ config, compatibility });
    const r = python(script, [], inNetns());
    await said(r);
    const events = await connections(ruled, r.pid);
    const of = (e: (typeof events)[number]): string =>
      `${e.data.RuleName} ${e.data.DestinationIp} ${e.data.DestinationPort} ${e.data.Initiated} ${e.extra.errno ?? 0}`;
    const six = '0:0:0:0:0:0:0:1';
    expect(events.map(of)).toEqual([
      'chargen 127.0.0.1 19 true 0',
      'chargen 127.0.0.1 19 false 0',
      `chargen ${six} 19 true 0`,
      `chargen ${six} 19 false 0`,
      `- ${six} 40019 true 0`,
      `- ${six} 40019 false 0`,
      ...(compatibility === 'exact' ? [] : [`- ${six} 1 true 111`]),
    ]);
    await ruled.sysmon.stop();
  }
});
