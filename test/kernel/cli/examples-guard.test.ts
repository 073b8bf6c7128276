/** The examples that guard a command. Nothing in them depends on the kernel that other tests do not look at. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../helpers/example.js';
import { makeFolder, removeFolder, run, type Ended } from '../helpers/workspace.js';

function folder(): string {
  const path = makeFolder();
  onTestFinished(() => removeFolder(path));
  return path;
}

const example = (name: string, args: string[], cwd: string): Promise<Ended> =>
  run(process.execPath, [join(root, 'examples', name), ...args], {
    cwd,
    env: { ...process.env, npm_config_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' },
  }).ended;

test('ci-guard fails a build that breaks its policy, and no other', async () => {
  const dir = folder();
  const good = await example('ci-guard.mjs', ['sh', '-c', 'echo x > a; exit 3'], dir);
  expect([good.code, good.stderr]).toEqual([3, '']);
  const outside = `/var/tmp/sysmon-guard-${process.pid}`;
  const bad = await example('ci-guard.mjs', ['sh', '-c', `echo x > ${outside}; rm ${outside}`], dir);
  expect(bad.code, bad.stderr).toBe(8);
  expect(bad.stderr).toContain(`write: ${outside}\n  by process `);
});

test('audit-package tells what the scripts of a package do', async () => {
  const dir = folder();
  mkdirSync(join(dir, 'package'));
  writeFileSync(
    join(dir, 'package/package.json'),
    `{"name":"p","version":"1.2.3","scripts":{"install":"id > ${join(dir, 'seen')}"}}`,
  );
  execFileSync('tar', ['czf', 'p.tgz', 'package'], { cwd: dir });
  const { code, stdout, stderr } = await example('audit-package.mjs', [join(dir, 'p.tgz')], dir);
  expect(code, stderr).toBe(0);
  const [only, ...more] = JSON.parse(stdout) as { script: string; did: Record<string, string[]> }[];
  expect(more).toEqual([]);
  expect(only.script).toBe('p@1.2.3 install');
  expect(only.did['execute'].some((path) => path.endsWith('/id'))).toBe(true);
  expect(only.did['write']).toEqual([expect.stringMatching(/\/seen$/)]);
});

test('sandboxed-plugin lets a plug-in read its folder, and ends it when it does more', async () => {
  const dir = folder();
  const plugin = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  writeFileSync(join(dir, 'data'), 'its own');
  const reads = plugin(
    'reads.mjs',
    `import { readFileSync } from 'node:fs';
    console.log(readFileSync(new URL('data', import.meta.url), 'utf8'), process.argv[2], Object.keys(process.env).length);
    try { readFileSync('/etc/passwd'); } catch (error) { console.log(error.code); }
    process.exitCode = 5;`,
  );
  const calls = plugin(
    'calls.mjs',
    `import { connect } from 'node:net';
    connect(9, '127.0.0.1').on('error', () => setTimeout(() => console.log('went on'), 600_000));`,
  );
  const good = await example('sandboxed-plugin.mjs', [reads, 'told'], dir);
  expect([good.stdout, good.stderr, good.code]).toEqual(['its own told 0\nERR_ACCESS_DENIED\n', '', 5]);
  const bad = await example('sandboxed-plugin.mjs', [calls], dir);
  expect([bad.stdout, bad.code]).toEqual(['', 8]);
  expect(bad.stderr).toBe('connect: 127.0.0.1:9/tcp: ended by SIGKILL, after it was done\n');
});
