import { describe, expect, test } from 'vitest';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { documents } from '../../../lib/serializer/documents.js';
import { ecsRows } from '../../../lib/serializer/ecs.js';
import { writers as ecsWriters } from '../../../lib/serializer/ecs.gen.js';
import { writers as ocsfWriters } from '../../../lib/serializer/ocsf.gen.js';
import { writers as winlogbeatWriters } from '../../../lib/serializer/winlogbeat.gen.js';
import { namedEvents } from '../../../lib/schema/layout.js';
import { createEcs, ecs, formats, ocsf, winlogbeat } from '../../../lib/serializer/index.js';
import type { Member, Row } from '../../../lib/serializer/mapping.js';
import { ocsfRows } from '../../../lib/serializer/ocsf.js';
import { winlogbeatDocument } from '../../../lib/serializer/winlogbeat.js';
import { decorated, everyEvent } from './every-event.js';
import { freshEvents } from './helpers.js';
import { interpret } from './interpret.js';

const event = (data: object): SysmonEvent =>
  ({ type: 'X', id: 1, data, extra: {}, techniques: [] }) as unknown as SysmonEvent;
const rows: (Row | Member)[] = [
  ['a.x', 'data.First'],
  ['b', 'data.Second'],
  ['a.y', 'data.Third'],
  ['c', 'data.First', 'list'],
  ['c', 'data.Third', 'list'],
  ['b', 'data.Third'],
  { target: 'd', get: () => '{"e":1}', written: true },
];
const write = documents(() => rows);

test('members stand in the order in which the rows name them, whatever the documents before had', () => {
  const all = '{"a":{"x":1,"y":3},"b":3,"c":[1,3],"d":{"e":1}}';
  for (let i = 0; i < 2; i++) {
    expect(write(event({ First: 1, Second: 2, Third: 3 }))).toBe(all);
    expect(write(event({ First: '-', Second: 2, Third: 3 }))).toBe('{"a":{"y":3},"b":3,"c":[3],"d":{"e":1}}');
    expect(write(event({ First: '', Second: '-', Third: 'q"' }))).toBe(
      '{"a":{"y":"q\\""},"b":"q\\"","c":["q\\""],"d":{"e":1}}',
    );
    expect(write(event({ First: 3, Second: 2, Third: 3 }))).toBe('{"a":{"x":3,"y":3},"b":3,"c":[3],"d":{"e":1}}');
    expect(write(event({ First: undefined, Second: undefined, Third: undefined }))).toBe('{"d":{"e":1}}');
  }
});

test('a row that fails leaves nothing to the next document', () => {
  let fail = true;
  const once = documents(() => [
    ['a', 'data.First'],
    {
      target: 'b',
      get: () => {
        if (fail) throw new Error('no');
        return undefined;
      },
    },
  ]);
  expect(() => once(event({ First: 1 }))).toThrow('no');
  fail = false;
  expect(once(event({ First: '-' }))).toBe('{}');
});

test('rows that cannot stand beside each other are refused', () => {
  expect(() =>
    documents(() => [
      ['a', 'data.X'],
      ['a.b', 'data.X'],
    ])(event({ X: 1 })),
  ).toThrow(/a value and an object/);
});

const made = namedEvents.filter((e) => e.wire);
/** One of every type that the sensor makes, as the schema shows it, and all that were recorded; none out of a file. */
const usualEvents = ((): SysmonEvent[] => {
  // An ancestor that was recorded has no guid and no user: the event is made to say so.
  const fresh = freshEvents()
    .filter((e) => made.some(({ name }) => name === e.type))
    .map((e): SysmonEvent => {
      const { guid: ParentProcessGuid, user: ParentUser } = e.process?.parent ?? {};
      return e.type === 'ProcessCreate' ? { ...e, data: { ...e.data, ParentProcessGuid, ParentUser } as never } : e;
    });
  const { process } = fresh[0];
  const { guid: ProcessGuid, pid: ProcessId, image: Image, user: User } = process as ProcessRecord;
  const own: Record<string, unknown> = { ProcessGuid, ProcessId, Image, User };
  const examples = made
    .filter(({ name }) => name !== 'ProcessCreate')
    .map(({ name: type, id, example }) => {
      const data = Object.fromEntries(
        Object.entries((example as NonNullable<typeof example>).data).map(([name, v]) => [name, own[name] ?? v]),
      );
      return { ...fresh[0], ...example, type, id, data, process } as unknown as SysmonEvent;
    });
  return [...fresh, ...examples];
})();

