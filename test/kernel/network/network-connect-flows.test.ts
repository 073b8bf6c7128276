/** NetworkConnect, UDP: what tells one flow from another, and the headers before UDP. */
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import { brief, connections, connectionsOf, inNetns, line, plain, python, said, type End } from '../helpers/network.js';
import { seen, useSensor } from '../helpers/fixture.js';

useSensor(['NetworkConnect']);

interface Ends {
  readonly own: End;
  readonly peer: End;
  readonly pid: number;
  readonly skip?: string;
}
const sent = (t: Ends): string => line('udp', [plain(t.own[0]), t.own[1]], [plain(t.peer[0]), t.peer[1]], true);

test('IPv6 with headers before UDP, as many as a socket can put there', async () => {
  const r = python(
    `
IPV6, HOPOPTS, RTHDRDSTOPTS, RTHDR, DSTOPTS = 41, 54, 55, 57, 59
sink = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); sink.bind(('::1', 0))
padding = bytes([0, 0, 1, 4, 0, 0, 0, 0]); long = bytes([0, 31]) + bytes([1, 252]) + bytes(252)
for options in ([HOPOPTS], [DSTOPTS], [RTHDRDSTOPTS, DSTOPTS], [HOPOPTS, RTHDRDSTOPTS, DSTOPTS]):
    for content in (padding, long):
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        for o in options: s.setsockopt(IPV6, o, content)
        s.sendto(b'x', sink.getsockname()[:2]); say(pid=os.getpid(), own=('::1', s.getsockname()[1]), peer=sink.getsockname()[:2])
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) # a header of one datagram, and one that is sent in fragments
s.sendmsg([b'x' * 9000], [(IPV6, DSTOPTS, padding)], 0, sink.getsockname()[:2]); say(pid=os.getpid(), own=('::1', s.getsockname()[1]), peer=sink.getsockname()[:2])`,
    [],
    inNetns('ip link set lo mtu 1500'),
  );
  const truth = await said<Ends>(r);
  expect(truth).toHaveLength(9);
  expect((await connections(seen, r.pid)).map(brief)).toEqual(truth.map(sent));
});

test('UDP-Lite over IPv6 with a header before it', async (context) => {
  const r = python(`
try: sink = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, 136)
except OSError: say(skip='the kernel has no UDP-Lite'); sys.exit()
sink.bind(('::1', 0)); s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, 136); s.setsockopt(41, 59, bytes([0, 0, 1, 4, 0, 0, 0, 0]))
s.sendto(b'x', sink.getsockname()[:2]); say(pid=os.getpid(), own=('::1', s.getsockname()[1]), peer=sink.getsockname()[:2])`);
  const truth = await said<Ends>(r);
  if (truth[0].skip) context.skip(truth[0].skip);
  expect((await connections(seen, r.pid)).map((e) => brief(e).slice(4))).toEqual(truth.map((t) => sent(t).slice(4)));
});

test('sockets that follow each other, with equal ends: each is a flow', async () => {
  const count = 300;
  const r = python(
    `
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}) # where the memory of one socket is that of the next
for i in range(${count}):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 7777)); s.sendto(b'x', ('127.0.0.1', 8888)); s.close(); time.sleep(.002)`,
    [],
    inNetns(),
  );
  await said(r);
  const all = await connections(seen, r.pid);
  expect(all.map(brief)).toEqual(Array.from({ length: count }, () => 'udp 127.0.0.1 7777 -> 127.0.0.1 8888'));
});

test('a program that is executed later in the process, on the same socket', async () => {
  const r = python(`
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sink.bind(('127.0.0.1', 0))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(sink.getsockname()); s.send(b'x')
say(pid=os.getpid(), own=s.getsockname(), peer=s.getpeername())
[o.set_inheritable(True) for o in (s, sink)]; os.execv('/bin/sh', ['sh', '-c', 'echo x >&%d; echo y >&%d' % (s.fileno(), s.fileno())])`);
  const [t] = await said<Ends>(r);
  const events = await connections(seen, r.pid);
  expect(events.map(brief)).toEqual([sent(t), sent(t)]);
  expect(events.map((e) => e.process.argv[0])).toEqual(['/usr/bin/python3', 'sh']);
});

test('a socket older than the sensor: new to those who are newer', async () => {
  const r = python(
    `
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); sink.bind(('127.0.0.1', 0))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(sink.getsockname())
x, y = socket.socketpair()
if os.fork() == 0: # shares it from before
    y.recv(9); s.send(b'x'); os._exit(0)
say(ready=True); sys.stdin.readline()
s.send(b'x'); x.send(b'x'); os.wait()
if os.fork() == 0: s.send(b'x'); s.send(b'x'); say(pid=os.getpid(), own=s.getsockname(), peer=s.getpeername()); os._exit(0)
os.wait(); [o.set_inheritable(True) for o in (s, sink)]; os.execv('/bin/sh', ['sh', '-c', 'echo x >&%d' % s.fileno()])`,
    [],
    [],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve) => r.child.stdout?.once('data', () => resolve()));
  const second = await capture({ events: ['NetworkConnect', 'ProcessTerminate'] });
  r.child.stdin?.write('go\n');
  const [, t] = await said<Ends>(r);
  const own = await connections(second, r.pid);
  expect(own.map(brief)).toEqual([sent(t)]);
  expect(own[0]?.process.argv[0]).toBe('sh');
  expect(connectionsOf(second, t.pid).map(brief)).toEqual([sent(t)]);
  const ends = [String(t.own[1]), String(t.peer[1])];
  const all = second.events.filter((e) => e.type === 'NetworkConnect' && brief(e).split(' ').includes(ends[0]));
  expect(all).toHaveLength(2);
});
