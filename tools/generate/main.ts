/**
 * Writes every generated file; with `--check` writes none and fails on a difference. In two steps, of which the
 * argument names one: `schema` writes what follows from lib/schema alone, `rest` what is told by modules of lib/ that
 * import those files. They are compiled in between, so that a generated file that does not fit any more never keeps its
 * own successor from being made.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';

// Compiled, it stands in build/generate/tools/generate/.
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

async function formatted(path: string, text: string): Promise<string> {
  // C and C++ come as clang-format would leave them, or as tables that are better left alone.
  if (path.endsWith('.h')) return text;
  const options = await prettier.resolveConfig(join(root, path));
  return prettier.format(text, { ...options, filepath: path });
}

const current = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');

type Outputs = Readonly<Record<string, (current: string) => string>>;
const step = process.argv[2] ?? '';
const check = process.argv.includes('--check');
const { outputs } = (await (step === 'schema' ? import('./of-schema.js') : import('./of-rest.js'))) as {
  outputs: Outputs;
};

let stale = 0;
for (const [path, make] of Object.entries(outputs)) {
  const old = current(path);
  const text = await formatted(path, make(old));
  if (old === text) continue;
  stale++;
  if (check) console.error(`${path} is not what the schema generates: run \`npm run generate\` and commit it`);
  else {
    writeFileSync(join(root, path), text);
    console.error(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exit(1);
