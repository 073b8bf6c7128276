/** Events in arrays: when a batch is full, when its time is over, and how it ends. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BatchOptions, EventBatches } from '../../../lib/source/event-batches.js';
import { EventIterator, type EventsOptions } from '../../../lib/source/event-iterator.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';

const burn = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

function setUp(batch?: BatchOptions, options: EventsOptions = {}) {
  const host = { onDrop: vi.fn(), hold: vi.fn(), resume: vi.fn(), onDone: vi.fn() };
  const iterator = new EventIterator(options, host);
  const push = (from: number, to: number): void => {
    for (let i = from; i <= to; i++)
      iterator.push({ event: { type: 'ProcessCreate', recordId: i } as unknown as SysmonEvent, readers: 1 });
  };
  return { host, iterator, push, batches: iterator.batches(batch) };
}
const ids = (result: IteratorResult<SysmonEvent[], undefined>) =>
  result.done ? 'done' : result.value.map((e) => e.recordId);
const next = async (batches: EventBatches) => ids(await batches.next());
/** What has been handed over by now. */
const watch = (batches: EventBatches) => {
  const seen: unknown[] = [];
  void (async () => {
    for (;;) {
      const got = await next(batches);
      seen.push(got);
      if (got === 'done') return;
    }
  })().catch((e: unknown) => seen.push(e));
  return seen;
};
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('by number', () => {
  test('a full batch goes at once, what is left waits for its own', async () => {
    const { push, batches } = setUp({ max: 3, ms: 3_600_000 });
    const seen = watch(batches);
    push(1, 2);
    await settle();
    expect(seen).toEqual([]);
    push(3, 7);
    await settle();
    expect(seen).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    await batches.return();
  });
  test('what was in the buffer before', async () => {
    const iterator = new EventIterator({}, { onDrop: vi.fn(), hold: vi.fn(), resume: vi.fn(), onDone: vi.fn() });
    iterator.push({ event: { type: 'ProcessCreate', recordId: 9 } as unknown as SysmonEvent, readers: 1 });
    expect(await next(iterator.batches({ ms: 1 }))).toEqual([9]);
  });
  test('never more than max, also of what waited for a reader', async () => {
    const { push, batches, iterator } = setUp({ max: 4 });
    push(1, 10);
    iterator.end();
    expect([await next(batches), await next(batches), await next(batches), await next(batches)]).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10],
      'done',
    ]);
  });
  test('the default is half of the buffer, and a slow reader loses what the buffer loses', async () => {
    const { push, batches, host } = setUp(undefined, { highWaterMark: 10 });
    push(1, 12);
    expect(host.onDrop).toHaveBeenCalledTimes(2);
    expect(await next(batches)).toEqual([3, 4, 5, 6, 7]);
  });
  test('block: the sensor is held until half of the buffer is free', async () => {
    const { push, batches, host } = setUp({ max: 2 }, { highWaterMark: 4, onFull: 'block' });
    push(1, 4);
    expect(host.hold).toHaveBeenCalledOnce();
    expect(await next(batches)).toEqual([1, 2]);
    expect(host.resume).toHaveBeenCalledOnce();
    expect(host.onDrop).not.toHaveBeenCalled();
  });
  test('readers that wait are served in order', async () => {
    const { push, batches, iterator } = setUp({ max: 2 });
    const all = Promise.all([next(batches), next(batches), next(batches)]);
    push(1, 3);
    iterator.end();
    expect(await all).toEqual([[1, 2], [3], 'done']);
  });
});

