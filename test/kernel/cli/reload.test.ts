/** The command reads its rules anew: on SIGHUP, or when their file has changed. No kernel makes a difference here. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { packageFolder } from '../helpers/probe.js';
import { makeFolder, removeFolder } from '../helpers/workspace.js';

let folder: string;
beforeAll(() => void (folder = makeFolder()));
afterAll(() => removeFolder(folder));

const main = join(packageFolder, 'dist/cli/main.js');
const patient = { timeout: 20_000 };
/** Keeps only what has this word in its command line. */
const rules = (word: string): string =>
  `<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreate onmatch="include"><CommandLine condition="contains">${word}</CommandLine></ProcessCreate></EventFiltering></Sysmon>`;
const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

test('SIGHUP and --watch; a wrong file changes nothing and is told', { timeout: 60_000 }, async () => {
  const [config, output] = [join(folder, 'rules.xml'), join(folder, 'out.ndjson')];
  writeFileSync(config, rules('first-word'));
  const child = spawn(
    process.execPath,
    [main, '--config', config, '--watch', '--output', output, '--format', 'json', '--hash', 'none'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (d: Buffer) => (said += d.toString()));
  const both = (): void => {
    for (const word of ['first-word', 'second-word', 'third-word']) spawnSync('/bin/echo', [word]);
  };
  const kept = (path: string): string[] =>
    [...read(path).matchAll(/"CommandLine":"\/bin\/echo ([\w-]+)"/g)].map(([, word]) => word);
  const changes = (path: string): number => [...read(path).matchAll(/"ServiceConfigurationChange"/g)].length;
  await expect.poll(() => changes(output), patient).toBe(1);
  both();

  // Another file in its place, as editors do: nobody says so.
  writeFileSync(`${config}.new`, rules('second-word'));
  renameSync(`${config}.new`, config);
  await expect.poll(() => changes(output), patient).toBe(2);
  both();
  expect(said).toContain(`${config} was read anew`);

  // A signal, after a rotation.
  writeFileSync(config, rules('third-word').replace('</Sysmon>', ''));
  renameSync(output, `${output}.1`);
  child.kill('SIGHUP');
  await expect.poll(() => said, patient).toMatch(/the configuration stays as it was: .*rules\.xml:1:\d+/);
  await expect.poll(() => existsSync(output), patient).toBe(true);
  both();

  writeFileSync(config, rules('third-word'));
  child.kill('SIGHUP');
  await expect.poll(() => changes(output), patient).toBeGreaterThanOrEqual(1);
  both();
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  expect([kept(`${output}.1`), kept(output)]).toEqual([
    ['first-word', 'second-word'],
    ['second-word', 'third-word'],
  ]);
});

test('--watch wants a file', () => {
  const { status, stderr } = spawnSync(process.execPath, [main, '--watch', '--hash', 'none'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining(
      '--watch: there is no file of rules to watch. Give it with --config FILE.',
    ) as string,
  });
});
