/** Sysmon's FieldSizes: the most characters of a field, at output only. Rules and `data` see all of it. */
import { cutText } from '../base/cut-text.js';
import { didYouMean } from '../base/nearest.js';
import { refuse, show } from '../base/errors.js';
import { fieldNames } from '../schema/manifest.js';

/**
 * Sizes by field. A text that is longer is cut to the size, its last three characters `...`; below 3 only `-` is left.
 */
export type FieldSizes = Readonly<Record<string, number>>;

/**
 * A function that returns `data` with its fields cut, or `data` itself if none is too long; undefined without sizes.
 */
export function fieldCutter(sizes: FieldSizes | undefined): (<T extends object>(data: T) => T) | undefined {
  const list = Object.entries(sizes ?? {});
  if (list.length === 0) return undefined;
  return <T extends object>(data: T): T => {
    let copy: Record<string, unknown> | undefined;
    for (const [name, size] of list) {
      const value = (data as Record<string, unknown>)[name];
      if (typeof value !== 'string' || value.length <= size) continue;
      copy ??= { ...data } as Record<string, unknown>;
      copy[name] = cutText(value, size);
    }
    return (copy ?? data) as T;
  };
}

/** Reads `Field:N[,Field:N]`, the text of the element in a configuration. */
export function parseFieldSizes(text: string): Record<string, number> {
  if (typeof text !== 'string') refuse(`FieldSizes: expected Field:N[,Field:N], got ${show(text)}.`);
  const sizes: Record<string, number> = {};
  for (const part of text.split(',')) {
    const match = /^([A-Za-z0-9]+):([0-9]+)$/.exec(part);
    const size = Number(match?.[2]);
    if (match === null || size < 1 || size > 0xffffffff)
      refuse(`FieldSizes: expected Field:N[,Field:N] with N above 0, got '${part}'.`);
    sizes[match[1]] = size;
  }
  return sizes;
}

export function checkFieldSizes(where: string, value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`${where}: fieldSizes: expected sizes by field, got ${show(value)}.`);
  for (const [name, size] of Object.entries(value as Record<string, unknown>)) {
    if (!fieldNames.has(name))
      refuse(`${where}: fieldSizes: no event has a field '${name}'.${didYouMean(name, [...fieldNames])}`);
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 1)
      refuse(`${where}: fieldSizes: ${name}: expected a whole number above 0, got ${show(size)}.`);
  }
}
