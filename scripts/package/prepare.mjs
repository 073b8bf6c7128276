// npm runs this as `prepublish` in a clone, and where the package is installed from git, after the packages that it
// needs; `prepare` would do the same, but npm warns of it to everybody who installs a packed package. TypeScript
// is compiled, which takes no more than they have. The native part takes tools of the system, and is built when
// somebody asks for it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
if (!existsSync(join(root, 'dist/.built'))) {
  if (!existsSync(join(root, 'node_modules/typescript'))) {
    console.error(
      '@org/sysmon: not compiled, for its development packages are missing. Run `npm ci && npm run build`.',
    );
    process.exit(0);
  }
  const { status } = spawnSync('npm', ['run', '--silent', 'build:ts'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
const built = ['build/Release/sysmon.node', `prebuilds/linux-${process.arch}/sysmon.glibc.node`];
if (!built.some((file) => existsSync(join(root, file))))
  console.error(
    '@org/sysmon: sources have no native part yet. In a clone `npm run build` builds it; ' +
      'installed from git, `node node_modules/@org/sysmon/scripts/build.mjs`.',
  );
