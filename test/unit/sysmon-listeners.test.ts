/** Who listens hears, and what filters drop is heard by nobody: the sensor over a native part that the test plays. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { any, byType, sample } from '../../lib/filter/index.js';
import { creates, finish, native, readyWithConfig, send, started, warnings, playedNative } from './played-native.js';

vi.mock('../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../lib/native.js')>()),
);

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
    // 1 and 2: Started and the configuration
    expect(seen).toEqual(['create 3', 'ProcessCreate 3', 'ProcessTerminate 4']);
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
      Array.from({ length: 3 }, (): unknown[] => [
        'ERR_SYSMON_LISTENER',
        expect.objectContaining({ message: 'mine' }) as unknown,
      ]),
    );
    expect((await iterator.next()).value?.type).toBe('ProcessCreate');
    expect(native().calls).toContain('release 0');
    await finish(s);
  });
  test('an asynchronous one that rejects is told as one that throws, and does not end the process', async () => {
    const s = await started();
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const errors: unknown[] = [];
    s.on('ProcessCreate', async (e) => {
      await turn();
      throw new Error(`mine ${e.time.slice(-4, -1)}`);
    })
      .on('ProcessCreate', () => ({ then: (_: unknown, no: (cause: unknown) => void) => no('of another library') }))
      .on('error', (e) => errors.push([e.code, e.message]));
    send(creates(1));
    await vi.waitFor(() => expect(errors).toHaveLength(2), { timeout: 30_000 });
    expect(errors).toEqual([
      ['ERR_SYSMON_LISTENER', "a listener on 'ProcessCreate' rejected: of another library"],
      ['ERR_SYSMON_LISTENER', "a listener on 'ProcessCreate' rejected: Error: mine 001"],
    ]);
    // One on `error` too, as a warning.
    s.on('error', () => Promise.reject(new Error('second')) as never);
    send(creates(1));
    await vi.waitFor(() => expect(warnings).toContain("SysmonError: a listener on 'error' rejected: Error: second"), {
      timeout: 30_000,
    });
    await turn();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    await finish(s);
  });
  test('one that throws what has no text', async () => {
    const s = await started();
    const errors: string[] = [];
    s.on('ProcessCreate', () => {
      throw Object.create(null);
    }).on('error', (e) => errors.push(e.message));
    send(creates(1));
    expect(errors).toEqual(["a listener on 'ProcessCreate' threw: an object without a text"]);
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
  test('an iterator over a type that is off: one warning, at once or when the configuration is known', async () => {
    const s = new Sysmon({ events: ['ProcessTerminate'] });
    s.events({ types: ['ProcessTerminate', 'Error'] });
    s.events();
    expect(warnings).toEqual([]);
    s.events({ types: ['DnsQuery', 'ProcessTerminate'] });
    s.events({ types: ['DnsQuery'] });
    expect(warnings).toEqual([expect.stringContaining('an iterator over DnsQuery will hear nothing')]);
    warnings.length = 0;
    const configured = new Sysmon({ config: 'rules: []\n' });
    configured.on('FileCreate', () => undefined);
    configured.events({ types: ['DnsQuery'] });
    await configured.events({ types: ['RawAccessRead'] }).return(); // nobody waits for these
    const gone = () => undefined;
    configured.on('PipeEvent', gone).off('PipeEvent', gone);
    expect(warnings).toEqual([]);
    await readyWithConfig(configured);
    expect(warnings).toEqual([
      expect.stringContaining('a listener on FileCreate will hear nothing'),
      expect.stringContaining('an iterator over DnsQuery will hear nothing'),
    ]);
    await finish(configured);
  });
  test.each([[[]], [['Error', 'ServiceStateChange']]])(
    'events: %j captures nothing, which start() says',
    async (events) => {
      const s = await started({ events: events as [] });
      expect(warnings).toEqual([expect.stringContaining('the sensor captures nothing: the option events')]);
      await finish(s);
    },
  );
  test('rules that never hold: start() says so in a line', async () => {
    const xml = (inner: string): string =>
      `<Sysmon schemaversion="4.90"><EventFiltering>${inner}</EventFiltering></Sysmon>`;
    const start = async (config: string): Promise<void> => {
      warnings.length = 0;
      const s = new Sysmon({ config });
      await readyWithConfig(s);
      await finish(s);
    };
    // As configurations of Windows are: what cannot happen here is no news, and an empty include gets what it asks for.
    await start(xml('<ImageLoad onmatch="include"/><RegistryEvent onmatch="exclude"/>'));
    expect(warnings).toEqual([]);
    await start(xml('<ProcessCreate onmatch="include"><ProcessId>x</ProcessId></ProcessCreate>'));
    expect(warnings).toEqual([expect.stringMatching(/^rules on values that never occur: 1:\d+: /)]);
    await start('starter');
    expect(warnings).toEqual([]);
  });
  test('names and listeners that are none', () => {
    const s = new Sysmon();
    expect(() => s.on('processCreate' as 'event', () => undefined)).toThrow(
      /no event 'processCreate'\. Did you mean 'ProcessCreate'\?/,
    );
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
    const rules = {
      evaluate: (e: { type: string }) => ({
        verdict: e.type === 'ProcessCreate' ? ('log' as const) : ('drop' as const),
      }),
    };
    const s = await started({
      filter: [rules, byType({ ProcessCreate: any(sample(2), (e) => e.time.endsWith('4Z')) })],
    });
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
