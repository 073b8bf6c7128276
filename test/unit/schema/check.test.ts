/** Mistakes in the declaration of an event: each is refused by the generator, with the event and what is wrong. */
import { expect, test } from 'vitest';
import { events } from '../../../lib/schema/events.js';
import { controlKinds } from '../../../lib/schema/layout.js';
import type { EventSchema } from '../../../lib/schema/types.js';
import { checkSchema } from '../../../tools/generate/check.js';

const model = events.find((e) => e.name === 'NamespaceChange') as EventSchema;
const others = events.filter((e) => e !== model);
const [ruleName] = model.fields;
const withField = (type: string, origin: string): Partial<EventSchema> => ({
  fields: [ruleName, ['Odd', type, origin, 'A field.'] as unknown as (typeof model.fields)[number]],
  text: [],
});

test('what is there is right', () => expect(() => checkSchema()).not.toThrow());

test.each<[string, Partial<EventSchema>, RegExp]>([
  ['an EventID that is taken', { id: 1 }, /NamespaceChange \(1\): ProcessCreate has this EventID already/],
  ['an EventID beyond the tables', { id: 256 }, /EventIDs end at 255/],
  ['a tag that is taken', { tag: 'FileCreate' }, /has the tag FileCreate already/],
  ['a wire field that is not there', withField('u32', 'number(nothing)'), /Odd: the record has no field nothing/],
  ['an argument of another type', withField('u32', 'number(target)'), /number\(\) takes a u8 or u16 or u32/],
  ['a field of another type', withField('string', 'number(uid)'), /number\(\) gives a u16 or u32, not a string/],
  ['an argument too few', withField('string', 'namespaces(before)'), /takes 2 wire fields/],
  ['fewer words than hooks', withField('string', 'choice(hook: a, b)'), /one word for each of the hooks/],
  ['a piece of text of no field', { text: ['Nothing'] }, /text: there is no field Nothing/],
  [
    'a mark of no field',
    { marks: [{ kind: 'exposed', fields: ['Nothing'], field: 'uid', bits: '1' }] },
    /marks: there is no field Nothing/,
  ],
  ['a row of a format', { ecs: { type: ['change'], rows: [['a.b', 'extra.nothing']] } }, /speaks of extra\.nothing/],
  ['a usual hook that is not there', { usualHook: 3 }, /there is no hook 3/],
  ['no technique', { techniques: [] }, /name at least one/],
  [
    'three users to wait for',
    {
      fields: [...model.fields, ...['Odd', 'Other'].map((name) => [name, 'string', 'user(uid)', 'A field.'] as const)],
    },
    /NamespaceChange \(121\): an event waits for 2 user\(\) at most/,
  ],
  ['a program twice', { programs: ['sm_setns_enter', 'sm_setns_enter'] }, /one is listed twice/],
])('%s', (_, change, says) => {
  expect(() => checkSchema([...others, { ...model, ...change }])).toThrow(says);
});

test('something else than an event', () => {
  expect(() => checkSchema([...others, 'helper' as unknown as EventSchema])).toThrow(
    /exports something that is no event/,
  );
});

test('each kind of control entry has a number of its own', () => {
  const numbers = controlKinds.map(([, number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
});
