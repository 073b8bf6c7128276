/** More questions and answers than a tiny ring holds: delivered and lost are what was asked, and no event says more. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type DnsQueryEvent, type LossRecord } from '../../../lib/index.js';
import { blockUntilEnded } from '../helpers/block.js';
import { startDns, toldOf, type Dns } from '../helpers/dns.js';
import { stormSize } from '../helpers/storm.js';

let dns: Dns;
beforeAll(async () => void (dns = await startDns()));
afterAll(() => dns.stop());

test('questions and answers that are lost are counted apart', { timeout: 120_000 }, async (context) => {
  if (stormSize < 1000) context.skip('a machine that is emulated fills no queue: needs SYSMON_STORM_SIZE=1000');
  const asked = 12_000;
  const sysmon = new Sysmon({ events: ['DnsQuery'], hash: 'none', ringBytes: 64 << 10 });
  onTestFinished(() => sysmon.stop());
  const own: DnsQueryEvent[] = [];
  const losses: LossRecord[] = [];
  sysmon.on('loss', (l) => losses.push(l));
  sysmon.on('DnsQuery', (e) => {
    if (!e.data.QueryName.endsWith('.answered.test')) return;
    own.push(e);
    if (own.length === 1) blockUntilEnded([e.data.ProcessId]);
  });
  await sysmon.start();
  // Not through a pipe: it would wait for the blocked reader.
  const said = join(dns.folder, 'said');
  const output = openSync(said, 'w');
  const args = ['answered', '127.0.0.1', '53', 'answered.test', String(asked)];
  const { pid, ended } = dns.run(dns.program, args, { stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  expect(await ended).toMatchObject({ code: 0 });
  expect(toldOf(readFileSync(said, 'utf8')).filter((t) => t.rcode === 0)).toHaveLength(asked);
  await sysmon.stop();

  const of = (type: string) => losses.filter((l) => l.eventType === type).reduce((n, l) => n + l.count, 0);
  console.log(
    `${asked} asked: ${own.length} delivered, ${of('DnsQuery')} questions and ${of('DnsAnswer')} answers lost`,
  );
  expect(of('DnsQuery')).toBeGreaterThan(0);
  expect(of('DnsAnswer')).toBeGreaterThan(0);
  // Others may ask meanwhile, and lose.
  const others = (sysmon.stats().native?.kernel['dns_question']?.produced ?? 0) - asked;
  expect(own.length).toBeLessThanOrEqual(asked);
  expect(own.length + of('DnsQuery')).toBeGreaterThanOrEqual(asked);
  expect(own.length + of('DnsQuery')).toBeLessThanOrEqual(asked + others);
  const ofDns = losses.filter((l) => l.eventType.startsWith('Dns'));
  for (const l of ofDns) expect(l.unit).toBe(l.eventType === 'DnsQuery' ? undefined : 'packets');
  for (const l of ofDns.filter((x) => x.count > 100))
    expect(l.processes?.[0]).toMatchObject({ pid, image: dns.program });
  // Every question was answered: an event that has no answer says that one may have been lost.
  for (const e of own)
    expect([e.data.QueryStatus, e.extra.answersLost]).toEqual(
      e.data.QueryStatus === '0' ? ['0', undefined] : [expect.stringMatching(/^(1460|-)$/), true],
    );
});
