import { defineConfig } from 'vitest/config';

/**
 * Kernel tests beside which no other may run: they flood the machine, count what all of it does, change a setting of
 * the kernel that others see, or look at every program that is loaded into it.
 */
const alone = [
  'archive/archive-filesystems',
  'dns/dns-loss',
  'dns/dns-query',
  'file/cold',
  'file/file-race',
  'file/interfaces',
  'file/many-calls',
  'file/path-*',
  'network/network-connect-attach',
  'network/network-storm',
  'process/order',
  'process/process-create-held',
  'process/storm',
  'sensor/bench',
  'sensor/configure',
  'sensor/fairness',
  'sensor/in-container',
  'sensor/lockdown',
  'sensor/loss*',
  'sensor/pid-namespace',
  'sensor/platform',
  'sensor/privileges*',
  'sensor/start-*',
  'sensor/tampering',
  'sensor/teardown',
  'sensor/throttle',
  'system/*',
  'watch/*',
].map((name) => `test/kernel/${name}.test.ts`);

/** Further files to leave out, with commas between: --exclude goes to no project that excludes some by itself. */
const left = (process.env['SYSMON_TEST_EXCLUDE'] ?? '').split(',').filter(Boolean);

// Loads programs into the kernel: needs root.
const kernel = {
  pool: 'forks' as const,
  // A pipe of node is a socket, and bash with one as standard input takes itself for a remote shell: unless a
  // shell has started it, it reads ~/.bashrc first, whose processes are then those of the test.
  env: { SHLVL: '1' },
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // A kernel test waits most of its time, for a sensor or for what it started: two at a time are no burden.
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...kernel,
          name: 'kernel',
          include: ['test/kernel/**/*.test.ts'],
          exclude: [...alone, ...left],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...kernel,
          name: 'kernel-alone',
          include: alone,
          exclude: left,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
