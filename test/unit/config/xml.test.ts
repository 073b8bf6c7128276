/** What is said about text that is no XML, or XML that says something else than it seems to, and where. */
import { describe, expect, it } from 'vitest';
import { checkConfig, parseConfig } from '../../../lib/config/index.js';

/** A configuration whose lines begin in line 4. */
const create = (...lines: string[]): string =>
  [
    '<Sysmon schemaversion="4.90">',
    '<EventFiltering><RuleGroup groupRelation="or">',
    '<ProcessCreate onmatch="include">',
    ...lines,
    '</ProcessCreate>',
    '</RuleGroup></EventFiltering></Sysmon>',
  ].join('\n');

/** Findings as `line:column message`. */
const said = (source: string | Uint8Array, format?: 'xml'): string[] =>
  checkConfig(source, format ? { format } : {}).map((d) => `${d.line}:${d.column} ${d.message}`);

const good = ['<Image>/usr/bin/a</Image>', '<CommandLine condition="contains any">x;y</CommandLine>'];

describe('text that is no XML', () => {
  it.each([
    [
      'a bare &',
      ['<CommandLine>a &amp;&lt; b & c</CommandLine>', ...good],
      '4:28 a "&" in text must be written "&amp;"',
    ],
    ['several', ['<CommandLine>a && b</CommandLine>', ...good], '4:16 a "&" in text must be written "&amp;"'],
    ['one before ;', ['<CommandLine>a & b; c</CommandLine>', ...good], '4:16 a "&" in text must be written "&amp;"'],
    ['one in an attribute', ['<Image name="a & b">c</Image>', ...good], '4:16 a "&" in text must be written "&amp;"'],
    [
      'an entity of HTML',
      ['<Image>a&nbsp;b</Image>'],
      '4:9 XML does not know &nbsp;, only &amp; &lt; &gt; &quot; &apos; and numbers such as &#233;',
    ],
    ['no character', ['<Image>a&#0;</Image>'], '4:9 &#0; is no character that XML allows'],
    [
      'dashes in a comment',
      ['<!-- one -- two -->'],
      '4:10 a comment cannot contain "--", nor end in "--->": take other signs, such as "=="',
    ],
    [
      'dashes at the end of a comment',
      ['<!-- one', ' two--->'],
      '5:5 a comment cannot contain "--", nor end in "--->": take other signs, such as "=="',
    ],
    ['a comment without end', ['<!-- one', ...good], '4:1 the comment that begins here never ends: "-->" is missing'],
    [
      'CDATA without end',
      ['<Image><![CDATA[a</Image>'],
      '4:8 the CDATA section that begins here never ends: "]]>" is missing',
    ],
    [
      'a wrong closing tag',
      ['<Image>', 'a</image>', ...good],
      '5:2 </image> stands where </Image> is expected: Image was opened in line 4',
    ],
    [
      'a closing tag missing',
      ['<Image>a'],
      '5:1 </ProcessCreate> stands where </Image> is expected: Image was opened in line 4',
    ],
    ['a "<" in text', ['<Image>a < b</Image>'], '4:10 a "<" that begins no element must be written "&lt;"'],
    [
      'a quote missing',
      ['<Image condition="is>a</Image>'],
      '4:1 a "<" in the value of an attribute: the quote at its end is missing, or it must be written "&lt;"',
    ],
    ['no quotes', ['<Image condition=is>a</Image>'], '4:18 the value of an attribute needs quotes: name="value"'],
    ['no value', ['<Image condition>a</Image>'], '4:17 an attribute needs a value: name="value"'],
    ['an attribute twice', ['<Image name="a" name="b">c</Image>'], '4:1 the attribute name stands twice'],
    ['a control character', ['<Image>\u0001</Image>'], '4:8 the character U+0001 cannot stand in XML'],
    [
      'typographic quotes',
      ['<Image condition=“is”>a</Image>'],
      '4:18 the quote “ is none of XML: write name="value" with straight ones',
    ],
    [
      'a "<" that looks like a tag',
      ['<CommandLine>a <b</CommandLine>'],
      '4:16 the tag <b does not end before the next "<": ">" is missing, or the "<" is meant as text, which is written "&lt;"',
    ],
    [
      'a blank inside "/>"',
      ['<Image / >'],
      '4:9 " " cannot stand there in the tag <Image: attributes are written name="value"',
    ],
    ['"]]>" in text', ['<Image>a]]>b</Image>'], '4:9 "]]>" in text must be written "]]&gt;"'],
    ['"<!" alone', ['<!a>'], '4:1 "<!" begins only <!-- comments --> and <![CDATA[ text ]]>'],
    [
      'a closing tag too much',
      ['</Image>'],
      '4:1 </Image> stands where </ProcessCreate> is expected: ProcessCreate was opened in line 3',
    ],
  ])('%s', (_, lines, expected) => {
    expect(said(create(...lines))).toEqual([expected]);
  });

  it('tells of every bare & at once', () => {
    const lines = [
      '<Image>a & b</Image>',
      '<!-- c & d --><Image><![CDATA[ & ]]></Image>',
      '<Image name="&">&x</Image>',
    ];
    const places = checkConfig(create(...lines)).map((d) => `${d.line}:${d.column}`);
    expect(places).toEqual(['4:10', '6:14', '6:17']);
  });

  it('tells of what comes first', () => {
    expect(said(create('<!-- a -- b -->', '<Image>&</Image>'))[0]).toMatch(/^4:8 a comment/);
    expect(said(create('<Image>&</Image>', '<!-- a -- b -->'))[0]).toMatch(/^4:8 a "&"/);
  });

  it.each([
    [
      'an element without end',
      '<Sysmon schemaversion="4.90">\n<EventFiltering>\n',
      '2:1 EventFiltering is never closed: </EventFiltering> is missing',
    ],
    [
      'a tag without end',
      '<Sysmon schemaversion="4.90"\n',
      '1:1 the tag <Sysmon never ends: a quote or ">" is missing',
    ],
    ['text before', 'x\n<Sysmon schemaversion="4.90"/>', '1:1 text outside of the root element'],
    ['text behind', '<Sysmon schemaversion="4.90"/>\n x', '2:2 text outside of the root element'],
    [
      'two roots',
      '<Sysmon schemaversion="4.90"/>\n<a/>',
      '2:1 a second root element: everything stands inside one Sysmon',
    ],
    [
      'a comment alone',
      '<!-- a -->',
      '1:1 the document has no element: a configuration is <Sysmon schemaversion="4.90">…</Sysmon>',
    ],
    [
      'a late declaration',
      '\n<?xml version="1.0"?><Sysmon schemaversion="4.90"/>',
      '2:1 <?xml …?> can only stand at the very beginning of the file',
    ],
  ])('%s', (_, source, expected) => {
    expect(said(source)).toEqual([expected]);
  });

  it.each(['', ' \n', '\ufeff'])('nothing at all: %j', (source) => {
    expect(said(source)).toEqual(['1:1 the configuration is empty']);
    expect(said(Buffer.from(source), 'xml')).toEqual(['1:1 the configuration is empty']);
  });

  it('counts ends of lines of every kind, and characters as editors do', () => {
    const source = create('<User>𐐀</User><Image>a & b</Image>');
    for (const end of ['\n', '\r\n', '\r'])
      expect(said(source.replaceAll('\n', end))).toEqual(['4:25 a "&" in text must be written "&amp;"']);
  });
});

