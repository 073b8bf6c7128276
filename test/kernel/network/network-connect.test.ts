/** NetworkConnect, TCP: made, accepted and failed connections, against what the sockets say of themselves. */
import { release } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  brief,
  closedPorts,
  connections,
  connectionsOf,
  expectEvent,
  inNetns,
  line,
  listen,
  netnsOf,
  plain,
  python,
  said,
  type End,
} from '../helpers/network.js';
import { seen, useSensor } from '../helpers/fixture.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

useSensor(['NetworkConnect']);

interface Ends {
  readonly ends: [own: End, peer: End];
  readonly pid?: number;
  readonly errno?: number;
}
const own = (e: Ends): End => [plain(e.ends[0][0]), e.ends[0][1]];
const peer = (e: Ends): End => [plain(e.ends[1][0]), e.ends[1][1]];

test('every field, at both ends: an HTTP server of node and its client', async () => {
  const server = run(process.execPath, [
    '-e',
    `const s = require('http').createServer((q, r) => { const c = q.socket; r.end(JSON.stringify([[c.localAddress, c.localPort], [c.remoteAddress, c.remotePort]])); s.close(); });
     s.listen(0, '127.0.0.1', () => console.log(s.address().port));`,
  ]);
  const port = await new Promise<number>((resolve) =>
    server.child.stdout?.once('data', (d: Buffer) => resolve(Number(d.toString()))),
  );
  const client = run(process.execPath, [
    '-e',
    `require('http').get({ host: '127.0.0.1', port: ${port}, agent: false }, (r) => {
       const c = r.socket, ends = [[c.localAddress, c.localPort], [c.remoteAddress, c.remotePort]];
       r.on('data', (d) => console.log(JSON.stringify({ ends, server: JSON.parse(d) }))); });`,
  ]);
  const [truth] = await said<Ends & { server: [End, End] }>(client);
  expect(truth.server).toEqual([truth.ends[1], truth.ends[0]]);
  const ofClient = await connections(seen, client.pid);
  const ofServer = await connections(seen, server.pid);
  const { process: c } = await seen.created(client.pid);
  const { process: s } = await seen.created(server.pid);
  expect(ofClient).toHaveLength(1);
  expect(ofServer).toHaveLength(1);
  expectEvent(ofClient[0], {
    pid: client.pid,
    image: c.image,
    guid: c.guid,
    hook: 'inet_sock_set_state',
    protocol: 'tcp',
    own: truth.ends[0],
    peer: truth.ends[1],
    initiated: true,
  });
  expectEvent(ofServer[0], {
    pid: server.pid,
    image: s.image,
    guid: s.guid,
    hook: 'sys_exit_accept4',
    protocol: 'tcp',
    own: truth.ends[1],
    peer: truth.ends[0],
    initiated: false,
  });
  expect(ofClient[0].process).toBe(c);
  expect({ type: ofClient[0].type, id: ofClient[0].id }).toEqual({ type: 'NetworkConnect', id: 3 });
});

