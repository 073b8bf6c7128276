// Starts and stops a sensor 1,000 times (or as often as the argument says) under a storm of execs, and looks for what
// is left.
import { spawnSync } from 'node:child_process';

const cycles = Number(process.argv[2] ?? 1000);
if (!Number.isInteger(cycles) || cycles < 1) {
  console.error(`test-cycles: expected a number of cycles, got '${process.argv[2]}'`);
  process.exit(2);
}
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'kernel*', 'test/kernel/sensor/teardown.test.ts', '-t', 'start and stop'],
  {
    stdio: 'inherit',
    env: { ...process.env, SYSMON_CYCLES: String(cycles) },
  },
);
process.exit(status ?? 1);
