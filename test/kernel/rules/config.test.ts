/** A configuration in the running sensor: the worker judges by it, and as the same engine does outside. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import { readField } from '../../../lib/config/rule-fields.js';
import { Sysmon, type ProcessCreateEvent, type SysmonEvent, type SysmonOptions } from '../../../lib/index.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sysmon-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a sensor delivers while `act` runs. */
async function watch(options: SysmonOptions, act: () => void): Promise<{ events: SysmonEvent[]; sysmon: Sysmon }> {
  const sysmon = new Sysmon(options);
  const events: SysmonEvent[] = [];
  sysmon.on('event', (e) => events.push(e));
  await sysmon.start();
  act();
  await sysmon.stop();
  return { events, sysmon };
}

const creates = (events: readonly SysmonEvent[]): ProcessCreateEvent[] =>
  events.filter((e) => e.type === 'ProcessCreate');
const xml = (rules: string, options = ''): string =>
  `<Sysmon schemaversion="4.90">${options}<EventFiltering><RuleGroup name="group" groupRelation="or">${rules}</RuleGroup></EventFiltering></Sysmon>`;

describe('rules', () => {
  test('an include keeps what it names, with name and techniques, and drops the rest before it is hashed', async () => {
    const mark = `needle-${process.pid}`;
    const file = join(folder, 'sysmon.xml');
    const text = xml(
      `<ProcessCreate onmatch="include"><CommandLine condition="contains" name="TechniqueID=T1059.004,TechniqueName=Unix Shell">${mark}</CommandLine></ProcessCreate>
       <ProcessTerminate onmatch="include"/>`,
    );
    writeFileSync(file, text);
    const { events, sysmon } = await watch({ config: file }, () => {
      spawnSync('/bin/echo', [mark]);
      spawnSync('/bin/echo', ['hay']);
    });
    const [kept, ...more] = creates(events);
    expect(more).toEqual([]);
    expect(kept?.data).toMatchObject({
      CommandLine: `/bin/echo ${mark}`,
      RuleName: 'TechniqueID=T1059.004,TechniqueName=Unix Shell',
    });
    expect(kept?.data.Hashes).toMatch(/^SHA256=[0-9a-f]{64}$/);
    expect(kept?.techniques.map((t) => [t.id, t.source])).toEqual([
      ['T1059.004', 'rule'],
      ['T1059', 'event'],
    ]);
    expect(kept?.rules).toContainEqual({
      name: 'TechniqueID=T1059.004,TechniqueName=Unix Shell',
      tags: { TechniqueID: 'T1059.004', TechniqueName: 'Unix Shell' },
    });
    expect(events.some((e) => e.type === 'ProcessTerminate')).toBe(false);
    expect(sysmon.stats().native?.ruledOut).toBeGreaterThanOrEqual(1);
    const change = events.find((e) => e.type === 'ServiceConfigurationChange');
    expect(change?.data).toMatchObject({
      Configuration: file,
      ConfigurationFileHash: `SHA256=${createHash('sha256').update(text).digest('hex')}`,
    });
  });

  test('exclude beats include, and ids of records are not spent on what is dropped', async () => {
    const config = xml(
      `<ProcessCreate onmatch="include"><Image condition="end with">/echo</Image></ProcessCreate>
       <ProcessCreate onmatch="exclude"><CommandLine condition="contains">secret</CommandLine></ProcessCreate>
       <ProcessTerminate onmatch="include"/>`,
    );
    const { events } = await watch({ config, hash: 'none' }, () => {
      for (const word of ['one', 'secret', 'two']) spawnSync('/bin/echo', [word]);
    });
    const own = creates(events).filter((e) => e.process.ppid === process.pid);
    expect(own.map((e) => e.data.CommandLine)).toEqual(['/bin/echo one', '/bin/echo two']);
    expect(events.map((e) => e.recordId)).toEqual(events.map((_, i) => i + 1));
    expect(own[0]?.data.RuleName).toBe('group');
  });

  test('a rule on a hash is judged once the hash is there', async () => {
    const digest = createHash('sha256').update(readFileSync('/bin/echo')).digest('hex');
    const config = xml(
      `<ProcessCreate onmatch="include"><Hashes condition="contains" name="known bad">SHA256=${digest}</Hashes></ProcessCreate><ProcessTerminate onmatch="include"/>`,
      '<HashAlgorithms>SHA1,SHA256</HashAlgorithms>',
    );
    const { events } = await watch({ config, hashTimeoutMs: 10_000 }, () => {
      spawnSync('/bin/echo', ['hashed']);
      spawnSync('/bin/true');
    });
    const own = creates(events).filter((e) => e.process.ppid === process.pid);
    expect(own.map((e) => e.data.CommandLine)).toEqual(['/bin/echo hashed']);
    expect(own[0]?.data).toMatchObject({ RuleName: 'known bad' });
    expect(own[0]?.data.Hashes).toMatch(new RegExp(`^SHA1=[0-9a-f]{40},SHA256=${digest}$`));
  });

  test('the worker sees every field as the event has it', async () => {
    const act = (): void => {
      spawnSync('/bin/sh', ['-c', 'exec /bin/echo "täst  😀" last'], {
        env: { ...process.env, LD_AUDIT: '', SUDO_USER: 'näme "q"' },
        cwd: folder,
      });
    };
    const mine = (e: ProcessCreateEvent): boolean =>
      e.process.argv[0] === '/bin/echo' && e.process.argv.includes('last');
    const first = creates((await watch({ hash: 'none' }, act)).events).find(mine);
    expect(first).toBeDefined();
    const stable = [
      'Image', 'CommandLine', 'CurrentDirectory', 'User', 'LogonId', 'TerminalSessionId', 'IntegrityLevel', 'ParentImage', 'ParentCommandLine', 'ParentUser', 'Company',
      ...['image', 'commandLine', 'argv', 'cwd', 'uid', 'gid', 'euid', 'egid', 'suid', 'user', 'loginUid', 'session', 'logonGuid', 'tty', 'script', 'memfd', 'forked', 'uncertain'].map((f) => `process.${f}`),
      ...['mnt', 'pid', 'net', 'uts', 'ipc', 'cgroup', 'user', 'time'].map((n) => `process.namespaces.${n}`),
      ...['effective', 'permitted', 'gained'].map((c) => `process.capabilities.${c}`),
      'process.cgroup.id', 'process.cgroup.path', 'process.env.SUDO_USER', 'process.env.LD_AUDIT', 'process.env.LD_PRELOAD', 'process.stdio.kind', 'process.stdio.fd',
      'process.parent.image', 'process.parent.uid', 'process.parent.commandLine', 'process.ancestors.image', 'process.ancestors.user', 'process.container.id',
      'extra.hook', 'extra.tier', 'extra.exitCode',
    ]; // prettier-ignore
    // One rule a field; a technique's id as its name, so that the event tells which ones matched.
    const rules = stable.map((field, i) => {
      const value = readField(first as ProcessCreateEvent, field).split('\0')[0];
      return `      - name: T${9000 + i}\n        any: [{ ${JSON.stringify(field)}: { is: ${JSON.stringify(value)} } }]`;
    });
    const config = loadConfig(
      `schemaversion: 4.90\nrules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n${rules.join('\n')}\n`,
      { format: 'yaml' },
    );
    const second = creates((await watch({ config, hash: 'none' }, act)).events).find(mine) as ProcessCreateEvent;
    const outside = compile(config).evaluate(second);
    const onWorker = second.techniques.filter((t) => t.source === 'rule').map((t) => t.id);
    expect(onWorker).toEqual(outside.rules);
    expect(second.data.RuleName).toBe(outside.ruleName);
    // Those that hold are all but the few that are not there at all.
    expect(stable.filter((_, i) => !onWorker.includes(`T${9000 + i}`))).toEqual([]);
  });
});

describe('what is wrong', () => {
  test.each([
    [
      '<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreate onmatch="include"><Imag condition="is">x</Imag></ProcessCreate></EventFiltering></Sysmon>',
      /^1:\d+: .*Imag/,
    ],
    ['/nonexistent/sysmon.xml', /cannot read the configuration \/nonexistent\/sysmon.xml/],
    ['<Sysmon', /^1:\d+: /],
  ])('%s never starts a sensor', async (config, text) => {
    const sysmon = new Sysmon({ config });
    await expect(sysmon.start()).rejects.toMatchObject({
      code: 'ERR_SYSMON_CONFIG',
      message: expect.stringMatching(text) as string,
    });
    expect(sysmon.stats().native).toBeUndefined();
    await sysmon.stop();
  });
});
