/**
 * DnsQuery of the distribution's tools, which ask from threads of their own and with EDNS: what they print is the
 * truth.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { Sysmon, type DnsQueryEvent } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { startDns, type Dns } from '../helpers/dns.js';

let dns: Dns;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  dns = await startDns();
  sysmon = new Sysmon({ events: ['DnsQuery', 'ProcessTerminate'], hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  await dns.stop();
});

/** Runs a tool; all that it asked, once it has ended. */
async function asked(command: string, ...args: string[]): Promise<{ stdout: string; events: DnsQueryEvent[] }> {
  const r = dns.run(command, args);
  const { code, stdout, stderr } = await r.ended;
  expect(code, stdout + stderr).toBe(0);
  await seen.terminated(r.pid);
  const events = seen.events.filter((e): e is DnsQueryEvent => e.type === 'DnsQuery' && e.data.ProcessId === r.pid);
  for (const e of events) expect(e.data.Image).toBe(command);
  return { stdout, events };
}
const needs = (context: TestContext, program: string): void => {
  if (!existsSync(program)) context.skip(`${program} is not installed (bind9-dnsutils)`);
};
const brief = ({ data, extra }: DnsQueryEvent): string =>
  [extra.transport, extra.server, extra.queryType, data.QueryName, data.QueryStatus, data.QueryResults].join(' ');

test.for([
  ['A', ['@127.0.0.1'], 'host', '192.0.2.1\n192.0.2.2\n', 'udp 127.0.0.1:53', '0 ::ffff:192.0.2.1;::ffff:192.0.2.2;'],
  ['AAAA', ['@::1'], 'host', '2001:db8::1\n', 'udp [::1]:53', '0 2001:db8::1;'],
  [
    'A',
    ['@127.0.0.1', '+tcp'],
    'host',
    '192.0.2.1\n192.0.2.2\n',
    'tcp 127.0.0.1:53',
    '0 ::ffff:192.0.2.1;::ffff:192.0.2.2;',
  ],
  [
    'A',
    ['@127.0.0.1', '+noedns'],
    'www',
    'alias.test.\nhost.test.\n192.0.2.1\n',
    'udp 127.0.0.1:53',
    '0 type:  5 alias.test;type:  5 host.test;::ffff:192.0.2.1;',
  ],
  ['SRV', ['@127.0.0.1'], 'service', '0 5 389 host.test.\n', 'udp 127.0.0.1:53', '0 type:  33 host.test;'],
  ['A', ['@127.0.0.1'], 'gone', '', 'udp 127.0.0.1:53', '9003 -'],
  ['A', ['@127.0.0.1'], 'text', '', 'udp 127.0.0.1:53', '9501 -'],
] as const)('dig %s %s %s', async ([type, options, label, printed, way, came], context) => {
  needs(context, '/usr/bin/dig');
  const name = `${label}.dig.test`;
  const { stdout, events } = await asked('/usr/bin/dig', ...options, '+short', '+tries=1', '+time=30', name, type);
  expect(stdout).toBe(printed);
  expect(events.map(brief)).toEqual([`${way} ${type} ${name} ${came}`]);
});

test('host: three questions at once', async (context) => {
  needs(context, '/usr/bin/host');
  const name = 'host.tool.test';
  const { stdout, events } = await asked('/usr/bin/host', '-W', '30', name, '127.0.0.1');
  expect(stdout).toContain(`${name} has address 192.0.2.2`);
  expect(stdout).toContain(`${name} has IPv6 address 2001:db8::1`);
  expect(events.map(brief).sort()).toEqual(
    [
      `udp 127.0.0.1:53 A ${name} 0 ::ffff:192.0.2.1;::ffff:192.0.2.2;`,
      `udp 127.0.0.1:53 AAAA ${name} 0 2001:db8::1;`,
      `udp 127.0.0.1:53 MX ${name} 9501 -`,
    ].sort(),
  );
});
