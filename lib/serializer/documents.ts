/**
 * Compiles rows into a writer of documents, once for each type of event: what is always the same is text from then on,
 * and what depends on the process alone is kept with it. Members stand in the order in which the rows name them.
 */
import { printableJson } from '../base/printable.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { forget } from './json-text.js';
import { keeper, type Keeper, type Write } from './kept-pieces.js';
import { getter, merged, nothing, stepOf, written, type Member, type Row, type Scope, type Step } from './mapping.js';
import { isSettled } from './serializer.js';

/** Members of an object, joined by commas; an empty text if there is none. */
interface Piece {
  readonly scope: Scope;
  readonly write: Write;
  /** Pieces of the same name write the same of a process. */
  readonly name: string;
}

export interface Node {
  readonly key: string;
  readonly path: string;
  readonly members: Map<string, Node>;
  readonly steps: Step[];
}

const node = (name: string, path: string): Node => ({
  key: `${printableJson(name)}:`,
  path,
  members: new Map(),
  steps: [],
});

/** Fields that an event mostly has from the record of its process, and then all of a group. */
interface Group {
  readonly fields: Readonly<Record<string, string>>;
  readonly same: (data: Readonly<Record<string, unknown>>, p: ProcessRecord) => boolean;
}
const groups: readonly Group[] = [
  {
    fields: { ProcessGuid: 'process.guid', ProcessId: 'process.pid', Image: 'process.image' },
    same: (d, p) => d.ProcessGuid === p.guid && d.ProcessId === p.pid && d.Image === p.image,
  },
  { fields: { User: 'process.user' }, same: (d, p) => d.User === p.user },
  {
    fields: { CommandLine: 'process.commandLine', CurrentDirectory: 'process.cwd' },
    same: (d, p) => d.CommandLine === p.commandLine && d.CurrentDirectory === p.cwd,
  },
  {
    fields: {
      ParentProcessGuid: 'parent.guid',
      ParentProcessId: 'parent.pid',
      ParentImage: 'parent.image',
      ParentCommandLine: 'parent.commandLine',
      ParentUser: 'parent.user',
    },
    same: (d, { parent: q }) =>
      q !== undefined &&
      d.ParentProcessGuid === q.guid &&
      d.ParentProcessId === q.pid &&
      d.ParentImage === q.image &&
      d.ParentCommandLine === q.commandLine &&
      d.ParentUser === q.user,
  },
];

/** Members by name, in the order in which the rows name them. `inRecord`: see stepOf(). */
export function tree(rows: readonly (Row | Member)[], inRecord: (source: string) => string | undefined): Node {
  const root = node('', '');
  for (const row of rows) {
    const step = stepOf(row, inRecord);
    let at = root;
    for (const name of step.path) {
      let next = at.members.get(name);
      if (next === undefined) at.members.set(name, (next = node(name, `${at.path} ${name}`)));
      at = next;
    }
    // What the record says is said by it once.
    if (!at.steps.some((s) => s.name === step.name && s.scope === 'process')) at.steps.push(step);
  }
  return root;
}

/** The rows of an event that say something of one with its fields. */
export const rowsFor = (rows: readonly (Row | Member)[], names: readonly string[]): (Row | Member)[] =>
  rows.filter((row) => 'target' in row || !row[1].startsWith('data.') || names.includes(row[1].slice('data.'.length)));

/** Groups that an event with these fields has, and where the record says the same. */
export function inRecordOf(names: readonly string[]): {
  readonly whole: readonly Group[];
  readonly path: (source: string) => string | undefined;
} {
  const whole = groups.filter(({ fields }) => Object.keys(fields).every((name) => names.includes(name)));
  const paths = new Map<string, string>(
    whole.flatMap(({ fields }) => Object.entries(fields).map(([name, path]) => [`data.${name}`, path] as const)),
  );
  return { whole, path: (source) => paths.get(source) };
}

