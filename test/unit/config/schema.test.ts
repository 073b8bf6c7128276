import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configSchema } from '../../../lib/config/json-schema.js';

const file = new URL('../../../lib/config/config.schema.json', import.meta.url);

/** `UPDATE_SCHEMA=1 npx vitest run test/unit/config/schema.test.ts` writes it anew. */
it('config.schema.json is what json-schema.ts makes', () => {
  const text = `${JSON.stringify(configSchema())}\n`;
  if (process.env['UPDATE_SCHEMA'] || !existsSync(file)) writeFileSync(file, text);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configSchema());
});
