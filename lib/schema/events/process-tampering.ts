import { processHead, userAt } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfOwn, ocsfShort } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const processTampering: EventSchema = {
  id: 25,
  name: 'ProcessTampering',
  tag: 'ProcessTampering',
  version: 5,
  default: 'drop',
  doc:
    'What a process runs is not what its files say. `Type` says how: `Fileless execution` (it executed a file of which no name is left, or that never had one: memfd_create, a deleted file), ' +
    '`Image is replaced` (the file that it is said to run, `/proc/PID/exe`, was made another one: prctl PR_SET_MM), ' +
    "`Memory made executable` (memory that is no file's, and that was or can be written to, became executable; once for each process and exec). " +
    'Just-in-time compilers (node, Java, .NET, browsers) do the last by nature: a rule that names them leaves them out.',
  wire: {
    id: 6,
    name: 'process_tampering',
    probe: 'process-tampering',
    doc: 'What a process runs is not what its files say.',
    fields: [
      ['replaced_by', 'path', 'Image is replaced: the new file; empty: its path is not known whole'],
      ['uid', 'u32', 'real user id'],
      ['hook', 'u8', 'SM_HOOK_PROCESS_TAMPERING_*'],
      ['kind', 'u8', '0: fileless, 1: replaced, 2: memory'],
      ['backing', 'u8', 'fileless: 0: memfd, 1: deleted; else 2'],
      ['reserved', 'u8', 'zero'],
    ],
  },
  hooks: [
    ['sched_process_exec', 'core'],
    ['sys_exit_prctl', 'core'],
    ['sys_exit_mmap', 'core'],
    ['sys_exit_mprotect', 'core'],
    ['sys_exit_pkey_mprotect', 'core'],
  ],
  programs: [
    'sm_tampered_exec',
    'sm_prctl_enter',
    'sm_prctl_exit',
    'sm_mmap_enter',
    'sm_mprotect_enter',
    'sm_pkey_mprotect_enter',
    'sm_executable_exit',
  ],
  maps: ['sm_code_makers', 'sm_replacings', 'sm_executables'],
  blindSpots: [
    'Calls of 32-bit programs (mmap, mprotect, prctl) are not seen; what they execute is.',
    'A script without a name: it is its interpreter that is executed (`process.script`).',
    'The file of a running program that is renamed over, or deleted after its exec, is not told: every update of a package does that.',
    'Code that another process writes into memory which is executable already is not told: ProcessAccess tells who could.',
    'Of mprotect over several mappings only the first is looked at. Mappings are read without the lock of the memory: where other threads change them at that moment, one may be missed.',
    'Memory of memfd_create, and shared memory, that is mapped to be executed is a file to the kernel: ImageLoad tells it.',
    'Of a process that is older than the sensor, the first time since the start of the sensor is told.',
    'A process that the kernel side has forgotten (8,192 are known) tells of its executable memory once more.',
  ],
  fields: [
    ...processHead,
    [
      'Type',
      'string',
      'choice(kind: Fileless execution, Image is replaced, Memory made executable)',
      'What was done: `Fileless execution`, `Image is replaced` or `Memory made executable`.',
    ],
    userAt('the real user at the call'),
  ],
  extra: [
    [
      'backing',
      'string',
      'choice(backing: memfd, deleted)',
      'Of a fileless execution: `memfd`, a file that has no place in any directory, or `deleted`, one that has no name any more (O_TMPFILE: not yet).',
    ],
    ['replacedBy', 'string', 'path(replaced_by)', 'Of an image that is replaced: path of the new one.'],
  ],
  ecs: ecsProcess('change'),
  ocsf: {
    class: 'memory',
    activity: [99, 'Tamper'],
    rows: [...ocsfActor, ...ocsfShort('process'), ...ocsfOwn('process')],
  },
  text: ['Type'],
  techniques: ['T1055', 'T1620'],
  example: {
    recordId: 12,
    time: '2026-11-30T20:08:07.912331Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 20:08:07.912',
      ProcessGuid: '{3d1219c7-d7a7-6b0d-2917-22d117560000}',
      ProcessId: 17822,
      Image: '/memfd:payload',
      Type: 'Fileless execution',
      User: 'root',
    },
    extra: { hook: 'sched_process_exec', tier: 'core', backing: 'memfd' },
    techniques: [
      {
        id: 'T1055',
        name: 'Process Injection',
        tactics: ['defense-evasion', 'privilege-escalation'],
        source: 'event',
      },
      { id: 'T1620', name: 'Reflective Code Loading', tactics: ['defense-evasion'], source: 'event' },
    ],
  },
};
