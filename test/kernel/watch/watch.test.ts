/** watch(): all that a command does from its first instruction to the end of its last descendant, and nothing else. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ProcessRecord, SysmonEvent } from '../../../lib/index.js';
import { watch, type ProcessNode, type Run } from '../../../lib/watch/index.js';
import { readStorm, startStorm, stormArguments, stormSize, type Storm } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder } from '../helpers/workspace.js';

const size = Math.min(2000, Math.ceil(stormSize / 2.5));
let folder: string;
let storm: string;
beforeAll(() => {
  folder = makeFolder();
  storm = compile('storm.c', join(folder, 'storm'));
});
afterAll(() => removeFolder(folder));

/** The events of a run, from its beginning. */
function kept(run: Run): SysmonEvent[] {
  onTestFinished(() => run.stop());
  const events: SysmonEvent[] = [];
  run.on('event', (e) => events.push(e));
  return events;
}

const processOf = (e: SysmonEvent): ProcessRecord | undefined => (e as { process?: ProcessRecord }).process;

/** How many execs and ends each pid had, as `pid: execs/ends`. */
function livesOf(events: readonly SysmonEvent[]): string[] {
  const lives = new Map<number, [number, number]>();
  for (const e of events) {
    const pid = processOf(e)?.pid;
    if (pid === undefined) continue;
    const life = lives.get(pid) ?? [0, 0];
    lives.set(pid, life);
    if (e.type === 'ProcessCreate') life[0]++;
    if (e.type === 'ProcessTerminate') life[1]++;
  }
  return [...lives].map(([pid, [execs, ends]]) => `${pid}: ${execs}/${ends}`).sort();
}

function truthOf({ pid, processes }: Storm): string[] {
  const lives = new Map<number, [number, number]>([[pid, [1, 1]]]);
  for (const { pid, execs } of processes) {
    const life = lives.get(pid) ?? [0, 0];
    lives.set(pid, [life[0] + execs.length, life[1] + 1]);
  }
  return [...lives].map(([pid, [execs, ends]]) => `${pid}: ${execs}/${ends}`).sort();
}

const flat = (nodes: readonly ProcessNode[]): ProcessNode[] => nodes.flatMap((n) => [n, ...flat(n.children)]);

test('a storm: every exec and exit of it once, none of another one outside', { timeout: 120_000 }, async () => {
  const argv = stormArguments(storm, folder, 'inside', size);
  const outside = startStorm(storm, folder, 'outside', size);
  const run = await watch(argv[0] as string, argv.slice(1), {
    events: ['ProcessCreate', 'ProcessTerminate'],
    hash: 'none',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events = kept(run);
  let stdout = '';
  run.child?.stdout?.on('data', (d: Buffer) => (stdout += d.toString()));
  const { exitCode, signal, end, report } = await run.done;
  await outside.done;
  expect({ exitCode, signal, end }).toEqual({ exitCode: 0, signal: null, end: 'ended' });
  const inside = readStorm(folder, 'inside', argv, stdout);
  expect(livesOf(events)).toEqual(truthOf(inside));
  expect({ lost: run.stats().lost, losses: report.losses }).toEqual({ lost: {}, losses: [] });
  const nodes = flat(report.processes.list);
  expect(report.processes.list.map((n) => n.pid)).toEqual([inside.pid]);
  expect(nodes).toHaveLength(inside.processes.length + 1);
  expect(nodes.filter((n) => n.endTime === undefined)).toEqual([]);
});
