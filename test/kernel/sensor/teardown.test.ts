/**
 * Every way in which a sensor can end, each in a process of its own and in the middle of a storm of execs: no crash, no
 * descriptor, thread or memory left in the process, no program, map or link left in the kernel.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildHelper, heldBy, leftOver, ours, removeHelper } from './teardown/bpf-objects.js';

const root = join(import.meta.dirname, '../../..');
const cycles = Number(process.env['SYSMON_CYCLES'] ?? 50);
/** Rounds of the other scenarios: no more than that where a start takes seconds, as on emulated machines. */
const rounds = (n: number) => Math.min(n, cycles);
const minutes = (n: number) => n * 60_000;

const missing = [
  process.getuid?.() === 0 ? '' : 'needs root',
  existsSync(join(root, 'dist/index.js')) ? '' : 'dist/ is not built',
  existsSync(join(root, 'build/Release/sysmon.node')) ? '' : 'the addon is not built',
]
  .filter((t) => t !== '')
  .join(', ');

interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: Record<string, unknown>;
  readonly err: string;
}

const children = new Set<ChildProcess>();
/** Starts a scenario. `onLine` is called with what it says. */
function run(args: readonly (string | number)[], onLine?: (child: ChildProcess) => void): Promise<Result> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'teardown/child.mjs'), ...args.map(String)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (d: string) => {
    out += d;
    if (out.includes('\n')) onLine?.(child);
  });
  child.stderr.setEncoding('utf8').on('data', (d: string) => (err += d));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal, out: out === '' ? {} : (JSON.parse(out) as Record<string, unknown>), err });
    });
  });
}
const ended = { code: 0, signal: null, err: '' };

describe('teardown', { timeout: minutes(5) }, () => {
  let storm: ChildProcess | undefined;
  let before: Map<string, string>;
  beforeAll(() => {
    if (missing !== '') return;
    buildHelper();
    storm = spawn('/bin/sh', ['-c', 'while :; do /bin/true; /bin/true; sleep 0.001; done'], { stdio: 'ignore' });
  });
  afterAll(() => {
    storm?.kill('SIGKILL');
    for (const c of children) c.kill('SIGKILL');
    removeHelper();
  });
  beforeEach((context) => {
    if (missing !== '') context.skip(missing);
    before = ours();
  });
  afterEach(async () => {
    expect(storm?.exitCode ?? storm?.signalCode, 'the storm is still on').toBe(null);
    expect(await leftOver(before), 'left in the kernel').toEqual([]);
  });

  /** What repeated work may leave behind: nothing, but for memory that the allocator keeps. */
  const clean = (rssMiB: number) => ({
    fds: 0,
    threads: 0,
    rssMiB: expect.toSatisfy((n: number) => n < rssMiB, `RSS grows by less than ${rssMiB} MiB`) as number,
  });

  test(
    `start and stop ${cycles} times`,
    async () => {
      const r = await run(['cycles', cycles]);
      console.log(JSON.stringify(r.out));
      expect(r).toMatchObject({ ...ended, out: { cycles, ...clean(24) } });
    },
    minutes(5) + cycles * 3000,
  );

  test('stop() during start()', async () => {
    const r = await run(['stop-during-start', rounds(12)]);
    expect(r).toMatchObject({ ...ended, out: clean(16) });
    const outcomes = r.out['outcomes'] as Record<string, number>;
    expect(outcomes['ERR_SYSMON_STATE']).toBeGreaterThan(0);
    expect(Object.keys(outcomes).filter((k) => k !== 'ERR_SYSMON_STATE' && k !== 'resolved')).toEqual([]);
  });

  test('AbortSignal during start()', async () => {
    const r = await run(['abort-during-start', rounds(12)]);
    expect(r).toMatchObject({ ...ended, out: clean(16) });
    const outcomes = r.out['outcomes'] as Record<string, number>;
    expect(outcomes['aborted']).toBeGreaterThan(0);
    expect(Object.keys(outcomes).filter((k) => k !== 'aborted' && k !== 'resolved')).toEqual([]);
  });

  test.each(['before', 'starting', 'running', 'stopping'])('worker.terminate(): %s', async (stage) => {
    expect(await run(['terminate', rounds(5), stage])).toMatchObject({ ...ended, out: clean(40) });
  });

  test.each(['before', 'starting', 'running', 'listener', 'stopping'])('process.exit(): %s', async (stage) => {
    for (let i = 0; i < 2; i++)
      expect(await run(['exit', 0, stage])).toEqual({ code: 7, signal: null, err: '', out: {} });
  });

  test('what is dropped after stop(), or was never started, is collected', async () => {
    const r = await run(['dropped-stopped', rounds(12)]);
    expect(r).toMatchObject({ ...ended, out: { fds: 0 } });
    expect(r.out['collected']).toBeGreaterThanOrEqual(2 * rounds(12) - 2); // the engine may keep the last ones
  });

  test('one that runs and that nobody refers to goes on', async () => {
    expect(await run(['dropped-running'])).toEqual({ ...ended, out: { heard: true } });
  });

  test('unref(): the process ends when its own work is done', async () => {
    expect(await run(['unreferenced'])).toEqual({ ...ended, out: { running: true } });
  });

  test('stop({ timeoutMs }) with a listener that is too slow: in time, and what is left is counted', async () => {
    const r = await run(['stop-in-time']);
    expect(r).toMatchObject({ ...ended, out: { missing: 0 } });
    const { ms, lost, told } = r.out as Record<string, number>;
    expect(lost).toBeGreaterThan(0);
    expect(told).toBe(lost);
    // The listener has the loop for 50 ms at a time.
    expect(ms).toBeLessThan(2000 + 200);
  });

  test('stop({ timeoutMs }) while an event waits for its digest: it comes without, and nothing is lost', async () => {
    const r = await run(['stop-waiting']);
    expect(r).toMatchObject({ ...ended, out: { early: 0, heard: ['open'], lost: {} } });
    expect(r.out['ms']).toBeLessThan(2000);
  });

  test('a listener that throws', async () => {
    expect(await run(['throwing-listener'])).toEqual({
      ...ended,
      out: { errors: true, codes: ['ERR_SYSMON_LISTENER'] },
    });
  });

  test('an uncaught exception ends the process as it ends any', async () => {
    const r = await run(['uncaught']);
    expect(r).toMatchObject({ code: 1, signal: null });
    expect(r.err).toContain('nobody catches this');
  });

  test('several at once, in one thread and in others', async () => {
    expect(await run(['several', 3])).toMatchObject({ ...ended, out: clean(40) });
  });

  test('start() again after stop()', async () => {
    expect(await run(['restart'])).toEqual({
      ...ended,
      out: {
        states: ['Started', 'Stopped', 'Started', 'Stopped', 'Started', 'Stopped'],
        ascending: true,
        events: true,
      },
    });
  });

  test('start() twice', async () => {
    expect(await run(['start-twice'])).toEqual({
      ...ended,
      out: { second: 'ERR_SYSMON_STATE', third: 'ERR_SYSMON_STATE' },
    });
  });

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGKILL'])('%s ends it as it ends any process', async (signal) => {
    let held = new Set<string>();
    const r = await run(['run-for-signal'], (child) => {
      held = heldBy(child.pid as number);
      child.kill(signal);
    });
    expect(r).toMatchObject({ code: null, signal, err: '' });
    // The search for what is left sees what it must: the process did hold programs, maps and links.
    for (const kind of ['prog', 'map', 'link'])
      expect(
        [...held].some((k) => k.startsWith(`${kind} `)),
        kind,
      ).toBe(true);
  });
});
