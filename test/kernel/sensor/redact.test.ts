/**
 * What a sensor is told to leave out, to add and to say of npm: no secret in anything that JavaScript gets, nor in any
 * document; rules see it all the same.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type SysmonEvent, type SysmonEventMap } from '../../../lib/index.js';
import {
  createEcs,
  createJson,
  createOcsf,
  createText,
  createWinlogbeat,
  createXml,
} from '../../../lib/serializer/index.js';
import { record, type Capture } from '../helpers/capture.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

const secrets = ['s3cr3T-f0und', 'ghp_0123456789012345678901234567890123ab'];
/** Command lines with a secret of each kind, told first, and some that only look like one: those of the native test. */
const commandLines = JSON.parse(
  readFileSync(new URL('../../fixtures/command-lines.json', import.meta.url), 'utf8').replaceAll(
    /<(\d+)>/g,
    (_, length: string) => 'a'.repeat(+length),
  ),
) as Record<'secrets' | 'harmless', Record<string, string[]>>;
const labels = { cluster: 'eu-1', node: 'n7' };
const rules = `
rules:
  - event: ProcessCreate
    onmatch: include
    match:
      - { name: gave a password away, CommandLine: { contains: 's3cr3T-f0und' } }
      - { name: of a package, process.npm.package: { is: left-pad } }
      - { name: other, Image: { regex: '.' } }
  - event: FileCreate
    onmatch: include
    match:
      - TargetFilename: { contains: sysmon-kernel }
`;

let folder: string;
let idle: string;
let sysmon: Sysmon;
let seen: Capture;
beforeAll(async () => {
  folder = makeFolder();
  idle = compile('idle.c', join(folder, 'idle'));
  sysmon = new Sysmon({ config: rules, hash: 'none', redact: 'default', labels, environment: 'npm' });
  seen = record(sysmon);
  await sysmon.start();
});
afterAll(async () => {
  await sysmon.stop();
  removeFolder(folder);
});

/** Every document that a program could make of an event. */
const documents = (e: SysmonEvent): string[] => [
  createJson()(e),
  createJson({ process: 'full', include: ['techniques'] })(e),
  createXml({ extended: true })(e),
  createEcs()(e),
  createOcsf()(e),
  createWinlogbeat()(e),
  createText()(e),
];

test('no secret reaches JavaScript, nor a format; rules saw it; arguments fit the command line', async () => {
  const [password, token] = secrets;
  const script = `: > "file-${token}"; exec "$IDLE" --password '${password} and more' --user ann --token=${token}`;
  const { pid, child, ended } = run('/bin/sh', ['-c', `PGPASSWORD=${password} /bin/true; ${script}`], {
    cwd: folder,
    env: { PATH: process.env['PATH'], IDLE: idle, npm_config_user_agent: `npm https://u:${password}@host` },
  });
  const e = await seen.find('ProcessCreate', (x) => x.data.ProcessId === pid && x.data.Image === idle);
  expect(e.data.CommandLine).toBe(`${idle} --password *** --user ann --token=***`);
  expect(e.process.commandLine).toBe(e.data.CommandLine);
  expect(e.process.argv).toEqual([idle, '--password', '***', '--user', 'ann', '--token=***']);
  expect(e.process.env['npm_config_user_agent']).toBe('npm https://u:***@host');
  expect(e.data.RuleName).toBe('gave a password away');
  expect(e.extra.redacted).toEqual(expect.arrayContaining(['CommandLine', 'process.commandLine', 'process.env']));
  const file = await seen.find('FileCreate', (x) => x.data.ProcessId === pid);
  expect(file.data.TargetFilename).toBe(join(folder, 'file-***'));
  expect(file.extra.redacted).toContain('TargetFilename');
  const [child_] = seen.events.filter((x) => x.type === 'ProcessCreate' && x.data.ParentProcessId === pid);
  expect(child_?.extra).toMatchObject({ redacted: expect.arrayContaining(['ParentCommandLine']) as string[] });
  child.kill();
  await ended;
  await seen.find('ProcessTerminate', (x) => x.data.ProcessId === pid).catch(() => undefined);
  expect(seen.events.length).toBeGreaterThan(3);
  for (const x of seen.events)
    for (const document of [...documents(x), JSON.stringify(x), JSON.stringify(sysmon.processes.get(pid) ?? {})])
      for (const secret of secrets) expect(document.includes(secret), `${x.type}: ${document}`).toBe(false);
});

