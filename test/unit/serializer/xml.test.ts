import { describe, expect, test } from 'vitest';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createXml, xml } from '../../../lib/serializer/index.js';
import { child, dataOf, eventOfPeer, freshEvents, parseXml, peerIds, peerLines, recordedEvents } from './helpers.js';

const events = recordedEvents();
const create = events.find(
  (e) => e.type === 'ProcessCreate' && e.data.CommandLine === 'git init -q repo',
) as SysmonEvent & {
  type: 'ProcessCreate';
};
const withData = (data: Record<string, unknown>): SysmonEvent => ({ ...create, data: { ...create.data, ...data } });

describe('lines of Sysmon for Linux', () => {
  test.each(peerIds)('event %i: the same content gives the same bytes', (id) => {
    const version = eventTable.find((e) => e.id === id)?.version;
    const lines = peerLines(id);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const { event, processId, threadId, userId } = eventOfPeer(line);
      const ours = createXml({ processId, threadId, userId })(event);
      // The schema does not have every event yet; until then it cannot know the version.
      expect(
        version === undefined ? ours.replace(/<Version>\d+/, /<Version>\d+/.exec(line)?.[0] as string) : ours,
      ).toBe(line);
    }
  });

  test.each([1, 4, 5, 16])(
    'event %i: a recorded one has the fields of the peer in its order and nothing else',
    (id) => {
      const names = (line: string): string[] => dataOf(line).map(([n]) => n);
      const ours = events.filter((e) => e.id === id);
      expect(ours.length).toBeGreaterThan(0);
      for (const e of ours) expect(names(xml(e))).toEqual(names(peerLines(id)[0]));
    },
  );

  test('the part before the fields is the peer’s literally, but for what differs by event', () => {
    const mask = (line: string): string =>
      line
        .slice(0, line.indexOf('<EventData>'))
        .replace(/SystemTime="[^"]*"/, 'SystemTime=""')
        .replace(/<EventRecordID>\d+/, '<EventRecordID>')
        .replace(/Execution ProcessID="\d+" ThreadID="\d+"/, 'Execution');
    for (const id of [1, 4, 5, 16]) {
      const ours = events.find((e) => e.id === id) as SysmonEvent;
      expect(mask(createXml({ userId: 0 })(ours))).toBe(mask(peerLines(id)[0]));
    }
  });

  test('the generated writer and the general one write the same', () => {
    const fresh = freshEvents();
    expect(fresh.length).toBe(events.length);
    fresh.forEach((e, i) => expect(xml(e)).toBe(xml(events[i])));
  });

  test('Error has level 2', () => {
    const error = {
      ...events.find((e) => e.id === 4),
      type: 'Error',
      id: 255,
      data: { UtcTime: '2026-11-24 02:36:50.701', ID: 'LOSS', Description: 'a < b' },
    };
    const document = xml(error as SysmonEvent);
    expect(document).toContain('<EventID>255</EventID><Version>3</Version><Level>2</Level><Task>255</Task>');
    expect(dataOf(document)).toEqual([
      ['UtcTime', '2026-11-24 02:36:50.701'],
      ['ID', 'LOSS'],
      ['Description', 'a < b'],
    ]);
  });
});

