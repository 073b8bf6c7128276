import {
  byPath,
  callHooks,
  compat,
  hook,
  ioUring,
  maps,
  pathPrograms,
  renamePrograms,
  targetFilename,
  uid,
  uringPrograms,
  user,
  usually,
} from '../file-calls.js';
import { hashNote, processHead } from '../fields.js';
import { ecsFile, ecsFileHash, ocsfFile } from '../format-rows.js';
import type { EventField, EventSchema } from '../types.js';

const fields: readonly EventField[] = [
  ...processHead.slice(0, -1),
  user,
  ...processHead.slice(-1),
  targetFilename,
  [
    'Hashes',
    'string',
    'hashes',
    'Digests of the deleted file; `-` if they are not known: nothing leads to the content by then. Known are those of an empty file, of what an archive keeps, and of what another event had read before (`extra.hash` is `touched` then).',
  ],
  ['IsExecutable', 'bool', 'flag(executable)', 'A regular file that somebody was allowed to execute.'],
];

const shared = {
  version: 5,
  default: 'drop',
  wire: {
    id: 33,
    name: 'file_delete',
    probe: 'file-delete',
    doc: 'A name of a file was removed, by unlink, rmdir, or a rename over it.',
    fields: [
      ['file', 'struct file', 'the file; nlink: the names that are left; all zero: not known'],
      ['target', 'struct location', 'the name that it lost'],
      uid,
      hook,
      ['executable', 'u8', '1: a regular file with a permission to execute it'],
      ['directory', 'u8', '1: it is a directory'],
      ['reserved', 'u8', 'zero'],
    ],
  },
  hooks: callHooks,
  usualHook: usually('unlinkat'),
  maps,
  programs: [
    'sm_unlink_enter',
    'sm_unlinkat_enter',
    'sm_rmdir_enter',
    ...renamePrograms,
    ...pathPrograms,
    ...uringPrograms,
  ],
  content: 'deleted',
  extra: [
    ['directory', 'bool', 'flag(directory)', 'The file is a directory.'],
    ['nlink', 'u32', 'links(file)', 'Names that a deleted file has left.'],
    hashNote,
  ],
  ecs: ecsFile('deletion', [ecsFileHash]),
  ocsf: ocsfFile(4, 'Delete'),
  techniques: ['T1070.004'],
} as const satisfies Partial<EventSchema>;

export const fileDelete: EventSchema = {
  ...shared,
  id: 23,
  name: 'FileDelete',
  tag: 'FileDelete',
  doc: 'A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left.',
  blindSpots: [
    ...byPath,
    ...ioUring,
    compat,
    {
      before: '6.13',
      text: 'A file that a rename replaced is not seen, IsExecutable is always false, and archived is only what the process itself has open or archive.hold holds.',
    },
    'The content of a file that has no other name, is not open and is not held (archive.hold) is gone when the event comes: it is not archived.',
  ],
  fields: [
    ...fields,
    [
      'Archived',
      'bool',
      'archived',
      'Whether the content was kept; `extra.archiveFile` is its name in the archive, `extra.archive` says why not.',
    ],
  ],
  extra: [
    ...shared.extra,
    [
      'archive',
      'string',
      'archiveNote',
      'Why the content of a deleted file was not kept, see docs/archive.md; or `changed`: it was kept, and somebody changed it while it was copied. Absent where there is no archive.',
    ],
    ['archiveFile', 'string', 'archiveFile', 'Name in the archive of the content that was kept.'],
  ],
  text: ['TargetFilename', ['Archived', 'archived'], ['Hashes', 'digest']],
  example: {
    recordId: 24,
    time: '2026-11-24T15:31:06.872049Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-24 15:31:06.872',
      ProcessGuid: '{3d1219c7-adba-6b05-197a-a292a1550000}',
      ProcessId: 26141,
      User: 'root',
      Image: '/usr/bin/rm',
      TargetFilename: '/srv/report/summary.txt',
      Hashes: '-',
      IsExecutable: false,
      Archived: false,
    },
    extra: {
      hook: 'sys_exit_unlinkat',
      tier: 'core',
      nlink: 0,
      hash: 'gone',
      file: { dev: '254:0', inode: '1450041', size: 11, mtime: '2020-01-02T03:04:05.000000Z', mode: 33188 },
    },
    techniques: [
      { id: 'T1070.004', name: 'Indicator Removal: File Deletion', tactics: ['defense-evasion'], source: 'event' },
    ],
  },
};

export const fileDeleteDetected: EventSchema = {
  ...shared,
  id: 26,
  name: 'FileDeleteDetected',
  tag: 'FileDeleteDetected',
  doc: 'As FileDelete, with rules of its own; nothing is ever kept because of it.',
  blindSpots: [
    ...byPath,
    ...ioUring,
    compat,
    { before: '6.13', text: 'A file that a rename replaced is not seen, and IsExecutable is always false.' },
  ],
  fields,
  text: ['TargetFilename', ['Hashes', 'digest']],
  example: {
    recordId: 25,
    time: '2026-11-24T15:31:06.872049Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-24 15:31:06.872',
      ProcessGuid: '{3d1219c7-adba-6b05-197a-a292a1550000}',
      ProcessId: 26141,
      User: 'root',
      Image: '/usr/bin/rm',
      TargetFilename: '/srv/report/summary.txt',
      Hashes: '-',
      IsExecutable: false,
    },
    extra: {
      hook: 'sys_exit_unlinkat',
      tier: 'core',
      nlink: 0,
      hash: 'gone',
      file: { dev: '254:0', inode: '1450041', size: 11, mtime: '2020-01-02T03:04:05.000000Z', mode: 33188 },
    },
    techniques: [
      { id: 'T1070.004', name: 'Indicator Removal: File Deletion', tactics: ['defense-evasion'], source: 'event' },
    ],
  },
};
