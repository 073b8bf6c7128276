import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

/** Names of all types of events. Two events may share one. */
export const typeNames: readonly EventType[] = [...new Set(eventTable.map((e) => e.name))];

/** Types of what happens on the system; the others are about the sensor itself. */
export const observedTypes: readonly EventType[] = [
  ...new Set(eventTable.filter((e) => e.wire !== undefined).map((e) => e.name)),
];

/** The type that somebody means by its name in any case, or by its id; undefined: none. */
export function typeOf(word: string): EventType | undefined {
  const lower = word.toLowerCase();
  return eventTable.find((e) => e.name.toLowerCase() === lower || String(e.id) === word)?.name;
}

export function checkType(where: string, value: unknown): EventType {
  if (!(typeNames as readonly unknown[]).includes(value))
    refuse(
      `${where}: ${show(value)} is no type of event.${didYouMean(String(value), typeNames)} Known: ${typeNames.join(', ')}.`,
    );
  return value as EventType;
}

export function checkTypes(where: string, value: unknown): readonly EventType[] {
  if (!Array.isArray(value)) refuse(`${where}: expected a list of event types, got ${show(value)}.`);
  return (value as readonly unknown[]).map((v) => checkType(where, v));
}
