/** What another process with root's rights does to the programs and maps of a sensor is undone, and told. */
import { execFileSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';
import type { SysmonEventMap } from '../../../lib/index.js';
import { buildHelper, heldBy, ours, removeHelper, tamper } from './teardown/bpf-objects.js';

useSensor(['ProcessCreate', 'DnsQuery', 'eBPFEvent']);
beforeAll(buildHelper);
afterAll(removeHelper);

/** One question to a port where nobody answers. */
const ask = `const socket = require('dgram').createSocket('udp4');
const question = Buffer.from('123401000001000000000000026974076578616d706c650000010001', 'hex');
socket.send(question, 53, '127.0.0.1', () => socket.close());`;

/** Ids of what this process holds: the sensor of the test, and none that others run. */
function mine(kind: 'map' | 'link', which: (name: string) => boolean): string[] {
  const all = ours();
  const held = heldBy(process.pid);
  return [...all]
    .filter(([key, name]) => key.startsWith(`${kind} `) && held.has(key) && which(name))
    .map(([key]) => key.slice(kind.length + 1));
}

/** What others have done to objects of ours, as events say it. */
const attempts = (command: string): SysmonEventMap['eBPFEvent'][] =>
  seen.events.flatMap((e) =>
    e.type === 'eBPFEvent' && e.extra.own === true && e.data.BpfCommand === command ? [e] : [],
  );

async function told(text: RegExp, count: number): Promise<string[]> {
  const found = (): string[] =>
    seen.events.flatMap((e) => (e.type === 'Error' && e.data.ID === 'TAMPERING' ? [e.data.Description] : []));
  for (let i = 0; i < 200 && found().filter((d) => text.test(d)).length < count; i++) await sleep(50);
  return found().filter((d) => text.test(d));
}

test('programs that were taken off the control groups', async () => {
  const programs = [...ours()].filter(([, name]) => /^sm_dns_/.test(name)).map(([key]) => `of ${key}`);
  const links = mine('link', (name) => programs.includes(name));
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) tamper('detach', link);
  const descriptions = await told(/ off .*: it is attached again; packets/, links.length);
  expect(descriptions).toHaveLength(links.length);
  const tried = attempts('BPF_LINK_DETACH');
  expect(tried.map((e) => String(e.extra.link)).sort()).toEqual([...links].sort());
  for (const e of tried) {
    expect(e.data.Image).toMatch(/bpf-ids$/);
    expect(e.data.BpfProgramName).toMatch(/^sm_dns_/);
    expect(e.extra.errno).toBeUndefined();
  }
  expect(
    await told(/bpf-ids\) has called BPF_LINK_DETACH on link \d+ of this sensor \(sm_dns_.*\): it succ/, 1),
  ).not.toEqual([]);
  // And it sees again: a question to a port where nobody answers.
  const sent = run(process.execPath, ['-e', ask]);
  expect(await sent.ended).toMatchObject({ code: 0 });
  const asked = () => seen.events.filter((e) => e.type === 'DnsQuery').map((e) => e.process?.pid);
  for (let i = 0; i < 300 && asked().length === 0; i++) await sleep(50);
  expect(asked()).toEqual([sent.pid]);
});

test('programs of anything but control groups cannot be taken off, and whoever tries is told of', async () => {
  const ofCgroups = [...ours()].filter(([, name]) => /^sm_(dns|udp)_/.test(name)).map(([key]) => `of ${key}`);
  // Before 5.15 those of system calls are no links at all, and belong to a descriptor alone.
  const links = mine('link', (name) => !ofCgroups.includes(name));
  expect(links.length).toBeGreaterThan(2);
  const before = attempts('BPF_LINK_DETACH').length;
  for (const link of links) expect(() => tamper('detach', link)).toThrow(/not supported/);
  for (let i = 0; i < 200 && attempts('BPF_LINK_DETACH').length < before + links.length; i++) await sleep(50);
  const tried = attempts('BPF_LINK_DETACH').slice(before);
  expect(tried.map((e) => String(e.extra.link)).sort()).toEqual([...links].sort());
  for (const e of tried) expect(e.extra.errno).toBe(constants.errno.EOPNOTSUPP);
  expect(await told(/has called BPF_LINK_DETACH on link \d+ of .*: refused, Operation not supported/, 1)).not.toEqual(
    [],
  );
});

test('the switch of all programs', async () => {
  const [bss, ...others] = mine('map', (name) => name.endsWith('.bss'));
  expect(others).toEqual([]);
  tamper('clear', bss);
  expect(
    await told(/has called BPF_MAP_UPDATE_ELEM on map \d+ of this sensor \(sysmon.bss\): it succeeded/, 1),
  ).toHaveLength(1);
  await seen.find('eBPFEvent', (e) => e.extra.own === true && e.data.BpfCommand === 'BPF_MAP_UPDATE_ELEM');
  expect(attempts('BPF_MAP_UPDATE_ELEM').map((e) => String(e.extra.map))).toEqual([bss]);
  expect(await told(/switched the programs off \(sm_phase was 0\)/, 1)).toHaveLength(1);
  execFileSync('true');
  for (let i = 0; i < 200 && !seen.events.some((e) => e.type === 'ProcessCreate'); i++) await sleep(50);
  expect(seen.events.some((e) => e.type === 'ProcessCreate' && e.process?.parent?.pid === process.pid)).toBe(true);
});
