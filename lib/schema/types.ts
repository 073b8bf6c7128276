/**
 * The vocabulary of the schema. Two shapes exist: the wire record that a probe writes into the ring, and the Sysmon event that
 * a program receives. `events.ts` says for each field of an event how the one becomes the other.
 */

/** Scalar and nested types of a wire record; `text` and `path` are a {@link https://docs.kernel.org/bpf | BPF} side offset + length. */
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
  | `u32[${number}]`;

/** `[name, type, what it holds: unit, source, meaning of zero]` */
export type WireField = readonly [name: string, type: WireType, doc: string];

export interface WireStruct {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly WireField[];
}

export interface WireRecord extends WireStruct {
  /** Number on the wire. Groups: 1-15 life of a process, 16-31 access, 32-63 files, 64-95 network, 96-127 system. Never reused. */
  readonly id: number;
  /** The file that writes it: `bpf/events/<probe>.bpf.c`. */
  readonly probe: string;
  /** Life-cycle records may use the last eighth of the ring: losing one costs more than itself. */
  readonly lifecycle?: boolean;
  /** The event that is lost with the record, where the record is not the event's own. */
  readonly event?: string;
}

/** Type of a field in `data`. All are text in XML. */
export type FieldType = 'string' | 'guid' | 'u32' | 'u16' | 'bool' | 'hex' | 'time';

/**
 * Where a field of an event comes from.
 * - `rule`: name of the rule that kept the event
 * - `time`: when it happened
 * - `process.X`, `parent.X`: a field of the process's or its parent's record, copied by reference
 * - `argv(f)`, `text(f)`, `path(f)`, `user(f)`, `number(f)`, `flag(f)`: field `f` of the wire record, converted
 * - `location(f)`: full path from field `f` of the wire record, a `struct location`
 * - `created(f)`: birth time of the file; the time of the event where field `f` is 0
 * - `stamp(f)`: time from field `f` of the wire record, a `struct stamp`; `-` if not known
 * - `choice(f: a, b, …)`: the word whose index field `f` holds
 * - `hashes`: digests of the file that the event names
 * - `archived`: whether the content of the file was kept
 * - `address(f)`, `ipv6(f)`, `hostname(f)`: field `f` is an address in 16 bytes: its text, whether it is none of IPv4, its name in DNS answers
 * - `service(f)`, `protocol(f)`: name of a port in the services file; name of a transport protocol
 * - `const(x)`: always the text x; Linux has no such thing
 * - `sdk`: given by the SDK itself (events about the sensor)
 */
export type Origin =
  | 'rule'
  | 'time'
  | 'hashes'
  | 'archived'
  | 'sdk'
  | `process.${string}`
  | `parent.${string}`
  | `${'argv' | 'text' | 'path' | 'user' | 'number' | 'flag' | 'location' | 'created' | 'stamp' | 'choice'}(${string})`
  | `${'address' | 'ipv6' | 'hostname' | 'service' | 'protocol'}(${string})`
  | `const(${string})`;

/** `[name, type, origin, documentation]`, in Sysmon's order. */
export type EventField = readonly [name: string, type: FieldType, origin: Origin, doc: string];

export interface EventSchema {
  /** Sysmon's EventID. */
  readonly id: number;
  /** Name of the type in `event.type` (shared by 17 and 18), and the rule tag unless `tag` says otherwise. */
  readonly name: string;
  /** Rule tag in a configuration; absent where the event cannot be filtered. */
  readonly tag?: string;
  /** Version in the System part of Sysmon's XML. */
  readonly version: number;
  /** What happens to the event when no rule speaks of it. */
  readonly default: 'log' | 'drop' | 'always';
  readonly doc: string;
  /** The wire record that gives rise to it; absent for events that the SDK makes itself. */
  readonly wire?: WireRecord;
  /** Kernel hook, for `extra.hook` and `capabilities()`. */
  readonly hook?: string;
  /** Where several hooks see it: their names; field `hook` (u8) of the wire record is the index of the one that saw this event. */
  readonly hooks?: readonly string[];
  /** BPF programs that are loaded because of it, beside those that keep the process table, which always are. */
  readonly programs?: readonly string[];
  /** BPF maps that only those programs use. */
  readonly maps?: readonly string[];
  /** Where the root of cgroup2 is out of reach: what is loaded instead of the cgroup programs, and what is unseen then. */
  readonly withoutCgroup2?: { readonly programs: readonly string[]; readonly blindSpots: readonly string[] };
  /** It comes from programs at the root of the control groups: without access to it fewer processes are seen, or none. */
  readonly cgroup?: boolean;
  /** What this hook cannot see, for `capabilities()` and the documentation. */
  readonly blindSpots?: readonly string[];
  readonly fields: readonly EventField[];
}

/** How a field of a process record travels from the worker to JavaScript. */
export type ProcessEncoding = 'u32' | 'optionalU32' | 'string' | 'optionalString' | 'time' | 'argv' | 'json' | 'flag';

/** `[name, encoding, TypeScript type, documentation]` */
export type ProcessField = readonly [name: string, encoding: ProcessEncoding, tsType: string, doc: string];
