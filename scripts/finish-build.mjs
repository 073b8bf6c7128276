// After tsc: the command is executable, declarations that nobody can import are gone, the headers that building the
// addon takes lie beside it, and a stamp says when the build was complete.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './setup.mjs';

chmodSync(join(root, 'dist/cli/main.js'), 0o755);

/** Files that declarations import, and what these import. */
function reached(files) {
  const found = new Set(files);
  for (const file of found)
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles)
      if (fileName.startsWith('.')) found.add(join(dirname(file), fileName.replace(/\.js$/, '.d.ts')));
  return found;
}
const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const declared = reached(Object.values(entries).flatMap(({ types }) => (types ? [join(root, types)] : [])));
for (const name of readdirSync(join(root, 'dist'), { recursive: true })) {
  const file = join(root, 'dist', name);
  if (name.endsWith('.d.ts') && !declared.has(file)) rmSync(file);
}

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
