import { ocsfSensor } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const serviceConfigurationChange: EventSchema = {
  id: 16,
  name: 'ServiceConfigurationChange',
  version: 3,
  default: 'always',
  doc: 'A configuration came into force.',
  fields: [
    ['UtcTime', 'time', 'sdk', 'When it happened, UTC.'],
    ['Configuration', 'string', 'sdk', 'Path of the configuration; `Defaults` without one.'],
    ['ConfigurationFileHash', 'string', 'sdk', 'Its digest, `SHA256=…`; `-` without a file.'],
  ],
  ecs: { category: ['configuration'], type: ['change'] },
  ocsf: { class: 'application', activity: [99, 'Configuration Change'], rows: ocsfSensor },
  text: 'fields',
  techniques: [],
  example: {
    recordId: 2,
    time: '2026-11-24T15:31:04.461089Z',
    host: 'web-1',
    data: { UtcTime: '2026-11-24 15:31:04.461', Configuration: 'Defaults', ConfigurationFileHash: '-' },
    extra: { hook: 'sdk', tier: 'core' },
    techniques: [],
  },
};
