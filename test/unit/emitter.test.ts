/** Sensor and recording are EventEmitters of Node, for programs and for what Node and libraries do with emitters. */
import { EventEmitter, getEventListeners, on, once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { Replay } from '../../lib/replay/index.js';
import { json } from '../../lib/serializer/index.js';
import type { SysmonEvent } from '../../lib/index.js';
import { creates, finish, playedNative, send, started, warnings } from './played-native.js';
import { recordedEvents, recordedLines } from './serializer/helpers.js';

vi.mock('../../lib/native.js', async (original) =>
  playedNative(await original<typeof import('../../lib/native.js')>()),
);
const { Sysmon } = await import('../../lib/sysmon.js');

const lines = (texts: readonly string[]): AsyncIterable<string> =>
  (async function* () {
    for (const line of texts) yield await Promise.resolve(`${line}\n`);
  })();
const sources = [
  ['a sensor', () => new Sysmon()],
  ['a recording', () => new Replay(lines(recordedLines))],
] as const;

describe.each(sources)('%s', (_, make) => {
  test('is one, with all that Node knows of its listeners', () => {
    const s = make();
    expect(s).toBeInstanceOf(EventEmitter);
    const f = vi.fn();
    const g = vi.fn();
    s.addListener('ProcessCreate', f)
      .prependListener('ProcessCreate', g)
      .once('close', f)
      .prependOnceListener('loss', g);
    expect(s.eventNames()).toEqual(['ProcessCreate', 'close', 'loss']);
    expect(s.listeners('ProcessCreate')).toEqual([g, f]);
    expect(getEventListeners(s, 'close')).toEqual([f]);
    expect([s.listenerCount('ProcessCreate'), s.listenerCount('ProcessCreate', f), s.listenerCount('error')]).toEqual([
      2, 1, 0,
    ]);
    s.removeListener('ProcessCreate', f).removeListener('close', f);
    expect(s.listeners('ProcessCreate')).toEqual([g]);
    expect(s.eventNames()).toEqual(['ProcessCreate', 'loss']);
    s.removeAllListeners('ProcessCreate');
    expect(s.listenerCount('ProcessCreate')).toBe(0);
    s.on('event', f).removeAllListeners();
    expect(s.eventNames()).toEqual([]);
  });
  test('tells who comes and goes, and warns of many', () => {
    const s = make();
    const told: unknown[] = [];
    const add = s.on.bind(s) as unknown as EventEmitter['on'];
    add('newListener', (name, listener) => told.push(['new', name, listener]));
    add('removeListener', (name, listener) => told.push(['gone', name, listener]));
    (s.once as unknown as EventEmitter['once'])('newListener', () => told.push('once'));
    const f = (): void => undefined;
    told.length = 0;
    s.on('loss', f).off('loss', f);
    s.once('loss', f).off('loss', f);
    expect(told).toEqual([
      ['new', 'loss', f],
      ['gone', 'newListener', expect.any(Function)],
      'once',
      ['gone', 'loss', f],
      ['new', 'loss', f],
      ['gone', 'loss', f],
    ]);
    expect(s.getMaxListeners()).toBe(EventEmitter.defaultMaxListeners);
    s.setMaxListeners(1);
    s.on('loss', f).on('loss', f);
    expect(warnings).toEqual([expect.stringContaining('MaxListenersExceededWarning')]);
  });
  test.each(['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const)(
    '%s of what there is not is refused by its own name',
    (method) => {
      const s = make();
      expect(() => s[method]('ProcesCreate' as 'close', () => undefined)).toThrow(
        new RegExp(`^${method}\\(\\): there is no event 'ProcesCreate'. Did you mean 'ProcessCreate'`),
      );
      for (const off of ['off', 'removeListener'] as const)
        expect(() => s[off]('close', 5 as never)).toThrow('the listener is no function');
      expect(() => s[method]('close', 5 as never)).toThrow(`${method}('close'): the listener is no function`);
      expect(s.eventNames()).toEqual([]);
    },
  );
});

describe('what Node makes of emitters', () => {
  test('events.on gives events, and an abort ends it and takes its listeners off', async () => {
    const s = await started();
    const abort = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const [e] of on(s, 'ProcessCreate', { signal: abort.signal }) as AsyncIterable<[SysmonEvent]>) {
        seen.push(e.recordId);
        if (seen.length === 2) abort.abort();
      }
    })();
    send(creates(2));
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([3, 4]);
    expect(s.eventNames()).toEqual([]);
    await finish(s);
  });
  test('events.once, kept and given up', async () => {
    const s = await started();
    const next = once(s, 'ProcessCreate');
    const abort = new AbortController();
    const never = once(s, 'ProcessTerminate', { signal: abort.signal });
    send(creates(1));
    expect(await next).toMatchObject([{ type: 'ProcessCreate' }]);
    abort.abort();
    await expect(never).rejects.toMatchObject({ name: 'AbortError' });
    expect(s.eventNames()).toEqual([]);
    const closed = once(s, 'close');
    await finish(s);
    expect(await closed).toEqual([undefined]);
  });
  test('the same over a recording', async () => {
    const replay = new Replay(lines(recordedLines));
    const heard: string[] = [];
    const reading = (async () => {
      for await (const [e] of on(replay, 'event', { close: ['close'] }) as AsyncIterable<[SysmonEvent]>)
        heard.push(json(e));
    })();
    await replay.start();
    await reading;
    expect(heard).toHaveLength(recordedEvents().length);
    expect(replay.eventNames()).toEqual([]);
  });
  test('events.on is ended by an error, as with any emitter', async () => {
    const s = await started();
    s.on('ProcessCreate', () => {
      throw new Error('mine');
    });
    const reading = on(s, 'event').next();
    send((w) => w.terminate(0));
    await reading;
    const failing = (async () => {
      for await (const _ of on(s, 'ProcessTerminate')) void _;
    })();
    send(creates(1));
    await expect(failing).rejects.toMatchObject({ code: 'ERR_SYSMON_LISTENER' });
    await finish(s);
  });
});
