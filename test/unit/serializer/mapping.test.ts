import { describe, expect, test } from 'vitest';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { documents } from '../../../lib/serializer/documents.js';
import { ecsRows } from '../../../lib/serializer/ecs.js';
import { createEcs, ecs, ocsf, winlogbeat } from '../../../lib/serializer/index.js';
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

describe('the compiled tables write what a row after the other says', () => {
  const techniques = decorated.techniques;
  const rules = [{ name: 'technique_id=T1105', tags: {} }];
  const corpus = [...everyEvent, ...freshEvents(), ...freshEvents(), decorated].flatMap((e): SysmonEvent[] => [
    e,
    { ...e, techniques, rules },
    // As a filter may leave it: no longer what the record says, with a field more, and with one less.
    ...Object.keys(e.data).map((name) => ({ ...e, data: { ...e.data, [name]: 'other "text"' } }) as never),
    { ...e, data: { ...e.data, 'a.b': 7, Later: '\u202e' } } as never,
    { ...e, data: Object.fromEntries(Object.entries(e.data).slice(1)) } as never,
    { ...e, data: {} } as never,
    { ...e, process: undefined } as never,
    e,
  ]);

  test.each([
    ['ecs', ecs, ecsRows],
    ['ocsf', ocsf, ocsfRows],
    ['winlogbeat', winlogbeat, winlogbeatDocument],
  ] as const)('%s', (_, serialize, rowsOf) => {
    expect(corpus.length).toBeGreaterThan(1000);
    const wrong = corpus.filter((e) => serialize(e) !== interpret(rowsOf(e), e));
    expect(wrong.map((e) => [serialize(e), interpret(rowsOf(e), e)])[0]).toBeUndefined();
  });

  test('with options', () => {
    const options = { eventData: false, labels: { site: 'a"b' } };
    const serialize = createEcs(options);
    for (const e of everyEvent) expect(serialize(e)).toBe(interpret(ecsRows(e, options), e));
  });
});
