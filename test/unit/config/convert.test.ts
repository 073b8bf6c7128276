import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  compile,
  ConfigError,
  convert,
  dump,
  parseConfig,
  warningsOf,
  type RuleSet,
} from '../../../lib/config/index.js';
import { generator, random, xml } from './random.js';

const dir = new URL('../../fixtures/sysmon-configs/', import.meta.url);

/** A rule set without places and language. */
function content(ruleSet: RuleSet): unknown {
  return JSON.parse(
    JSON.stringify({ ...ruleSet, format: '' }, (key, value: unknown) => (key === 'at' ? undefined : value)),
  );
}

function roundTrip(source: string | Uint8Array): void {
  const first = parseConfig(source);
  const yaml = convert(first);
  const second = parseConfig(yaml);
  expect(content(second)).toEqual(content(first));
  const back = convert(second);
  expect(back).toBe(convert(first, 'xml'));
  expect(content(parseConfig(back))).toEqual(content(first));
  expect(convert(parseConfig(back))).toBe(yaml);
}

describe('convert', () => {
  it.each(readdirSync(dir).filter((f) => f.endsWith('.xml')))('%s: XML, YAML, XML without loss', (file) =>
    roundTrip(readFileSync(new URL(file, dir))),
  );

  it('loses nothing of random configurations', () => {
    for (let round = 0; round < 2000; round++) {
      const g = generator(random(77_000 + round));
      roundTrip(xml(g.nodes(5), g.pick(['4.0', '4.10', '4.22', '4.90'])));
    }
  }, 60_000);

  it('keeps comments, options, groups of several events, and odd text', () => {
    const source = `<!-- licence
         second line --><Sysmon schemaversion="4.50"><!-- hashes --><HashAlgorithms>SHA1, MD5</HashAlgorithms><FieldSizes>CommandLine:100</FieldSizes>
      <EventFiltering><!-- a group of two --><RuleGroup name=" g&#10;x&quot; ">
        <!-- one --><ProcessCreate onmatch="include"><!-- line --><Image name="">  # a: b - &#13;
 &lt;x&gt; </Image><!-- rule --><Rule name="null"><CommandLine condition="contains any">;;~;true;0x1F;1e3;007;- ;</CommandLine></Rule><Rule/></ProcessCreate>
        <FileCreate default="include"/></RuleGroup><RuleGroup/><DriverLoad onmatch="exclude"/><ModuleLoad onmatch="include"/></EventFiltering></Sysmon>`;
    roundTrip(source);
    const ruleSet = parseConfig(source);
    expect(ruleSet.comment).toBe('licence\nsecond line');
    expect(ruleSet.options.map((o) => [o.name, o.value, o.comment])).toEqual([
      ['HashAlgorithms', 'SHA1, MD5', 'hashes'],
      ['FieldSizes', 'CommandLine:100', undefined],
    ]);
    const [group] = ruleSet.groups;
    expect(group).toMatchObject({ explicit: true, name: ' g\nx" ', comment: 'a group of two' });
    expect(group?.nodes[1]).toMatchObject({ tag: 'FileCreate', onmatch: 'exclude' });
    expect(group?.nodes[0]?.entries[0]).toMatchObject({ value: '  # a: b - \r\n <x> ', name: '', comment: 'line' });
  });

  it('keeps comments wherever they stand', () => {
    const places = `<!--1--><Sysmon schemaversion="4.90"><!--2--><HashAlgorithms><!--3-->MD5<!--4--></HashAlgorithms><!--5--><EventFiltering><!--6-->
      <RuleGroup groupRelation="or"><!--7--><ProcessCreate onmatch="include"><!--8--><Image><!--9-->a<!--10--></Image><!--11--><Rule groupRelation="and">
      <!--12--><Image condition="end with">b</Image><!--13--></Rule><!--14--><Rule><!--15--></Rule><!--16--></ProcessCreate><!--17--><FileCreate onmatch="exclude"><!--18--></FileCreate>
      <!--19--></RuleGroup><!--20--><ProcessTerminate onmatch="include"><!--21--></ProcessTerminate><!--22--><RuleGroup><!--23--></RuleGroup><!--24--></EventFiltering><!--25--></Sysmon><!--26-->`;
    const comments = (text: string): string => [...text.matchAll(/<!--[^]*?-->/g)].join(' ');
    expect(comments(convert(parseConfig(places), 'xml')).match(/\d+/g)).toEqual(
      Array.from({ length: 26 }, (_, i) => String(i + 1)),
    );
    roundTrip(places);
    // Any subset of them, and several at a place.
    const rnd = random(4711);
    for (let round = 0; round < 500; round++) {
      const some = places.replace(
        /<!--(\d+)-->/g,
        (c) =>
          ['', '<!-- -->', c, `${c} ${c}`, `<!-- two\n\n  lines\u2028 # ${c.slice(4, -3)} -->`][
            Math.floor(rnd() * 5)
          ] ?? '',
      );
      roundTrip(some);
    }
  });

  it('a comment may have ends of lines that are none of YAML', () => {
    const rules = (comment: string, flow: string): string =>
      `# top\n${comment}\nrules:\n  ${comment}\n  - event: FileCreate\n    onmatch: include\n    match: [ ${flow} ]\n  ${comment}\n`;
    for (const end of ['\r', '\u2028', '\u2029', '\r \r']) {
      const yaml = convert(parseConfig(rules(`# a${end}b`, `Image: x\n      # c${end}d\n    `)), 'yaml');
      expect(yaml).not.toMatch(/[\r\u2028\u2029]/);
      expect(convert(parseConfig(yaml), 'yaml')).toBe(yaml);
    }
  });

  const windows = (body: string): string =>
    `<Sysmon schemaversion="4.90"><EventFiltering>\n${body}\n</EventFiltering></Sysmon>`;

  it.each([
    '<FileExecutableDetected onmatch="include"><TargetFilename condition="contains" name="n">\\Downloads\\</TargetFilename></FileExecutableDetected>',
    '<RuleGroup name="g" groupRelation="or"><FileBlockExecutable onmatch="exclude"><Rule name="r" groupRelation="and"><Image>a</Image><Hashes condition="contains">b</Hashes></Rule></FileBlockExecutable><ProcessCreate onmatch="include"><Image>/x</Image></ProcessCreate></RuleGroup>',
    '<FileBlockShredding onmatch="include"><!-- why --><IsExecutable>true</IsExecutable></FileBlockShredding>',
  ])('keeps events that only Sysmon for Windows has: %s', (body) => {
    roundTrip(windows(body));
    const elements = (text: string): string[] => text.match(/<\w+|>[^<>\s][^<>]*</g) ?? [];
    const written = convert(parseConfig(convert(parseConfig(windows(body)), 'yaml')), 'xml');
    expect(elements(written)).toEqual(elements(windows(body)));
    // They are kept, and that is all.
    const ruleSet = parseConfig(windows(body));
    const found = checkConfig(windows(body)).map((d) => [d.code, d.severity]);
    expect(found).toEqual([['no-linux-meaning', 'warning']]);
    expect(checkConfig(convert(ruleSet, 'yaml')).map((d) => d.code)).toEqual(['no-linux-meaning']);
    expect(warningsOf(ruleSet)).toEqual([]);
    expect(compile(ruleSet).evaluate({ type: 'FileCreate', data: {} }).verdict).toBe('drop');
    expect(dump(ruleSet)).not.toMatch(/Block|Detected/);
  });

  it('refuses attributes of options, which would be lost', () => {
    const source = '<Sysmon schemaversion="4.90">\n<HashAlgorithms use="all">MD5</HashAlgorithms></Sysmon>';
    expect(() => parseConfig(source)).toThrow('2:17: HashAlgorithms has no attribute use');
  });

  it('tells of what a rule set does not hold', () => {
    const source = `<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n<!DOCTYPE Sysmon>
<Sysmon schemaversion="4.90">
  <!-- first --><HashAlgorithms>MD5</HashAlgorithms>
  <!-- second --><HashAlgorithms>SHA1</HashAlgorithms><EventFiltering/></Sysmon>`;
    const told: string[] = [];
    const yaml = convert(parseConfig(source), 'yaml', (d) => told.push(`${d.line} ${d.code}: ${d.message}`));
    expect(told.sort()).toEqual([
      '2 instruction: the processing instruction <?xml-stylesheet?> is ignored',
      '3 doctype: the document type is ignored',
      "6 option-twice: HashAlgorithms stands twice; the last one counts, not 'MD5' in line 5",
    ]);
    expect(yaml).toContain('# first\n  # second\n  HashAlgorithms: SHA1');
    expect(() => convert(parseConfig(source), 'yaml', 'x' as never)).toThrow(/tell: expected a function/);
  });

  it('tells of comments that XML cannot hold', () => {
    const source = '# a -- b\nrules:\n  # \x01\n  - { event: FileCreate, onmatch: include }\n';
    const told: string[] = [];
    const xml = convert(parseConfig(source), 'xml', (d) => told.push(`${d.line}: ${d.message}`));
    expect(told).toEqual([
      "1: XML cannot hold the comment 'a -- b' as it is: it becomes 'a - - b'",
      "4: XML cannot hold the comment '\\x01' as it is: it becomes '\ufffd'",
    ]);
    expect(parseConfig(xml).groups).toHaveLength(1);
    expect(convert(parseConfig('# a - b\nrules: []'), 'xml', (d) => told.push(d.message))).toContain('<!-- a - b -->');
    expect(told).toHaveLength(2);
  });

  it('keeps every comment of YAML, also those beside something', () => {
    const source = `# 1
schemaversion: 4.90 # 2
# 3
options: # 4
  # 5
  HashAlgorithms: MD5 # 6
  FieldSizes: # 7
    CommandLine: 10 # 8
# 9
rules: # 10
  # 11
  - event: ProcessCreate # 12
    onmatch: include # 13
    # 14
    match: # 15
      # 16
      - Image: /a # 17
      - CommandLine: # 18
          contains any: # 19
            - x # 20
            # 21
            - '# no comment'
        name: n # 22
      - all: # 23
          - User: b # 24
          # 25
        name: "#" # 26
      # 27
  - events: # 28
      - { event: FileCreate, onmatch: include, match: [ # 29
          { Image: "a # b" }, # 30
          # 31
        ] } # 32
      # 33
  # 34
# 35
`;
    const comments = (text: string): number[] =>
      [...text.matchAll(/<!--[^]*?-->/g)].flatMap(([c]) => c.match(/\d+/g) ?? []).map(Number);
    const xml = convert(parseConfig(source), 'xml');
    expect(comments(xml).sort((a, b) => a - b)).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
    expect(xml).toMatch(/<!-- 16\s+17 -->\s*<Image/);
    expect(xml).toMatch(/<!-- 18\s+19\s+20\s+21\s+22 -->\s*<CommandLine/);
    expect(content(parseConfig(convert(parseConfig(xml))))).toEqual(content(parseConfig(xml)));
  });

  it.each([
    ['HashAlgorithms: [[MD5]]', '2:20: HashAlgorithms: a value must be text'],
    ['FieldSizes: { Image: { a: 1 } }', '2:24: FieldSizes: a value must be text'],
    ['HashAlgorithms: [MD5, ]', undefined],
    ['HashAlgorithms: [MD5, null]', '2:25: HashAlgorithms: a value must be text'],
  ])('refuses values of options that would be lost: %s', (option, message) => {
    const read = () => parseConfig(`options:\n  ${option}\nrules: []`);
    if (message === undefined) expect(read().options[0]?.value).toBe('MD5');
    else expect(read).toThrow(message);
  });

  it.each([
    ['not', '- not: { Image: a }', 'XML cannot say "not"', 6, 7],
    ['nesting', '- any: [{ all: [{ Image: a }] }]', 'XML cannot say "all" inside another', 6, 13],
    [
      'a dotted field',
      '- process.container.id: { is not: "-" }',
      'XML cannot say the field process.container.id',
      6,
      7,
    ],
    ['a regular expression', '- Image: { regex: a.*b }', 'XML cannot say the condition "regex"', 6, 7],
    ['a number', '- ProcessId: { lt: 5 }', 'XML cannot say the condition "lt"', 6, 7],
    ['control characters', '- Image: "\\x01"', 'XML cannot say a control character', 6, 7],
  ])('refuses %s, naming the place', (_, entry, message, line, column) => {
    const ruleSet = parseConfig(
      `# a\nrules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n    ${entry}\n`,
    );
    let error: unknown;
    try {
      convert(ruleSet);
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ message: `${line}:${column}: ${message}`, line, column, code: 'ERR_SYSMON_CONFIG' });
    // YAML to YAML is always possible.
    expect(content(parseConfig(convert(ruleSet, 'yaml')))).toEqual(content(ruleSet));
  });
});
