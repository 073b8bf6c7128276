/** Losses of readers that are too slow, and of a sensor that fails: told, counted, and never for ever. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Entry } from '../../lib/schema/tables.gen.js';
import { creates, finish, native, playedNative, ready, send, started } from './played-native.js';
import type { Sysmon } from '../../lib/index.js';

vi.mock('../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../lib/native.js')>()),
);

/** What a program hears, in order. */
function hear(s: Sysmon): string[] {
  const log: string[] = [];
  s.on('loss', (l) => log.push(`loss ${l.stage} ${l.eventType} ${l.count}`))
    .on('Error', (e) => log.push(`Error ${e.data.ID}`))
    .on('ServiceStateChange', (e) => log.push(e.data.State))
    .on('error', (e) => log.push(e.code))
    .on('close', () => log.push('close'));
  return log;
}

describe('a full iterator that nobody reads', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test.each(['drop-oldest', 'drop-newest'] as const)(
    '%s: a report of its losses makes no further report',
    async (onFull) => {
      const s = await started();
      const log = hear(s);
      s.events({ highWaterMark: 2, onFull });
      send(creates(3));
      vi.advanceTimersByTime(60_000);
      expect(log).toEqual(['loss consumer ProcessCreate 1', 'Error LOSS']);
      // The report had no room in the iterator either.
      const displaced = onFull === 'drop-oldest' ? { ProcessCreate: 2 } : { ProcessCreate: 1, Error: 1 };
      expect(s.stats().lost).toEqual({ consumer: displaced });
      // It is told with the next loss.
      log.length = 0;
      send(creates(1));
      vi.advanceTimersByTime(60_000);
      expect(log.filter((l) => l.startsWith('loss')).sort()).toEqual(
        onFull === 'drop-oldest'
          ? ['loss consumer ProcessCreate 2']
          : ['loss consumer Error 1', 'loss consumer ProcessCreate 1'],
      );
      await finish(s);
    },
  );

  test('what Stopped displaces is told before close, and nothing after it', async () => {
    const s = await started();
    const log = hear(s);
    const iterator = s.events({ highWaterMark: 2 });
    send(creates(2));
    await finish(s);
    const { lost } = s.stats();
    const delivered = s.stats().events;
    expect(log).toEqual(['Stopped', 'loss consumer ProcessCreate 1', 'Error LOSS', 'close']);
    vi.advanceTimersByTime(60_000);
    await turn();
    expect(log.at(-1)).toBe('close');
    // Nobody has to wait for the figures: two events are in the buffer, the others were lost.
    expect(s.stats().lost).toEqual(lost);
    expect(lost).toEqual({ consumer: { ProcessCreate: 2 } });
    const left: string[] = [];
    for await (const e of iterator) left.push(e.type);
    expect(left).toEqual(['ServiceStateChange', 'Error']);
    expect(delivered).toMatchObject({ Error: 1, ServiceStateChange: 2 });
    expect(delivered).not.toHaveProperty('ProcessCreate');
  });

  test('nothing of it is left for the next run', async () => {
    const s = await started();
    s.events({ highWaterMark: 1 });
    send(creates(2));
    await finish(s);
    const log = hear(s);
    await ready(s);
    send(creates(2));
    vi.advanceTimersByTime(60_000);
    await finish(s);
    expect(log.filter((l) => l.startsWith('loss') || l.startsWith('Error'))).toEqual([]);
  });
});

describe('a sensor that fails while events wait', () => {
  test('they are counted and told, and none comes after close', async () => {
    const s = await started();
    const log = hear(s);
    s.on('ProcessCreate', (e) => void log.push(e.time.slice(-4, -1)));
    s.on('ProcessTerminate', () => void log.push('end'));
    const iterator = s.events({ highWaterMark: 2, onFull: 'block' });
    send(creates(5));
    send(
      (w) =>
        w.terminate(0).string(1, 'ring').string(2, 'ProcessCreate').entry(Entry.LOSS, [1, 2, 7, 0, 1, 1, 2, 2, 0, 0]),
      1,
    );
    expect(log).toEqual(['001', '002']);
    expect(s.stats().queuedBatches).toBe(2);
    native().send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
    const expected = ['001', '002', 'loss ring ProcessCreate 7', 'Error LOSS'];
    expected.push(
      'loss queue ProcessCreate 3',
      'Error LOSS',
      'loss queue ProcessTerminate 1',
      'Error LOSS',
      'ERR_SYSMON_LOAD',
      'close',
    );
    expect(log).toEqual(expected);
    expect(s.stats().lost).toEqual({ ring: { ProcessCreate: 7 }, queue: { ProcessCreate: 3, ProcessTerminate: 1 } });
    expect(s.stats().queuedBatches).toBe(0);

    await ready(s);
    native().calls.length = 0;
    await iterator.return();
    for (let i = 0; i < 5; i++) await turn();
    expect(log.slice(expected.length)).toEqual(['Started']);
    await finish(s);
  });

  test('a delivery that has its next turn on the list', async () => {
    const s = await started();
    const log: string[] = [];
    s.on('ProcessCreate', (e) => void log.push(e.time.slice(-4, -1))).on('close', () => void log.push('close'));
    let ms = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => (ms += 10)); // every turn is over at once
    send(creates(200));
    const seen = log.length;
    expect(seen).toBeLessThan(200);
    s.on('error', () => undefined);
    native().send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
    for (let i = 0; i < 5; i++) await turn();
    expect(log).toHaveLength(seen + 1);
    expect(log.at(-1)).toBe('close');
    expect(s.stats().lost).toEqual({ queue: { ProcessCreate: 200 - seen } });
  });

  test('what the old native part says does not touch the next run', async () => {
    const s = await started();
    s.on('error', () => undefined);
    const old = native();
    old.send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
    await ready(s);
    const closed = vi.fn();
    s.on('close', closed);
    old.send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
    expect(closed).not.toHaveBeenCalled();
    await finish(s);
  });
});
