import type { EventSchema } from '../types.js';

export const error: EventSchema = {
  id: 255,
  name: 'Error',
  version: 3,
  default: 'always',
  doc: 'Something that the sensor could not do or see.',
  fields: [
    ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
    [
      'ID',
      'string',
      'sdk',
      'What kind of error, for example `LOSS`, or `TAMPERING`: another process changed what the sensor has in the kernel.',
    ],
    ['Description', 'string', 'sdk', 'What happened, for a person.'],
  ],
  ecs: {
    type: ['error'],
    rows: [
      ['error.code', 'data.ID'],
      ['error.message', 'data.Description'],
    ],
  },
  ocsf: {
    class: 'base',
    activity: [99, 'Error'],
    rows: [
      ['status_id', '=2', 'number'],
      ['status', '=Failure'],
      ['status_code', 'data.ID'],
      ['status_detail', 'data.Description'],
    ],
    severity: [3, 'Medium'],
  },
  text: 'fields',
  techniques: [],
  example: {
    recordId: 21,
    time: '2026-11-24T15:31:33.004817Z',
    host: 'web-1',
    data: {
      UtcTime: '2026-11-24 15:31:33.004',
      ID: 'LOSS',
      Description:
        '120 FileCreate lost, stage ring, between 2026-11-24T15:31:32.001204Z and 2026-11-24T15:31:33.004790Z; most of them, 120, by /usr/bin/tar (4711)',
    },
    extra: { hook: 'sdk', tier: 'core' },
    techniques: [],
  },
};
