// Generated from lib/schema by `npm run generate`. Do not edit.
import type { EventType } from './events.gen.js';
import type { FieldType } from './types.js';

export const schemaHash = 'f1bdcad013c16472';
export const schemaVersion = '4.90';

/** Kinds of entries that are not events. */
export const Entry = {
  /** id, string: a text that later entries refer to */
  DEFINE_STRING: 256,
  /** all defined strings are void */
  RESET_STRINGS: 257,
  /** a process record */
  DEFINE_PROCESS: 258,
  /** ref: no later entry refers to it before it is defined again */
  RETIRE_PROCESS: 259,
  /** stage, event type, count (2 words), since (2 words), until (2 words) */
  LOSS: 260,
  /** hooks are live and the living are known */
  READY: 261,
  /** id, text: something that the sensor cannot do or see, and it goes on */
  ERROR: 262,
  /** nothing follows */
  END: 263,
} as const;

export interface EventInfo {
  readonly name: EventType;
  readonly id: number;
  readonly version: number;
  readonly tag?: string;
  readonly default: 'log' | 'drop' | 'always';
  readonly doc: string;
  readonly hook?: string;
  /** Number of the wire record. */
  readonly wire?: number;
  /** It comes from programs at the root of the control groups. */
  readonly cgroup?: true;
  readonly blindSpots: readonly string[];
  /** Unseen besides where the root of cgroup2 is out of reach. */
  readonly withoutCgroup2: readonly string[];
  /** `[name, type]` in order. */
  readonly fields: readonly (readonly [string, FieldType])[];
}

