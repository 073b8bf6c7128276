/** Fields beside `data` that a YAML rule may speak of, and how a value of an event is read as text. */
import { extraPaths, processPaths } from '../schema/tables.gen.js';

/** `*` stands for one name of any kind, `[]` behind a path for several values. */
const suffixed = ([path, multi]: readonly [path: string, multi: boolean]): string => path + (multi ? '[]' : '');

/** What a later version will fill. Rules may speak of it, for recordings may have it. */
const coming = ['container.id', 'container.runtime', 'container.name', 'container.podUid'];

const ofProcess = [...processPaths.map(suffixed), ...coming];

const known: readonly string[] = [
  ...ofProcess.map((f) => `process.${f}`),
  ...ofProcess.map((f) => `process.parent.${f}`),
  ...ofProcess.map((f) => `process.ancestors.${f.replace('[]', '')}[]`),
  'process.origin.*[]',
  'process.remote.*[]',
  ...extraPaths.map((p) => `extra.${suffixed(p)}`),
];

const exact = new Map(known.filter((f) => !f.includes('*')).map((f) => [f.replace('[]', ''), f.endsWith('[]')]));
const open = known
  .filter((f) => f.includes('*'))
  .map((f) => ({ prefix: f.slice(0, f.indexOf('*')), multi: f.endsWith('[]') }));

/** All dotted fields by name; open families as `process.env.*`. For documentation, schema and suggestions. */
export const dottedFields: readonly string[] = known.map((f) => f.replace('[]', ''));

export interface DottedField {
  /** It has several values; a condition holds if it holds for one of them. */
  readonly multi: boolean;
}

/** What a dotted path stands for; undefined if there is no such field. */
export function dottedField(name: string): DottedField | undefined {
  const multi = exact.get(name);
  if (multi !== undefined) return { multi };
  const family = open.find(
    (f) => name.startsWith(f.prefix) && /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/.test(name.slice(f.prefix.length)),
  );
  return family ? { multi: family.multi } : undefined;
}

/** Fields that later versions will fill. Rules may speak of them, for recordings may have them. */
export function isUnknownYet(name: string): boolean {
  return /^process\.(((parent|ancestors)\.)?container|origin|remote)\./.test(name);
}

/** The part of an event that rules look at. */
export interface RuleEvent {
  readonly type: string;
  readonly id?: number;
  readonly data: object;
  readonly process?: unknown;
  readonly extra?: unknown;
}

/** A missing value is `-`, as everywhere in Sysmon. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return '-';
}

function leaves(value: unknown, path: readonly string[], at: number, out: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) leaves(item, path, at, out);
  } else if (at === path.length) {
    if (value !== undefined && value !== null && typeof value !== 'object') out.push(text(value));
  } else if (typeof value === 'object' && value !== null) {
    const key = path[at];
    const listed = 'ancestors' in value && Array.isArray(value.ancestors) ? (value.ancestors as unknown[]) : undefined;
    if (key === 'ancestors') {
      // In memory the line of ancestors is the chain of parents; in JSON it is a list.
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

/** Reads a field of an event as the rules see it: text; several values separated by NUL. */
export function readField(event: RuleEvent, name: string): string {
  if (!name.includes('.')) {
    // The name of the rule is what the rules are about to decide.
    return name === 'RuleName'
      ? '-'
      : text(Object.hasOwn(event.data, name) ? (event.data as Record<string, unknown>)[name] : undefined);
  }
  const out: string[] = [];
  leaves({ process: event.process, extra: event.extra }, name.split('.'), 0, out);
  if (out.length === 0) return '-';
  return out.length === 1 ? out[0] : out.map((v) => v.replaceAll('\0', ' ')).join('\0');
}
