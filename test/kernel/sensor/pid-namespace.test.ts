/** A sensor that cannot see the processes of the whole machine in /proc says so when it starts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { inMountNamespace, memoryLimit, needsMemory, packageFolder, withCapabilities } from '../helpers/probe.js';

/** Starts and stops a sensor under this command, and returns what it said of itself. */
function said(...under: string[]): { ID: string; Description: string }[] {
  const code = `const { Sysmon } = await import(${JSON.stringify(pathToFileURL(join(packageFolder, 'dist/index.js')).href)});
    const sysmon = new Sysmon({ events: ['ProcessCreate'] });
    const errors = [];
    sysmon.on('Error', (e) => errors.push(e.data));
    await sysmon.start();
    await sysmon.stop();
    console.log(JSON.stringify(errors));`;
  const args = [...under, process.execPath, '--input-type=module', '-e', code];
  const r = spawnSync(args[0], args.slice(1), { encoding: 'utf8', timeout: 120_000, killSignal: 'SIGKILL' });
  expect({ status: r.status, error: r.stderr }).toEqual({ status: 0, error: '' });
  return JSON.parse(r.stdout) as { ID: string; Description: string }[];
}

const inPidNamespace = ['unshare', '--pid', '--fork', '--kill-child'];

test('in a pid namespace of its own, with the /proc of that', () => {
  expect(said(...inPidNamespace, '--mount-proc')).toMatchObject([
    { ID: 'SCOPE', Description: expect.stringMatching(/^\/proc does not show .* pid namespace/) as string },
  ]);
});

test('with a /proc that hides what others run', (context) => {
  needsMemory(context);
  const hiding = inMountNamespace('mount -t proc -o hidepid=2 proc /proc');
  expect(said(...hiding, ...memoryLimit(), ...withCapabilities('sys_admin'))).toMatchObject([{ ID: 'SCOPE' }]);
});

test('where /proc is that of the machine there is nothing to say', () => {
  expect(said()).toEqual([]);
  expect(said(...inPidNamespace)).toEqual([]);
});