describe('the compiled tables write what a row after the other says', () => {
  const techniques = decorated.techniques;
  const rules = [{ name: 'technique_id=T1105', tags: {} }];
  const variants = (e: SysmonEvent): SysmonEvent[] => [
    e,
    { ...e, techniques, rules },
    // As a filter may leave it: no longer what the record says, with a field more, and with one less.
    ...Object.keys(e.data).map((name) => ({ ...e, data: { ...e.data, [name]: 'other "text"' } }) as never),
    { ...e, data: { ...e.data, 'a.b': 7, Later: '\u202e' } } as never,
    { ...e, data: Object.fromEntries(Object.entries(e.data).slice(1)) } as never,
    { ...e, data: {} } as never,
    { ...e, process: undefined } as never,
    ...['', '-', 7].map((time) => ({ ...e, time }) as never),
    ...['', '-', undefined].map((host) => ({ ...e, host }) as never),
    { ...e, recordId: Number.NaN },
    e,
  ];

  const seen = new Map<string, number>();
  const corpus = [...everyEvent, ...freshEvents(), ...freshEvents(), decorated].flatMap((e): SysmonEvent[] => {
    // What stands below is done to a few events of each type and number of fields, as a file has them and a sensor.
    const kind = `${e.type} ${Object.keys(e.data).length} ${e.process && ProcessRecord.isRevived(e.process)}`;
    const times = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, times);
    return times > 2 ? [e, { ...e, techniques, rules }, e] : variants(e);
  });

  test.each([
    ['ecs', ecs, ecsRows],
    ['ocsf', ocsf, ocsfRows],
    ['winlogbeat', winlogbeat, winlogbeatDocument],
  ] as const)('%s', (_, serialize, rowsOf) => {
    expect(corpus.length).toBeGreaterThan(1000);
    expect(corpus.filter((e) => e.process && !ProcessRecord.isRevived(e.process)).length).toBeGreaterThan(500);
    const wrong = corpus.filter((e) => serialize(e) !== interpret(rowsOf(e), e));
    expect(wrong.map((e) => [serialize(e), interpret(rowsOf(e), e)])[0]).toBeUndefined();
  });

  test.each([
    ['ecs', ecsWriters, ecsRows],
    ['ocsf', ocsfWriters, ocsfRows],
    ['winlogbeat', winlogbeatWriters, winlogbeatDocument],
  ] as const)('%s: as do the generated writers, for every type that is made', (_, writers, rowsOf) => {
    expect([...writers.keys()]).toEqual(made.map((e) => e.name));
    // Twice: what is kept of a process and of the event before is the same.
    const wrong = [...usualEvents, ...usualEvents.toReversed()].filter(
      (e) => writers.get(e.type)?.write(e) !== interpret(rowsOf(e), e),
    );
    expect(wrong.map((e) => [writers.get(e.type)?.write(e), interpret(rowsOf(e), e)])[0]).toBeUndefined();
  });

  test.each(['ecs', 'ocsf', 'winlogbeat'] as const)('%s: two of one format do not mix what they keep', (format) => {
    const events = freshEvents().filter((e) => e.type !== 'ServiceStateChange');
    const odd = events.map((e) => ({ ...e, data: { ...e.data, Later: 1 } }) as never);
    const [one, other] = [formats[format](), formats[format]()];
    for (const e of events) one(e);
    for (const e of odd.toReversed()) other(e);
    for (const e of [...events, ...odd]) expect(other(e)).toBe(one(e));
    const alone = formats[format]({ labels: {} });
    for (const e of odd) expect(one(e)).toBe(alone(e).replace(',"labels":{}', ''));
  });

  test('with options', () => {
    const options = { eventData: false, labels: { site: 'a"b' } };
    const serialize = createEcs(options);
    for (const e of everyEvent) expect(serialize(e)).toBe(interpret(ecsRows(e, options), e));
  });
});
