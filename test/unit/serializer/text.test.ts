import { expect, test } from 'vitest';
import { observedTypes } from '../../../lib/event/type-names.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createText, text } from '../../../lib/serializer/index.js';
import { everyEvent } from './every-event.js';

/** What follows the time of each event of a type. */
const lines = (type: string): string[] =>
  everyEvent.filter((e) => (e.type as string) === type).map((e) => text(e).slice(13));

test.each<[string, RegExp[]]>([
  [
    'FileCreateTime',
    [/^FileCreateTime +\d+ ann \/usr\/bin\/git {2}\/tmp\/x {2}→ 2020-01-01 00:00:00\.000 {2}rule r1$/],
  ],
  [
    'FileModify',
    [/ root \/usr\/bin\/git {2}\/etc\/passwd {2}Write {2}SHA1=3c532851…,MD5=19745de4…,SHA256=25408799… {2}rule r1$/],
  ],
  ['FileDeleteDetected', [/ {2}\/tmp\/a\.tar\.gz {2}SHA1=3c532851…,MD5=19745de4…,SHA256=25408799… {2}rule r1$/]],
  ['PipeEvent', [/ {2}\/tmp\/fifo {2}made {2}rule r1$/, / {2}\/tmp\/fifo {2}opened {2}rule r1$/]],
  [
    'DnsQuery',
    [
      / {2}name\.example {2}→ ::ffff:192\.0\.2\.1 2001:db8:0:0:0:0:0:1 type: {2}5 other\.example {2}rule r1$/,
      / {2}name\.example {2}no such name \(NXDOMAIN\) {2}rule r1$/,
      / {2}name\.example {2}no answer {2}rule r1$/,
    ],
  ],
  ['ModuleLoad', [/ {2}\/lib\/modules\/x\.ko {2}SHA1=3c532851…/]],
  ['OfLaterVersion', [/ Something=new$/]],
])('%s', (type, expected) => {
  const found = lines(type);
  expect(found).toHaveLength(expected.length);
  found.forEach((line, i) => expect(line).toMatch(expected[i]));
});

test('a deletion that was archived says so', () => {
  const found = lines('FileDelete');
  expect(found.at(-1)).toMatch(/ {2}\/tmp\/a\.tar\.gz {2}archived {2}SHA1=/);
  expect(found.slice(0, -1).filter((l) => l.includes('archived'))).toEqual([]);
});

test('connections have their ends in the order of the packets, and say why they failed', () => {
  const found = lines('NetworkConnect');
  expect(
    found.filter((l) =>
      / (tcp|udp) (\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\]):\d+ → (\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\]):\d+/.test(l),
    ),
  ).toHaveLength(found.length);
  expect(found.some((l) => l.includes('[::1]:'))).toBe(true);
  expect(found.some((l) => l.endsWith('  came in'))).toBe(true);
  expect(found.at(-1)).toMatch(/ {2}ECONNREFUSED$/);
});

test('an access names its target', () => {
  for (const line of lines('ProcessAccess')) expect(line).toMatch(/ {2}→ (\/\S+|-|<unknown process>)\[\d+\] {2}0x/);
});

test.each([
  ['0', '::ffff:192.0.2.1;', 'name.example AAAA  → ::ffff:192.0.2.1'],
  ['0', '-', 'name.example AAAA  → nothing'],
  ['9003', '-', 'name.example AAAA  no such name (NXDOMAIN)'],
  ['9501', '-', 'name.example AAAA  no such record'],
  ['9501', 'type:  5 other.example;', 'name.example AAAA  no such record  → type:  5 other.example'],
  ['9002', '-', 'name.example AAAA  failed: SERVFAIL'],
  ['9005', '-', 'name.example AAAA  failed: REFUSED'],
  ['9016', '-', 'name.example AAAA  failed: status 9016'],
  ['1460', '-', 'name.example AAAA  no answer'],
  ['toString', '-', 'name.example AAAA  failed: status toString'],
])('a question with status %s and results %s: %s', (QueryStatus, QueryResults, expected) => {
  const query = everyEvent.find((e) => (e.type as string) === 'DnsQuery') as SysmonEvent & { type: 'DnsQuery' };
  const data = { ...query.data, RuleName: '-', QueryName: 'name.example', QueryStatus, QueryResults };
  expect(text({ ...query, data, extra: { ...query.extra, queryType: 'AAAA' } }).split(/ {2}(?=name)/)[1]).toBe(
    expected,
  );
});

test('every event of a process has its id in the same columns', () => {
  const ends = observedTypes.map((type) => {
    const event = everyEvent.find((e) => e.type === type && e.process !== undefined);
    return event === undefined ? undefined : /^\S+ \S+ +\d+/.exec(text(event))?.[0].length;
  });
  expect(ends.filter((end) => end !== undefined).length).toBeGreaterThan(8);
  expect([...new Set(ends.filter((end) => end !== undefined))]).toHaveLength(1);
});

test('a width is one of the terminal, where some characters take two columns', () => {
  const create = everyEvent.find((e) => e.type === 'ProcessCreate') as SysmonEvent;
  const shown = (CommandLine: string): string =>
    createText({ width: 80 })({ ...create, data: { ...create.data, Image: '/x', CommandLine } } as SysmonEvent);
  const columns = (line: string): number =>
    [...line].reduce((sum, c) => sum + (/[\u{1100}-\u{115f}\u{2e80}-\u{10ffff}]/u.test(c) ? 2 : 1), 0);
  for (const command of ['日本語'.repeat(40), `a${'日本語'.repeat(40)}`, '🚀'.repeat(60), `ü${'🚀'.repeat(60)}`]) {
    const line = shown(command);
    expect(line).toMatch(/…$/);
    expect(line).not.toMatch(/[\ud800-\udfff]/u);
    expect(columns(line)).toBeGreaterThanOrEqual(79);
    expect(columns(line)).toBeLessThanOrEqual(80);
  }
});

test('a loss of what is no event, and whose it was', () => {
  const line = text({
    type: 'Loss',
    time: '2026-11-24T01:02:03.456789Z',
    host: 'h',
    stage: 'ring',
    eventType: 'DnsAnswer',
    count: 3,
    since: '',
    until: '',
    unit: 'packets',
    processes: [
      { pid: 7, image: '/bin/a\u001b', count: 2 },
      { pid: 8, count: 1 },
    ],
  });
  expect(line).toBe(
    '01:02:03.456 Loss                3 packets of DnsAnswer lost, stage ring  2 by /bin/a\\e (7)  1 by - (8)',
  );
});
