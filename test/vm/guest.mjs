// Runs in the guest: guest.mjs --verifier, or guest.mjs [TEST-FILE…]. Leaves its findings in /run/vm:
// capabilities.json, verifier.json, tests.json.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const results = '/run/vm';
process.chdir(project);

const step = (text) => console.log(`VM-STEP ${Math.round(performance.now() / 1000)} s: ${text}`);
step('capabilities');
const { capabilities } = await import('../../dist/index.js');
const { failure, ...found } = capabilities();
writeFileSync(
  join(results, 'capabilities.json'),
  JSON.stringify({ ...found, failure: failure && { code: failure.code, message: failure.message } }),
);

step('verifier');
const verifier = spawnSync(process.execPath, ['scripts/verifier.mjs', '--json'], { encoding: 'utf8' });
writeFileSync(join(results, 'verifier.json'), verifier.stdout);
if (verifier.status !== 0) console.log(`verifier: ${verifier.stderr}`);
if (process.argv[2] === '--verifier') process.exit(verifier.status ?? 4);

step('tests');
// Tens of processes, not thousands: a guest under emulation does a few a second, and starts a sensor in some.
const env = {
  SYSMON_STORM_SIZE: '40',
  SYSMON_CYCLES: '3',
  ...process.env,
  SYSMON_VM_REPORT: join(results, 'tests.json'),
};
const exclude = '--exclude=';
env.SYSMON_TEST_EXCLUDE = process.argv
  .filter((argument) => argument.startsWith(exclude))
  .map((argument) => argument.slice(exclude.length))
  .join(',');
// vitest's own time-outs are those of real machines.
const slow = ['--testTimeout=600000', '--hookTimeout=600000', '--teardownTimeout=600000'];
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'kernel*',
  '--reporter=./test/vm/reporter.mjs',
  // Under emulation every file of tests takes half a minute to load what all of them share: it is loaded once.
  '--no-isolate',
  '--no-file-parallelism',
  // Emulated, with time slices of tens of milliseconds: a test that fails is run once more, and that is said.
  '--retry=1',
  ...slow,
  ...process.argv.slice(2).filter((argument) => !argument.startsWith(exclude)),
];
const run = spawnSync(process.execPath, vitest, { stdio: 'inherit', env });
if (!existsSync(env.SYSMON_VM_REPORT)) {
  console.log(`vitest ended with ${run.status ?? run.signal} and reported nothing`);
  process.exit(3);
}
process.exit(run.status ?? 4);
