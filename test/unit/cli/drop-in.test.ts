/** The switches of Sysmon for Linux, and what is said of them, as far as nothing is installed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SysmonError } from '../../../lib/base/errors.js';
import { dropIn } from '../../../lib/cli/drop-in/drop-in.js';
import { deedOf, isSwitch, readSwitches } from '../../../lib/cli/drop-in/switches.js';
import { codeOf } from '../../../lib/cli/exit-code.js';
import { parseXml } from '../../../lib/config/xml-tree.js';
import { manifest } from '../../../lib/schema/manifest.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sysmon-switches-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** What is refused is told as main() tells it. */
async function call(...words: string[]): Promise<Said> {
  const said = { code: 0, stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (said[name] += text) });
  try {
    said.code = await dropIn(words, { stdin: process.stdin, stdout: into('stdout'), stderr: into('stderr') });
  } catch (error) {
    if (!(error instanceof SysmonError)) throw error;
    said.code = codeOf(error);
    said.stderr += error.message;
  }
  return said;
}

function rules(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const around = (inner: string, version = '4.90'): string =>
  `<Sysmon schemaversion="${version}"><EventFiltering>${inner}</EventFiltering></Sysmon>`;

describe('switches', () => {
  test.each([
    [['-i'], { i: undefined }],
    [['-I', 'rules.xml', '-AcceptEULA'], { i: 'rules.xml', accepteula: undefined }],
    [['-accepteula', '-i', 'rules.xml'], { accepteula: undefined, i: 'rules.xml' }],
    [['-c', '--'], { c: undefined, '-': undefined }],
    [['-u', 'force'], { u: 'force' }],
    [['-i', '-h', 'md5,sha256', '-n', '-nologo'], { i: undefined, h: 'md5,sha256', n: undefined, nologo: undefined }],
    [['-ni', 'rules.xml'], { n: undefined, i: 'rules.xml' }],
    [['-i', '/opt/sysmon/config.xml', '-service'], { i: '/opt/sysmon/config.xml', service: undefined }],
    [['-s', 'all'], { s: 'all' }],
    [['-i', '-btf', '/b', '-t', 'verbose'], { i: undefined, btf: '/b', t: 'verbose' }],
  ])('%j', (words, expected) => expect(Object.fromEntries(readSwitches(words))).toEqual(expected));

  test.each([
    [['-q'], 'unknown switch -q.'],
    [['-instal'], 'unknown switch -instal.'],
    [['-servic'], "Did you mean '-service'?"],
    [['-i', 'a', 'b'], "'b' is no switch, and follows none that takes a value."],
    [['-i', '-c'], '-i and -c: give one of them.'],
    [['-ci'], 'unknown switch -ci.'],
    [['-i', '-h'], '-h: a value is missing.'],
    [['-i', ''], '-i: its value is empty, as a variable of a script is that is not set.'],
    [['-n', 'a', '-n', 'b'], '-n: it was given twice.'],
    [['-i', '-a', 'x'], 'Option not implemented on Linux.'],
    [['-i', '-r'], 'Option not implemented on Linux.'],
  ])('%j is refused', (words, text) => expect(() => readSwitches(words)).toThrow(text));

  test.each([
    [['--'], 'sysmon -c --'],
    [['-i', '--'], 'sysmon -c --'],
    [['-u', '-service'], 'belongs to -i'],
    [['-nologo'], 'nothing to do.'],
  ])('%j makes no sense', (words, text) => expect(() => deedOf(readSwitches(words))).toThrow(text));

  test('words of other commands are none', () =>
    expect(['run', '--config', '-i', '-', '--', undefined, '-?'].map(isSwitch)).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
      true,
    ]));
});

