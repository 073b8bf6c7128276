/** Who listens hears, and what filters drop is heard by nobody: the sensor over a native part that the test plays. */
import { describe, expect, test, vi } from 'vitest';
import { any, byType, sample } from '../../lib/filter/index.js';
import { creates, finish, native, send, started, warnings, playedNative } from './played-native.js';

vi.mock('../../lib/native.js', async (original) => playedNative(await original<typeof import('../../lib/native.js')>()));

const { Sysmon } = await import('../../lib/sysmon.js');

describe('listeners', () => {
  test('on: by type and as event, with the sensor as this', async () => {
    const s = await started();
    const seen: string[] = [];
    s.on('ProcessCreate', function (this: unknown, e) {
      expect(this).toBe(s);
      seen.push(`create ${e.recordId}`);
    });
    s.on('event', (e) => seen.push(`${e.type} ${e.recordId}`));
    send((w) => w.create(0).terminate(0));
    expect(seen).toEqual(['create 3', 'ProcessCreate 3', 'ProcessTerminate 4']); // 1 and 2: Started and the configuration
    await finish(s);
  });
  test('once hears one; with on of the same function each keeps its own', async () => {
    const s = await started();
    const f = vi.fn();
    s.once('ProcessCreate', f).on('ProcessCreate', f);
    expect(s.listenerCount('ProcessCreate')).toBe(2);
    send(creates(3));
    expect(f).toHaveBeenCalledTimes(4);
    expect(s.listenerCount('ProcessCreate')).toBe(1);
    s.off('ProcessCreate', f);
    expect(s.listenerCount('ProcessCreate')).toBe(0);
    await finish(s);
  });
  test('off: one registration a time, or all of a name', async () => {
    const s = await started();
    const f = vi.fn();
    const g = vi.fn();
    s.on('event', f)
      .on('event', f)
      .on('event', g)
      .off('event', f)
      .off('event', () => undefined);
    send(creates(1));
    expect([f.mock.calls.length, g.mock.calls.length]).toEqual([1, 1]);
    s.off('event');
    expect(s.listenerCount('event')).toBe(0);
    s.off('event', f);
    send(creates(1));
    expect(f).toHaveBeenCalledTimes(1);
    await finish(s);
  });
  test('a listener that takes itself off while it is called', async () => {
    const s = await started();
    const f = vi.fn(() => void s.off('event', f));
    const g = vi.fn();
    s.on('event', f).on('event', g);
    send(creates(2));
    expect([f.mock.calls.length, g.mock.calls.length]).toEqual([1, 2]);
    await finish(s);
  });
  test('one that throws does not keep the others, or the rest of the batch, from their events', async () => {
    const s = await started();
    const errors: unknown[] = [];
    const g = vi.fn();
    s.on('ProcessCreate', () => {
      throw new Error('mine');
    });
    s.on('ProcessCreate', g).on('error', (e) => errors.push([e.code, e.cause]));
    const iterator = s.events();
    send(creates(3));
    expect(g).toHaveBeenCalledTimes(3);
    expect(errors).toEqual(
      Array.from({ length: 3 }, (): unknown[] => ['ERR_SYSMON_LISTENER', expect.objectContaining({ message: 'mine' }) as unknown]),
    );
    expect((await iterator.next()).value?.type).toBe('ProcessCreate');
    expect(native().calls).toContain('release 0');
    await finish(s);
  });
  test('an error that nobody hears becomes a warning, one of an error listener too', async () => {
    const s = await started();
    s.on('ProcessCreate', () => {
      throw new Error('mine');
    });
    send(creates(1));
    expect(warnings).toEqual(["SysmonError: a listener on 'ProcessCreate' threw: Error: mine"]);
    s.on('error', () => {
      throw new Error('second');
    });
    send(creates(1));
    expect(warnings.slice(1)).toEqual(["SysmonError: a listener on 'error' threw: Error: second"]);
    await finish(s);
  });
  test('on a type that is off: one warning', () => {
    const s = new Sysmon({ events: ['ProcessTerminate'] });
    const f = () => undefined;
    s.on('ProcessCreate', f)
      .on('ProcessCreate', f)
      .once('ProcessCreate', f)
      .on('ProcessTerminate', f)
      .on('ServiceStateChange', f)
      .on('event', f)
      .on('loss', f);
    expect(warnings).toEqual([expect.stringContaining('a listener on ProcessCreate will hear nothing')]);
  });
  test('names and listeners that are none', () => {
    const s = new Sysmon();
    expect(() => s.on('processCreate' as 'event', () => undefined)).toThrow(/no event 'processCreate'/);
    expect(() => s.on('toString' as 'event', () => undefined)).toThrow(/no event 'toString'/);
    expect(() => s.on('event', undefined as never)).toThrow(/no function/);
  });
});

describe('filters', () => {
  test('what they drop is heard by nobody and takes no recordId', async () => {
    const s = await started({ filter: [(e) => e.time.slice(-4, -1) !== '002', () => true] });
    const seen: number[] = [];
    s.on('event', (e) => seen.push(e.recordId));
    send(creates(3));
    expect(seen).toEqual([3, 4]);
    expect(s.stats()).toMatchObject({ filtered: 1, events: { ProcessCreate: 2, ServiceStateChange: 1 } });
    expect(s.stats().filters).toEqual([
      { name: 'filter', seen: 3, kept: 2 },
      { name: 'filter', seen: 2, kept: 2 },
    ]);
    await finish(s);
  });
  test('combinators and compiled rules', async () => {
    const rules = { evaluate: (e: { type: string }) => ({ verdict: e.type === 'ProcessCreate' ? ('log' as const) : ('drop' as const) }) };
    const s = await started({ filter: [rules, byType({ ProcessCreate: any(sample(2), (e) => e.time.endsWith('4Z')) })] });
    const seen: string[] = [];
    s.on('event', (e) => seen.push(e.time.slice(-4, -1)));
    send((w) => {
      w.terminate(0);
      creates(4)(w);
    });
    expect(seen).toEqual(['001', '003', '004']);
    expect(s.stats().filters).toMatchObject([
      { name: 'rules', seen: 5, kept: 4 },
      { name: 'byType', seen: 4, kept: 3, parts: [{ name: 'ProcessCreate' }] },
    ]);
    await finish(s);
  });
  test('one that throws keeps the event', async () => {
    const s = await started({
      filter: () => {
        throw new Error('mine');
      },
    });
    const errors: string[] = [];
    const f = vi.fn();
    s.on('event', f).on('error', (e) => errors.push(e.message));
    send(creates(2));
    expect(f).toHaveBeenCalledTimes(2);
    expect(errors[0]).toBe('a filter threw on a ProcessCreate event: Error: mine');
    await finish(s);
  });
});
