/**
 * What stands in many events is escaped once. Process records are frozen and shared by all events of a process, so their
 * escaped texts are kept beside them; short texts that come back all the time are kept by value.
 */
import { ProcessRecord } from '../schema/events.gen.js';

/** Escaped texts of a process record, made when first asked for. */
export class ProcessTexts {
  readonly guid: string;
  readonly image: string;
  readonly commandLine: string;
  readonly cwd: string;
  readonly user: string;
  readonly logonGuid: string;
  /** Read from a file: it, and the events of it, may hold what this version does not know. */
  readonly revived: boolean;
  /** Those of the parent, once they were asked for. */
  parent: ProcessTexts | undefined;
  /** The process in short, with its ancestors. */
  lineage: string | undefined;
  /** The whole record. */
  whole: string | undefined;

  constructor(p: ProcessRecord, text: (value: unknown) => string) {
    this.guid = text(p.guid);
    this.image = text(p.image);
    this.commandLine = text(p.commandLine);
    this.cwd = text(p.cwd);
    this.user = text(p.user);
    this.logonGuid = text(p.logonGuid);
    this.revived = ProcessRecord.isRevived(p);
    this.parent = undefined;
    this.lineage = undefined;
    this.whole = undefined;
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

const mostShared = 4096;
const longestShared = 256;

/** Caches for one way of escaping; `slot` is its place among what is attached to a record. */
export function textCache(text: (value: unknown) => string, slot: number): TextCache {
  const byValue = new Map<string, string>();
  const textsOf = (p: ProcessRecord): ProcessTexts => {
    const attached = ProcessRecord.attached(p) as (ProcessTexts | undefined)[];
    return (attached[slot] ??= new ProcessTexts(p, text));
  };

  return {
    shared(value) {
      if (typeof value !== 'string' || value.length > longestShared) return text(value);
      let known = byValue.get(value);
      if (known === undefined) {
        known = text(value);
        if (byValue.size >= mostShared) byValue.clear();
        byValue.set(value, known);
      }
      return known;
    },
    textsOf,
    forget(p) {
      ProcessRecord.attached(p)[slot] = undefined;
    },
    parentTexts: (c, parent) => (c.parent ??= textsOf(parent)),
  };
}
