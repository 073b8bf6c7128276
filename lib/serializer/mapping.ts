/**
 * What the formats that are described by tables are made of: rows of target path, source and conversion. A row whose
 * source has nothing to say writes nothing, so a format never shows a `-` or an identity of zeros.
 */
import { printableJson } from '../base/printable.js';
import { zeroGuid } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { ancestorForms, conversions, inLine, leaderForm, type Conversion } from './conversions.js';
import { frozen, lineTexts, number, shared, text } from './json-text.js';
import { containerOf } from './serializer.js';

/**
 * `[target, source, conversion]`. The source is a path: `data.X` a field of Sysmon's, `process.X` and `parent.X` of the
 * process record and its parent's, `container.X`, `extra.X`, `event.X`; a source `=text` is that text.
 */
export type Row = readonly [target: string, source: string, conversion?: Conversion];

export type Get = (event: SysmonEvent) => unknown;

/** A row that is no data: what a serializer adds by itself. */
export interface Member {
  readonly target: string | readonly string[];
  /** Undefined: nothing to say. */
  readonly get: Get;
  /** It gives JSON and not a value. */
  readonly written?: true;
  /** It is the same for all events of a type. */
  readonly fixed?: true;
  /** It says what the process record says there, in an event whose fields are the record's: `process.image`. */
  readonly source?: string;
  /** For the generated writers: an expression that gives its JSON, of the event `e`; never without a value. */
  readonly code?: string;
}

/** What a row depends on: on the type of the event alone, on its process too, or on the event. */
export type Scope = 'fixed' | 'process' | 'event';

/** A row that can be asked. */
export interface Step {
  readonly path: readonly string[];
  readonly get: Get;
  readonly written: boolean;
  readonly scope: Scope;
  /** Steps that say the same have the same. */
  readonly name: string;
  /** What it was made from; in a row the source is the record's where that says the same. */
  readonly row?: Row;
  readonly member?: Member;
}

/** What a table says of a type of event. A recording may name any, `toString` too. */
export const own = <T>(table: Readonly<Record<string, T>>, type: string): T | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;

const roots: Record<string, Get> = {
  event: (e) => e,
  data: (e) => e.data,
  process: (e) => e.process,
  parent: (e) => e.process?.parent,
  container: (e) => containerOf(e.process),
  extra: (e) => e.extra,
};

type AnyData = Record<string, unknown>;

// What is read most, each in a function of its own: one that is given the name is several times as slow.
const common: Record<string, Get> = {
  'process.strongId': (e) => e.process?.strongId,
  'process.guid': (e) => e.process?.guid,
  'process.pid': (e) => e.process?.pid,
  'process.ppid': (e) => e.process?.ppid,
  'process.image': (e) => e.process?.image,
  'process.commandLine': (e) => e.process?.commandLine,
  'process.cwd': (e) => e.process?.cwd,
  'process.argv': (e) => e.process?.argv,
  'process.user': (e) => e.process?.user,
  'process.uid': (e) => e.process?.uid,
  'process.gid': (e) => e.process?.gid,
  'process.euid': (e) => e.process?.euid,
  'process.suid': (e) => e.process?.suid,
  'process.tid': (e) => e.process?.tid,
  'process.nsPid': (e) => e.process?.nsPid,
  'process.sid': (e) => e.process?.sid,
  'process.pgid': (e) => e.process?.pgid,
  'process.loginUid': (e) => e.process?.loginUid,
  'process.startTime': (e) => e.process?.startTime,
  'process.env': (e) => e.process?.env,
  'process.capabilities': (e) => e.process?.capabilities,
  'parent.guid': (e) => e.process?.parent?.guid,
  'parent.pid': (e) => e.process?.parent?.pid,
  'parent.image': (e) => e.process?.parent?.image,
  'parent.commandLine': (e) => e.process?.parent?.commandLine,
  'parent.user': (e) => e.process?.parent?.user,
  'parent.startTime': (e) => e.process?.parent?.startTime,
  'data.RuleName': (e) => (e.data as unknown as AnyData).RuleName,
  'data.UtcTime': (e) => (e.data as unknown as AnyData).UtcTime,
  'data.ProcessGuid': (e) => (e.data as unknown as AnyData).ProcessGuid,
  'data.ProcessId': (e) => (e.data as unknown as AnyData).ProcessId,
  'data.Image': (e) => (e.data as unknown as AnyData).Image,
  'data.User': (e) => (e.data as unknown as AnyData).User,
  'data.TargetFilename': (e) => (e.data as unknown as AnyData).TargetFilename,
  'data.CreationUtcTime': (e) => (e.data as unknown as AnyData).CreationUtcTime,
  'data.Hashes': (e) => (e.data as unknown as AnyData).Hashes,
  'data.CommandLine': (e) => (e.data as unknown as AnyData).CommandLine,
  'data.LogonGuid': (e) => (e.data as unknown as AnyData).LogonGuid,
  'data.LogonId': (e) => (e.data as unknown as AnyData).LogonId,
  'data.TerminalSessionId': (e) => (e.data as unknown as AnyData).TerminalSessionId,
  'data.IntegrityLevel': (e) => (e.data as unknown as AnyData).IntegrityLevel,
  'data.FileVersion': (e) => (e.data as unknown as AnyData).FileVersion,
  'data.Description': (e) => (e.data as unknown as AnyData).Description,
  'data.Product': (e) => (e.data as unknown as AnyData).Product,
  'data.Company': (e) => (e.data as unknown as AnyData).Company,
  'data.OriginalFileName': (e) => (e.data as unknown as AnyData).OriginalFileName,
};

