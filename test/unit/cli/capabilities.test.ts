/** `sysmon capabilities` on a kernel that the test plays. */
import { beforeEach, expect, test, vi } from 'vitest';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import { callByName } from './call-by-name.js';

const system = {
  failure: undefined,
  kernel: '6.18.44',
  btf: true,
  lockdown: '',
  cgroup2: '/sys/fs/cgroup',
  hashing: true,
  packets: true,
  packetsLimit: '',
  privileges: [
    { name: 'CAP_BPF', held: true, neededFor: `loading eBPF programs, ${'and more '.repeat(15)}and all` },
    { name: 'CAP_DAC_READ_SEARCH', held: false, neededFor: 'paths' },
  ],
};
let played: typeof system;
beforeEach(() => void (played = { ...system }));
vi.mock('../../../lib/native.js', async (original) => ({
  ...(await original<typeof import('../../../lib/native.js')>()),
  loadAddon: () => ({ inspect: () => played }),
}));

async function capabilities(argv: string[], columns?: number): Promise<string> {
  let out = '';
  const stdout = { write: (t: string) => (out += t), columns: () => columns };
  expect(await callByName('capabilities', argv, { stdin: process.stdin, stdout, stderr: stdout, stdoutFd: 1 })).toBe(0);
  return out;
}

/** What the columns of a terminal tore apart. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const spots = eventTable.flatMap((e) => e.blindSpots.map((spot) => ({ type: e.name, spot })));
const textOf = (spot: (typeof spots)[number]['spot']): string => (typeof spot === 'string' ? spot : spot.text);

test('what is not seen is said once each, and nothing of kernels before this one', async () => {
  const out = oneLine(await capabilities([]));
  const always = spots.filter(({ spot }) => typeof spot === 'string');
  expect(always.length).toBeGreaterThan(30);
  for (const { spot } of always) expect(out.split(textOf(spot))).toHaveLength(2);
  const older = spots.filter(({ spot }) => typeof spot !== 'string');
  expect(older.length).toBeGreaterThan(5);
  for (const { spot } of older) expect(out).not.toContain(textOf(spot));
  expect(out).not.toMatch(/(before|since|Before|Since) \d\.\d/);
});

test('no line is there twice', async () => {
  // Where one is broken, what is left of it may end like another.
  const lines = (await capabilities([], 200)).split('\n').filter((line) => /^ {0,4}\S/.test(line));
  expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
});

test.each([
  ['5.10.0-28-amd64', ['6.13', '6.8', '6.0', '5.19', '5.15', '5.12']],
  ['5.19.17', ['6.13', '6.8', '6.0']],
  ['6.1.0-18-amd64', ['6.13', '6.8']],
  ['6.12.9', ['6.13']],
  ['6.13.0', []],
  ['10.0', []],
])('on %s it is what kernels before %j cannot', async (kernel, versions) => {
  played.kernel = kernel;
  const out = oneLine(await capabilities([]));
  for (const { spot } of spots)
    if (typeof spot !== 'string')
      expect([spot.before, out.includes(spot.text)]).toEqual([spot.before, versions.includes(spot.before)]);
});

test('an older kernel has every blind spot, and each event its own', async () => {
  played.kernel = '5.10.0';
  const { events } = JSON.parse(await capabilities(['--json'])) as { events: { type: string; blindSpots: string[] }[] };
  for (const { type, spot } of spots)
    expect(events.filter((e) => e.type === type).flatMap((e) => e.blindSpots)).toContain(textOf(spot));
});

test('--brief says neither that nor what privileges are for', async () => {
  const out = await capabilities(['--brief']);
  expect(out.split('\n').length).toBeLessThan(60);
  expect(out).toContain('  missing  CAP_DAC_READ_SEARCH\n');
  expect(out).not.toContain('loading');
  for (const { name } of eventTable) expect(out).toContain(name);
  for (const { spot } of spots) expect(oneLine(out)).not.toContain(textOf(spot));
  const { events, kernel } = JSON.parse(await capabilities(['--brief', '--json'])) as {
    kernel: string;
    events: object[];
  };
  expect([kernel, events.length]).toEqual(['6.18.44', eventTable.length]);
  for (const event of events) expect(event).not.toHaveProperty('blindSpots');
});

test('it fits the terminal', async () => {
  for (const columns of [60, 80, 200, undefined])
    for (const line of (await capabilities([], columns)).split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns === 200 ? 120 : (columns ?? 80));
});
