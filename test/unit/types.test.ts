/** What the compiler infers. `tsc --noEmit` checks these; at run time they only show that the names exist. */
import { expectTypeOf, test } from 'vitest';
import {
  Sysmon,
  type BatchOptions,
  type EventBatches,
  type EventIterator,
  type EventType,
  type LossRecord,
  type ProcessCreateEvent,
  type ProcessRecord,
  type ProcessTerminateEvent,
  type SysmonError,
  type StopOptions,
  type SysmonEvent,
  type SysmonEventMap,
} from '../../lib/index.js';
import { typed } from '../../lib/filter/index.js';
import { Replay } from '../../lib/replay/index.js';
import { makeEvent } from '../../lib/testing/index.js';

test('listeners infer their argument', () => {
  const s = new Sysmon();
  s.on('ProcessCreate', (e) => {
    expectTypeOf(e).toEqualTypeOf<ProcessCreateEvent>();
    expectTypeOf(e.data.ProcessId).toEqualTypeOf<number>();
    expectTypeOf(e.data.Image).toEqualTypeOf<string>();
    expectTypeOf(e.process).toEqualTypeOf<ProcessRecord>();
    expectTypeOf(e.process.parent).toEqualTypeOf<ProcessRecord | undefined>();
    // @ts-expect-error a misspelled field
    void e.data.Imgae;
  });
  s.once('ProcessTerminate', (e) => expectTypeOf(e).toEqualTypeOf<ProcessTerminateEvent>());
  s.on('event', (e) => expectTypeOf(e).toEqualTypeOf<SysmonEvent>());
  s.on('loss', (l) => expectTypeOf(l).toEqualTypeOf<LossRecord>());
  s.on('error', (e) => expectTypeOf(e).toEqualTypeOf<SysmonError>());
  s.on('close', (...args) => expectTypeOf(args).toEqualTypeOf<[]>());
  s.off('ProcessCreate', (e) => expectTypeOf(e).toEqualTypeOf<ProcessCreateEvent>());
  // @ts-expect-error no such event
  const wrong = () => s.on('ProcesCreate', () => undefined);
  // @ts-expect-error a listener of another event
  const other = () => s.on('ProcessCreate', (e: ProcessTerminateEvent) => e);
  void wrong;
  void other;
});

test('events are told apart by type', () => {
  const f = (e: SysmonEvent) => {
    if (e.type === 'ProcessCreate') expectTypeOf(e.data.CommandLine).toEqualTypeOf<string>();
    if (e.id === 5) expectTypeOf(e).toEqualTypeOf<ProcessTerminateEvent>();
    // @ts-expect-error not every event has it
    void e.data.CommandLine;
  };
  void f;
});

test('iterators give the types asked for', () => {
  const s = new Sysmon();
  expectTypeOf(s.events()).toEqualTypeOf<EventIterator>();
  const some = s.events({ types: ['ProcessCreate'] });
  expectTypeOf(some.next()).resolves.toEqualTypeOf<IteratorResult<ProcessCreateEvent, undefined>>();
  // @ts-expect-error no such type
  const wrong = () => s.events({ types: ['X'] });
  void wrong;
});

test('batches have the types of their iterator', () => {
  const s = new Sysmon();
  expectTypeOf(s.events().batches()).toEqualTypeOf<EventBatches>();
  const some = s.events({ types: ['ProcessCreate', 'ProcessTerminate'] }).batches({ max: 10, ms: 100 });
  expectTypeOf(some.next()).resolves.toEqualTypeOf<
    IteratorResult<(ProcessCreateEvent | ProcessTerminateEvent)[], undefined>
  >();
  expectTypeOf<BatchOptions>().toEqualTypeOf<{ max?: number | undefined; ms?: number | undefined }>();
  // @ts-expect-error unknown option
  const a = () => s.events().batches({ size: 10 });
  // @ts-expect-error not a number
  const b = () => s.events().batches({ max: '10' });
  void a;
  void b;
});

test('life', () => {
  const s = new Sysmon();
  expectTypeOf(s.ref()).toEqualTypeOf<Sysmon>();
  expectTypeOf(s.unref()).toEqualTypeOf<Sysmon>();
  expectTypeOf<StopOptions>().toEqualTypeOf<{ readonly timeoutMs?: number | undefined }>();
  expectTypeOf<Sysmon['stop']>().toEqualTypeOf<(options?: StopOptions) => Promise<void>>();
  expectTypeOf<Replay['stop']>().toEqualTypeOf<Sysmon['stop']>();
  // @ts-expect-error unknown option
  const wrong = () => s.stop({ timeout: 5 });
  void wrong;
});

/** Each name gives the event of that name: to listeners of sensors and recordings, iterators, batches and filters. */
type Named<K extends EventType> = SysmonEventMap[K]['type'];
test('every name narrows', () => {
  expectTypeOf<{ [K in EventType]: Named<K> }>().toEqualTypeOf<{ [K in EventType]: K }>();
  expectTypeOf<SysmonEvent>().toEqualTypeOf<SysmonEventMap[EventType]>();
  expectTypeOf<SysmonEvent['type']>().toEqualTypeOf<EventType>();
  const by = <K extends EventType>(name: K) => {
    const s = new Sysmon();
    const r = new Replay('file');
    s.on('DnsQuery', (e) => expectTypeOf(e).toEqualTypeOf<SysmonEventMap['DnsQuery']>());
    r.on('DnsQuery', (e) => expectTypeOf(e).toEqualTypeOf<SysmonEventMap['DnsQuery']>());
    r.once('PipeEvent', (e) => expectTypeOf(e.id).toEqualTypeOf<17 | 18>());
    expectTypeOf(r.events({ types: ['DnsQuery'] })).toEqualTypeOf<EventIterator<'DnsQuery'>>();
    expectTypeOf(s.events({ types: [name] })).toEqualTypeOf<EventIterator<K>>();
    const made: SysmonEventMap[K] = makeEvent(name);
    void made;
  };
  void by;
  const events: SysmonEvent[] = [];
  expectTypeOf(events.filter(typed('FileDelete'))).toEqualTypeOf<SysmonEventMap['FileDelete'][]>();
});

test('events of tests', () => {
  const e = makeEvent('ProcessCreate', {
    data: { Image: '/x' },
    process: { parent: { pid: 1 } },
    extra: { late: true },
  });
  expectTypeOf(e).toEqualTypeOf<ProcessCreateEvent>();
  makeEvent('ProcessTerminate', { process: e.process });
  // @ts-expect-error a misspelled field
  const a = () => makeEvent('ProcessCreate', { data: { Imgae: '/x' } });
  // @ts-expect-error of another event
  const b = () => makeEvent('ProcessCreate', { extra: { exitCode: 1 } });
  // @ts-expect-error the wrong type
  const c = () => makeEvent('ProcessCreate', { data: { ProcessId: '1' } });
  // @ts-expect-error the sensor itself has none
  const d = () => makeEvent('Error', { process: { pid: 1 } });
  // @ts-expect-error no such type
  const f = () => makeEvent('ProcesCreate');
  for (const wrong of [a, b, c, d, f]) void wrong;
});

test('options', () => {
  // @ts-expect-error unknown option
  const a = () => new Sysmon({ event: [] });
  // @ts-expect-error no such algorithm
  const b = () => new Sysmon({ hash: 'sha1' });
  new Sysmon({ events: ['ProcessCreate'], hash: ['SHA1', 'MD5'], filter: (e) => e.type === 'ProcessCreate' });
  void a;
  void b;
});
