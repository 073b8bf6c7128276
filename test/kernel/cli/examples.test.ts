/** Every example is run, and does what it says. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Runs an example until it watches, does something, and returns what it printed. */
async function watch(
  name: string,
  args: string[],
  act: () => void,
  until: RegExp,
): Promise<{ out: string; code: number | null }> {
  const child = spawn(process.execPath, [join(root, 'examples', name), ...args], { cwd: root });
  let out = '';
  let err = '';
  let acted = false;
  let ended = false;
  child.stderr.on('data', (d: Buffer) => {
    err += d.toString();
    if (!acted && err.includes('watching')) {
      acted = true;
      act();
    }
  });
  child.stdout.on('data', (d: Buffer) => {
    out += d.toString();
    if (!ended && until.test(out)) {
      ended = true;
      child.kill('SIGINT');
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(acted, `the example never watched: ${err}`).toBe(true);
  return { out, code };
}

test('print-execs prints a program, its arguments and its parent', async () => {
  const mark = `mark-${process.pid}`;
  const { out, code } = await watch('print-execs.mjs', [], () => spawnSync('/bin/echo', [mark]), new RegExp(mark));
  expect(out).toMatch(new RegExp(`root /\\S*/echo \\[/bin/echo ${mark}\\] <- /`));
  expect(code).toBe(0);
});

test('iterate tells how long a program ran and ends by its signal', async () => {
  const { out, code } = await watch(
    'iterate.mjs',
    ['4'],
    () => spawnSync('/bin/sh', ['-c', 'sleep 0.2; exit 7']),
    /never/,
  );
  expect(out).toMatch(/sleep ran for \d+ ms, exit 0/);
  expect(out).toMatch(/ran for \d+ ms, exit 7/);
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
    const { out } = await watch('alert-tmp.mjs', [], act, /payload/);
    expect(out).toMatch(
      new RegExp(`^ALERT root ran ${image} SHA256=[0-9a-f]{64} as \\[${image} payload\\], started by /`, 'm'),
    );
    expect(out).not.toContain('harmless');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
