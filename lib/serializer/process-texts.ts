/**
 * What stands in many events is escaped once. Process records are frozen and shared by all events of a process, so
 * their escaped texts are kept beside them; short texts that come back all the time are kept by value.
 */
import { ProcessRecord } from '../event/process-record.gen.js';

interface Escapes {
  readonly text: (value: unknown) => string;
  readonly shared: (value: unknown) => string;
}

/** Escaped texts of a process record, made when first asked for. */
export class ProcessTexts {
  readonly image: string;
  readonly commandLine: string;
  readonly cwd: string;
  readonly user: string;
  /** Read from a file: it, and the events of it, may hold what this version does not know. */
  readonly revived: boolean;
  /** Those of the parent, once they were asked for. */
  parent: ProcessTexts | undefined;
  /** Neighbouring fields of `data` that come from this record: of an event of it, of an event of its child. */
  asActor: string | undefined;
  asParent: string | undefined;

  constructor(p: ProcessRecord, { text, shared }: Escapes) {
    this.revived = ProcessRecord.isRevived(p);
    this.image = shared(p.image);
    this.commandLine = text(p.commandLine);
    this.cwd = shared(p.cwd);
    this.user = shared(p.user);
    this.parent = undefined;
    this.asActor = undefined;
    this.asParent = undefined;
  }
}

export interface TextCache {
  /** Escapes a text that comes back often. */
  readonly shared: (value: unknown) => string;
  readonly textsOf: (p: ProcessRecord) => ProcessTexts;
  /** Lets go of the texts of a process that has ended. They are made again for an event that comes late. */
  readonly forget: (p: ProcessRecord) => void;
  readonly parentTexts: (c: ProcessTexts, parent: ProcessRecord) => ProcessTexts;
}

const anything = /[^]/;
const mostShared = 4096;
const longestShared = 256;

/** Caches for one way of escaping; `slot` is its place among what is attached to a record. */
export function textCache(text: Escapes['text'], slot: number): TextCache {
  const byValue = new Map<string, string>();
  const shared = (value: unknown): string => {
    if (typeof value !== 'string' || value.length > longestShared) return text(value);
    let known = byValue.get(value);
    if (known === undefined) {
      known = text(value);
      if (byValue.size >= mostShared) byValue.clear();
      byValue.set(value, known);
    }
    return known;
  };
  const escapes = { text, shared };
  const textsOf = (p: ProcessRecord): ProcessTexts => {
    const attached = ProcessRecord.attached(p) as (ProcessTexts | undefined)[];
    return (attached[slot] ??= new ProcessTexts(p, escapes));
  };

  return {
    shared,
    textsOf,
    forget(p) {
      ProcessRecord.attached(p)[slot] = undefined;
    },
    parentTexts: (c, parent) => (c.parent ??= textsOf(parent)),
  };
}

/** Places of what is attached to a record: one for each that keeps something of it and that a program has once. */
export const slots = { json: 0, xml: 1, lean: 2, full: 3, ecs: 4, ocsf: 5, winlogbeat: 6 } as const;

export interface PerProcess<T extends object> {
  readonly of: (p: ProcessRecord) => T;
  readonly forget: (p: ProcessRecord) => void;
}

/**
 * Something to be kept of each process for as long as its record lives: attached to the record if there is a slot,
 * which is the cheaper way, and only for what a program has once.
 */
export function perProcess<T extends object>(make: (p: ProcessRecord) => T, slot: number | undefined): PerProcess<T> {
  if (slot !== undefined)
    return {
      of: (p) => {
        const attached = ProcessRecord.attached(p) as (T | undefined)[];
        return (attached[slot] ??= make(p));
      },
      forget: (p) => void (ProcessRecord.attached(p)[slot] = undefined),
    };
  const all = new WeakMap<ProcessRecord, T>();
  return {
    of: (p) => {
      let found = all.get(p);
      if (found === undefined) all.set(p, (found = make(p)));
      return found;
    },
    forget: (p) => void all.delete(p),
  };
}

/**
 * The same text in one piece. A text that was put together is a tree of its pieces, and whoever writes it out walks the
 * tree: once is enough for what stands in many documents.
 */
export function flat(value: string): string {
  // Matching needs the characters side by side. The first one matches, so that nothing is searched.
  anything.test(value);
  return value;
}