test('the shell and curl', async () => {
  const { port, peers } = await listen('127.0.0.1');
  const bash = run('/bin/bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3 >/dev/null; :`]);
  await bash.ended;
  const curl = run('curl', ['-s', '--http0.9', '--max-time', '20', `http://127.0.0.1:${port}/`]);
  await curl.ended;
  expect(peers).toHaveLength(2);
  expect((await connections(seen, bash.pid)).map(brief)).toEqual([line('tcp', peers[0], ['127.0.0.1', port], true)]);
  expect((await connections(seen, curl.pid)).map(brief)).toEqual([line('tcp', peers[1], ['127.0.0.1', port], true)]);
});

test('the user is the one who connects, the process the one that it is then', async () => {
  const { port, peers } = await listen('127.0.0.1');
  const r = python(
    `
s = socket.socket(); os.setuid(65534); s.connect(('127.0.0.1', int(sys.argv[1]))); s.recv(9)
os.execv('/bin/true', ['true'])`,
    [port],
  );
  await r.ended;
  const [e] = await connections(seen, r.pid);
  expect(brief(e)).toBe(line('tcp', peers[0], ['127.0.0.1', port], true));
  expect(e.data.User).toBe('nobody');
  expect(e.data.Image).toMatch(/python/);
});

test('accepting: by a parent that forks, by children who wait together, without asking for the address', async () => {
  const r = python(`
l = socket.create_server(('127.0.0.1', 0)); port = l.getsockname()[1]
me = os.getpid()
def client():
    c = socket.create_connection(('127.0.0.1', port)); c.recv(9); return c
k = os.fork()
if k == 0:
    for i in range(3): client()
    os._exit(0)
a, _ = l.accept()
if os.fork() == 0:
    say(by=me, ends=ends(a)); a.send(b'x'); os._exit(0)
os.wait(); a.close()
for i in range(2):
    if os.fork() == 0:
        a, _ = l.accept(); say(by=os.getpid(), ends=ends(a)); a.send(b'x'); os._exit(0)
    os.wait()
os.wait()`);
  const accepted = await said<Ends & { by: number }>(r);
  expect(accepted).toHaveLength(3);
  await seen.terminated(r.pid);
  expect(connectionsOf(seen, r.pid)).toHaveLength(1);
  for (const a of accepted) {
    const events = connectionsOf(seen, a.by);
    expect(events.map(brief)).toEqual([line('tcp', own(a), peer(a), false)]);
  }
});

test('a scan of 200 ports on which nobody listens', async () => {
  const ports = closedPorts(200);
  expect(ports).toHaveLength(200);
  const r = python(
    `
for p in json.loads(sys.argv[1]):
    s = socket.socket(); e = s.connect_ex(('127.0.0.1', p)); say(port=p, errno=e); s.close()`,
    [JSON.stringify(ports)],
  );
  const truth = await said<{ port: number; errno: number }>(r);
  expect(truth.every((t) => t.errno === 111)).toBe(true);
  const events = await connections(seen, r.pid);
  expect(events.map((e) => [e.data.DestinationPort, e.extra.errno, e.data.Initiated])).toEqual(
    ports.map((p) => [p, 111, true]),
  );
  for (const e of events) expect(e.data.SourcePort).toBeGreaterThan(0);
});

test('without waiting: made, refused, asked again what came of it', async () => {
  const { port, peers } = await listen('127.0.0.1');
  const [closed] = closedPorts(1);
  const r = python(
    `
for port in map(int, sys.argv[1:]):
    s = socket.socket(); s.setblocking(False)
    first = s.connect_ex(('127.0.0.1', port))
    select.select([], [s], [], 20)
    second = s.connect_ex(('127.0.0.1', port))
    third = s.connect_ex(('127.0.0.1', port)) if second else 0
    say(first=first, second=second)`,
    [port, closed],
  );
  expect(await said(r)).toEqual([
    { first: 115, second: expect.any(Number) as number },
    { first: 115, second: 111 },
  ]);
  const events = (await connections(seen, r.pid)).map(brief);
  expect(events[0]).toBe(line('tcp', peers[0], ['127.0.0.1', port], true));
  // The third call begins anew on the same socket, and is refused as well.
  expect(events.slice(1).map((t) => t.replace(/^tcp 127.0.0.1 \d+/, 'tcp'))).toEqual(
    Array.from({ length: 2 }, () => `tcp -> 127.0.0.1 ${closed} errno 111`),
  );
});

test('IPv6, and IPv4 through sockets of IPv6', async () => {
  const r = python(`
for family, host, target in ((socket.AF_INET6, '::1', '::1'), (socket.AF_INET6, '::', '::ffff:127.0.0.1'), (socket.AF_INET6, '::', '127.0.0.1')):
    l = socket.socket(socket.AF_INET6); l.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0); l.bind((host, 0)); l.listen()
    c = socket.socket(socket.AF_INET if '.' in target and ':' not in target else socket.AF_INET6)
    c.connect((target, l.getsockname()[1])); a, _ = l.accept()
    say(ends=ends(c)); say(ends=ends(a))`);
  const truth = await said<Ends>(r);
  expect(truth).toHaveLength(6);
  expect((await connections(seen, r.pid)).map(brief).sort()).toEqual(
    truth.map((t, i) => line('tcp', own(t), peer(t), i % 2 === 0)).sort(),
  );
  expect(own(truth[0])[0]).toBe('0:0:0:0:0:0:0:1');
  expect(own(truth[2])[0]).toBe('127.0.0.1');
});

test('TCP Fast Open: the connection begins with what is sent', async () => {
  const r = python(`
l = socket.create_server(('127.0.0.1', 0)); l.setsockopt(socket.IPPROTO_TCP, 23, 5); target = l.getsockname()
for i in range(2):
    c = socket.socket(); c.sendto(b'hello', 0x20000000, target); a, _ = l.accept(); assert a.recv(9) == b'hello'
    say(ends=ends(c)); say(ends=ends(a)); c.close(); a.close()
c = socket.socket(); c.setsockopt(socket.IPPROTO_TCP, 30, 1); c.connect(target); c.send(b'again'); a, _ = l.accept()
say(ends=ends(c)); say(ends=ends(a))`);
  const truth = await said<Ends>(r);
  expect((await connections(seen, r.pid)).map(brief).sort()).toEqual(
    truth.map((t, i) => line('tcp', own(t), peer(t), i % 2 === 0)).sort(),
  );
});

test('io_uring connects and accepts', async ({ skip }) => {
  const folder = makeFolder();
  onTestFinished(() => removeFolder(folder));
  const r = run(compile(new URL('uring.c', import.meta.url), join(folder, 'uring')), []);
  const { code, stdout } = await r.ended;
  if (code === 77) skip('this kernel allows no io_uring');
  expect(code).toBe(0);
  const [from, to] = stdout.split(' ').map((n): End => ['127.0.0.1', Number(n)]) as [End, End];
  const events = await connections(seen, r.pid);
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release())?.map(Number) ?? [];
  const acceptIsSeen = major > 5 || (major === 5 && minor >= 19);
  expect(events.map((e) => `${e.extra.hook} ${brief(e)}`).sort()).toEqual([
    `inet_sock_set_state ${line('tcp', from, to, true)}`,
    ...(acceptIsSeen ? [`io_uring_complete ${line('tcp', to, from, false)}`] : []),
  ]);
});

