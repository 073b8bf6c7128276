/** What is generated from modules of lib/ that import generated files themselves. */
import { configSchemaText } from './config-schema.js';
import { policySchemaText } from './policy-schema.js';
import { ecsWriters, ocsfWriters, winlogbeatWriters } from './documents.js';
import { serializerFieldsPage } from './serializer-docs.js';
import { jsonWriters, xmlWriters } from './serializers.js';

export const outputs: Readonly<Record<string, (current: string) => string>> = {
  'lib/config/config.schema.json': configSchemaText,
  'lib/guard/policy.schema.json': policySchemaText,
  'lib/serializer/ecs.gen.ts': ecsWriters,
  'lib/serializer/json.gen.ts': jsonWriters,
  'lib/serializer/ocsf.gen.ts': ocsfWriters,
  'lib/serializer/winlogbeat.gen.ts': winlogbeatWriters,
  'lib/serializer/xml.gen.ts': xmlWriters,
  'docs/serializer-fields.md': serializerFieldsPage,
};
