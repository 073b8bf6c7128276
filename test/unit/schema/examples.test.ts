/** The recorded events of docs/events.md have the fields that the schema has today. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { events } from '../../../lib/schema/events.js';

interface Example {
  readonly type: string;
  readonly id: number;
  readonly data: Readonly<Record<string, unknown>>;
}
const examples = JSON.parse(
  readFileSync(new URL('../../../lib/schema/examples.json', import.meta.url), 'utf8'),
) as Record<string, Example>;
const jsTypes: Record<string, string> = { u16: 'number', u32: 'number', bool: 'boolean' };

test.each(Object.entries(examples))('event %s', (id, example) => {
  const schema = events.find((e) => e.id === Number(id));
  expect(schema?.name).toBe(example.type);
  expect(example.id).toBe(Number(id));
  expect(Object.entries(example.data).map(([name, value]) => [name, typeof value])).toEqual(
    schema?.fields.map(([name, type]) => [name, jsTypes[type] ?? 'string']),
  );
});

test('every event that a kernel hook sees has one', () => {
  expect(events.filter((e) => e.hooks !== undefined && !(String(e.id) in examples)).map((e) => e.name)).toEqual([]);
});
