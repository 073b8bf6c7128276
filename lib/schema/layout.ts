/**
 * Layouts derived from the schema: byte offsets of wire records, word offsets of the entries that the worker hands to
 * JavaScript.
 */
import { createHash } from 'node:crypto';
import { events } from './events.js';
import { processFields } from './process.js';
import { kernelFacts, programs } from './programs.js';
import { internalRecords } from './records.js';
import type { EventField, EventSchema, Hook, WireField, WireRecord, WireStruct } from './types.js';
import {
  bpfSorts,
  dnsAttributes,
  dropReasons,
  execMarks,
  fdKinds,
  fileAttributes,
  locationMarks,
  networkMarks,
  structs,
} from './wire.js';

export interface Placed {
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly size: number;
  readonly doc: string;
}

export interface Layout {
  readonly size: number;
  readonly align: number;
  readonly fields: readonly Placed[];
}

const scalar: Record<string, number> = { u8: 1, u16: 2, u32: 4, s32: 4, u64: 8 };

/** Every record that travels on the ring, by its number. */
export const records: readonly WireRecord[] = [
  ...new Set([...internalRecords, ...events.flatMap((e) => (e.wire ? [e.wire] : []))]),
].sort((a, b) => a.id - b.id);

function measure(type: string): { size: number; align: number } {
  const array = /^(.*)\[(\d+)\]$/.exec(type);
  if (array) {
    const one = measure(array[1]);
    return { size: one.size * Number(array[2]), align: one.align };
  }
  if (type === 'text' || type === 'path') return measure('struct text');
  if (type === 'bytes16') return { size: 16, align: 1 };
  if (type.startsWith('struct ')) {
    const found = structs.find((s) => s.name === type.slice(7));
    if (!found) throw new Error(`schema: no struct ${type.slice(7)}`);
    const { size, align } = layout(found.fields);
    return { size, align };
  }
  const size = scalar[type];
  if (size === undefined) throw new Error(`schema: no type ${type}`);
  return { size, align: size };
}

/** Places fields as C does, and refuses holes: padding would carry kernel memory to user space. */
export function layout(fields: readonly WireField[]): Layout {
  let offset = 0;
  let align = 1;
  const placed = fields.map(([name, type, doc]) => {
    const m = measure(type);
    if (offset % m.align !== 0) throw new Error(`schema: hole before ${name}: reorder the fields`);
    const at = offset;
    offset += m.size;
    align = Math.max(align, m.align);
    return { name, type, offset: at, size: m.size, doc };
  });
  return { size: Math.ceil(offset / align) * align, align, fields: placed };
}

/** A record with its header in front and its tail padded to 8 bytes by an explicit field. */
export function recordLayout(record: WireRecord): Layout {
  const fields: WireField[] = [['hdr', 'struct header', 'see struct sm_header'], ...record.fields];
  const tail = layout(fields).fields.reduce((_, f) => f.offset + f.size, 0) % 8;
  if (tail === 4) fields.push(['pad', 'u32', 'zero']);
  else if (tail !== 0) throw new Error(`schema: record ${record.name} must end on a multiple of 4`);
  return layout(fields);
}

export function structLayout(struct: WireStruct): Layout {
  return layout(struct.fields);
}

/** What generated code calls an event: its name, with the id where two share one. */
export const identifier = (e: EventSchema): string =>
  events.filter((x) => x.name === e.name).length > 1 ? `${e.name}${e.id}` : e.name;

/** One event for each name: the first. */
export const namedEvents: readonly EventSchema[] = events.filter(
  (e, i) => events.findIndex((x) => x.name === e.name) === i,
);

/** Words of an entry behind its carried fields, and behind its target, for events about a file. */
export const fileWords = [
  ['dev', "super block's device in the kernel's encoding; all words zero: no file is known"],
  ['inodeLow', 'inode number'],
  ['inodeHigh', ''],
  ['sizeLow', 'bytes'],
  ['sizeHigh', ''],
  ['mtimeLow', 'seconds since the epoch, signed'],
  ['mtimeHigh', ''],
  ['mtimeUsec', 'microseconds'],
  ['mode', 'type and permissions'],
] as const;

