// Formats C and C++ with clang-format; with --check changes nothing and fails on a difference. Versions differ in what they
// write, so that only version 14 is taken.
import { execFileSync, spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

const version = /version (\d+)/.exec(spawnSync('clang-format', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
if (version !== '14') {
  console.error(
    `clang-format 14 is needed, ${version ? `this is ${version}` : 'there is none'}: C and C++ are left as they are (Debian 12: apt-get install clang-format).`,
  );
} else {
  const files = execFileSync('git', ['ls-files', 'bpf', 'native', 'test'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((f) => /\.(c|cc|h)$/.test(f) && !f.includes('.gen.'));
  const args = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
  process.exitCode =
    spawnSync('clang-format', ['--style=file', ...args, ...files], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
