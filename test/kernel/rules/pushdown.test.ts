/** What the kernel side drops by rules changes no event: two sensors, one of which lets it, tell the same. */
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SysmonEvent } from '../../../lib/index.js';
import { capture, type Capture } from '../helpers/capture.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string;
let program: string;
let servers: Server[];
beforeAll(async () => {
  folder = makeFolder();
  program = compile(new URL('pushdown.c', import.meta.url), join(folder, 'pushdown'));
  servers = await Promise.all(
    [0, 1].map(
      () =>
        new Promise<Server>((resolve) => {
          const server = createServer((s) => s.on('error', () => undefined).destroy());
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
});
afterAll(() => {
  for (const s of servers) s.close();
  removeFolder(folder);
});

const events = [
  'ProcessCreate',
  'ProcessTerminate',
  'FileCreate',
  'FileDelete',
  'FileDeleteDetected',
  'FileModify',
  'NetworkConnect',
] as const;
const always = ['ProcessCreate', 'ProcessTerminate'].map((e) => `  - { event: ${e}, onmatch: exclude }\n`).join('');
const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/sysmon-configs/${name}`, import.meta.url), 'utf8');

/** Rules, and the records that they let the kernel side filter; undefined: whichever. */
function configurations(ports: readonly number[]): [string, string, readonly string[] | undefined][] {
  const rules = (text: string): string => `rules:\n${always}${text}`;
  return [
    [
      'excluded by path, port and network',
      rules(`
  - event: FileCreate
    onmatch: exclude
    match: [{ TargetFilename: { 'end with': '.LOG' } }, { TargetFilename: { 'begin with': '${folder}/Quiet/' } }]
  - event: NetworkConnect
    onmatch: exclude
    match: [{ DestinationPort: '${ports[0]}' }, { all: [{ DestinationIp: { cidr: 127.0.0.0/8 } }, { Initiated: 'false' }] }]
`),
      ['file_create', 'network'],
    ],
    [
      'included by path and port',
      rules(`
  - event: FileCreate
    onmatch: include
    match: [{ TargetFilename: { 'end with': '.keep' } }]
  - event: NetworkConnect
    onmatch: include
    match: [{ DestinationPort: '${ports[1]}' }]
`),
      ['file_create', 'network'],
    ],
    [
      'excluded by process',
      rules(`
  - event: FileCreate
    onmatch: exclude
    match: [{ all: [{ Image: { 'end with': '/PUSHDOWN' } }, { TargetFilename: { 'end with': '.txt' } }] }]
  - event: FileModify
    onmatch: exclude
    match: [{ Image: { regex: 'push.*n$' } }]
  - event: FileDeleteDetected
    onmatch: exclude
    match: [{ process.commandLine: { contains: '${folder}' } }, { User: nobody }]
  - event: NetworkConnect
    onmatch: include
    match: [{ Image: { 'end with': '/other' } }]
`),
      ['file_modify', 'network'], // FileDelete has no rules: its records come
    ],
    [
      'decided by the worker alone',
      rules(`
  - event: FileCreate
    onmatch: include
    match: [{ TargetFilename: { contains: 'keep' } }, { User: nobody }]
`),
      [],
    ],
    ['the starter', 'starter', undefined],
    ['a published one', fixture('15_file_and_network.xml'), undefined],
    ['a large published one', fixture('mstic-main.xml'), undefined],
  ];
}

/** All that an event says, but its number and its times: each sensor has its own clock of the same moment. */
const text = ({ type, data, extra }: SysmonEvent): string => {
  return JSON.stringify({
    type,
    data: { ...data, UtcTime: undefined, CreationUtcTime: undefined },
    extra: { ...extra, late: undefined },
  });
};

const filtered = ({ sysmon }: Capture): Record<string, number> =>
  Object.fromEntries(Object.entries(sysmon.stats().native?.kernel ?? {}).map(([name, { filtered: n }]) => [name, n]));

test('with it and without it the events are the same', { timeout: 400_000 }, async () => {
  const ports = servers.map((s) => (s.address() as AddressInfo).port);
  // The variables that the starter asks for cannot be added later.
  const environment = [
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'LD_AUDIT',
    'SSH_CONNECTION',
    'SUDO_USER',
    'GLIBC_TUNABLES',
    'HISTFILE',
    'HISTFILESIZE',
    'HISTSIZE',
  ];
  const options = { events, config: `rules:\n${always}`, ringBytes: 64 << 20, environment };
  const withIt = await capture({ ...options, recentConnections: false });
  const without = await capture({ ...options, pushdown: false });
  const marked = async (): Promise<void> => {
    const end = run('true', []);
    await end.ended;
    await Promise.all([withIt, without].map((seen) => seen.terminated(end.pid)));
  };
  let before: Record<string, number> = {};
  for (const [name, config, expected] of configurations(ports)) {
    for (const seen of [withIt, without]) await seen.sysmon.configure({ config });
    const from = [withIt, without].map((seen) => seen.events.length);
    const work = run(program, [folder, ...ports.map(String)]);
    await work.ended;
    // What happened until now is told by the rules under test; some of them would not tell the mark.
    for (const seen of [withIt, without]) await seen.sysmon.configure({ config: options.config });
    await marked();
    const [a, b] = [withIt, without].map(
      (seen, i) =>
        seen.events
          .slice(from[i])
          .filter((e) => 'process' in e && e.process?.pid === work.pid)
          .map(text)
          .sort(), // one that waits for a name is passed by later ones
    );
    // The first that differs says enough.
    const differs = a.findIndex((e, k) => e !== b[k]);
    expect([name, differs, a[differs], b[differs]]).toEqual([name, -1, undefined, undefined]);
    expect([name, a.length]).toEqual([name, b.length]);
    expect(a.length, name).toBeGreaterThan(0);
    if (expected) {
      const grown = (): string[] =>
        Object.entries(filtered(withIt)).flatMap(([type, n]) => (n > (before[type] ?? 0) ? [type] : []));
      // Counters are at most a second old.
      await expect.poll(grown, { timeout: 10_000, message: name }).toEqual(expect.arrayContaining([...expected]));
      if (expected.length === 0) expect(grown(), name).not.toContain('file_create');
    }
    before = filtered(withIt);
  }
  expect(Object.values(filtered(without)).every((n) => n === 0)).toBe(true);
  expect([withIt.sysmon.stats().lost, without.sysmon.stats().lost]).toEqual([{}, {}]);
});