describe('by time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('ms after the first event came, not after the reader asked', async () => {
    const { push, batches } = setUp({ max: 100, ms: 50 });
    push(1, 1);
    vi.advanceTimersByTime(30);
    const seen = watch(batches);
    push(2, 2);
    vi.advanceTimersByTime(19);
    await settle();
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    await settle();
    expect(seen).toEqual([[1, 2]]);
    await batches.return();
  });
  test('no batch is empty, and the next has a time of its own', async () => {
    const { push, batches } = setUp({ max: 100, ms: 50 });
    const seen = watch(batches);
    vi.advanceTimersByTime(1000);
    await settle();
    expect(seen).toEqual([]);
    push(1, 1);
    vi.advanceTimersByTime(50);
    await settle();
    push(2, 2);
    vi.advanceTimersByTime(49);
    await settle();
    expect(seen).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    await settle();
    expect(seen).toEqual([[1], [2]]);
    await batches.return();
  });
  test('a reader that comes late has what is due at once', async () => {
    const { push, batches } = setUp({ max: 100, ms: 50 });
    push(1, 2);
    vi.advanceTimersByTime(60);
    push(3, 3);
    expect(await next(batches)).toEqual([1, 2, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });
  test('what a full batch leaves behind goes no later than it would have alone', async () => {
    const { push, batches } = setUp({ max: 2, ms: 50 });
    const seen = watch(batches);
    push(1, 3);
    vi.advanceTimersByTime(50);
    await settle();
    expect(seen).toEqual([[1, 2], [3]]);
    await batches.return();
  });
  test.each(['batches', 'iterator', 'end'] as const)('no timer is left: %s', async (how) => {
    const set = setUp();
    set.push(1, 1);
    expect(vi.getTimerCount()).toBe(1);
    if (how === 'end') set.iterator.end();
    else await set[how].return();
    expect(await next(set.batches)).toEqual(how === 'end' ? [1] : 'done');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the end', () => {
  test('break ends the iterator and drops what waits', async () => {
    const { push, batches, host } = setUp({ max: 1 });
    push(1, 3);
    for await (const batch of batches) {
      expect(batch).toHaveLength(1);
      break;
    }
    expect(host.onDone).toHaveBeenCalledOnce();
    expect(await next(batches)).toBe('done');
  });
  test('return() of either ends a reader that waits', async () => {
    for (const of of ['batches', 'iterator'] as const) {
      const set = setUp();
      const waiting = next(set.batches);
      await set[of].return();
      expect(await waiting).toBe('done');
    }
  });
  test('an abort rejects who waits, or the next that asks, with its reason', async () => {
    const abort = new AbortController();
    const { batches } = setUp({}, { signal: abort.signal });
    const waiting = batches.next();
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await next(batches)).toBe('done');
    const early = setUp({}, { signal: AbortSignal.abort(new Error('early')) });
    await expect(early.batches.next()).rejects.toThrow('early');
    expect(await next(early.batches)).toBe('done');
  });
  test('a slow reader does not keep the loop from the host', async () => {
    const { push, batches, iterator } = setUp({ max: 1 });
    push(1, 20);
    iterator.end();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    let seen = 0;
    for await (const batch of batches) {
      seen += batch.length;
      burn(4);
    }
    clearInterval(timer);
    expect(seen).toBe(20);
    expect(turns).toBeGreaterThan(8);
  });
});

describe('refused', () => {
  test.each([
    [{ max: 0 }, 'batches(): max: expected a whole number from 1 to 1024, the highWaterMark of events(), got 0.'],
    [{ max: 1025 }, 'from 1 to 1024'],
    [{ max: '8' }, "got '8'"],
    [{ ms: 0 }, 'batches(): ms: expected a whole number from 1 to 3600000, got 0.'],
    [{ ms: 1.5 }, 'ms: expected'],
    [{ ms: Infinity }, 'ms: expected'],
    [{ size: 5 }, "batches(): unknown option 'size'. Known: max, ms."],
    [100, 'batches(): expected an object with options, got 100.'],
  ])('%j', (options, text) => {
    expect(() => setUp(options as BatchOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_SYSMON_OPTION', message: expect.stringContaining(text) as string }) as Error,
    );
  });
  test('a second reader of one iterator', async () => {
    const { iterator } = setUp();
    expect(() => iterator.batches()).toThrow(expect.objectContaining({ code: 'ERR_SYSMON_STATE' }) as Error);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
  });
});
