/**
 * The code that people copy, from the readme, the pages, the comments of the library and the folder of examples: it
 * compiles against the library, with nothing that Node 20 does not have.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { blocksOf, filesOf, pages, read, root } from './pages.js';

const sources = filesOf('lib', '.ts');
const found = [
  ...[...pages, ...sources].flatMap(blocksOf).filter(({ language }) => /^[jt]s$/.test(language)),
  ...filesOf('examples', '.mjs').map((name) => ({ name, code: read(name) })),
];

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
      '@org/sysmon/guard': [join(root, 'lib/guard/index.ts')],
      '@org/sysmon/replay': [join(root, 'lib/replay/index.ts')],
      '@org/sysmon/serializers': [join(root, 'lib/serializer/index.ts')],
      '@org/sysmon/sinks': [join(root, 'lib/sink/index.ts')],
      '@org/sysmon/watch': [join(root, 'lib/watch/index.ts')],
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
  for (const file of sources) expect(read(file), file).not.toMatch(/@example +\S/);
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
