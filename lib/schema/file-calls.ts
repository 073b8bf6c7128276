/**
 * What the events of files have in common: the calls that they come from, the programs that follow those, and what is
 * not seen.
 */
import type { BlindSpot, EventField, Hook, WireField } from './types.js';

/**
 * The system calls, and operations of io_uring, that file events come from, in the order of `enum sm_call`. Shipped
 * rows only append.
 */
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
  'open_by_handle_at',
  'bind',
  'ioctl',
  'io_submit',
  'chmod',
  'fchmod',
  'fchmodat',
  'fchmodat2',
  'chown',
  'lchown',
  'fchown',
  'fchownat',
  'setxattr',
  'lsetxattr',
  'fsetxattr',
  'removexattr',
  'lremovexattr',
  'fremovexattr',
  'mmap',
  'mprotect',
  'pkey_mprotect',
] as const;
type Call = (typeof calls)[number];

const byUring = /^io_uring_/;

/** How a call is named in `extra.hook`. */
const hookOf = (call: string): string => (byUring.test(call) ? call : `sys_exit_${call}`);

/** How a call is named in documentation. */
export const callName = (call: string): string =>
  byUring.test(call) ? call.replace(byUring, 'IORING_OP_').toUpperCase() : `${call}(2)`;

/** All calls, as the hooks of each file event: field `hook` of its record is an `enum sm_call`. */
export const callHooks: readonly Hook[] = calls.map((c) => [hookOf(c), 'core']);

/** The hook that an event is usually seen by. */
export const usually = (call: Call): number => calls.indexOf(call);

// Fields of the wire records.
export const hook: WireField = ['hook', 'u8', 'enum sm_call'];
export const fileAfter: WireField = ['file', 'struct file', 'the file after the call; all zero: not known'];
export const target: WireField = ['target', 'struct location', 'its name'];
export const uid: WireField = ['uid', 'u32', 'real user id'];

// Fields of the events.
export const targetFilename: EventField = [
  'TargetFilename',
  'string',
  'location(target)',
  'Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through.',
];
export const user: EventField = ['User', 'string', 'user(uid)', 'Name of the real user at the call.'];
export const hashes: EventField = ['Hashes', 'string', 'hashes', 'Digests of the file; `-` if they are not known.'];

/** The table of the calls in progress. */
export const maps = ['sm_calls'];

/** Programs that follow calls which name a file by a path. */
export const pathPrograms = ['sm_path_exit', 'sm_inode_set_ctime', 'sm_inode_keep_ctime', 'sm_inode_swap_ctime'];
export const openPrograms = [
  'sm_open_enter',
  'sm_openat_enter',
  'sm_openat2_enter',
  'sm_creat_enter',
  'sm_handle_enter',
  'sm_open_exit',
];
export const renamePrograms = ['sm_rename_enter', 'sm_renameat_enter', 'sm_renameat2_enter'];
export const linkPrograms = ['sm_link_enter', 'sm_linkat_enter', 'sm_symlink_enter', 'sm_symlinkat_enter'];
export const uringPrograms = [
  'sm_uring_submit',
  'sm_uring_submit_60',
  'sm_uring_submit_515',
  'sm_uring_submit_510',
  'sm_uring_end',
  'sm_uring_overflow',
];

// Blind spots that several events share.
export const byPath: readonly BlindSpot[] = [
  {
    before: '6.13', // which has `inode_set_ctime_to_ts`
    text:
      'Calls that take a path are read from the memory of the process: the path is as it was passed, made absolute, without symbolic links resolved, ' +
      'and `extra.file` is absent. Where it leads through directories, where its last component may be a link that is followed (truncate, utime), ' +
      'if other threads could change it meanwhile, or for io_uring what it is relative to, `extra.exposed` says so. ' +
      'It does so for every rename: one of a name of a file over another of its names does nothing, and is reported all the same.',
  },
  'What the kernel does not say for certain about a path is marked in `extra.exposed`: ' +
    'which of several mounts of a file system in one namespace, if what was passed is not the path letter by letter (a symbolic link, `..`, `/proc/PID/fd`); ' +
    'which name of a file that has over 1,024; the last component of a hard link made on overlayfs; ' +
    'a rename that changed nothing, as one of a name of a file over another of its names; ' +
    'and every path on file systems that do not tell of what changes (FUSE, network file systems): it is as it was passed, and what a rename replaces there, and on vfat, is not seen.',
];
/** The table of bpf/read/interface.h. */
export const interfaces =
  'What is a way to talk to the kernel is neither overwritten nor changed: the files of proc, sysfs, cgroup and cgroup2, resctrl, debugfs, tracefs, securityfs, selinuxfs, smackfs, apparmorfs, configfs, binfmt_misc, fusectl, nfsd and xenfs, and anonymous inodes such as those of eventfd. What is made there (mkdir in cgroup2, configfs) is made. Files of tmpfs, devtmpfs, ramfs, hugetlbfs, overlay, fuse, efivarfs, bpf and mqueue are as any other.';
const uringCounted = 'not seen, but counted by `stats().blind.ioUring`, with an Error that names the process.';
/** What io_uring does, in the order of what most kernels lack. */
export const ioUring: readonly BlindSpot[] = [
  `By io_uring: operations that are to give no result when they succeed (IOSQE_CQE_SKIP_SUCCESS), and results for which the ring has no room, are ${uringCounted}`,
  { before: '6.13', text: `By io_uring: files opened into the table of the ring are ${uringCounted}` },
  { before: '6.0', text: `By io_uring: operations are ${uringCounted}` },
];
export const compat = 'Calls of 32-bit programs are not seen.';
export const racingThreads =
  'Where threads share the table of descriptors, one that is replaced between the call and its end is looked at instead: if the name differs, `extra.exposed` says so.';
