import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          // Loads programs into the kernel: needs root. One file at a time, for several count what the machine does
          // meanwhile.
          name: 'kernel',
          include: ['test/kernel/**/*.test.ts'],
          fileParallelism: false,
          pool: 'forks',
          // A pipe of node is a socket, and bash with one as standard input takes itself for a remote shell: unless a
          // shell has started it, it reads ~/.bashrc first, whose processes are then those of the test.
          env: { SHLVL: '1' },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
