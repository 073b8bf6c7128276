/** What the tables of the formats mean, in the plainest way: a row after the other, for each event anew. */
import { printableJson } from '../../../lib/base/printable.js';
import { zeroGuid } from '../../../lib/event/event.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { conversions } from '../../../lib/serializer/conversions.js';
import { getter, type Member, type Row } from '../../../lib/serializer/mapping.js';

interface Place {
  readonly members: Map<string, Place>;
  value: unknown;
}

const isNothing = (v: unknown): boolean => v === undefined || v === null || ['', '-', zeroGuid].includes(v as string);

function valueOf(row: Row | Member, event: SysmonEvent): unknown {
  if ('target' in row) {
    const value = row.get(event);
    return row.written && value !== undefined ? (JSON.parse(value as string) as unknown) : value;
  }
  const value = getter(row[1])(event);
  if (isNothing(value)) return undefined;
  const converted = row[2] === undefined ? value : conversions[row[2]](value, event);
  return isNothing(converted) ? undefined : converted;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function tree({ members, value }: Place): unknown {
  if (members.size === 0) return value;
  const said = [...members].map(([name, m]) => [name, tree(m)] as const).filter(([, v]) => v !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

export function interpret(rows: readonly (Row | Member)[], event: SysmonEvent): string {
  const root: Place = { members: new Map(), value: undefined };
  for (const row of rows) {
    const target = 'target' in row ? row.target : row[0];
    if (!('target' in row) && row[1].startsWith('data.') && !(row[1].slice(5) in event.data)) continue;
    let at = root;
    for (const name of typeof target === 'string' ? target.split('.') : target) {
      if (!at.members.has(name)) at.members.set(name, { members: new Map(), value: undefined });
      at = at.members.get(name) as Place;
    }
    const value = valueOf(row, event);
    if (value === undefined) continue;
    at.value = Array.isArray(at.value) ? [...new Set([...listOf(at.value), ...listOf(value)])] : value;
  }
  return printableJson(tree(root) ?? {});
}
