import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config/index.js';
import { configure, type Configured } from '../../../lib/sensor/configure.js';
import { readConfiguration } from '../../../lib/source/configuration.js';
import { SysmonError } from '../../../lib/base/errors.js';
import type { SysmonOptions } from '../../../lib/sensor/options.gen.js';
import { checkOptions } from '../../../lib/sensor/sensor-options.js';
import { Replay } from '../../../lib/replay/index.js';

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sysmon-configure-'));
  file = join(dir, 'rules.yml');
});
afterAll(() => rmSync(dir, { recursive: true }));

const configured = (options: SysmonOptions): Promise<Configured> => {
  const checked = checkOptions(options);
  return configure(checked, checked.config as NonNullable<typeof checked.config>);
};
const refusal = async (options: SysmonOptions): Promise<SysmonError> => {
  try {
    await configured(options);
  } catch (error) {
    expect(error).toBeInstanceOf(SysmonError);
    return error as SysmonError;
  }
  throw new Error('accepted');
};

const creates = 'rules: [{ event: ProcessCreate, onmatch: exclude }]\n';
const deletes = 'rules: [{ event: FileDelete, onmatch: exclude }]\n';
const withDirectory = (rules: string): string => `options: { ArchiveDirectory: Deleted }\n${rules}`;

describe('a file that was read', () => {
  test('is still that file when its rules come back, and is not read again', async () => {
    writeFileSync(file, creates);
    const { ruleSet } = await readConfiguration(file);
    writeFileSync(file, 'rules: 1\n');
    const { name, hash } = await configured({ config: ruleSet });
    expect(name).toBe(file);
    expect(hash).toBe(`SHA256=${createHash('sha256').update(creates).digest('hex')}`);
    expect(await configured({ config: parseConfig(creates) })).toMatchObject({ name: 'RuleSet', hash: '-' });
  });

  test.each([
    ['to read', 'rules: 1\n'],
    ['to compile', 'rules: [{ event: ProcessCreate, onmatch: include, match: [{ Image: { regex: "(" } }] }]\n'],
    [
      'to fit into the kernel',
      `rules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n${Array.from({ length: 17 }, (_, i) => `      - process.env.V${i}: x\n`).join('')}`,
    ],
  ])('is named where its rules are %s and cannot be', async (_, text) => {
    writeFileSync(file, text);
    const error = await refusal({ config: file });
    expect(error.code).toBe('ERR_SYSMON_CONFIG');
    expect(error.message.startsWith(`${file}:`)).toBe(true);
    expect(error.message.slice(file.length)).toMatch(/^:\d+:\d+: /);
    await expect(refusal({ config: text })).resolves.toMatchObject({ message: error.message.slice(file.length + 1) });
  });

  test('is named by a replay too', async () => {
    writeFileSync(file, 'rules: [{ event: ProcessCreate, onmatch: include, match: [{ Image: { regex: "(" } }] }]\n');
    await expect(new Replay('/dev/null', { config: file }).start()).rejects.toThrow(new RegExp(`^${file}:\\d+:\\d+: `));
  });
});

describe('an archive that nothing would fill is refused', () => {
  test.each<[SysmonOptions, RegExp]>([
    [
      { config: creates, archiveDirectory: '/a' },
      /^option archiveDirectory: .*FileDelete.*the configuration has no rules for it/,
    ],
    [{ config: withDirectory(creates), archiveDirectory: '/a' }, /^option archiveDirectory: .*no rules for it/],
    [{ config: creates, archive: { hold: ['/tmp'] } }, /^option archive\.hold: .*no rules for it/],
    [{ config: withDirectory(creates), archive: { hold: ['/tmp'] } }, /^option archive\.hold: .*no rules for it/],
    [
      { config: withDirectory(deletes), events: ['ProcessCreate'], archive: { hold: ['/tmp'] } },
      /^option archive\.hold: .*not among the events/,
    ],
    [{ config: deletes, archive: { hold: ['/tmp'] } }, /^option archive\.hold: there is no archive/],
  ])('%j', async (options, text) => {
    const error = await refusal(options);
    expect(error.code).toBe('ERR_SYSMON_OPTION');
    expect(error.message).toMatch(text);
  });

  test.each<[SysmonOptions, string]>([
    [{ config: deletes, archiveDirectory: '/a' }, '/a'],
    [{ config: creates, events: ['FileDelete'], archiveDirectory: '/a' }, '/a'],
    [{ config: 'starter', archiveDirectory: '/a', archive: { hold: ['/tmp'] } }, '/a'],
    [{ config: withDirectory(deletes), archive: { hold: ['/tmp'] } }, '/Deleted'],
    // Sysmon's own configurations name a directory whether they use it or not.
    [{ config: withDirectory(creates) }, ''],
    [{ config: withDirectory(deletes), events: ['ProcessCreate'] }, ''],
    [{ config: creates, archive: { maxFileBytes: 1 } }, ''],
  ])('%j is not', async (options, directory) => {
    expect((await configured(options)).settings.archive.directory).toBe(directory);
  });
});
