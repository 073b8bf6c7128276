import type { WireRecord, WireStruct } from './types.js';
import { uring } from './wire-files.js';

/** Structures shared by several wire records, in the order in which C needs them. Shipped fields only append. */
export const structs: readonly WireStruct[] = [
  {
    name: 'text',
    doc: 'Bytes behind the fixed part of a record. Not NUL-terminated, not necessarily UTF-8.',
    fields: [
      ['off', 'u32', 'offset from the start of the record, in bytes'],
      ['len', 'u32', 'length in bytes; 0: none'],
    ],
  },
  {
    name: 'header',
    doc: 'First part of every record. pid, start and exec_id together name one (process, exec).',
    fields: [
      ['size', 'u32', 'bytes of the whole record'],
      ['type', 'u16', 'enum sm_type'],
      ['flags', 'u16', 'for what may concern any record: zero, as there is nothing yet'],
      ['time', 'u64', 'CLOCK_BOOTTIME, ns'],
      ['start', 'u64', 'start of the process (its group leader), CLOCK_BOOTTIME, ns'],
      ['exec_id', 'u64', "the kernel's exec count of the task (task_struct.self_exec_id)"],
      ['pid', 'u32', 'process id (tgid) in the initial pid namespace'],
      ['tid', 'u32', 'thread id in the initial pid namespace'],
    ],
  },
  {
    name: 'task',
    doc: 'What a task is, read from task_struct.',
    fields: [
      ['parent_start', 'u64', 'start of the real parent, CLOCK_BOOTTIME, ns'],
      ['parent_exec_id', 'u64', 'exec count of the real parent when the record was made'],
      ['cap_permitted', 'u64', 'capability mask'],
      ['cap_effective', 'u64', 'capability mask'],
      ['cgroup_id', 'u64', 'kernfs id in the unified hierarchy; 0: none'],
      ['end_code', 'u64', 'mm_struct.end_code; 0 for a kernel thread'],
      ['ppid', 'u32', 'process id of the real parent'],
      ['ns_pid', 'u32', 'process id inside its own pid namespace'],
      ['uid', 'u32', 'real user id'],
      ['gid', 'u32', 'real group id'],
      ['euid', 'u32', 'effective user id'],
      ['egid', 'u32', 'effective group id'],
      ['suid', 'u32', 'saved user id'],
      ['sgid', 'u32', 'saved group id'],
      ['login_uid', 'u32', 'audit login uid; 4294967295: unset'],
      ['audit_session', 'u32', 'audit session id; 4294967295: unset'],
      ['sid', 'u32', 'POSIX session id'],
      ['pgid', 'u32', 'process group id'],
      ['tty_index', 'u32', 'index of the controlling terminal within its driver'],
      ['task_flags', 'u32', 'task_struct.flags (PF_KTHREAD: 0x200000)'],
      ['ns', 'u32[8]', 'inode numbers of the namespaces: mnt, pid, net, uts, ipc, cgroup, user, time; 0: not there'],
      ['tty', 'bytes16', 'name of the controlling terminal (tty_struct.name); empty: none'],
      ['comm', 'bytes16', 'task name'],
    ],
  },
  {
    name: 'file',
    doc: 'Identity of a file, read from its inode.',
    fields: [
      ['ino', 'u64', 'inode number'],
      ['size', 'u64', 'bytes'],
      [
        'ctime',
        'u64',
        'time of the last change of content or attributes, which no program can set; nanoseconds since the epoch',
      ],
      ['mtime_sec', 'u64', 'modification time, seconds since the epoch'],
      ['mtime_nsec', 'u32', 'and nanoseconds'],
      ['dev', 'u32', "super block's device in the kernel's encoding (major << 20 | minor)"],
      ['mode', 'u32', 'type and permissions'],
      ['nlink', 'u32', 'names; 0: deleted or never had one'],
      ['magic', 'u32', 'type of the file system (linux/magic.h)'],
      ['attributes', 'u32', 'SM_FILE_*'],
      ['generation', 'u32', 'inode.i_generation: tells files apart that had the same inode number one after the other'],
      [
        'references',
        'u32',
        'of a file that has just lost a name: how often the kernel still refers to its inode; else 0',
      ],
    ],
  },
  {
    name: 'location',
    doc: 'Where a file is. Either what the kernel itself says, or what the process passed and where that starts.',
    fields: [
      ['path', 'struct text', 'components from the leaf to the root'],
      ['name', 'struct text', 'the name as it was passed to the call, if path is empty'],
      ['base', 'struct text', 'directory that name starts at, components from the leaf to the root'],
      ['marks', 'u32', 'SM_LOCATION_*'],
      ['reserved', 'u32', 'zero'],
    ],
  },
  {
    name: 'stamp',
    doc: 'A point of time of a file.',
    fields: [
      ['sec', 'u64', 'seconds since the epoch, signed'],
      ['nsec', 'u32', 'and nanoseconds'],
      ['known', 'u32', '0: it is not known'],
    ],
  },
  {
    name: 'stdio',
    doc: 'One of the file descriptors 0-2.',
    fields: [
      ['ino', 'u64', 'inode number'],
      [
        'target',
        'struct text',
        'path (components from the leaf to the root), or address (struct sm_address), or socket path',
      ],
      ['kind', 'u8', 'SM_FD_*'],
      ['same_as', 'u8', 'lower descriptor with the same open file, which then holds the details; 255: none'],
      ['family', 'u16', 'socket: AF_*'],
      ['detail', 'u32', "socket: SOCK_*; character or block device: its number in the kernel's encoding"],
    ],
  },
  {
    name: 'address',
    doc: 'Local and peer end of an internet socket, network byte order; IPv4 in the first 4 bytes.',
    fields: [
      ['local', 'bytes16', 'local address'],
      ['peer', 'bytes16', 'peer address'],
      ['local_port', 'u16', 'host byte order'],
      ['peer_port', 'u16', 'host byte order; 0: not connected'],
    ],
  },
];