/** All events, in the order of their ids. */
export const eventTable: readonly EventInfo[] = [
  {
    name: 'ProcessCreate',
    id: 1,
    version: 5,
    tag: 'ProcessCreate',
    default: 'log',
    doc: 'A program was executed (execve, execveat). A fork without exec is none.',
    hook: 'sched_process_exec',
    wire: 2,
    blindSpots: [
      'A failed exec is no event.',
      'Arguments are read from the memory of the new program before its first instruction; beyond 32 KiB they are cut and marked.',
      'Paths are walked without locks: one that is renamed at that very moment may show a mixture.',
    ],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['FileVersion', 'string'],
      ['Description', 'string'],
      ['Product', 'string'],
      ['Company', 'string'],
      ['OriginalFileName', 'string'],
      ['CommandLine', 'string'],
      ['CurrentDirectory', 'string'],
      ['User', 'string'],
      ['LogonGuid', 'guid'],
      ['LogonId', 'string'],
      ['TerminalSessionId', 'u32'],
      ['IntegrityLevel', 'string'],
      ['Hashes', 'string'],
      ['ParentProcessGuid', 'guid'],
      ['ParentProcessId', 'u32'],
      ['ParentImage', 'string'],
      ['ParentCommandLine', 'string'],
      ['ParentUser', 'string'],
    ],
  },
  {
    name: 'NetworkConnect',
    id: 3,
    version: 5,
    tag: 'NetworkConnect',
    default: 'drop',
    doc: 'A TCP connection was made, accepted or refused, or a UDP flow began. `extra.errno` says why a connection failed, `extra.netns` in which network namespace it is.',
    hook: 'inet_sock_set_state',
    wire: 64,
    blindSpots: [
      'A UDP flow is one socket and one peer; it is reported once in `flowSeconds`, again for each other process that sends on the same socket. What is received is reported where the receiver asks for the sender (recvfrom, recvmsg with an address); its local address is the one the socket is bound to.',
      'UDP flows that were there before the sensor are known only if their sockets are connected.',
      'Accepting, and what fails before a packet is sent, is seen in system calls of 64-bit programs: not in 32-bit ones.',
      'What the network refuses before a packet is sent (no route, no permission, no port left) is seen in connect(2), with the destination as the process names it when the call returns (`extra.exposed`); not by io_uring, not with TCP_FASTOPEN_CONNECT.',
      'A packet that is put into IPsec is none of UDP any more where it is seen. One that waited for a program behind NFQUEUE goes by that program.',
      'By io_uring: accepting is seen since 5.19, not into a fixed file and not with IORING_ACCEPT_MULTISHOT; connecting goes by the process since 5.12, before that by a worker of the kernel where it has to wait.',
      'Names of hosts come from DNS answers that were observed. None is ever looked up.',
    ],
    withoutCgroup2: [
      'UDP flows are seen when they are sent by sendto, sendmsg or sendmmsg (of the latter the first message), not by write or io_uring, and not when they are received.',
      'The source address of an unconnected UDP socket is the one it is bound to, `0.0.0.0` as a rule; its destination is read from the memory of the process (`extra.exposed`).',
    ],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['User', 'string'],
      ['Protocol', 'string'],
      ['Initiated', 'bool'],
      ['SourceIsIpv6', 'bool'],
      ['SourceIp', 'string'],
      ['SourceHostname', 'string'],
      ['SourcePort', 'u16'],
      ['SourcePortName', 'string'],
      ['DestinationIsIpv6', 'bool'],
      ['DestinationIp', 'string'],
      ['DestinationHostname', 'string'],
      ['DestinationPort', 'u16'],
      ['DestinationPortName', 'string'],
    ],
  },
  {
    name: 'ServiceStateChange',
    id: 4,
    version: 3,
    default: 'always',
    doc: 'The sensor started or stopped.',
    blindSpots: [],
    withoutCgroup2: [],
    fields: [
      ['UtcTime', 'time'],
      ['State', 'string'],
      ['Version', 'string'],
      ['SchemaVersion', 'string'],
    ],
  },
  {
    name: 'ProcessTerminate',
    id: 5,
    version: 3,
    tag: 'ProcessTerminate',
    default: 'log',
    doc: 'A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how.',
    hook: 'sched_process_exit',
    wire: 3,
    blindSpots: ['Threads of the kernel are not reported.'],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['User', 'string'],
    ],
  },
  {
    name: 'FileCreate',
    id: 11,
    version: 2,
    tag: 'FileCreate',
    default: 'drop',
    doc: 'A file got a name (created, linked, renamed), or an existing one was overwritten. Opening an existing file is no event.',
    hook: 'sys_exit_openat',
    wire: 32,
    blindSpots: [
      'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, `extra.exposed` says so.',
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'An exchange of two names (renameat2 with RENAME_EXCHANGE) is no event: no name is new.',
    ],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['TargetFilename', 'string'],
      ['CreationUtcTime', 'time'],
      ['User', 'string'],
    ],
  },
  {
    name: 'ServiceConfigurationChange',
    id: 16,
    version: 3,
    default: 'always',
    doc: 'A configuration came into force.',
    blindSpots: [],
    withoutCgroup2: [],
    fields: [
      ['UtcTime', 'time'],
      ['Configuration', 'string'],
      ['ConfigurationFileHash', 'string'],
    ],
  },
  {
    name: 'DnsQuery',
    id: 22,
    version: 5,
    tag: 'DnsQuery',
    default: 'drop',
    doc: 'A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then.',
    hook: 'cgroup_skb',
    wire: 81,
    cgroup: true,
    blindSpots: [
      'What is encrypted (DNS over TLS, HTTPS, QUIC) is not seen; neither are servers on other ports than 53.',
      'A name that a resolver on this machine finds in its own cache or in /etc/hosts: only what goes through a socket is seen. What a program asks of a resolver by another way (nscd, D-Bus, a Unix socket) counts for that resolver.',
      'Packets sent through raw or packet sockets.',
      'A process that sends through a socket older than the sensor, where that is none of its first 1,024 file descriptors.',
    ],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['QueryName', 'string'],
      ['QueryStatus', 'string'],
      ['QueryResults', 'string'],
      ['Image', 'string'],
      ['User', 'string'],
    ],
  },
  {
    name: 'FileDelete',
    id: 23,
    version: 5,
    tag: 'FileDelete',
    default: 'drop',
    doc: 'A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left.',
    hook: 'sys_exit_unlinkat',
    wire: 33,
    blindSpots: [
      'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, `extra.exposed` says so.',
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'Before 6.13 a file that a rename replaced is not seen, and IsExecutable is always false.',
    ],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['User', 'string'],
      ['Image', 'string'],
      ['TargetFilename', 'string'],
      ['Hashes', 'string'],
      ['IsExecutable', 'bool'],
      ['Archived', 'string'],
    ],
  },
  {
    name: 'FileDeleteDetected',
    id: 26,
    version: 5,
    tag: 'FileDeleteDetected',
    default: 'drop',
    doc: 'As FileDelete, with rules of its own; nothing is ever kept because of it.',
    hook: 'sys_exit_unlinkat',
    wire: 33,
    blindSpots: [
      'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, `extra.exposed` says so.',
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'Before 6.13 a file that a rename replaced is not seen, and IsExecutable is always false.',
    ],
    withoutCgroup2: [],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['User', 'string'],
      ['Image', 'string'],
      ['TargetFilename', 'string'],
      ['Hashes', 'string'],
      ['IsExecutable', 'bool'],
    ],
  },
  {
    name: 'Error',
    id: 255,
    version: 3,
    default: 'always',
    doc: 'Something that the sensor could not do or see.',
    blindSpots: [],
    withoutCgroup2: [],
    fields: [
      ['UtcTime', 'time'],
      ['ID', 'string'],
      ['Description', 'string'],
    ],
  },
];
