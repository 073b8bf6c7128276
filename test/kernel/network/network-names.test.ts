/** NetworkConnect: names of hosts, from the answers that a name server gave to whoever asked. None is looked up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { capture, record, type Capture } from '../helpers/capture.js';
import { startDns, type Dns } from '../helpers/dns.js';
import { connections, inNetns, netnsOf, python, said } from '../helpers/network.js';

let dns: Dns;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  dns = await startDns();
  sysmon = new Sysmon({ events: ['NetworkConnect', 'DnsQuery', 'ProcessCreate', 'ProcessTerminate'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  await dns.stop();
});

let fresh = 0;
/** A name that no other test asks for; the server goes by its first label. */
const unique = (label: string): string => `${label}.c${++fresh}.test`;

/** Asks for the name, and waits until the answer was seen. */
async function ask(name: string, type: number, from = seen): Promise<void> {
  await dns.ask('connected', '127.0.0.1', 53, name, type);
  await from.find('DnsQuery', (e) => e.data.QueryName === name);
}

/**
 * Connects to each address in a network where they are its own. What both ends have of each: `destination < source`.
 */
async function connect(addresses: readonly string[], from = seen): Promise<string[]> {
  const setup = [...new Set(addresses)].map((a) => `ip addr add ${a}/${a.includes(':') ? 128 : 32} dev lo`).join('; ');
  const r = python(
    `
for a in sys.argv[1:]:
    l = socket.socket(socket.AF_INET6 if ':' in a else socket.AF_INET); l.bind((a, 0)); l.listen()
    c = socket.create_connection(l.getsockname()[:2]); l.accept(); say(to=a)`,
    addresses,
    inNetns(setup),
  );
  expect((await said<{ to: string }>(r)).map((t) => t.to)).toEqual(addresses);
  const events = await connections(from, r.pid);
  expect(events).toHaveLength(2 * addresses.length);
  const ends = events.map((e) => `${e.data.DestinationHostname} < ${e.data.SourceHostname}`);
  // Whoever accepts knows the addresses, so also their names, from the other side.
  for (let i = 0; i < ends.length; i += 2) expect(ends[i]).toBe(ends[i + 1]);
  return ends.filter((_, i) => i % 2 === 0);
}
/** An address that connects to itself has one name. */
const both = (name: string): string => `${name} < ${name}`;

test('A and AAAA: every address of the answer has the name; no other has one', async () => {
  const name = unique('host');
  await ask(name, 1);
  await ask(name, 28);
  expect(await connect(['192.0.2.1', '192.0.2.2', '2001:db8::1', '192.0.2.77', '2001:db8::77'])).toEqual(
    [name, name, name, '-', '-'].map(both),
  );
});

test('a chain of aliases: the name that was asked for; the last answer counts', async () => {
  const [first, second] = [unique('host'), unique('www')];
  await ask(first, 1);
  await ask(second, 1);
  expect(await connect(['192.0.2.1', '192.0.2.2'])).toEqual([second, first].map(both));
});

test('what names no address, changes nothing', async () => {
  const name = unique('host');
  await ask(name, 1);
  for (const [label, type] of [
    ['gone', 1],
    ['text', 16],
    ['refused', 1],
  ] as const)
    await ask(unique(label), type);
  expect(await connect(['192.0.2.1'])).toEqual([both(name)]);
});

test('bytes that are not UTF-8 are written as in QueryName', async () => {
  const r = dns.run('/bin/sh', ['-c', `exec ${dns.program} connected 127.0.0.1 53 "$(printf 'host.c\\377.test')" 1`]);
  expect(await r.ended).toMatchObject({ code: 0 });
  await seen.find('DnsQuery', (e) => e.data.ProcessId === r.pid && e.data.QueryName === 'host.c\\xff.test');
  expect(await connect(['192.0.2.1'])).toEqual([both('host.c\\xff.test')]);
});

test('a rule on the name', async () => {
  const name = unique('host');
  const ruled = await capture({
    config: `<Sysmon schemaversion="4.90"><EventFiltering>
      <RuleGroup groupRelation="or"><NetworkConnect onmatch="include"><DestinationHostname condition="is">${name}</DestinationHostname></NetworkConnect></RuleGroup>
      <RuleGroup groupRelation="or"><DnsQuery onmatch="include"><QueryName condition="is">none.of.these</QueryName></DnsQuery></RuleGroup>
      </EventFiltering></Sysmon>`,
  });
  // The rules drop the answer as an event; what it says is learned all the same. The other sensor says when it was
  // there.
  await ask(name, 1);
  expect(await connect(['192.0.2.1'], ruled)).toEqual([both(name)]);
  expect(ruled.events.filter((e) => e.type === 'DnsQuery')).toEqual([]);
  await connect(['192.0.2.77']);
  await ruled.sysmon.stop();
  expect(ruled.events.filter((e) => e.type === 'NetworkConnect' && e.data.DestinationIp === '192.0.2.77')).toEqual([]);
});

test('a rule on the network namespace', async () => {
  const rules = (netns: number): string =>
    `rules:\n  - { event: NetworkConnect, onmatch: exclude, match: [{ extra.netns: { is not: "${netns}" } }] }\n`;
  const script = `
sys.stdin.readline(); l = socket.create_server(('127.0.0.1', 0)); socket.create_connection(l.getsockname()); l.accept()`;
  const own = python(script, [], inNetns(), { stdio: ['pipe', 'pipe', 'pipe'] });
  await expect.poll(() => netnsOf(own.pid), { timeout: 60_000 }).not.toBe(netnsOf('self'));
  const ruled = await capture({ config: rules(netnsOf(own.pid)) });
  const other = python(script, [], inNetns(), { stdio: ['pipe', 'pipe', 'pipe'] });
  for (const r of [own, other]) r.child.stdin?.end('go\n');
  expect(await connections(ruled, own.pid)).toHaveLength(2);
  expect(await connections(ruled, other.pid)).toEqual([]);
});

test('without DnsQuery there are no names', async () => {
  const other = await capture({ events: ['NetworkConnect', 'ProcessTerminate'] });
  await ask(unique('host'), 1);
  expect(await connect(['192.0.2.1'], other)).toEqual([both('-')]);
});

test('the sensor has asked nobody', () => {
  const own = seen.events.filter(
    (e) => (e.type === 'DnsQuery' || e.type === 'NetworkConnect') && e.data.ProcessId === process.pid,
  );
  expect(own).toEqual([]);
});
