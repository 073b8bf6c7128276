/** stop({ timeoutMs }), ref() and unref(), over a native part that the test plays. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Entry } from '../../lib/schema/tables.gen.js';
import { Replay } from '../../lib/replay/index.js';
import type { Sysmon } from '../../lib/index.js';
import { creates, finish, native, playedNative, ready, send, started } from './played-native.js';

vi.mock('../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../lib/native.js')>()),
);

function hear(s: Sysmon): string[] {
  const log: string[] = [];
  s.on('ProcessCreate', (e) => log.push(e.time.slice(-4, -1)))
    .on('loss', (l) => log.push(`loss ${l.stage} ${l.eventType} ${l.count}`))
    .on('ServiceStateChange', (e) => log.push(e.data.State))
    .on('close', () => log.push('close'));
  return log;
}
const end = (slot = 0) => send((w) => w.entry(Entry.END, []), slot);

describe('stop({ timeoutMs })', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('in time: as without, and no timer is left', async () => {
    const s = await started();
    const log = hear(s);
    const stop = s.stop({ timeoutMs: 1000 });
    send(creates(2));
    end();
    await stop;
    expect(log).toEqual(['001', '002', 'Stopped', 'close']);
    expect(native().calls).toContain('stop 500'); // then the worker waits for no digest any more
    expect(vi.getTimerCount()).toBe(0);
    expect(s.stats().lost).toEqual({});
  });
  test('what comes too late is counted and told, and the end is in order', async () => {
    const s = await started();
    const log = hear(s);
    const stop = s.stop({ timeoutMs: 1000 });
    send(creates(1));
    vi.advanceTimersByTime(750);
    send(creates(3, 2), 1);
    end(2);
    await stop;
    expect(log).toEqual(['001', 'loss queue ProcessCreate 3', 'Stopped', 'close']);
    expect(s.stats().lost).toEqual({ queue: { ProcessCreate: 3 } });
    expect(s.stats().events['ProcessCreate']).toBe(1);
    expect(native().calls.filter((c) => c.startsWith('release'))).toHaveLength(4); // the worker is never held up
  });
  test('what a hold kept back is counted too', async () => {
    const s = await started();
    const log = hear(s);
    void s.stop();
    // Made while it stops: nothing takes the hold off.
    s.events({ highWaterMark: 1, onFull: 'block' });
    send(creates(3));
    expect(log).toEqual(['001']);
    const stop = s.stop({ timeoutMs: 100 });
    vi.advanceTimersByTime(75);
    end(1);
    await stop;
    expect(log).toEqual(['001', 'loss queue ProcessCreate 2', 'Stopped', 'close']);
  });
  test('no end in time: rejected, nothing more is delivered, and close comes', async () => {
    const s = await started();
    const log = hear(s);
    const stop = s.stop({ timeoutMs: 1000 });
    const settled = expect(stop).rejects.toMatchObject({
      code: 'ERR_SYSMON_TIMEOUT',
      message: expect.stringContaining('after 1000 ms') as string,
    });
    vi.advanceTimersByTime(750);
    send(creates(2));
    vi.advanceTimersByTime(250);
    await settled;
    expect(log).toEqual(['loss queue ProcessCreate 2']); // told at once, not with an end that may never come
    await expect(Promise.race([s.start({ signal: AbortSignal.abort(new Error('no')) })])).rejects.toThrow('no');
    const later = s.stop();
    send(creates(1), 1);
    end(2);
    await later;
    expect(log).toEqual(['loss queue ProcessCreate 2', 'loss queue ProcessCreate 1', 'Stopped', 'close']);
    await ready(s);
    send(creates(1));
    expect(log.at(-1)).toBe('001'); // the next run delivers
    void s.stop();
    end();
    await turn();
  });
  test('the shorter of two times holds, and a stop without one still waits', async () => {
    const s = await started();
    const without = s.stop();
    const short = s.stop({ timeoutMs: 100 });
    const refused = expect(short).rejects.toMatchObject({ code: 'ERR_SYSMON_TIMEOUT' });
    vi.advanceTimersByTime(100);
    await refused;
    end();
    await without;
    expect(native().calls.filter((c) => c.startsWith('stop'))).toEqual(['stop', 'stop 50']);
  });
  test('while it starts', async () => {
    const { Sysmon } = await import('../../lib/sysmon.js');
    const s = new Sysmon();
    const start = s.start();
    const stop = s.stop({ timeoutMs: 100 });
    await expect(start).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    const refused = expect(stop).rejects.toMatchObject({ code: 'ERR_SYSMON_TIMEOUT' });
    vi.advanceTimersByTime(100);
    await refused;
    const closed = s.stop();
    send((w) => w.entry(Entry.READY, []).entry(Entry.END, []));
    await closed;
  });
  test.each([
    [{ timeoutMs: 0 }, 'stop(): timeoutMs: expected a whole number from 1 to 600000, got 0.'],
    [{ timeoutMs: '5' }, "got '5'"],
    [{ timeoutMs: 1e9 }, 'from 1 to 600000'],
    [{ timeout: 5 }, "stop(): unknown option 'timeout'. Did you mean 'timeoutMs'?"],
    [5, 'stop(): expected an object with options, got 5.'],
  ])('refuses %j', async (options, text) => {
    const s = await started();
    const refused = { code: 'ERR_SYSMON_OPTION', message: expect.stringContaining(text) as string };
    await expect(s.stop(options as object)).rejects.toMatchObject(refused);
    await expect(new Replay('x').stop(options as object)).rejects.toMatchObject(refused);
    expect(native().calls).not.toContain('stop'); // it still runs
    await finish(s);
  });
  test('of a recording that gives no end', async () => {
    const replay = new Replay({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) });
    await replay.start();
    await turn();
    const refused = expect(replay.stop({ timeoutMs: 10 })).rejects.toMatchObject({ code: 'ERR_SYSMON_TIMEOUT' });
    vi.advanceTimersByTime(10);
    await refused;
  });
});

describe('ref() and unref()', () => {
  test('a running sensor keeps the process alive, unless it is told not to', async () => {
    const s = await started();
    expect(native().alive).toBe(true);
    expect(s.unref()).toBe(s);
    expect(native().alive).toBe(false);
    expect(s.ref()).toBe(s);
    expect(native().alive).toBe(true);
    await finish(s);
  });
  test('one that starts or stops does in any case; it holds for later runs', async () => {
    const { Sysmon } = await import('../../lib/sysmon.js');
    const s = new Sysmon().unref();
    const start = s.start();
    expect(native().alive).toBe(true);
    send((w) => w.entry(Entry.READY, []));
    await start;
    expect(native().alive).toBe(false);
    const stop = s.stop();
    expect(native().alive).toBe(true);
    end();
    await stop;
    await ready(s);
    expect(native().alive).toBe(false);
    await finish(s);
  });
});
