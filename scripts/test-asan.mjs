// Builds the addon under AddressSanitizer and lets node run it with the sanitizer's run-time library preloaded: start,
// storm, stop, look-ups, workers that are terminated. Leaks are not looked for: node itself does not free what lives as
// long as it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const fail = (text) => {
  console.error(`test-asan: ${text}`);
  process.exit(1);
};
if (process.getuid() !== 0) fail('needs root: it starts a sensor');
if (!existsSync(join(root, 'dist/index.js'))) fail('dist/ is not built: npm run build:ts');

let library = '';
try {
  library = execFileSync('g++', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
} catch {
  fail('g++ is missing. Install it (Debian, Ubuntu: apt-get install g++)');
}
if (!library.startsWith('/'))
  fail(
    "g++ has no libasan.so. Install it (Debian, Ubuntu: apt-get install libgcc-12-dev, or that of your compiler's version)",
  );

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: join(root, 'native') });
  if (status !== 0) fail(`${command} ${args.join(' ')} ended with status ${status}`);
};
run('cmake', [
  '--preset',
  'asan-addon',
  '-DCMAKE_CXX_COMPILER=g++',
  '-DCMAKE_C_COMPILER=gcc',
  `-DNODE=${process.execPath}`,
]);
run('cmake', ['--build', '--preset', 'asan-addon', '--target', 'sysmon', '--parallel', '2']);

const environment = {
  ...process.env,
  SYSMON_ADDON: join(root, 'build/asan-addon/build/Release/sysmon.node'),
  LD_PRELOAD: library,
  ASAN_OPTIONS: 'detect_leaks=0:halt_on_error=1:exitcode=99:detect_stack_use_after_return=0',
};
const child = join(root, 'test/kernel/sensor/teardown/child.mjs');
const storm = spawn('/bin/sh', ['-c', 'while :; do /bin/true; /bin/true; sleep 0.001; done'], { stdio: 'ignore' });
let failed = 0;
try {
  for (const [expected, ...args] of [
    [0, 'cycles', '5'],
    [0, 'restart'],
    [0, 'stop-during-start', '5'],
    [0, 'several', '1'],
    [0, 'terminate', '6', 'starting'],
    [0, 'terminate', '10', 'running'],
    [7, 'exit', '0', 'running'],
    [7, 'exit', '0', 'stopping'],
  ]) {
    const r = spawnSync(process.execPath, ['--expose-gc', child, ...args], {
      env: environment,
      encoding: 'utf8',
      timeout: 300_000,
    });
    const good = r.status === expected && !/AddressSanitizer/.test(r.stderr);
    if (!good) failed++;
    console.log(
      `${good ? 'ok    ' : 'FAILED'} ${args.join(' ')}: ${r.signal ?? `status ${r.status}`} ${r.stdout.trim()}${good ? '' : `\n${r.stderr}`}`,
    );
  }
} finally {
  storm.kill('SIGKILL');
}
if (failed > 0) fail(`${failed} scenarios failed`);
console.log('test-asan: passed');
