import { ocsfSensor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const serviceStateChange: EventSchema = {
  id: 4,
  name: 'ServiceStateChange',
  version: 3,
  default: 'always',
  doc: 'The sensor started or stopped.',
  fields: [
    ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
    ['State', 'string', 'sdk', '`Started` or `Stopped`.'],
    ['Version', 'string', 'sdk', 'Version of the sensor.'],
    ['SchemaVersion', 'string', 'sdk', "Version of Sysmon's schema."],
  ],
  ecs: {
    category: ['host'],
    type: ['info'],
    rows: [
      ['service.name', '=sysmon'],
      ['service.type', '=sysmon'],
      ['service.version', 'data.Version'],
      ['service.state', 'data.State', 'lowerCase'],
    ],
  },
  ocsf: { class: 'application', activity: [3, 'Start'], rows: ocsfSensor },
  text: 'fields',
  techniques: [],
  example: {
    recordId: 1,
    time: '2026-11-24T15:31:04.460507Z',
    host: 'web-1',
    data: { UtcTime: '2026-11-24 15:31:04.460', State: 'Started', Version: '0.1.0', SchemaVersion: '4.90' },
    extra: { hook: 'sdk', tier: 'core' },
    techniques: [],
  },
};