const execFields = [
  ['task', 'struct task', 'the process after its exec'],
  ['exe', 'struct file', 'the executed image (mm_struct.exe_file)'],
  ['image', 'path', 'path of the image, components from the leaf to the root'],
  ['cwd', 'path', 'working directory, components from the leaf to the root'],
  ['argv', 'text', 'arg_start..arg_end of the new memory: arguments, each ended by a NUL'],
  ['env', 'text', 'allow-listed environment variables, each ended by a NUL'],
  ['script', 'text', 'name of the #! script as it was passed to exec'],
  ['stdio', 'struct stdio[3]', 'file descriptors 0-2'],
  ['old_tid', 'u32', 'thread that called exec; differs from pid when it was not the leader'],
  ['argv_total', 'u32', 'bytes between arg_start and arg_end, of which argv may hold fewer'],
  ['marks', 'u32', 'SM_EXEC_*'],
] as const;

export const exec: WireRecord = {
  id: 2,
  name: 'exec',
  probe: 'process-create',
  lifecycle: true,
  doc: 'A program was executed.',
  fields: execFields,
};

export const exit: WireRecord = {
  id: 3,
  name: 'exit',
  probe: 'process-terminate',
  lifecycle: true,
  doc: 'The last thread of a process exited.',
  fields: [
    ['uid', 'u32', 'real user id at exit'],
    ['exit_code', 'u32', 'status as wait(2) reports it'],
    ['ppid', 'u32', 'process id of the real parent at exit'],
    ['task_flags', 'u32', 'task_struct.flags'],
    ['comm', 'bytes16', 'task name'],
  ],
};

export const network: WireRecord = {
  id: 64,
  name: 'network',
  probe: 'network-connect',
  doc: 'A TCP connection, made or failed, or a UDP flow. The header names the process that connected, accepted, sent or received.',
  fields: [
    ['source', 'bytes16', 'address of the end that began, network byte order; IPv4 as ::ffff:a.b.c.d'],
    ['destination', 'bytes16', 'address of the other end'],
    ['source_port', 'u16', 'host byte order'],
    ['destination_port', 'u16', 'host byte order'],
    ['uid', 'u32', 'real user id of the process'],
    ['netns', 'u32', "inode number of the socket's network namespace"],
    ['error', 'u32', 'errno of a connection that failed; 0: it did not'],
    ['protocol', 'u8', '6: TCP, 17: UDP'],
    ['initiated', 'u8', '1: the process is the source'],
    ['hook', 'u8', 'SM_HOOK_NETWORK_CONNECT_*'],
    ['marks', 'u8', 'SM_NETWORK_*'],
  ],
};

const endsOfExchange = [
  ['address', 'struct address', 'of the socket, and of the server as the packet names it'],
  ['family', 'u8', '4 or 6'],
  ['protocol', 'u8', 'IPPROTO_TCP or IPPROTO_UDP'],
] as const;

