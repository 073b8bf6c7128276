/** Wire records of what happens to files. */
import type { WireRecord } from './types.js';

/** The system calls, and operations of io_uring, that file events come from, in the order of `enum sm_call`. Shipped rows only append. */
export const calls = [
  'open',
  'openat',
  'openat2',
  'creat',
  'mknod',
  'mknodat',
  'mkdir',
  'mkdirat',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'rmdir',
  'write',
  'pwrite64',
  'writev',
  'pwritev',
  'pwritev2',
  'truncate',
  'ftruncate',
  'fallocate',
  'sendfile64',
  'splice',
  'copy_file_range',
  'utime',
  'utimes',
  'futimesat',
  'utimensat',
  'io_uring_openat',
  'io_uring_openat2',
  'io_uring_mkdirat',
  'io_uring_symlinkat',
  'io_uring_linkat',
  'io_uring_renameat',
  'io_uring_unlinkat',
  'io_uring_write',
  'io_uring_write_fixed',
  'io_uring_writev',
  'io_uring_writev_fixed',
  'io_uring_fallocate',
  'io_uring_ftruncate',
  'io_uring_splice',
] as const;

const byUring = /^io_uring_/;

/** How a call is named in `extra.hook`. */
export const callHooks: readonly string[] = calls.map((c) => (byUring.test(c) ? c : `sys_exit_${c}`));

/** How a call is named in documentation. */
export const callName = (call: string): string =>
  byUring.test(call) ? call.replace(byUring, 'IORING_OP_').toUpperCase() : `${call}(2)`;

const hook = ['hook', 'u8', 'enum sm_call'] as const;

export const fileCreate: WireRecord = {
  id: 32,
  name: 'file_create',
  probe: 'file-create',
  doc: 'A name was given to a file, or an existing file was overwritten.',
  fields: [
    ['file', 'struct file', 'the file after the call; all zero: not known'],
    ['target', 'struct location', 'its new name'],
    ['uid', 'u32', 'real user id'],
    hook,
    ['overwritten', 'u8', '1: the name existed before'],
    ['directory', 'u8', '1: it is a directory'],
    ['reserved', 'u8', 'zero'],
  ],
};

export const fileDelete: WireRecord = {
  id: 33,
  name: 'file_delete',
  probe: 'file-delete',
  doc: 'A name of a file was removed, by unlink, rmdir, or a rename over it.',
  fields: [
    ['file', 'struct file', 'the file; nlink: the names that are left; all zero: not known'],
    ['target', 'struct location', 'the name that it lost'],
    ['uid', 'u32', 'real user id'],
    hook,
    ['executable', 'u8', '1: a regular file with a permission to execute it'],
    ['directory', 'u8', '1: it is a directory'],
    ['reserved', 'u8', 'zero'],
  ],
};

const target = ['target', 'struct location', 'its name'] as const;
const uid = ['uid', 'u32', 'real user id'] as const;

export const fileModify: WireRecord = {
  id: 34,
  name: 'file_modify',
  probe: 'file-modify',
  doc: 'The content of a file was changed: the first time by this process through this open file.',
  fields: [
    ['file', 'struct file', 'the file after the change; all zero: not known'],
    target,
    uid,
    hook,
    ['kind', 'u8', '0: written, 1: appended, 2: truncated'],
    ['reserved', 'u16', 'zero'],
  ],
};

export const rawAccess: WireRecord = {
  id: 35,
  name: 'raw_access',
  probe: 'raw-access',
  doc: 'A block device was opened.',
  fields: [
    ['file', 'struct file', 'the device file'],
    target,
    uid,
    ['rdev', 'u32', "number of the device in the kernel's encoding"],
    hook,
    ['access', 'u8', '0: to read, 1: to write, 2: both'],
    ['reserved', 'u16', 'zero'],
  ],
};

const pipeFields = [
  ['file', 'struct file', 'the FIFO; all zero: not known'],
  target,
  uid,
  hook,
  ['reserved', 'u8', 'zero'],
  ['reserved2', 'u16', 'zero'],
] as const;

export const pipeCreate: WireRecord = {
  id: 36,
  name: 'pipe_create',
  probe: 'pipe-create',
  doc: 'A FIFO was made.',
  fields: pipeFields,
};

export const pipeConnect: WireRecord = {
  id: 37,
  name: 'pipe_connect',
  probe: 'pipe-connect',
  doc: 'A FIFO was opened.',
  fields: pipeFields,
};

/** No event of Sysmon: that a process has file operations done where no system call shows them. */
export const uring: WireRecord = {
  id: 39,
  name: 'uring',
  probe: 'io-uring',
  doc: 'A process had io_uring carry out file operations that are not seen: once a minute for each process.',
  fields: [['opcode', 'u32', 'IORING_OP_* of the first']],
};

export const fileTime: WireRecord = {
  id: 38,
  name: 'file_time',
  probe: 'file-time',
  doc: 'The modification time of a file was set.',
  fields: [
    ['file', 'struct file', 'the file after the call; all zero: not known'],
    target,
    ['now', 'struct stamp', 'its modification time'],
    ['before', 'struct stamp', 'and that before'],
    uid,
    hook,
    ['reserved', 'u8', 'zero'],
    ['reserved2', 'u16', 'zero'],
  ],
};
