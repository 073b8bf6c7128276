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

it('has exit codes for usage and for files', async () => {
  expect((await run([])).code).toBe(2);
  expect((await run(['--help'])).code).toBe(0);
  expect((await run(['chek'])).err).toContain('unknown command: config chek');
  expect((await run(['check'])).code).toBe(2);
  expect((await run(['check', '--stritc', 'x'])).code).toBe(2);
  expect((await run(['dump', 'a', 'b'])).code).toBe(2);
  expect((await run(['convert', '--to', 'json', 'x'])).err).toContain("--to: 'json' is unknown. Known: xml, yaml.");
  expect(await run(['dump', join(dir, 'none.xml')])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^sysmon: cannot read .*none\.xml: ENOENT/) as string,
  });
  expect((await run(['check', dir])).err).toMatch(/^sysmon: cannot read .*sysmon-config-\w+: EISDIR/);
  expect((await run(['convert', '-o', '/dev/full', fixture('mstic-main.xml')])).err).toMatch(
    /^sysmon: cannot write to \/dev\/full: ENOSPC/,
  );
});
