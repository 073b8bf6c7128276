/** What a sensor could see here, and what it could not, without starting one. */
import { checkNames } from '../base/check.js';
import { refuse, show, type SysmonError } from '../base/errors.js';
import { loadAddon, toError } from '../native.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import type { BlindSpot } from '../schema/types.js';

export interface EventCapability {
  readonly type: EventType;
  readonly id: number;
  /** Kernel hook that the event comes from; `sdk` for events about the sensor itself. */
  readonly hook: string;
  readonly tier: 'core' | 'full';
  readonly available: boolean;
  /** What this hook cannot see on this kernel. */
  readonly blindSpots: readonly string[];
}

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
  readonly privileges: readonly { readonly name: string; readonly held: boolean; readonly neededFor: string }[];
  readonly events: readonly EventCapability[];
}

export interface CapabilitiesOptions {
  /** As in the options of a sensor. */
  readonly btfPath?: string | undefined;
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

/** Looks at the running system. Throws SysmonError (ERR_SYSMON_OPTION, _NATIVE, _SCHEMA_MISMATCH). */
export function capabilities(options?: CapabilitiesOptions): Capabilities {
  const { btfPath = '' } = checkNames<CapabilitiesOptions>('capabilities()', options, ['btfPath']);
  if (typeof btfPath !== 'string') refuse(`capabilities(): btfPath: expected a path, got ${show(btfPath)}.`);
  const { failure, kernel, btf, lockdown, cgroup2, hashing, packets, packetsLimit, privileges } =
    loadAddon().inspect(btfPath);
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
      available: e.wire === undefined || (failure === undefined && (packets || !e.cgroup)),
      blindSpots: [
        ...(e.cgroup && packetsLimit !== '' ? [`Here, ${packetsLimit}.`] : []),
        ...spotsOf(e.blindSpots, kernel),
        ...(packets ? [] : spotsOf(e.withoutCgroup2, kernel)),
      ],
    })),
  };
}
