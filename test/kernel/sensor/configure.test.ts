/** configure(): a running sensor changes between two events, whole or not at all. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SysmonEvent } from '../../../lib/index.js';
import { capture } from '../helpers/capture.js';
import { startStorm, stormSize } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder } from '../helpers/workspace.js';

let folder: string;
let program: string;
beforeAll(() => {
  folder = makeFolder();
  program = compile('storm.c', join(folder, 'storm'));
});
afterAll(() => removeFolder(folder));

/** Keeps what the storm does, under a name for each field: all of them are of one configuration. */
const rules = (name: string, types: readonly string[]): string =>
  types
    .map(
      (type) =>
        `  - event: ${type}\n    onmatch: include\n    match:\n` +
        `      - { name: '${name}', any: [{ Image: { 'begin with': '${folder}' } }, { Image: { contains: memfd } }] }\n`,
    )
    .join('');
const yaml = (name: string, types: readonly string[]): string => `rules:\n${rules(name, types)}`;
const both = ['ProcessCreate', 'ProcessTerminate'];
const ofStorm = (e: SysmonEvent): e is Extract<SysmonEvent, { process: unknown }> =>
  'process' in e && e.process !== undefined;

test(
  '500 swaps in a storm lose nothing, double nothing, and judge no event by a mix',
  { timeout: 120_000 },
  async () => {
    const seen = await capture({ config: yaml('0', both) });
    const storm = startStorm(program, folder, 'swaps', Math.ceil(stormSize / 4));
    let ended = false;
    void storm.done.then(() => (ended = true));
    let swaps = 0;
    // Also with a type more, and without it again: its programs are loaded once.
    while (swaps < 500 || !ended) {
      const types = ++swaps % 5 === 0 ? [...both, 'FileDeleteDetected'] : both;
      await seen.sysmon.configure({ config: yaml(String(swaps), types) });
    }
    const { processes, pid } = await storm.done;
    await seen.sysmon.stop();
    const pids = new Set([pid, ...processes.map((p) => p.pid)]);
    const told = seen.events.filter(ofStorm).filter((e) => e.type !== 'FileDeleteDetected' && pids.has(e.process.pid));
    const creates = told.filter((e) => e.type === 'ProcessCreate').map((e) => e.process.strongId);
    const ends = told.filter((e) => e.type === 'ProcessTerminate').map((e) => e.process.strongId);
    expect(new Set(creates).size).toBe(creates.length);
    expect(new Set(ends).size).toBe(ends.length);
    expect(creates).toHaveLength(processes.reduce((n, p) => n + p.execs.length, 1));
    expect(ends).toHaveLength(processes.length + 1);
    // Every one was judged by the configuration that was announced last. (Digests are off: none waits.)
    let current = 0;
    for (const e of seen.events) {
      if (e.type === 'ServiceConfigurationChange') current++;
      // What waited for something, as for the name of a user, keeps the verdict of its own time.
      else if (ofStorm(e) && e.extra.late !== true) expect(e.data.RuleName).toBe(String(current - 1));
    }
    expect(current).toBe(swaps + 1);
    expect({ lost: seen.sysmon.stats().lost, errors: seen.errors }).toEqual({ lost: {}, errors: [] });
  },
);

test('types, digests and filters; what is refused leaves all as it was', { timeout: 120_000 }, async () => {
  const seen = await capture({ events: ['ProcessCreate'] });
  const { sysmon, events } = seen;
  const act = () => spawnSync('sh', ['-c', `echo > ${folder}/file; rm ${folder}/file`]).pid;
  const of = (pid: number) => events.filter((e) => ofStorm(e) && (e.process.pid === pid || e.process.ppid === pid));
  const types = (pid: number) => [...new Set(of(pid).map((e) => e.type))].sort();
  await sysmon.configure({ events: ['ProcessTerminate', 'FileCreate', 'FileDeleteDetected'] });
  const wide = act();
  await seen.find('ProcessTerminate', (e) => e.process.pid === wide);
  expect(types(wide)).toEqual(['FileCreate', 'FileDeleteDetected', 'ProcessTerminate']);
  for (const [changes, code, words] of [
    [{ ringBytes: 65536, mdns: true }, 'ERR_SYSMON_OPTION', 'ringBytes, mdns cannot change'],
    [
      { hash: { source: 'fanotify' } },
      'ERR_SYSMON_OPTION',
      "hash.source cannot change while the sensor runs, and it is 'path'",
    ],
    [{ event: [] }, 'ERR_SYSMON_OPTION', "Did you mean 'events'?"],
    [{ events: ['Nothing'] }, 'ERR_SYSMON_OPTION', 'Nothing'],
    [{ config: '<Sysmon' }, 'ERR_SYSMON_CONFIG', '1:1'],
    [
      { config: yaml('env', both).replace('Image:', 'process.env.OTHER:'), hash: 'MD5' },
      'ERR_SYSMON_OPTION',
      'another environment',
    ],
  ] as const)
    await expect(sysmon.configure(changes as object)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  let asked = 0;
  await sysmon.configure({ hash: 'MD5', events: ['ProcessCreate', 'ProcessTerminate'], filter: () => ++asked > 0 });
  const narrow = act();
  await seen.find('ProcessTerminate', (e) => e.process.pid === narrow);
  expect(types(narrow)).toEqual(['ProcessCreate', 'ProcessTerminate']);
  expect(asked).toBeGreaterThan(1);
  for (const e of of(narrow)) if (e.type === 'ProcessCreate') expect(e.data.Hashes).toMatch(/^MD5=|^-$/);
  expect(events.filter((e) => e.type === 'ServiceConfigurationChange')).toHaveLength(3);
  await sysmon.stop();
  await expect(sysmon.configure({})).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
});
