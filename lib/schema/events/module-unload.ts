import { processHead, userAt } from '../fields.js';
import { ocsfActor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const moduleUnload: EventSchema = {
  id: 122,
  name: 'ModuleUnload',
  tag: 'ModuleUnload',
  version: 1,
  default: 'drop',
  kernelFile: '/proc/modules',
  doc: 'A module of the kernel was taken out; or somebody tried to, then `extra.errno` says why not.',
  wire: {
    id: 113,
    name: 'module_unload',
    probe: 'module-unload',
    doc: 'A module of the kernel was taken out, or it was tried.',
    fields: [
      ['name', 'text', 'of the module'],
      ['uid', 'u32', 'real user id'],
      ['error', 'u32', 'errno; 0: it succeeded'],
      ['exposed', 'u8', '1: the name was read from memory that others may have changed'],
      ['reserved', 'u8', 'zero'],
      ['reserved2', 'u16', 'zero'],
    ],
  },
  hooks: [['sys_exit_delete_module', 'core']],
  programs: ['sm_module_delete_enter', 'sm_module_freed', 'sm_module_delete_exit'],
  maps: ['sm_module_names'],
  marks: [{ kind: 'exposed', fields: ['ModuleName'], field: 'exposed', bits: '1' }],
  blindSpots: [
    'A kernel without support for modules (no /proc/modules) has none to take out, and attempts are not seen.',
    'Calls of 32-bit programs are not seen.',
  ],
  fields: [
    ...processHead,
    ['ModuleName', 'string', 'text(name)', 'Name of the module: the kernel’s, or of an attempt what was asked for.'],
    userAt('the real user at the call'),
  ],
  extra: [['errno', 'u32', 'known(error)', 'Error of a failed operation.']],
  ecs: { category: ['driver'], type: ['end'], rows: [['file.name', 'data.ModuleName']] },
  ocsf: {
    class: 'kernelExtension',
    activity: [2, 'Unload'],
    rows: [
      ...ocsfActor,
      ['driver.file.name', 'data.ModuleName'],
      ['driver.file.type_id', '=0', 'number'],
      ['driver.file.type', '=Unknown'],
    ],
  },
  text: ['ModuleName'],
  techniques: ['T1562.001'],
  example: {
    recordId: 23,
    time: '2026-11-30T22:04:50.940109Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 22:04:50.940',
      ProcessGuid: '{3d1219c7-f302-6b0d-318d-470000000000}',
      ProcessId: 240,
      Image: '/tmp/sysmon-kernel-BuUSqe/calls',
      ModuleName: 'dummy',
      User: 'root',
    },
    extra: { hook: 'sys_exit_delete_module', tier: 'core' },
    techniques: [
      {
        id: 'T1562.001',
        name: 'Impair Defenses: Disable or Modify Tools',
        tactics: ['defense-evasion'],
        source: 'event',
      },
    ],
  },
};
