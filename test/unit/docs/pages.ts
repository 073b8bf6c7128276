/** The pages that people read, and the blocks of code in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Files below a folder, by their paths from the root. */
export const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();

// What docs/api has stands in the comments of the source.
const handWritten = filesOf('docs', '.md').filter((name) => !name.startsWith('docs/api/'));
export const pages: readonly string[] = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...handWritten];

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

export interface Block {
  /** File and line. */
  readonly name: string;
  readonly language: string;
  readonly code: string;
  /** Why it cannot be run, where the page says so in a comment before it. */
  readonly notRun: string | undefined;
}

/** Blocks of code of a page, or of the comments of a source file. */
export function blocksOf(file: string): Block[] {
  const text = read(file);
  const fences = /(?:^<!-- not run: (.*) -->\n\n)?^( *\* )?```(\w+)\n([^]*?)^(?: *\* )?```$/gm;
  return [...text.matchAll(fences)].map((m) => ({
    name: `${file}:${text.slice(0, text.indexOf('```', m.index)).split('\n').length}`,
    language: m[3],
    code: m[2] === undefined ? m[4] : m[4].replace(/^ *\* ?/gm, ''),
    notRun: m[1],
  }));
}
