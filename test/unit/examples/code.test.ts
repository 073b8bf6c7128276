/**
 * The code that people copy, from the readme, the pages, the comments of the library and the folder of examples: it
 * compiles against the library, with nothing that Node 20 does not have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Blocks of JavaScript of a page, or of a comment, with the line that each begins in. */
function blocks(file: string): { name: string; code: string }[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('.mjs')) return [{ name: file, code: text }];
  return [...text.matchAll(/^( \* )?```(?:js|ts)\n([^]*?)^(?: \* )?```$/gm)].map((m) => ({
    name: `${file}:${text.slice(0, m.index).split('\n').length}`,
    code: m[1] === undefined ? m[2] : m[2].replace(/^ \* ?/gm, ''),
  }));
}

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const sources = filesOf('lib', '.ts');
// What docs/api has stands in the comments.
const pages = filesOf('docs', '.md').filter((name) => !name.startsWith('docs/api/'));
const found = ['README.md', ...pages, ...sources, ...filesOf('examples', '.mjs')].flatMap(blocks);

/** One program of all, for the library is the same to each. */
const program = ((): ts.Program => {
  const files = new Map(found.map(({ code }, i) => [join(root, 'examples', `block-${i}.mjs`), code]));
  const options: ts.CompilerOptions = {
    strict: true,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    paths: {
      '@org/sysmon': [join(root, 'lib/index.ts')],
      '@org/sysmon/config': [join(root, 'lib/config/index.ts')],
      '@org/sysmon/filters': [join(root, 'lib/filter/index.ts')],
      '@org/sysmon/replay': [join(root, 'lib/replay/index.ts')],
      '@org/sysmon/serializers': [join(root, 'lib/serializer/index.ts')],
      '@org/sysmon/testing': [join(root, 'lib/testing/index.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
  host.readFile = (name) => files.get(name) ?? ts.sys.readFile(name);
  host.getSourceFile = (name, language, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, files.get(name) as string, language, true, ts.ScriptKind.JS)
      : getSourceFile(name, language, ...rest);
  return ts.createProgram([...files.keys()], options, host);
})();

test('there are some of each kind', () => {
  for (const kind of ['README.md', 'docs/', 'lib/sysmon.ts', 'lib/filter/', 'lib/replay/', 'examples/'])
    expect(
      found.some(({ name }) => name.startsWith(kind)),
      kind,
    ).toBe(true);
  // One that has no block would not be looked at.
  for (const file of sources) expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(/@example +\S/);
});

test.each(found.map(({ name }, i) => [name, i] as const))('%s', (_, i) => {
  const source = program.getSourceFile(join(root, 'examples', `block-${i}.mjs`)) as ts.SourceFile;
  const said = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    (d) =>
      `${source.getLineAndCharacterOfPosition(d.start ?? 0).line + 1}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`,
  );
  expect(said).toEqual([]);
  // What the compiler takes and Node 20 does not.
  const using: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node) && node.flags & ts.NodeFlags.Using) using.push(node.getText(source));
    ts.forEachChild(node, look);
  };
  look(source);
  expect(using).toEqual([]);
});
