import { expect, test } from 'vitest';
import { text } from '../../../lib/serializer/index.js';
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
      / {2}name\.example {2}failed, status 9003 {2}rule r1$/,
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
