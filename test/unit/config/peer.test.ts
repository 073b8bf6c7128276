/** What Sysmon for Linux makes of a configuration, spelling by spelling: its own code says so, not its help. */
import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  compile,
  convert,
  dump,
  loadConfig,
  optionsOf,
  parseConfig,
  type Compatibility,
  type RuleEvent,
} from '../../../lib/config/index.js';

const sysmon = (body: string): string => `<Sysmon schemaversion="4.90">${body}</Sysmon>`;
const create = (lines: string, group = 'groupRelation="or"'): string =>
  sysmon(
    `<EventFiltering><RuleGroup ${group}><ProcessCreate onmatch="include">${lines}</ProcessCreate></RuleGroup></EventFiltering>`,
  );
const exec = (data: Record<string, string>): RuleEvent => ({ type: 'ProcessCreate', id: 1, data });
const judge = (source: string, event: RuleEvent, compatibility: Compatibility = 'exact') =>
  compile(parseConfig(source), { compatibility }).evaluate(event);
const logs = (source: string, event: RuleEvent, compatibility: Compatibility = 'exact'): boolean =>
  judge(source, event, compatibility).verdict === 'log';
/** Findings as `line:column severity code`. */
const find = (source: string, compatibility: Compatibility = 'linux'): string[] =>
  checkConfig(source, { compatibility }).map((d) => `${d.line}:${d.column} ${d.severity} ${d.code}`);

describe('case', () => {
  const contains = create('<CommandLine condition="contains">CAFÉ</CommandLine>');

  it('is folded for A-Z alone in exact mode, for every letter in linux mode', () => {
    expect(logs(contains, exec({ CommandLine: 'un cafÉ' }))).toBe(true);
    expect(logs(contains, exec({ CommandLine: 'un café' }))).toBe(false);
    expect(logs(contains, exec({ CommandLine: 'un café' }), 'linux')).toBe(true);
  });

  it.each(['is', 'begin with', 'end with', 'is any', 'contains any', 'image'])('"%s" folds alike', (condition) => {
    const source = create(`<Image condition="${condition}">É</Image>`);
    expect([logs(source, exec({ Image: 'é' })), logs(source, exec({ Image: 'É' }))]).toEqual([false, true]);
    expect(logs(source, exec({ Image: 'é' }), 'linux')).toBe(true);
  });

  it('is upper for the order of texts in exact mode: _ stands after Z', () => {
    const less = create('<CommandLine condition="less than">ab</CommandLine>');
    const verdicts = (c: Compatibility) => ['a_b', 'A_B', 'aab'].map((v) => logs(less, exec({ CommandLine: v }), c));
    expect(verdicts('exact')).toEqual([false, false, true]);
    expect(verdicts('linux')).toEqual([true, true, true]);
  });

  it('of other letters makes no rule the shadow of another', () => {
    const both = create('<User condition="contains">É</User><User condition="contains">é</User>');
    expect(find(both, 'exact')).toEqual([]);
  });
});