describe('runs that parsers match', () => {
  const run = (names: readonly string[]): RegExp =>
    new RegExp(names.map((n) => `<Data Name="${n}">[^<]*</Data>`).join(''));
  const runs: [number, string[]][] = [
    [
      1,
      ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'FileVersion', 'Description', 'Product', 'Company'],
    ],
    [
      1,
      [
        ...[
          'CommandLine',
          'CurrentDirectory',
          'User',
          'LogonGuid',
          'LogonId',
          'TerminalSessionId',
          'IntegrityLevel',
          'Hashes',
        ],
        ...['ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine', 'ParentUser'],
      ],
    ],
    [5, ['RuleName', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image']],
  ];
  test.each(runs)('event %i: %j stand side by side', (id, names) => {
    for (const options of [{}, { extended: true, labels: { site: 'a' } }]) {
      const documents = freshEvents()
        .filter((e) => e.id === id)
        .map(createXml(options));
      expect(documents.length).toBeGreaterThan(10);
      for (const d of documents) {
        expect(d).toMatch(run(names));
        expect(d).toMatch(
          /^<Event><System><Provider Name="Linux-Sysmon" Guid="\{ff032593-a8d3-4f13-b0d6-01fc615a0f97\}"\/><EventID>\d/,
        );
        expect(d).toMatch(/<\/Computer><Security UserId="\d+"\/><\/System><EventData>/);
        expect(d).not.toMatch(/\(null\)|>\s+</);
      }
    }
  });

  test('what is appended comes after the last field of Sysmon', () => {
    const names = dataOf(createXml({ extended: true, labels: { site: 'a', rack: 'b' } })(create));
    const at = names.findIndex(([n]) => n === 'ParentUser');
    expect(at).toBe(22);
    expect(names.slice(23).map(([n]) => n)).toEqual(['StrongId', 'Ancestors', 'Labels']);
    expect(names.find(([n]) => n === 'Labels')?.[1]).toBe('site=a,rack=b');
    expect(names.find(([n]) => n === 'Ancestors')?.[1]).toMatch(
      /^\/usr\/bin\/bash\[\d+\] .*\/usr\/lib\/systemd\/systemd\[1\]$/,
    );
  });
});

describe('record ids', () => {
  const printed = (recordId: number): string =>
    child(child(parseXml(xml({ ...create, recordId })), 'System'), 'EventRecordID').text;
  test('start again at 1 after 2^31 - 1', () => {
    expect(printed(1)).toBe('1');
    expect(printed(2 ** 31 - 1)).toBe('2147483647');
    expect(printed(2 ** 31)).toBe('1');
    expect(printed(2 ** 53 - 1)).toBe(String(((2 ** 53 - 2) % (2 ** 31 - 1)) + 1));
  });
});

describe('characters', () => {
  const shown = (value: string): string =>
    dataOf(xml(withData({ CommandLine: value }))).find(([n]) => n === 'CommandLine')?.[1] as string;

  test.each([
    ['a & b < c > d "quoted"', 'a & b < c > d "quoted"'],
    ['line\nfeed\rreturn\ttab', 'line\nfeed\rreturn\ttab'],
    ['\u0000\u0001\u001b[31m\u001f', '\\x00\\x01\\x1b[31m\\x1f'],
    ['\ufffe\uffff', '\\xef\\xbf\\xbe\\xef\\xbf\\xbf'],
    ['\ud800 alone \udfff', '\\xed\\xa0\\x80 alone \\xed\\xbf\\xbf'],
    ['🚀 日本語 grüße', '🚀 日本語 grüße'],
    [']]>', ']]>'],
    ['', '-'],
  ])('%j reaches a parser as %j', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  test('references for white space that a parser would change', () => {
    expect(xml(withData({ CommandLine: '\n\r\t' }))).toContain('<Data Name="CommandLine">&#10;&#13;&#9;</Data>');
  });

  test('a recorded argument with bytes that are no UTF-8', () => {
    const latin = events.find(
      (e) => e.type === 'ProcessCreate' && e.data.CommandLine.includes('caf\\xe9'),
    ) as SysmonEvent;
    expect(dataOf(xml(latin)).find(([n]) => n === 'CommandLine')?.[1]).toBe(
      '/bin/echo caf\\xe9 latin-1 grüße 日本語 🚀',
    );
  });

  test('a host name cannot break the document', () => {
    expect(child(child(parseXml(xml({ ...create, host: '<&>"' })), 'System'), 'Computer').text).toBe('<&>"');
  });
});

describe('long documents', () => {
  const bytes = (d: string): number => Buffer.byteLength(d);
  const length = (d: string, name: string): number => (dataOf(d).find(([n]) => n === name)?.[1] as string).length;

  test('ParentCommandLine gives way first, and only as much as is needed', () => {
    const d = xml(withData({ CommandLine: 'c'.repeat(32768), ParentCommandLine: 'p'.repeat(40000) }));
    expect(bytes(d)).toBeLessThanOrEqual(65535);
    expect(bytes(d)).toBeGreaterThan(65500);
    expect(length(d, 'CommandLine')).toBe(32768);
    expect(length(d, 'ParentCommandLine')).toBeGreaterThan(4096);
    expect(d).toContain('p...</Data>');
  });

  test('then CommandLine; neither below 4,096 characters', () => {
    const d = xml(withData({ CommandLine: 'c'.repeat(100000), ParentCommandLine: 'p'.repeat(100000) }));
    expect(bytes(d)).toBeLessThanOrEqual(65535);
    expect(length(d, 'ParentCommandLine')).toBe(4096 + 3);
    expect(d).toContain('c...</Data>');
    expect(length(d, 'CommandLine')).toBeGreaterThan(50000);
  });

  test('then other fields', () => {
    const d = xml(withData({ CurrentDirectory: '/d'.repeat(50000), CommandLine: 'c'.repeat(5000) }));
    expect(bytes(d)).toBeLessThanOrEqual(65535);
    expect(length(d, 'CommandLine')).toBe(4099);
  });

  test('characters that take several bytes, and pairs, are counted and kept whole', () => {
    const d = xml(withData({ CommandLine: '🚀'.repeat(20000), ParentCommandLine: '日\u0001&'.repeat(20000) }));
    expect(bytes(d)).toBeLessThanOrEqual(65535);
    parseXml(d);
    expect(d).not.toContain('\ufffd');
    expect(d).not.toContain('\\xed'); // no half of a pair
  });

  test('what cannot be shortened enough stays whole', () => {
    const d = createXml({ maxBytes: 16384 })(
      withData({ CommandLine: '\u0001'.repeat(30000), ParentCommandLine: '\u0001'.repeat(30000) }),
    );
    expect(bytes(d)).toBeGreaterThan(16384);
    expect(dataOf(d)).toHaveLength(23);
    expect(length(d, 'CommandLine')).toBe(4096 * 4 + 3);
  });

  test('a document that fits is not touched', () => {
    const d = xml(withData({ CommandLine: 'c'.repeat(60000) }));
    expect(length(d, 'CommandLine')).toBe(60000);
  });
});

describe('options', () => {
  test('ids of the sensor', () => {
    const d = createXml({ processId: 7, threadId: 8, userId: 9 })(create);
    expect(d).toContain('<Execution ProcessID="7" ThreadID="8"/>');
    expect(d).toContain('<Security UserId="9"/>');
    expect(xml(create)).toContain(`<Execution ProcessID="${process.pid}" ThreadID="${process.pid}"/>`);
  });

  test('field sizes', () => {
    const d = createXml({ fieldSizes: { CommandLine: 6, Image: 2, User: 100 } })(create);
    const values = new Map(dataOf(d));
    expect(values.get('CommandLine')).toBe('git...');
    expect(values.get('Image')).toBe('-');
    expect(values.get('User')).toBe(create.data.User);
    expect(create.data.CommandLine).toBe('git init -q repo');
  });

  test('wrong ones are refused', () => {
    expect(() => createXml({ proccessId: 1 } as never)).toThrow(/unknown option 'proccessId'.*processId/);
    expect(() => createXml({ maxBytes: 10 })).toThrow(/maxBytes/);
    expect(() => createXml({ fieldSizes: { Image: 0 } })).toThrow(/fieldSizes: Image/);
    expect(() => createXml({ labels: { a: 1 } as never })).toThrow(/labels: a/);
  });

  test('a loss record is nothing: the Error event beside it says it', () => {
    expect(
      xml({ type: 'Loss', time: '', host: '', stage: 'ring', eventType: 'x', count: 1, since: '', until: '' }),
    ).toBe('');
  });
});
