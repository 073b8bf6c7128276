import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callByName } from './call-by-name.js';

const fixture = (name: string): string => new URL(`../../fixtures/sysmon-configs/${name}`, import.meta.url).pathname;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sysmon-config-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await callByName('config', args, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: { write: (t) => (out += t) },
    stdoutFd: 1,
    stderr: { write: (t) => (err += t) },
  });
  return { code, out, err };
}

it('dump --sysmon prints what Sysmon prints', async () => {
  const { code, out } = await run(['dump', '--sysmon', fixture('18_named_rules.xml')]);
  expect(code).toBe(0);
  expect(out).toBe(`${readFileSync(fixture('18_named_rules.rules'), 'utf8')}\n`);
});

it('check prints findings with their place', async () => {
  const bad =
    '<Sysmon schemaversion="4.90"><EventFiltering>\n<ProcessCreate onmatch="include"><Imag>x</Imag></ProcessCreate></EventFiltering></Sysmon>';
  expect(await run(['check', '-'], bad)).toEqual({
    code: 3,
    out: '-:2:34: error: ProcessCreate has no field Imag, did you mean Image? [unknown-field]\n',
    err: '',
  });
  const main = fixture('mstic-main.xml');
  const { code, out } = await run(['check', main]);
  expect(code).toBe(0);
  expect(out).toMatch(/\[merged-usr\]\n.*mstic-main\.xml: good, with warnings\. It captures by rules ProcessCreate, /);
  expect((await run(['check', '--strict', main])).code).toBe(3);
  expect(JSON.parse((await run(['check', '--json', main])).out)).toHaveLength(4);
});

it('check says of a good file what it captures', async () => {
  const said = async (rules: string): Promise<string> => {
    const { code, out, err } = await run(['check', '-'], `rules: [${rules}]\n`);
    expect([code, err]).toEqual([0, '']);
    return out;
  };
  expect(await said('')).toBe('-: good. It captures all of ProcessCreate, ProcessTerminate.\n');
  expect(
    await said(
      '{ event: ProcessCreate, onmatch: include, match: [{ Image: a }] }, { event: ProcessTerminate, onmatch: include }, { event: DnsQuery, onmatch: exclude }, { event: PipeEvent, onmatch: exclude, match: [{ Image: a }] }',
    ),
  ).toBe('-: good. It captures by rules ProcessCreate, PipeEvent; all of DnsQuery; nothing of ProcessTerminate.\n');
});

it('convert goes there and back', async () => {
  const yaml = join(dir, 'c.yml');
  expect(await run(['convert', '--output', yaml, fixture('mstic-main.xml')])).toEqual({ code: 0, out: '', err: '' });
  const back = await run(['convert', yaml]);
  expect(back.out).toContain(
    '<Rule name="TechniqueID=T1021.004,TechniqueName=Remote Services: SSH" groupRelation="and">',
  );
  const file = join(dir, 'not.yml');
  writeFileSync(
    file,
    'rules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n      - not: { Image: a }\n',
  );
  expect(await run(['convert', file])).toEqual({
    code: 3,
    out: '',
    err: `sysmon: ${file}:5:9: XML cannot say "not"\n`,
  });
});

it('convert says what it leaves out, and check how much it does not list', async () => {
  const twice = '<HashAlgorithms>MD5</HashAlgorithms>\n<HashAlgorithms>SHA1</HashAlgorithms>';
  expect(await run(['convert', '-'], `<Sysmon schemaversion="4.90">\n${twice}<EventFiltering/></Sysmon>`)).toEqual({
    code: 0,
    out: 'schemaversion: 4.90\noptions:\n  HashAlgorithms: SHA1\nrules: []\n',
    err: "-:3:1: warning: HashAlgorithms stands twice; the last one counts, not 'MD5' in line 2 [option-twice]\n",
  });
  const doubtful = Array.from({ length: 1003 }, (_, i) => `      - process.uid: user${i}\n`).join('');
  const { code, out } = await run(
    ['check', '-'],
    `rules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n${doubtful}`,
  );
  expect(code).toBe(0);
  expect(out.split('\n')).toHaveLength(1003);
  expect(out).toMatch(
    /-:1005:9: warning: 3 more warnings not listed: mend these first \[cut\]\n-: good, with warnings/,
  );
});

it('has exit codes for usage and for files', async () => {
  expect((await run([])).code).toBe(2);
  expect((await run(['--help'])).code).toBe(0);
  expect((await run(['chek'])).err).toContain('unknown command: config chek');
  expect((await run(['check'])).code).toBe(2);
  expect((await run(['check', '--stritc', 'x'])).code).toBe(2);
  expect((await run(['dump', 'a', 'b'])).code).toBe(2);
  expect((await run(['convert', '--to', 'json', 'x'])).err).toContain("--to: 'json' is unknown. Known: xml, yaml.");
  for (const command of ['check', 'convert', 'dump']) {
    const { code, err } = await run([command, join(dir, 'none.xml')]);
    expect([code, err]).toEqual([3, expect.stringMatching(/cannot read the configuration .*none\.xml: ENOENT/)]);
  }
  expect((await run(['check', dir])).err).toMatch(/cannot read the configuration .*sysmon-config-\w+: EISDIR/);
  expect((await run(['convert', '-o', '/dev/full', fixture('mstic-main.xml')])).err).toMatch(
    /^sysmon: cannot write to \/dev\/full: ENOSPC/,
  );
});

it('explain says where each rule is decided', async () => {
  const { code, out } = await run(
    ['explain', '-'],
    "rules:\n  - event: FileCreate\n    onmatch: exclude\n    match:\n      - { TargetFilename: { 'end with': .log }, name: logs }\n      - { User: root }\n",
  );
  expect([code, out]).toEqual([
    0,
    '-:5: FileCreate exclude (logs): kernel\n' +
      '-:6: FileCreate exclude: worker: User is known to the worker only\n' +
      '2 rules: 1 in the kernel, 0 there once a process is known, 1 on the worker. Filters in JavaScript come last.\n',
  ]);
  const { out: json } = await run(['explain', '--json', 'starter']);
  expect(JSON.parse(json)).toEqual(expect.arrayContaining([expect.objectContaining({ where: 'worker' })]));
});
