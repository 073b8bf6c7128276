import { ioUring, racingThreads, uringPrograms } from '../file-calls.js';
import { ruleName, utcTime } from '../fields.js';
import { ecsProcess, ocsfShort, ocsfSource, ocsfTarget } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const processAccess: EventSchema = {
  id: 10,
  name: 'ProcessAccess',
  tag: 'ProcessAccess',
  version: 3,
  default: 'drop',
  doc:
    'A process got access to the memory, the registers or a descriptor of another one: it traces it (ptrace: PTRACE_ATTACH, PTRACE_SEIZE; PTRACE_TRACEME, which gives the access to the parent; ' +
    'a process that a traced one makes), reads or writes its memory (process_vm_readv, process_vm_writev), opens its `/proc/PID/mem`, or takes a copy of one of its descriptors (pidfd_getfd). ' +
    'One event for each access that is gained: none for what a tracer does with it, none for what a process does to itself. ' +
    'Calls that fail are told if the option `failedAccess` asks for them: `extra.errno` says why, `GrantedAccess` is 0x0. ' +
    'process_vm_readv and process_vm_writev, and what fails, are told once in `flowSeconds` for each source, target, call and errno. `GrantedAccess` has the bits that Windows has for the same: ' +
    '0x8 memory operations, 0x10 read memory, 0x20 write memory, 0x40 copy descriptors, 0x200 set and 0x400 query information (registers, signals), 0x800 suspend and resume. ' +
    'A tracer has 0xe38, a reader 0x10, a writer 0x28, pidfd_getfd 0x40.',
  wire: {
    id: 5,
    name: 'process_access',
    probe: 'process-access',
    doc: 'A process got access to another one. The header names who got it.',
    fields: [
      ['target', 'struct process', 'to what'],
      ['source_tid', 'u32', 'thread that got it, in the initial pid namespace'],
      ['target_tid', 'u32', 'thread that it got it to, if that is not the leader of its process; else 0'],
      ['access', 'u32', 'SM_ACCESS_*'],
      ['uid', 'u32', 'real user id of the source'],
      ['target_uid', 'u32', 'real user id of the target'],
      [
        'calls',
        'u32',
        'process_vm_*, or a call that failed: so many calls since the event before this one, with this one; else 0',
      ],
      ['error', 'u32', 'errno of a call that failed; 0: it did not'],
      ['hook', 'u8', 'SM_HOOK_PROCESS_ACCESS_*'],
      ['request', 'u8', '0: PTRACE_ATTACH, 1: PTRACE_SEIZE, 2: PTRACE_TRACEME, 3: no ptrace'],
      ['exposed', 'u8', '1: the number of the target was given to another process during the call'],
      ['reserved', 'u8', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_ptrace', 'core'],
    ['sys_exit_process_vm_readv', 'core'],
    ['sys_exit_process_vm_writev', 'core'],
    ['sys_exit_pidfd_getfd', 'core'],
    ['sched_process_fork', 'core'],
    ['sys_exit_open', 'core'],
    ['sys_exit_openat', 'core'],
    ['sys_exit_openat2', 'core'],
    ['sys_exit_creat', 'core'],
    ['io_uring_openat', 'core'],
    ['io_uring_openat2', 'core'],
  ],
  programs: [
    'sm_ptrace_enter',
    'sm_vm_readv_enter',
    'sm_vm_writev_enter',
    'sm_getfd_enter',
    'sm_access_exit',
    'sm_access_fork',
    'sm_open_exit',
    ...uringPrograms,
  ],
  maps: ['sm_access_calls', 'sm_access_flows', 'sm_calls'],
  marks: [
    {
      kind: 'exposed',
      fields: ['TargetProcessGUID', 'TargetProcessId', 'TargetImage', 'TargetUser'],
      field: 'exposed',
      bits: '1',
    },
  ],
  blindSpots: [
    'ptrace, process_vm_readv, process_vm_writev, pidfd_getfd and opens by 32-bit programs are not seen; what a traced process makes is.',
    'A process that was traced, or whose memory was open, before the sensor started is not told.',
    'An access that is handed on is not told: a descriptor of /proc/PID/mem that is inherited or sent, the threads of a traced process.',
    'What a process does to its own memory is no event, nor what the kernel reads for /proc (cmdline, environ, maps).',
    'An open of /proc/PID/mem that fails is no event: nothing was opened that could be looked at.',
    'Calls of process_vm_readv and process_vm_writev after the last event of a source and a target are not counted anywhere.',
    racingThreads,
    ...ioUring,
  ],
  fields: [
    ruleName,
    utcTime,
    ['SourceProcessGUID', 'guid', 'process.guid', 'Identity of the process that got access.'],
    ['SourceProcessId', 'u32', 'process.pid', 'Its process id in the initial pid namespace.'],
    ['SourceThreadId', 'u32', 'number(source_tid)', 'Its thread that got access, in the initial pid namespace.'],
    ['SourceImage', 'string', 'process.image', 'Path of its executable.'],
    [
      'TargetProcessGUID',
      'guid',
      'target.guid',
      'Identity of the process that it got access to, found as the kernel finds it, in the pid namespace of the caller; zeros if it was gone, or there was none.',
    ],
    [
      'TargetProcessId',
      'u32',
      'target.pid',
      'Its process id in the initial pid namespace; 0 if it was gone, or there was none.',
    ],
    ['TargetImage', 'string', 'target.image', 'Path of its executable; `-` if there is none.'],
    ['GrantedAccess', 'hex', 'hex(access)', 'What the access allows, a set of bits: see above.'],
    ['CallTrace', 'string', 'const(-)', 'Not known on Linux: `-`.'],
    ['SourceUser', 'string', 'user(uid)', 'Name of the real user of the source at the call.'],
    ['TargetUser', 'string', 'user(target_uid)', 'Name of the real user of the target at the call.'],
  ],
  extra: [
    [
      'request',
      'string',
      'choice(request: attach, seize, traceme)',
      'Of ptrace: `attach`, `seize`, or `traceme`, by which the target let its parent trace it.',
    ],
    [
      'targetThreadId',
      'u32',
      'known(target_tid)',
      'Thread that was accessed, where it is not the first of its process.',
    ],
    [
      'calls',
      'u32',
      'several(calls)',
      'Of process_vm_readv and process_vm_writev, and of calls that fail: how many there were since the event before this one, with this one.',
    ],
    ['errno', 'u32', 'known(error)', 'Error of a failed operation.'],
  ],
  ecs: ecsProcess('access'),
  ocsf: {
    class: 'process',
    activity: [3, 'Open'],
    rows: [...ocsfShort('actor.process'), ...ocsfSource, ...ocsfTarget],
  },
  text: [
    ['TargetImage', 'target'],
    ['GrantedAccess', 'dim'],
  ],
  techniques: ['T1055'],
  example: {
    recordId: 3,
    time: '2026-11-30T19:46:56.906124Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 19:46:56.906',
      SourceProcessGUID: '{3d1219c7-d2b0-6b0d-5551-e18526560000}',
      SourceProcessId: 29859,
      SourceThreadId: 29859,
      SourceImage: '/usr/bin/python3.11',
      TargetProcessGUID: '{3d1219c7-d2b0-6b0d-0946-9efcdf550000}',
      TargetProcessId: 29900,
      TargetImage: '/usr/bin/sleep',
      GrantedAccess: '0xe38',
      CallTrace: '-',
      SourceUser: 'root',
      TargetUser: 'root',
    },
    extra: { hook: 'sys_exit_ptrace', tier: 'core', request: 'attach' },
    techniques: [
      {
        id: 'T1055',
        name: 'Process Injection',
        tactics: ['defense-evasion', 'privilege-escalation'],
        source: 'event',
      },
    ],
  },
};
