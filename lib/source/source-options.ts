/** Checks of options that sensor and replay share. */
import { refuse, show } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';
import { checkTypes, observedTypes } from '../event/type-names.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

/** What `'all'` leaves out. */
const named: ReadonlySet<EventType> = new Set(eventTable.flatMap((e) => (e.named ? [e.name] : [])));

/** Names of event types as events, in the order of their ids. Of a recording, `'all'` is all that it has. */
export function checkEvents(value: readonly EventType[] | 'all' | undefined, recorded = false): EventType[] {
  if (value === undefined) return eventTable.filter((e) => e.default === 'log').map((e) => e.name);
  if (value === 'all') return observedTypes.filter((type) => recorded || !named.has(type));
  if (!Array.isArray(value)) refuse(`option events: expected a list of event types or 'all', got ${show(value)}.`);
  const wanted = checkTypes('option events', value);
  return observedTypes.filter((n) => wanted.includes(n));
}

/** What a configuration may be; what is in it is the business of config/. */
export function checkConfigOption(value: unknown): string | RuleSet | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'RuleSet')
    return value as RuleSet;
  const hint = ArrayBuffer.isView(value) ? ' Give the path, or the content as text.' : '';
  refuse(`option config: expected the path of a file, its text, or a RuleSet, got ${show(value)}.${hint}`);
}

export function checkCompatibility(value: unknown): 'linux' | 'exact' {
  if (value === undefined) return 'linux';
  if (value !== 'linux' && value !== 'exact')
    refuse(`option compatibility: expected 'linux' or 'exact', got ${show(value)}.`);
  return value;
}