export function getter(source: string): Get {
  if (source.startsWith('=')) return () => source.slice(1);
  if (Object.hasOwn(common, source)) return common[source];
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

export const nothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === '-' || value === zeroGuid;

const lines = Object.fromEntries(Object.entries(ancestorForms).map(([name, form]) => [name, lineTexts(form)]));

/** Leads many: its text is kept. */
const leaderTexts = new WeakMap<ProcessRecord, string>();
function leaderText(leader: ProcessRecord): string {
  let known = leaderTexts.get(leader);
  if (known === undefined) leaderTexts.set(leader, (known = printableJson(leaderForm(leader))));
  return known;
}

/** A short list for one document: less than the half of JSON.stringify. */
const listText = (list: readonly unknown[]): string =>
  list.length > 8 ? printableJson(list) : `[${list.map(written).join(',')}]`;

/** Any value as JSON. */
export function written(value: unknown): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'object' || value === null) return text(value);
  if (Array.isArray(value) && !Object.isFrozen(value)) return listText(value);
  return frozen(value);
}

/** Texts that many events share. */
const often: ReadonlySet<string> = new Set(['event.host', 'extra.hook', 'extra.tier']);

/** Rows whose JSON is made in another way than that of other values. */
export function writtenGet([, source, conversion]: Row): Get | undefined {
  if (source === 'process' && conversion !== undefined && Object.hasOwn(lines, conversion)) {
    const line = lines[conversion];
    return ({ process: p }) => (p?.parent === undefined ? undefined : `[${line(p.parent)}]`);
  }
  if (conversion === 'leader') {
    const get = getter(source);
    return (event) => {
      const leader = inLine(event.process, get(event));
      return leader && leaderText(leader);
    };
  }
  // Of one process alone: nothing to be found in what is kept.
  if (source === 'process.argv' && conversion === 'notEmpty')
    return ({ process: p }) => (p?.argv === undefined || p.argv.length === 0 ? undefined : listText(p.argv));
  if (conversion === undefined && often.has(source)) {
    const get = getter(source);
    return (event) => {
      const value = get(event);
      return nothing(value) ? undefined : shared(value);
    };
  }
  return undefined;
}

function valueGet([, source, conversion]: Row): Get {
  const get = getter(source);
  if (conversion === undefined)
    return (event) => {
      const value = get(event);
      return nothing(value) ? undefined : value;
    };
  const convert = ofTexts.has(conversion)
    ? rememberingTexts(conversions[conversion])
    : remembered.has(conversion)
      ? remembering(conversions[conversion])
      : conversions[conversion];
  return (event) => {
    const value = get(event);
    if (nothing(value)) return undefined;
    const converted = convert(value, event);
    return nothing(converted) ? undefined : converted;
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
  'effectiveList',
  'permittedList',
  'capabilityWords',
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

/** Conversions of texts that come back, as those of the same programs do. */
const ofTexts: ReadonlySet<string> = new Set<Conversion>(['fingerprints', 'hashObject', 'hashValues']);
export const mostTexts = 1024;
export const mostOfText = 512;

function rememberingTexts(
  convert: (value: unknown, event: SysmonEvent) => unknown,
): (value: unknown, event: SysmonEvent) => unknown {
  const known = new Map<unknown, unknown>();
  return (value, event) => {
    let result = known.get(value);
    if (result === undefined) {
      // Frozen, so that its text is kept as well.
      result = Object.freeze(convert(value, event));
      if (typeof value !== 'string' || value.length > mostOfText) return result;
      if (known.size >= mostTexts) known.clear();
      known.set(value, result);
    }
    return result;
  };
}

export const isOfTexts = (conversion: Conversion): boolean => ofTexts.has(conversion);
/** Whether results of a conversion are kept. */
export const isRemembered = (conversion: Conversion): boolean => remembered.has(conversion) || isOfTexts(conversion);

function scopeOf(source: string): Scope {
  if (source.startsWith('=') || source === 'event.type' || source === 'event.id') return 'fixed';
  return /^(process|parent|container)(\.|$)/.test(source) ? 'process' : 'event';
}

/** `inRecord`: the record's path of a source, where the event is known to say the same. */
export function stepOf(row: Row | Member, inRecord: (source: string) => string | undefined): Step {
  if ('target' in row) {
    const { target, get, written: isWritten = false, fixed, source } = row;
    const path = typeof target === 'string' ? target.split('.') : target;
    const scope = fixed ? 'fixed' : source !== undefined && inRecord(source) !== undefined ? 'process' : 'event';
    return { path, get, written: isWritten, scope, name: `${source ?? ''} member`, member: row };
  }
  const [target, given, conversion] = row;
  const source = inRecord(given) ?? given;
  const one: Row = conversion === undefined ? [target, source] : [target, source, conversion];
  const json = writtenGet(one);
  return {
    path: target.split('.'),
    get: json ?? valueGet(one),
    written: json !== undefined,
    scope: scopeOf(source),
    name: `${source} ${conversion ?? ''}`,
    row: one,
  };
}

/** What rows say that meet in one member: the later wins, and lists are joined without duplicates. */
export function merged(before: unknown, value: unknown): unknown {
  if (value === undefined) return before;
  if (!Array.isArray(before)) return value;
  return [...new Set([...(before as unknown[]), ...(Array.isArray(value) ? (value as unknown[]) : [value])])];
}
