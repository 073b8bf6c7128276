// Writes the list of the files in lib/schema/events/, so that a new event is a new file and nothing else. The first
// step of `npm run generate`: what is compiled next imports the list.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../../lib/schema/events/', import.meta.url);
const list = new URL('index.gen.ts', folder);
const files = readdirSync(folder).filter((f) => f !== 'index.gen.ts');
for (const f of files)
  if (!/^[a-z-]+\.ts$/.test(f)) {
    console.error(`lib/schema/events/${f}: call it by lower-case letters and dashes, <event>.ts`);
    process.exit(1);
  }
const names = files.map((f) => f.slice(0, -'.ts'.length)).sort();
const camel = (name) => name.replace(/-([a-z])/g, (_, c) => c.toUpperCase());
const text = [
  '// Generated from lib/schema/events by `npm run generate`. Do not edit.',
  ...names.map((n) => `import * as ${camel(n)} from './${n}.js';`),
  '',
  '/** What each file exports is an event. */',
  'export const files: readonly Readonly<Record<string, unknown>>[] = [',
  ...names.map((n) => `  ${camel(n)},`),
  '];',
  '',
].join('\n');
let old = '';
try {
  old = readFileSync(list, 'utf8');
} catch {
  // not there yet
}
if (old !== text) {
  if (process.argv.includes('--check')) {
    console.error('lib/schema/events/index.gen.ts is not what the folder holds: run `npm run generate` and commit it');
    process.exit(1);
  }
  writeFileSync(list, text);
  console.error('wrote lib/schema/events/index.gen.ts');
}
