/** What the generated writers of documents are made of. Each gives a member of an object, empty if there is none. */
import { leafWrite } from './documents.js';
import { zeroGuid } from '../event/event.js';
import { conversions } from './conversions.js';
import { shortLine as longest } from '../base/cut-text.js';
import { flat, parentTexts, textOf, texts } from './json-text.js';
import type { Write } from './kept-pieces.js';
import { mostOfText, mostTexts, nothing, written, type Row } from './mapping.js';
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

/** A command line, cut where it is long. */
export const shortLine = (key: string, line: unknown, json: string): string =>
  typeof line === 'string' && line.length <= longest ? known(key, line, json) : made(key, line, conversions.shortLine);

/** A list of one text, or of two that differ. */
export const list = (key: string, value: unknown, json: string): string =>
  typeof value === 'string' && !nothing(value) ? `${key}[${json}]` : made(key, value, conversions.list);
export function pair(key: string, a: unknown, jsonOfA: string, b: unknown, jsonOfB: string): string {
  if (nothing(b) || a === b) return list(key, a, jsonOfA);
  return nothing(a) ? list(key, b, jsonOfB) : `${key}[${jsonOfA},${jsonOfB}]`;
}

/** The arguments, unless there is none. */
export const args = (key: string, p: ProcessRecord, c: ProcessTexts): string =>
  p.argv.length === 0 ? '' : key + texts(p.argv, c, p);

/** What a conversion makes of a text that comes back, as those of the same programs do. */
export function ofText(key: string, convert: (value: unknown) => unknown): (value: unknown) => string {
  const remembered = new Map<string, string>();
  return (value) => {
    if (typeof value !== 'string' || value.length > mostOfText) return made(key, value, convert);
    let json = remembered.get(value);
    if (json === undefined) {
      json = flat(made(key, value, convert));
      if (remembered.size >= mostTexts) remembered.clear();
      remembered.set(value, json);
    }
    return json;
  };
}

/** What it makes of an object that many processes share, and mostly the last one; only of what is frozen. */
export function ofObject(key: string, convert: (value: unknown) => unknown): (value: unknown) => string {
  const remembered = new WeakMap<object, string>();
  let lastOf: object | undefined;
  let lastText = '';
  return (value) => {
    if (value !== undefined && value === lastOf) return lastText;
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return made(key, value, convert);
    let json = remembered.get(value);
    if (json === undefined) remembered.set(value, (json = flat(made(key, value, convert))));
    lastOf = value;
    lastText = json;
    return json;
  };
}

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
