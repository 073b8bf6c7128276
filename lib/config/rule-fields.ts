/**
 * Fields outside `data` that a rule in YAML may name by their path, such as `process.parent.image`, and how the value
 * of a field is read as text, which is what conditions compare.
 */
import { extraPaths, processPaths, type PathRow } from '../schema/tables.gen.js';

type Values = PathRow[2];

/** How paths are written in this file: `[]` at the end says that there may be several values. */
const suffixed = ([path, multi]: PathRow): string => path + (multi ? '[]' : '');

const ofProcess = processPaths.map(suffixed);

/** All paths. A `*` stands for whatever name an event has there, as that of an environment variable. */
const known: readonly string[] = [
  ...ofProcess.map((f) => `process.${f}`),
  ...ofProcess.map((f) => `process.parent.${f}`),
  ...ofProcess.map((f) => `process.ancestors.${f.replace('[]', '')}[]`),
  ...extraPaths.map((p) => `extra.${suffixed(p)}`),
];

/** Paths without `*`, and whether each may have several values. */
const exact = new Map(known.filter((f) => !f.includes('*')).map((f) => [f.replace('[]', ''), f.endsWith('[]')]));
/** What values can be, by path; those of the parent and the ancestors are those of the process. */
const values = new Map([
  ...processPaths.map(([path, , of]): [string, Values] => [`process.${path}`, of]),
  ...extraPaths.map(([path, , of]): [string, Values] => [`extra.${path}`, of]),
]);
/** Paths with `*`, by what stands before it. */
const families = known
  .filter((f) => f.includes('*'))
  .map((f) => ({ prefix: f.slice(0, f.indexOf('*')), multi: f.endsWith('[]') }));

/** All paths, for documentation, schema and suggestions. */
export const dottedFields: readonly string[] = known.map((f) => f.replace('[]', ''));

export interface DottedField {
  /** It has several values; a condition holds if it holds for one of them. */
  readonly multi: boolean;
  /** What its values can be, where that is not any text. */
  readonly values?: Values;
}

/** What a dotted path stands for; undefined if there is no such field. */
export function dottedField(name: string): DottedField | undefined {
  const multi = exact.get(name);
  if (multi !== undefined) {
    const of = values.get(name.replace(/^process\.(parent|ancestors)\./, 'process.'));
    return { multi, ...(of === undefined ? {} : { values: of }) };
  }
  const family = families.find(
    (f) => name.startsWith(f.prefix) && /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/.test(name.slice(f.prefix.length)),
  );
  return family ? { multi: family.multi } : undefined;
}

/** The part of an event that rules look at. */
export interface RuleEvent {
  /** Name of the type. */
  readonly type: string;
  /** Sysmon's EventID, where two events share a type. */
  readonly id?: number;
  /** Sysmon's fields; one that is not there is `-`. */
  readonly data: object;
  /** Its process record, or a copy, for fields such as `process.parent.image`. */
  readonly process?: unknown;
  /** For fields such as `extra.errno`. */
  readonly extra?: unknown;
}

/** A missing value is `-`, as everywhere in Sysmon. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return '-';
}

/** Follows a path from its step `at` on, into every item of a list, and adds the values at its end to `out`. */
function leaves(value: unknown, path: readonly string[], at: number, out: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) leaves(item, path, at, out);
  } else if (at === path.length) {
    if (value !== undefined && value !== null && typeof value !== 'object') out.push(text(value));
  } else if (typeof value === 'object' && value !== null) {
    const key = path[at];
    const listed = 'ancestors' in value && Array.isArray(value.ancestors) ? (value.ancestors as unknown[]) : undefined;
    if (key === 'ancestors') {
      // In memory the ancestors are the chain of parents, in JSON a list. The bound is for an event that a program made
      // by hand, whose chain may go in a circle.
      if (listed) leaves(listed, path, at + 1, out);
      else
        for (let p = parentOf(value), n = 0; p !== undefined && n < 1024; p = parentOf(p), n++)
          leaves(p, path, at + 1, out);
    } else if (key === 'parent') {
      leaves(parentOf(value) ?? listed?.[0], path, at + 1, out);
    } else if (key in value) {
      // Not only own properties: a record of a process decodes some of its fields when they are asked for.
      leaves((value as Record<string, unknown>)[key], path, at + 1, out);
    }
  }
}

function parentOf(process: object): object | undefined {
  const parent = 'parent' in process ? process.parent : undefined;
  return typeof parent === 'object' && parent !== null ? parent : undefined;
}

/** A field of an event as conditions see it: a text, or several that are separated by NUL. */
export function readField(event: RuleEvent, name: string): string {
  if (!name.includes('.')) {
    // Which name the event gets is what the rules are about to decide: none of them can ask for it.
    return name === 'RuleName'
      ? '-'
      : text(Object.hasOwn(event.data, name) ? (event.data as Record<string, unknown>)[name] : undefined);
  }
  const out: string[] = [];
  leaves({ process: event.process, extra: event.extra }, name.split('.'), 0, out);
  if (out.length === 0) return '-';
  return out.length === 1 ? out[0] : out.map((v) => v.replaceAll('\0', ' ')).join('\0');
}
