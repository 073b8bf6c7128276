import {
  byPath,
  callHooks,
  compat,
  hook,
  ioUring,
  maps,
  pathPrograms,
  racingThreads,
  target,
  uid,
  uringPrograms,
  user,
  usually,
} from '../file-calls.js';
import { processHead } from '../fields.js';
import { ecsFile, ocsfActor, ocsfPath } from '../format-rows.js';
import type { EventField, EventSchema, WireField } from '../types.js';

const wireFields: readonly WireField[] = [
  ['file', 'struct file', 'the FIFO; all zero: not known'],
  target,
  uid,
  hook,
  ['reserved', 'u8', 'zero'],
  ['reserved2', 'u16', 'zero'],
];

const fields = (eventType: string): EventField[] => [
  processHead[0],
  ['EventType', 'string', `const(${eventType})`, 'What happened to the pipe: `CreatePipe` (17), `ConnectPipe` (18).'],
  ...processHead.slice(1, 4),
  ['PipeName', 'string', 'location(target)', 'Full path of the FIFO.'],
  ...processHead.slice(4),
  user,
];

const shared = {
  name: 'PipeEvent',
  tag: 'PipeEvent',
  version: 1,
  default: 'drop',
  hooks: callHooks,
  maps,
  ecs: ecsFile('access'),
  ocsf: {
    class: 'file',
    activity: [14, 'Open'],
    rows: [...ocsfActor, ...ocsfPath('file', 'data.PipeName', 'namedPipe')],
  },
  text: ['PipeName', ['EventType', 'pipe']],
  techniques: ['T1559'],
} as const satisfies Partial<EventSchema>;

export const pipeCreated: EventSchema = {
  ...shared,
  id: 17,
  doc: 'A FIFO was made.',
  wire: { id: 36, name: 'pipe_create', probe: 'pipe-create', doc: 'A FIFO was made.', fields: wireFields },
  usualHook: usually('mknodat'),
  programs: ['sm_mknod_enter', 'sm_mknodat_enter', ...pathPrograms],
  blindSpots: [...byPath, compat, 'Pipes without a name (pipe(2)) are not reported.'],
  fields: fields('CreatePipe'),
  example: {
    recordId: 16,
    time: '2026-11-24T15:31:06.863429Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      EventType: 'CreatePipe',
      UtcTime: '2026-11-24 15:31:06.863',
      ProcessGuid: '{3d1219c7-adba-6b05-e9ab-141447560000}',
      ProcessId: 26139,
      PipeName: '/srv/report/queue',
      Image: '/usr/bin/mkfifo',
      User: 'root',
    },
    extra: {
      hook: 'sys_exit_mknodat',
      tier: 'core',
      file: { dev: '254:0', inode: '1450045', size: 0, mtime: '2026-11-24T15:31:06.859565Z', mode: 4516 },
    },
    techniques: [{ id: 'T1559', name: 'Inter-Process Communication', tactics: ['execution'], source: 'event' }],
  },
};

export const pipeConnected: EventSchema = {
  ...shared,
  id: 18,
  doc: 'A FIFO was opened, and its other end was there or is not waited for.',
  wire: { id: 37, name: 'pipe_connect', probe: 'pipe-connect', doc: 'A FIFO was opened.', fields: wireFields },
  usualHook: usually('openat'),
  programs: ['sm_open_exit', ...uringPrograms],
  blindSpots: [...ioUring, compat, racingThreads],
  fields: fields('ConnectPipe'),
  example: {
    recordId: 19,
    time: '2026-11-24T15:31:06.868024Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      EventType: 'ConnectPipe',
      UtcTime: '2026-11-24 15:31:06.868',
      ProcessGuid: '{3d1219c7-adba-6b05-a99d-7ed11b560000}',
      ProcessId: 26140,
      PipeName: '/srv/report/queue',
      Image: '/usr/bin/cat',
      User: 'root',
    },
    extra: {
      hook: 'sys_exit_openat',
      tier: 'core',
      file: { dev: '254:0', inode: '1450045', size: 0, mtime: '2026-11-24T15:31:06.859565Z', mode: 4516 },
    },
    techniques: [{ id: 'T1559', name: 'Inter-Process Communication', tactics: ['execution'], source: 'event' }],
  },
};
