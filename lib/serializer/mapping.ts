/**
 * The engine behind the formats that are described by tables: rows of target path, source and conversion. A row whose
 * source has nothing to say writes nothing, so a format never shows a `-` or an identity of zeros.
 */
import { printableJson } from '../base/printable.js';
import { zeroGuid } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { ancestorForms, conversions, type Conversion } from './conversions.js';
import { frozen, lineTexts, number, text } from './json-text.js';
import { containerOf } from './serializer.js';

/**
 * `[target, source, conversion]`. The source is a path: `data.X` a field of Sysmon's, `process.X` and `parent.X` of the
 * process record and its parent's, `container.X`, `extra.X`, `event.X`; a source `=text` is that text.
 */
export type Row = readonly [target: string, source: string, conversion?: Conversion];

/** What a table says of a type of event. A recording may name any, `toString` too. */
export const own = <T>(table: Readonly<Record<string, T>>, type: string): T | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;

type Get = (event: SysmonEvent) => unknown;

const roots: Record<string, (event: SysmonEvent) => unknown> = {
  event: (e) => e,
  data: (e) => e.data,
  process: (e) => e.process,
  parent: (e) => e.process?.parent,
  container: (e) => containerOf(e.process),
  extra: (e) => e.extra,
};

function getter(source: string): Get {
  if (source.startsWith('=')) return () => source.slice(1);
  const [root, ...path] = source.split('.');
  const start = roots[root];
  if (start === undefined) throw new Error(`mapping: no source ${source}`);
  // Most are one step long.
  const [first, ...rest] = path;
  if (first === undefined) return start;
  const one: Get = (event) => (start(event) as Record<string, unknown> | undefined)?.[first];
  if (rest.length === 0) return one;
  return (event) =>
    rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], one(event));
}

const nothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === '-' || value === zeroGuid;

const lines = { ancestors: lineTexts(ancestorForms.ancestors), ancestry: lineTexts(ancestorForms.ancestry) };

/** A short list for one document: less than the half of JSON.stringify. */
const listText = (list: readonly unknown[]): string =>
  list.length > 8 ? printableJson(list) : `[${list.map(written).join(',')}]`;

/** Rows whose JSON is made in another way than that of other values. */
function writtenStep([target, source, conversion]: Row): Member | undefined {
  if (source === 'process' && (conversion === 'ancestors' || conversion === 'ancestry')) {
    const line = lines[conversion];
    return {
      target,
      written: true,
      get: ({ process: p }) => (p?.parent === undefined ? undefined : `[${line(p.parent)}]`),
    };
  }
  if (source === 'process.argv' && conversion === 'notEmpty') {
    // Of one process alone: nothing to be found in what is kept.
    const get: Get = ({ process: p }) => (p?.argv === undefined || p.argv.length === 0 ? undefined : listText(p.argv));
    return { target, written: true, get };
  }
  return undefined;
}

function step([target, source, conversion]: Row): Member {
  const get = getter(source);
  if (conversion === undefined)
    return {
      target,
      get: (event) => {
        const value = get(event);
        return nothing(value) ? undefined : value;
      },
    };
  const convert = remembered.has(conversion) ? remembering(conversions[conversion]) : conversions[conversion];
  return {
    target,
    get: (event) => {
      const value = get(event);
      if (nothing(value)) return undefined;
      const converted = convert(value, event);
      return nothing(converted) ? undefined : converted;
    },
  };
}

/** Conversions of what many events or processes share, which take longer than to look it up. */
const remembered: ReadonlySet<string> = new Set<Conversion>([
  'attacks',
  'environment',
  'environmentObjects',
  'framework',
  'subtechniqueIds',
  'subtechniqueNames',
  'tactics',
  'techniqueIds',
  'techniqueNames',
  'usualTechniques',
]);

/** Keeps the results for as long as what they were made of lives. Only of what is frozen: all else may change. */
function remembering(
  convert: (value: unknown, event: SysmonEvent) => unknown,
): (value: unknown, event: SysmonEvent) => unknown {
  const known = new WeakMap<object, { readonly result: unknown }>();
  return (value, event) => {
    if (!Object.isFrozen(value)) return convert(value, event);
    const kept = known.get(value as object);
    if (kept !== undefined) return kept.result;
    // Frozen, so that its text is kept as well.
    const result = Object.freeze(convert(value, event));
    known.set(value as object, { result });
    return result;
  };
}

/** A row that is no data: what a serializer adds by itself. */
export interface Member {
  readonly target: string;
  /** Undefined: nothing to say. */
  readonly get: Get;
  /** It gives JSON and not a value. */
  readonly written?: true;
}

/**
 * A member of the document: a value, or an object with members. `first` is the row that brought it into this document.
 */
interface Node {
  readonly key: string;
  readonly members: Node[];
  readonly written: boolean;
  value: unknown;
  first: number;
}

