/** Rules of the starter configuration in force: each fires for an act, and not for what comes near to it. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type ProcessRecord, type SysmonEvent } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';
import { starterActs } from './starter-acts.js';

let folder: string;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  folder = makeFolder();
  sysmon = new Sysmon({ config: 'starter', hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  removeFolder(folder);
});

const lacks = 77;
/** By this process, or one that it made. */
const isOf = (e: SysmonEvent, pid: number | undefined): boolean => {
  for (let p: ProcessRecord | undefined = e.process; p; p = p.parent) if (p.pid === pid) return true;
  return false;
};
const techniques = (type: string, pid: number | undefined): string[] =>
  seen.events
    .filter((e) => e.type === type && isOf(e, pid))
    .flatMap((e) => e.rules ?? [])
    .map((r) => /^TechniqueID=([^,]*)/.exec(r.name)?.[1] ?? r.name);

test('each rule fires by what was done, and not by what comes near to it', async () => {
  const performer = fileURLToPath(new URL('perform.py', import.meta.url));
  const r = run('/usr/bin/python3', [performer, '/srv'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  r.child.stdin?.end(JSON.stringify(starterActs.flatMap(([, , fires, near]) => [fires, near])));
  const { code, stdout, stderr } = await r.ended;
  expect(code, stderr).toBe(0);
  await sysmon.stop();

  const done = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [pid: number, status: number]);
  expect(done).toHaveLength(2 * starterActs.length);
  const acts = starterActs.map(([type, technique, ...codes], i) => {
    const [fired, near] = [done[2 * i], done[2 * i + 1]];
    return { type, technique, codes, ended: [fired?.[1], near?.[1]], pids: [fired?.[0], near?.[0]] };
  });
  const able = acts.filter((a) => !a.ended.includes(lacks));
  expect(
    able.filter((a) => a.ended.some((status) => status !== 0)).map((a) => [a.codes, a.ended]),
    stderr,
  ).toEqual([]);
  const wrong = able.filter(
    ({ type, technique, pids: [fired, near] }) =>
      !techniques(type, fired).includes(technique) || techniques(type, near).includes(technique),
  );
  expect(wrong.map((a) => [a.type, a.technique, a.codes, a.pids.map((p) => techniques(a.type, p))])).toEqual([]);
  expect(seen.losses).toEqual([]);
});
