/** The whole life of the service that `sysmon -i` installs, without systemd. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, readlinkSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { version } from '../../../lib/base/version.gen.js';
import { startTicksOf } from '../../../lib/service/running.js';
import { makeFolder, removeFolder } from '../helpers/workspace.js';
import { DropInSystem } from './drop-in-system.js';

const patient = { timeout: 60_000 };
const config = '/opt/sysmon/config.xml';
let folder: string;
let system: DropInSystem;

beforeAll(async () => {
  folder = makeFolder();
  system = await DropInSystem.make(folder);
});
afterAll(async () => {
  await system.end();
  removeFolder(folder);
});

/** Rules for programs of one name, and for no end of any. */
function rules(word: string, more = ''): string {
  const path = join(folder, `${word}.xml`);
  writeFileSync(
    path,
    `<Sysmon schemaversion="4.90">${more}<EventFiltering>
      <RuleGroup name="" groupRelation="or"><ProcessCreate onmatch="include">
        <CommandLine condition="contains">${word}</CommandLine>
      </ProcessCreate></RuleGroup>
      <RuleGroup name="" groupRelation="or"><ProcessTerminate onmatch="include"/></RuleGroup>
    </EventFiltering></Sysmon>`,
  );
  chmodSync(path, 0o644);
  return path;
}

const hashOf = (path: string): string => `SHA256=${createHash('sha256').update(readFileSync(path)).digest('hex')}`;

/** Executes a program whose arguments hold a word, until it stands in the log. */
async function seen(word: string): Promise<void> {
  await expect
    .poll(() => {
      system.run('true', [word]);
      return system.values(1, 'CommandLine').some((line) => line === `true ${word}`);
    }, patient)
    .toBe(true);
}

const nothingThere = (): void => expect(system.run('ls', ['-A', '/opt']).stdout).toBe('');

// Each call is a start of node, which may take long.
test('what cannot be is refused, and nothing is left', { timeout: 300_000 }, () => {
  const good = rules('never');
  const bad = join(folder, 'bad.xml');
  writeFileSync(bad, readFileSync(good, 'utf8').replace('contains', 'containing'));
  expect(system.sysmon('-i', bad)).toMatchObject({
    status: 3,
    stdout: expect.stringContaining('Error: Unknown condition: containing') as string,
  });
  expect(system.sysmon('-i', join(folder, 'none.xml')).status).toBe(3);
  const main = join(import.meta.dirname, '../../../dist/cli/main.js');
  const words = ['--reuid', '65534', '--clear-groups', process.execPath, main, '-i', good];
  expect(system.run('setpriv', words)).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('You need to run Sysmon as root.') as string,
  });
  expect(system.sysmon('-i', good, '-btf', bad)).toMatchObject({
    status: 5,
    stdout: expect.not.stringContaining('started') as string,
  });
  expect(system.sysmon('-u')).toMatchObject({ status: 1, stderr: 'sysmon: Sysmon is not installed.\n' });
  expect(system.sysmon('-c', good)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('not installed') as string,
  });
  expect(system.sysmon('-c', '-nologo')).toMatchObject({ status: 1, stdout: 'Sysmon is not running\n' });
  nothingThere();
  expect(system.lines).toEqual([]);
});

test('-i captures when it returns', async () => {
  const first = rules('first-word', '<HashAlgorithms>SHA1,MD5</HashAlgorithms>');
  expect(system.sysmon('-accepteula', '-i', first)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Configuration file validated.\nSysmon installed.\nSysmon started.\n') as string,
  });
  system.run('true', ['first-word']); // at once
  await expect.poll(() => system.values(1, 'CommandLine'), patient).toContain('true first-word');
  const [changed, started, create] = system.events;
  expect([changed.id, started.id, create.id]).toEqual([16, 4, 1]); // in the peer's order
  expect([changed.recordId, started.recordId, create.recordId]).toEqual([1, 2, 3]);
  expect(Object.fromEntries(changed.fields)).toMatchObject({
    Configuration: first,
    ConfigurationFileHash: hashOf(first),
  });
  expect(Object.fromEntries(started.fields)).toMatchObject({
    State: 'Started',
    Version: version,
    SchemaVersion: '4.90',
  });
  const ours = system.events.find((e) => e.fields.some(([, value]) => value === 'true first-word'));
  expect(new Map(ours?.fields).get('Hashes')).toMatch(/^SHA1=[0-9a-f]{40},MD5=[0-9a-f]{32}$/);
  for (const line of system.lines) expect(line).toMatch(/^<14>\w{3} [ \d]\d \d\d:\d\d:\d\d sysmon: <Event><System>/);
});

