/** What the system itself says of a living process, for comparison with what the sensor says. */
import { readFileSync, readlinkSync, statSync } from 'node:fs';

const read = (path: string): string => readFileSync(path, 'utf8');

export const machineId = read('/etc/machine-id').slice(0, 8);
export const bootId = read('/proc/sys/kernel/random/boot_id').trim();
export const zeroGuid = '{00000000-0000-0000-0000-000000000000}';
export const unset = 4294967295;

/** Names of the capabilities in a mask, from the kernel's own header. */
const capabilityNames: string[] = [];
for (const [, name, number] of read('/usr/include/linux/capability.h').matchAll(
  /^#define (CAP_[A-Z_]+)\s+(\d+)\s*$/gm,
)) {
  capabilityNames[Number(number)] ??= name;
}
export const capabilitiesOf = (mask: bigint): string[] => capabilityNames.filter((_, i) => (mask >> BigInt(i)) & 1n);

/** Sysmon's GUIDs: u32 machine, u32 seconds, u64 key, little-endian; printed as a GUID. */
export function guidOf(seconds: number, key: bigint): string {
  const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(key);
  return `{${machineId}-${hex(seconds & 0xffff, 4)}-${hex(Math.floor(seconds / 65536), 4)}-${bytes.toString('hex', 0, 2)}-${bytes.toString('hex', 2)}}`;
}

export const secondsOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
export const utcOf = (iso: string): string => iso.replace('T', ' ').slice(0, 23);

export interface Truth {
  readonly pid: number;
  readonly ppid: number;
  readonly image: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly loginUid: number;
  readonly session: number;
  readonly sid: number;
  readonly pgid: number;
  readonly nsPid: number;
  readonly ttyNumber: number;
  readonly startTicks: number;
  readonly endCode: bigint;
  readonly effective: readonly string[];
  readonly permitted: readonly string[];
  readonly namespaces: Readonly<Record<string, number>>;
  readonly cgroupPath: string;
}

export function truthOf(pid: number): Truth {
  const proc = `/proc/${pid}`;
  const stat = read(`${proc}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from field 3 on
  const field = (n: number): string => fields[n - 3];
  const status = read(`${proc}/status`);
  const line = (name: string): string[] => (new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '').split(/\s+/);
  const namespaces: Record<string, number> = {};
  for (const ns of ['mnt', 'pid', 'net', 'uts', 'ipc', 'cgroup', 'user', 'time']) {
    try {
      namespaces[ns] = statSync(`${proc}/ns/${ns}`).ino;
    } catch {
      namespaces[ns] = 0;
    }
  }
  const optional = (name: string): number => {
    try {
      return Number(read(`${proc}/${name}`));
    } catch {
      return unset;
    }
  };
  return {
    pid,
    ppid: Number(field(4)),
    image: readlinkSync(`${proc}/exe`).replace(/ \(deleted\)$/, ''),
    argv: read(`${proc}/cmdline`).split('\0').slice(0, -1),
    cwd: readlinkSync(`${proc}/cwd`),
    uids: line('Uid').map(Number),
    gids: line('Gid').map(Number),
    loginUid: optional('loginuid'),
    session: optional('sessionid'),
    sid: Number(field(6)),
    pgid: Number(field(5)),
    nsPid: Number(line('NSpid').at(-1)),
    ttyNumber: Number(field(7)),
    startTicks: Number(field(22)),
    endCode: BigInt(field(27)),
    effective: capabilitiesOf(BigInt(`0x${line('CapEff')[0]}`)),
    permitted: capabilitiesOf(BigInt(`0x${line('CapPrm')[0]}`)),
    namespaces,
    cgroupPath: /^0::(.*)$/m.exec(read(`${proc}/cgroup`))?.[1] ?? '',
  };
}

/** Wall time of a start in clock ticks since boot, in milliseconds; good to some 20 ms. */
export function wallOf(ticks: number): number {
  const uptime = Number(read('/proc/uptime').split(' ')[0]);
  return Date.now() - uptime * 1000 + ticks * 10;
}

/** Where cgroup2 is mounted. */
export function cgroupMount(): string | undefined {
  return read('/proc/self/mountinfo')
    .split('\n')
    .map((l) => l.split(' '))
    .find((w) => w[w.indexOf('-') + 1] === 'cgroup2')?.[4];
}