/** The hook that `extra.hook` names where nothing else is said. */
export const usualHookOf = (e: EventSchema): Hook | undefined => e.hooks?.[e.usualHook ?? 0];

/** The event is about the file in field `file` of its record, which `extra.file` tells of. */
export const isAboutFile = (e: EventSchema): boolean =>
  e.wire?.fields.some(([n, t]) => n === 'file' && t === 'struct file') ?? false;

/**
 * The event was done to another process, the one in field `target` of its record: fields of it have origins `target.X`.
 */
export const hasTarget = (e: EventSchema): boolean =>
  e.wire?.fields.some(([n, t]) => n === 'target' && t === 'struct process') ?? false;

/**
 * Words in front of the fields of an event's entry: kind, size in bytes, process, extra, seconds, microseconds, names
 * of rules.
 */
export const eventHeadWords = 7;

/** The fields of an event that travel in its entry; the others are taken from the process record in JavaScript. */
export function carried(event: EventSchema): readonly EventField[] {
  return event.fields.filter(([, , origin]) => !/^(process\.|parent\.|target\.|const\(|time$|sdk$)/.test(origin));
}

/** Kinds of entries that are not events; the kind of an event is its EventID, which is below 256. */
export const controlKinds = [
  ['DEFINE_STRING', 0x100, 'id, string: a text that later entries refer to'],
  ['RESET_STRINGS', 0x101, 'all defined strings are void'],
  ['DEFINE_PROCESS', 0x102, 'a process record'],
  ['RETIRE_PROCESS', 0x103, 'ref: no later entry refers to it before it is defined again'],
  [
    'LOSS',
    0x104,
    'stage, event type, count (2 words), since (2 words), until (2 words), unit, processes (JSON); 0: none',
  ],
  ['READY', 0x105, 'hooks are live and the living are known'],
  ['ERROR', 0x106, 'id, text: something that the sensor cannot do or see, and it goes on'],
  ['END', 0x107, 'nothing follows'],
  ['CONFIGURED', 0x108, 'what follows was judged by the new configuration'],
  ['DEFINE_CONTAINER', 0x109, 'ref, 1 if nothing more will come, JSON: a container, or more of one that is known'],
] as const;

export const processHeadWords = 4; // kind, size, ref, parent + 1

/** Word offset of each field of a process entry. All flags share the last word. */
export function processWords(): {
  readonly offsets: ReadonlyMap<string, number>;
  readonly flags: readonly string[];
  readonly flagsAt: number;
  readonly words: number;
} {
  let at = processHeadWords;
  const offsets = new Map<string, number>();
  const flags: string[] = [];
  for (const [name, encoding] of processFields) {
    if (encoding === 'flag') {
      flags.push(name);
      continue;
    }
    offsets.set(name, at);
    at += encoding === 'time' ? 2 : 1;
  }
  return { offsets, flags, flagsAt: at, words: at + 1 + ((at + 1) % 2) };
}

/** Fingerprint of everything that the three sides must agree on. */
export const schemaHash: string = createHash('sha256')
  .update(
    JSON.stringify([
      structs,
      records,
      fileWords,
      locationMarks,
      execMarks,
      networkMarks,
      fileAttributes,
      dnsAttributes,
      fdKinds,
      bpfSorts,
      dropReasons,
      controlKinds,
      processFields,
      // What is said about them is not the business of the other sides.
      events.map(({ id, name, wire, hooks, usualHook, programs: of, content, fields, extra }) => [
        id,
        name,
        wire?.id,
        hooks,
        usualHook,
        of,
        content,
        [...fields, ...(extra ?? [])].map((f) => f.slice(0, 3)),
      ]),
      programs,
      kernelFacts,
    ]),
  )
  .digest('hex')
  .slice(0, 16);
