/** The options that are objects: their members, a row each, as options.ts has the options. */
import type { OptionRow } from './option-row.js';

/** How executed files are reached. The addon takes the place in this list. */
export const hashSources = ['path', 'auto', 'fanotify'] as const;

/** The members of the option `hash`, where it is an object. */
export const hashOptions: readonly OptionRow[] = [
  {
    name: 'algorithms',
    type: "HashAlgorithm | readonly HashAlgorithm[] | 'none'",
    doc: 'The digests. Default SHA256.',
    check: { kind: 'hash' },
  },
  {
    name: 'source',
    type: "'path' | 'auto' | 'fanotify'",
    doc: "How executed files are reached: `'path'`, by what leads to them when the event has come; `'fanotify'`, by holding them open from before they run, so that those that were deleted at once have digests as well; `'auto'`, likewise where that can be had. See docs/hashes.md. Default `'path'`, and `'auto'` where `hash` is an object.",
    check: { kind: 'hashSource' },
    flag: {
      name: 'hash-source',
      value: 'SOURCE',
      choices: hashSources,
      words:
        'how executed files are reached: path (default), fanotify (held open, so that what\nis deleted at once is hashed as well), or auto (fanotify where it can be had)',
    },
  },
];

/** The members of the option `archive`. Each is a setting of the same name. */
export const archiveOptions: readonly OptionRow[] = [
  {
    name: 'hold',
    type: 'readonly string[]',
    doc: 'Directories, with all below them, whose files the sensor holds open once they have been written, so that their content is there when they are deleted. Existing directories on ext4, xfs or tmpfs; needs CAP_SYS_ADMIN.',
    check: { kind: 'directories', most: 64 },
    setting: { name: 'hold', type: 'readonly string[]' },
    flag: {
      name: 'archive-hold',
      value: 'A,B',
      words: 'directories whose files are held open for the archive once they have been written',
      items: 'directories',
    },
  },
  {
    name: 'holdFiles',
    type: 'number',
    doc: 'Most files that are held at a time, 1 to 65536. Each takes a file descriptor. Default {default}.',
    check: { kind: 'whole', least: 1, most: 65_536, default: 1024 },
    setting: { name: 'holdFiles', type: 'number' },
  },
  {
    name: 'holdBytes',
    type: 'number',
    doc: 'Most bytes of the files that are held. Default 256 MiB.',
    check: { kind: 'whole', least: 1, most: 2 ** 40, default: 256 << 20 },
    setting: { name: 'holdBytes', type: 'number' },
  },
  {
    name: 'maxFileBytes',
    type: 'number',
    doc: 'Larger files are neither kept nor hashed. Default 64 MiB.',
    check: { kind: 'whole', least: 1, most: 2 ** 40, default: 64 << 20 },
    setting: { name: 'maxFileBytes', type: 'number' },
    flag: { name: 'archive-file-bytes', value: 'N', words: 'largest file that is kept (default: {default})' },
  },
  {
    name: 'maxTotalBytes',
    type: 'number',
    doc: "Most bytes in the archive's directory, what was there before included. Default 1 GiB.",
    check: { kind: 'whole', least: 1, most: 2 ** 50, default: 2 ** 30 },
    setting: { name: 'maxTotalBytes', type: 'number' },
    flag: { name: 'archive-total-bytes', value: 'N', words: 'most bytes in D (default: {default})' },
  },
  {
    name: 'minFreePercent',
    type: 'number',
    doc: "Free space, in percent, below which nothing more is kept on the archive's file system, or held on that of a directory of `hold`. Default {default}.",
    check: { kind: 'whole', least: 0, most: 100, default: 5 },
    setting: { name: 'minFreePercent', type: 'number' },
  },
  {
    name: 'timeoutMs',
    type: 'number',
    doc: 'How long a FileDelete may wait until its file has been copied, in milliseconds, 1 to 600000. Default {default}.',
    check: { kind: 'whole', least: 1, most: 600_000, default: 10_000 },
    setting: { name: 'timeoutMs', type: 'number' },
  },
];

/** The members of the option `scope`, of which one is given. Each is a setting of the addon. */
export const scopeOptions: readonly OptionRow[] = [
  {
    name: 'pid',
    type: 'number',
    doc: 'A process that lives when the sensor starts, by its id, and what descends from it, also when it has ended.',
    check: { kind: 'pid' },
    setting: { name: 'pid', type: 'number', doc: '0: no process.' },
    flag: { name: 'scope-pid', value: 'PID', words: 'only this process and what descends from it' },
  },
  {
    name: 'cgroup',
    type: 'string',
    doc: 'A control group of version 2, and those below it: its directory, or its path as `process.cgroup` has it.',
    check: { kind: 'directory' },
    setting: { name: 'cgroup', type: 'string', doc: 'Empty: none.' },
    flag: { name: 'scope-cgroup', value: 'PATH', words: 'only processes in this control group, and in those below it' },
  },
  {
    name: 'spawned',
    type: 'true',
    doc: 'What is made in Sysmon.adopt() and what descends from it, from its first instruction on. Until then nobody.',
    check: { kind: 'truth', default: false },
    setting: { name: 'spawned', type: 'boolean' },
  },
];
