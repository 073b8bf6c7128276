import { processHead, userAt } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfOwn, ocsfShort } from '../format-rows.js';
import type { EventSchema } from '../types.js';

/** By the bits 1, 2 and 4 of reading, writing and executing, as /proc/PID/maps writes them. */
const protections = '---, r--, -w-, rw-, --x, r-x, -wx, rwx';

export const memoryProtect: EventSchema = {
  id: 124,
  name: 'MemoryProtect',
  tag: 'MemoryProtect',
  version: 1,
  default: 'drop',
  doc:
    'A process can run what no file on a disk says: memory that was or can be written to became executable, code became writable, other memory took the place of the program, ' +
    'or memfd_create made a file that can be executed. Once for each process and exec, and way: `Operation`, `Protection` and `Backing`. ' +
    'ProcessTampering says that a process does so at all; this event says how. Just-in-time compilers (node, Java, .NET, browsers, PCRE, libffi) do it by nature: a rule that names them leaves them out. ' +
    'Quiet: none in a parallel build, one in an `npm install` (node itself). For machines whose programs are known; where many kinds of compilers run, begin with rules for `Backing`.',
  wire: {
    id: 9,
    name: 'memory_protect',
    probe: 'memory-protect',
    doc: 'Memory became executable that is not what a file on a disk says, or may be written to.',
    fields: [
      ['file', 'struct location', 'the file behind it; empty: none'],
      ['uid', 'u32', 'real user id'],
      ['hook', 'u8', 'SM_HOOK_MEMORY_PROTECT_*'],
      ['backing', 'u8', 'enum sm_backing'],
      ['previous', 'u8', 'what it could be before: 1: read, 2: written to, 4: executed'],
      ['protection', 'u8', 'what it can be now, likewise'],
    ],
  },
  hooks: [
    ['sys_exit_mmap', 'core'],
    ['sys_exit_mprotect', 'core'],
    ['sys_exit_pkey_mprotect', 'core'],
    ['sys_exit_memfd_create', 'core'],
  ],
  programs: ['sm_mmap_enter', 'sm_mprotect_enter', 'sm_pkey_mprotect_enter', 'sm_executable_exit', 'sm_memfd_exit'],
  maps: ['sm_code_makers', 'sm_executables'],
  blindSpots: [
    'Calls of 32-bit programs are not seen.',
    'Of shmat, mremap and remap_file_pages nothing is told, nor of what the kernel makes executable itself: the stack of a program that asks for one in its headers, all memory of a process with the personality READ_IMPLIES_EXEC.',
    'Whether the pages of a file were written to in this process is what the kernel knows of the mapping: one that was split off a mapping with such pages counts as written to.',
    'Of mprotect over several mappings only the first is looked at. Mappings are read without the lock of the memory: where other threads change them at that moment, one may be missed.',
    'Code that another process writes into memory which is executable already is not told: ProcessAccess tells who could.',
    'A file on a tmpfs that has a name is a file as any other: ImageLoad tells it.',
    'What a process did before the sensor started is not told. Of 8,192 pairs of a process and a way it is known that they were told: more of them at a time are told again.',
  ],
  fields: [
    ...processHead,
    [
      'Operation',
      'string',
      'choice(hook: mmap, mprotect, pkey_mprotect, memfd_create)',
      'By which call: `mmap`, `mprotect`, `pkey_mprotect` or `memfd_create`.',
    ],
    [
      'Protection',
      'string',
      `choice(protection: ${protections})`,
      'What the memory can be now, as in `/proc/PID/maps`: `r-x`, `rwx`. Of memfd_create what the owner of the file may do.',
    ],
    [
      'Backing',
      'string',
      'choice(backing: anonymous, heap, stack, memfd, shared, deleted, file, image)',
      'What the memory is of: `anonymous`, `heap`, `stack`; `memfd`; `shared` memory without a name; a file that is `deleted`; ' +
        'a `file` of which it holds other content than the file, or may; `image`: where the program itself is.',
    ],
    userAt('the real user at the call'),
  ],
  extra: [
    [
      'previousProtection',
      'string',
      `choice(previous: -, r--, -w-, rw-, --x, r-x, -wx, rwx)`,
      'What it could be before, of mprotect; absent if it could not even be read.',
    ],
    [
      'backedBy',
      'string',
      'location(file)',
      'The file behind the memory, unless it is `shared`; a memfd has the name that it was made with.',
    ],
  ],
  ecs: ecsProcess('change'),
  ocsf: {
    class: 'memory',
    activity: [99, 'Protect'],
    rows: [...ocsfActor, ...ocsfShort('process'), ...ocsfOwn('process')],
  },
  text: ['Operation', 'Protection', 'Backing'],
  techniques: ['T1055', 'T1620'],
  example: {
    recordId: 4,
    time: '2026-12-01T01:24:15.061857Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-12-01 01:24:15.061',
      ProcessGuid: '{3d1219c7-21bf-6b0e-a5f1-e0fd9e550000}',
      ProcessId: 2809,
      Image: '/usr/bin/perl',
      Operation: 'mprotect',
      Protection: 'r-x',
      Backing: 'anonymous',
      User: 'root',
    },
    extra: { hook: 'sys_exit_mprotect', tier: 'core', previousProtection: 'rw-' },
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
