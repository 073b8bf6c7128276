/** Sysmon's FieldSizes for everything that an event says more than once: the record of its process repeats fields. */
import { cutText, headOf } from '../base/cut-text.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import type { AnyExtra } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { fieldCutter, type FieldSizes } from './field-sizes.js';

/** Sizes for the texts of a process record. */
interface RecordSizes {
  readonly image: number;
  readonly commandLine: number;
  readonly cwd: number;
  readonly user: number;
}

/** How many arguments there were, for lists that were cut. */
const lengths = new WeakMap<object, number>();

/** How many members a list has, or had before it was cut. */
export const wholeLength = (list: readonly unknown[]): number => lengths.get(list) ?? list.length;

/** The arguments, in so many characters together with the blanks between them: as the command line is cut. */
function cutArguments(argv: readonly string[], size: number): readonly string[] {
  const kept: string[] = [];
  let left = size - 3;
  for (const argument of left < 0 ? ['-'] : argv) {
    if (argument.length > left && left >= 0) {
      kept.push(`${headOf(argument, left)}...`);
      break;
    }
    kept.push(argument);
    left -= argument.length + 1;
    if (left < 0) {
      if (size >= 3) kept.push('...');
      break;
    }
  }
  lengths.set(kept, argv.length);
  return Object.freeze(kept);
}

/** What is different in the record once it is cut; undefined: nothing is. */
function changesOf(p: ProcessRecord, sizes: RecordSizes): Partial<Record<keyof ProcessRecord, unknown>> | undefined {
  let changes: Partial<Record<keyof ProcessRecord, unknown>> | undefined;
  // A recording may lack any of them.
  for (const name of ['image', 'commandLine', 'cwd', 'user'] as const) {
    const value: unknown = p[name];
    if (typeof value === 'string' && value.length > sizes[name]) (changes ??= {})[name] = cutText(value, sizes[name]);
  }
  const { argv } = p as { argv?: readonly string[] };
  if (sizes.commandLine !== Infinity && Array.isArray(argv) && argv.every((a) => typeof a === 'string')) {
    const characters = argv.reduce((sum, a) => sum + a.length + 1, -1);
    if (characters > sizes.commandLine || changes?.commandLine !== undefined)
      (changes ??= {}).argv = cutArguments(argv, sizes.commandLine);
  }
  return changes;
}

/** A record with its ancestors cut. Kept while the record lives, also where there was nothing to cut. */
function recordCutter(sizes: FieldSizes): (p: ProcessRecord) => ProcessRecord {
  const {
    Image: image = Infinity,
    CommandLine: commandLine = Infinity,
    CurrentDirectory: cwd = Infinity,
    User: user = Infinity,
    ParentImage = Infinity,
    ParentCommandLine = Infinity,
    ParentUser = Infinity,
  } = sizes;
  const own = { image, commandLine, cwd, user };
  // An ancestor was the process of an event and is the parent of another.
  const ancestral = {
    image: Math.min(image, ParentImage),
    commandLine: Math.min(commandLine, ParentCommandLine),
    cwd,
    user: Math.min(user, ParentUser),
  };
  const ancestors = new WeakMap<ProcessRecord, ProcessRecord>();
  const processes = new WeakMap<ProcessRecord, ProcessRecord>();

  const made = (p: ProcessRecord, parent: ProcessRecord | undefined, of: RecordSizes): ProcessRecord => {
    const changes = changesOf(p, of);
    return changes === undefined && parent === p.parent ? p : ProcessRecord.changed(p, changes ?? {}, parent);
  };

  const ancestor = (p: ProcessRecord | undefined): ProcessRecord | undefined => {
    // From the top down and not by recursion: lines are long.
    const missing: ProcessRecord[] = [];
    let done: ProcessRecord | undefined;
    for (let q = p; q !== undefined && done === undefined; q = q.parent) {
      done = ancestors.get(q);
      if (done === undefined) missing.push(q);
    }
    for (const q of missing.reverse()) {
      done = made(q, done, ancestral);
      ancestors.set(q, done);
    }
    return done;
  };

  return (p) => {
    let cut = processes.get(p);
    if (cut === undefined) {
      cut = made(p, ancestor(p.parent), own);
      processes.set(p, cut);
    }
    return cut;
  };
}

/** Exact bytes of fields, of which base64 has four characters for three: as many of them as the field may have. */
function cutRaw(extra: AnyExtra, sizes: FieldSizes): AnyExtra {
  const { raw } = extra;
  if (raw === undefined) return extra;
  const most = (name: string): number => Math.ceil((Object.hasOwn(sizes, name) ? sizes[name] : Infinity) / 3) * 4;
  if (Object.entries(raw).every(([name, text]) => text.length <= most(name))) return extra;
  return { ...extra, raw: Object.fromEntries(Object.entries(raw).map(([name, t]) => [name, t.slice(0, most(name))])) };
}

export type EventCutter = (event: SysmonEvent) => SysmonEvent;

/** A function that cuts every copy of the texts in an event; undefined without sizes. */
export function eventCutter(sizes: FieldSizes | undefined): EventCutter | undefined {
  const data = fieldCutter(sizes);
  if (sizes === undefined || data === undefined) return undefined;
  const record = recordCutter(sizes);
  return (event) => {
    const cut = {
      data: data(event.data),
      process: event.process && record(event.process),
      extra: cutRaw(event.extra, sizes),
    };
    if (cut.data === event.data && cut.process === event.process && cut.extra === event.extra) return event;
    return { ...event, ...cut } as SysmonEvent;
  };
}
