/** What checks of options and arguments share. */
import { refuse, show } from './errors.js';
import { didYouMean } from './nearest.js';

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
