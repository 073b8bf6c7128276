/** What a sensor could see here, and what it could not, without starting one. */
import { existsSync } from 'node:fs';
import { checkNames } from '../base/check.js';
import { refuse, show, type SysmonError } from '../base/errors.js';
import { loadAddon, toError } from '../native.js';
import type { EventType } from '../schema/events.gen.js';
import { manifest } from '../schema/manifest.js';
import { eventTable } from '../schema/tables.gen.js';
import type { BlindSpot } from '../schema/types.js';

/** What a sensor sees of one type of events here. */
export interface EventCapability {
  /** Name of the type. */
  readonly type: EventType;
  /** Sysmon's EventID. */
  readonly id: number;
  /** Kernel hook that the event comes from; `sdk` for events about the sensor itself. */
  readonly hook: string;
  /** What the hook needs of the kernel: `core` is wherever the sensor runs. */
  readonly tier: 'core' | 'full';
  /** The event can be had here. */
  readonly available: boolean;
  /** What this hook cannot see on this kernel. */
  readonly blindSpots: readonly string[];
}

/** A type of Sysmon's events that never comes: rules may speak of it, and have no effect. */
export interface SilentEvent {
  /** Name of the type, which is the tag of its rules. */
  readonly type: string;
  /** Sysmon's EventID. */
  readonly id: number;
  /** Why it never comes. */
  readonly reason: string;
}

/** What a sensor would see on this system. */
export interface Capabilities {
  /** True if a sensor would start. */
  readonly supported: boolean;
  /** Why not. */
  readonly failure?: SysmonError;
  /** Release of the kernel. */
  readonly kernel: string;
  /** The kernel offers its type information. */
  readonly btf: boolean;
  /** Kernel lockdown: `none`, `integrity`, `confidentiality`, or empty where the kernel has none. */
  readonly lockdown: string;
  /** Where cgroup2 is mounted; empty: nowhere, and paths of control groups are unknown. */
  readonly cgroup2: string;
  /** A libcrypto was found: files can be hashed. */
  readonly hashing: boolean;
  /** Capabilities of the process, whether it has them, and what for. */
  readonly privileges: readonly { readonly name: string; readonly held: boolean; readonly neededFor: string }[];
  /** One for each event, in the order of the ids. */
  readonly events: readonly EventCapability[];
  /** What Sysmon has for Windows and Linux has not, in the order of the ids. */
  readonly silent: readonly SilentEvent[];
}

/** How capabilities() looks. */
export interface CapabilitiesOptions {
  /** As in the options of a sensor. */
  readonly btfPath?: string | undefined;
  /** The native part to load (a file); default: the one of the package. See the option of `Sysmon`. */
  readonly addonPath?: string | undefined;
}

/** Whether a release, such as `6.1.0-18-amd64`, is one before a version, such as `6.13`. */
export function isBefore(release: string, version: string): boolean {
  const numbers = (text: string): number[] => text.split('.', 2).map((part) => parseInt(part, 10));
  const [major, minor] = numbers(release);
  const [otherMajor, otherMinor] = numbers(version);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** Those that a kernel has. */
export const spotsOf = (spots: readonly BlindSpot[], kernel: string): string[] =>
  spots.flatMap((spot) => (typeof spot === 'string' ? [spot] : isBefore(kernel, spot.before) ? [spot.text] : []));

/**
 * Looks at the running system. Throws SysmonError (ERR_SYSMON_OPTION, _NATIVE, _SCHEMA_MISMATCH).
 *
 * @example
 * ```js
 * import { capabilities } from '@org/sysmon';
 *
 * const { supported, failure, events } = capabilities();
 * if (!supported) console.error(failure?.message);
 * for (const { type, blindSpots } of events) console.log(type, blindSpots);
 * ```
 */
export function capabilities(options?: CapabilitiesOptions): Capabilities {
  const given = checkNames<CapabilitiesOptions>('capabilities()', options, ['btfPath', 'addonPath']);
  const { btfPath = '', addonPath } = given;
  if (typeof btfPath !== 'string') refuse(`capabilities(): btfPath: expected a path, got ${show(btfPath)}.`);
  if (addonPath !== undefined && (typeof addonPath !== 'string' || addonPath === ''))
    refuse(`capabilities(): addonPath: expected a path, got ${show(addonPath)}.`);
  const { failure, kernel, btf, lockdown, cgroup2, hashing, packets, packetsLimit, privileges } =
    loadAddon(addonPath).inspect(btfPath);
  return {
    supported: failure === undefined,
    ...(failure === undefined ? {} : { failure: toError(failure) }),
    kernel,
    btf,
    lockdown,
    cgroup2,
    hashing,
    privileges,
    events: eventTable.map((e) => ({
      type: e.name,
      id: e.id,
      hook: e.hook ?? 'sdk',
      tier: 'core',
      available:
        e.wire === undefined ||
        (failure === undefined && (packets || !e.cgroup) && (e.kernelFile === undefined || existsSync(e.kernelFile))),
      blindSpots: [
        ...(e.cgroup && packetsLimit !== '' ? [`Here, ${packetsLimit}.`] : []),
        ...spotsOf(e.blindSpots, kernel),
        ...(packets ? [] : spotsOf(e.withoutCgroup2, kernel)),
      ],
    })),
    silent: manifest.flatMap(({ type, id, noLinuxMeaning: reason }) =>
      reason === undefined ? [] : [{ type, id, reason }],
    ),
  };
}
