/**
 * DnsQuery: the questions of processes to name servers, with what came of them. The server and the askers are the
 * test's own.
 */
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type DnsQueryEvent } from '../../../lib/index.js';
import { capture, record, type Capture } from '../helpers/capture.js';
import { startDns, toldOf, type Dns } from '../helpers/dns.js';

let dns: Dns;
let sysmon: Sysmon;
let seen: Capture;

beforeAll(async () => {
  dns = await startDns();
  sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate', 'DnsQuery'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  await dns.stop();
});

let fresh = 0;
/** A name that no other test asks for; the server goes by its first label. */
const unique = (label: string): string => `${label}.n${++fresh}.test`;
const named = (name: string, from = seen): DnsQueryEvent[] =>
  from.events.filter((e): e is DnsQueryEvent => e.type === 'DnsQuery' && e.data.QueryName === name);
const queried = (name: string, fits: (e: DnsQueryEvent) => boolean = () => true, from = seen): Promise<DnsQueryEvent> =>
  from.find('DnsQuery', (e) => e.data.QueryName === name && fits(e));
/** Asks something whose event comes after all that went before. */
async function settle(): Promise<void> {
  const name = unique('host');
  await dns.ask('connected', '127.0.0.1', 53, name, 1);
  await queried(name);
}
const counters = async (): Promise<Record<string, number>> => {
  await sleep(1500); // they are a second old at most
  return { ...sysmon.stats().native?.dns };
};

test('every field', async () => {
  const name = unique('host');
  const before = Date.now();
  const { pid, told } = await dns.ask('connected', '127.0.0.1', 53, name, 1);
  const e = await queried(name);
  expect(told).toEqual([{ pid, port: (await dns.hears(name)).port, id: 0x4242, rcode: 0 }]);
  expect({
    ...e,
    data: undefined,
    process: undefined,
    recordId: typeof e.recordId,
    time: typeof e.time,
    techniques: e.techniques.length,
  }).toEqual({
    type: 'DnsQuery',
    id: 22,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'cgroup_skb', tier: 'core', queryType: 'A', server: '127.0.0.1:53', transport: 'udp' },
    techniques: 1,
  });
  const created = await seen.find('ProcessCreate', (c) => c.data.ProcessId === pid && c.data.Image === dns.program);
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    QueryName: name,
    QueryStatus: '0',
    QueryResults: '::ffff:192.0.2.1;::ffff:192.0.2.2;',
    Image: dns.program,
    User: 'root',
  });
  expect(e.process).toBe(created.process);
  expect(Date.parse(e.time)).toBeGreaterThanOrEqual(before - 1);
  expect(Date.parse(e.time)).toBeLessThanOrEqual(Date.now() + 1);
  await settle();
  // Once, although the packet passes two sockets; and nothing of the server, which only answers.
  expect(named(name)).toHaveLength(1);
  expect(seen.events.filter((x) => x.type === 'DnsQuery' && x.data.ProcessId === dns.pid)).toEqual([]);
});

test.each([
  ['AAAA', 28, 'host', '0', '2001:db8::1;'],
  ['a chain of aliases', 1, 'www', '0', 'type:  5 alias.test;type:  5 host.test;::ffff:192.0.2.1;'],
  ['TXT', 16, 'text', '0', 'type:  16 v=1\\x3b k=x;'],
  ['MX', 15, 'mail', '0', 'type:  15 mx1.test;type:  15 mx2.test;'],
  ['SRV', 33, 'service', '0', 'type:  33 host.test;'],
  ['no such record', 28, 'text', '9501', '-'],
  ['no such name', 1, 'gone', '9003', '-'],
  ['a server that failed', 1, 'broke', '9002', '-'],
  ['a question that it does not understand', 1, 'wrong', '9001', '-'],
  ['a refusal', 1, 'refused', '9005', '-'],
])('%s', async (_, type, label, status, results) => {
  const name = unique(label);
  const { pid } = await dns.ask('connected', '127.0.0.1', 53, name, type);
  expect((await queried(name)).data).toMatchObject({ ProcessId: pid, QueryStatus: status, QueryResults: results });
});

test.each([
  ['connected', '127.0.0.1', '127.0.0.1:53'],
  ['unconnected', '127.0.0.1', '127.0.0.1:53'],
  ['connected', '::1', '[::1]:53'],
  ['unconnected', '::1', '[::1]:53'],
  ['connected', '::ffff:127.0.0.1', '127.0.0.1:53'],
  ['unconnected', '::ffff:127.0.0.1', '127.0.0.1:53'],
])('a socket that is %s, to %s', async (way, address, server) => {
  const name = unique('host');
  const { pid, told } = await dns.ask(way, address, 53, name, 1);
  expect(told[0]?.rcode).toBe(0);
  const e = await queried(name);
  expect(e.data).toMatchObject({ ProcessId: pid, QueryStatus: '0', Image: dns.program });
  expect(e.extra.server).toBe(server);
});

