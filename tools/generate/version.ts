/** Generates the version as a constant: beside a bundle there is no package.json of this package, or another's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { banner } from './c.js';

export function versionModule(): string {
  // Compiled, this stands in build/generate/tools/generate/.
  const file = join(import.meta.dirname, '../../../../package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return [
    `// ${banner('package.json')}`,
    '',
    '/** Version of this package. */',
    `export const version = '${version}';`,
    '',
  ].join('\n');
}
