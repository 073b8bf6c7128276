/** Text of JSON values, for the generated writers. */
import { printableJson, unseen } from '../base/printable.js';
import type { ProcessRecord } from '../schema/events.gen.js';
import { flat, slots, textCache, type ProcessTexts } from './process-texts.js';

export { flat };

// What JSON must escape, and what a terminal would obey or swallow: see printable.ts.
const special = new RegExp(`["\\\\\\x00-\\x1f${unseen}\\ud800-\\udfff]`);

/** True for a text that needs nothing but quotes. */
export const isPlain = (value: unknown): boolean => typeof value === 'string' && !special.test(value);

/** Any value; `null` where JSON has none for it. */
export function text(value: unknown): string {
  // Half the price of JSON.stringify for the texts that need nothing.
  if (typeof value === 'string' && !special.test(value)) return `"${value}"`;
  return printableJson(value);
}

/** Any value as a text. */
export const textOf = (value: unknown): string =>
  value === '-' ? '"-"' : typeof value === 'number' ? `"${value}"` : text(String(value));

export function number(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : text(value);
}

export function flag(value: unknown): string {
  return value === true ? 'true' : value === false ? 'false' : text(value);
}

export const { shared, textsOf, forget, parentTexts } = textCache(text, slots.json);

/** The arguments, which are pieces of the command line: what holds of it holds of them. */
export function texts(argv: readonly string[], c: ProcessTexts, p: ProcessRecord): string {
  if (argv.length === 0) return '[]';
  // One that was cut may end before they do.
  if (c.commandLine.length === p.commandLine.length + 2 && !p.commandLine.endsWith('...'))
    return `["${argv.join('","')}"]`;
  return printableJson(argv);
}

const frozenTexts = new WeakMap<object, string>();

/** An object that is shared by many events or processes. Only what is frozen is remembered: all else may change. */
export function frozen(value: object | undefined): string {
  if (value === undefined) return 'null';
  let known = frozenTexts.get(value);
  if (known === undefined) {
    known = printableJson(value);
    if (Object.isFrozen(value)) frozenTexts.set(value, known);
  }
  return known;
}

/** The text of an object that is mostly the one that was asked for before. */
export class LastText {
  #value: object | undefined;
  #text = 'null';

  text(value: object | undefined): string {
    if (value === undefined || value !== this.#value) {
      this.#text = frozen(value);
      // All else may change.
      this.#value = value !== undefined && Object.isFrozen(value) ? value : undefined;
    }
    return this.#text;
  }
}

/**
 * Texts of a process and its ancestors, nearest first and joined by commas, each in a form of its own. They are kept
 * for as long as the record lives.
 */
export function lineTexts(form: (p: ProcessRecord) => object): (p: ProcessRecord) => string {
  const known = new WeakMap<ProcessRecord, string>();
  return (p) => {
    // From the top down and not by recursion: each generation adds itself to the text of the one before.
    const missing: ProcessRecord[] = [];
    let line: string | undefined;
    for (let q: ProcessRecord | undefined = p; q !== undefined && line === undefined; q = q.parent) {
      line = known.get(q);
      if (line === undefined) missing.push(q);
    }
    line ??= '';
    for (const q of missing.reverse()) {
      const own = printableJson(form(q));
      line = flat(line === '' ? own : `${own},${line}`);
      known.set(q, line);
    }
    return line;
  };
}
