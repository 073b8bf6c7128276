import { processHead } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfOwn, ocsfShort } from '../format-rows.js';
import type { EventField, EventSchema, Hook } from '../types.js';

/** The calls that change what a thread may do. */
const calls = [
  ...['setuid', 'setgid', 'setreuid', 'setregid', 'setresuid', 'setresgid', 'setfsuid', 'setfsgid'],
  ...['setgroups', 'capset', 'prctl', 'unshare', 'setns'],
] as const;

const names: Readonly<Record<string, string>> = {
  'T1548.001': 'Abuse Elevation Control Mechanism: Setuid and Setgid',
  'T1548.003': 'Abuse Elevation Control Mechanism: Sudo and Sudo Caching',
  T1068: 'Exploitation for Privilege Escalation',
};

/** What a part of the credentials was and is, where it changed. */
const pair = (part: string, previous: string, doc: string): EventField[] => [
  [previous, 'string', `credentials(before, after: ${part})`, `${doc}, before; only where they changed.`],
  [part, 'string', `credentials(after, before: ${part})`, `${doc}, now; only where they changed.`],
];

/** The same of a set of capabilities: what was lost of it, and what was gained. */
const sets = (part: string, previous: string, name: string): EventField[] => [
  [previous, 'string', `credentials(before, after: ${part})`, `What it lost of its ${name}; only where that changed.`],
  [part, 'string', `credentials(after, before: ${part})`, `What it gained in its ${name}; only where that changed.`],
];

export const privilegeChange: EventSchema = {
  id: 120,
  name: 'PrivilegeChange',
  tag: 'PrivilegeChange',
  version: 1,
  default: 'drop',
  doc: 'What a process may do changed: by a call (set*id, setgroups, capset, prctl), by a program that has the setuid bit or capabilities of its file, by a user namespace; or by nothing that explains it. A call after which all is as it was is no event. Each thread has credentials of its own.',
  wire: {
    id: 7,
    name: 'privilege_change',
    probe: 'privilege-change',
    doc: 'The credentials of a thread changed, or a process was made in another user namespace than its parent.',
    fields: [
      ['before', 'struct credentials', 'of the thread before; clone: of the parent'],
      ['after', 'struct credentials', 'of the thread now; clone: of what was made'],
      ['previous_uid', 'u32', 'effective user id before'],
      ['uid', 'u32', 'effective user id now'],
      ['thread', 'u32', 'id of the thread, if it is not the leader of its process; else 0'],
      ['hook', 'u8', 'SM_HOOK_PRIVILEGE_CHANGE_*: what did it, but for sys_enter, where nothing explains it'],
      ['drop', 'u8', '1: nothing was gained'],
      ['reserved', 'u16', 'zero'],
    ],
  },
  hooks: [
    ...calls.map((call): Hook => [`sys_exit_${call}`, 'core']),
    ['sched_process_exec', 'core'],
    ['sched_process_fork', 'core'],
    ['sys_enter', 'core'],
  ],
  programs: [
    'sm_privilege_enter',
    'sm_privilege_exit',
    'sm_privilege_exec',
    'sm_privilege_fork',
    'sm_privilege_thread_exit',
  ],
  maps: ['sm_privileges'],
  blindSpots: [
    'Calls of 32-bit programs are not seen, nor what their exec changes. A 64-bit program that makes 32-bit calls (`int 0x80`) seems to change without explanation.',
    '`unexplained` is noticed at the next such call, exec or exit of the thread: not of one that is killed before, and not of a thread that has done nothing of the kind, and was not made, since the sensor began.',
    'Credentials are remembered of 16,384 threads, those used least recently make room: of others no unexplained change is noticed.',
    'Of more than 32 supplementary groups the first 32 in numerical order, and how many there are, are told and compared.',
    'Ids are those of the initial user namespace: inside of another one they have other numbers. Capabilities count in the user namespace of the process.',
    'What security modules (SELinux, AppArmor, seccomp, no_new_privs) take away is not looked at.',
  ],
  fields: [
    ...processHead,
    [
      'Operation',
      'string',
      `choice(hook: ${calls.join(', ')}, exec, clone, unexplained)`,
      'What changed it: the call; `exec`: the setuid or setgid bit, capabilities of the file, or the rules of exec; `clone`: the process was made in a new user namespace; `unexplained`: no call that the sensor saw, as an exploit of the kernel does.',
    ],
    ['PreviousUser', 'string', 'user(previous_uid)', 'Name of the effective user before.'],
    ['User', 'string', 'user(uid)', 'Name of the effective user now.'],
    [
      'PreviousCapabilities',
      'string',
      'capabilities(before)',
      'Names of the effective capabilities before, `CAP_SETGID,CAP_SETUID`; `none`.',
    ],
    ['Capabilities', 'string', 'capabilities(after)', 'Names of the effective capabilities now; `none`.'],
  ],
  extra: [
    [
      'drop',
      'bool',
      'flag(drop)',
      'Nothing was gained: no capability, and no id but one that the thread had, or could take by a capability that it had. So does a daemon that gives up the rights of root.',
    ],
    ['thread', 'u32', 'known(thread)', 'The thread that it is about, if it is not the leader of its process.'],
    ...pair('uids', 'previousUids', 'Its user ids (real, effective, saved, file system)'),
    ...pair('gids', 'previousGids', 'Its group ids (real, effective, saved, file system)'),
    ...pair('groups', 'previousGroups', 'Its supplementary groups, `none` without any'),
    ...sets('permitted', 'previousPermitted', 'permitted capabilities'),
    ...sets('inheritable', 'previousInheritable', 'inheritable capabilities'),
    ...sets('ambient', 'previousAmbient', 'ambient capabilities'),
    ...sets('bounding', 'previousBounding', 'bounding set of capabilities'),
    ...pair('securebits', 'previousSecurebits', 'Its securebits as a hexadecimal number (SECBIT_KEEP_CAPS left out)'),
    ...pair('userNamespace', 'previousUserNamespace', 'The inode numbers of its user namespaces'),
  ],
  ecs: ecsProcess('change'),
  ocsf: {
    class: 'process',
    activity: [5, 'Set User ID'],
    rows: [...ocsfActor, ...ocsfShort('process'), ...ocsfOwn('process')],
  },
  text: ['Operation', 'PreviousUser', ['User', 'dim']],
  techniques: ['T1548.001', 'T1548.003', 'T1068'],
  example: {
    recordId: 6,
    time: '2026-11-30T19:50:00.446352Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 19:50:00.446',
      ProcessGuid: '{3d1219c7-d368-6b0d-f983-15adb1550000}',
      ProcessId: 8171,
      Image: '/usr/bin/ping',
      Operation: 'exec',
      PreviousUser: 'daemon',
      User: 'daemon',
      PreviousCapabilities: 'none',
      Capabilities: 'CAP_NET_RAW',
    },
    extra: { hook: 'sched_process_exec', tier: 'core', previousPermitted: 'none', permitted: 'CAP_NET_RAW' },
    techniques: ['T1548.001', 'T1548.003', 'T1068'].map((id) => ({
      id,
      name: names[id],
      tactics: id === 'T1068' ? ['privilege-escalation'] : ['defense-evasion', 'privilege-escalation'],
      source: 'event',
    })),
  },
};
