/**
 * The vocabulary of the schema. Two shapes exist: the wire record that a probe writes into the ring, and the Sysmon
 * event that a program receives. A file of `events/` declares both, and says for each field of the event how the one
 * becomes the other.
 */
import type { EcsShape, OcsfShape, TextPart } from './format-rows.js';

/**
 * Type of a field of a wire record. `text` is an offset and a length that point behind the fixed part of the record;
 * `path` is a text of path components, from the leaf to the root, each ended by a slash.
 */
export type WireType =
  | 'u8'
  | 'u16'
  | 'u32'
  | 's32'
  | 'u64'
  | 'text'
  | 'path'
  | 'bytes16'
  | `struct ${string}`
  | `struct ${string}[${number}]`
  | `${'u8' | 'u32' | 'u64'}[${number}]`;

/** `[name, type, what it holds: unit, source, meaning of zero]` */
export type WireField = readonly [name: string, type: WireType, doc: string];

export interface WireStruct {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly WireField[];
}

export interface WireRecord extends WireStruct {
  /**
   * Number on the wire. Groups: 1-15 life of a process, 16-31 access, 32-63 files, 64-95 network, 96-127 system. Never
   * reused.
   */
  readonly id: number;
  /** The file that writes it: `bpf/events/<probe>.bpf.c`. */
  readonly probe: string;
  /** Life-cycle records may use the last eighth of the ring: losing one costs more than itself. */
  readonly lifecycle?: boolean;
  /** What is lost with the record, where the record is not that of an event itself. */
  readonly event?: string;
  /** What a loss of such records counts, if not events. */
  readonly unit?: 'packets';
  /** Fields that hold the index of a word, and the words: C has an enum for each, `SM_<RECORD>_<FIELD>_<WORD>`. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** Type of a field in `data`. All are text in XML. */
export type FieldType = 'string' | 'guid' | 'u32' | 'u16' | 'bool' | 'hex' | 'time';

/** Origins that need no field of the wire record. */
export const plainOrigins = {
  rule: 'name of the rule that kept the event',
  time: 'when it happened',
  hashes: 'digests of the file that the event names',
  hashNote: 'why there are no digests, or what is to be said of them',
  archived: 'whether the content of the file was kept',
  archiveNote: 'why it was not kept, or what is to be said of it',
  archiveFile: 'name of what was kept in the archive',
  sdk: 'given by the SDK itself (events about the sensor)',
} as const;

/** Origins with fields of the wire record as their arguments: `number(uid)`. */
export const wireOrigins = {
  argv: 'arguments, each ended by a NUL, joined by spaces',
  text: 'bytes that are shown as text',
  path: 'components of a path, joined from the root to the leaf',
  location: 'full path of a `struct location`',
  user: 'name of a user id',
  number: 'the number',
  hex: 'the number as `0x1f`',
  flag: 'true if it is not 0',
  known: 'the number; nothing if it is 0',
  several: 'the number; nothing if it is below 2',
  created: 'birth time of the file; the time of the event where the argument is 0',
  stamp: 'time of a `struct stamp`; `-` if it is not known',
  choice: 'the word whose index it holds: `choice(f: a, b)`',
  namespaces: 'those of the namespaces in a `u32[8]` that are others in a second one: `mnt:4026531841,net:4026531840`',
  capabilities: 'names of the effective capabilities of a `struct credentials`; `none`',
  credentials:
    'a part of a `struct credentials`, if it is another one in a second: `credentials(before, after: uids)`; of capabilities those that the second has not',
  bit: 'true if one of these bits is set: `bit(f: SM_…)`',
  address: 'an address in 16 bytes, as text',
  ipv6: 'whether an address in 16 bytes is none of IPv4',
  hostname: 'name of an address in 16 bytes, in DNS answers',
  peer: 'far end of a `struct address`, with its port; the second argument is the family, 4 or 6',
  service: 'name of a port in the services file; the second argument is the transport protocol',
  protocol: 'name of a transport protocol',
  socketProtocol: 'name of the protocol of a socket; the second argument is its family',
  mountOptions: 'options of a file system, behind the names of the flags in the second argument',
  attribute:
    'a mode, an owner, or flags in a `u32[2]`; the second argument says which. Nothing where the first number is 0xffffffff',
  dnsType: 'name of a type of DNS records',
  taints: 'what of a module taints the kernel, in the letters of its documentation; nothing if nothing does',
  device: "number of a device in the kernel's encoding, as major:minor",
  links: 'names of a `struct file`; nothing if the file is not known',
  exitCode: 'status of a process that exited by itself',
  exitSignal: 'number of the signal that ended a process',
  coreDump: 'true if the kernel wrote a core dump, from a status as wait(2) reports it',
} as const;

/**
 * Where a field of an event comes from: a word of `plainOrigins`, one of `wireOrigins` with its arguments, or
 * - `process.X`, `parent.X`: field X of the record of the process or of its parent, see process.ts
 * - `target.X`: the same of the process in field `target` of the wire record, a `struct process`, which the event was
 *   done to
 * - `const(x)`: always the text x; Linux has no such thing
 */
export type Origin =
  | keyof typeof plainOrigins
  | `${keyof typeof wireOrigins}(${string})`
  | `${'process' | 'parent' | 'target'}.${string}`
  | `const(${string})`;

/** `[name, type, origin, documentation]`, in Sysmon's order. */
export type EventField = readonly [name: string, type: FieldType, origin: Origin, doc: string];

/** `[name, tier]`. `core`: wherever the sensor runs; `full`: needs more of the kernel. */
export type Hook = readonly [name: string, tier: 'core' | 'full'];

/** What an event says of the content of a file, which takes time to find out: see native/core/event/subject.h. */
export const contents = ['program', 'modified', 'created', 'deleted', 'image'] as const;
export type Content = (typeof contents)[number];

/** What a hook cannot see: on every kernel, or only on those before a version such as `6.13`. */
export type BlindSpot = string | { readonly before: string; readonly text: string };

export interface EventSchema {
  /** Sysmon's EventID; 110 to 129 are ours. Below 256: it is the kind of the event's entries. */
  readonly id: number;
  /** Name of the type in `event.type` (shared by 17 and 18), and the rule tag unless `tag` says otherwise. */
  readonly name: string;
  /** Rule tag in a configuration; absent where the event cannot be filtered. */
  readonly tag?: string;
  /** Version in the System part of Sysmon's XML. */
  readonly version: number;
  /** What happens to the event when no rule speaks of it. */
  readonly default: 'log' | 'drop' | 'always';
  /** There are so many that it must be named: not in `events: 'all'`. */
  readonly named?: true;
  readonly doc: string;
  /** The wire record that gives rise to it; absent for events that the SDK makes itself. */
  readonly wire?: WireRecord;
  /**
   * Kernel hooks that see it. Of several, field `hook` (u8) of the wire record is the index of the one that saw this
   * event.
   */
  readonly hooks?: readonly Hook[];
  /** The hook that `extra.hook` names where nothing else is said: an index into `hooks`, 0 unless given. */
  readonly usualHook?: number;
  /**
   * BPF programs that are loaded because of it, beside those that keep the process table, which always are. See
   * programs.ts.
   */
  readonly programs?: readonly string[];
  /** BPF maps that only those programs use. */
  readonly maps?: readonly string[];
  /**
   * Where the root of cgroup2 is out of reach: what is loaded instead of the cgroup programs, and what is unseen then.
   */
  readonly withoutCgroup2?: { readonly programs: readonly string[]; readonly blindSpots: readonly BlindSpot[] };
  /**
   * It comes from programs at the root of the control groups: without access to it fewer processes are seen, or none.
   */
  readonly cgroup?: boolean;
  /** A file that only kernels have which can give rise to it. */
  readonly kernelFile?: string;
  /** Its record is what `process.origin` and `process.remote` are made of. */
  readonly origin?: true;
  /** What must be found out of the content of the file in question before the event is whole. */
  readonly content?: Content;
  /**
   * Fields that are cut or exposed while bits of a field of the wire record are set. The marks of a location say so by
   * themselves.
   */
  readonly marks?: readonly {
    readonly kind: 'truncated' | 'exposed';
    readonly fields: readonly string[];
    readonly field: string;
    /** As C names them. */
    readonly bits: string;
  }[];
  /** What this hook cannot see, for `capabilities()` and the documentation. */
  readonly blindSpots?: readonly BlindSpot[];
  readonly fields: readonly EventField[];
  /** Members of `extra` that this event has beside those of all (extra.ts). One that has nothing to say is left out. */
  readonly extra?: readonly EventField[];
  /** What it becomes in the Elastic Common Schema. */
  readonly ecs: EcsShape;
  /** What it becomes in the Open Cybersecurity Schema Framework. */
  readonly ocsf: OcsfShape;
  /** What a line for a person says of it, after who did it; `fields`: the names and values of its fields. */
  readonly text: readonly TextPart[] | 'fields';
  /**
   * A recorded one as `json` writes it, without type, id and process: for the documentation, and for tests of the
   * formats.
   */
  readonly example?: {
    readonly recordId: number;
    readonly time: string;
    readonly host: string;
    readonly data: Readonly<Record<string, string | number | boolean>>;
    readonly extra: Readonly<Record<string, unknown>>;
    readonly techniques: readonly unknown[];
  };
  /** Ids of the techniques of MITRE ATT&CK that this type of event usually stands for. */
  readonly techniques: readonly string[];
}

/** How a field of a process record travels from the worker to JavaScript. */
export type ProcessEncoding =
  | 'u32'
  | 'optionalU32'
  | 'string'
  | 'optionalString'
  | 'time'
  | 'argv'
  | 'json'
  | 'optionalJson'
  | 'optionalContainer'
  | 'flag';

/** `[name, encoding, TypeScript type, documentation]` */
export type ProcessField = readonly [name: string, encoding: ProcessEncoding, tsType: string, doc: string];
