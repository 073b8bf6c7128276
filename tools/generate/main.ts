/** Writes every generated file from the schema; with `--check` writes none and fails on a difference. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { probeList, wireHeader } from './c.js';
import { caseFoldHeader } from './case-fold.js';
import { configSchemaText } from './config-schema.js';
import { schemaHeader } from './cpp.js';
import { eventsSchema } from './events-schema.js';
import { eventsPage } from './markdown.js';
import { optionsModule, settingsModule } from './options.js';
import { processRecordModule } from './process-record.js';
import { serializerFieldsPage } from './serializer-docs.js';
import { jsonWriters, xmlWriters } from './serializers.js';
import { decodersModule, eventsModule, tablesModule } from './ts.js';

// Compiled, it stands in build/generate/tools/generate/.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

async function formatted(path: string, text: string): Promise<string> {
  const options = await prettier.resolveConfig(join(root, path));
  return prettier.format(text, { ...options, filepath: path });
}

const current = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

const outputs: Record<string, string> = {
  'bpf/wire.gen.h': wireHeader(),
  'bpf/probes.gen.h': probeList(),
  'native/core/schema.gen.h': schemaHeader(),
  'lib/schema/events.gen.ts': await formatted('lib/schema/events.gen.ts', eventsModule()),
  'lib/event/process-record.gen.ts': await formatted('lib/event/process-record.gen.ts', processRecordModule()),
  'lib/source/decoders.gen.ts': await formatted('lib/source/decoders.gen.ts', decodersModule()),
  'lib/sensor/options.gen.ts': await formatted('lib/sensor/options.gen.ts', optionsModule()),
  'lib/schema/settings.gen.ts': await formatted('lib/schema/settings.gen.ts', settingsModule()),
  'docs/events.md': await formatted('docs/events.md', eventsPage()),
  'lib/schema/tables.gen.ts': await formatted('lib/schema/tables.gen.ts', tablesModule()),
  'docs/serializer-fields.md': await formatted('docs/serializer-fields.md', serializerFieldsPage()),
  'lib/schema/events.schema.json': await formatted('lib/schema/events.schema.json', eventsSchema()),
  'lib/config/config.schema.json': await formatted('lib/config/config.schema.json', configSchemaText()),
  'native/core/rules/case_fold.gen.h': caseFoldHeader(current('native/core/rules/case_fold.gen.h')),
  'lib/serializer/json.gen.ts': await formatted('lib/serializer/json.gen.ts', jsonWriters()),
  'lib/serializer/xml.gen.ts': await formatted('lib/serializer/xml.gen.ts', xmlWriters()),
};

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  if (current(path) === text) continue;
  stale++;
  if (check) console.error(`${path} is not what the schema generates: run \`npm run generate\` and commit it`);
  else {
    writeFileSync(join(root, path), text);
    console.error(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exit(1);
