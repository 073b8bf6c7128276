/** ProcessTampering, against what a program does that says whether it could. */
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Sysmon, type ProcessTamperingEvent } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['ProcessTampering']);

let program: string;
beforeAll(() => {
  program = compile(new URL('tamper.c', import.meta.url), join(folder, 'tamper'));
});

interface Done {
  readonly pid: number;
  readonly code: number | null;
  /** What it says: each way, and whether it could. */
  readonly said: string;
  readonly events: ProcessTamperingEvent[];
}

/** Each of these in a process of its own, at once; what is said of it. */
async function perform(...ways: string[][]): Promise<Done[]> {
  const running = ways.map((args) => run(program, args, { cwd: folder }));
  const ended = await Promise.all(running.map((r) => r.ended));
  await Promise.all(running.map((r) => seen.terminated(r.pid)));
  return running.map((r, i) => ({
    pid: r.pid,
    code: ended[i]?.code ?? null,
    said: ended[i]?.stdout.trim() ?? '',
    events: seen.events.filter(
      (e): e is ProcessTamperingEvent => e.type === 'ProcessTampering' && e.data.ProcessId === r.pid,
    ),
  }));
}
const brief = (d: Done): unknown[] => d.events.map((e) => [e.data.Type, e.extra]);
const core = (hook: string, more: object = {}): object => ({ hook, tier: 'core', ...more });

test('every field of an execution without a file', async () => {
  const [memfd] = (await perform(['memfd'])) as [Done];
  expect([memfd.code, memfd.said]).toEqual([0, 'nothing 0']);
  const created = await seen.find('ProcessCreate', (e) => e.data.ProcessId === memfd.pid && e.data.Image !== program);
  expect(memfd.events).toHaveLength(1);
  const [e] = memfd.events as [ProcessTamperingEvent];
  expect(e.data).toEqual({
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: memfd.pid,
    Image: created.data.Image,
    Type: 'Fileless execution',
    User: 'root',
  });
  expect(e.data.Image).toMatch(/^\/memfd:tampered/);
  expect(e.process).toBe(created.process);
  expect({ ...e, data: undefined, process: undefined, recordId: typeof e.recordId, time: typeof e.time }).toMatchObject(
    {
      type: 'ProcessTampering',
      id: 25,
      recordId: 'number',
      time: 'string',
      host: hostname(),
      extra: core('sched_process_exec', { backing: 'memfd' }),
      techniques: [{ id: 'T1055' }, { id: 'T1620' }],
    },
  );
});

test('executions of files that have no name: deleted, and never named', async () => {
  const done = await perform(['deleted'], ['tmpfile'], ['other-name']);
  expect(done.map((d) => [d.code, d.said])).toEqual(done.map(() => [0, 'nothing 0']));
  const deleted = [['Fileless execution', core('sched_process_exec', { backing: 'deleted' })]];
  // One that has another name left can still be looked at.
  expect(done.map(brief)).toEqual([deleted, deleted, []]);
});

test('an image that is replaced while it runs, which first makes the code that does it', async () => {
  const [d] = (await perform(['replaced'])) as [Done];
  expect(d.code).toBe(0);
  expect(brief(d)).toEqual([
    ['Memory made executable', core('sys_exit_mmap')],
    ['Image is replaced', core('sys_exit_prctl', { replacedBy: realpathSync('/bin/true') })],
  ]);
  expect(d.events.map((e) => e.data.Image)).toEqual([program, program]);
});

test('memory made executable, once in each process', async () => {
  const ways = ['mmap', 'mprotect', 'in-steps', 'pkey', 'heap'];
  const done = await perform(...ways.map((w) => [w]), ['mprotect', 'mmap', 'mprotect']);
  expect(done.map((d) => d.said)).toEqual([...ways.map((w) => `${w} 0`), 'mprotect 0\nmmap 0\nmprotect 0']);
  const hooks = ['mmap', 'mprotect', 'mprotect', 'pkey_mprotect', 'mprotect', 'mprotect'];
  expect(done.map(brief)).toEqual(hooks.map((h) => [['Memory made executable', core(`sys_exit_${h}`)]]));
});

test('a compiler does it by nature, and a rule leaves it out', async () => {
  const config = `
rules:
  - event: ProcessTampering
    onmatch: exclude
    match:
      - all: [{ Type: Memory made executable }, { Image: { end with: /node } }]
`;
  const other = new Sysmon({ config, hash: 'none' });
  const kept = record(other);
  await other.start();
  try {
    const node = run(process.execPath, ['-e', '0']);
    expect((await node.ended).code).toBe(0);
    await seen.terminated(node.pid);
    const told = (events: readonly { type: string; data: object }[], pid: number): number =>
      events.filter((e) => e.type === 'ProcessTampering' && (e.data as { ProcessId: number }).ProcessId === pid).length;
    expect(told(seen.events, node.pid)).toBe(1);
    const { pid } = ((await perform(['mprotect'])) as [Done])[0];
    await kept.find('ProcessTampering', (e) => e.data.ProcessId === pid);
    expect(told(kept.events, node.pid)).toBe(0);
  } finally {
    await other.stop();
  }
});

test('near misses are no event', async () => {
  const ways = ['zeros', 'never-written', 'not-executable', 'refused', 'file', 'busy', 'nothing'];
  const done = await perform(...ways.map((w) => [w]));
  expect(done.map((d) => Math.sign(Number(d.said.split(' ')[1])))).toEqual([0, 0, 0, -1, 0, -1, 0]);
  expect(done.flatMap(brief)).toEqual([]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
