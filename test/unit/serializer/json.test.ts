import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SysmonError } from '../../../lib/base/errors.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import {
  createJson,
  createText,
  createXml,
  ecs,
  json,
  ocsf,
  parseFieldSizes,
  text,
  visible,
  winlogbeat,
  xml,
  type JsonOptions,
} from '../../../lib/serializer/index.js';
import { dataOf, freshEvents, parseXml, recordedEvents, recordedLines } from './helpers.js';

const fresh = freshEvents();
const create = fresh.find((e) => e.type === 'ProcessCreate') as SysmonEvent & { type: 'ProcessCreate' };
const terminate = fresh.find((e) => e.type === 'ProcessTerminate') as SysmonEvent & { type: 'ProcessTerminate' };
const withData = (data: Record<string, unknown>): SysmonEvent => ({ ...create, data: { ...create.data, ...data } });
/** Every string that JavaScript can hold, and strings full of what formats find hard. */
const strings = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\\',
      '<',
      '>',
      '&',
      '\u0000',
      '\u001b',
      '\n',
      '\u2028',
      '\ud83d',
      '\ude80',
      '\ufffe',
      ']]>',
      '\\x1b',
      "'",
      'é',
    ),
  }),
);
const fields = fc.record(
  Object.fromEntries(
    Object.entries(create.data).map(([n, v]) => [n, typeof v === 'number' ? fc.nat(0xffffffff) : strings]),
  ),
);

