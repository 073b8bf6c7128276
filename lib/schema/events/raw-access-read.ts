import {
  callHooks,
  compat,
  hook,
  ioUring,
  maps,
  racingThreads,
  target,
  uid,
  uringPrograms,
  user,
  usually,
} from '../file-calls.js';
import { processHead } from '../fields.js';
import { ecsFile, ocsfActor, ocsfPath } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const rawAccessRead: EventSchema = {
  id: 9,
  name: 'RawAccessRead',
  tag: 'RawAccessRead',
  version: 2,
  default: 'drop',
  doc: 'A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which.',
  wire: {
    id: 35,
    name: 'raw_access',
    probe: 'raw-access',
    doc: 'A block device was opened.',
    fields: [
      ['file', 'struct file', 'the device file'],
      target,
      uid,
      ['rdev', 'u32', "number of the device in the kernel's encoding"],
      hook,
      ['access', 'u8', '0: to read, 1: to write, 2: both'],
      ['reserved', 'u16', 'zero'],
    ],
  },
  hooks: callHooks,
  usualHook: usually('openat'),
  maps,
  programs: ['sm_open_exit', ...uringPrograms],
  blindSpots: [ioUring, compat, racingThreads],
  fields: [...processHead, ['Device', 'string', 'location(target)', 'Path of the device.'], user],
  extra: [
    ['access', 'string', 'choice(access: read, write, readWrite)', 'How a device was opened.'],
    ['device', 'string', 'device(rdev)', 'Number of a device, `major:minor`.'],
  ],
  ecs: ecsFile('access', [['file.type', '=device']]),
  ocsf: {
    class: 'file',
    activity: [2, 'Read'],
    rows: [...ocsfActor, ...ocsfPath('file', 'data.Device', 'blockDevice')],
  },
  text: ['Device'],
  techniques: ['T1006'],
};
