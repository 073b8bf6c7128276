// Generated from lib/schema by `npm run generate`. Do not edit.
import type { EventType } from './events.gen.js';
import type { FieldType } from './types.js';

export const schemaHash = 'd977754cc64907b4';
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
  /** errno, operation, text: something failed and the sensor goes on */
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
  readonly blindSpots: readonly string[];
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
    name: 'FileCreateTime',
    id: 2,
    version: 5,
    tag: 'FileCreateTime',
    default: 'drop',
    doc: 'The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event.',
    hook: 'sys_exit_utimensat',
    wire: 38,
    blindSpots: [
      'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, `extra.exposed` says so.',
      'Calls of 32-bit programs are not seen.',
      'The access time alone is not looked at.',
      'By path, the time before is not known.',
    ],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['TargetFilename', 'string'],
      ['CreationUtcTime', 'time'],
      ['PreviousCreationUtcTime', 'time'],
      ['User', 'string'],
    ],
  },
  {
    name: 'ServiceStateChange',
    id: 4,
    version: 3,
    default: 'always',
    doc: 'The sensor started or stopped.',
    blindSpots: [],
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
    name: 'RawAccessRead',
    id: 9,
    version: 2,
    tag: 'RawAccessRead',
    default: 'drop',
    doc: 'A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which.',
    hook: 'sys_exit_openat',
    wire: 35,
    blindSpots: [
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.',
    ],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['Device', 'string'],
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
      'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.',
      'An exchange of two names (renameat2 with RENAME_EXCHANGE) is no event: no name is new.',
    ],
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
    fields: [
      ['UtcTime', 'time'],
      ['Configuration', 'string'],
      ['ConfigurationFileHash', 'string'],
    ],
  },
  {
    name: 'PipeEvent',
    id: 17,
    version: 1,
    tag: 'PipeEvent',
    default: 'drop',
    doc: 'A FIFO was made.',
    hook: 'sys_exit_mknodat',
    wire: 36,
    blindSpots: [
      'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, `extra.exposed` says so.',
      'Calls of 32-bit programs are not seen.',
      'Pipes without a name (pipe(2)) are not reported.',
    ],
    fields: [
      ['RuleName', 'string'],
      ['EventType', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['PipeName', 'string'],
      ['Image', 'string'],
      ['User', 'string'],
    ],
  },
  {
    name: 'PipeEvent',
    id: 18,
    version: 1,
    tag: 'PipeEvent',
    default: 'drop',
    doc: 'A FIFO was opened, and its other end was there or is not waited for.',
    hook: 'sys_exit_openat',
    wire: 37,
    blindSpots: [
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.',
    ],
    fields: [
      ['RuleName', 'string'],
      ['EventType', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['PipeName', 'string'],
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
    name: 'FileModify',
    id: 110,
    version: 1,
    tag: 'FileModify',
    default: 'drop',
    doc: 'A file was changed: once for each open file and process, at the first change.',
    hook: 'sys_exit_write',
    wire: 34,
    blindSpots: [
      'Changes through a mapping (mmap) are not seen.',
      'Operations that io_uring carries out are not seen; `stats().blind.ioUring` counts them.',
      'Calls of 32-bit programs are not seen.',
      'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.',
      'Cloning (ioctl FICLONE) is not seen.',
      'Hashes is `-`: the file is open for writing when the event is made.',
    ],
    fields: [
      ['RuleName', 'string'],
      ['UtcTime', 'time'],
      ['ProcessGuid', 'guid'],
      ['ProcessId', 'u32'],
      ['Image', 'string'],
      ['TargetFilename', 'string'],
      ['ModificationType', 'string'],
      ['Hashes', 'string'],
      ['User', 'string'],
    ],
  },
  {
    name: 'Error',
    id: 255,
    version: 3,
    default: 'always',
    doc: 'Something that the sensor could not do or see.',
    blindSpots: [],
    fields: [
      ['UtcTime', 'time'],
      ['ID', 'string'],
      ['Description', 'string'],
    ],
  },
];
