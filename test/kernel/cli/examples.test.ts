/** Every example is run, and does what it says: the short ones. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, startExample, watch } from '../helpers/example.js';

test('print-execs prints a program, its arguments and its parent', async () => {
  const mark = `mark-${process.pid}`;
  const { stdout, code } = await watch('print-execs.mjs', [], () => spawnSync('/bin/echo', [mark]), new RegExp(mark));
  expect(stdout).toMatch(new RegExp(`root /\\S*/echo \\[/bin/echo ${mark}\\] <- /`));
  expect(code).toBe(0);
});

test('iterate tells how long a program ran and ends by its signal', async () => {
  const example = await startExample('iterate.mjs', ['4']);
  spawnSync('/bin/sh', ['-c', 'sleep 0.2; exit 7']);
  const { stdout, code } = await example.ended;
  expect(stdout).toMatch(/sleep ran for \d+ ms, exit 0/);
  expect(stdout).toMatch(/ran for \d+ ms, exit 7/);
  expect(code).toBe(0);
});

test('process-tree prints the tree of a command', () => {
  const done = spawnSync(
    process.execPath,
    [join(root, 'examples/process-tree.mjs'), 'sh', '-c', 'sh -c "sleep 0.01; true"; true'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(done.stderr).toBe('');
  expect(done.stdout).toMatch(
    /^\d+ sh -c sh -c "sleep 0.01; true"; true\n {2}\d+ sh -c sleep 0.01; true\n {4}\d+ sleep 0.01\n$/,
  );
});

test('alert-tmp alerts on an image in /tmp and is silent on others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-example-'));
  try {
    const image = join(folder, 'dropped');
    copyFileSync('/bin/echo', image);
    const act = (): void => {
      spawnSync('/bin/echo', ['harmless']);
      spawnSync(image, ['payload']);
    };
    const { stdout } = await watch('alert-tmp.mjs', [], act, /payload/);
    expect(stdout).toMatch(
      new RegExp(`^ALERT root ran ${image} SHA256=[0-9a-f]{64} as \\[${image} payload\\], started by /`, 'm'),
    );
    expect(stdout).not.toContain('harmless');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
