// After tsc: the command is executable, the headers that building the addon takes lie beside it, and a stamp says when
// the build was complete.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

chmodSync(join(root, 'dist/cli/main.js'), 0o755);

// Whoever installs the package and builds the addon (scripts/build.mjs) needs nothing of npm for it.
const { resolve } = createRequire(import.meta.url);
const headers = join(root, 'dist/include');
mkdirSync(headers, { recursive: true });
for (const [name, folder] of [
  ['node-addon-api', '.'],
  ['node-api-headers', 'include'],
]) {
  const from = join(dirname(resolve(`${name}/package.json`)), folder);
  for (const file of readdirSync(from).filter((f) => f.endsWith('.h')))
    copyFileSync(join(from, file), join(headers, file));
}

writeFileSync(join(root, 'dist/.built'), '');
