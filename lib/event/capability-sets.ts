/** Sets of capabilities in few words: most processes have all of them or none, which is no reason to list 41 names. */

/** The names by bit, as the native part writes them; every kernel that the sensor runs on has them all. */
export const capabilityNames: readonly string[] = (
  'CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE ' +
  'NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN ' +
  'SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE ' +
  'MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE'
)
  .split(' ')
  .map((name) => `CAP_${name}`);

/** True for a list of exactly all names, in their order. One of a later kernel that has more is a list. */
export const isFullSet = (list: unknown): boolean => same(list, capabilityNames);

const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((name, i) => name === b[i]);

const shortSet = (list: unknown): unknown =>
  isFullSet(list) ? 'all' : Array.isArray(list) && list.length === 0 ? 'none' : list;

interface Sets {
  readonly effective?: unknown;
  readonly permitted?: unknown;
  readonly gained?: unknown;
}

/**
 * The sets as `"all"`, `"none"` or a list: `permitted` only where it is not what is effective, `gained` only where
 * something was.
 */
export function shortCapabilities(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { effective, permitted, gained, ...others } = value as Sets;
  // Of a line that somebody made by hand.
  if (effective === undefined) return value;
  return {
    effective: shortSet(effective),
    ...(permitted === undefined || same(permitted, effective) ? {} : { permitted: shortSet(permitted) }),
    ...(gained === undefined || shortSet(gained) === 'none' ? {} : { gained: shortSet(gained) }),
    ...others,
  };
}

const longSet = (set: unknown): unknown => (set === 'all' ? [...capabilityNames] : set === 'none' ? [] : set);

/** The opposite: the lists that `shortCapabilities` was given. Those that are lists already stay as they are. */
export function longCapabilities(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { effective, permitted = effective, gained = 'none', ...others } = value as Sets;
  if (effective === undefined) return value;
  return { effective: longSet(effective), permitted: longSet(permitted), gained: longSet(gained), ...others };
}
