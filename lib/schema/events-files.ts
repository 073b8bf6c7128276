/** Events of files. */
import { processHead, userAt } from './fields.js';
import type { EventField, EventSchema } from './types.js';
import {
  callHooks,
  fileCreate,
  fileDelete,
  fileModify,
  fileTime,
  pipeConnect,
  pipeCreate,
  rawAccess,
} from './wire-files.js';

const target: EventField = [
  'TargetFilename',
  'string',
  'location(target)',
  'Full path of the file, in the mount namespace and root of the process.',
];
const user: EventField = userAt('the real user at the call');

/** Programs that follow calls which name a file by a path. */
const pathPrograms = ['sm_inode_set_ctime', 'sm_inode_keep_ctime', 'sm_inode_swap_ctime'];
const deletePrograms = ['sm_unlink_enter', 'sm_unlinkat_enter', 'sm_rmdir_enter'];
const renamePrograms = ['sm_rename_enter', 'sm_renameat_enter', 'sm_renameat2_enter'];

const byPath =
  'Where the kernel has no `inode_set_ctime_to_ts` (before 6.13), calls that take a path are read from the memory of the process: ' +
  'the path is as it was passed, made absolute, without symbolic links resolved, and `extra.file` is absent; if other threads could change it meanwhile, ' +
  'or for io_uring what it is relative to, `extra.exposed` says so.';
const uringPrograms = [
  'sm_uring_submit',
  'sm_uring_submit_60',
  'sm_uring_submit_515',
  'sm_uring_submit_510',
  'sm_uring_end',
  'sm_uring_overflow',
];
const ioUring =
  'What io_uring carries out is seen since 6.0. Not seen but counted by `stats().blind.ioUring`, with an Error that names the process, are: ' +
  'operations before that; those that are to give no result when they succeed (IOSQE_CQE_SKIP_SUCCESS); results for which the ring has no room; ' +
  'before 6.13, files opened into the table of the ring.';
const compat = 'Calls of 32-bit programs are not seen.';

const openPrograms = ['sm_open_enter', 'sm_openat_enter', 'sm_openat2_enter', 'sm_creat_enter', 'sm_open_exit'];
const racingThreads =
  'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.';

const pipe = (
  id: 17 | 18,
  eventType: string,
  doc: string,
): Pick<EventSchema, 'id' | 'name' | 'tag' | 'version' | 'default' | 'doc' | 'fields'> => ({
  id,
  name: 'PipeEvent',
  tag: 'PipeEvent',
  version: 1,
  default: 'drop',
  doc,
  fields: [
    processHead[0],
    ['EventType', 'string', `const(${eventType})`, 'What happened to the pipe: `CreatePipe` (17), `ConnectPipe` (18).'],
    ...processHead.slice(1, 4),
    ['PipeName', 'string', 'location(target)', 'Full path of the FIFO.'],
    ...processHead.slice(4),
    user,
  ],
});

