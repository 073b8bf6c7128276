/** What checks of options and arguments share. */
import { refuse, show } from './errors.js';
import type { EventType } from './schema/events.gen.js';
import { eventTable } from './schema/tables.gen.js';

/** The known word nearest to a misspelled one, if any is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  };
  const ranked = words
    .map((w) => [distance(word.toLowerCase(), w.toLowerCase()), w] as const)
    .sort((a, b) => a[0] - b[0]);
  const best = ranked[0];
  return best && best[0] <= Math.max(2, word.length / 3) ? best[1] : undefined;
}

export const didYouMean = (word: string, words: readonly string[]): string => {
  const n = nearest(word, words);
  return n === undefined ? '' : ` Did you mean '${n}'?`;
};

export function integer(name: string, value: unknown, fallback: number, least: number, most: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    refuse(`option ${name}: expected a whole number from ${least} to ${most}, got ${show(value)}.`);
  return value;
}

/** An object all of whose names are known; without one, an empty one. `where` stands before what is wrong. */
export function checkNames<T extends object>(where: string, value: unknown, known: readonly (keyof T & string)[]): T {
  if (value === undefined) return {} as T;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`${where}: expected an object with options, got ${show(value)}.`);
  for (const name of Object.keys(value)) {
    if (!(known as readonly string[]).includes(name))
      refuse(`${where}: unknown option '${name}'.${didYouMean(name, known)} Known: ${known.join(', ')}.`);
  }
  return value as T;
}

/** Names of all types of events. Two events may share one. */
export const typeNames: readonly EventType[] = [...new Set(eventTable.map((e) => e.name))];

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

/** A signal by its shape: it may come from another realm, or from a library. */
export function checkSignal(where: string, value: unknown): AbortSignal | undefined {
  if (value === undefined) return undefined;
  const { aborted, addEventListener } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<AbortSignal>;
  if (typeof aborted !== 'boolean' || typeof addEventListener !== 'function')
    refuse(`${where}: signal: expected an AbortSignal, got ${show(value)}.`);
  return value as AbortSignal;
}

/** What start() of a source of events takes. */
export interface StartOptions {
  readonly signal?: AbortSignal | undefined;
}

export function checkStart(options: unknown): AbortSignal | undefined {
  return checkSignal('start()', checkNames<StartOptions>('start()', options, ['signal']).signal);
}

/** What was thrown, as text. Anything can be thrown, also what cannot be made a text. */
export function causeText(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return 'an object without a text';
  }
}

interface Thenable {
  then(resolved: undefined, rejected: (cause: unknown) => void): unknown;
}

/** A promise of whatever library. */
export const isThenable = (value: object | null): value is Thenable =>
  value !== null && 'then' in value && typeof value.then === 'function';
