/** Structures and constants of the wire: what all records are made of. */
import type { WireStruct } from './types.js';

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
      [
        'v1_cgroup_id',
        'u64',
        'kernfs id of its group in the hierarchy of a controller that is not in the unified one; 0: none, or its root',
      ],
      ['v1_controller', 'u32', 'which controller: 1 pids, 2 memory, 3 cpuset; 0: none'],
      ['reserved', 'u32', 'zero'],
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
    name: 'process',
    doc: 'One (process, exec), named as in the header.',
    fields: [
      ['start', 'u64', 'start of the process (its group leader), CLOCK_BOOTTIME, ns; 0: there is none'],
      ['exec_id', 'u64', "the kernel's exec count of the task"],
      ['pid', 'u32', 'process id (tgid) in the initial pid namespace'],
      ['tid', 'u32', 'thread id in the initial pid namespace'],
    ],
  },
  {
    name: 'credentials',
    doc: 'What a thread may do, read from struct cred. Ids are those of the initial user namespace.',
    fields: [
      ['inheritable', 'u64', 'capability mask'],
      ['permitted', 'u64', 'capability mask'],
      ['effective', 'u64', 'capability mask'],
      ['bounding', 'u64', 'capability mask'],
      ['ambient', 'u64', 'capability mask'],
      ['uids', 'u32[4]', 'user ids: real, effective, saved, of the file system'],
      ['gids', 'u32[4]', 'group ids: real, effective, saved, of the file system'],
      ['securebits', 'u32', 'SECBIT_*, without SECBIT_KEEP_CAPS'],
      ['user_ns', 'u32', 'inode number of the user namespace'],
      ['group_count', 'u32', 'supplementary groups'],
      ['reserved', 'u32', 'zero'],
      ['groups', 'u32[32]', 'the first of them, which the kernel keeps in order; zero behind the last'],
    ],
  },
  {
    name: 'loss',
    doc: 'Records of one process that were dropped: the key of what counts them.',
    fields: [
      ['start', 'u64', 'start of the process (its group leader), CLOCK_BOOTTIME, ns'],
      ['pid', 'u32', 'process id (tgid) in the initial pid namespace'],
      ['type', 'u16', 'enum sm_type'],
      ['reason', 'u16', 'enum sm_drop'],
    ],
  },
  {
    name: 'push',
    doc: 'What of one type of record is dropped on the kernel side. A set of clauses is a mask, with a bit for each.',
    fields: [
      ['clauses', 'u64', 'all of them; 0: none is dropped'],
      ['process_only', 'u64', 'those that ask for nothing but the process'],
      ['unknown', 'u64[8]', 'by enum sm_push_dimension: those that do not ask for it'],
      ['other', 'u64[8]', 'likewise: those that a value leaves possible that is in no table'],
      ['asked', 'u32', 'bits of the dimensions that any of them asks for'],
      ['path_at', 'u32', 'where the struct location is whose path they ask for, in the record; 0: none'],
    ],
  },
  {
    name: 'push_number',
    doc: 'Key of the clauses that a number leaves possible.',
    fields: [
      ['what', 'u32', 'enum sm_type, and from bit 16 on enum sm_push_dimension'],
      ['value', 'u32', 'the number'],
    ],
  },
  {
    name: 'push_network',
    doc: 'Key of the clauses that the addresses of a network leave possible, those of smaller ones apart.',
    fields: [
      ['bits', 'u32', 'how many bits count of what follows'],
      ['what', 'u32', 'as in struct push_number'],
      ['address', 'u8[16]', 'network byte order; IPv4 as ::ffff:a.b.c.d'],
    ],
  },
  {
    name: 'push_text',
    doc: 'Key of the clauses that texts with this end leave possible, those with a longer one apart.',
    fields: [
      ['bits', 'u32', 'how many bits count of what follows'],
      ['what', 'u32', 'as in struct push_number'],
      ['text', 'u8[48]', 'backwards, in small letters'],
    ],
  },
  {
    name: 'push_process',
    doc: 'Key of the clauses that a process leaves possible.',
    fields: [
      ['start', 'u64', 'start of the process (its group leader), CLOCK_BOOTTIME, ns'],
      ['exec_id', 'u64', "the kernel's exec count of the task"],
      ['pid', 'u32', 'process id (tgid) in the initial pid namespace'],
      ['set', 'u32', 'number of the set of tables that it belongs to'],
      ['type', 'u32', 'enum sm_type'],
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

/** Marks of struct sm_location: what was cut of a path, or may have been changed. `[name, value, documentation]` */
export const locationMarks = [
  ['CUT', 1 << 0, 'the path was cut'],
  ['CUT_END', 1 << 1, 'it is its end that was cut'],
  [
    'EXPOSED',
    1 << 2,
    'it may be wrong: somebody could change it, or the descriptor, during the call, or the kernel does not say',
  ],
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
  ['DESCRIPTOR', 1 << 1, 'the socket was found by a descriptor that others may have replaced'],
] as const;

/** Attributes of struct sm_file. */
export const fileAttributes = [
  ['DELETED', 1 << 0, 'its name was unlinked'],
  ['PSEUDO', 1 << 1, 'has no name in any directory (memfd)'],
  ['ASKED', 1 << 2, 'somebody has asked for its times: whatever happens next to it gets a later one (since 6.13)'],
  ['USER_MOUNT', 1 << 3, 'its file system was mounted in a user namespace'],
] as const;

/** What the kernel side is asked about two descriptors of the sensor, of a file and of a process. */
export const runAnswers = [
  ['SAME_INODE', 1 << 0, 'the file is the one that was named'],
  ['STILL_RUNS', 1 << 1, 'the process has executed nothing else since, and nobody could write to the file meanwhile'],
] as const;

/** Sorts of objects of eBPF: the upper half of a key that stands for one of ours, whose lower half is its id. */
export const bpfSorts = [
  ['NONE', 0, 'something else'],
  ['PROGRAM', 1, 'a program'],
  ['MAP', 2, 'a map'],
  ['LINK', 3, 'a link'],
] as const;

/** Attributes of a DNS exchange. */
export const dnsAttributes = [
  ['CUT_ANSWER', 1 << 0, 'the server cut the answer to fit a packet'],
  ['CUT_RESULTS', 1 << 1, 'results does not hold all records of the answer'],
  ['ANSWERS_LOST', 1 << 2, 'packets of answers were lost while none came: there may have been one'],
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

/** What a clause that drops records on the kernel side may ask for: `[name, documentation]`; at most eight. */
export const pushDimensions = [
  ['PROCESS', 'its process, of which the worker has found out what they ask'],
  ['KIND', 'protocol, from bit 8 on whether it was initiated, and whether source and destination are IPv6'],
  ['SOURCE_PORT', 'port of the source'],
  ['DESTINATION_PORT', 'port of the destination'],
  ['SOURCE', 'address of the source'],
  ['DESTINATION', 'address of the destination'],
  ['HEAD', 'the directories that the path begins with'],
  ['TAIL', 'what the name of the file ends with'],
] as const;

/** Whose records are made. */
export const scopes = [
  ['ALL', 'everybody: there is no scope'],
  ['TREE', 'a process and what descends from it'],
  ['CGROUP', 'processes in a control group, and in those below it'],
] as const;

/** What the sensor is about, as the kernel side is told. */
export const phases = [
  ['STARTING', 'it learns who lives: only records of the life of processes are made'],
  ['RUNNING', 'all are'],
  ['STOPPED', 'none are'],
] as const;

/** Why the kernel side did not hand over a record it had. */
export const dropReasons = [
  ['RING', 'the ring had no room'],
  ['RESERVE', 'the last eighth of the ring is kept for life-cycle records'],
  ['SCRATCH', 'the scratch buffer of the CPU was in use'],
  ['TABLE', 'the table of calls in progress had no room'],
  ['SKIPPED', 'the kernel did not run the program: it, or another one, was under way on that CPU already'],
  ['HEADERS', 'the packet had more headers before UDP or TCP than are skipped'],
  ['SHARE', 'the ring was more than half full, and its maker, or the control group of that, had taken his share'],
] as const;