export const fileEvents: readonly EventSchema[] = [
  {
    id: 2,
    name: 'FileCreateTime',
    tag: 'FileCreateTime',
    version: 5,
    default: 'drop',
    doc: 'The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event.',
    wire: fileTime,
    hook: 'sys_exit_utimensat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: [
      'sm_utime_enter',
      'sm_utimes_enter',
      'sm_futimesat_enter',
      'sm_utimensat_enter',
      'sm_utime_exit',
      ...pathPrograms,
    ],
    blindSpots: [byPath, compat, 'The access time alone is not looked at.', 'By path, the time before is not known.'],
    fields: [
      ...processHead,
      target,
      ['CreationUtcTime', 'time', 'stamp(now)', 'The new modification time.'],
      [
        'PreviousCreationUtcTime',
        'time',
        'stamp(before)',
        'The one before, if the file was named by a descriptor; otherwise `-`.',
      ],
      user,
    ],
  },
  {
    id: 9,
    name: 'RawAccessRead',
    tag: 'RawAccessRead',
    version: 2,
    default: 'drop',
    doc: 'A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which.',
    wire: rawAccess,
    hook: 'sys_exit_openat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: ['sm_open_exit', ...uringPrograms],
    blindSpots: [ioUring, compat, racingThreads],
    fields: [...processHead, ['Device', 'string', 'location(target)', 'Path of the device.'], user],
  },
  {
    ...pipe(17, 'CreatePipe', 'A FIFO was made.'),
    wire: pipeCreate,
    hook: 'sys_exit_mknodat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: ['sm_mknod_enter', 'sm_mknodat_enter', 'sm_create_exit', ...pathPrograms],
    blindSpots: [byPath, compat, 'Pipes without a name (pipe(2)) are not reported.'],
  },
  {
    ...pipe(18, 'ConnectPipe', 'A FIFO was opened, and its other end was there or is not waited for.'),
    wire: pipeConnect,
    hook: 'sys_exit_openat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: ['sm_open_exit', ...uringPrograms],
    blindSpots: [ioUring, compat, racingThreads],
  },
  {
    id: 110,
    name: 'FileModify',
    tag: 'FileModify',
    version: 1,
    default: 'drop',
    doc: 'A file was changed: once for each open file and process, at the first change.',
    wire: fileModify,
    hook: 'sys_exit_write',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: [
      ...openPrograms,
      'sm_write_enter',
      'sm_copy_enter',
      'sm_truncate_enter',
      'sm_write_exit',
      'sm_truncate_exit',
      'sm_writers',
      ...pathPrograms,
      ...uringPrograms,
    ],
    blindSpots: [
      'Changes through a mapping (mmap) are not seen.',
      ioUring,
      compat,
      racingThreads,
      'Cloning (ioctl FICLONE) is not seen.',
      'Hashes are of the content when the last writer had closed the file. If that takes longer than `hashTimeoutMs`, it is `-`, and `extra.hash` says `open`; `busy` if 512 others wait so already.',
    ],
    fields: [
      ...processHead,
      target,
      [
        'ModificationType',
        'string',
        'choice(kind: Write, Append, Truncate)',
        'How: `Write`, `Append` (opened with O_APPEND), `Truncate`.',
      ],
      ['Hashes', 'string', 'hashes', 'Digests of the file; `-` if they are not known.'],
      user,
    ],
  },
  {
    id: 11,
    name: 'FileCreate',
    tag: 'FileCreate',
    version: 2,
    default: 'drop',
    doc: 'A file got a name (created, linked, renamed), or an existing one was overwritten. Opening an existing file is no event. `extra.hashes` has the digests of its content.',
    wire: fileCreate,
    hook: 'sys_exit_openat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: [
      ...openPrograms,
      'sm_mknod_enter',
      'sm_mknodat_enter',
      'sm_mkdir_enter',
      'sm_mkdirat_enter',
      'sm_link_enter',
      'sm_linkat_enter',
      'sm_symlink_enter',
      'sm_symlinkat_enter',
      'sm_create_exit',
      ...renamePrograms,
      'sm_rename_exit',
      'sm_writers',
      ...pathPrograms,
      ...uringPrograms,
    ],
    blindSpots: [
      byPath,
      ioUring,
      compat,
      racingThreads,
      '`extra.hashes`, the digests, are of the content when the last writer had closed the file. If that takes longer than `hashTimeoutMs`, they are absent, and `extra.hash` says `open`; `busy` if 512 others wait so already.',
      'An exchange of two names (renameat2 with RENAME_EXCHANGE) is no event: no name is new.',
    ],
    fields: [
      ...processHead,
      target,
      [
        'CreationUtcTime',
        'time',
        'created(overwritten)',
        'When the file was made: the time of the event, or the birth time of a file that was overwritten; `-` if that is not known.',
      ],
      user,
    ],
  },
  {
    id: 23,
    name: 'FileDelete',
    tag: 'FileDelete',
    version: 5,
    default: 'drop',
    doc: 'A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left.',
    wire: fileDelete,
    hook: 'sys_exit_unlinkat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: [
      ...deletePrograms,
      'sm_delete_exit',
      ...renamePrograms,
      'sm_rename_exit',
      ...pathPrograms,
      ...uringPrograms,
    ],
    blindSpots: [
      byPath,
      ioUring,
      compat,
      'Before 6.13 a file that a rename replaced is not seen, IsExecutable is always false, and archived is only what the process itself has open or archive.hold holds.',
      'The content of a file that has no other name, is not open and is not held (archive.hold) is gone when the event comes: it is not archived.',
    ],
    fields: [
      ...processHead.slice(0, -1),
      user,
      ...processHead.slice(-1),
      target,
      ['Hashes', 'string', 'hashes', 'Digests of the deleted file; `-` if its content could not be had.'],
      ['IsExecutable', 'bool', 'flag(executable)', 'A regular file that somebody was allowed to execute.'],
      [
        'Archived',
        'string',
        'archived',
        'Whether the content was kept; `extra.archiveFile` is its name in the archive, `extra.archive` says why not.',
      ],
    ],
  },
  {
    id: 26,
    name: 'FileDeleteDetected',
    tag: 'FileDeleteDetected',
    version: 5,
    default: 'drop',
    doc: 'As FileDelete, with rules of its own; nothing is ever kept because of it.',
    wire: fileDelete,
    hook: 'sys_exit_unlinkat',
    hooks: callHooks,
    maps: ['sm_calls'],
    programs: [
      ...deletePrograms,
      'sm_delete_exit',
      ...renamePrograms,
      'sm_rename_exit',
      ...pathPrograms,
      ...uringPrograms,
    ],
    blindSpots: [
      byPath,
      ioUring,
      compat,
      'Before 6.13 a file that a rename replaced is not seen, and IsExecutable is always false.',
    ],
    fields: [
      ...processHead.slice(0, -1),
      user,
      ...processHead.slice(-1),
      target,
      ['Hashes', 'string', 'hashes', 'Digests of the deleted file; `-` if its content could not be had.'],
      ['IsExecutable', 'bool', 'flag(executable)', 'A regular file that somebody was allowed to execute.'],
    ],
  },
];
