/** The checks of options, by the kinds that the rows of lib/schema/options.ts name. */
import { integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { toFilters, type FilterInput } from '../filter/input.js';
import { hashSources, npmVariables, type OptionCheck } from '../schema/options.js';
import { redactions } from './redactions.js';
import { throttle } from './throttle.js';
import { checkCompatibility, checkConfigOption, checkEvents } from '../source/source-options.js';
import type { HashAlgorithm, HashOptions } from './options.gen.js';
import { watched } from './watched.js';

const algorithms: Record<HashAlgorithm, number> = { SHA1: 1, MD5: 2, SHA256: 4 };

/** The option hash as an object: anything else stands for its algorithms. */
export const hashParts = (value: unknown): { readonly algorithms?: unknown; readonly source?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value, source: (value as HashOptions).source ?? 'auto' }
    : { algorithms: value };

/** The algorithms as bits, which is how the addon takes them. */
export function checkHash(value: unknown): number {
  if (value === undefined) return algorithms.SHA256;
  if (value === 'none') return 0;
  let bits = 0;
  for (const v of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const bit = typeof v === 'string' && Object.hasOwn(algorithms, v) ? algorithms[v as HashAlgorithm] : undefined;
    if (bit === undefined)
      refuse(
        `option hash: ${show(v)} is no algorithm.${didYouMean(String(v), Object.keys(algorithms))} Known: SHA1, MD5, SHA256, a list of them, or 'none'; or { algorithms, source }.`,
      );
    bits |= bit;
  }
  return bits;
}

/** The place of a word in the list of those that are known. */
function oneOf(name: string, value: unknown, known: readonly string[]): number {
  const place = known.indexOf(value as string);
  if (place < 0)
    refuse(`option ${name}: ${show(value)} is unknown.${didYouMean(String(value), known)} Known: ${known.join(', ')}.`);
  return place;
}

function power(name: string, value: unknown, fallback: number, least: number, most: number): number {
  const number = integer(name, value, fallback, least, most);
  if ((number & (number - 1)) !== 0) {
    const below = 2 ** Math.floor(Math.log2(number));
    refuse(`option ${name}: the kernel wants a power of two; the nearest to ${number} are ${below} and ${below * 2}.`);
  }
  return number;
}

function directory(name: string, value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.includes('\0'))
    refuse(`option ${name}: expected an absolute path, got ${show(value)}.`);
  return value;
}

function directories(name: string, value: unknown, most: number): string[] {
  if (!Array.isArray(value)) refuse(`option ${name}: expected a list of directories, got ${show(value)}.`);
  if (value.length > most) refuse(`option ${name}: at most ${most} directories, got ${value.length}.`);
  return (value as unknown[]).map((d) => directory(name, d));
}

function variables(name: string, value: unknown, most: number): string[] {
  if (!Array.isArray(value)) refuse(`option ${name}: expected a list of names, or 'npm', got ${show(value)}.`);
  if (value.length > most) refuse(`option ${name}: at most ${most} names, got ${value.length}.`);
  for (const v of value as unknown[]) {
    if (typeof v !== 'string' || !/^[^=\0]{1,255}$/.test(v))
      refuse(`option ${name}: ${show(v)} is no name of a variable.`);
  }
  return [...new Set(value as string[])];
}

const mostLabels = 64;

function labels(name: string, value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`option ${name}: expected names and texts such as { node: 'n7' }, got ${show(value)}.`);
  const all = Object.entries(value);
  if (all.length > mostLabels) refuse(`option ${name}: at most ${mostLabels} labels, got ${all.length}.`);
  for (const [label, text] of all) {
    if (label === '') refuse(`option ${name}: a label needs a name.`);
    if (typeof text !== 'string') refuse(`option ${name}.${label}: expected a text, got ${show(text)}.`);
  }
  return all.length === 0 ? undefined : Object.freeze({ ...(value as Record<string, string>) });
}

/**
 * The value of an option in use: what was given if it is right, or the default. Throws SysmonError (ERR_SYSMON_OPTION).
 */
export function checkOption(name: string, check: OptionCheck, value: unknown): unknown {
  switch (check.kind) {
    case 'whole':
      return integer(name, value, check.default, check.least, check.most);
    case 'power':
      return power(name, value, check.default, check.least, check.most);
    case 'truth':
      if (value !== undefined && typeof value !== 'boolean')
        refuse(`option ${name}: expected true or false, got ${show(value)}.`);
      return value ?? check.default;
    case 'variables':
      if (value === 'npm') return [...check.default, ...npmVariables];
      return value === undefined ? check.default : variables(name, value, check.most);
    case 'watched':
      return value === undefined ? check.default : watched(name, value);
    case 'directories':
      return value === undefined ? [] : directories(name, value, check.most);
    case 'directory':
      return value === undefined ? '' : directory(name, value);
    case 'path':
      if (value !== undefined && (typeof value !== 'string' || value === ''))
        refuse(`option ${name}: expected a path, got ${show(value)}.`);
      return value ?? '';
    case 'events':
      return checkEvents(value as Parameters<typeof checkEvents>[0]);
    case 'hash':
      return checkHash(hashParts(value).algorithms);
    case 'hashSource':
      return oneOf(name, value ?? hashSources[0], hashSources);
    case 'config':
      return checkConfigOption(value);
    case 'compatibility':
      return checkCompatibility(value);
    case 'filter':
      return toFilters(value as FilterInput | undefined);
    case 'pid':
      return integer(name, value, 0, 1, 0x3fffffff);
    case 'labels':
      return labels(name, value);
    case 'redact':
      return redactions(name, value);
    case 'throttle':
      return throttle(name, value);
    case 'archive':
    case 'scope':
      return value; // its members are rows of their own
  }
}
