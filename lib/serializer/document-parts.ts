/** What the generated writers of documents are made of. Each gives a member of an object, empty if there is none. */
import { leafWrite } from './documents.js';
import { zeroGuid } from '../event/event.js';
import { conversions } from './conversions.js';
import { flat, parentTexts, textOf } from './json-text.js';
import type { Write } from './kept-pieces.js';
import { nothing, written, type Row } from './mapping.js';
import type { ProcessTexts } from './process-texts.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';

/** A value, with its key in front. */
export const member = (key: string, value: unknown): string => (nothing(value) ? '' : key + written(value));

/** A value whose JSON is known. */
export const known = (key: string, value: unknown, json: string): string =>
  nothing(value) ? '' : key + (typeof value === 'string' ? json : written(value));

/** A text that needs no escape. */
export const plain = (key: string, value: string | undefined): string =>
  value === undefined || nothing(value) ? '' : `${key}"${value}"`;

export const asText = (key: string, value: unknown): string => (nothing(value) ? '' : key + textOf(value));

const piece = (key: string, json: string): string =>
  json === '""' || json === '"-"' || json === `"${zeroGuid}"` ? '' : key + json;

/** The last part of a path; no escape has or hides a slash, so that it can be cut out of the path's JSON. */
export function baseName(key: string, path: unknown, json: string): string {
  if (typeof path !== 'string') return made(key, path, conversions.baseName);
  if (nothing(path)) return '';
  // The root has no other name than its path.
  const at = path === '/' ? -1 : json.lastIndexOf('/');
  return piece(key, at < 0 ? json : `"${json.slice(at + 1)}`);
}

/** All before it. */
export function folder(key: string, path: unknown, json: string): string {
  if (typeof path !== 'string') return made(key, path, conversions.folder);
  const at = nothing(path) ? -1 : json.lastIndexOf('/');
  if (at < 0) return '';
  return at === 1 ? `${key}"/"` : piece(key, `${json.slice(0, at)}"`);
}

/** JSON of a text of the parent. */
export const parentText = (
  c: ProcessTexts,
  q: ProcessRecord | undefined,
  name: 'image' | 'commandLine' | 'cwd' | 'user',
): string => (q === undefined ? 'null' : parentTexts(c, q)[name]);

/** What a conversion makes of a value. */
export const made = <T>(key: string, value: T, convert: (value: T) => unknown): string =>
  nothing(value) ? '' : member(key, convert(value));

/** Rows that no simpler writer does for, as the tables say them. */
export const rows = (key: string, ...all: readonly Row[]): Write => leafWrite(key, all);

export const both = (a: string, b: string): string => (a === '' ? b : b === '' ? a : `${a},${b}`);
export const after = (members: string): string => (members === '' ? '' : `,${members}`);
export const before = (members: string): string => (members === '' ? '' : `${members},`);
export const object = (key: string, members: string): string => (members === '' ? '' : `${key}{${members}}`);

/** The text of what mostly is the same object as in the event before; only of what is frozen: all else may change. */
export function last(write: Write): (of: unknown, event: SysmonEvent) => string {
  let lastOf: unknown;
  let lastText = '';
  return (of, event) => {
    if (of !== undefined && of === lastOf) return lastText;
    const text = write(event);
    // Texts count as frozen.
    if (of !== undefined && Object.isFrozen(of)) {
      lastOf = of;
      lastText = flat(text);
    }
    return text;
  };
}
