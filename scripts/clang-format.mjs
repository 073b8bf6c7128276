// Formats C and C++ with clang-format; with --check changes nothing and fails on a difference. Versions differ in what
// they write, so that only version 14 is taken; without it this fails, for nobody would notice a check that is left
// out.
import { execFileSync, spawnSync } from 'node:child_process';
import { root, version14 } from './setup.mjs';

const format = version14('clang-format');
if (!format) {
  console.error('clang-format 14 is needed for C and C++ (Debian, Ubuntu: apt-get install clang-format-14)');
  process.exit(1);
}
const files = execFileSync('git', ['ls-files', 'bpf', 'native', 'test'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((f) => /\.(c|cc|h)$/.test(f) && !f.includes('.gen.'));
const args = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
process.exitCode = spawnSync(format, ['--style=file', ...args, ...files], { cwd: root, stdio: 'inherit' }).status ?? 1;
