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
};
