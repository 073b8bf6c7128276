import { processHead, userAt } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfOwn, ocsfShort } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const processRename: EventSchema = {
  id: 132,
  name: 'ProcessRename',
  tag: 'ProcessRename',
  version: 1,
  default: 'drop',
  doc:
    'A process took another name than the one its exec gave it: `ps`, `top` and `/proc/PID/comm` show it. Only the name of its main thread counts, and only where it is another one. ' +
    'Servers that name their workers, systemd and Node (`process.title`) do so as well: leave them out by rule. `Image` is what the process really runs.',
  wire: {
    id: 10,
    name: 'process_rename',
    probe: 'process-rename',
    doc: 'A process took another name.',
    fields: [
      ['previous', 'text', 'its name before'],
      ['name', 'text', 'its name now'],
      ['uid', 'u32', 'real user id'],
      ['hook', 'u8', 'SM_HOOK_PROCESS_RENAME_*'],
      ['operation', 'u8', 'enum sm_rename_operation'],
      ['reserved', 'u16', 'zero'],
    ],
  },
  hooks: [
    ['task_rename', 'core'],
    ['sys_exit_prctl', 'core'],
  ],
  programs: ['sm_task_rename', 'sm_renaming_enter', 'sm_renaming_exit'],
  maps: ['sm_renamings'],
  blindSpots: [
    'A process that writes over its own arguments (`argv`) changes what `ps` shows without a call: that is not seen. `CommandLine` of ProcessCreate is what it was executed with.',
    'Names of other threads than the main one are not told.',
    'Of prctl PR_SET_MM the arguments before and after are told as the memory of the process has them, which may change at any time. The file that `/proc/PID/exe` leads to is ProcessTampering.',
    'PR_SET_MM by 32-bit programs is not seen, and PR_SET_NAME by them is called `comm`.',
  ],
  fields: [
    ...processHead,
    ['PreviousName', 'string', 'text(previous)', 'Its name before, at most 15 bytes; of PR_SET_MM its first argument.'],
    [
      'NewName',
      'string',
      'text(name)',
      'Its name now, at most 15 bytes; of PR_SET_MM its first argument, up to 127 bytes.',
    ],
    [
      'Operation',
      'string',
      'choice(operation: PR_SET_NAME, comm, PR_SET_MM)',
      'How: `PR_SET_NAME` by prctl; `comm` by a write to `/proc/PID/comm`; `PR_SET_MM` where its arguments are was moved.',
    ],
    userAt('the real user at the call'),
  ],
  ecs: ecsProcess('change'),
  ocsf: {
    class: 'process',
    activity: [99, 'Rename'],
    rows: [...ocsfActor, ...ocsfShort('process'), ...ocsfOwn('process')],
  },
  text: ['PreviousName', 'NewName', ['Operation', 'dim']],
  techniques: ['T1036.004'],
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
      PreviousName: 'perl',
      NewName: 'kworker/0:1',
      Operation: 'PR_SET_NAME',
      User: 'root',
    },
    extra: { hook: 'task_rename', tier: 'core' },
    techniques: [
      {
        id: 'T1036.004',
        name: 'Masquerading: Masquerade Task or Service',
        tactics: ['defense-evasion'],
        source: 'event',
      },
    ],
  },
};
