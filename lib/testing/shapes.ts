/** Whether what a test gives has the type that the schema says. What is wrong is refused with ERR_SYSMON_OPTION. */
import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { FieldType } from '../schema/types.js';

/** `where` begins the text of each error, for example `makeEvent('ProcessCreate')`. */
export function checkKeys(where: string, value: unknown, known: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`${where}: expected an object, got ${show(value)}.`);
  for (const name of Object.keys(value))
    if (!known.includes(name))
      refuse(`${where}: there is no '${name}'.${didYouMean(name, known)} Known: ${known.join(', ')}.`);
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}

const most: Partial<Record<FieldType, number>> = { u16: 0xffff, u32: 0xffffffff };

const isWhole = (value: unknown, to: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= to;

/** A field of `data`. */
export function checkField(where: string, type: FieldType, value: unknown): void {
  const to = most[type];
  const expected = to === undefined ? (type === 'bool' ? 'true or false' : 'a text') : `a whole number from 0 to ${to}`;
  const good = to === undefined ? typeof value === (type === 'bool' ? 'boolean' : 'string') : isWhole(value, to);
  if (!good) refuse(`${where}: expected ${expected}, got ${show(value)}.`);
}

/** What a TypeScript type of the schema asks of a value, in words and as a test. */
function shapeOf(tsType: string): readonly [words: string, test: (value: unknown) => boolean] {
  if (tsType === 'string') return ['a text', (v) => typeof v === 'string'];
  if (tsType === 'number') return ['a whole number', (v) => isWhole(v, Number.MAX_SAFE_INTEGER)];
  if (tsType === 'true') return ['true, or nothing', (v) => v === true];
  if (tsType.startsWith("'")) {
    const words = tsType.split(' | ').map((word) => word.slice(1, -1));
    return [`one of ${tsType.replaceAll(' | ', ', ')}`, (v) => words.includes(v as string)];
  }
  if (tsType === 'readonly string[]')
    return ['a list of texts', (v) => Array.isArray(v) && v.every((item) => typeof item === 'string')];
  if (tsType.endsWith('[]'))
    return ['a list of objects', (v) => Array.isArray(v) && v.every((item) => typeof item === 'object' && item)];
  return ['an object', (v) => typeof v === 'object' && v !== null && !Array.isArray(v)];
}

/** A member of `extra` or of a process record. */
export function checkMember(where: string, tsType: string, value: unknown): void {
  const [words, test] = shapeOf(tsType);
  if (!test(value)) refuse(`${where}: expected ${words}, got ${show(value)}.`);
}
