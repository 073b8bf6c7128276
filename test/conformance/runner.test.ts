/** How the tests themselves are run. */
import { expect, test, vi } from 'vitest';

test('what a guest is told to leave out is left out of each project of kernel tests', async () => {
  vi.stubEnv('SYSMON_TEST_EXCLUDE', 'test/kernel/a.test.ts,test/kernel/b.test.ts');
  vi.resetModules();
  const { default: config } = await import('../../vitest.config.js');
  vi.unstubAllEnvs();
  const projects = (config.test?.projects ?? []) as { test: { name: string; exclude?: string[] } }[];
  const kernel = projects.map((p) => p.test).filter(({ name }) => name.startsWith('kernel'));
  expect(kernel.length).toBe(2);
  for (const { name, exclude } of kernel)
    expect(exclude, name).toEqual(expect.arrayContaining(['test/kernel/a.test.ts', 'test/kernel/b.test.ts']));
});