describe('elements in a wrong place', () => {
  it.each([
    [
      'a field in a group',
      '<RuleGroup><Image>a</Image></RuleGroup>',
      'Image stands inside an event, such as <ProcessCreate onmatch="include">',
    ],
    [
      'a Rule in a group',
      '<RuleGroup><Rule/></RuleGroup>',
      'Rule stands inside an event, such as <ProcessCreate onmatch="include">',
    ],
    [
      'an event without EventFiltering',
      '</EventFiltering><NetworkConnect onmatch="include"><Image>a</Image></NetworkConnect><EventFiltering>',
      'an event belongs into EventFiltering; as an option NetworkConnect has no elements inside',
    ],
    [
      'an event in an event',
      '<FileCreate onmatch="include"><FileDelete onmatch="include"><Image>a</Image></FileDelete></FileCreate>',
      'FileDelete cannot stand inside an event: is the closing tag of that event missing?',
    ],
  ])('%s', (_, body, expected) => {
    const source = `<Sysmon schemaversion="4.90"><EventFiltering>${body}</EventFiltering></Sysmon>`;
    expect(
      checkConfig(source)
        .filter((d) => d.severity === 'error')
        .map((d) => d.message),
    ).toEqual([expected]);
  });

  it.each([
    ['html', '<html><body><p></body></html>', '1:1 the root element must be Sysmon, not html'],
    ['text', 'hello', '1:1 a configuration is XML, which begins with "<Sysmon", or YAML with the key rules'],
  ])('a file of another kind: %s', (_, source, expected) => {
    expect(said(source)).toEqual([expected]);
  });
});

