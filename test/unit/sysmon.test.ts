/** The life of a sensor, over a native part that the test plays. */
import { describe, expect, test, vi } from 'vitest';
import { setImmediate as turn } from 'node:timers/promises';
import type { LossRecord } from '../../lib/index.js';
import { Entry } from '../../lib/schema/tables.gen.js';
import { creates, fails, finish, native, played, ready, send, started, playedNative } from './played-native.js';

vi.mock('../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../lib/native.js')>()),
);

const { Sysmon } = await import('../../lib/sysmon.js');

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
    await expect(s.start()).rejects.toMatchObject({
      code: 'ERR_SYSMON_STATE',
      message: expect.stringContaining('starting') as string,
    });
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
    send((w) => w.entry(Entry.READY, []).entry(Entry.END, []));
    await stop;
    await ready(s);
    await finish(s);
  });
  test('a start while it still stops comes after that, and can be given up', async () => {
    const s = new Sysmon();
    const abort = new AbortController();
    const first = s.start({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    const giveUp = new AbortController();
    const given = s.start({ signal: giveUp.signal });
    const again = s.start();
    const both = s.start();
    giveUp.abort(new Error('no more'));
    await expect(given).rejects.toThrow('no more');
    expect(played).toHaveLength(1);
    send((w) => w.entry(Entry.END, []));
    await expect(both).rejects.toThrow('start(): the sensor is starting already.');
    expect(played).toHaveLength(2);
    send((w) => w.entry(Entry.READY, []));
    await again;
    await finish(s);
    // Also if it stops because it was asked to.
    await ready(s);
    const stop = s.stop();
    const restart = s.start();
    send((w) => w.entry(Entry.END, []));
    await stop;
    await vi.waitFor(() => expect(played).toHaveLength(4), { timeout: 30_000 });
    send((w) => w.entry(Entry.READY, []));
    await restart;
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
    fails.start = true;
    await expect(s.start()).rejects.toMatchObject({
      code: 'ERR_SYSMON_NATIVE',
      message: expect.stringContaining('no thread') as string,
    });
    fails.start = false;
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
  test('of a sensor that has stopped are refused, and do not wait for ever', async () => {
    const s = await started();
    const iterator = s.events();
    const stop = s.stop();
    const last = s.events(); // something still comes
    send((w) => w.entry(Entry.END, []));
    await stop;
    for (const i of [iterator, last]) expect((await i.next()).value?.type).toBe('ServiceStateChange');
    expect((await last.next()).done).toBe(true);
    const refused = { code: 'ERR_SYSMON_STATE', message: expect.stringContaining('has stopped') as string };
    expect(() => s.events()).toThrow(expect.objectContaining(refused) as Error);
    const again = s.start();
    const early = s.events({ types: ['ServiceStateChange'] });
    send((w) => w.entry(Entry.READY, []));
    await again;
    expect((await early.next()).value?.data.State).toBe('Started');
    await finish(s);
    fails.start = true;
    await expect(s.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_NATIVE' });
    expect(() => s.events()).toThrow(expect.objectContaining(refused) as Error);
    await s.stop();
  });
  test('what they dropped and nobody else had does not count as delivered', async () => {
    const s = await started();
    const counts = (): unknown => [
      s.stats().events['ProcessCreate'] ?? 0,
      s.stats().lost['consumer']?.['ProcessCreate'],
    ];
    const oldest = s.events({ types: ['ProcessCreate'], highWaterMark: 2 });
    send(creates(5));
    expect(counts()).toEqual([2, 3]);
    // Of two, each loses its own.
    const newest = s.events({ types: ['ProcessCreate'], highWaterMark: 1, onFull: 'drop-newest' });
    const other = s.events({ types: ['ProcessTerminate'] });
    send(creates(2, 6));
    expect(counts()).toEqual([2, 6]); // those of oldest: 6 and 7, of which newest has 6
    const times = (i: typeof oldest): (string | undefined)[] => [i, i, i].map((x) => x.poll()?.time.slice(-4, -1));
    expect([times(oldest), times(newest)]).toEqual([
      ['006', '007', undefined],
      ['006', undefined, undefined],
    ]);
    // A listener has everything.
    s.on('ProcessCreate', () => undefined);
    send(creates(5, 8));
    expect(counts()).toEqual([7, 13]);
    await other.return();
    await finish(s);
  });
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
    expect(errors).toEqual([
      { UtcTime: expect.any(String) as string, ID: 'SCOPE', Description: 'no packets are seen' },
    ]);
  });

  test('kernel losses are records and an Error event', async () => {
    const s = await started();
    const losses: unknown[] = [];
    s.on('loss', (l) => losses.push(l));
    send((w) =>
      w
        .string(1, 'ring')
        .string(2, 'ProcessCreate')
        .entry(Entry.LOSS, [1, 2, 7, 0, 1_700_000_000, 1, 1_700_000_001, 2, 0, 0]),
    );
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
    expect(losses[0]).not.toHaveProperty('unit');
    expect(losses[0]).not.toHaveProperty('processes');
    expect(s.stats().lost).toEqual({ ring: { ProcessCreate: 7 } });
    await finish(s);
  });

  test('a loss says what it counts, and whose it was', async () => {
    const s = await started();
    const losses: LossRecord[] = [];
    const errors: string[] = [];
    s.on('loss', (l) => losses.push(l)).on('Error', (e) => errors.push(e.data.Description));
    const processes = [
      { pid: 7, image: '/bin/flood', count: 5 },
      { pid: 8, count: 1 },
    ];
    send((w) =>
      w
        .string(1, 'ring')
        .string(2, 'DnsAnswer')
        .string(3, 'packets')
        .entry(Entry.LOSS, [1, 2, 6, 0, 1_700_000_000, 1, 1_700_000_001, 2, 3, w.text(JSON.stringify(processes))]),
    );
    expect(losses).toEqual([expect.objectContaining({ eventType: 'DnsAnswer', count: 6, unit: 'packets', processes })]);
    expect(Object.isFrozen(losses[0].processes?.[0])).toBe(true);
    expect(errors).toEqual([
      '6 packets of DnsAnswer lost, stage ring, between 2023-11-14T22:13:20.000001Z and 2023-11-14T22:13:21.000002Z' +
        '; most of them, 5, by /bin/flood (7)',
    ]);
    await finish(s);
  });
});

test('processes.get refuses what is no pid', () => {
  const s = new Sysmon();
  for (const pid of [0, -1, 1.5, NaN, 2 ** 32, '1'])
    expect(() => s.processes.get(pid as number)).toThrow(/expected a process id/);
  expect(s.processes.get(1)).toBeUndefined();
});
