/** Every wrong argument of a public function ends in a SysmonError that names the mistake. */
import { describe, expect, test, vi } from 'vitest';
import * as config from '../../lib/config/index.js';
import { byType, dedupe, named, rateLimit, sample, typed, all } from '../../lib/filter/index.js';
import { capabilities, Sysmon } from '../../lib/index.js';
import { Replay } from '../../lib/replay/index.js';
import * as serializers from '../../lib/serializer/index.js';

const sensor = new Sysmon();
const replay = new Replay('x');
const wrong = (value: unknown): never => value as never;
const later = async (): Promise<boolean> => Promise.resolve(true);

test.each<[string, () => unknown, string[]]>([
  ['new Sysmon([])', () => new Sysmon(wrong([])), ['Sysmon: expected an object', '[]']],
  ['new Replay(x, null)', () => new Replay('x', wrong(null)), ['Replay: expected an object', 'null']],
  [
    'new Replay(x, event)',
    () => new Replay('x', wrong({ event: [] })),
    ["unknown option 'event'", "Did you mean 'events'?", 'Known: events'],
  ],
  [
    'new Replay(x, events)',
    () => new Replay('x', { events: wrong('All') }),
    ["expected a list of event types or 'all', got 'All'"],
  ],
  ['new Replay(5)', () => new Replay(wrong(5)), ['Replay: expected a path or a stream, got 5']],
  ['capabilities(null)', () => capabilities(wrong(null)), ['capabilities(): expected an object']],
  ['capabilities(btf)', () => capabilities(wrong({ btf: 'x' })), ["unknown option 'btf'", 'Known: btfPath']],
  ['capabilities(5)', () => capabilities(wrong({ btfPath: 5 })), ['btfPath: expected a path, got 5']],
  ['on typo', () => sensor.on('Eror' as 'close', () => undefined), ["no event 'Eror'", 'Did you mean']],
  ['on 5', () => sensor.on(5 as unknown as 'close', () => undefined), ['no event 5']],
  ...[sensor, replay].flatMap((s): [string, () => unknown, string[]][] => [
    ['events(null)', () => s.events(wrong(null)), ['events(): expected an object with options, got null']],
    [
      'events(highWatermark)',
      () => s.events(wrong({ highWatermark: 5 })),
      ["events(): unknown option 'highWatermark'", "'highWaterMark'?"],
    ],
    [
      'events(tipes)',
      () => s.events(wrong({ tipes: [] })),
      ["unknown option 'tipes'", 'Known: types, signal, highWaterMark, onFull'],
    ],
    [
      'events(types text)',
      () => s.events({ types: wrong('ProcessCreate') }),
      ["types: expected a list of event types, got 'ProcessCreate'"],
    ],
    [
      'events(types typo)',
      () => s.events({ types: wrong(['ProcesCreate']) }),
      ["types: 'ProcesCreate' is no type", "Did you mean 'ProcessCreate'?"],
    ],
    ['events(types null)', () => s.events({ types: wrong(null) }), ['types: expected a list of event types, got null']],
    ['events(signal)', () => s.events({ signal: wrong(5) }), ['signal: expected an AbortSignal, got 5']],
    ['events(signal null)', () => s.events({ signal: wrong(null) }), ['signal: expected an AbortSignal, got null']],
    [
      'events(mark)',
      () => s.events({ highWaterMark: wrong('5') }),
      ["highWaterMark: expected a whole number of at least 1, got '5'"],
    ],
  ]),
  [
    'rateLimit()',
    () => rateLimit(wrong(undefined)),
    ['rateLimit: perSecond: expected a number above 0, got undefined'],
  ],
  [
    'rateLimit(typo)',
    () => rateLimit(wrong({ perSecond: 1, bursts: 2 })),
    ["rateLimit: unknown option 'bursts'", "'burst'?"],
  ],
  [
    'rateLimit(key)',
    () => rateLimit({ perSecond: 1, key: wrong('x') }),
    ["rateLimit: key: expected a function, got 'x'"],
  ],
  ['dedupe(null)', () => dedupe(wrong(null)), ['dedupe: expected an object']],
  ['dedupe()', () => dedupe(wrong(undefined)), ['dedupe: key: expected a function']],
  [
    'dedupe(now)',
    () => dedupe({ key: () => '', windowMs: 1, now: wrong(1) }),
    ['dedupe: now: expected a function, got 1'],
  ],
  ['sample()', () => sample(wrong(undefined)), ['sample: expected a whole number above 0, got undefined']],
  ['byType(null)', () => byType(wrong(null)), ['byType: expected filters by type of event, got null']],
  [
    'byType(typo)',
    () => byType(wrong({ ProcessCrate: false })),
    ["byType: 'ProcessCrate' is no type of event", "'ProcessCreate'?"],
  ],
  ['byType(otherwise)', () => byType({}, wrong('x')), ["byType: a filter must be a function, not 'x'"]],
  ['byType(later)', () => byType({}, wrong(later)), ['byType: a filter answers at once']],
  [
    'typed(typo)',
    () => typed(wrong('ProcessCrate')),
    ["typed: 'ProcessCrate' is no type of event", 'Known: ProcessCreate,'],
  ],
  ['named(5)', () => named(wrong(5), () => true), ['named: expected a name, got 5']],
  ['named(x)', () => named('x', wrong('y')), ["named: a filter must be a function, not 'y'"]],
  // Its promise would have counted as yes for every event.
  ['named(later)', () => all(named('x', wrong(later))), ['named: a filter answers at once']],
  [
    'createSerializer(null)',
    () => serializers.createSerializer('json', wrong(null)),
    ['serializer json: expected an object'],
  ],
  ['parseConfig(null)', () => config.parseConfig(wrong(null)), ['parseConfig(): expected text or bytes, got null']],
  [
    'parseConfig(format)',
    () => config.parseConfig('', { format: wrong('json') }),
    ["format: expected 'xml' or 'yaml', got 'json'"],
  ],
  [
    'parseConfig(typo)',
    () => config.parseConfig('', wrong({ fromat: 'xml' })),
    ["parseConfig(): unknown option 'fromat'", "'format'?"],
  ],
  ['loadConfig(5)', () => config.loadConfig(wrong(5)), ['loadConfig(): expected text or bytes, got 5']],
  ['checkConfig({})', () => config.checkConfig(wrong({})), ['checkConfig(): expected text or bytes, got {}']],
  [
    'checkConfig(strict)',
    () => config.checkConfig('', { strict: wrong('yes') }),
    ["strict: expected true or false, got 'yes'"],
  ],
  [
    'compile(null)',
    () => config.compile(wrong(null)),
    ['compile(): expected a rule set, as loadConfig() gives one, got null'],
  ],
  [
    'compile(mode)',
    () => config.compile(wrong({ kind: 'RuleSet' }), { compatibility: wrong('peer') }),
    ["compatibility: expected 'linux' or 'exact'"],
  ],
  ['convert(text)', () => config.convert(wrong('rules: []')), ['convert(): expected a rule set']],
  [
    'convert(to)',
    () => config.convert(wrong({ kind: 'RuleSet' }), wrong('json')),
    ["convert(): to: expected 'xml' or 'yaml', got 'json'"],
  ],
  ['dump()', () => config.dump(wrong(undefined)), ['dump(): expected a rule set']],
  ['optionsOf()', () => config.optionsOf(wrong(undefined)), ['optionsOf(): expected a rule set']],
  [
    'parseFieldSizes',
    () => serializers.parseFieldSizes('Image'),
    ["FieldSizes: expected Field:N[,Field:N] with N above 0, got 'Image'"],
  ],
  ['parseFieldSizes(5)', () => serializers.parseFieldSizes(wrong(5)), ['FieldSizes: expected Field:N']],
])('%s', (_, f, texts) => {
  expect(f).toThrow(expect.objectContaining({ name: 'SysmonError', code: 'ERR_SYSMON_OPTION' }) as Error);
  for (const text of texts) expect(f).toThrow(text);
});

