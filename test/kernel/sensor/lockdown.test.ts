/**
 * A kernel locked down to confidentiality, which no running system can be put into and out of: a virtual machine of its
 * own.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inMountNamespace, probe } from '../helpers/probe.js';

function mode(): string {
  try {
    return /\[(\w+)\]/.exec(readFileSync('/sys/kernel/security/lockdown', 'utf8'))?.[1] ?? 'none';
  } catch {
    return 'none'; // no securityfs, or a kernel without lockdown
  }
}
const why = 'needs a kernel with lockdown=confidentiality: npm run test:vm -- 6.12-lockdown';

test('the mode is read and named', (context) => {
  if (mode() !== 'confidentiality') context.skip(why);
  const p = probe();
  expect(p.started).toBeUndefined();
  expect(p.error).toMatchObject({ code: 'ERR_SYSMON_LOCKDOWN' });
  expect(p.error?.message).toContain('lockdown=integrity');
  expect(p.capabilities).toMatchObject({ supported: false, lockdown: 'confidentiality' });
});

test('where the mode cannot be read, it is known by what the kernel refuses', (context) => {
  if (mode() !== 'confidentiality') context.skip(why);
  const p = probe({ under: inMountNamespace('mount -t tmpfs tmpfs /sys/kernel/security') });
  expect(p.started).toBeUndefined();
  expect(p.error).toMatchObject({ code: 'ERR_SYSMON_LOCKDOWN' });
  expect(p.error?.message).toContain('lockdown=integrity');
});
