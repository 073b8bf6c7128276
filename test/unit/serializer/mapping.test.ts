import { expect, test } from 'vitest';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { documents, type Member, type Row } from '../../../lib/serializer/mapping.js';

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

test('members stand in the order in which the rows brought them, whatever the documents before had', () => {
  const all = '{"a":{"x":1,"y":3},"b":3,"c":[1,3],"d":{"e":1}}';
  for (let i = 0; i < 2; i++) {
    expect(write(event({ First: 1, Second: 2, Third: 3 }))).toBe(all);
    expect(write(event({ First: '-', Second: 2, Third: 3 }))).toBe('{"b":3,"a":{"y":3},"c":[3],"d":{"e":1}}');
    expect(write(event({ First: '', Second: '-', Third: 'q"' }))).toBe(
      '{"a":{"y":"q\\""},"c":["q\\""],"b":"q\\"","d":{"e":1}}',
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
