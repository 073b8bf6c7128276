/** Names and order of all fields, against the field table of Sysmon's schema. Extensions may append. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { events, schemaVersion } from '../../lib/schema/events.js';
import { eventTable } from '../../lib/schema/tables.gen.js';

interface Row {
  readonly id: number;
  readonly tag?: string;
  readonly default: string;
  readonly fields: readonly (readonly [string, string])[];
}
const table = JSON.parse(readFileSync(new URL('../fixtures/schema-4.90.json', import.meta.url), 'utf8')) as {
  schemaVersion: string;
  events: Row[];
};
const sysmons = new Map(table.events.map((r) => [r.id, r]));
/** Ids that are ours: FileModify and its group, PrivilegeChange and its group. */
const extensions = new Set(Array.from({ length: 30 }, (_, i) => 110 + i));
/** Where the name of the type is not the tag of its rules. */
const names: Record<number, string> = {
  4: 'ServiceStateChange',
  6: 'ModuleLoad',
  16: 'ServiceConfigurationChange',
  255: 'Error',
};

const typeOf = (name: string, inTable: string): readonly string[] => {
  if (inTable === 'GUID') return ['guid'];
  // Sysmon calls it a text, and the text is `true` or `false`.
  if (name === 'Archived') return ['bool'];
  if (inTable === 'string') return name === 'UtcTime' || name.endsWith('UtcTime') ? ['time', 'string'] : ['string'];
  if (inTable === 'decimal') return ['string', 'u32'];
  return [inTable];
};

test('the table is whole', () => {
  expect(table.events.map((r) => r.id)).toEqual([...Array.from({ length: 26 }, (_, i) => i + 1), 100, 255]);
  expect(table.schemaVersion).toBe(schemaVersion);
  expect(sysmons.get(1)?.fields).toHaveLength(23);
});

const shared = events.flatMap((e) => {
  const row = sysmons.get(e.id);
  return row ? [[e.name, e, row] as const] : [];
});
test('most are events of Sysmon', () => {
  expect(shared.length).toBeGreaterThan(10);
});
describe.each(shared)('%s as Sysmon has it', (name, event, row) => {
  test('name, tag and default', () => {
    expect(name).toBe(names[event.id] ?? row.tag);
    expect(event.default).toBe(row.default);
    if (row.tag !== undefined) expect(event.tag).toBe(row.tag);
    else expect(event.tag).toBeUndefined();
  });
  test('fields and their order: those of Sysmon first, then what we add', () => {
    expect(event.fields.slice(0, row.fields.length).map((f) => f[0])).toEqual(row.fields.map((f) => f[0]));
    row.fields.forEach(([field, type], i) => {
      expect(typeOf(field, type), field).toContain(event.fields[i]?.[1]);
    });
  });
});

describe.each(events.map((e) => [e.name, e] as const))('%s', (name, event) => {
  test('is an event of Sysmon, or one of ours', () => {
    expect(
      sysmons.has(event.id) || extensions.has(event.id),
      `id ${event.id} is neither in the table nor reserved for extensions`,
    ).toBe(true);
  });
  test('every field once, each with its documentation', () => {
    expect(new Set(event.fields.map((f) => f[0])).size).toBe(event.fields.length);
    for (const [field, , , doc] of event.fields) expect(doc.length, field).toBeGreaterThan(5);
  });
  test('the generated table says the same', () => {
    const made = eventTable.find((e) => e.id === event.id && e.name === name);
    expect(made?.fields).toEqual(event.fields.map(([f, t]) => [f, t]));
  });
});

test('ids ascend, types are told apart by name', () => {
  const ids = events.map((e) => e.id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  const known = events.map((e) => e.name);
  expect(new Set(known).size + (known.filter((n) => n === 'PipeEvent').length > 1 ? 1 : 0)).toBe(known.length);
});
