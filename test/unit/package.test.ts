/** What the package is published with. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../lib/index.js';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sysmon-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** A script, with what it says on stderr. */
function run(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): [number, string] {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env });
  return [status ?? -1, stderr];
}

describe('what is packed', () => {
  let paths: string[] = [];
  beforeAll(() => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
    paths = files.map((f) => f.path);
  }, 60_000);

  test('pages and examples that the readme speaks of are in it, and tests are not', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\(((?:docs|examples)[^)#]*)\)/g)].map((m) => m[1]);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links)
      expect(
        paths.some((p) => p === link || p.startsWith(`${link}/`)),
        link,
      ).toBe(true);
    expect(paths.filter((p) => p.startsWith('test/'))).toEqual([]);
  });
  test('what the library reads is in it, what builds the native part, and nothing that makes npm run node-gyp', () => {
    for (const path of [
      'lib/schema/events.schema.json',
      'lib/config/starter.yml',
      'native/CMakeLists.txt',
      'native/static/CMakeLists.txt',
      'bpf/sysmon.bpf.c',
      'scripts/build.mjs',
    ])
      expect(paths).toContain(path);
    expect(paths.filter((p) => p.endsWith('binding.gyp'))).toEqual([]);
    expect(manifest['gypfile']).toBe(false);
    expect(Object.keys(manifest.scripts).filter((s) => /install$|^prepare$/.test(s))).toEqual([]);
  });
});

test('its dependencies are what lib/ imports', () => {
  const imported = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts'))
    .flatMap((f) => [...readFileSync(join(root, 'lib', f), 'utf8').matchAll(/(?:from|import\()\s*'([^'.][^']*)'/g)])
    .map((m) => m[1])
    .filter((name) => !name.startsWith('node:') && !name.startsWith('@org/'));
  expect([...new Set(imported)].sort()).toEqual(
    Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).sort(),
  );
});

