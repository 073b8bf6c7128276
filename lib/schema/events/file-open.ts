import {
  callHooks,
  compat,
  fileAfter,
  hook,
  ioUring,
  maps,
  racingThreads,
  target,
  targetFilename,
  uid,
  uringPrograms,
  user,
  usually,
} from '../file-calls.js';
import { processHead } from '../fields.js';
import { ecsFile, ocsfFile } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const fileOpen: EventSchema = {
  id: 114,
  name: 'FileOpen',
  tag: 'FileOpen',
  version: 1,
  default: 'drop',
  doc:
    'A file of a list was opened, to read or to write: passwords, keys, tokens of clouds and browsers, histories of shells, the memory of processes and of the machine. ' +
    'The option `watchFiles` replaces the list or adds to it; docs/options.md has it whole. What counts is the file that was opened, and not the way to it: by a symbolic link, a descriptor of /proc/PID/fd, ' +
    'a handle (open_by_handle_at), io_uring. A file that was seen under its own name is known by a hard link or a bind mount too. An open that fails is none, nor one of a directory, nor one with O_PATH, ' +
    'nor what a process opens of itself in /proc. Quiet: none in a parallel build, one in an `npm install` (npm reads its .npmrc), one in an `apt-get install`.',
  wire: {
    id: 44,
    name: 'file_open',
    probe: 'file-open',
    doc: 'A file of the list was opened.',
    fields: [
      fileAfter,
      target,
      ['listed', 'path', 'the entry that it fits: components from the leaf to the root, with stars'],
      uid,
      hook,
      ['access', 'u8', '0: to read, 1: to write, 2: both, 3: neither, for ioctl(2) alone'],
      ['by_inode', 'u8', '1: it is known by its inode, and opened by another name'],
      ['reserved', 'u8', 'zero'],
    ],
  },
  hooks: callHooks,
  usualHook: usually('openat'),
  maps: [...maps, 'sm_watch_inodes'],
  programs: ['sm_open_exit', ...uringPrograms],
  blindSpots: [
    ...ioUring,
    compat,
    racingThreads,
    'Paths are those of the mount namespace that the file was opened in: /etc/shadow is that of a container as well as that of the host. What is the /etc/shadow of a chroot, or that of a container as the host sees it, is another path: list it.',
    'Another name of a file (a hard link, a bind mount, what it was renamed to) is known if the file was there when the sensor started, or has been opened by its listed path since. ' +
      'The 4,096 files that were seen last are known so; of those that two stars (`**`) stand for, none is looked for at the start. A copy is another file.',
    'On file systems that use numbers of inodes again and do not number their generations, what comes to be where a file of the list was may be taken for it: `extra.byInode` says that it was known by its inode.',
    'A descriptor that is inherited, sent (SCM_RIGHTS) or taken (pidfd_getfd) is no open, nor is what the kernel reads by itself. A device that is made anew by mknod(2) is another file: FileCreate tells of it.',
    'A path that is cut, because it is longer than 4,096 bytes, fits no entry.',
  ],
  fields: [
    ...processHead,
    targetFilename,
    [
      'Access',
      'string',
      'choice(access: read, write, readWrite, none)',
      'What it was opened for: `read`, `write`, `readWrite`, or `none` (O_ACCMODE, for ioctl(2) alone).',
    ],
    ['WatchEntry', 'string', 'path(listed)', 'The entry of the list that it fits.'],
    user,
  ],
  extra: [
    [
      'byInode',
      'bool',
      'flag(by_inode)',
      'The path fits no entry: it is another name of a file that was seen under one that does.',
    ],
  ],
  ecs: ecsFile('access'),
  ocsf: ocsfFile(14, 'Open'),
  text: ['TargetFilename', ['Access', 'dim']],
  techniques: ['T1552.001'],
  example: {
    recordId: 21,
    time: '2026-11-30T23:59:06.859622Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 23:59:06.859',
      ProcessGuid: '{3d1219c7-adba-6b05-b970-2a7af1550000}',
      ProcessId: 26138,
      Image: '/usr/bin/cat',
      TargetFilename: '/home/ann/.aws/credentials',
      Access: 'read',
      WatchEntry: '/home/*/.aws/credentials',
      User: 'www-data',
    },
    extra: {
      hook: 'sys_exit_openat',
      tier: 'core',
      file: { dev: '254:0', inode: '1450041', size: 116, mtime: '2026-05-02T03:04:05.000000Z', mode: 33152 },
    },
    techniques: [
      {
        id: 'T1552.001',
        name: 'Unsecured Credentials: Credentials In Files',
        tactics: ['credential-access'],
        source: 'event',
      },
    ],
  },
};
