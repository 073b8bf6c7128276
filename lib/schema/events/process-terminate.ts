import { image, processGuid, processId, ruleName, utcTime } from '../fields.js';
import { ecsProcess, ocsfOwn, ocsfRecordShort, ocsfShort } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const processTerminate: EventSchema = {
  id: 5,
  name: 'ProcessTerminate',
  tag: 'ProcessTerminate',
  version: 3,
  default: 'log',
  doc: 'A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how.',
  wire: {
    id: 3,
    name: 'exit',
    probe: 'process-terminate',
    lifecycle: true,
    doc: 'The last thread of a process exited.',
    fields: [
      ['uid', 'u32', 'real user id at exit'],
      ['exit_code', 'u32', 'status as wait(2) reports it'],
      ['ppid', 'u32', 'process id of the real parent at exit'],
      ['task_flags', 'u32', 'task_struct.flags'],
      ['comm', 'bytes16', 'task name'],
    ],
  },
  hooks: [['sched_process_exit', 'core']],
  blindSpots: ['Threads of the kernel are not reported.'],
  fields: [
    ruleName,
    utcTime,
    processGuid,
    processId,
    image,
    ['User', 'string', 'user(uid)', 'Name of the real user at exit.'],
  ],
  extra: [
    ['exitCode', 'u32', 'exitCode(exit_code)', 'Exit status, when the process exited by itself.'],
    ['signal', 'u32', 'exitSignal(exit_code)', 'Number of the signal that killed the process.'],
    ['coreDump', 'bool', 'coreDump(exit_code)', 'The kernel wrote a core dump.'],
  ],
  ecs: ecsProcess('end', [
    ['process.end', 'event.time'],
    ['process.exit_code', 'extra.exitCode'],
  ]),
  ocsf: {
    class: 'process',
    activity: [2, 'Terminate'],
    rows: [
      ...ocsfRecordShort('actor.process', 'process'),
      ['actor.user.name', 'data.User'],
      ...ocsfShort('process'),
      ...ocsfOwn('process'),
      ['process.terminated_time', 'event.time', 'milliseconds'],
      ['exit_code', 'extra.exitCode'],
    ],
  },
  text: [['', 'outcome']],
  techniques: ['T1489'],
  example: {
    recordId: 7,
    time: '2026-11-24T15:31:06.843241Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-24 15:31:06.843',
      ProcessGuid: '{3d1219c7-adba-6b05-a95d-e15eb2550000}',
      ProcessId: 26135,
      Image: '/usr/bin/cat',
      User: 'root',
    },
    extra: { hook: 'sched_process_exit', tier: 'core', exitCode: 0 },
    techniques: [{ id: 'T1489', name: 'Service Stop', tactics: ['impact'], source: 'event' }],
  },
};