describe.each(Object.entries(serializers.formats))('format %s', (format, create) => {
  test.each<[string, unknown, string[]]>([
    ['no object', null, ['expected an object', 'null']],
    ['a list', [], ['expected an object', '[]']],
    ['an unknown option', { feldSizes: {} }, ["unknown option 'feldSizes'", "'fieldSizes'?"]],
    ['an unknown field', { fieldSizes: { Imge: 5 } }, ["fieldSizes: no event has a field 'Imge'", "'Image'?"]],
    ['sizes as a list', { fieldSizes: [] }, ['fieldSizes: expected sizes by field, got []']],
    ['labels as a list', { labels: ['a'] }, ['labels: expected names and texts, got']],
    ['a label of no text', { labels: { a: 1 } }, ['labels: a: expected a text, got 1']],
  ])('%s', (_, options, texts) => {
    for (const text of [`serializer ${format}: `, ...texts]) expect(() => create(wrong(options))).toThrow(text);
    expect(() => create(wrong(options))).toThrow(expect.objectContaining({ code: 'ERR_SYSMON_OPTION' }) as Error);
  });
  test('sizes of fields that only later versions fill are none', () => {
    expect(() => create({ fieldSizes: { CommandLine: 5, ImageLoaded: 5, Capabilities: 5 } })).not.toThrow();
  });
});

test.each<[string, unknown, string]>([
  ['null', null, 'start(): expected an object with options, got null'],
  ['a signal that is none', { signal: 5 }, 'start(): signal: expected an AbortSignal, got 5'],
  ['a misspelled signal', { sginal: AbortSignal.abort() }, "start(): unknown option 'sginal'. Did you mean 'signal'?"],
])('start() with %s rejects, and can be called again', async (_, options, text) => {
  for (const s of [new Sysmon(), new Replay('/nowhere')]) {
    await expect(s.start(wrong(options))).rejects.toMatchObject({
      code: 'ERR_SYSMON_OPTION',
      message: expect.stringContaining(text) as string,
    });
    // It is as it was before.
    await expect(s.start({ signal: AbortSignal.abort(new Error('mine')) })).rejects.toThrow('mine');
  }
});

test('off() of a name that nobody knows does nothing, as with any emitter', () => {
  expect(sensor.off('typo' as 'close', () => undefined)).toBe(sensor);
  expect(sensor.off(wrong('typo'))).toBe(sensor);
  expect(sensor.listenerCount(wrong('typo'))).toBe(0);
});

test('a signal of another realm is one', async () => {
  const signal = { aborted: false, addEventListener: vi.fn(), removeEventListener: vi.fn() };
  await sensor.events({ signal: wrong(signal) }).return();
  expect(signal.addEventListener).toHaveBeenCalledOnce();
});

test('a configuration that cannot be read', () => {
  expect(() => config.loadConfig('/nowhere.xml')).toThrow(
    expect.objectContaining({
      code: 'ERR_SYSMON_CONFIG',
      message: expect.stringContaining('cannot read the configuration /nowhere.xml') as string,
    }) as Error,
  );
});