test('sockets that were inherited or passed on: whoever connects and whoever accepts', async () => {
  const r = python(`
l = socket.create_server(('127.0.0.1', 0)); target = l.getsockname()
c = socket.socket()
if os.fork() == 0:
    c.connect(target); say(pid=os.getpid(), ends=ends(c), out=True); os._exit(0)
os.wait()
x, y = socket.socketpair(socket.AF_UNIX)
if os.fork() == 0:
    _, fds, _, _ = socket.recv_fds(y, 10, 2)
    m, d = (socket.socket(fileno=f) for f in fds)
    a, _ = m.accept(); say(pid=os.getpid(), ends=ends(a), out=False)
    d.connect(target); say(pid=os.getpid(), ends=ends(d), out=True)
    os._exit(0)
d = socket.socket(); socket.send_fds(x, [b'x'], [l.fileno(), d.fileno()]); os.wait()`);
  const truth = await said<Ends & { pid: number; out: boolean }>(r);
  expect(truth).toHaveLength(3);
  expect(await connections(seen, r.pid)).toEqual([]);
  for (const t of truth) {
    const events = connectionsOf(seen, t.pid).map(brief);
    expect(events).toContain(line('tcp', own(t), peer(t), t.out));
    expect(events).toHaveLength(truth.filter((o) => o.pid === t.pid).length);
  }
});

test('failures that never left the host, with their errno', async () => {
  // One port to choose from: the second connection to the same place has none left.
  const setup =
    'sysctl -qw net.ipv4.ip_local_port_range="50000 50000"; for k in unreachable prohibit blackhole; do case $k in unreachable) n=1;; prohibit) n=2;; *) n=3;; esac; ip route add $k 192.0.2.$n/32; done';
  const r = python(
    `
l = socket.create_server(('127.0.0.1', 7)); keep = []
for host, port in (('192.0.2.1', 80), ('192.0.2.2', 80), ('192.0.2.3', 80), ('198.51.100.1', 80), ('127.0.0.1', 7), ('127.0.0.1', 7)):
    s = socket.socket(); keep.append(s); say(to=[host, port], errno=s.connect_ex((host, port)))
s = socket.socket(socket.AF_INET6); say(to=['2001:db8::1', 80], errno=s.connect_ex(('2001:db8::1', 80)))
say(netns=os.stat('/proc/self/ns/net').st_ino)`,
    [],
    inNetns(setup),
  );
  const truth = await said<{ to: End; errno: number; netns?: number }>(r);
  const { netns } = truth.pop() as { netns: number };
  expect(truth.map((t) => t.errno)).toEqual([113, 13, 22, 101, 0, 99, 101]);
  const events = await connections(seen, r.pid);
  const out = events.filter((e) => e.data.Initiated);
  expect(out.map((e) => [[e.data.DestinationIp, e.data.DestinationPort], e.extra.errno ?? 0])).toEqual(
    truth.map((t) => [[plain(t.to[0]), t.to[1]], t.errno]),
  );
  expect(events.every((e) => e.extra.netns === netns)).toBe(true);
  expect(netns).not.toBe(netnsOf('self'));
  const fields = [
    'DestinationIsIpv6',
    'DestinationIp',
    'DestinationHostname',
    'DestinationPort',
    'DestinationPortName',
  ];
  // Where the socket had it, it is the kernel's; where it came to nothing before that, the process's.
  expect(out.map((e) => e.extra.exposed)).toEqual([fields, fields, fields, fields, undefined, undefined, fields]);
});