test('names with odd bytes', async () => {
  const name = `odd.\u00e9\u00df\u4e16.n${++fresh}.test`;
  await dns.ask('connected', '127.0.0.1', 53, name, 1);
  expect((await queried(name)).data.QueryResults).toBe('type:  5 \\xff\\x2e\\x3b;::ffff:192.0.2.3;');
  const raw = Buffer.from(`host.\xff.n${++fresh}.test`, 'latin1');
  const script = join(dns.folder, 'odd.sh');
  writeFileSync(
    script,
    Buffer.concat([Buffer.from(`exec ${dns.program} connected 127.0.0.1 53 '`), raw, Buffer.from("' 1\n")]),
  );
  await dns.run('/bin/sh', [script]).ended;
  const e = await queried(`host.\\xff.n${fresh}.test`);
  expect(Buffer.from(e.extra.raw?.['QueryName'] ?? '', 'base64')).toEqual(raw);
});

test('no answer: after five seconds, and only then', async () => {
  const name = unique('silent');
  const late = unique('late6500');
  const asked = Date.now();
  const { pid } = await dns.ask('impatient', '127.0.0.1', 53, name, 1);
  const { pid: second } = await dns.ask('impatient', '127.0.0.1', 53, late, 1);
  await dns.hears(late);
  expect(named(name)).toEqual([]);
  const e = await queried(name);
  // Of a process that has gone meanwhile.
  expect(e.data).toMatchObject({
    ProcessId: pid,
    QueryStatus: '1460',
    QueryResults: '-',
    Image: dns.program,
    User: 'root',
  });
  expect(Date.parse(e.time) - asked).toBeGreaterThan(4900);
  expect((await queried(late)).data).toMatchObject({ ProcessId: second, QueryStatus: '1460' });
  await sleep(3000);
  await settle();
  expect(named(late)).toHaveLength(1);
});

test('an answer that takes its time', async () => {
  const name = unique('late2000');
  await dns.ask('connected', '127.0.0.1', 53, name, 1);
  expect((await queried(name)).data.QueryStatus).toBe('0');
});

test('asked twice: one event', async () => {
  const name = unique('late300');
  await dns.ask('twice', '127.0.0.1', 53, name, 1);
  expect((await queried(name)).extra.attempts).toBe(2);
  await settle();
  expect(named(name)).toHaveLength(1);
});

test('two questions of one number on two sockets, answered in the other order', async () => {
  const [slow, quick] = [unique('late400'), unique('gone')];
  const { pid, told } = await dns.ask('same-id', '127.0.0.1', 53, slow, 1, quick);
  expect(told.map((t) => t.id)).toEqual([0x4242, 0x4242]);
  const [a, b] = [await queried(slow), await queried(quick)];
  expect(a.data).toMatchObject({
    ProcessId: pid,
    QueryStatus: '0',
    QueryResults: '::ffff:192.0.2.1;::ffff:192.0.2.2;',
  });
  expect(b.data).toMatchObject({ ProcessId: pid, QueryStatus: '9003' });
  expect(b.recordId).toBeLessThan(a.recordId);
});

test('a socket that two processes share: each has asked its own', async () => {
  const [child, parent] = [unique('host'), unique('host')];
  const { pid, told } = await dns.ask('shared', '127.0.0.1', 53, child, 1, parent);
  expect(told).toHaveLength(2);
  expect(told[0]?.port).toBe(told[1]?.port);
  expect(told[0]?.pid).not.toBe(pid);
  const [a, b] = [await queried(child), await queried(parent)];
  expect(a.data.ProcessId).toBe(told[0]?.pid);
  expect(a.process.parent?.pid).toBe(pid);
  expect(b.data.ProcessId).toBe(pid);
});

test('a socket that outlives an exec belongs to the new program', async () => {
  const name = unique('host');
  const { pid } = await dns.ask('inherited', '127.0.0.1', 53, name, 1);
  const e = await queried(name);
  expect(e.data.ProcessId).toBe(pid);
  expect(e.process.argv[1]).toBe('standard-input');
});