test('no secret of any kind stands in any document; what only looks like one stays in all', async () => {
  const ran = async (argv: readonly string[]): Promise<SysmonEventMap['ProcessCreate']> => {
    const { pid, ended } = run('/bin/true', argv.slice(1), { argv0: argv[0] });
    await ended;
    return await seen.created(pid);
  };
  expect(Object.keys(commandLines.secrets).length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(commandLines.harmless).length).toBeGreaterThanOrEqual(40);
  for (const [kind, [secret, ...argv]] of Object.entries(commandLines.secrets)) {
    const e = await ran(argv);
    for (const document of [...documents(e), JSON.stringify(e)]) expect(document.includes(secret), kind).toBe(false);
    expect(e.extra.redacted, kind).toContain('CommandLine');
    expect(e.process.argv, kind).toHaveLength(argv.length);
  }
  for (const argv of Object.values(commandLines.harmless)) {
    const e = await ran(argv);
    expect(e.data.CommandLine).toBe(argv.join(' '));
    expect(e.extra.redacted ?? []).not.toContain('CommandLine');
    expect(createText()(e)).not.toContain('***');
  }
});

test('what is none stays, and nothing says that anything was redacted', async () => {
  const { pid, child, ended } = run(idle, ['--password-file', '/etc/pw', '--no-password', 'x', '--max-tokens=9']);
  const e = await seen.created(pid);
  expect(e.data.CommandLine).toBe(`${idle} --password-file /etc/pw --no-password x --max-tokens=9`);
  expect(e.extra.redacted ?? []).not.toContain('CommandLine');
  child.kill();
  await ended;
});

test('labels are on every event and in every document', async () => {
  const { pid, ended } = run('/bin/true', []);
  const e = await seen.created(pid);
  await ended;
  for (const x of [...seen.events.slice(0, 3), e]) expect(x.labels).toBe(e.labels);
  expect(e.labels).toEqual(labels);
  expect(Object.isFrozen(e.labels)).toBe(true);
  for (const document of documents(e)) expect(document).toMatch(/eu-1.*n7/s);
  expect(JSON.parse(createEcs({ labels: { node: 'mine' } })(e))).toMatchObject({
    labels: { cluster: 'eu-1', node: 'mine' },
  });
});

test('npm: the package of the nearest that says so, also where it took its variables away', async () => {
  const script = `"$IDLE" own & env -i "$IDLE" without & npm_package_name=inner npm_package_version=2.0.0 /bin/sh -c 'exec "$IDLE" inner' & wait`;
  const { child, ended } = run('/bin/sh', ['-c', script], {
    env: {
      PATH: process.env['PATH'],
      IDLE: idle,
      npm_package_name: 'left-pad',
      npm_package_version: '1.3.0',
      npm_lifecycle_event: 'postinstall',
    },
  });
  const of = async (word: string) =>
    (await seen.find('ProcessCreate', (e) => e.data.CommandLine === `${idle} ${word}`)).process;
  const outer = { package: 'left-pad', version: '1.3.0', event: 'postinstall' };
  const all = [await of('own'), await of('without'), await of('inner')];
  expect(all.map((p) => p.npm)).toEqual([outer, outer, { package: 'inner', version: '2.0.0', event: 'postinstall' }]);
  expect(all[1]?.env).toEqual({});
  const event = await seen.find('ProcessCreate', (e) => e.data.CommandLine === `${idle} own`);
  expect(event.data.RuleName).toBe('of a package');
  for (const p of all) process.kill(p.pid);
  child.kill();
  await ended;
});

test('a pattern that RE2 refuses is refused by start()', async () => {
  writeFileSync(join(folder, 'none'), '');
  const wrong = new Sysmon({ redact: [{ pattern: '(' }] });
  await expect(wrong.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_OPTION' });
});