describe('what is there and empty', () => {
  it('a name is none: that of the Rule holds, else that of the RuleGroup', () => {
    const source = create(
      '<Image condition="is" name="">/usr/bin/nc</Image>' +
        '<Rule name="" groupRelation="and"><Image>/usr/bin/curl</Image></Rule>' +
        '<Rule name="R"><Image name="">/usr/bin/wget</Image></Rule>',
      'name="G" groupRelation="or"',
    );
    for (const compatibility of ['exact', 'linux'] as const) {
      const names = ['nc', 'curl', 'wget'].map(
        (p) => judge(source, exec({ Image: `/usr/bin/${p}` }), compatibility).ruleName,
      );
      expect(names).toEqual(['G', 'G', 'R']);
    }
    expect(judge(source, exec({ Image: '/usr/bin/nc' })).rules).toEqual(['G']);
    const yaml = convert(parseConfig(source));
    expect(judge(yaml, exec({ Image: '/usr/bin/nc' })).ruleName).toBe('G');
  });

  it('a condition is "is"', () => {
    const source = create('<Image condition="">/usr/bin/nc</Image>');
    expect(find(source)).toEqual([]);
    expect(logs(source, exec({ Image: '/usr/bin/NC' }))).toBe(true);
    expect(logs(source, exec({ Image: '/usr/bin/nc2' }))).toBe(false);
  });

  it('a groupRelation is not said: "or" for a Rule, what the schema says for a RuleGroup', () => {
    const lines = '<Image>/usr/bin/nc</Image><User>root</User>';
    const rule = create(`<Rule groupRelation="">${lines}</Rule>`);
    const group = create(lines, 'groupRelation=""');
    const event = exec({ Image: '/usr/bin/nc', User: 'bob' });
    expect([find(rule), find(group)]).toEqual([[], []]);
    expect([logs(rule, event), logs(group, event), logs(group.replace('4.90', '4.1'), event)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('values', () => {
  const line = (value: string): string => create(`<CommandLine condition="contains">${value}</CommandLine>`);
  const value = (source: string) => parseConfig(source).groups[0]?.nodes[0]?.entries[0];

  it.each([
    ['blanks around a CDATA section are none', '\n   <![CDATA[a && b]]>\n ', 'a && b'],
    ['blanks around a comment are none', '\n <!-- c --> a<!-- d --> ', ' a'],
    ['blanks in a CDATA section count', '<![CDATA[ a ]]>', ' a '],
    ['blanks around text count', ' a\n', ' a\n'],
    ['a blank written as a reference is one', '&#32;', ' '],
    ['so are blanks around it', ' &#x20; ', '   '],
    ['a blank in a CDATA section is one', '<![CDATA[ ]]>', ' '],
    ['a tab and the end of a line are', '&#9;&#10;&#13;', '\t\n\r'],
    ['blanks alone are nothing', ' \n ', ''],
    ['a no-break space is none of the blanks', '\u00a0', '\u00a0'],
  ])('%s', (_, written, expected) => {
    const source = line(written);
    expect(value(source)).toMatchObject({ value: expected });
    // It survives both languages.
    const yaml = convert(parseConfig(source));
    expect(value(yaml)).toMatchObject({ value: expected });
    expect(value(convert(parseConfig(yaml)))).toMatchObject({ value: expected });
  });

  it('a blank does not hold for every event', () => {
    for (const written of ['&#32;', '<![CDATA[ ]]>']) {
      expect(logs(line(written), exec({ CommandLine: 'ls' }))).toBe(false);
      expect(logs(line(written), exec({ CommandLine: 'ls -l' }))).toBe(true);
      expect(find(line(written))).toEqual([]);
    }
  });

  it('a value in several pieces is refused: which of them count depends on the version of Sysmon', () => {
    for (const written of ['a<!-- c -->b', 'a<![CDATA[&]]>b', '<![CDATA[a]]><![CDATA[b]]>'])
      expect(find(line(written))).toEqual([expect.stringMatching(/^1:\d+ error split-value$/)]);
  });
});

describe('options', () => {
  const option = (name: string, value: string) => sysmon(`<${name}>${value}</${name}><EventFiltering/>`);
  const connect = (image: string): RuleEvent => ({ type: 'NetworkConnect', id: 3, data: { Image: image } });

  it.each([
    ['SHA-256', ['SHA256']],
    ['sha-1,MD-5', ['SHA1', 'MD5']],
    ['all', ['SHA1', 'MD5', 'SHA256']],
    ['*', ['SHA1', 'MD5', 'SHA256']],
    ['imp-hash, SHA256', ['SHA256']],
  ])('HashAlgorithms takes %s', (value, expected) => {
    const source = option('HashAlgorithms', value);
    expect(optionsOf(parseConfig(source)).hashAlgorithms).toEqual(expected);
    expect(find(source)).toEqual(value.includes('imp') ? ['1:30 warning option-without-effect'] : []);
  });

  it('HashAlgorithms says what it knows', () => {
    expect(checkConfig(option('HashAlgorithms', 'SHA-512'))[0]?.message).toBe(
      "HashAlgorithms: unknown algorithm 'SHA-512'; known are SHA1, MD5, SHA256 and *, which is all of them",
    );
  });

  it('FieldSizes may be empty, and refuses a field that no event has', () => {
    for (const value of ['', ' ', 'CommandLine:10,']) expect(find(option('FieldSizes', value))).toEqual([]);
    expect(optionsOf(parseConfig(option('FieldSizes', ''))).fieldSizes).toEqual({});
    expect(checkConfig(option('FieldSizes', 'CommandLine:10,Imge:5'))).toMatchObject([
      {
        severity: 'error',
        code: 'option-value',
        message: 'FieldSizes: no event has a field Imge, did you mean Image?',
      },
    ]);
  });

  it('NetworkConnect and ImageLoad are rules, of elements of their own if there are none', () => {
    const source = option('NetworkConnect', '/usr/bin/nc,/opt/a,,b');
    expect(find(source)).toEqual([]);
    for (const s of [source, convert(parseConfig(source)), convert(parseConfig(source), 'xml')]) {
      expect(parseConfig(s).options).toEqual([]);
      expect(['/usr/bin/NC', '/opt/a,b', '/bin/ls'].map((i) => logs(s, connect(i)))).toEqual([true, true, false]);
    }
    expect(dump(parseConfig(source)).split('\n').slice(1)).toEqual([
      " - NetworkConnect                     onmatch: include   combine rules using 'Or'",
      "\tImage                          filter: image        value: '/usr/bin/nc'",
      "\tImage                          filter: image        value: '/opt/a,b'",
    ]);
    expect(dump(parseConfig(option('ImageLoad', 'a')))).toContain(
      "Image                          filter: image        value: 'a'",
    );
    expect(logs(loadConfigText({ NetworkConnect: 'nc' }), connect('/usr/bin/nc'), 'linux')).toBe(true);
  });

  it('they come first in the first element of the event, and combine as it says', () => {
    const element = (lines: string) => `<NetworkConnect onmatch="include">${lines}</NetworkConnect>`;
    const source = sysmon(
      `<NetworkConnect>/bin/a</NetworkConnect><EventFiltering>${element('<User>root</User>')}` +
        `${element('<Image>/bin/b</Image>')}</EventFiltering>`,
    );
    const by = (image: string, user: string) => logs(source, { ...connect(image), data: { Image: image, User: user } });
    // Without RuleGroup the entries of an element are and-ed.
    expect([by('/bin/a', 'root'), by('/bin/a', 'bob'), by('/bin/c', 'root'), by('/bin/b', 'bob')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('they are refused beside an element that excludes, as Sysmon refuses them', () => {
    const source = sysmon(
      '<NetworkConnect>/bin/a</NetworkConnect>\n<EventFiltering>\n<NetworkConnect onmatch="exclude"/></EventFiltering>',
    );
    expect(find(source)).toContain('1:30 error option-value');
    expect(checkConfig(source)[0]?.message).toContain('line 3');
  });

  it('warn where they name nothing, or a word that is no image', () => {
    expect(find(option('NetworkConnect', ''))).toEqual(['1:30 warning option-without-effect']);
    expect(logs(option('NetworkConnect', ''), connect('/bin/a'))).toBe(false);
    expect(find(option('NetworkConnect', 'true'))).toEqual(['1:30 warning option-value']);
  });
});

function loadConfigText(options: Record<string, string>): string {
  const yaml = `options: ${JSON.stringify(options)}\nrules: []\n`;
  expect(loadConfig(yaml).options).toEqual([]);
  return yaml;
}
