// npm run bench: builds what the benchmark needs, then runs it. Needs root: it loads programs into the kernel.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, 'build', 'cmake-bench');

// Standard output belongs to the result alone.
function run(command, ...args) {
  const r = spawnSync(command, args, { cwd: root, stdio: ['inherit', 2, 'inherit'] });
  if (r.error) fail(`${command}: ${r.error.message}`);
  if (r.status !== 0) fail(`${command} ${args.join(' ')} ended with ${r.signal ?? `status ${r.status}`}`);
}

function fail(text) {
  console.error(`bench: ${text}`);
  process.exit(1);
}

if (process.getuid() !== 0) fail('must run as root: it loads programs into the kernel.');
run(
  'cmake',
  '-S',
  'native',
  '-B',
  build,
  '-DCMAKE_BUILD_TYPE=Release',
  '-DSYSMON_BENCH=ON',
  `-DNODE=${process.execPath}`,
);
run('cmake', '--build', build, '--parallel', '2', '--target', 'sysmon', 'sysmon_bench', 'sysmon_bench_work');
run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json');
const bench = spawnSync(process.execPath, [join(root, 'test/bench/main.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(bench.status ?? 1);
