// npm run tidy [-- FILE…]: clang-tidy over the native code, with the checks of .clang-tidy; any finding fails. Versions
// know different checks, so that only version 14 is taken. The build is only configured: clang-tidy needs the commands,
// no objects.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { root, version14 } from './setup.mjs';

const tidy = version14('clang-tidy');
if (!tidy) {
  console.error('tidy: clang-tidy 14 is needed (Debian, Ubuntu: apt-get install clang-tidy-14)');
  process.exit(1);
}
const build = join(root, 'build/tidy');
const configured = spawnSync('cmake', ['-S', 'native', '-B', build], { cwd: root, encoding: 'utf8' });
if (configured.status !== 0) {
  console.error(`tidy: cmake failed\n${configured.stdout}${configured.stderr}`);
  process.exit(1);
}
const known = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'))
  .map((entry) => relative(root, entry.file))
  .filter((file) => file.endsWith('.cc'));
const asked = process.argv.slice(2);
const unknown = asked.filter((file) => !known.includes(file));
if (unknown.length > 0) {
  console.error(`tidy: not compiled: ${unknown.join(', ')}`);
  process.exit(2);
}
// The large ones first, that no core waits for the last.
const size = (file) => statSync(join(root, file)).size;
const queue = (asked.length > 0 ? asked : known).sort((a, b) => size(b) - size(a));

/** What clang-tidy says of a file, without its counts of warnings that it does not show. */
const check = (file) =>
  new Promise((resolve) => {
    execFile(tidy, ['--quiet', '-p', build, file], { cwd: root, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      resolve(error || stdout.trim() ? `${stdout}${error ? stderr : ''}`.trim() : ''),
    );
  });

let failed = 0;
const worker = async () => {
  for (let file = queue.shift(); file; file = queue.shift()) {
    const said = await check(file);
    if (!said) continue;
    failed++;
    console.log(said);
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
if (failed > 0) console.error(`tidy: findings in ${failed} files`);
process.exit(failed > 0 ? 1 : 0);
