/** What `run` and `record` do with a sensor, over a native part that the test plays. */
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SinkError } from '../../../lib/sink/sink.js';
import { Entry } from '../../../lib/schema/tables.gen.js';
import { json } from '../../../lib/serializer/index.js';
import { brokenPipe } from './broken-pipe.js';
import { native, played, playedNative, send } from '../played-native.js';

vi.mock('../../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../../lib/native.js')>()),
);
const { capture } = await import('../../../lib/cli/capture.js');
const { Output } = await import('../../../lib/cli/output.js');

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'sysmon-capture-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};
const plan = { options: { hash: 'none' as const }, durationMs: undefined, maxEvents: undefined };
const ready = (): void => send((w) => w.entry(Entry.READY, []).process({ ref: 0 }));
const end = (): void => send((w) => w.entry(Entry.END, []));
const loss = (): void =>
  send((w) =>
    w
      .string(1, 'ring')
      .string(2, 'ProcessCreate')
      .entry(Entry.LOSS, [1, 2, 7, 0, 1_700_000_000, 1, 1_700_000_001, 2, 0, 0])
      .string(3, 'packets') // which are no events
      .entry(Entry.LOSS, [1, 2, 100, 0, 1_700_000_000, 1, 1_700_000_001, 2, 3, 0]),
  );
const asked = (): Promise<void> => vi.waitUntil(() => native().calls.includes('stop'), 20_000).then(() => undefined);
const hangUp = (): void => void process.emit('SIGHUP', 'SIGHUP');

/** A capture to a file that has begun: its native part was started. */
async function begun(target: string | number, onHangup: 'reopen' | 'stop' = 'stop', onLive?: () => void) {
  const said: string[] = [];
  const write = (text: string): void => void said.push(text);
  const before = played.length;
  const listening = process.listenerCount('SIGHUP');
  const done = capture(
    plan,
    { output: Output.to(target), serialize: json, onHangup, ...(onLive && { onLive }) },
    { stdin: process.stdin, stdout: { write }, stderr: { write } },
  );
  await vi.waitUntil(() => played.length > before && native().calls.includes('start'), 20_000);
  return { done, said, deaf: () => process.listenerCount('SIGHUP') === listening };
}

const states = (text: string): string[] => [...text.matchAll(/"State":"(\w+)"/g)].map(([, state]) => state);

test('stopped before it had started is stopped as asked', async () => {
  const { done, said, deaf } = await begun(join(folder(), 'out'));
  process.emit('SIGTERM', 'SIGTERM');
  await asked();
  end();
  expect(await done).toMatchObject({ failure: undefined, events: 0, lost: 0 });
  expect(said).toEqual([]);
  expect(deaf()).toBe(true);
});

test('a loss that cannot be written is counted, and the failed write alone is the failure', async () => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const { done, said } = await begun(full);
  ready();
  await asked(); // by the failed write: nothing else came
  loss();
  end();
  const { failure, lost } = await done;
  expect(lost).toBe(7);
  // Started and the configuration; two losses, and an Error for each that says so; Stopped.
  expect((failure as SinkError).message).toMatch(
    /^cannot write to standard output: ENOSPC.*: 7 lines were not written$/,
  );
  expect(said).toEqual([]);
});

test('a reader that goes away is a failure, and what it missed is counted', async () => {
  const pipe = brokenPipe();
  onTestFinished(() => closeSync(pipe));
  const { done, said } = await begun(pipe);
  ready();
  await asked();
  loss();
  end();
  const { failure } = await done;
  expect(failure).toMatchObject({ brokenPipe: true });
  expect(failure?.message).toBe('the reader of standard output is gone: 7 lines were not written');
  expect(said).toEqual([]);
});

test('it tells when it is live, and what became of its file', async () => {
  const file = join(folder(), 'out');
  let live = 0;
  const { done, said } = await begun(file, 'stop', () => void live++);
  expect(live).toBe(0);
  ready();
  await vi.waitUntil(() => readFileSync(file, 'utf8').includes('"Started"'), 20_000);
  expect(live).toBe(1);
  rmSync(file);
  loss();
  await vi.waitUntil(() => existsSync(file), 20_000);
  process.emit('SIGTERM', 'SIGTERM');
  await asked();
  end();
  expect((await done).failure).toBeUndefined();
  expect(said).toEqual([expect.stringMatching(/^sysmon: \/.*out was removed: /)]);
  expect(readFileSync(file, 'utf8')).toMatch(/"type":"Loss"/);
});

test('a sensor that dies is said once', async () => {
  const { done, said } = await begun(join(folder(), 'out'));
  ready();
  native().send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
  const { failure } = await done;
  expect(failure).toMatchObject({ code: 'ERR_SYSMON_LOAD', message: expect.stringContaining('gone') as string });
  expect(said).toEqual([]);
});

test('SIGHUP opens a file anew, or ends it', async () => {
  const file = join(folder(), 'out');
  const first = await begun(file, 'reopen');
  ready();
  await vi.waitUntil(() => readFileSync(file, 'utf8').includes('"Started"'), 20_000);
  renameSync(file, `${file}.1`);
  hangUp();
  await vi.waitUntil(() => {
    try {
      return readFileSync(file, 'utf8') === '';
    } catch {
      return false;
    }
  }, 20_000);
  process.emit('SIGINT', 'SIGINT');
  await asked();
  end();
  expect((await first.done).failure).toBeUndefined();
  expect([states(readFileSync(`${file}.1`, 'utf8')), states(readFileSync(file, 'utf8'))]).toEqual([
    ['Started'],
    ['Stopped'],
  ]);

  const second = await begun(`${file}.2`);
  ready();
  hangUp();
  hangUp(); // the kernel and the shell may both say it
  await asked();
  end();
  expect((await second.done).failure).toBeUndefined();
  expect(states(readFileSync(`${file}.2`, 'utf8'))).toEqual(['Started', 'Stopped']);
});

test('a file that cannot be opened anew ends it', async () => {
  const dir = folder();
  const sub = join(dir, 'sub');
  mkdirSync(sub);
  const { done } = await begun(join(sub, 'out'), 'reopen');
  ready();
  renameSync(sub, join(dir, 'moved'));
  hangUp();
  await asked();
  end();
  expect((await done).failure?.message).toMatch(/cannot write to .*out: ENOENT/);
  expect(states(readFileSync(join(dir, 'moved/out'), 'utf8'))).toEqual(['Started', 'Stopped']);
});
