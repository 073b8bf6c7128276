// npm runs this before it packs or publishes: what a package needs and git does not have must have been made.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { obstacles } from './elf.mjs';

/** Newest modification of a file, or of all below a folder, in ms since the epoch; 0 if there is none. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** What keeps the package in a folder from being packed, with the command that mends it. */
async function missing(root) {
  const found = [];
  const needs = (what, command) => found.push(`${what}: npm run ${command}`);
  const dist = newest(join(root, 'dist/.built'));
  if (dist === 0) needs('dist/ is not built', 'build:ts');
  else if (dist < newest(join(root, 'lib'))) needs('dist/ is older than lib/', 'build:ts');
  else if (!existsSync(join(root, 'dist/include/napi.h'))) needs('dist/include/ is not there', 'build:ts');
  const tables = join(root, 'dist/schema/tables.gen.js');
  const schemaHash = existsSync(tables) ? (await import(pathToFileURL(tables))).schemaHash : undefined;
  for (const arch of ['x64', 'arm64']) {
    const name = `prebuilds/linux-${arch}/sysmon.glibc.node`;
    const path = join(root, name);
    if (!existsSync(path)) {
      needs(`${name} is not built`, 'package:prebuild');
      continue;
    }
    let wrong;
    try {
      wrong = obstacles(path, arch);
    } catch (error) {
      wrong = [error.message];
    }
    if (wrong.length > 0) needs(`${name} ${wrong.join(', ')}`, 'package:prebuild');
    else if (schemaHash !== undefined && !readFileSync(path).includes(schemaHash))
      needs(`${name} is of another schema than dist/`, 'package:prebuild');
    else if (statSync(path).mtimeMs < Math.max(newest(join(root, 'bpf')), newest(join(root, 'native'))))
      needs(`${name} is older than its sources`, 'package:prebuild');
  }
  if (!existsSync(join(root, 'THIRD_PARTY_NOTICES'))) needs('THIRD_PARTY_NOTICES is not there', 'package:prebuild');
  return found;
}

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../..'));
const found = await missing(root);
if (found.length > 0) {
  console.error(`prepack: this package is not complete:\n${found.map((line) => `  ${line}\n`).join('')}`);
  process.exit(1);
}
