/** Fields that most events begin or end with. */
import type { EventField } from './types.js';

export const ruleName: EventField = [
  'RuleName',
  'string',
  'rule',
  'Name of the rule that kept the event; `-` if none.',
];
export const utcTime: EventField = ['UtcTime', 'time', 'time', 'When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`.'];
export const processGuid: EventField = [
  'ProcessGuid',
  'guid',
  'process.guid',
  'Identity of the process over reuse of its id.',
];
export const processId: EventField = ['ProcessId', 'u32', 'process.pid', 'Process id in the initial pid namespace.'];
export const image: EventField = ['Image', 'string', 'process.image', "Path of the process's executable."];

/** What an event of a process begins with. */
export const processHead: readonly EventField[] = [ruleName, utcTime, processGuid, processId, image];

/** The user, from field `uid` of the wire record. */
export const userAt = (whom: string): EventField => ['User', 'string', 'user(uid)', `Name of ${whom}.`];

/** Of every event that has digests. */
export const hashNote: EventField = [
  'hash',
  'string',
  'hashNote',
  'Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last.',
];
