/** DnsQuery: questions that do not come one in a packet, from a socket that the asker made, with plain headers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type DnsQueryEvent } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { inNetns, python, said } from '../helpers/network.js';

let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate', 'NetworkConnect', 'DnsQuery'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(() => sysmon.stop());

/** A server at port 53 that knows no records, in the process that asks. */
const preamble = `
import threading, resource
U, V6 = socket.SOCK_DGRAM, socket.AF_INET6
def q(name, id=7): return struct.pack('>HHHHHH', id, 0x100, 1, 0, 0, 0) + b''.join(bytes([len(l)]) + l.encode() for l in name.split('.')) + struct.pack('>BHH', 0, 1, 1)
def answer(question): return question[:2] + b'\\x81\\x80' + question[4:]
def udp(family=socket.AF_INET): return socket.socket(family, U)
server = udp(); server.bind(('127.0.0.1', 53))
def serve(count, s=server):
    for i in range(count): d, who = s.recvfrom(9999); s.sendto(answer(d), who)
`;
const asks = (script: string): ReturnType<typeof python> => python(preamble + script, [], inNetns());
const named = (name: string): Promise<DnsQueryEvent> => seen.find('DnsQuery', (e) => e.data.QueryName === name);

let fresh = 0;
const unique = (): string => `packets${++fresh}.test`;

test('several questions in one call: each is an event', async (context) => {
  const zone = unique();
  const r = asks(`
SEGMENT, GRO = 103, 104
c = udp(); c.connect(('127.0.0.1', 53)); names = ['abcdefgh'[i] + '.${zone}' for i in range(8)]
all = [q(n, i) for i, n in enumerate(names)]
try: c.setsockopt(socket.IPPROTO_UDP, SEGMENT, len(all[0]))
except OSError: say(skip='the kernel does not split what is sent'); sys.exit()
c.send(b''.join(all[:7])); serve(7); [c.recv(999) for i in range(7)]
# Answers that come in at one time.
c.setsockopt(socket.IPPROTO_UDP, GRO, 1); c.send(all[0].replace(b'a' + b'\\x08packets', b'z' + b'\\x08packets') + all[7])
two = [server.recvfrom(999) for i in range(2)]; server.setsockopt(socket.IPPROTO_UDP, SEGMENT, len(two[0][0])); server.sendto(answer(two[0][0]) + answer(two[1][0]), two[0][1])
say(got=len(c.recv(9999)), size=len(two[0][0]), pid=os.getpid())`);
  const [t] = await said<{ skip?: string; got: number; size: number; pid: number }>(r);
  if (t.skip) context.skip(t.skip);
  expect([t.size, 2 * t.size]).toContain(t.got); // they come as one where loopback does not split them (not on 5.10)
  for (const label of 'abcdefghz') {
    const { data, extra } = await named(`${label}.${zone}`);
    expect([data.ProcessId, data.QueryStatus, extra.attempts]).toEqual([t.pid, '9501', undefined]);
  }
});

test('several messages in one call', async () => {
  const zone = unique();
  const r = asks(`
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
class iov(ctypes.Structure): _fields_ = [('base', ctypes.c_char_p), ('len', ctypes.c_size_t)]
class hdr(ctypes.Structure): _fields_ = [('name', ctypes.c_void_p), ('namelen', ctypes.c_uint), ('iov', ctypes.POINTER(iov)), ('iovlen', ctypes.c_size_t), ('control', ctypes.c_void_p), ('controllen', ctypes.c_size_t), ('flags', ctypes.c_int), ('pad', ctypes.c_int), ('len', ctypes.c_uint)]
c = udp(); c.connect(('127.0.0.1', 53)); m = (hdr * 3)(); keep = []
for i, h in enumerate(m):
    b = q('abc'[i] + '.${zone}', i); keep.append((b, iov(b, len(b)))); h.iov = ctypes.pointer(keep[-1][1]); h.iovlen = 1
assert libc.sendmmsg(c.fileno(), m, 3, 0) == 3
serve(3); [c.recv(999) for i in range(3)]`);
  await said(r);
  for (const label of 'abc')
    expect((await named(`${label}.${zone}`)).data).toMatchObject({ ProcessId: r.pid, QueryStatus: '9501' });
});