describe('json', () => {
  test('one line with the keys of the contract, in order', () => {
    for (const e of fresh) {
      const line = json(e);
      expect(line).not.toContain('\n');
      const keys = ['type', 'id', 'recordId', 'time', 'host', 'data', 'process', 'extra', 'techniques'];
      expect(Object.keys(JSON.parse(line) as object)).toEqual(e.process ? keys : keys.filter((k) => k !== 'process'));
    }
  });

  test('the generated writer writes what a sensor recorded, byte for byte', () => {
    const full = createJson({ process: 'full' });
    expect(fresh.map(full)).toEqual(recordedLines);
    // Once more, now that everything is in the caches.
    expect(fresh.map(full)).toEqual(recordedLines);
  });

  test('so does the general one, for events read from a file', () => {
    expect(recordedEvents().map(createJson({ process: 'full' }))).toEqual(recordedLines);
  });

  test('its pieces are the document', () => {
    const loss = {
      type: 'Loss',
      time: 't',
      host: 'h',
      stage: 'ring',
      eventType: 'x',
      count: 3,
      since: 'a',
      until: 'b',
    } as const;
    const odd = [
      withData({ RuleName: 'r"', UtcTime: '\ud800', User: 'other', Hashes: 'SHA1=00', ParentUser: '\n' }),
      { ...create, process: undefined },
    ];
    const forms: JsonOptions[] = [
      { process: 'full', include: ['techniques'], ancestors: 1 },
      { exclude: ['process', 'extra', 'techniques', 'rules'] },
    ];
    for (const options of [{}, ...forms, { labels: { site: 'a"b' } }, { fieldSizes: { CommandLine: 5 } }]) {
      const serialize = createJson(options);
      for (const e of [...fresh, ...recordedEvents(), ...fresh, ...(odd as SysmonEvent[]), create, loss]) {
        const pieces: string[] = [];
        serialize.pieces?.(e, (piece) => void pieces.push(piece));
        expect(pieces.length).toBeGreaterThan(0);
        expect(pieces.join('')).toBe(serialize(e));
      }
    }
  });

  test('the parent is cut to ancestors, nearest first', () => {
    const { process } = JSON.parse(json(create)) as { process: Record<string, unknown> };
    expect(process).not.toHaveProperty('parent');
    const ancestors = process['ancestors'] as Record<string, unknown>[];
    expect(ancestors.map((a) => a['pid'])).toEqual([...create.process.ancestors()].map((a) => a.pid));
    expect(ancestors[0]).toEqual({
      pid: create.process.parent?.pid,
      strongId: create.process.parent?.strongId.slice(36),
      image: create.process.parent?.image,
      commandLine: create.process.parent?.commandLine,
    });
    expect(ancestors.at(-1)?.['pid']).toBe(1);
  });

  test('every field alone, as a filter may have changed it, and then the event as it was', () => {
    const before = json(create);
    for (const name of Object.keys(create.data)) {
      for (const value of ['-', 'other "text"', '', 7]) {
        const e = withData({ [name]: value });
        expect(JSON.parse(json(e))).toEqual({ ...(JSON.parse(before) as object), data: e.data });
        expect(json(create)).toBe(before);
      }
    }
  });

  test('what a filter changed in data is written as changed', () => {
    const e = withData({ CommandLine: 'gone', ParentImage: 'gone too', ProcessGuid: '{"}', ProcessId: 7 });
    expect(JSON.parse(json(e))).toMatchObject({
      data: { CommandLine: 'gone', ParentImage: 'gone too', ProcessGuid: '{"}', ProcessId: 7 },
    });
  });

  test('techniques, extra and labels', () => {
    const e = {
      ...create,
      extra: { hook: 'x', tier: 'core', raw: { Image: 'YQ==' } },
      techniques: [{ id: 'T1059', name: 'n', tactics: ['t'], source: 'rule' }],
    } as SysmonEvent;
    const line = createJson({ labels: { site: 'a"b' } })(e);
    expect(JSON.parse(line)).toMatchObject({ extra: e.extra, techniques: e.techniques, labels: { site: 'a"b' } });
    // What is not frozen may change between two events.
    (e.techniques as unknown[]).push({ id: 'T2' });
    expect((JSON.parse(json(e)) as SysmonEvent).techniques).toHaveLength(2);
  });

  test('rules, in every format that has a place for them', () => {
    const rules = [
      { name: 'technique_id=T1105', tags: { technique_id: 'T1105' } },
      { name: 'Downloads', tags: {} },
    ];
    const e = { ...create, rules } as SysmonEvent;
    const keys = Object.keys(JSON.parse(json(e)) as object);
    expect(keys.slice(-2)).toEqual(['techniques', 'rules']);
    expect(JSON.parse(json(e))).toMatchObject({ rules });
    rules.pop(); // not frozen
    expect((JSON.parse(json(e)) as SysmonEvent).rules).toHaveLength(1);
    expect(JSON.parse(json(create))).not.toHaveProperty('rules');
    const names = ['technique_id=T1105'];
    expect(JSON.parse(ecs(e))).toHaveProperty('sysmon.rules', names);
    expect(JSON.parse(winlogbeat(e))).toHaveProperty('sysmon.rules', names);
    expect(JSON.parse(ocsf(e))).toHaveProperty('unmapped.rules', names);
    expect(createXml({ extended: true })(e)).toContain('<Data Name="Rules">technique_id=T1105</Data>');
    expect(createXml()(e)).toBe(createXml()(create));
  });

  test('loss records', () => {
    const loss = {
      type: 'Loss',
      time: 't',
      host: 'h',
      stage: 'ring',
      eventType: 'ProcessCreate',
      count: 3,
      since: 'a',
      until: 'b',
    } as const;
    expect(json(loss)).toBe(JSON.stringify(loss));
    expect(createJson({ labels: { a: 'b' } })(loss)).toBe(JSON.stringify({ ...loss, labels: { a: 'b' } }));
  });

  test('numbers that JSON has not become null, as JSON.stringify does it', () => {
    expect(JSON.parse(json(withData({ ProcessId: NaN, ParentProcessId: 1.5 })))).toMatchObject({
      data: { ProcessId: null, ParentProcessId: 1.5 },
    });
  });
});

