/** The sensor over a native part that the test plays. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setImmediate as turn } from 'node:timers/promises';
import { any, byType, sample } from '../../lib/filter/index.js';
import { Entry, schemaHash } from '../../lib/schema/tables.gen.js';
import { SlotWriter, slotBytes } from './slots.js';

const slots = 4;
interface Played {
  readonly memory: ArrayBuffer;
  readonly send: (slot: number, failure?: unknown) => void;
  readonly calls: string[];
}
const played: Played[] = [];
let failStart = false;

vi.mock('../../lib/native.js', async (original) => ({
  ...(await original<typeof import('../../lib/native.js')>()),
  loadAddon: () => ({
    schemaHash,
    slotBytes,
    slots,
    NativeSensor: class {
      calls: string[] = [];
      memory = new ArrayBuffer(slots * slotBytes);
      constructor(_settings: unknown, send: Played['send']) {
        played.push({ memory: this.memory, send, calls: this.calls });
      }
      slots() {
        return this.memory;
      }
      start() {
        if (failStart) throw new Error('no thread');
        this.calls.push('start');
      }
      stop() {
        this.calls.push('stop');
      }
      close() {
        this.calls.push('close');
      }
      release(slot: number) {
        this.calls.push(`release ${slot}`);
      }
      stats() {
        return { events: 0 };
      }
      lookup() {
        return undefined;
      }
    },
  }),
}));

const { Sysmon } = await import('../../lib/sysmon.js');
type Sensor = InstanceType<typeof Sysmon>;

const warnings: string[] = [];
beforeEach(() => {
  played.length = 0;
  warnings.length = 0;
  failStart = false;
  // No turn is over: what is sent is delivered before send() returns, however busy the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(1000);
  vi.spyOn(process, 'emitWarning').mockImplementation((w: string | Error) => void warnings.push(String(w)));
});
afterEach(() => void vi.restoreAllMocks());

const native = (): Played => played.at(-1) as Played;
const send = (fill: (w: SlotWriter) => unknown, slot = 0) => {
  fill(new SlotWriter(native().memory, slot));
  native().send(slot);
};
async function started(options?: ConstructorParameters<typeof Sysmon>[0]): Promise<Sensor> {
  const s = new Sysmon(options);
  await ready(s);
  return s;
}
async function ready(s: Sensor) {
  const start = s.start();
  send((w) => w.entry(Entry.READY, []).process({ ref: 0 }));
  await start;
}
async function finish(s: Sensor) {
  const stop = s.stop();
  send((w) => w.entry(Entry.END, []));
  await stop;
}
const creates =
  (n: number, first = 1) =>
  (w: SlotWriter) => {
    for (let i = 0; i < n; i++) w.create(0, { usec: first + i });
  };

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

describe('life', () => {
  test('Started when it is ready, Stopped and close at the end', async () => {
    const s = new Sysmon();
    const seen: string[] = [];
    s.on('ServiceStateChange', (e) => seen.push(e.data.State))
      .on('ServiceConfigurationChange', (e) => seen.push(e.data.Configuration))
      .on('close', () => seen.push('close'));
    await ready(s);
    await finish(s);
    expect(seen).toEqual(['Started', 'Defaults', 'Stopped', 'close']);
    expect(native().calls.filter((c) => !c.startsWith('release'))).toEqual(['start', 'stop', 'close']);
  });
  test('stop() on one that does not run does nothing; twice is one stop', async () => {
    const s = new Sysmon();
    await s.stop();
    await ready(s);
    const both = Promise.all([s.stop(), s.stop()]);
    send((w) => w.entry(Entry.END, []));
    await both;
    expect(native().calls.filter((c) => c === 'stop')).toHaveLength(1);
  });
  test('start() twice, and again after stop()', async () => {
    const s = new Sysmon();
    const first = s.start();
    await expect(s.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE', message: expect.stringContaining('starting') as string });
    send((w) => w.entry(Entry.READY, []));
    await first;
    await expect(s.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    await finish(s);
    await ready(s);
    expect(played).toHaveLength(2);
    await finish(s);
  });
  test('stop() while it starts', async () => {
    const s = new Sysmon();
    const start = s.start();
    const stop = s.stop();
    await expect(start).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    await expect(s.start()).rejects.toThrow(/stopping/);
    send((w) => w.entry(Entry.READY, []).entry(Entry.END, []));
    await stop;
    await ready(s);
    await finish(s);
  });
  test('a signal aborted before, while it starts, and later', async () => {
    const s = new Sysmon();
    const states: string[] = [];
    s.on('ServiceStateChange', (e) => states.push(e.data.State));
    await expect(s.start({ signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
    expect(played).toHaveLength(0);
    const abort = new AbortController();
    const start = s.start({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(start).rejects.toThrow('enough');
    send((w) => w.entry(Entry.END, []));
    await vi.waitFor(() => expect(native().calls).toContain('close'));
    expect(states).toEqual([]); // what never started does not stop
    const later = new AbortController();
    const again = s.start({ signal: later.signal });
    send((w) => w.entry(Entry.READY, []));
    await again;
    const closed = new Promise<void>((resolve) => s.once('close', resolve));
    later.abort();
    send((w) => w.entry(Entry.END, []));
    await closed;
    expect(states).toEqual(['Started', 'Stopped']);
  });
  test('a load that fails rejects start() with code, operation and errno', async () => {
    const s = new Sysmon();
    const start = s.start();
    native().send(0, { code: 'PERMISSION', operation: 'bpf_object__load', errno: 1, message: 'no' });
    await expect(start).rejects.toMatchObject({
      name: 'SysmonError',
      code: 'ERR_SYSMON_PERMISSION',
      operation: 'bpf_object__load',
      errno: 1,
    });
    expect(native().calls).toContain('close');
    await ready(s);
    await finish(s);
  });
  test('a worker that cannot be started at all', async () => {
    const s = new Sysmon();
    failStart = true;
    await expect(s.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_NATIVE', message: expect.stringContaining('no thread') as string });
    failStart = false;
    await ready(s);
    await finish(s);
  });
  test('one that dies later: error, then close', async () => {
    const s = await started();
    const seen: string[] = [];
    s.on('error', (e) => seen.push(e.code)).on('close', () => seen.push('close'));
    const iterator = s.events();
    native().send(0, { code: 'LOAD', operation: 'read', errno: 5, message: 'gone' });
    expect(seen).toEqual(['ERR_SYSMON_LOAD', 'close']);
    expect((await iterator.next()).done).toBe(true);
    await s.stop();
  });
  test('await using', async () => {
    {
      await using s = await started();
      void turn().then(() => send((w) => w.entry(Entry.END, [])));
      expect(s.stats().native).toBeDefined();
    }
    expect(native().calls).toContain('close');
  });
});

describe('iterators', () => {
  test('losses of a reader that is too slow are told', async () => {
    const s = await started();
    const losses: unknown[] = [];
    const ids: string[] = [];
    s.on('loss', (l) => losses.push([l.stage, l.eventType, l.count])).on('Error', (e) => ids.push(e.data.ID));
    const iterator = s.events({ types: ['ProcessCreate'], highWaterMark: 2 });
    send(creates(5));
    await finish(s);
    expect(losses).toEqual([['consumer', 'ProcessCreate', 3]]);
    expect(ids).toEqual(['LOSS']);
    expect(s.stats().lost).toEqual({ consumer: { ProcessCreate: 3 } });
    expect((await iterator.next()).value?.time.slice(-4, -1)).toBe('004');
  });
  test('stop() with a blocked iterator that nobody reads', async () => {
    const s = await started();
    const f = vi.fn();
    s.on('ProcessCreate', f);
    const iterator = s.events({ highWaterMark: 1, onFull: 'block' });
    send(creates(3));
    expect(f).toHaveBeenCalledTimes(1);
    const stop = s.stop();
    send((w) => w.entry(Entry.END, []), 1);
    await stop;
    expect(f).toHaveBeenCalledTimes(3);
    const types: string[] = [];
    for await (const e of iterator) types.push(e.type);
    expect(types).toEqual(['ProcessCreate', 'ProcessCreate', 'ProcessCreate', 'ServiceStateChange']);
  });
  test('what the sensor cannot see is an Error event', async () => {
    const s = await started();
    const errors: unknown[] = [];
    s.on('Error', (e) => errors.push(e.data));
    send((w) => w.string(1, 'SCOPE').string(2, 'no packets are seen').entry(Entry.ERROR, [1, 2]));
    expect(errors).toEqual([{ UtcTime: expect.any(String) as string, ID: 'SCOPE', Description: 'no packets are seen' }]);
  });

  test('kernel losses are records and an Error event', async () => {
    const s = await started();
    const losses: unknown[] = [];
    s.on('loss', (l) => losses.push(l));
    send((w) => w.string(1, 'ring').string(2, 'ProcessCreate').entry(Entry.LOSS, [1, 2, 7, 0, 1_700_000_000, 1, 1_700_000_001, 2]));
    expect(losses).toEqual([
      expect.objectContaining({
        type: 'Loss',
        stage: 'ring',
        eventType: 'ProcessCreate',
        count: 7,
        since: '2023-11-14T22:13:20.000001Z',
        until: '2023-11-14T22:13:21.000002Z',
      }),
    ]);
    expect(s.stats().lost).toEqual({ ring: { ProcessCreate: 7 } });
    await finish(s);
  });
});

test('processes.get refuses what is no pid', () => {
  const s = new Sysmon();
  for (const pid of [0, -1, 1.5, NaN, 2 ** 32, '1']) expect(() => s.processes.get(pid as number)).toThrow(/expected a process id/);
  expect(s.processes.get(1)).toBeUndefined();
});
