/** A module that lockdown refuses: a kernel locked down to integrity, in a virtual machine of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['ModuleLoad']);

const lockdown = '/sys/kernel/security/lockdown';
const locked = existsSync(lockdown) && readFileSync(lockdown, 'utf8').includes('[integrity]');
const end = '~Module signature appended~\n';

test('one without a signature is refused and told with its errno; one with a signature is loaded', async (context) => {
  if (!locked) context.skip('needs a kernel with lockdown=integrity: npm run test:vm -- 6.12-integrity');
  const calls = compile(new URL('modules.c', import.meta.url), join(folder, 'calls'));
  const original = execFileSync('modinfo', ['-n', 'dummy'], { encoding: 'utf8' }).trim();
  const unpack = /\.xz$/.test(original) ? ['xz', '-dc'] : /\.zst$/.test(original) ? ['zstd', '-dc'] : ['cat'];
  const module = execFileSync(unpack[0], [...unpack.slice(1), original], { maxBuffer: 1 << 26 });
  expect(module.subarray(-end.length).toString()).toBe(end);
  const signed = join(folder, 'signed.ko');
  const unsigned = join(folder, 'unsigned.ko');
  writeFileSync(signed, module);
  // Before that word stands how long the signature is, in the last four of twelve bytes.
  const length = module.readUInt32BE(module.length - end.length - 4);
  writeFileSync(unsigned, module.subarray(0, module.length - end.length - 12 - length));

  const load = async (file: string) => {
    const r = run(calls, ['load', file, '']);
    const { stdout, stderr } = await r.ended;
    expect(stderr).toBe('');
    return { out: stdout.trim(), event: await seen.find('ModuleLoad', (e) => e.process.pid === r.pid) };
  };
  const { EPERM } = constants.errno;
  const refused = await load(unsigned);
  expect(refused.out).toBe(String(EPERM));
  expect(refused.event.data).toMatchObject({ ImageLoaded: unsigned, Signed: '-', SignatureStatus: '-' });
  expect(refused.event.extra).toMatchObject({ hook: 'sys_exit_finit_module', errno: EPERM });
  expect(refused.event.extra.module).toBeUndefined();
  const loaded = await load(signed);
  spawnSync('rmmod', ['dummy']);
  expect(loaded.out).toBe('0');
  expect(loaded.event.data).toMatchObject({ ImageLoaded: signed, Signed: 'true', SignatureStatus: 'Valid' });
});