class Compiler {
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  /** `keep`: the event says what the record of its process says, wherever `inRecord` has a path. */
  compile(
    event: SysmonEvent,
    rows: readonly (Row | Member)[],
    keep: boolean,
    inRecord: (source: string) => string | undefined,
  ): Write {
    const pieces = this.#members(tree(rows, inRecord), event, keep);
    const write = joined(this.#ready(pieces, keep));
    return (e) => `{${write(e)}}`;
  }

  #members(at: Node, event: SysmonEvent, keep: boolean): Piece[] {
    return [...at.members.values()].flatMap((m): Piece[] => {
      if (m.steps.length > 0 && m.members.size > 0) throw new Error(`mapping: ${m.path} is a value and an object`);
      return m.steps.length > 0 ? leaf(m, event) : this.#object(m, event, keep);
    });
  }

  #object(at: Node, event: SysmonEvent, keep: boolean): Piece[] {
    const pieces = this.#members(at, event, keep);
    const scope = widest(pieces);
    const write = joined(scope === 'event' ? this.#ready(pieces, keep) : pieces.map((p) => p.write));
    if (scope === 'fixed') return fixed(write(event), at.key);
    const { key } = at;
    const object: Write = (e) => {
      const members = write(e);
      return members === '' ? '' : `${key}{${members}}`;
    };
    return [{ scope, write: object, name: `${key}{${pieces.map((p) => p.name).join()}}` }];
  }

  /** Neighbours that depend on the process alone, or on nothing, become one piece. */
  #ready(pieces: readonly Piece[], keep: boolean): Write[] {
    const out: Write[] = [];
    for (let i = 0; i < pieces.length;) {
      let end = i;
      while (end < pieces.length && pieces[end].scope !== 'event') end++;
      const run = pieces.slice(i, Math.max(end, i + 1));
      i += run.length;
      const write = joined(run.map((p) => p.write));
      const scope = widest(run);
      const text = scope === 'fixed' ? run.map((p) => p.name).join() : undefined;
      if (text !== undefined) out.push(() => text);
      else out.push(scope === 'process' && keep ? this.#keeper.keep(write, run.map((p) => p.name).join()) : write);
    }
    return out;
  }
}

const widest = (pieces: readonly Piece[]): Scope =>
  pieces.some((p) => p.scope === 'event') ? 'event' : pieces.some((p) => p.scope === 'process') ? 'process' : 'fixed';

/** Text that never changes; its name is the text. */
const fixed = (members: string, key: string): Piece[] => {
  if (members === '') return [];
  const text = `${key}{${members}}`;
  return [{ scope: 'fixed', write: () => text, name: text }];
};

function joined(writes: readonly (Write | Piece)[]): Write {
  const all = writes.map((w) => (typeof w === 'function' ? w : w.write));
  if (all.length === 1) return all[0];
  return (event) => {
    let out = '';
    for (const write of all) {
      const text = write(event);
      if (text !== '') out = out === '' ? text : `${out},${text}`;
    }
    return out;
  };
}

function leaf({ key, steps, path }: Node, event: SysmonEvent): Piece[] {
  const [{ get, written: isWritten }] = steps;
  // What is JSON already is neither joined nor outdone, except by the same.
  if (steps.length > 1 && steps.some((s) => s.written)) throw new Error(`mapping: ${path} comes from several rows`);
  const scope = widest(steps as unknown as Piece[]);
  let write: Write;
  if (steps.length > 1)
    write = (e) => {
      let value: unknown;
      for (const s of steps) value = merged(value, s.get(e));
      return value === undefined ? '' : key + written(value);
    };
  else if (isWritten)
    write = (e) => {
      const json = get(e) as string | undefined;
      return json === undefined ? '' : key + json;
    };
  else
    write = (e) => {
      const value = get(e);
      return value === undefined ? '' : key + written(value);
    };
  if (scope !== 'fixed') return [{ scope, write, name: key + steps.map((s) => s.name).join() }];
  const text = write(event);
  return text === '' ? [] : [{ scope, write: () => text, name: text }];
}

