/** What the compiler infers. `tsc --noEmit` checks these; at run time they only show that the names exist. */
import { expectTypeOf, test } from 'vitest';
import {
  Sysmon,
  type EventIterator,
  type LossRecord,
  type ProcessCreateEvent,
  type ProcessRecord,
  type ProcessTerminateEvent,
  type SysmonError,
  type SysmonEvent,
} from '../../lib/index.js';

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

test('options', () => {
  // @ts-expect-error unknown option
  const a = () => new Sysmon({ event: [] });
  // @ts-expect-error no such algorithm
  const b = () => new Sysmon({ hash: 'sha1' });
  new Sysmon({ events: ['ProcessCreate'], hash: ['SHA1', 'MD5'], filter: (e) => e.type === 'ProcessCreate' });
  void a;
  void b;
});
