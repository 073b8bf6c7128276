/** Writes every generated file from the schema; with `--check` writes none and fails on a difference. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { probeList, wireHeader } from './generate/c.js';
import { schemaHeader } from './generate/cpp.js';
import { eventsSchema } from './generate/json-schema.js';
import { eventsPage } from './generate/markdown.js';
import { serializerFieldsPage } from './generate/serializer-docs.js';
import { jsonWriters, xmlWriters } from './generate/serializers.js';
import { eventsModule, tablesModule } from './generate/ts.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

async function formatted(path: string, text: string): Promise<string> {
  const options = await prettier.resolveConfig(join(root, path));
  return prettier.format(text, { ...options, filepath: path });
}

const outputs: Record<string, string> = {
  'bpf/wire.gen.h': wireHeader(),
  'bpf/probes.gen.h': probeList(),
  'native/core/schema.gen.h': schemaHeader(),
  'lib/schema/events.gen.ts': await formatted('lib/schema/events.gen.ts', eventsModule()),
  'docs/events.md': await formatted('docs/events.md', eventsPage()),
  'lib/schema/tables.gen.ts': await formatted('lib/schema/tables.gen.ts', tablesModule()),
  'docs/serializer-fields.md': await formatted('docs/serializer-fields.md', serializerFieldsPage()),
  'lib/schema/events.schema.json': await formatted('lib/schema/events.schema.json', eventsSchema()),
  'lib/serializer/json.gen.ts': await formatted('lib/serializer/json.gen.ts', jsonWriters()),
  'lib/serializer/xml.gen.ts': await formatted('lib/serializer/xml.gen.ts', xmlWriters()),
};

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  let old = '';
  try {
    old = readFileSync(join(root, path), 'utf8');
  } catch {
    // a missing file is a difference like any other
  }
  if (old === text) continue;
  stale++;
  if (check) console.error(`${path} is not what the schema generates: run \`npm run generate\` and commit it`);
  else {
    writeFileSync(join(root, path), text);
    console.error(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exit(1);
