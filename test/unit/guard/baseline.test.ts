/** Baselines: what of two runs is the same, and what is new. */
import { expect, test } from 'vitest';
import { Behaviour, formatBaseline, joinBaselines, newIn, parseBaseline } from '../../../lib/guard/index.js';
import { normalPath, normalPort } from '../../../lib/guard/normalise.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { makeEvent, type ProcessParts } from '../../../lib/testing/index.js';

const gone = /\.tmp|\.left-pad|Xy12Zw/;
const places = {
  project: '/srv/app',
  home: '/home/ann',
  temporary: ['/tmp', '/var/tmp'],
  exists: (p: string) => !gone.test(p),
};

test.each([
  ['/srv/app/src/a.c', './src/a.c'],
  ['/srv/app', '.'],
  ['/srv/application/a', '/srv/application/a'],
  ['/home/ann/.npmrc', '~/.npmrc'],
  ['/tmp/ccAb12Xz.s', '/tmp/<random>.s'],
  ['/tmp/ccabcdef.s', '/tmp/<random>.s'],
  ['/tmp/npm-1234567-abcdef/x/y.txt', '/tmp/npm-<random>-<random>/x/y.txt'],
  ['/tmp/a', '/tmp/a'],
  ['/srv/app/node_modules/.left-pad-Ab12Cd34/index.js', './node_modules/.left-pad-<random>/index.js'],
  ['/srv/app/out/sedXy12Zw', './out/<random>'],
  ['/proc/4711/oom_score_adj', '/proc/<pid>/oom_score_adj'],
  ['/home/ann/.npm/_cacache/content-v2/sha512/ab/cd/0123', '~/.npm/_cacache/content-v2/<hash>'],
  ['/home/ann/.npm/_logs/2026-11-30T23_40_09_123Z-debug-0.log', '~/.npm/_logs/<time>-debug-0.log'],
  ['/srv/app/.git/objects/ab/0123456789abcdef0123456789abcdef012345', './.git/objects/<hash>'],
  ['/srv/app/cache/0a1b2c3d4e5f.bin', './cache/<hex>.bin'],
  ['/srv/app/cache/deadbeef.bin', './cache/deadbeef.bin'],
  ['/srv/app/run/pid-48211.lock', './run/pid-<n>.lock'],
  ['/srv/app/report-2.txt', './report-2.txt'],
])('%s is %s', (path, normal) => expect(normalPath(path, places)).toBe(normal));

test('ports that the kernel hands out are all one', () => {
  expect([normalPort(443), normalPort(50_000)]).toEqual(['443', '<port>']);
});

const run = (n: number, more: readonly SysmonEvent[] = []): Behaviour => {
  const process: ProcessParts = { pid: 1000 + n, npm: { package: 'a', version: `1.0.${n}`, event: 'install' } };
  const behaviour = new Behaviour();
  for (const event of [
    makeEvent('ProcessCreate', { data: { Image: '/usr/bin/cc1' } }),
    makeEvent('FileCreate', { data: { TargetFilename: `/tmp/cc${n}ab${n}Zz.s` } }),
    makeEvent('FileModify', { data: { TargetFilename: '/srv/app/out.o' } }),
    makeEvent('FileModify', { data: { TargetFilename: '/dev/null' } }),
    makeEvent('NetworkConnect', {
      data: { Initiated: true, DestinationIp: `192.0.2.${n}`, DestinationHostname: 'r.example', DestinationPort: 443 },
      process,
    }),
    makeEvent('NetworkConnect', {
      data: { Initiated: true, DestinationIp: '127.0.0.1', DestinationHostname: '-', DestinationPort: 40_000 + n },
    }),
    ...more,
  ])
    behaviour.see(event);
  return behaviour;
};

test('two runs are the same, and what is new is exactly that', () => {
  const text = formatBaseline(run(1).baseline(places));
  expect(text.replace(/^#.*\n/gm, '')).toBe(`connect:
  - "127.0.0.1:<port>"
  - "r.example:443 by a install"
resolve: []
execute:
  - "/usr/bin/cc1"
write:
  - "./out.o"
  - "/tmp/<random>.s"
read: []
privilege: []
module: []
`);
  const baseline = parseBaseline(text);
  expect(newIn(run(2).lines(places), baseline)).toEqual([]);
  const more = [
    makeEvent('FileCreate', { data: { TargetFilename: '/srv/app/evil: #' } }),
    makeEvent('ProcessCreate', { data: { Image: '/usr/bin/nc' } }),
    makeEvent('DnsQuery', { data: { QueryName: 'evil.example' } }),
    makeEvent('NetworkConnect', {
      data: { Initiated: true, DestinationIp: '192.0.2.66', DestinationHostname: '-', DestinationPort: 80 },
    }),
  ];
  const next = run(3, more);
  expect(newIn(next.lines(places), baseline).map(({ section, line }) => `${section} ${line}`)).toEqual([
    'write ./evil: #',
    'execute /usr/bin/nc',
    'resolve evil.example',
    'connect 192.0.2.66:80',
  ]);
  const joined = parseBaseline(formatBaseline(joinBaselines(baseline, next.baseline(places))));
  expect(newIn(next.lines(places), joined)).toEqual([]);
  expect(newIn(run(4).lines(places), joined)).toEqual([]);
});

test.each([
  ['', '1:1: the baseline is empty'],
  ['wrte: []', '1:1: a baseline has no key wrte, did you mean write?'],
  ['write: x', '1:8: write must be a list'],
  ['write:\n  - [a]', '2:5: write: an item must be text'],
  ['- a', '1:1: a baseline must be a mapping'],
])('is wrong: %j', (text, said) => expect(() => parseBaseline(text)).toThrow(said));