export const dnsQuery: WireRecord = {
  id: 81,
  name: 'dns_query',
  probe: 'dns-query',
  doc: 'A question and what came of it. Put together in user space from the packets; no probe writes it.',
  fields: [
    ['name', 'text', 'what was asked for, without the last dot'],
    ['status', 'text', 'decimal'],
    ['results', 'text', 'records of the answer, each ended by a semicolon'],
    ['query_type', 'u32', 'type of the record that was asked for'],
    ['attempts', 'u32', 'how often it was asked until the answer'],
    ...endsOfExchange,
    ['attributes', 'u16', 'SM_DNS_*'],
  ],
};

/** Records that no event of Sysmon stands for: they keep the process table, or are what an event is made from. */
export const internalRecords: readonly WireRecord[] = [
  {
    id: 1,
    name: 'fork',
    probe: 'process-fork',
    lifecycle: true,
    doc: 'A process (not a thread) was made. The header names the child.',
    fields: [['task', 'struct task', 'the child']],
  },
  {
    id: 4,
    name: 'alive',
    probe: 'process-alive',
    doc: 'A process that was there before the sensor, from the task iterator. argv and env stay empty: user space reads them.',
    fields: execFields,
  },
  uring,
  {
    id: 80,
    name: 'dns_packet',
    probe: 'dns-query',
    event: 'DnsQuery',
    doc: 'What a socket sent to port 53 or got from there. The header names the process that sent it; pid 0: unknown, or an answer.',
    fields: [
      ['cookie', 'u64', 'number of the socket, which no other ever has'],
      ['seq', 'u32', 'TCP: sequence number of the first byte'],
      ['total', 'u32', 'bytes behind the header of UDP or TCP, of which payload may hold fewer'],
      ['payload', 'text', 'the bytes'],
      ...endsOfExchange,
      ['answer', 'u8', '1: it came in'],
      ['tcp_flags', 'u8', 'FIN 1, SYN 2, RST 4'],
    ],
  },
];

/** Marks of struct sm_location: what was cut of a path, or may have been changed. `[name, value, documentation]` */
export const locationMarks = [
  ['CUT', 1 << 0, 'the path was cut'],
  ['CUT_END', 1 << 1, 'it is its end that was cut'],
  ['EXPOSED', 1 << 2, 'somebody could change the path, or the descriptor, during the call'],
] as const;

/** Marks of an exec: what was cut or could not be read. */
export const execMarks = [
  ['CUT_IMAGE', 1 << 0, 'image was cut'],
  ['CUT_CWD', 1 << 1, 'working directory was cut'],
  ['CUT_ARGV', 1 << 2, 'argv was cut'],
  ['CUT_ENV', 1 << 3, 'the environment was not searched to its end'],
  ['CUT_STDIO', 1 << 4, 'a target of fd 0-2 was cut'],
  ['CUT_SCRIPT', 1 << 5, 'script name was cut'],
  ['FAULT_ARGV', 1 << 6, 'a page of argv was absent; the bytes of it are missing'],
  ['FAULT_ENV', 1 << 7, 'a page of the environment was absent'],
  ['SECURE', 1 << 8, 'the exec raised privileges (AT_SECURE)'],
] as const;

/** Marks of a connection. */
export const networkMarks = [
  ['USER_ADDRESS', 1 << 0, 'the destination was read from the memory of the process, which may have changed it'],
] as const;

/** Attributes of struct sm_file. */
export const fileAttributes = [
  ['DELETED', 1 << 0, 'its name was unlinked'],
  ['PSEUDO', 1 << 1, 'has no name in any directory (memfd)'],
] as const;

/** Attributes of a DNS exchange. */
export const dnsAttributes = [
  ['CUT_ANSWER', 1 << 0, 'the server cut the answer to fit a packet'],
  ['CUT_RESULTS', 1 << 1, 'results does not hold all records of the answer'],
] as const;

/** Kinds of a file descriptor. */
export const fdKinds = [
  ['CLOSED', 0, 'closed'],
  ['TTY', 1, 'tty'],
  ['PIPE', 2, 'pipe'],
  ['SOCKET', 3, 'socket'],
  ['FILE', 4, 'file'],
  ['DIRECTORY', 5, 'directory'],
  ['CHAR', 6, 'char'],
  ['BLOCK', 7, 'block'],
  ['OTHER', 8, 'other'],
] as const;

/** Why the kernel side did not hand over a record it had. */
export const dropReasons = [
  ['RING', 'the ring had no room'],
  ['RESERVE', 'the last eighth of the ring is kept for life-cycle records'],
  ['SCRATCH', 'the scratch buffer of the CPU was in use'],
  ['TABLE', 'the table of calls in progress had no room'],
  ['SKIPPED', 'the kernel did not run the program: it, or another one, was under way on that CPU already'],
] as const;
