/** Checks what the user gave and fills in what the user did not. */
import { checkArchive, type ArchiveOptions } from './archive-options.js';
import { checkNames, integer } from '../base/check.js';
import type { RuleSet } from '../config/model.js';
import { refuse, show } from '../base/errors.js';
import type { CountedFilter } from '../filter/filter.js';
import { toFilters, type FilterInput } from '../filter/input.js';
import type { NativeSettings } from '../native.js';
import { checkCompatibility, checkConfigOption, checkEvents } from '../source/source-options.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

export type HashAlgorithm = 'SHA1' | 'MD5' | 'SHA256';

export interface SysmonOptions {
  /**
   * Rules: path of a Sysmon XML or YAML file, its text, a RuleSet of `@org/sysmon/config`, or `'starter'`. It is read by start().
   * Types of events that it speaks of are captured, besides those that Sysmon logs without rules; `events` overrides that.
   */
  config?: string | RuleSet | undefined;
  /** `'exact'`: rules mean in every detail what they mean to Sysmon for Linux. Default `'linux'`: see docs/configuration.md. */
  compatibility?: 'linux' | 'exact' | undefined;
  /**
   * Types of events to capture; `'all'`: every type that this kernel can produce. Default: ProcessCreate and ProcessTerminate.
   * Events about the sensor itself (4, 16, 255) are always on.
   */
  events?: readonly EventType[] | 'all' | undefined;
  /** Digests of executed files, in `data.Hashes`. Default SHA256. */
  hash?: HashAlgorithm | readonly HashAlgorithm[] | 'none' | undefined;
  /**
   * Filters in JavaScript, of `@org/sysmon/filters` or of one's own, or rules that `compile` of `@org/sysmon/config` gave; an event must pass
   * all of them. They run before any listener or iterator.
   */
  filter?: FilterInput | undefined;
  /**
   * BTF file to find the fields of kernel structures by, instead of the kernel's own type information. It must be made from exactly the running
   * kernel's image, which is checked. The kernel's own (/sys/kernel/btf/vmlinux) must be there all the same: programs attach by it.
   */
  btfPath?: string | undefined;
  /** Size of the kernel's ring, in bytes: a power of two from 64 KiB to 1 GiB. Default 8 MiB. It counts twice in RSS. */
  ringBytes?: number | undefined;
  /**
   * Time between two batches, in milliseconds, 0 to 1000. Default 1. More shares wake-ups between more events. After a pause up to four
   * batches follow at once; only what goes on and on is held back.
   */
  flushIntervalMs?: number | undefined;
  /** How long an event may wait for its hash, in milliseconds, 0 to 10000. Default 250. */
  hashTimeoutMs?: number | undefined;
  /** A UDP flow is reported once in so many seconds, 1 to 86400. Default 1800. */
  flowSeconds?: number | undefined;
  /** DnsQuery: questions to port 5353 (multicast DNS) count as well as those to port 53. Default false. */
  mdns?: boolean | undefined;
  /**
   * Absolute path of a directory where FileDelete keeps the content of deleted files, as far as it can be had: see docs/archive.md. It is made, for the
   * sensor's user alone, if only its last component is missing. One sensor has it at a time. Wins over ArchiveDirectory of the configuration.
   */
  archiveDirectory?: string | undefined;
  /** Limits of the archive, and directories whose files are held open for it. */
  archive?: ArchiveOptions | undefined;
  /**
   * Names of environment variables to keep, at most 16; others are never read out of the kernel. Default: LD_PRELOAD,
   * LD_LIBRARY_PATH, LD_AUDIT, SSH_CONNECTION, SUDO_USER.
   */
  environment?: readonly string[] | undefined;
}

export interface CheckedOptions {
  /** `events`, `plan` and `hashAlgorithms` as they are without a configuration. */
  readonly native: NativeSettings;
  readonly filters: readonly CountedFilter[];
  readonly captured: ReadonlySet<EventType>;
  readonly config: string | RuleSet | undefined;
  readonly compatibility: 'linux' | 'exact';
  /** The user named the types of events; the configuration does not decide. */
  readonly eventsGiven: boolean;
  readonly hashGiven: boolean;
}

