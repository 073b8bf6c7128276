/** Which way imports go in lib/ and tools/. Imports of types count as well, but for what is loaded at run time. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** `static`: loaded with the file. `lazy`: when it is needed. `type`: only looked at by the compiler. */
interface Import {
  readonly to: string;
  readonly kind: 'static' | 'lazy' | 'type';
}
type Graph = ReadonlyMap<string, readonly Import[]>;

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import['kind']): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    found.push({ to: name.startsWith('.') ? join(file, '..', name).replace(/\.js$/, '.ts') : name, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ? 'type' : 'static');
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'lazy');
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts'))
    .map((e) => relative(root, join(e.parentPath, e.name)))
    .sort();

const graph: Graph = new Map(
  [...filesOf('lib'), ...filesOf('tools')].map((f) => [f, importsOf(f, readFileSync(join(root, f), 'utf8'))]),
);

/** The files of the first circle that a walk finds, in order. */
function circle(of: Graph): string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (file: string): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    way.push(file);
    for (const { to } of of.get(file) ?? []) {
      const found = walk(to);
      if (found) return found;
    }
    way.pop();
    done.add(file);
    return undefined;
  };
  for (const file of of.keys()) {
    const found = walk(file);
    if (found) return found;
  }
  return undefined;
}

/** All that is loaded with a file, packages too. */
function loadedWith(file: string, of: Graph): ReadonlySet<string> {
  const loaded = new Set([file]);
  // A set gives what is added to it while it is walked.
  for (const f of loaded) for (const { to, kind } of of.get(f) ?? []) if (kind === 'static') loaded.add(to);
  return loaded;
}

/** From the bottom up: a file belongs to the first that it matches, and may import its own layer and the named ones. */
const common = ['base', 'schema', 'event'];
const layers: readonly (readonly [name: string, files: RegExp, mayImport: readonly string[]])[] = [
  ['base', /^lib\/base\//, []],
  ['event', /^lib\/(event\/|schema\/(\w+\.gen|manifest)\.ts$)/, ['base', 'schema']],
  ['schema', /^lib\/schema\//, ['base']],
  ['attack', /^lib\/attack\//, ['event']],
  ['native', /^lib\/native(-stats)?\.ts$/, ['base', 'event']],
  ['config', /^lib\/config\//, [...common, 'native']],
  ['filter', /^lib\/filter\//, common],
  ['serializer', /^lib\/serializer\//, common],
  ['source', /^lib\/source\//, [...common, 'attack', 'native', 'config', 'filter']],
  ['sensor', /^lib\/(sensor\/|sysmon\.ts$|index\.ts$)/, [...common, 'native', 'config', 'filter', 'source']],
  ['guard', /^lib\/guard\//, [...common, 'native', 'config']],
  ['testing', /^lib\/testing\//, [...common, 'attack', 'guard', 'watch']],
  ['sinks', /^lib\/sink\/(pump|index|open-sink)\.ts$/, [...common, 'sink', 'serializer', 'source']],
  ['sink', /^lib\/sink\//, [...common, 'native']],
  ['replay', /^lib\/replay\//, [...common, 'attack', 'config', 'filter', 'source']],
  ['watch', /^lib\/watch\//, [...common, 'sensor', 'source']],
  ['service', /^lib\/service\//, [...common, 'native', 'config', 'serializer', 'source', 'sensor', 'sink', 'sinks']],
  [
    'cli',
    /^lib\/cli\//,
    [
      ...common,
      'native',
      'config',
      'serializer',
      'source',
      'sensor',
      'replay',
      'guard',
      'watch',
      'service',
      'sink',
      'sinks',
    ],
  ],
  ['tools', /^tools\//, ['schema', 'event', 'config', 'serializer', 'guard']],
];
const layerOf = (file: string): string | undefined => layers.find(([, files]) => files.test(file))?.[0];

const upward = (of: Graph): string[] =>
  [...of].flatMap(([file, imports]) => {
    const [name, , may] = layers.find(([, files]) => files.test(file)) ?? ['nothing', /^/, []];
    return imports
      .filter(({ to }) => of.has(to) && layerOf(to) !== name && !may.includes(layerOf(to) ?? ''))
      .map(({ to }) => `${file} (${name}) imports ${to} (${layerOf(to)})`);
  });

test('the search finds imports of every kind', () => {
  const text = `import a from './a.js';\nimport type { B } from '../b.js';\nexport * from 'c';\nconst d = import('./d.js');\nlet e: import('./e.js').E;`;
  expect(importsOf('lib/x/y.ts', text)).toEqual([
    { to: 'lib/x/a.ts', kind: 'static' },
    { to: 'lib/b.ts', kind: 'type' },
    { to: 'c', kind: 'static' },
    { to: 'lib/x/d.ts', kind: 'lazy' },
    { to: 'lib/x/e.ts', kind: 'type' },
  ]);
  for (const [file, imports] of graph)
    for (const { to } of imports) if (/^(lib|tools)\//.test(to)) expect(graph.has(to), `${file}: ${to}`).toBe(true);
});

describe('imports', () => {
  test('have no circle', () => expect(circle(graph)).toBeUndefined());

  test('every file has a layer', () => expect([...graph.keys()].filter((f) => layerOf(f) === undefined)).toEqual([]));

  test('go down the layers', () => expect(upward(graph)).toEqual([]));

  test('the sensor loads neither configurations, serializers, replay nor what they need', () => {
    const loaded = [...loadedWith('lib/index.ts', graph)];
    expect(loaded).toContain('lib/source/decoders.gen.ts');
    expect(loaded.filter((f) => /^lib\/(config|serializer|replay|testing|cli)\/|^(saxes|yaml)$/.test(f))).toEqual([]);
  });

  test('the first step of the generator loads nothing that it writes', () => {
    const loaded = [...loadedWith('tools/generate/of-schema.ts', graph)];
    expect(loaded).toContain('lib/schema/events/file-create.ts');
    // The list of the events is made before anything is compiled.
    expect(loaded.filter((f) => f.includes('.gen.'))).toEqual(['lib/schema/events/index.gen.ts']);
  });
});

test('no two files of lib/ have the same name, but for index.ts', () => {
  const names = [...graph.keys()]
    .filter((f) => f.startsWith('lib/') && basename(f) !== 'index.ts')
    .map((f) => basename(f));
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
});