interface Plan {
  readonly id: unknown;
  readonly steps: readonly { readonly get: Get; readonly leaf: Node }[];
  readonly root: Node;
}

const node = (name: string, written = false): Node => ({
  key: `${printableJson(name)}:`,
  members: [],
  written,
  value: undefined,
  first: -1,
});

function plan(id: unknown, rows: readonly (Row | Member)[]): Plan {
  const root = node('');
  const nodes = new Map<string, Node>([['', root]]);
  const at = (path: string, written: boolean): Node => {
    const known = nodes.get(path);
    if (known !== undefined) return known;
    const dot = path.lastIndexOf('.');
    const parent = at(path.slice(0, Math.max(dot, 0)), false);
    const made = node(path.slice(dot + 1), written);
    parent.members.push(made);
    nodes.set(path, made);
    return made;
  };
  const steps = rows.map((row) => {
    const { target, get, written = false } = 'target' in row ? row : (writtenStep(row) ?? step(row));
    return { get, leaf: at(target, written) };
  });
  // What is JSON already is neither joined nor outdone.
  for (const { leaf } of steps)
    if (leaf.written && steps.filter((s) => s.leaf === leaf).length > 1)
      throw new Error(`mapping: ${leaf.key} comes from several rows`);
  for (const { leaf } of steps)
    if (leaf.members.length > 0) throw new Error(`mapping: ${leaf.key} is a value and an object`);
  return { id, steps, root };
}

/** Any value as JSON. */
function written(value: unknown): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'object' || value === null) return text(value);
  if (Array.isArray(value) && !Object.isFrozen(value)) return listText(value);
  return frozen(value);
}

/** The members of a node in the order in which the rows brought them; empty if there are none. */
function membersText(at: Node): string {
  let out = '';
  let last = -1;
  for (const m of at.members) {
    let of: string;
    if (m.members.length > 0) {
      of = membersText(m);
      if (of === '') continue;
      of = `{${of}}`;
    } else {
      if (m.value === undefined) continue;
      of = m.written ? (m.value as string) : written(m.value);
    }
    if (m.first < last) return sortedText(at);
    if (last === -1) at.first = m.first;
    last = m.first;
    out = out === '' ? m.key + of : `${out},${m.key}${of}`;
  }
  return out;
}

/**
 * The same where the row that comes first has nothing to say and a later one has. The next document will mostly be like
 * this one.
 */
function sortedText(at: Node): string {
  for (const m of at.members) if (m.members.length > 0) membersText(m); // finds where it begins
  at.members.sort((a, b) => a.first - b.first);
  // Those that are not there have a place from an earlier document, which must not be in the way.
  const absent = at.members.filter((m) => !isPresent(m));
  at.members.splice(0, Infinity, ...at.members.filter(isPresent), ...absent);
  return membersText(at);
}

const isPresent = (m: Node): boolean => (m.members.length > 0 ? m.members.some(isPresent) : m.value !== undefined);

const joined = (a: readonly unknown[], b: unknown): unknown[] => [
  ...new Set([...a, ...(Array.isArray(b) ? (b as unknown[]) : [b])]),
];

const mostTypes = 64;
const mostIds = 8;

/**
 * Compiles rows into a writer of documents. A later row wins; lists that meet are joined without duplicates, so that
 * several rows can fill one. Rows of `data` fields that a type of event does not have are left out for it once.
 */
export function documents(rowsOf: (event: SysmonEvent) => readonly (Row | Member)[]): (event: SysmonEvent) => string {
  const plans = new Map<string, Plan[]>();
  const planOf = (event: SysmonEvent): Plan => {
    let known = plans.get(event.type);
    if (known === undefined) {
      if (plans.size >= mostTypes) plans.clear(); // a recording may say anything
      plans.set(event.type, (known = []));
    }
    // Two types may share a name (PipeEvent is 17 and 18), and a file may hold fields that this version has not.
    let found = known.find((p) => p.id === event.id);
    if (found === undefined) {
      const has = (row: Row | Member): boolean =>
        'target' in row || !row[1].startsWith('data.') || row[1].slice(5) in event.data;
      found = plan(event.id, rowsOf(event).filter(has));
      if (known.length >= mostIds) known.length = 0;
      known.push(found);
    }
    return found;
  };
  return (event) => {
    const { steps, root } = planOf(event);
    for (const { leaf } of steps) leaf.value = undefined;
    for (let i = 0; i < steps.length; i++) {
      const { get, leaf } = steps[i];
      const value = get(event);
      if (value === undefined) continue;
      if (leaf.value === undefined) {
        leaf.value = value;
        leaf.first = i;
      } else leaf.value = Array.isArray(leaf.value) ? joined(leaf.value, value) : value;
    }
    return `{${membersText(root)}}`;
  };
}
