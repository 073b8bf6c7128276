/** What attackers do leaves an event that names it: a list of acts, each by a process of its own, under one sensor. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { technique } from '../../../lib/attack/index.js';
import type { SysmonEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';
import { attacks, type Attack } from './attacks.js';

useSensor([...new Set(attacks.map((a) => a.type))]);

const lacks = 77;
const namesIt = (e: SysmonEvent, { type, fields }: Attack): boolean =>
  e.type === type &&
  Object.entries(fields).every(([name, wanted]) => {
    const value =
      (e.data as unknown as Record<string, unknown>)[name] ?? (e.extra as unknown as Record<string, unknown>)[name];
    return wanted instanceof RegExp ? wanted.test(String(value)) : value === wanted;
  });

/** Who is traced at its own wish is the target. */
const isOf = (e: SysmonEvent, pid: number | undefined): boolean =>
  e.process?.pid === pid || (e.type === 'ProcessAccess' && e.data.TargetProcessId === pid);

test('each act of the list leaves the event that names it', async () => {
  const r = run('/usr/bin/python3', [fileURLToPath(new URL('perform.py', import.meta.url)), '.'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  r.child.stdin?.end(JSON.stringify(attacks.map((a) => a.code)));
  const { code, stdout, stderr } = await r.ended;
  expect(code, stderr).toBe(0);
  const done = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [pid: number, status: number]);
  expect(done).toHaveLength(attacks.length);
  await seen.terminated(r.pid);

  const performed = attacks.map((a, i) => ({ a, pid: done[i]?.[0], status: done[i]?.[1] }));
  expect(
    performed.filter((p) => p.status !== 0 && p.status !== lacks).map((p) => [p.a.act, p.status]),
    stderr,
  ).toEqual([]);
  const able = performed.filter((p) => p.status === 0);
  const silent = able.filter((p) => !seen.events.some((e) => isOf(e, p.pid) && namesIt(e, p.a)));
  expect(silent.map((p) => p.a.act)).toEqual([]);
  expect(able.length).toBeGreaterThanOrEqual(30);
  expect(seen.losses).toEqual([]);
});

test('docs/attacks.md has the list', async () => {
  const page = new URL('../../../docs/attacks.md', import.meta.url);
  const text = (wanted: string | number | boolean | RegExp): string =>
    wanted instanceof RegExp ? wanted.source.replaceAll(/[\^$\\]/g, '') : String(wanted);
  const rows = attacks.map((a) => {
    const said = Object.entries(a.fields).map(([name, wanted]) => `\`${name}\`: ${text(wanted)}`);
    return `| ${a.act} | ${a.technique} ${technique(a.technique)?.name ?? ''} | ${a.type} | ${said.join(', ')} |`;
  });
  const wanted = `# Acts of attackers and the events that name them

What public emulation suites do on Linux, as own commands: [test/kernel/rules/attacks.ts](../test/kernel/rules/attacks.ts) performs each
in a process of its own, and this event of that process must come. That the act succeeds is what the test asks first. The page is made of that list:
\`SYSMON_WRITE=1 npx vitest run --project kernel test/kernel/rules/attacks.test.ts\`.

| act | technique | event | what it says |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
  const formatted = await format(wanted, { ...(await resolveConfig(page)), parser: 'markdown' });
  if (process.env['SYSMON_WRITE']) writeFileSync(page, formatted);
  expect(readFileSync(page, 'utf8')).toBe(formatted);
});
