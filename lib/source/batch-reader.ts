/**
 * Reads slots: pieces of memory that the native worker fills with entries, which are events and definitions of what
 * events refer to. A definition is sent once and kept here, so that there is one reader for each sensor.
 */
import { techniquesOf } from '../attack/index.js';
import { deepFreeze } from '../base/freeze.js';
import { isoOf } from '../base/time.js';
import type { EventExtra, Technique } from '../event/event.js';
import { matchedRules, type MatchedRule } from '../event/matched-rules.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import type { Live, ProcessSource } from '../event/process-source.js';
import { Entry } from '../schema/tables.gen.js';

/** Stands where a ref to a text would, if the text is the time of the event. */
export const eventTime = 0x7fffffff;

const maxTime = 8.64e12; // seconds that a Date can hold

/** A 64-bit number of the kernel as the decimal text of it. */
const decimal = (low: number, high: number): string =>
  high === 0 ? String(low) : String((BigInt(high) << 32n) | BigInt(low));

/** A ref without this bit is the number of a definition; with it, the value stands so many bytes into the slot. */
const inlineBit = 0x80000000;
const noArguments: readonly string[] = Object.freeze([]);

interface Utf8Sliceable {
  utf8Slice(start: number, end: number): string;
}

export class BatchReader implements ProcessSource {
  readonly host: string;
  #words: Uint32Array[] = [];
  #bytes: Utf8Sliceable[] = [];
  #slot = 0;
  #texts: string[] = ['-'];
  #objects: unknown[] = [];
  #extras: ({ base: EventExtra; value: EventExtra } | undefined)[] = [];
  #techniques: ({ type: string; value: readonly Technique[] } | undefined)[] = [];
  #rules: (readonly MatchedRule[] | undefined)[] = [];
  #processes: (ProcessRecord | undefined)[] = [];
  /** By their numbers; shared with readers of look-ups, so that a container is one object. */
  readonly #containers: Record<string, unknown>[];
  /** Records that a program has asked for before an event brought them: they stay the same object. */
  readonly #handedOut = new Map<string, ProcessRecord>();

