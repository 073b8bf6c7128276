/** The recorded events of docs/events.md have the fields that the schema has today. */
import { expect, test } from 'vitest';
import { events } from '../../../lib/schema/events.js';

const jsTypes: Record<string, string> = { u16: 'number', u32: 'number', bool: 'boolean' };
const seen = events.filter((e) => e.hooks !== undefined);

test.each(seen.map((e) => [`${e.name} (${e.id})`, e] as const))('%s has one, with its fields', (_, e) => {
  expect(Object.entries(e.example?.data ?? {}).map(([name, value]) => [name, typeof value])).toEqual(
    e.fields.map(([name, type]) => [name, jsTypes[type] ?? 'string']),
  );
  expect(e.hooks?.map(([hook]) => hook)).toContain(e.example?.extra['hook']);
});
