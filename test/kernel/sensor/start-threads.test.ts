/** A start for which the system has no room. */
import { expect, test } from 'vitest';
import { probe, withCapabilities, type Probed } from '../helpers/probe.js';

test('where no more threads may be made, that is said, and the program goes on', () => {
  // Below some limit node itself does not start, above another the sensor has its threads and lacks privileges: it lies
  // between.
  let [few, many] = [1, 256];
  let found: Probed | undefined;
  while (found === undefined && many - few > 1) {
    const limit = Math.floor((few + many) / 2);
    try {
      const p = probe({ under: ['prlimit', `--nproc=${String(limit)}:${String(limit)}`, ...withCapabilities()] });
      if (p.error?.code === 'ERR_SYSMON_PERMISSION') many = limit;
      else found = p;
    } catch {
      few = limit;
    }
  }
  if (found === undefined)
    throw new Error(`with ${String(few)} processes it says nothing, with ${String(many)} it has all its threads`);
  expect(found.started).toBeUndefined();
  expect(found.error).toMatchObject({ name: 'SysmonError', code: 'ERR_SYSMON_LOAD' });
  expect(found.error?.message).toMatch(/threads could not be made.*ulimit -u/);
});
