// The package managers, run-times and bundlers of npm run package:matrix: how each is had from npm and called.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const npm = (major) => ({
  name: 'npm',
  packages: [`npm@${major}`],
  of: 'npm',
  ways: [[], ['--ignore-scripts']].map((flags) => ({
    title: flags.join(' '),
    install: (tarball) => ['npm', 'install', '--no-audit', '--no-fund', ...flags, tarball],
  })),
});
const pnpm = (major) => ({
  name: 'pnpm',
  packages: [`pnpm@${major}`],
  of: 'pnpm',
  ways: [[], ['--ignore-scripts']].map((flags) => ({
    title: flags.join(' '),
    install: (tarball) => ['pnpm', 'add', ...flags, tarball],
  })),
});
const berry = (linker, node) => ({
  title: linker,
  files: { '.yarnrc.yml': `nodeLinker: ${linker}\nenableImmutableInstalls: false\n`, 'yarn.lock': '' },
  install: (tarball) => ['yarn', 'add', `@org/sysmon@file:${tarball}`],
  node,
});

export const managers = [
  npm(10),
  npm(11),
  npm(12),
  pnpm(10),
  pnpm(12),
  {
    name: 'yarn',
    packages: ['yarn@1'],
    of: 'yarn',
    ways: [{ install: (tarball) => ['yarn', 'add', '--no-lockfile', `@org/sysmon@file:${tarball}`] }],
  },
  {
    name: 'yarn',
    packages: ['@yarnpkg/cli-dist@4'],
    of: '@yarnpkg/cli-dist',
    ways: [berry('node-modules'), berry('pnp', ['yarn', 'node'])],
  },
  {
    name: 'bun',
    packages: ['bun@1'],
    of: 'bun',
    ways: [{ install: (tarball) => ['bun', 'add', tarball] }],
  },
];

export const runtimes = [
  { name: 'bun', packages: ['bun@1'], of: 'bun', node: (bin) => [join(bin, 'bun'), 'run'] },
  {
    name: 'deno',
    packages: ['deno@2'],
    of: 'deno',
    node: (bin) => [join(bin, 'deno'), 'run', '--allow-all', '--node-modules-dir=manual'],
  },
];

// Modules of CommonJS inside may require what Node brings along, for which ESM has no `require`.
const requireBanner =
  "import { createRequire as bannerRequire } from 'node:module'; const require = bannerRequire(import.meta.url);";
const extension = (format) => (format === 'cjs' ? 'cjs' : 'mjs');

export const bundlers = [
  {
    name: 'esbuild',
    packages: ['esbuild'],
    of: 'esbuild',
    formats: ['cjs', 'esm'],
    bundle: ({ at, format, cwd, entry, to, run }) =>
      run(
        join(at.bin, 'esbuild'),
        [
          ...[entry, '--bundle', '--platform=node', `--format=${format}`],
          `--outfile=${join(to, `out.${extension(format)}`)}`,
          ...(format === 'esm' ? [`--banner:js=${requireBanner}`] : []),
        ],
        { cwd },
      ),
  },
  {
    name: 'rollup',
    packages: ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs', '@rollup/plugin-json'],
    of: 'rollup',
    formats: ['cjs', 'esm'],
    bundle: ({ at, format, cwd, entry, to, run }) => {
      const config = join(at.folder, 'rollup.config.mjs');
      writeFileSync(
        config,
        `import resolve from '@rollup/plugin-node-resolve';
        import commonjs from '@rollup/plugin-commonjs';
        import json from '@rollup/plugin-json';
        export default { plugins: [resolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs(), json()] };`,
      );
      const output = ['--file', join(to, `out.${extension(format)}`), '--format', format];
      return run(join(at.bin, 'rollup'), ['--config', config, '--input', entry, ...output, '--inlineDynamicImports'], {
        cwd,
      });
    },
  },
  {
    name: 'webpack',
    packages: ['webpack', 'webpack-cli'],
    of: 'webpack',
    formats: ['cjs'],
    bundle: ({ at, cwd, entry, to, run }) =>
      run(
        join(at.bin, 'webpack'),
        [
          ...['build', '--mode', 'production', '--target', 'node', '--entry', `./${entry}`],
          ...['--output-path', to, '--output-filename', 'out.cjs'],
        ],
        { cwd },
      ),
  },
  {
    name: 'ncc',
    packages: ['@vercel/ncc'],
    of: '@vercel/ncc',
    formats: ['esm'],
    bundle: ({ at, cwd, entry, to, run }) => run(join(at.bin, 'ncc'), ['build', entry, '--out', to], { cwd }),
  },
];
