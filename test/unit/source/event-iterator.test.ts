import { describe, expect, test, vi } from 'vitest';
import { EventIterator, type EventsOptions, type Handed } from '../../../lib/source/event-iterator.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';

const burn = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};
const event = (n: number, type = 'ProcessCreate') => ({ type, recordId: n }) as unknown as SysmonEvent;

function setUp(options: EventsOptions = {}) {
  const host = { onDrop: vi.fn(), hold: vi.fn(), resume: vi.fn(), onDone: vi.fn() };
  const iterator = new EventIterator(options, host);
  const dropped = () => host.onDrop.mock.calls.map(([handed]) => (handed as Handed).event.recordId);
  return { host, iterator, dropped };
}
const ids = async (iterator: EventIterator) => {
  const out: number[] = [];
  for await (const e of iterator) out.push(e.recordId);
  return out;
};
const hand = (iterator: EventIterator, e: SysmonEvent) => {
  if (iterator.wants(e.type)) iterator.push({ event: e, readers: 1 });
};
const push = (iterator: EventIterator, from: number, to: number) => {
  for (let i = from; i <= to; i++) hand(iterator, event(i));
};

describe('EventIterator', () => {
  test('gives what came, in order, and ends with the sensor', async () => {
    const { iterator, host } = setUp();
    push(iterator, 1, 3);
    iterator.end();
    hand(iterator, event(4));
    expect(await ids(iterator)).toEqual([1, 2, 3]);
    expect(host.onDone).toHaveBeenCalledOnce();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
  test('readers that wait are served in order', async () => {
    const { iterator } = setUp();
    const both = Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    push(iterator, 1, 2);
    iterator.end();
    expect((await both).map((r) => (r.done ? 'done' : r.value.recordId))).toEqual([1, 2, 'done']);
  });
  test('only the types asked for', async () => {
    const { iterator } = setUp({ types: ['ProcessTerminate'] });
    hand(iterator, event(1));
    hand(iterator, event(2, 'ProcessTerminate'));
    iterator.end();
    expect(await ids(iterator)).toEqual([2]);
  });
  test('drop-oldest is the default', async () => {
    const { iterator, dropped } = setUp({ highWaterMark: 2 });
    push(iterator, 1, 5);
    iterator.end();
    expect(await ids(iterator)).toEqual([4, 5]);
    expect(dropped()).toEqual([1, 2, 3]);
  });
  test('drop-newest', async () => {
    const { iterator, dropped } = setUp({ highWaterMark: 2, onFull: 'drop-newest' });
    push(iterator, 1, 5);
    iterator.end();
    expect(await ids(iterator)).toEqual([1, 2]);
    expect(dropped()).toEqual([3, 4, 5]);
  });
  test('1024 events by default', () => {
    const { iterator, dropped } = setUp();
    push(iterator, 1, 1024);
    expect(dropped()).toEqual([]);
    hand(iterator, event(1025));
    expect(dropped()).toEqual([1]);
  });
  test('block holds the sensor when full and lets go once half is free', async () => {
    const { iterator, host, dropped } = setUp({ highWaterMark: 4, onFull: 'block' });
    push(iterator, 1, 3);
    expect(host.hold).not.toHaveBeenCalled();
    push(iterator, 4, 4);
    expect(host.hold).toHaveBeenCalledOnce();
    push(iterator, 5, 5); // was on its way
    await iterator.next();
    await iterator.next();
    expect(host.resume).not.toHaveBeenCalled();
    await iterator.next();
    expect(host.resume).toHaveBeenCalledOnce();
    expect(dropped()).toEqual([]);
    iterator.end();
    expect(await ids(iterator)).toEqual([4, 5]);
    expect(host.hold).toHaveBeenCalledTimes(1);
    expect(host.resume).toHaveBeenCalledTimes(1);
  });
  test('block: a sensor that stops is held no more, and nothing is lost', async () => {
    const { iterator, host, dropped } = setUp({ highWaterMark: 1, onFull: 'block' });
    push(iterator, 1, 1);
    expect(host.hold).toHaveBeenCalledOnce();
    iterator.unblock();
    expect(host.resume).toHaveBeenCalledOnce();
    push(iterator, 2, 20);
    expect(host.hold).toHaveBeenCalledOnce();
    iterator.end();
    expect(await ids(iterator)).toHaveLength(20);
    expect(dropped()).toEqual([]);
    expect(host.resume).toHaveBeenCalledOnce();
  });
  test.each(['return', 'abort'])('block: %s lets go of the sensor', async (how) => {
    const abort = new AbortController();
    const { iterator, host } = setUp({ highWaterMark: 1, onFull: 'block', signal: abort.signal });
    push(iterator, 1, 1);
    if (how === 'return') await iterator.return();
    else abort.abort();
    expect(host.resume).toHaveBeenCalledOnce();
    expect(host.onDone).toHaveBeenCalledOnce();
  });
  test('break ends it and drops what is in the buffer', async () => {
    const { iterator, host } = setUp();
    push(iterator, 1, 3);
    for await (const e of iterator) {
      expect(e.recordId).toBe(1);
      break;
    }
    expect(host.onDone).toHaveBeenCalledOnce();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
  test('return() also ends readers that wait', async () => {
    const { iterator } = setUp();
    const waiting = iterator.next();
    await iterator.return();
    expect((await waiting).done).toBe(true);
  });
  test('a slow reader of what waits does not keep the loop from the host', async () => {
    const { iterator } = setUp();
    push(iterator, 1, 40);
    iterator.end();
    let seen = 0;
    let before = 0;
    const perTick: number[] = [];
    const timer = setInterval(() => {
      perTick.push(seen - before);
      before = seen;
    }, 1);
    for await (const e of iterator) {
      expect(e.recordId).toBe(++seen);
      burn(4);
    }
    clearInterval(timer);
    expect(seen).toBe(40);
    expect(perTick.length).toBeGreaterThan(20);
    // The second event of a turn may come before the clock is looked at.
    expect(Math.max(...perTick)).toBeLessThanOrEqual(2);
  });
  test('readers that wait for the next turn are served in order, before what comes meanwhile', async () => {
    const { iterator } = setUp();
    push(iterator, 1, 3);
    const first = iterator.next();
    burn(4);
    const others = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    push(iterator, 4, 4);
    iterator.end();
    const all = await Promise.all([first, ...others]);
    expect(all.map((r) => (r.done ? 'done' : r.value.recordId))).toEqual([1, 2, 3, 4, 'done']);
  });
  test('return() and an abort reach a reader that waits for the next turn', async () => {
    for (const how of ['return', 'abort']) {
      const abort = new AbortController();
      const { iterator } = setUp({ signal: abort.signal });
      push(iterator, 1, 3);
      await iterator.next();
      burn(4);
      const waiting = iterator.next();
      if (how === 'return') await iterator.return();
      else abort.abort(new Error('enough'));
      if (how === 'return') expect((await waiting).done).toBe(true);
      else await expect(waiting).rejects.toThrow('enough');
    }
  });
  test('an aborted signal rejects who waits, with its reason', async () => {
    const abort = new AbortController();
    const { iterator, host } = setUp({ signal: abort.signal });
    const waiting = iterator.next();
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(host.onDone).toHaveBeenCalledOnce();
    expect((await iterator.next()).done).toBe(true);
  });
  test('an abort that nobody waits for rejects the next read, once', async () => {
    const abort = new AbortController();
    const { iterator } = setUp({ signal: abort.signal });
    push(iterator, 1, 2);
    abort.abort(new Error('enough'));
    await expect(iterator.next()).rejects.toThrow('enough');
    expect((await iterator.next()).done).toBe(true);
  });
  test('a signal that was aborted before', async () => {
    const { iterator, host } = setUp({ signal: AbortSignal.abort(new Error('early')) });
    expect(host.onDone).toHaveBeenCalledOnce();
    await expect(iterator.next()).rejects.toThrow('early');
  });
  test('leaves no listener on the signal', () => {
    const abort = new AbortController();
    const remove = vi.spyOn(abort.signal, 'removeEventListener');
    setUp({ signal: abort.signal }).iterator.end();
    expect(remove).toHaveBeenCalledOnce();
  });
  test('stays small over many events', async () => {
    const { iterator } = setUp({ highWaterMark: 100 });
    for (let i = 1; i <= 10_000; i++) {
      hand(iterator, event(i));
      expect((await iterator.next()).value?.recordId).toBe(i);
    }
  });
  test.each([
    [{ types: ['ProcesCreate'] }, "'ProcesCreate' is no type of event. Did you mean 'ProcessCreate'?"],
    [{ highWaterMark: 0 }, 'highWaterMark: expected a whole number of at least 1, got 0.'],
    [{ highWaterMark: 1.5 }, 'highWaterMark'],
    [{ highWaterMark: '8' }, 'highWaterMark'],
    [{ onFull: 'dropOldest' }, "onFull: expected 'drop-oldest', 'drop-newest' or 'block', got 'dropOldest'."],
  ])('refuses %j', (options, text) => {
    expect(() => setUp(options as EventsOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_SYSMON_OPTION', message: expect.stringContaining(text) as string }) as Error,
    );
  });
});
