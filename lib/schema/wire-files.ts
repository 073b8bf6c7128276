/** Wire records of what happens to files. */
import type { WireRecord } from './types.js';

/** The system calls that file events come from, in the order of `enum sm_call`. Shipped rows only append. */
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
] as const;

/** How a call is named in `extra.hook`. */
export const callHooks: readonly string[] = calls.map((c) => `sys_exit_${c}`);

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
