import { processHead, userAt } from '../fields.js';
import { ecsFile, ocsfActor, ocsfOwn, ocsfPath } from '../format-rows.js';
import type { EventSchema } from '../types.js';

/** By number; they are the same on all architectures that the sensor runs on. The last is far from the others. */
const errors =
  '-, EPERM, ENOENT, ESRCH, EINTR, EIO, ENXIO, E2BIG, ENOEXEC, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES, EFAULT, ENOTBLK, EBUSY, EEXIST, EXDEV, ENODEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE, ENOTTY, ETXTBSY, EFBIG, ENOSPC, ESPIPE, EROFS, EMLINK, EPIPE, EDOM, ERANGE, EDEADLK, ENAMETOOLONG, ENOLCK, ENOSYS, ENOTEMPTY, ELOOP, ELIBBAD';

export const failedExecution: EventSchema = {
  id: 131,
  name: 'FailedExecution',
  tag: 'FailedExecution',
  version: 1,
  default: 'drop',
  doc:
    'An exec that failed: what is not there (`ENOENT`), may not be executed (`EACCES`, `EPERM`), or is no program (`ENOEXEC`). Which of them are kept is up to rules for `Errno`. ' +
    'Whoever searches PATH by trying gives one for each directory: name this event where that is wanted, or have rules that leave `ENOENT` out (a build of 60 files with gcc gave 488, an `npm install` 30). `ProcessId` and `Image` are those of who tried.',
  wire: {
    id: 11,
    name: 'failed_execution',
    probe: 'failed-execution',
    doc: 'A program was to be executed, and was not.',
    fields: [
      ['target', 'struct location', 'what was to be executed'],
      ['command', 'text', 'its arguments, separated by blanks'],
      ['uid', 'u32', 'real user id'],
      ['error', 'u32', 'errno'],
      ['hook', 'u8', 'SM_HOOK_FAILED_EXECUTION_*'],
      ['marks', 'u8', 'what was cut, or may have been changed: see marks'],
      ['name', 'u8', 'index of the name of the error; 0: it has none here'],
      ['reserved', 'u8', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_execve', 'core'],
    ['sys_exit_execveat', 'core'],
  ],
  programs: ['sm_failed_execve', 'sm_failed_execveat', 'sm_failed_exit'],
  maps: ['sm_failed_calls'],
  blindSpots: [
    'Path and arguments are read from the memory of the process when the call has failed: the path is as it was passed, made absolute, without symbolic links resolved. ' +
      'Where others share that memory, as between vfork and exec, `extra.exposed` says so.',
    'Of the arguments the first 24 are told, each up to 511 bytes, together some 4,000; `extra.truncated` says when there were more.',
    'An exec that fails after the old program is gone ends the process by a signal: that is ProcessTerminate.',
    'At most 4,096 calls are followed at once: of more, the oldest are forgotten.',
    'Calls of 32-bit programs are not seen.',
  ],
  fields: [
    ...processHead,
    [
      'TargetFilename',
      'string',
      'location(target)',
      'What was to be executed: full path from the root of the mount namespace of the process.',
    ],
    ['CommandLine', 'string', 'text(command)', 'Its arguments, joined by blanks; `-` if there are none.'],
    [
      'Errno',
      'string',
      `choice(name: ${errors})`,
      'Why it failed: `ENOENT`, `EACCES`; `-` if the error has no name here, `extra.errno` is its number.',
    ],
    userAt('the real user at the call'),
  ],
  marks: [
    { kind: 'truncated', fields: ['CommandLine'], field: 'marks', bits: '1' },
    { kind: 'exposed', fields: ['CommandLine'], field: 'marks', bits: '2' },
  ],
  extra: [['errno', 'u32', 'known(error)', 'Error of a failed operation.']],
  ecs: { ...ecsFile('access', [['file.path', 'data.TargetFilename']]), category: ['process'] },
  ocsf: {
    class: 'process',
    activity: [99, 'Fail to Launch'],
    rows: [...ocsfActor, ...ocsfOwn('process'), ...ocsfPath('process.file', 'data.TargetFilename', 'unknownFile')],
  },
  text: ['TargetFilename', 'Errno', ['CommandLine', 'dim']],
  techniques: ['T1204.002'],
  example: {
    recordId: 3,
    time: '2026-12-01T01:24:15.038557Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-12-01 01:24:15.038',
      ProcessGuid: '{3d1219c7-21bf-6b0e-9ddb-cc868f550000}',
      ProcessId: 2790,
      Image: '/usr/bin/bash',
      TargetFilename: '/etc/passwd',
      CommandLine: '/etc/passwd',
      Errno: 'EACCES',
      User: 'root',
    },
    extra: { hook: 'sys_exit_execve', tier: 'core', exposed: ['TargetFilename'], errno: 13 },
    techniques: [{ id: 'T1204.002', name: 'User Execution: Malicious File', tactics: ['execution'], source: 'event' }],
  },
};
