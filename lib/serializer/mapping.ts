/**
 * The engine behind the formats that are described by tables: rows of target path, source and conversion. A row whose source
 * has nothing to say writes nothing, so a format never shows a `-` or an identity of zeros.
 */
import { zeroGuid } from '../batch-reader.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { conversions, type Conversion } from './conversions.js';
import { containerOf } from './types.js';

/**
 * `[target, source, conversion]`. The source is a path: `data.X` a field of Sysmon's, `process.X` and `parent.X` of the process
 * record and its parent's, `container.X`, `extra.X`, `event.X`; a source `=text` is that text.
 */
export type Row = readonly [target: string, source: string, conversion?: Conversion];

type Get = (event: SysmonEvent) => unknown;
interface Step {
  readonly get: Get;
  readonly path: readonly string[];
}

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
  return (event) => rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], one(event));
}

const nothing = (value: unknown): boolean => value === undefined || value === null || value === '' || value === '-' || value === zeroGuid;

function step([target, source, conversion]: Row): Step {
  const get = getter(source);
  const convert = conversion === undefined ? undefined : conversions[conversion];
  return {
    path: target.split('.'),
    get: (event) => {
      const value = get(event);
      if (nothing(value)) return undefined;
      if (convert === undefined) return value;
      const converted = convert(value, event);
      return nothing(converted) ? undefined : converted;
    },
  };
}

export type Tree = { [name: string]: unknown };

/** Puts a value at a path. Lists that meet are joined without duplicates, so that several rows can fill one. */
export function put(tree: Tree, path: readonly string[], value: unknown): void {
  let at = tree;
  for (let i = 0; i < path.length - 1; i++) {
    const name = path[i];
    at = (at[name] ??= {}) as Tree;
  }
  const last = path[path.length - 1];
  const known = at[last];
  if (Array.isArray(known)) at[last] = [...new Set([...(known as unknown[]), ...(Array.isArray(value) ? (value as unknown[]) : [value])])];
  else at[last] = value;
}

export type Mapper = (event: SysmonEvent, tree: Tree) => void;

/** Compiles rows. Rows of `data` fields that a type of event does not have are left out for it once. */
export function mapper(rowsOf: (event: SysmonEvent) => readonly Row[]): Mapper {
  const compiled = new Map<string, readonly Step[]>();
  return (event, tree) => {
    // Two types may share a name (PipeEvent is 17 and 18), and a file may hold fields that this version has not.
    const key = `${event.type} ${event.id}`;
    let steps = compiled.get(key);
    if (steps === undefined) {
      const has = (source: string): boolean => !source.startsWith('data.') || source.slice(5) in event.data;
      steps = rowsOf(event)
        .filter(([, source]) => has(source))
        .map(step);
      compiled.set(key, steps);
    }
    for (const { get, path } of steps) {
      const value = get(event);
      if (value !== undefined) put(tree, path, value);
    }
  };
}