interface Plan {
  readonly id: unknown;
  readonly names: readonly string[];
  readonly groups: readonly Group[];
  /** Generated: for events as the sensor makes them. */
  readonly usual: Write | undefined;
  readonly asRecorded: () => Write;
  /** For an event that says something else than the record, or has none. */
  readonly asSaid: () => Write;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const mostTypes = 64;
const mostPlans = 8;

/** What the generated writers rely on, beside the fields. A recording may say anything. */
const isUsual = (e: SysmonEvent, p: ProcessRecord): boolean =>
  !ProcessRecord.isRevived(p) &&
  isSettled(p) &&
  e.labels === undefined &&
  typeof e.recordId === 'number' &&
  Number.isFinite(e.recordId) &&
  isSaid(e.time) &&
  isSaid(e.host);
const isSaid = (value: unknown): boolean => typeof value === 'string' && !nothing(value);

/** A writer of events of a type whose record says what their fields say, with exactly these fields. */
export interface GeneratedWriter {
  readonly id: number;
  readonly fields: readonly string[];
  readonly write: Write;
}
export type Generated = ReadonlyMap<string, GeneratedWriter>;

function sameNames(data: object, names: readonly string[]): boolean {
  let i = 0;
  for (const name in data) if (name !== names[i++]) return false;
  return i === names.length;
}

/**
 * A writer of documents. A later row wins; lists that meet are joined without duplicates, so that several rows can fill
 * one. Rows of `data` fields that an event does not have are left out. `usual`: the generated
 * writers, for rows as they are without options, and where they keep what is of a process.
 */
export function documents(
  rowsOf: (event: SysmonEvent) => readonly (Row | Member)[],
  usual?: { readonly slot: number; readonly writers: Generated },
): (event: SysmonEvent) => string {
  const kept = keeper(usual?.slot);
  const compiler = new Compiler(kept);
  const plans = new Map<string, Plan[]>();

  const made = (event: SysmonEvent): Plan => {
    const names = Object.keys(event.data);
    const rows = rowsFor(rowsOf(event), names);
    const { whole, path } = inRecordOf(names);
    const ready = usual?.writers.get(event.type);
    const asMade = ready?.id === event.id && sameNames(event.data, ready.fields) ? ready.write : undefined;
    const asRecorded = (): Write => compiler.compile(event, rows, true, path);
    const asSaid = (): Write => compiler.compile(event, rows, false, () => undefined);
    return { id: event.id, names, groups: whole, usual: asMade, asRecorded: once(asRecorded), asSaid: once(asSaid) };
  };

  const planOf = (event: SysmonEvent): Plan => {
    let known = plans.get(event.type);
    if (known === undefined) {
      if (plans.size >= mostTypes) plans.clear(); // a recording may say anything
      plans.set(event.type, (known = []));
    }
    // Two types may share a name (PipeEvent is 17 and 18), and a file may hold fields that this version has not.
    let found = known.find((p) => p.id === event.id && sameNames(event.data, p.names));
    if (found === undefined) {
      found = made(event);
      if (known.length >= mostPlans) known.length = 0;
      known.push(found);
    }
    return found;
  };

  return (event) => {
    const plan = planOf(event);
    const { process: p } = event;
    const data = event.data as unknown as Record<string, unknown>;
    if (p === undefined || !plan.groups.every((g) => g.same(data, p))) return plan.asSaid()(event);
    const write = plan.usual !== undefined && isUsual(event, p) ? plan.usual : plan.asRecorded();
    const document = write(event);
    if (event.type === 'ProcessTerminate') {
      kept.forget(p);
      if (usual !== undefined) forget(p);
    }
    return document;
  };
}

/** The writer of one member, of rows of the tables. */
export const leafWrite = (key: string, rows: readonly Row[]): Write => {
  const steps = rows.map((row) => stepOf(row, () => undefined));
  const [piece] = leaf({ key, path: key, members: new Map(), steps }, {} as SysmonEvent);
  return piece.write;
};

/** A field of Sysmon's, always written, and as a text. */
export function fieldMember(target: readonly string[], name: string, textOf: (value: unknown) => string): Member {
  const get = getter(`data.${name}`);
  return { target, get: (e) => textOf(get(e)), written: true, source: `data.${name}` };
}