describe('a configuration that is wrong is never called validated', () => {
  test.each([
    [
      'condition',
      around('<ProcessCreate onmatch="include"><Image condition="near">a</Image></ProcessCreate>'),
      'Error: Unknown condition: near',
    ],
    ['field', around('<ProcessCreate onmatch="include"><Imge>a</Imge></ProcessCreate>'), 'Incorrect field Imge'],
    ['old version', around('', '3.40'), 'Error: Incorrect or unsupported schema version 3.40'],
    ['no version', around('', 'new'), 'Error: Invalid schema version number (new)'],
    ['cut', around('').slice(0, -4), 'Error: Failed to load xml configuration: '],
    ['empty', '', 'Error: Failed to load xml configuration: '],
    ['other root', '<Other/>', 'Error: Failed to load xml configuration: '],
  ])('%s', async (name, text, words) => {
    const path = rules(`${name}.xml`, text);
    for (const deed of ['-i', '-c']) {
      const { code, stdout, stderr } = await call(deed, path, '-nologo');
      expect(stdout).toContain(words);
      expect(stdout).not.toContain('validated');
      // Where it is, and what was meant.
      expect(stderr).toMatch(/xml:\d+:\d+: error: /);
      expect(code).toBe(3);
    }
  });

  test('a file that is not there', async () => {
    const { code, stdout, stderr } = await call('-i', join(folder, 'none.xml'), '-nologo');
    expect(stdout).toBe(`Error: Failed to open xml configuration: ${folder}/none.xml (No such file or directory)\n`);
    expect([code, stderr]).toEqual([3, expect.stringContaining('cannot read the configuration')]);
  });

  test('switches beside it are checked as well', async () => {
    const { code, stdout, stderr } = await call('-i', rules('good.xml', around('')), '-h', 'sha3', '-nologo');
    expect(stdout).not.toContain('validated');
    expect([code, stderr]).toEqual([3, expect.stringContaining("HashAlgorithms: unknown algorithm 'sha3'")]);
  });
});

test('another version is named beside that of the file', async () => {
  const { stdout } = await call('-c', rules('older.xml', around('', '4.1')), '-nologo');
  expect(stdout).toContain(
    'Loading configuration file with schema version 4.10\nSysmon schema version: 4.90\nConfiguration file validated.\n',
  );
});

test.each([
  [['-u', 'now'], 2, "Invalid option for -u: 'now'."],
  [['-i', '-t', 'loud'], 2, '-t: it takes nothing, or verbose.'],
  [['-i', '-btf', '/none'], 2, '-btf: ENOENT'],
  [['-c', 'x', '--'], 2, 'Cannot use specific settings with enforcing defaults.'],
])('%j', async (words, code, text) =>
  expect(await call(...words)).toMatchObject({ code, stderr: expect.stringContaining(text) as string }),
);

test('-? and -? config', async () => {
  for (const word of ['-?', '-help', '-HELP', '-h'])
    expect(await call(word)).toMatchObject({ code: 0, stdout: expect.stringContaining('-u [force]') as string });
  const { stdout } = await call('-?', 'config');
  expect(stdout).toContain('schema is version: 4.90');
  // What it shows as an example is one.
  const [example] = /<Sysmon[^]*<\/Sysmon>/.exec(stdout) ?? [''];
  expect((await call('-c', rules('example.xml', example), '-nologo')).stdout).toContain('validated');
});

test('-s is a document with every event and its fields in order', async () => {
  const { stdout } = await call('-s');
  const { root } = parseXml(stdout.replaceAll('manifest', 'Sysmon'));
  const events = root.children.find(({ name }) => name === 'events')?.children ?? [];
  expect(events.map((e) => Number(e.attributes.get('value')?.value))).toEqual(manifest.map(({ id }) => id));
  expect(events.map((e) => e.children.map((field) => field.attributes.get('name')?.value))).toEqual(
    manifest.map(({ fields }) => fields.map(({ name }) => name)),
  );
  expect(stdout).toContain('<event name="SYSMONEVENT_CREATE_PROCESS" value="1"');
  for (const version of ['4.9', '4.90', 'all', 'ALL']) expect((await call('-s', version)).stdout).toBe(stdout);
  expect(await call('-s', '3')).toMatchObject({ code: 2, stderr: expect.stringContaining('Known: 4.90') as string });
});