test('its process is called sysmon, is of its own session, and holds nothing of who installed it', () => {
  const { pid } = system.status;
  expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('sysmon\n');
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const [, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  expect([Number(session), parent]).toEqual([pid, expect.not.stringMatching(`^${process.pid}$`)]);
  expect(readlinkSync(`/proc/${pid}/cwd`)).toBe('/');
  const [stdin, stdout, stderr] = [0, 1, 2].map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  expect([stdin, stdout, stderr]).toEqual(['/dev/null', '/opt/sysmon/sysmon.log', '/opt/sysmon/sysmon.log']);
  const others = system.run('find', ['/opt/sysmon', '!', '-user', 'root', '-o', '!', '-type', 'l', '-perm', '/022']);
  expect(others.stdout).toBe('');
  expect(system.run('stat', ['-c', '%a', config, '/opt/sysmon/settings.json']).stdout).toBe('600\n600\n');
});

test('a second -i is refused, and the first goes on', async () => {
  const { pid } = system.status;
  expect(system.sysmon('-i')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`already installed in /opt/sysmon, and runs as process ${pid}.`) as string,
  });
  expect(system.run('/opt/sysmon/sysmon', ['-i', config, '-service'])).toMatchObject({ status: 1 });
  system.run('true', ['first-word', 'again']);
  await expect.poll(() => system.values(1, 'CommandLine'), patient).toContain('true first-word again');
});

test('-c puts another configuration in force, and a wrong one does not', async () => {
  const second = rules('second-word');
  // By the command that was installed.
  expect(system.run('/opt/sysmon/sysmon', ['-c', second])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Configuration updated.') as string,
  });
  await expect.poll(() => system.values(16, 'Configuration').at(-1), patient).toBe(second);
  expect(system.values(16, 'ConfigurationFileHash').at(-1)).toBe(hashOf(second));
  system.run('true', ['first-word', 'too-late']);
  await seen('second-word');
  expect(system.values(1, 'CommandLine')).not.toContain('true first-word too-late');

  const before = system.read(config);
  expect(system.sysmon('-c', join(folder, 'bad.xml')).status).toBe(3);
  expect(system.read(config)).toBe(before);
  expect(system.sysmon('-c', '-nologo')).toMatchObject({
    status: 0,
    stdout: `
Rule configuration (version 4.90):
 - ProcessCreate                      onmatch: include   combine rules using 'Or'
	CommandLine                    filter: contains     value: 'second-word'
 - ProcessTerminate                   onmatch: include   combine rules using 'Or'
`,
  });
});

test('SIGHUP reads what lies there', async () => {
  const third = rules('third-word');
  system.run('cp', [third, config]);
  process.kill(system.status.pid, 'SIGHUP');
  await expect.poll(() => system.values(16, 'ConfigurationFileHash').at(-1), patient).toBe(hashOf(third));
  await seen('third-word');
  system.run('sh', ['-c', `echo '<Sysmon' > ${config}`]);
  const changes = system.values(16, 'Configuration').length;
  process.kill(system.status.pid, 'SIGHUP');
  await expect
    .poll(() => system.read('/opt/sysmon/sysmon.log'), patient)
    .toContain('the configuration stays as it was');
  expect(system.values(16, 'Configuration')).toHaveLength(changes);
});

test('-c -- sets the defaults; switches alone are told as they were called', async () => {
  expect(system.sysmon('-c', '--').status).toBe(0);
  await expect.poll(() => system.values(16, 'Configuration').at(-1), patient).toBe('Defaults');
  expect(system.values(16, 'ConfigurationFileHash').at(-1)).toBe('-');
  await seen('any-word');
  await expect.poll(() => system.values(5, 'Image').length, patient).toBeGreaterThan(0);
  expect(system.sysmon('-c', '-nologo').stdout).toBe('\nNo rules installed\n');
  expect(system.sysmon('-c', '-h', 'md5').status).toBe(0);
  await expect.poll(() => system.values(16, 'Configuration').at(-1), patient).toBe('sysmon -c -h md5');
  await seen('other-word');
  expect(system.values(1, 'Hashes').at(-1)).toMatch(/^MD5=[0-9a-f]{32}$/);
});

test('record ids go on after SIGKILL, and none comes twice', async () => {
  const { pid, startTicks } = system.status;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => startTicksOf(pid), patient).not.toBe(startTicks);
  const last = Math.max(...system.events.map((e) => e.recordId));
  expect(system.sysmon('-c', '-nologo').stdout).toBe('Sysmon is not running\n');
  // As the machine's start would have it.
  system.run('setsid', ['-f', '/opt/sysmon/sysmon', '-i', config, '-service'], { stdio: 'ignore' });
  await expect.poll(() => system.status.state, patient).toBe('running');
  await seen('later-word');
  const ids = system.events.map((e) => e.recordId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(ids.some((id) => id > last)).toBe(true);
});

test('sysmonLogView shows the lines', () => {
  const shown = system.run('sh', ['-c', `/opt/sysmon/sysmonLogView -e 4 < ${join(folder, 'log')}`]);
  expect(shown.stdout).toContain('Event SYSMONEVENT_SERVICE_STATE_CHANGE\n\tUtcTime: ');
});

test('-u leaves nothing', async () => {
  const { pid, startTicks } = system.status;
  expect(system.sysmon('-u', '-nologo')).toMatchObject({ status: 0, stdout: 'Sysmon stopped.\nSysmon removed.\n' });
  expect(startTicksOf(pid)).not.toBe(startTicks);
  nothingThere();
  await expect.poll(() => system.values(4, 'State').at(-1), patient).toBe('Stopped');
  expect(system.sysmon('-u', 'force', '-nologo')).toMatchObject({ status: 0 });
  expect(existsSync(`/proc/${pid}`) && readdirSync(`/proc/${pid}/fd`).length > 0).toBe(false);
});