const known = [
  'config',
  'compatibility',
  'events',
  'hash',
  'filter',
  'btfPath',
  'ringBytes',
  'flushIntervalMs',
  'hashTimeoutMs',
  'archiveDirectory',
  'archive',
  'flowSeconds',
  'environment',
  'mdns',
] as const satisfies readonly (keyof SysmonOptions)[];
const defaultEnvironment = ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'SSH_CONNECTION', 'SUDO_USER'];
const algorithms: Record<HashAlgorithm, number> = { SHA1: 1, MD5: 2, SHA256: 4 };

/** Bits of the algorithms. */
export function checkHash(value: unknown): number {
  if (value === undefined) return algorithms.SHA256;
  if (value === 'none') return 0;
  let bits = 0;
  for (const v of Array.isArray(value) ? (value as unknown[]) : [value]) {
    const bit = typeof v === 'string' && Object.hasOwn(algorithms, v) ? algorithms[v as HashAlgorithm] : undefined;
    if (bit === undefined)
      refuse(`option hash: ${show(v)} is no algorithm. Known: SHA1, MD5, SHA256, a list of them, or 'none'.`);
    bits |= bit;
  }
  return bits;
}

function checkRing(value: unknown): number {
  const bytes = integer('ringBytes', value, 8 << 20, 64 << 10, 1 << 30);
  if ((bytes & (bytes - 1)) !== 0) {
    const below = 2 ** Math.floor(Math.log2(bytes));
    refuse(`option ringBytes: the kernel wants a power of two; the nearest to ${bytes} are ${below} and ${below * 2}.`);
  }
  return bytes;
}

/** Sysmon's ids of these types. */
export function idsOf(events: readonly EventType[]): number[] {
  return eventTable.filter((e) => events.includes(e.name)).map((e) => e.id);
}

function checkEnvironment(value: unknown): string[] {
  if (value === undefined) return defaultEnvironment;
  if (!Array.isArray(value)) refuse(`option environment: expected a list of names, got ${show(value)}.`);
  if (value.length > 16) refuse(`option environment: at most 16 names, got ${value.length}.`);
  for (const v of value as unknown[]) {
    if (typeof v !== 'string' || !/^[^=\0]{1,255}$/.test(v))
      refuse(`option environment: ${show(v)} is no name of a variable.`);
  }
  return [...new Set(value as string[])];
}

export function checkOptions(options: unknown): CheckedOptions {
  const o = checkNames<SysmonOptions>('Sysmon', options, known);
  if (o.btfPath !== undefined && (typeof o.btfPath !== 'string' || o.btfPath === ''))
    refuse(`option btfPath: expected a path, got ${show(o.btfPath)}.`);
  if (o.mdns !== undefined && typeof o.mdns !== 'boolean')
    refuse(`option mdns: expected true or false, got ${show(o.mdns)}.`);
  const events = checkEvents(o.events);
  if (
    o.archiveDirectory !== undefined &&
    (o.config === undefined || o.events !== undefined) &&
    !events.includes('FileDelete')
  )
    refuse(
      "option archiveDirectory: only FileDelete archives, and it is not among the events. Add it: events: ['FileDelete', …].",
    );
  if (o.archive !== undefined && o.archiveDirectory === undefined && o.config === undefined)
    refuse('option archive: there is no archive without archiveDirectory.');
  return {
    native: {
      events: idsOf(events),
      plan: new Uint8Array(),
      environment: checkEnvironment(o.environment),
      btfPath: o.btfPath ?? '',
      ringBytes: checkRing(o.ringBytes),
      hashAlgorithms: checkHash(o.hash),
      hashTimeoutMs: integer('hashTimeoutMs', o.hashTimeoutMs, 250, 0, 10000),
      flushIntervalMs: integer('flushIntervalMs', o.flushIntervalMs, 1, 0, 1000),
      archive: checkArchive(o.archiveDirectory, o.archive),
      flowSeconds: integer('flowSeconds', o.flowSeconds, 1800, 1, 86400),
      // Sysmon for Linux reports no failed ones.
      failedConnects: o.compatibility !== 'exact',
      mdns: o.mdns ?? false,
    },
    filters: toFilters(o.filter),
    captured: new Set(events),
    config: checkConfigOption(o.config),
    compatibility: checkCompatibility(o.compatibility),
    eventsGiven: o.events !== undefined,
    hashGiven: o.hash !== undefined,
  };
}
