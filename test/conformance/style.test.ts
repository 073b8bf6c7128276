/** How source files are written: their length, and that of their lines. The formatters see to the rest. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((f) => /\.(ts|mjs|js|c|cc|h)$/.test(f))
  .filter((f) => !/\.gen\.|^test\/fixtures\//.test(f));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const mostLines = 350;
const mostColumns = 120;

/** Files that may be longer, each for a reason of its own. */
const longFiles: Readonly<Record<string, string>> = {
  'lib/attack/catalogue.ts': 'the techniques of ATT&CK, one a line: data that nobody reads from top to bottom',
};

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

test('files have no more than 350 lines', () => {
  expect(files.length).toBeGreaterThan(300);
  const long = files.filter((f) => linesOf(read(f)) > mostLines);
  expect(long.filter((f) => !(f in longFiles)).map((f) => `${f}: ${linesOf(read(f))}`)).toEqual([]);
  expect(Object.keys(longFiles), 'an exception that none is any more').toEqual(long.filter((f) => f in longFiles));
});

/** Texts of TypeScript and JavaScript, which prettier does not break: from and to which character of the file. */
function texts(file: string, source: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) || ts.isTemplateExpression(node))
      found.push([node.getStart(tree), node.end]);
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** A tab is as wide as the kernel's style has it. */
const widthOf = (line: string): number => [...line.replaceAll('\t', ' '.repeat(8))].length;

/** Lines that are too long. One may be, if it is so by a text with at most punctuation behind it, or by an address. */
function longLines(file: string, source: string): string[] {
  const unbreakable = /\.(ts|mjs|js)$/.test(file) ? texts(file, source) : [];
  let start = 0;
  return source.split('\n').flatMap((line, i) => {
    const begin = start;
    const edge = begin + mostColumns;
    start += line.length + 1;
    if (widthOf(line) <= mostColumns || /https?:\/\/\S+$/.test(line)) return [];
    const reaches = (to: number): boolean => to >= edge || /^[)\]},;]*$/.test(line.slice(to - begin));
    const allowed = unbreakable.some(([from, to]) => from < edge && to > begin && reaches(to));
    return allowed ? [] : [`${file}:${i + 1}: ${line.trim()}`];
  });
}

test('lines reach to column 120 at most', () => {
  const words = 'word '.repeat(30);
  expect(longLines('a.ts', `// ${words}\nf('${words}');\n/* ${words}*/`)).toHaveLength(2);
  expect(longLines('a.c', `\t${words.slice(0, 112)}\n\t${words.slice(0, 113)}`)).toHaveLength(1);
  expect(files.flatMap((f) => longLines(f, read(f)))).toEqual([]);
});

test('npm run lint has clang-format sort the includes of C++', () => {
  expect(JSON.parse(read('package.json'))).toMatchObject({
    scripts: { lint: expect.stringContaining('clang-format.mjs --check') as unknown },
  });
  expect(read('.clang-format')).toMatch(/^SortIncludes: CaseSensitive$/m);
});