describe('a bundle', () => {
  test('of CommonJS can be imported without the addon, and has its own version', async () => {
    const bundle = await rolldown({ input: join(root, 'lib/index.ts'), platform: 'node' });
    const file = join(folder, 'bundle/program.cjs');
    await bundle.write({ file, format: 'cjs', codeSplitting: false });
    await bundle.close();
    writeFileSync(join(folder, 'package.json'), '{ "name": "program", "version": "9.9.9" }');
    writeFileSync(join(folder, 'bundle/package.json'), '{ "name": "program", "version": "9.9.9" }');
    const program = `
      const { version, capabilities } = require(${JSON.stringify(file)});
      try { capabilities() } catch (e) { console.log(JSON.stringify({ version, code: e.code, message: e.message })) }`;
    const said = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', cwd: folder });
    const { message, ...rest } = JSON.parse(said) as { message: string };
    expect(rest).toEqual({ version: manifest.version, code: 'ERR_SYSMON_NATIVE' });
    // Beside the bundle, and above it.
    for (const place of [join(folder, 'bundle'), folder])
      expect(message).toContain(`${join(place, 'prebuilds', `linux-${process.arch}`)}/sysmon.`);
  });
  test('finds its files under node -e too, where every module sees a global __filename', async () => {
    const bundle = await rolldown({ input: join(root, 'lib/index.ts'), platform: 'node' });
    const file = join(folder, 'esm/program.mjs');
    await bundle.write({ file, format: 'esm', codeSplitting: false });
    await bundle.close();
    const program = `const { capabilities } = require(${JSON.stringify(file)}); capabilities();`;
    const { stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', cwd: folder });
    expect(stderr).toContain(`  ${join(folder, 'esm/prebuilds')}`);
  });
  test('the version is that of package.json', () => expect(version).toBe(manifest.version));
});

describe('npm pack of what is not complete', () => {
  const clone = join(folder, 'clone');
  beforeAll(() => {
    mkdirSync(clone);
    cpSync(join(root, 'package.json'), join(clone, 'package.json'));
    cpSync(join(root, 'scripts/package'), join(clone, 'scripts/package'), { recursive: true });
    mkdirSync(join(clone, 'lib'));
  });

  test('fails, and names each thing that is missing with its command', () => {
    const { status, stderr } = spawnSync('npm', ['pack', '--pack-destination', folder], {
      cwd: clone,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes(': npm run '))).toEqual([
      '  dist/ is not built: npm run build:ts',
      '  prebuilds/linux-x64/sysmon.glibc.node is not built: npm run package:prebuild',
      '  prebuilds/linux-arm64/sysmon.glibc.node is not built: npm run package:prebuild',
      '  THIRD_PARTY_NOTICES is not there: npm run package:prebuild',
    ]);
    expect(readdirSync(folder).filter((f) => f.endsWith('.tgz'))).toEqual([]);
  });
  test('a binary that is none, or for another processor, is refused', () => {
    for (const arch of ['x64', 'arm64']) {
      mkdirSync(join(clone, `prebuilds/linux-${arch}`), { recursive: true });
      // The smallest file that says for which processor it is: x64.
      const elf = Buffer.alloc(64);
      elf.write('7f454c460201', 'hex');
      elf.writeUInt16LE(62, 18);
      writeFileSync(join(clone, `prebuilds/linux-${arch}/sysmon.glibc.node`), elf);
    }
    const prepack = join(clone, 'scripts/package/prepack.mjs');
    expect(run(prepack)[1]).toContain('linux-arm64/sysmon.glibc.node is for x64, not arm64: npm run package:prebuild');
    writeFileSync(join(clone, 'prebuilds/linux-x64/sysmon.glibc.node'), 'text');
    const [status, said] = run(prepack);
    expect(status).toBe(1);
    expect(said).toContain('sysmon.glibc.node is no ELF file');
  });
});

describe('scripts/build.mjs', () => {
  const script = join(root, 'scripts/build.mjs');
  test('without any tool names all packages that it needs', () => {
    const [status, said] = run(script, [], { PATH: folder });
    expect(status).toBe(1);
    const line = 'apt-get install cmake make g++ clang llvm libbpf-dev libre2-dev linux-libc-dev';
    expect(said.split('\n').map((l) => l.replace('Debian, Ubuntu:', '').trim())).toContain(line);
  });
  test('refuses a misspelled argument', () => {
    const [status, said] = run(script, ['--outptu', 'x']);
    expect(status).toBe(2);
    expect(said).toMatch(/'--outptu'.*Known: --output FILE/);
  });
});

describe('released binaries', () => {
  interface Elf {
    readonly libraries: string[];
    readonly versions: string[];
  }
  type Reader = { readElf: (path: string) => Elf; obstacles: (path: string, arch: string) => string[] };
  const elf = (): Promise<Reader> => import(join(root, 'scripts/package/elf.mjs')) as Promise<Reader>;

  for (const arch of ['x64', 'arm64'])
    test(`${arch} needs nothing but glibc 2.28`, async (context) => {
      const path = join(root, `prebuilds/linux-${arch}/sysmon.glibc.node`);
      if (!existsSync(path)) return context.skip('it is not built: npm run package:prebuild');
      const { obstacles } = await elf();
      expect(obstacles(path, arch)).toEqual([]);
    });
  test('a symbol that nothing has is an obstacle', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'sysmon-elf-'));
    try {
      const made = join(folder, 'made.so');
      const source = 'int nowhere(void); int napi_fine(void); int made(void) { return nowhere() + napi_fine(); }';
      const cc = spawnSync('cc', ['-shared', '-fPIC', '-s', '-x', 'c', '-', '-o', made], { input: source });
      if (cc.status !== 0) return context.skip('no compiler for C');
      const { obstacles } = await elf();
      const found = obstacles(made, process.arch);
      expect(found).toContain('lacks nowhere');
      expect(found).not.toContain('lacks napi_fine');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('what is read of an ELF file is what readelf says', async (context) => {
    const { error, stdout } = spawnSync('readelf', ['--wide', '-d', '-V', process.execPath], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
      return context.skip('readelf is not installed (binutils)');
    const { readElf, obstacles } = await elf();
    const { libraries, versions } = readElf(process.execPath);
    expect(libraries).toEqual([...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map((m) => m[1]).sort());
    const named = [...stdout.matchAll(/Name: (\S+)\s+Flags/g)].map((m) => m[1]);
    expect(new Set(versions)).toEqual(new Set(named));
    expect(libraries.length * versions.length).toBeGreaterThan(0);
    expect(obstacles(process.execPath, 'arm64')).not.toEqual([]);
  });
});