test('a socket older than the sensor', async () => {
  const name = unique('host');
  const r = dns.run(dns.program, ['older', '127.0.0.1', '53', name, '1'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => r.child.stdout?.once('data', resolve));
  const late = await capture({ events: ['DnsQuery'] });
  r.child.stdin?.write('\n');
  const { stdout } = await r.ended;
  expect(toldOf(stdout)[0]?.pid).toBe(r.pid);
  expect((await queried(name, () => true, late)).data).toMatchObject({
    ProcessId: r.pid,
    Image: dns.program,
    QueryStatus: '0',
  });
});

test('TCP: two questions on one connection, the first in two segments', async () => {
  const [first, second] = [unique('huge'), unique('gone')];
  const { pid, told } = await dns.ask('tcp', '127.0.0.1', 53, first, 1, second);
  expect(told.map((t) => t.rcode)).toEqual([0, 3]);
  const e = await queried(first);
  expect(e.data).toMatchObject({ ProcessId: pid, QueryStatus: '0' });
  expect(e.data.QueryResults.split(';')).toHaveLength(101);
  expect(e.extra).toMatchObject({ transport: 'tcp', server: '127.0.0.1:53' });
  expect((await queried(second)).data).toMatchObject({ ProcessId: pid, QueryStatus: '9003' });
});

test('what is no DNS on the port, and DNS on another port: no event', async () => {
  const before = await counters();
  const { pid } = await dns.ask('junk', '127.0.0.1', 53, 'this is what no name server understands', 1);
  const elsewhere = unique('host');
  await dns.ask('impatient', '127.0.0.1', 5300, elsewhere, 1);
  const [right, wrong] = [unique('host'), unique('host')];
  await dns.ask('mixed', '127.0.0.1', 53, right, 1, wrong);
  const mdns = unique('host');
  await dns.ask('impatient', '127.0.0.1', 5353, mdns, 1);
  expect((await queried(right)).data.QueryStatus).toBe('0');
  await sleep(5500); // as long as an answer is waited for
  await settle();
  const names = [elsewhere, wrong, mdns];
  expect(
    seen.events.filter((e) => e.type === 'DnsQuery' && (e.data.ProcessId === pid || names.includes(e.data.QueryName))),
  ).toEqual([]);
  const after = await counters();
  expect(after['malformed']).toBe((before['malformed'] ?? 0) + 1);
  expect(after['unowned']).toBe(before['unowned']);
});

test('a broken answer: what could be read of it', async () => {
  const name = unique('mangled');
  await dns.ask('connected', '127.0.0.1', 53, name, 1);
  const e = await queried(name);
  expect(e.data).toMatchObject({ QueryStatus: '0', QueryResults: '::ffff:192.0.2.1;' });
  expect(e.extra.truncated).toEqual(['QueryResults']);
});

test('two network namespaces with equal addresses, at one time', async () => {
  const other = await startDns();
  onTestFinished(() => other.stop());
  const name = unique('late500');
  const [a, b] = await Promise.all([
    dns.ask('connected', '127.0.0.1', 53, name, 1),
    other.ask('connected', '127.0.0.1', 53, name, 1),
  ]);
  for (const { pid, told } of [a, b]) {
    expect(told[0]?.rcode).toBe(0);
    const e = await queried(name, (x) => x.data.ProcessId === pid);
    expect(e.data.QueryStatus).toBe('0');
    expect(e.extra.attempts).toBeUndefined();
  }
  expect(named(name)).toHaveLength(2);
});

test('more questions at a time than are followed: the others are counted and told', async (context) => {
  const asked = 10_000; // 8,192 are followed
  const short = await capture({ events: ['DnsQuery'] });
  const begun = Date.now();
  await dns.ask('flood', '127.0.0.1', 53, `flood${++fresh}.test`, asked);
  const seconds = (Date.now() - begun) / 1000;
  const ofFlood = () =>
    short.events.filter((e) => e.type === 'DnsQuery' && e.data.QueryName.endsWith(`flood${fresh}.test`));
  const lost = () => short.losses.filter((l) => l.eventType === 'DnsQuery').reduce((n, l) => n + l.count, 0);
  for (let i = 0; i < 1200 && ofFlood().length + lost() < asked; i++) await sleep(50);
  expect(ofFlood().length + lost()).toBe(asked);
  if (short.losses.length === 0 && seconds > 5)
    context.skip(`this machine asks too slowly (${asked} in ${seconds} s): each is given up after 5 s`);
  expect(short.losses.map((l) => l.stage)).toContain('table');
  expect(ofFlood().length).toBeGreaterThan(1000);
  expect(new Set(ofFlood().map((e) => e.type === 'DnsQuery' && e.data.QueryStatus))).toEqual(new Set(['1460']));
});

test('multicast DNS, if it is asked for', async () => {
  const name = unique('host');
  const both = await capture({ events: ['DnsQuery'], mdns: true });
  const { pid } = await dns.ask('impatient', '127.0.0.1', 5353, name, 1);
  expect((await queried(name, () => true, both)).data).toMatchObject({ ProcessId: pid, QueryStatus: '1460' });
});

test('what waits for an answer when the sensor stops is not lost', async () => {
  const name = unique('silent');
  const short = new Sysmon({ events: ['DnsQuery'], hash: 'none' });
  const kept = record(short);
  await short.start();
  await dns.ask('impatient', '127.0.0.1', 53, name, 1);
  await short.stop();
  expect(named(name, kept).map((e) => e.data.QueryStatus)).toEqual(['-']);
});