describe('any text in any field', () => {
  test('comes back from json', () => {
    fc.assert(
      fc.property(fields, strings, (data, host) => {
        const e = { ...withData(data), host } as SysmonEvent;
        const back = JSON.parse(Buffer.from(json(e)).toString('utf8')) as SysmonEvent;
        expect(back.data).toEqual(e.data);
        expect(back.host).toBe(host);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves xml well-formed, with every field there and nothing dropped', () => {
    fc.assert(
      fc.property(fields, strings, (data, host) => {
        const document = xml({ ...withData(data), host });
        expect(document).not.toMatch(/[\n\r]/);
        const seen = dataOf(document);
        expect(seen.map(([n]) => n)).toEqual(Object.keys(data));
        for (const [name, value] of seen) {
          const sent = String(data[name]);
          // A text that XML can carry arrives as it is; else it is longer, never shorter.
          // eslint-disable-next-line no-control-regex
          if (/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]*$/u.test(sent))
            expect(value).toBe(sent === '' ? '-' : sent);
          else expect(value.length).toBeGreaterThan(sent.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('leaves a text line one line without a control character', () => {
    fc.assert(
      fc.property(fields, strings, (data, host) => {
        const line = text({ ...withData(data), host });
        // eslint-disable-next-line no-control-regex
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
        parseXml(xml({ ...create, host: line }));
      }),
      { numRuns: 200 },
    );
  });
});

describe('text', () => {
  test('time, name, pid, user, image, command line, parent', () => {
    const e = withData({
      CommandLine: 'ls -l',
      ParentImage: '/bin/sh',
      ParentProcessId: 77,
      Image: '/bin/ls',
      User: 'ann',
    });
    expect(text(e)).toBe(
      `${e.time.slice(11, 23)} ProcessCreate       ${String(create.process.pid).padStart(7)} ann /bin/ls  ls -l  ← /bin/sh[77]`,
    );
  });

  test.each([
    [{ exitCode: 0 }, 'exit 0'],
    [{ exitCode: 3 }, 'exit 3'],
    [{ signal: 9 }, 'killed by SIGKILL'],
    [{ signal: 11, coreDump: true }, 'killed by SIGSEGV, core dumped'],
    [{ signal: 64 }, 'killed by signal 64'],
    [{}, 'exit unknown'],
  ])('a process that ended with %j: %s', (extra, expected) => {
    const line = text({ ...terminate, extra: { hook: 'x', tier: 'core', ...extra } } as SysmonEvent);
    expect(line.endsWith(`  ${expected}`)).toBe(true);
  });

  test('events that it does not know show all their fields', () => {
    const e = {
      ...create,
      type: 'OfLaterVersion',
      id: 999,
      data: { RuleName: 'r1', UtcTime: 'x', User: 'ann', Image: '/bin/rm', TargetFilename: '/tmp/a b', Hashes: '-' },
    };
    expect(text(e as unknown as SysmonEvent)).toMatch(
      /OfLaterVersion .* ann \/bin\/rm {2}TargetFilename=\/tmp\/a b {4}rule r1$/,
    );
  });

  test('colours only when asked, and never more than what they colour', () => {
    const coloured = createText({ colour: true })(create);
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(text(create));
    expect(coloured).toContain('\x1b[32mProcessCreate');
    expect(text(create)).not.toContain('\x1b');
  });

  test('a width is kept', () => {
    for (const e of fresh) {
      const line = createText({ width: 60 })(e);
      expect(line.length).toBeLessThanOrEqual(60);
      if (text(e).length > 60) expect(line.endsWith('…')).toBe(true);
      else expect(line).toBe(text(e));
    }
  });

  test('a loss', () => {
    const line = text({
      type: 'Loss',
      time: '2026-11-24T01:02:03.456789Z',
      host: 'h',
      stage: 'ring',
      eventType: 'ProcessCreate',
      count: 3,
      since: '',
      until: '',
    });
    expect(line).toBe('01:02:03.456 Loss                3 ProcessCreate lost, stage ring');
  });

  test('characters that a terminal acts upon', () => {
    expect(visible('a\u001b[2J\n\u0007\u009b\u202e')).toBe('a\\e[2J\\n\\x07\\x9b\\u202e');
    expect(visible('grüße 日本語 🚀')).toBe('grüße 日本語 🚀');
  });

  test('wrong options', () => {
    expect(() => createText({ width: 3 })).toThrow(/width/);
    expect(() => createText({ color: true } as never)).toThrow(/unknown option 'color'.*colour/);
  });
});

describe('field sizes', () => {
  test('as a configuration has them', () => {
    expect(parseFieldSizes('CommandLine:100,Image:20')).toEqual({ CommandLine: 100, Image: 20 });
    for (const bad of ['', 'Image', 'Image:0', 'Image:-1', 'Image: 5', 'Image:5,', 'a b:3'])
      expect(() => parseFieldSizes(bad)).toThrow(SysmonError);
  });

  test('cut to the size with dots at the end, in json as in xml', () => {
    const e = withData({ CommandLine: 'abcdefgh', Image: 'xyz' });
    const { data } = JSON.parse(createJson({ fieldSizes: { CommandLine: 5, Image: 3 } })(e)) as SysmonEvent & {
      type: 'ProcessCreate';
    };
    expect(data.CommandLine).toBe('ab...');
    expect(data.Image).toBe('xyz');
    const pair = JSON.parse(
      createJson({ fieldSizes: { CommandLine: 5 } })(withData({ CommandLine: 'a🚀🚀🚀' })),
    ) as typeof e;
    expect((pair.data as { CommandLine: string }).CommandLine).toBe('a...');
  });
});
