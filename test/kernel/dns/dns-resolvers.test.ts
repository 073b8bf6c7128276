/** DnsQuery of the resolvers that programs have in them: Node's c-ares, and getaddrinfo of the C library. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type DnsQueryEvent } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { serverScript, startDns, type Dns } from '../helpers/dns.js';

let dns: Dns;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  dns = await startDns();
  sysmon = new Sysmon({ events: ['DnsQuery'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  await dns.stop();
});

let fresh = 0;
/** A name that no other test asks for; the server goes by its first label. */
const unique = (label: string): string => `${label}.r${++fresh}.test`;
const queried = (name: string, fits: (e: DnsQueryEvent) => boolean = () => true): Promise<DnsQueryEvent> =>
  seen.find('DnsQuery', (e) => e.data.QueryName === name && fits(e));

/** Node's own resolver, c-ares: what it says, as JSON. */
async function resolve(address: string, name: string, type: string): Promise<{ pid: number; said: unknown }> {
  const script = `const { Resolver } = require('node:dns').promises; const r = new Resolver(); r.setServers(['${address}']);
    r.resolve('${name}', '${type}').then((a) => a, (e) => e.code).then((x) => console.log(JSON.stringify(x)));`;
  const r = dns.run(process.execPath, ['-e', script]);
  return { pid: r.pid, said: JSON.parse((await r.ended).stdout) };
}

test('an answer that the server cuts, and the way over TCP that follows', async () => {
  const name = unique('huge');
  const r = await resolve('127.0.0.1', name, 'A');
  expect(r.said).toHaveLength(100);
  const cut = await queried(name, (e) => e.extra.transport === 'udp');
  expect(cut.extra.answerTruncated).toBe(true);
  expect(cut.data).toMatchObject({ ProcessId: r.pid, QueryStatus: '0' });
  const whole = await queried(name, (e) => e.extra.transport === 'tcp');
  expect(whole.extra.answerTruncated).toBeUndefined();
  expect(whole.data.ProcessId).toBe(r.pid);
  expect(whole.data.QueryResults).toBe(Array.from({ length: 100 }, (_, i) => `::ffff:192.0.2.${i + 1};`).join(''));
});

test.each([
  [
    'MX',
    'mail',
    '[::1]',
    [
      { exchange: 'mx1.test', priority: 10 },
      { exchange: 'mx2.test', priority: 20 },
    ],
    '0',
    'type:  15 mx1.test;type:  15 mx2.test;',
  ],
  ['TXT', 'text', '127.0.0.1', [['v=1; ', 'k=x']], '0', 'type:  16 v=1\\x3b k=x;'],
  ['AAAA', 'gone', '127.0.0.1', 'ENOTFOUND', '9003', '-'],
])('Node (c-ares): %s of %s', async (type, label, address, answer, status, results) => {
  const name = unique(label);
  const { pid, said } = await resolve(address, name, type);
  expect(said).toEqual(answer);
  const e = await queried(name);
  expect(e.data).toMatchObject({ ProcessId: pid, QueryStatus: status, QueryResults: results });
  expect(e.extra.queryType).toBe(type);
});

test('getaddrinfo: both families, by a resolv.conf of its own', async () => {
  const name = unique('host');
  const conf = join(dns.folder, 'resolv.conf');
  writeFileSync(conf, 'nameserver 127.0.0.1\noptions timeout:10\n');
  const script = `[ -e /etc/resolv.conf ] || exit 3; mount --bind ${conf} /etc/resolv.conf && exec getent ahosts ${name}`;
  const r = dns.run('unshare', ['--mount', '--propagation', 'private', '/bin/sh', '-c', script]);
  const { code, stdout, stderr } = await r.ended;
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('192.0.2.1');
  expect(stdout).toContain('2001:db8::1');
  const v4 = await queried(name, (e) => e.extra.queryType === 'A');
  const v6 = await queried(name, (e) => e.extra.queryType === 'AAAA');
  expect(v4.data).toMatchObject({ ProcessId: r.pid, QueryResults: '::ffff:192.0.2.1;::ffff:192.0.2.2;' });
  expect(v6.data).toMatchObject({ ProcessId: r.pid, QueryResults: '2001:db8::1;' });
  expect(v4.data.Image).toMatch(/\/getent$/);
});

test('packets that the machine redirects to another port, as those to the resolver of a container', async (context) => {
  if (spawnSync('nft', ['--version']).status !== 0) context.skip('nft is not installed');
  // What asks 127.0.0.11 gets its answers from port 5399.
  const rules = `add table ip nat; add chain ip nat output { type nat hook output priority -100; };
    add rule ip nat output ip daddr 127.0.0.11 meta l4proto { tcp, udp } th dport 53 dnat to 127.0.0.1:5399`;
  expect((await dns.run('nft', [rules]).ended).stderr).toBe('');
  const second = dns.run(process.execPath, [serverScript, '5399']);
  await new Promise((resolve) => second.child.stdout?.once('data', resolve));
  for (const way of ['connected', 'unconnected', 'tcp']) {
    const name = unique('host');
    const { pid, told } = await dns.ask(way, '127.0.0.11', 53, name, 1);
    expect(told[0]?.rcode).toBe(0);
    const e = await queried(name);
    expect(e.data).toMatchObject({
      ProcessId: pid,
      QueryStatus: '0',
      QueryResults: '::ffff:192.0.2.1;::ffff:192.0.2.2;',
    });
    expect(e.extra.server).toBe('127.0.0.11:53');
  }
});