test.for([
  ['udp', 3000],
  ['udp', 70_000],
  ['tcp', 3000],
] as const)('an inherited socket is the %s descriptor %i', async ([protocol, descriptor], context) => {
  const zone = unique();
  const r = asks(`
need = ${descriptor} + 1; hard = max(need, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
try: resource.setrlimit(resource.RLIMIT_NOFILE, (need, hard))
except ValueError: say(skip='so many descriptors are not allowed here'); sys.exit()
tcp = ${protocol === 'tcp' ? 'True' : 'False'}
if tcp: l = socket.create_server(('127.0.0.1', 53)); c = socket.create_connection(('127.0.0.1', 53)); far, _ = l.accept()
else: c = udp(); c.connect(('127.0.0.1', 53))
def ask(c, name):
    m = q(name)
    if tcp: c.send(struct.pack('>H', len(m)) + m); d = far.recv(999); far.send(d[:2] + answer(d[2:]))
    else: c.send(m); serve(1)
    c.recv(999)
ask(c, 'parent.${zone}')
if os.fork() == 0:
    t = socket.socket(fileno=os.dup2(c.fileno(), ${descriptor})); c.close(); ask(t, 'child.${zone}'); say(pid=os.getpid()); os._exit(0)
os.wait()`);
  const [child] = await said<{ pid: number; skip?: string }>(r);
  if (child.skip) context.skip(child.skip);
  expect((await named(`parent.${zone}`)).data.ProcessId).toBe(r.pid);
  expect((await named(`child.${zone}`)).data.ProcessId).toBe(child.pid);
});

test('a raw socket', async () => {
  const zone = unique();
  const r = asks(`
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW); m = q('raw.${zone}')
s.sendto(struct.pack('>BBHHHBBH4s4s', 0x45, 0, 28 + len(m), 1, 0, 64, 17, 0, bytes([127, 0, 0, 1]), bytes([127, 0, 0, 1])) + struct.pack('>HHHH', 4242, 53, 8 + len(m), 0) + m, ('127.0.0.1', 0))
assert server.recv(999) == m`);
  await said(r);
  const flow = await seen.find('NetworkConnect', (e) => e.data.ProcessId === r.pid && e.data.DestinationPort === 53);
  expect(flow.data).toMatchObject({ Protocol: 'udp', SourcePort: 4242, SourceIp: '127.0.0.1', Initiated: true });
  expect((await named(`raw.${zone}`)).data).toMatchObject({ ProcessId: r.pid, QueryStatus: '1460' });
});

test('IPv6 with headers before UDP: eight are skipped, more are counted', async () => {
  const zone = unique();
  const before = seen.losses.length;
  const r = asks(`
s6 = udp(V6); s6.bind(('::1', 53)); c = udp(V6); c.connect(('::1', 53))
raw = socket.socket(V6, socket.SOCK_RAW, socket.IPPROTO_RAW); me = socket.inet_pton(V6, '::1')
def checksum(b): # over the addresses as well
    b += bytes(len(b) % 2); t = sum(struct.unpack('>%dH' % (len(b) // 2), b)); t = (t >> 16) + (t & 65535); return ~(t + (t >> 16)) & 65535
def deliver(source, destination, data, headers):
    u = struct.pack('>HHHH', source, destination, 8 + len(data), 0) + data
    u = u[:6] + struct.pack('>H', checksum(me + me + struct.pack('>II', len(u), 17) + u)) + u[8:]
    e = b''.join(bytes([60 if i < headers - 1 else 17, 0, 1, 4, 0, 0, 0, 0]) for i in range(headers))
    raw.sendto(struct.pack('>IHBB', 6 << 28, len(e) + len(u), 60 if headers else 17, 64) + me + me + e + u, ('::1', 0))
for headers in (8, 9):
    c.send(q('h%d.${zone}' % headers)); d, who = s6.recvfrom(999); deliver(53, c.getsockname()[1], answer(d), headers); assert c.recv(999) == answer(d)
sink = udp(V6); sink.bind(('::1', 0)); deliver(7, sink.getsockname()[1], b'seen', 8); deliver(8, sink.getsockname()[1], b'not', 9); assert sink.recv(9) + sink.recv(9) == b'seennot'
say(port=sink.getsockname()[1])`);
  const [{ port }] = await said<{ port: number }>(r);
  expect((await named(`h8.${zone}`)).data).toMatchObject({ ProcessId: r.pid, QueryStatus: '9501' });
  const unanswered = await named(`h9.${zone}`);
  expect(unanswered.data).toMatchObject({ ProcessId: r.pid, QueryStatus: '1460' });
  expect(unanswered.extra.answersLost).toBe(true);
  const flows = seen.events.filter((e) => e.type === 'NetworkConnect' && e.data.DestinationPort === port);
  expect(flows.map((e) => e.type === 'NetworkConnect' && e.data.SourcePort)).toEqual([7]);
  const lost = seen.losses.slice(before).filter((l) => l.stage === 'headers');
  // Of what the raw socket sent, the answer was one.
  const of = (type: string): number => lost.filter((l) => l.eventType === type).reduce((n, l) => n + l.count, 0);
  expect([of('DnsAnswer'), of('NetworkConnect')]).toEqual([1, 2]);
});
