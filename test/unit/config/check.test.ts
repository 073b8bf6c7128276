import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  ConfigError,
  loadConfig,
  optionsOf,
  parseConfig,
  type CheckOptions,
} from '../../../lib/config/index.js';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/sysmon-configs/${name}`, import.meta.url));

/** Findings as `line:column severity code`. */
const find = (source: string | Uint8Array, options?: CheckOptions): string[] =>
  checkConfig(source, options).map((d) => `${d.line}:${d.column} ${d.severity} ${d.code}`);

const xml = (...lines: string[]): string =>
  ['<Sysmon schemaversion="4.90"><EventFiltering>', ...lines, '</EventFiltering></Sysmon>'].join('\n');
const create = (...lines: string[]): string =>
  xml('<RuleGroup groupRelation="or"><ProcessCreate onmatch="include">', ...lines, '</ProcessCreate></RuleGroup>');
const yaml = (...lines: string[]): string =>
  ['rules:', '  - event: ProcessCreate', '    onmatch: include', '    match:', ...lines.map((l) => `      ${l}`)].join(
    '\n',
  );

describe('errors of XML', () => {
  it.each([
    ['a misspelled field', create('<Imag>x</Imag>'), '3:1 error unknown-field'],
    ['a field of another event', create('<TargetFilename>x</TargetFilename>'), '3:1 error unknown-field'],
    ['a condition that is none', create('  <Image condition="ends with">x</Image>'), '3:10 error unknown-condition'],
    ['a condition of YAML only', create('<Image condition="regex">x</Image>'), '3:8 error unknown-condition'],
    ['onmatch missing', xml('<ProcessCreate/>'), '2:1 error onmatch'],
    ['onmatch and default', xml('<ProcessCreate onmatch="include" default="include"/>'), '2:34 error onmatch'],
    ['onmatch that is neither', xml('<ProcessCreate onmatch="includes"/>'), '2:16 error onmatch'],
    ['an unknown event', xml('<ProcesCreate onmatch="include"/>'), '2:1 error unknown-event'],
    ['an unknown attribute', create('<Image conditon="is">x</Image>'), '3:8 error unknown-attribute'],
    [
      'an unknown option',
      '<Sysmon schemaversion="4.90">\n<HashAlgorithm>MD5</HashAlgorithm></Sysmon>',
      '2:1 error unknown-option',
    ],
    [
      'an event outside EventFiltering',
      '<Sysmon schemaversion="4.90">\n<ProcessCreate/></Sysmon>',
      '2:1 error unknown-option',
    ],
    [
      'an unknown digest',
      '<Sysmon schemaversion="4.90">\n<HashAlgorithms>MD6</HashAlgorithms></Sysmon>',
      '2:1 error option-value',
    ],
    [
      'a size of no field',
      '<Sysmon schemaversion="4.90">\n<FieldSizes>CommandLine:10,Imge:5</FieldSizes></Sysmon>',
      '2:1 error option-value',
    ],
    ['an old schema', '<Sysmon schemaversion="3.40"/>', '1:9 error schema-version'],
    ['no schema', '<Sysmon/>', '1:1 error schema-version'],
    ['another root', '<Config schemaversion="4.90"/>', '1:1 error root'],
    ['a Rule in a Rule', create('<Rule><Rule/></Rule>'), '3:7 error nested-rule'],
    ['an element in a value', create('<Image>x<b/></Image>'), '3:9 error unknown-element'],
    ['a long name', create(`<Image name="${'n'.repeat(256)}">x</Image>`), '3:8 error name-too-long'],
    [
      'a series whose events do not have all fields',
      xml('<RegistryEvent onmatch="include"><Details>a</Details><NewName>b</NewName></RegistryEvent>'),
      '2:1 error unknown-field',
    ],
  ])('%s', (_, source, expected) => {
    expect(find(source)).toContain(expected);
    expect(() => parseConfig(source)).toThrow(ConfigError);
  });

  it.each([
    ['text that ends too early', create('<Image>'), 4],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]>\n<Sysmon schemaversion="4.90"/>', 1],
    ['an unknown entity', create('<Image>&nope;</Image>'), 3],
    ['two roots', '<Sysmon schemaversion="4.90"/>\n<Sysmon/>', 2],
    ['nothing', '   ', 1],
    ['elements without end', '<a>'.repeat(40), 1],
  ])('%s is not accepted', (_, source, line) => {
    const [first] = checkConfig(source, { format: 'xml' });
    expect(first).toMatchObject({ severity: 'error', line });
    expect(() => parseConfig(source, { format: 'xml' })).toThrow(ConfigError);
  });

  it('reports all errors at once', () => {
    expect(
      find(create('<Imag>x</Imag>', '<Image condition="x">y</Image>', '<Usr>z</Usr>')).filter((f) =>
        f.includes('error'),
      ),
    ).toHaveLength(3);
  });
});

describe('errors of YAML', () => {
  it.each([
    ['an unknown key', 'rules: []\nrule: []', '2:1 error unknown-key'],
    [
      'an unknown key of an item',
      'rules:\n  - event: ProcessCreate\n    onmatch: include\n    matches: []',
      '4:5 error unknown-key',
    ],
    ['a misspelled field', yaml('- Imag: x'), '5:9 error unknown-field'],
    ['an unknown dotted field', yaml('- process.containr.id: x'), '5:9 error unknown-field'],
    ['an unknown condition', yaml('- Image: { ends with: x }'), '5:18 error unknown-condition'],
    ['two fields in one item', yaml('- Image: x', '  User: y'), '5:9 error yaml'],
    ['a field without value', yaml('- Image:'), '5:15 error yaml'],
    ['two conditions', yaml('- Image: { is: x, contains: y }'), '5:16 error yaml'],
    ['a list for one value', yaml('- Image: { is: [x, y] }'), '5:22 error yaml'],
    ['a semicolon in a list', yaml('- Image: { is any: [x, "y;z"] }'), '5:30 error value'],
    ['no network', yaml('- process.remote.address: { cidr: 10.0.0.0/33 }'), '5:9 error value'],
    ['no number', yaml('- ProcessId: { lt: five }'), '5:9 error value'],
    ['a bad regular expression', yaml('- Image: { regex: "(" }'), '5:9 error value'],
    ['onmatch missing', 'rules:\n  - event: ProcessCreate', '2:5 error onmatch'],
    ['a key twice', 'rules: []\nrules: []', '2:1 error yaml'],
    ['an alias', 'options: &a {}\nrules: *a', '2:8 error yaml'],
    ['bad indentation', 'rules:\n  - event: a\n   onmatch: b', '3:1 error yaml'],
    ['a second document, which would be left out', 'rules: []\n---\nrules: []', '2:1 error yaml'],
    ['nothing', '# only a comment\n', '1:1 error yaml'],
    ['a text', 'hello', '1:1 error yaml'],
    ['brackets without end', '['.repeat(5000), '1:1 error config'],
  ])('%s', (_, source, expected) => {
    expect(find(source, { format: 'yaml' })).toContain(expected);
    expect(() => {
      const ruleSet = parseConfig(source, { format: 'yaml' });
      if (source.includes('regex'))
        throw new ConfigError('only the engine knows', { line: 1, column: 1 }, [], { cause: ruleSet });
    }).toThrow(ConfigError);
  });
});

describe('warnings', () => {
  const exclude =
    '<RuleGroup groupRelation="or"><ProcessCreate onmatch="exclude"><Image>/a</Image></ProcessCreate></RuleGroup>';
  it.each([
    ['two exclude elements', xml(exclude, exclude.replace('/a', '/b')), '3:31 warning exclude-only'],
    ['a Windows path', create('<Image>C:\\Windows\\x.exe</Image>'), '3:1 warning windows-path'],
    [
      'a variable of Windows',
      create('<CommandLine condition="contains">%APPDATA%</CommandLine>'),
      '3:1 warning windows-path',
    ],
    ['an event without meaning', xml('<RegistryEvent onmatch="include"/>'), '2:1 warning no-linux-meaning'],
    ['an event of Windows only', xml('<FileBlockExecutable onmatch="include"/>'), '2:1 warning no-linux-meaning'],
    ['excludes any', create('<Image condition="excludes any">a;b</Image>'), '3:1 warning excludes-any'],
    ['excludes all', create('<Image condition="excludes all">a;b</Image>'), '3:1 warning excludes-all'],
    ['an empty token', create('<Image condition="contains any">a;</Image>'), '3:1 warning empty-token'],
    ['blanks around tokens', create('<Image condition="is any">a; b</Image>'), '3:1 warning blanks'],
    ['an empty value', create('<Image condition="contains"></Image>'), '3:1 warning empty-value'],
    ['a blank value', create('<Image condition="contains"> </Image>'), '3:1 warning blank-value'],
    ['a field with one value', create('<Company>x</Company>'), '3:1 warning constant-field'],
    ['RuleName', create('<RuleName>x</RuleName>'), '3:1 warning rule-name'],
    ['an odd groupRelation', xml('<RuleGroup groupRelation="xor"/>'), '2:12 warning group-relation'],
    [
      'an option without effect',
      '<Sysmon schemaversion="4.90">\n<DnsLookup>False</DnsLookup></Sysmon>',
      '2:1 warning option-without-effect',
    ],
    [
      'an option twice',
      '<Sysmon schemaversion="4.90">\n<HashAlgorithms>MD5</HashAlgorithms>\n<HashAlgorithms>SHA1</HashAlgorithms></Sysmon>',
      '3:1 warning option-twice',
    ],
    [
      'IMPHASH',
      '<Sysmon schemaversion="4.90">\n<HashAlgorithms>*,IMPHASH</HashAlgorithms></Sysmon>',
      '2:1 warning option-without-effect',
    ],
    [
      'a port by name',
      xml('<NetworkConnect onmatch="include">', '<DestinationPort>https</DestinationPort></NetworkConnect>'),
      '3:1 warning number-value',
    ],
    ['/bin', create('<Image>/bin/dd</Image>'), '3:1 warning merged-usr'],
    ['an empty Rule', create('<Rule/>'), '3:1 warning empty-rule'],
    ['a document type', `<!DOCTYPE Sysmon>\n${create()}`, '1:17 warning doctype'],
    ['the same again', create('<Image>/a</Image>', '<Image>/A</Image>'), '4:1 warning shadowed'],
    [
      'a special case of an earlier line',
      create('<Image condition="end with">sh</Image>', '<Image condition="is any">/opt/bash;/opt/zsh</Image>'),
      '4:1 warning shadowed',
    ],
    [
      'an include that an exclude forestalls',
      xml(
        exclude,
        '<RuleGroup groupRelation="or"><ProcessCreate onmatch="include"><Image>/a</Image><Image>/b</Image></ProcessCreate></RuleGroup>',
      ),
      '3:64 warning shadowed',
    ],
  ])('%s', (_, source, expected) => {
    expect(find(source)).toContain(expected);
    expect(find(source, { strict: true })).toContain(expected.replace('warning', 'error'));
    expect(() => parseConfig(source)).not.toThrow();
  });

  it('knows what only exact mode gets wrong', () => {
    const source = create('<Image condition="image">bash</Image>', '<ProcessId condition="more than">80</ProcessId>');
    expect(find(source)).toEqual([]);
    expect(find(source, { compatibility: 'exact' })).toEqual(['3:1 warning image-bare-name', '4:1 warning text-order']);
  });

  it('does not call rules shadowed that are not', () => {
    expect(find(create('<Rule groupRelation="and"/>', '<Image>/a</Image>'))).toEqual(['3:1 warning empty-rule']);
    const inner = yaml('- any: [{ all: [] }, { Image: /a }]', '- User: b');
    expect(find(inner).filter((f) => f.includes('shadowed'))).toEqual([]);
    expect(
      find(
        create(
          '<Image condition="end with">bash</Image>',
          '<Image condition="begin with">/opt/bash</Image>',
          '<Rule groupRelation="and"><Image condition="contains">/x/</Image><User>root</User></Rule>',
          '<Image condition="contains">/x/</Image>',
          '<CommandLine condition="contains all">a;b</CommandLine>',
          '<CommandLine condition="contains any">a;b</CommandLine>',
        ),
      ),
    ).toEqual([]);
  });

  it('finds what is wrong in the published configurations', () => {
    expect(find(fixture('mstic-collect-all.xml'))).toEqual([]);
    expect(find(fixture('mstic-main.xml'))).toEqual([
      '33:11 warning merged-usr',
      '50:11 warning merged-usr',
      '78:9 warning shadowed',
      '79:11 warning merged-usr',
    ]);
  });
});

describe('encodings and sources', () => {
  const text =
    '<?xml version="1.0"?>\n<Sysmon schemaversion="4.90"><EventFiltering><FileCreate onmatch="include"><User>josé</User></FileCreate></EventFiltering></Sysmon>';
  const swap = (b: Buffer): Buffer => Buffer.from(b).swap16();
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with mark', swap(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['UTF-16LE without', Buffer.from(text, 'utf16le')],
    ['ISO-8859-1', Buffer.from(text.replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1')],
  ])('%s', (_, bytes) => {
    expect(parseConfig(bytes).groups[0]?.nodes[0]?.entries[0]).toMatchObject({ value: 'josé' });
  });

  it('refuses other bytes', () => {
    expect(() => parseConfig(Buffer.from(text, 'latin1'))).toThrow(/not valid utf-8/);
    expect(() => parseConfig(Buffer.from(text.replace('?>', ' encoding="Shift_JIS"?>')))).toThrow(
      /encoding Shift_JIS is not supported/,
    );
  });

  it('loads a path, text, bytes, or a rule set', () => {
    const path = new URL('../../fixtures/sysmon-configs/08_hash_sha256.xml', import.meta.url).pathname;
    const ruleSet = loadConfig(path);
    expect(optionsOf(ruleSet)).toEqual({ hashAlgorithms: ['SHA256'] });
    expect(loadConfig(ruleSet)).toBe(ruleSet);
    expect(loadConfig(text).groups).toHaveLength(1);
    expect(
      loadConfig('options: { HashAlgorithms: [sha1, MD5], FieldSizes: { CommandLine: 10 } }\nrules: []'),
    ).toMatchObject({
      format: 'yaml',
      options: [{ value: 'sha1,MD5' }, { value: 'CommandLine:10' }],
    });
  });
});
