/** The starter configuration in force: who traces, loads modules or programs of eBPF, or runs without a file. */
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon } from '../../../lib/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { loadProgram } from '../helpers/load-program.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  folder = makeFolder();
  const source = (name: string): URL => new URL(name, import.meta.url);
  const access = compile(source('../process/access.c'), join(folder, 'access'));
  copyFileSync(access, join(folder, 'strace')); // the starter takes who is called so for a debugger
  compile(source('fileless.c'), join(folder, 'fileless'));
  compile(source('../system/modules.c'), join(folder, 'modules'));
  sysmon = new Sysmon({ config: 'starter', hash: 'none' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  removeFolder(folder);
});

/** Process id of a program that did what it should, and what it said. */
async function acted(command: string, args: readonly string[]): Promise<{ pid: number; out: string }> {
  const r = run(command.includes('/') ? command : join(folder, command), args, { cwd: folder });
  const { code, stdout, stderr } = await r.ended;
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
  return { pid: r.pid, out: stdout.trim() };
}
const python = '/usr/bin/python3';

const types = ['ProcessAccess', 'ModuleLoad', 'eBPFEvent', 'ProcessTampering'];
const told = (did: { pid: number } | undefined): unknown[] =>
  seen.events
    .filter((e) => types.includes(e.type) && e.process?.pid === did?.pid)
    .map((e) => [e.type, /^TechniqueID=([^,]*)/.exec(String((e.data as { RuleName?: string }).RuleName))?.[1]]);
const modules = existsSync('/proc/modules');
let refused: { pid: number } | undefined;

test('each rule fires by what was done, and not by what comes near to it', async () => {
  writeFileSync(join(folder, 'no-module.ko'), 'no module');

  const debugged = await acted('strace', ['attach']);
  const traced = await acted('access', ['attach']);
  const filtered = await acted(python, loadProgram('SOCKET_FILTER'));
  const hooked = await acted(python, loadProgram('RAW_TRACEPOINT'));
  const kept = await acted('fileless', ['kept', folder, '/bin/true']);
  const fileless = await acted('fileless', ['memfd', folder, '/bin/true']);
  refused = modules ? await acted('modules', ['load', 'no-module.ko', '']) : undefined;
  for (const { out } of [filtered, hooked]) expect(Number(out)).toBeGreaterThan(0);
  await sysmon.stop();

  expect(told(traced)).toEqual([['ProcessAccess', 'T1055.008']]);
  expect(told(hooked)).toEqual([['eBPFEvent', 'T1014']]);
  expect(told(fileless)).toEqual([['ProcessTampering', 'T1620']]);
  expect([debugged, filtered, kept].map(told)).toEqual([[], [], []]);
  expect(seen.losses).toEqual([]);
});

test('a module that is refused', (context) => {
  if (!modules) context.skip('this kernel has no modules, not even to refuse them');
  expect(told(refused)).toEqual([['ModuleLoad', 'T1547.006']]);
});