test('failures without an answer: in time, and given up', async () => {
  // Whose queue is full does not answer.
  const r = python(`
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(0); target = l.getsockname()
full = [socket.socket() for i in range(2)]
for s in full: s.setblocking(False); s.connect_ex(target)
s = socket.socket(); s.setsockopt(socket.IPPROTO_TCP, 7, 1); e = s.connect_ex(target); say(errno=e, to=target)
s = socket.socket(); s.setblocking(False); e = s.connect_ex(target); say(errno=e); s.close()
for s in full: s.close()`);
  const truth = await said<{ errno: number; to?: End }>(r);
  expect(truth.map((t) => t.errno)).toEqual([110, 115]);
  const events = (await connections(seen, r.pid)).map((e) => brief(e).replace(/ \d+ ->/, ' ->'));
  const to = `tcp 127.0.0.1 -> 127.0.0.1 ${truth[0].to?.[1]}`;
  expect(events).toContain(`${to} errno 110`);
  expect(events.at(-1)).toMatch(/errno 125$/);
  expect(new Set(events)).toEqual(new Set([to, `${to} errno 110`, `${to} errno 125`]));
});

test('equal addresses and ports in two network namespaces are two connections', async () => {
  const script = `
l = socket.create_server(('127.0.0.1', 7)); c = socket.socket(); c.bind(('127.0.0.1', 40000)); c.connect(('127.0.0.1', 7)); a, _ = l.accept()
say(netns=os.stat('/proc/self/ns/net').st_ino); sys.stdin.read()`;
  const two = [python(script, [], inNetns()), python(script, [], inNetns())];
  const truth = await Promise.all(two.map((r) => said<{ netns: number }>(r)));
  for (const [i, r] of two.entries()) {
    const events = await connections(seen, r.pid);
    expect(events.map(brief)).toEqual(['tcp 127.0.0.1 40000 -> 127.0.0.1 7', 'tcp 127.0.0.1 40000 => 127.0.0.1 7']);
    expect(events.map((e) => e.extra.netns)).toEqual([truth[i][0].netns, truth[i][0].netns]);
  }
  expect(truth[0][0].netns).not.toBe(truth[1][0].netns);
});

test('both ends that connect to each other at once', async () => {
  const r = python(`
a = socket.socket(); a.bind(('127.0.0.1', 0)); own = a.getsockname(); a.connect(own); say(ends=ends(a))`);
  const [truth] = await said<Ends>(r);
  expect(own(truth)).toEqual(peer(truth));
  expect((await connections(seen, r.pid)).map(brief)).toEqual([line('tcp', own(truth), peer(truth), true)]);
});

test('what is no connection', async () => {
  const r = python(`
l = socket.create_server(('127.0.0.1', 0)); l.setblocking(False)
for f in (l.accept, lambda: socket.socket().accept(), lambda: socket.socket().connect(('127.0.0.1', 99999)), lambda: os.close(99)):
    try: f()
    except (OSError, OverflowError) as e: say(error=type(e).__name__)
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.close()
x, y = socket.socketpair(); x.send(b'x')
u = socket.socket(socket.AF_UNIX); u.bind('\\0sysmon-test-%d' % os.getpid()); u.listen()
v = socket.socket(socket.AF_UNIX); v.connect(u.getsockname()); u.accept()
s = socket.socket(); e = s.connect_ex(('0.0.0.0', 0)); s.close()
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
s = socket.socket(); say(bad=libc.connect(s.fileno(), b'\\2', 1)); say(bad=libc.connect(s.fileno(), None, 16)); say(bad=libc.connect(77, b'\\2' * 16, 16))`);
  expect(await said(r)).toHaveLength(7);
  const events = await connections(seen, r.pid);
  // A connection to port 0 is one, if a vain one.
  expect(events.filter((e) => e.data.DestinationPort !== 0).map(brief)).toEqual([]);
});
