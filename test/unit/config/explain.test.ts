/** Where rules are decided: by what the kernel side knows for certain. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { explain, loadConfig, parseConfig } from '../../../lib/config/index.js';

const of = (text: string) =>
  explain(parseConfig(`rules:\n${text}`)).map(({ line, where, why }) => [line, where, ...(why ? [why] : [])]);

it('tells the kernel, what needs the process, and the worker apart', () => {
  expect(
    of(`
  - event: FileCreate
    onmatch: exclude
    match:
      - { TargetFilename: { 'end with': .log } }
      - { TargetFilename: { 'begin with': /var/log/ } }
      - { Image: { contains: cc } }
      - { TargetFilename: { contains: tmp } }
      - { User: root }
`),
  ).toEqual([
    [6, 'kernel'],
    [7, 'kernel'],
    [8, 'process'],
    [9, 'worker', 'the kernel has no table for this condition on TargetFilename'],
    [10, 'worker', 'User is known to the worker only'],
  ]);
});

it('leaves an include to the worker if another one may keep the event', () => {
  expect(
    of(`
  - event: NetworkConnect
    onmatch: include
    match: [{ DestinationPort: 22 }, { DestinationHostname: a }]
`),
  ).toEqual([
    [5, 'worker', 'another rule, or another event of the same record, decides first and is left to the worker'],
    [5, 'worker', 'DestinationHostname is known to the worker only'],
  ]);
});

it('leaves the life of processes to the worker', () => {
  expect(of(`  - { event: ProcessCreate, onmatch: exclude, match: [{ Image: a }] }\n`)).toEqual([
    [2, 'worker', 'events of this type are always told to the worker'],
  ]);
});

it('knows every rule of the starter and of published configurations', () => {
  const folder = new URL('../../fixtures/sysmon-configs/', import.meta.url);
  const published = readdirSync(folder).filter((f) => f.endsWith('.xml'));
  const all = [loadConfig('starter'), ...published.map((f) => parseConfig(readFileSync(new URL(f, folder), 'utf8')))];
  for (const ruleSet of all)
    for (const row of explain(ruleSet)) {
      expect(row.line).toBeGreaterThan(0);
      expect(row.why === undefined).toBe(row.where !== 'worker');
    }
  expect(explain(loadConfig('starter')).length).toBeGreaterThan(20);
});