describe('conditions of other languages', () => {
  it.each([
    ['startswith', "unknown condition 'startswith', did you mean begin with?"],
    ['Ends-With', "unknown condition 'Ends-With', did you mean end with?"],
    ['==', "unknown condition '==', did you mean is?"],
    ['not contains', "unknown condition 'not contains', did you mean excludes?"],
    ['regex', "only YAML has the condition 'regex', see docs/configuration.md"],
  ])('%s', (condition, expected) => {
    expect(said(create(`<Image condition="${condition}">a</Image>`))).toEqual([`4:8 ${expected}`]);
  });
});

describe('text between elements', () => {
  it('is told of, wherever it stands', () => {
    const source = `<Sysmon schemaversion="4.90">a
      <EventFiltering>b
      <RuleGroup groupRelation="or"><!-- fine --> c
      <ProcessCreate onmatch="include">
        Image end with /nc
        <Rule><Image>/usr/bin/a</Image>;</Rule>
      </ProcessCreate><![CDATA[d]]></RuleGroup></EventFiltering></Sysmon>`;
    expect(said(source)).toEqual([
      "1:30 the text 'a' is no element: Sysmon has only elements inside",
      "2:23 the text 'b' is no element: EventFiltering has only elements inside",
      "3:51 the text 'c' is no element: RuleGroup has only elements inside",
      "5:9 the text 'Image end with /nc' is no element: ProcessCreate has only elements inside",
      "6:40 the text ';' is no element: Rule has only elements inside",
      "7:23 the text 'd' is no element: RuleGroup has only elements inside",
    ]);
    expect(() => parseConfig(source)).toThrow(/^1:30: /);
  });
});

describe('a list where the condition takes one value', () => {
  const warned = (condition: string, value: string, field = 'Image'): string | undefined =>
    checkConfig(create(`<${field} condition="${condition}">${value}</${field}>`)).find((d) => d.code === 'no-list')
      ?.message;

  it('is warned of, with what to write instead', () => {
    expect(warned('begin with', '/tmp/;/var/tmp/')).toBe(
      '"begin with" takes one value, and \'/tmp/;/var/tmp/\' is one with its semicolons: write a line for each',
    );
    expect(warned('is', '/a;/b')).toMatch(/write "is any"$/);
    expect(warned('contains', 'wget;curl', 'CommandLine')).toMatch(/write "contains any" or "contains all"$/);
    expect(warned('is not', 'root;bob', 'User')).toMatch(/write a line for each inside <Rule groupRelation="and">$/);
    expect(warned('image', 'nc;ncat')).toMatch(/"is any" with whole paths$/);
  });

  it('is not seen where there is none', () => {
    expect(warned('contains any', 'a;b')).toBeUndefined();
    expect(warned('contains', ';')).toBeUndefined();
    expect(warned('end with', '/a;')).toBeUndefined();
    expect(warned('contains', 'cd /tmp; sh', 'CommandLine')).toBeUndefined();
  });
});

describe('bytes', () => {
  const text = create('<User>a</User>', '<User>josé “x”</User>');
  const code1252 = Buffer.from(text.replace('“', '\x93').replace('”', '\x94'), 'latin1');
  const declared = (name: string): Buffer =>
    Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${name}"?>`), code1252]);
  const swap = (b: Buffer): Buffer => Buffer.from(b).swap16();

  it('that are not UTF-8 are named with their place and the way out', () => {
    expect(said(code1252)).toEqual([
      '5:10 configuration is not valid utf-8: the byte 0xE9 begins no character; the file may be ISO-8859-1 or Windows-1252: ' +
        'save it as UTF-8, or begin it with <?xml version="1.0" encoding="windows-1252"?>',
    ]);
    // The sign for what is no character may be meant.
    const meant = Buffer.from(create('<User>\ufffd</User>\r\n<User>é', '</User>'));
    expect(said(meant)).toEqual([]);
    const broken = Buffer.concat([meant.subarray(0, meant.indexOf('é') + 1), meant.subarray(meant.indexOf('é') + 2)]);
    expect(said(broken)[0]).toMatch(/^5:7 .*the byte 0xC3 /);
    expect(said(Buffer.from('rules:\n - é', 'latin1'))[0]).toMatch(/^2:4 .*save it as UTF-8$/);
  });

  it('that are not UTF-16 as well', () => {
    for (const [change, name] of [
      [(b: Buffer) => b, 'utf-16le'],
      [swap, 'utf-16be'],
    ] as const) {
      const wrong = change(Buffer.from('\ufeff<a>\n\ufffd\ud800</a>', 'utf16le'));
      expect(said(wrong)[0]).toMatch(new RegExp(`^2:2 configuration is not valid ${name}`));
    }
  });

  it.each(['windows-1252', 'CP1252'])('of %s are read where the declaration says so', (name) => {
    expect(parseConfig(declared(name)).groups[0]?.nodes[0]?.entries[1]).toMatchObject({ value: 'josé “x”' });
  });
});