  constructor(
    memory: ArrayBuffer,
    slotBytes: number,
    slots: number,
    host: string,
    /** What process records ask later, if they come from a living sensor. */
    readonly live: Live | undefined = undefined,
    containers: Record<string, unknown>[] = [],
  ) {
    this.host = host;
    this.#containers = containers;
    for (let i = 0; i < slots; i++) {
      this.#words.push(new Uint32Array(memory, i * slotBytes, slotBytes / 4));
      const buffer = Buffer.from(memory, i * slotBytes, slotBytes);
      // What toString() calls, at half its price. It is not documented, so there is a way without it.
      const slice = (buffer as unknown as Partial<Utf8Sliceable>).utf8Slice;
      this.#bytes.push(
        typeof slice === 'function'
          ? (buffer as unknown as Utf8Sliceable)
          : { utf8Slice: (a, b) => buffer.toString('utf8', a, b) },
      );
    }
  }

  /** The words of a slot. Refs into the slot mean this one from now on. */
  open(slot: number): Uint32Array {
    this.#slot = slot;
    return this.#words[slot];
  }

  /** The text of a ref: its length stands before it. */
  string(ref: number): string {
    if (ref < inlineBit) return this.#texts[ref];
    const at = ref - inlineBit;
    return this.#bytes[this.#slot].utf8Slice(at + 4, at + 4 + this.#words[this.#slot][at >> 2]);
  }

  json(ref: number): unknown {
    if (ref >= inlineBit) return deepFreeze(JSON.parse(this.string(ref)));
    return (this.#objects[ref] ??= deepFreeze(JSON.parse(this.#texts[ref])));
  }

  container(ref: number): unknown {
    return this.#containers[ref];
  }

  /** Where each argument ends within the command line; one space lies between two. */
  argv(ref: number, commandLine: string): readonly string[] {
    if (ref === 0) return noArguments;
    const words = this.#words[this.#slot];
    const at = (ref - inlineBit) >> 2;
    const count = words[at] / 4;
    const argv = new Array<string>(count);
    let start = 0;
    for (let i = 0; i < count; i++) {
      const end = words[at + 1 + i];
      argv[i] = commandLine.substring(start, end);
      start = end + 1;
    }
    return Object.freeze(argv);
  }

  /** `extra` of an event: what the ref adds, as JSON, to what every event of the hook has. */
  extra<E extends EventExtra>(ref: number, base: E): E {
    if (ref >= inlineBit) return deepFreeze({ ...base, ...(JSON.parse(this.string(ref)) as object) });
    const known = this.#extras[ref];
    if (known !== undefined && known.base === base) return known.value as E;
    const value = deepFreeze({ ...base, ...(JSON.parse(this.#texts[ref]) as object) });
    this.#extras[ref] = { base, value };
    return value;
  }

  /** The same for an event about a file, whose facts stand in the words at `f`. */
  fileExtra<E extends EventExtra>(w: Uint32Array, f: number, ref: number, base: E): E {
    const mode = w[f + 8];
    if (mode === 0) return ref === 0 ? base : this.extra(ref, base);
    const dev = w[f];
    const seconds = (w[f + 6] | 0) * 2 ** 32 + w[f + 5];
    const file = Object.freeze({
      dev: `${dev >>> 20}:${dev & 0xfffff}`,
      inode: decimal(w[f + 1], w[f + 2]),
      size: w[f + 4] * 2 ** 32 + w[f + 3],
      mtime: isoOf(Math.max(-maxTime, Math.min(maxTime, seconds)), w[f + 7]),
      mode,
    });
    return Object.freeze(ref === 0 ? { ...base, file } : { ...this.extra(ref, base), file });
  }

  /** Techniques of an event whose rules have the names that the text lists. */
  techniques(ref: number, type: string): readonly Technique[] {
    if (ref >= inlineBit) return deepFreeze(techniquesOf(type, JSON.parse(this.string(ref)) as string[]));
    const known = this.#techniques[ref];
    if (known !== undefined && known.type === type) return known.value;
    const value = deepFreeze(techniquesOf(type, JSON.parse(this.#texts[ref]) as string[]));
    this.#techniques[ref] = { type, value };
    return value;
  }

  /** The rules whose names the text lists. */
  rules(ref: number): readonly MatchedRule[] | undefined {
    if (ref >= inlineBit) return matchedRules(JSON.parse(this.string(ref)) as string[]);
    return (this.#rules[ref] ??= matchedRules(JSON.parse(this.#texts[ref]) as string[]));
  }

  process(ref: number): ProcessRecord {
    return this.#processes[ref] as ProcessRecord;
  }

  /** The process that an event was done to: its ref + 1; 0: there is none. */
  target(word: number): ProcessRecord | undefined {
    return word === 0 ? undefined : this.#processes[word - 1];
  }

  /** Takes in an entry that is no event. Returns false for those that the reader of the queue must act upon. */
  control(w: Uint32Array, o: number): boolean {
    switch (w[o]) {
      case Entry.DEFINE_STRING:
        this.#texts[w[o + 2]] = this.string(w[o + 3]);
        return true;
      case Entry.RESET_STRINGS:
        this.#texts = ['-'];
        this.#objects = [];
        this.#extras = [];
        this.#techniques = [];
        this.#rules = [];
        return true;
      case Entry.DEFINE_PROCESS:
        this.#processes[w[o + 2]] = this.#define(w, o);
        return true;
      case Entry.DEFINE_CONTAINER:
        this.#fillContainer(w[o + 2], JSON.parse(this.string(w[o + 4])) as Record<string, unknown>, w[o + 3] !== 0);
        return true;
      case Entry.RETIRE_PROCESS:
        this.#processes[w[o + 2]] = undefined;
        return true;
      default:
        return false;
    }
  }

  /** Another container may have got the number. What is frozen says all already. */
  #fillContainer(ref: number, said: Record<string, unknown>, settled: boolean): void {
    const known = this.#containers[ref];
    const container = known !== undefined && known['id'] === said['id'] ? known : said;
    this.#containers[ref] = container;
    if (Object.isFrozen(container)) return;
    // The members in their order, whichever were there before.
    if (container !== said)
      for (const [name, value] of Object.entries(said)) {
        delete container[name];
        container[name] = value;
      }
    if (settled) deepFreeze(container);
  }

  #define(w: Uint32Array, o: number): ProcessRecord {
    const parent = w[o + 3];
    const made = new ProcessRecord(this, w, o, parent === 0 ? undefined : this.#processes[parent - 1]);
    if (this.#handedOut.size === 0) return made;
    const known = this.#handedOut.get(made.strongId);
    this.#handedOut.delete(made.strongId);
    return known ?? made;
  }

  /**
   * The record that another reader decoded for a look-up: the one that events already brought, if they did, so that a
   * process has one record and not two.
   */
  adopt(record: ProcessRecord, ref: number): ProcessRecord {
    const known = this.#processes[ref];
    if (known !== undefined && known.strongId === record.strongId) return known;
    const earlier = this.#handedOut.get(record.strongId);
    if (earlier) return earlier;
    if (this.#handedOut.size >= 1024) this.#handedOut.clear(); // those of processes that no event ever brings
    this.#handedOut.set(record.strongId, record);
    return record;
  }

  /**
   * Decodes slots that hold nothing but definitions; returns the last process and its ref. `main`: the reader of the
   * sensor's events.
   */
  static decodeLookup(
    memory: ArrayBuffer,
    slotBytes: number,
    slots: readonly number[],
    host: string,
    main?: BatchReader,
  ): { record: ProcessRecord; ref: number } | undefined {
    const count = memory.byteLength / slotBytes;
    const containers = main === undefined ? [] : main.#containers;
    const reader = new BatchReader(memory, slotBytes, count, host, main?.live, containers);
    let last: { record: ProcessRecord; ref: number } | undefined;
    for (const slot of slots) {
      const w = reader.open(slot);
      const end = w[0] >> 2;
      for (let o = 2; o < end; o += w[o + 1] >> 2) {
        reader.control(w, o);
        const ref = w[o + 2];
        if (w[o] === Entry.DEFINE_PROCESS) last = { record: reader.process(ref), ref };
      }
    }
    return last;
  }
}
