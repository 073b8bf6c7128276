/** Configurations as large as they may be: what they cost, and what is said of those that are larger. */
import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  compile,
  ConfigError,
  convert,
  dump,
  parseConfig,
  type Condition,
  type Diagnostic,
  type Entry,
  type Line,
  type RuleSet,
} from '../../../lib/config/index.js';
import { extraConditions, sysmonConditions } from '../../../lib/config/model.js';
import { findShadowed } from '../../../lib/config/shadow.js';
import { generator, random } from './random.js';

const at = { line: 1, column: 1 };
const text = 'abcdefghijklmnopqrstuvwxyz0123456789/-_.';

/** Random words of a length. */
function words(seed: number): (length: number) => string {
  const rnd = random(seed);
  return (length) => Array.from({ length }, () => text[Math.floor(rnd() * text.length)]).join('');
}

function valueFor(condition: Condition, word: (length: number) => string, number: number): string {
  if (condition === 'cidr') return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  if (/^(eq|ne|lt|le|gt|ge)$/.test(condition)) return String(number);
  if (condition === 'regex') return `/x${number}`;
  if (/any|all/.test(condition)) return `/opt/${word(8)};/srv/${word(8)}`;
  return `/usr/bin/${word(12)}`;
}

const lines = (condition: Condition, count: number): Line[] => {
  const word = words(count);
  return Array.from({ length: count }, (_, i) => ({
    kind: 'line',
    field: 'CommandLine',
    condition,
    value: valueFor(condition, word, i),
    at: { line: i + 1, column: 1 },
  }));
};

const ruleSet = (entries: readonly Entry[], more: Partial<RuleSet['groups'][number]> = {}): RuleSet => ({
  kind: 'RuleSet',
  format: 'yaml',
  schemaVersion: { major: 4, minor: 90 },
  options: [],
  groups: [
    { explicit: true, relation: 'or', nodes: [{ tag: 'ProcessCreate', onmatch: 'include', entries, at }], at, ...more },
  ],
});

const xml = (...body: string[]): string =>
  [
    '<Sysmon schemaversion="4.90"><EventFiltering><RuleGroup groupRelation="or"><ProcessCreate onmatch="include">',
    ...body,
    '</ProcessCreate></RuleGroup></EventFiltering></Sysmon>',
  ].join('\n');

function errorOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'ERR_SYSMON_CONFIG' });
    return error as ConfigError;
  }
  throw new Error('it was taken');
}

describe('the list of findings', () => {
  const warnings = Array.from({ length: 1200 }, (_, i) => `<Image>C:\\Windows\\${i}.exe</Image>`);

  it('loses no error behind a thousand warnings', () => {
    const source = xml(...warnings, '<Image condition="ends with">x</Image>');
    const error = errorOf(() => parseConfig(source));
    expect(error.message).toContain("unknown condition 'ends with'");
    expect(error.line).toBe(1202);
    const found = checkConfig(source);
    expect(found.filter((d) => d.severity === 'error').map((d) => d.code)).toEqual(['unknown-condition']);
    expect(found.filter((d) => d.code === 'windows-path')).toHaveLength(1000);
  });

  it('says by how much it was cut, and where', () => {
    const last = (source: string): Diagnostic | undefined => checkConfig(source).at(-1);
    expect(last(xml(...warnings))).toEqual({
      severity: 'warning',
      code: 'cut',
      message: '200 more warnings not listed: mend these first',
      line: 1002,
      column: 1,
    });
    const errors = Array.from({ length: 1001 }, () => '<Imag>x</Imag>');
    expect(last(xml(...errors))).toMatchObject({
      severity: 'error',
      message: '1 more error not listed: mend these first',
      line: 1002,
    });
    expect(errorOf(() => parseConfig(xml(...errors))).diagnostics).toHaveLength(1001);
    expect(checkConfig(xml(...warnings.slice(0, 1000))).map((d) => d.code)).not.toContain('cut');
  });

  it('shows the beginning of a long value only', () => {
    const long = 'x'.repeat(60_000);
    const source = `rules: [{ event: ProcessCreate, onmatch: include, match: [{ ProcessId: { lt: ${long} } }, { Image: ' ${long}' }] }]`;
    for (const { message } of checkConfig(source)) expect(message.length).toBeLessThan(600);
    expect(checkConfig(source).map((d) => d.code)).toEqual(['value', 'blanks']);
  });
});

describe('100,000 conditions', () => {
  it.each([...sysmonConditions, ...extraConditions])(
    'are compared with one another in steps that grow as they do: %s',
    (condition) => {
      const few = findShadowed(lines(condition, 2000));
      const many = findShadowed(lines(condition, 20_000));
      expect(few.unexamined).toBeUndefined();
      expect(many.unexamined).toBeUndefined();
      expect(many.steps).toBeLessThan(12 * few.steps);
    },
    60_000,
  );

  it('are compared so as well where rules have a condition in common', () => {
    const rules = (count: number): Entry[] =>
      lines('contains', count).map((line) => ({
        kind: 'all',
        entries: [{ ...line, field: 'Image', condition: 'end with', value: '/bash' }, line],
        at: line.at,
      }));
    const few = findShadowed(rules(2000));
    const many = findShadowed(rules(20_000));
    expect(many.unexamined).toBeUndefined();
    expect(many.steps).toBeLessThan(12 * few.steps);
  });

  it('finds what a comparison of each with each finds', () => {
    const plain = (list: readonly Entry[]): [number, number][] => {
      const out: [number, number][] = [];
      const dead = new Set<number>();
      for (let i = 0; i < list.length; i++) {
        for (let j = 0; j < i; j++) {
          // Two alone are compared without any index that could miss one.
          if (dead.has(j) || findShadowed([list[j], list[i]]).shadowed.length === 0) continue;
          out.push([i, j]);
          dead.add(i);
          break;
        }
      }
      return out;
    };
    let found = 0;
    for (let round = 0; round < 150; round++) {
      const rnd = random(round);
      const { pick } = generator(rnd);
      const word = (): string =>
        Array.from({ length: 1 + Math.floor(rnd() * 6) }, () => pick(['a', 'b', 'A', '/', 'ab', '/usr/'])).join('');
      const line = (): Line => ({
        kind: 'line',
        field: pick(['Image', 'User']),
        condition: pick([
          'is',
          'contains',
          'begin with',
          'end with',
          'is any',
          'contains all',
          'contains any',
          'is not',
        ]),
        value: pick([word(), `${word()};${word()}`]),
        at,
      });
      const entry = (): Entry => (rnd() < 0.6 ? line() : { kind: pick(['any', 'all']), entries: [line(), line()], at });
      const list = Array.from({ length: 40 }, entry);
      const { shadowed } = findShadowed(list);
      expect(shadowed).toEqual(plain(list));
      found += shadowed.length;
    }
    expect(found).toBeGreaterThan(300);
  });

  it('stops, and says so, where rules are too much alike', () => {
    const list = Array.from({ length: 1000 }, (_, i) => `v${i % 7}`).join(';');
    const alike = Array.from({ length: 40 }, (_, i): Line => ({
      kind: 'line',
      field: 'Image',
      condition: 'is any',
      value: `${list};w${i}`,
      at: { line: i + 1, column: 1 },
    }));
    const { unexamined } = findShadowed(alike);
    expect(unexamined).toBeGreaterThan(2);
    const rules = alike.map((l) => `<Image condition="is any">${l.value}</Image>`);
    expect(checkConfig(xml(...rules))).toContainEqual(
      expect.objectContaining({ code: 'unexamined', line: 2 + (unexamined ?? 0) }),
    );
  });

  it('with long values and names are one plan', () => {
    const word = words(5);
    const conditions = sysmonConditions.filter((c) => !/not|than|excludes/.test(c));
    const entries = Array.from({ length: 100_000 }, (_, i): Line => ({
      kind: 'line',
      field: ['Image', 'CommandLine', 'ParentImage'][i % 3],
      condition: conditions[i % conditions.length],
      value: `/usr/lib/${word(60)}`,
      name: `technique_id=T${1000 + (i % 900)},technique_name=${word(20)}${i}`,
      at,
    }));
    const rules = compile(ruleSet(entries));
    const last = entries.findLast((e) => e.condition === 'is') as Line;
    const data = { Image: '-', CommandLine: '-', ParentImage: '-', [last.field]: last.value.toUpperCase() };
    expect(rules.evaluate({ type: 'ProcessCreate', data })).toMatchObject({ verdict: 'log', ruleName: last.name });
  }, 120_000);

  it('in groups of one each are dumped and converted', () => {
    const groups = Array.from({ length: 100_000 }, () => ruleSet(lines('is', 1)).groups[0]);
    const all = { ...ruleSet([]), groups };
    expect(dump(all)).toContain('ProcessCreate');
    expect(dump(ruleSet(lines('is', 150_000))).split('\n')).toHaveLength(150_002);
    expect(convert(all, 'xml').split('\n')).toHaveLength(5 * 100_000 + 5);
  }, 120_000);

  it('are the most, and the way out is said', () => {
    const { message, line } = errorOf(() =>
      parseConfig(xml(...Array.from({ length: 100_001 }, () => '<Image>a</Image>'))),
    );
    expect(line).toBe(100_002);
    expect(message).toMatch(/more than 100000 conditions: write those of one field as a list/);
  }, 60_000);
});

describe('what is too large is refused at its line, with the limit and a way out', () => {
  const yaml = (rules: readonly string[]): string =>
    [
      'rules:',
      '  - event: ProcessCreate',
      '    onmatch: include',
      '    match:',
      ...rules.map((r) => `      - ${r}`),
    ].join('\n');

  it('values that are too long together', () => {
    // Each empty value in a list stands for the rest of it.
    const source = xml('<User>a</User>', `<Image condition="contains any">${';'.repeat(60_000)}</Image>`);
    const { message, line } = errorOf(() => compile(parseConfig(source)));
    expect(line).toBe(3);
    expect(message).toMatch(/longer than 32 MiB.*an empty value inside a list/);
    expect(checkConfig(source)).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'too-many', line: 3 }),
    );
  }, 60_000);

  it('too many regular expressions', () => {
    const source = yaml(Array.from({ length: 10_001 }, (_, i) => `Image: { regex: a${i} }`));
    const { message, line } = errorOf(() => compile(parseConfig(source)));
    expect(line).toBe(10_005);
    expect(message).toMatch(/at most 10000 different regular expressions.*Join some of them/);
  }, 60_000);

  it('too many fields', () => {
    const source = yaml(Array.from({ length: 5000 }, (_, i) => `process.env.V${i}: a`));
    const { message, line } = errorOf(() => compile(parseConfig(source)));
    expect(line).toBe(4 + 4097);
    expect(message).toMatch(/at most 4096 different fields/);
  });

  it('too many values in lists', () => {
    const list = Array.from({ length: 13_000 }, (_, i) => i.toString(36)).join(';');
    const source = xml(...Array.from({ length: 77 }, () => `<User condition="is any">${list}</User>`));
    const { message, line } = errorOf(() => compile(parseConfig(source)));
    expect(line).toBe(78);
    expect(message).toMatch(/more than 1000000 values.*Shorten lists/);
  });

  it('a plan that is too large', () => {
    const named = lines('is', 140).map((l, i): Line => ({ ...l, name: `${i}${'n'.repeat(1_000_000)}` }));
    expect(errorOf(() => compile(ruleSet(named))).message).toMatch(
      /^13\d:1: the rules become a plan of more than 128 MiB/,
    );
  }, 60_000);

  it('rules inside rules', () => {
    const nested = (depth: number): string => yaml([`${'not: { '.repeat(depth)}Image: a${' }'.repeat(depth)}`]);
    expect(compile(parseConfig(nested(40))).evaluate({ type: 'ProcessCreate', data: { Image: 'a' } }).verdict).toBe(
      'log',
    );
    expect(errorOf(() => parseConfig(nested(41))).message).toMatch(/^5:\d+: rules are nested deeper than 40/);
    let entry: Entry = lines('is', 1)[0];
    for (let i = 0; i < 200; i++) entry = { kind: 'not', entries: [entry], at };
    expect(errorOf(() => compile(ruleSet([entry]))).message).toContain('nested deeper than 40');
  });
});

describe('names', () => {
  it('of all rules that hold are told, each once and in order', () => {
    const entries = lines('contains', 100_000).map((l, i): Line => ({ ...l, value: 'a', name: `n${i % 90_000}` }));
    const { rules, ruleName } = compile(ruleSet(entries)).evaluate({
      type: 'ProcessCreate',
      data: { CommandLine: 'a' },
    });
    expect(rules).toEqual(Array.from({ length: 90_000 }, (_, i) => `n${i}`));
    expect(ruleName).toBe('n0');
  }, 15_000);

  it('of an element that combines with and are found in one pass', () => {
    const entries = lines('is', 60_000).map((l, i): Line => ({ ...l, field: i % 2 ? 'Image' : 'User', name: `n${i}` }));
    const rules = compile(ruleSet(entries, { relation: 'and' }));
    const [user, image] = [entries.at(-2), entries.at(-1)];
    expect(rules.evaluate({ type: 'ProcessCreate', data: { User: user?.value, Image: image?.value } })).toMatchObject({
      verdict: 'log',
      ruleName: image?.name,
      rules: [user?.name, image?.name],
    });
  }, 60_000);
});

describe('options', () => {
  it('each of 200,000 is looked up, not searched', () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `<O${i}>x</O${i}>`);
    const found = checkConfig(`<Sysmon schemaversion="4.90">${names.join('')}<EventFiltering/></Sysmon>`);
    expect(found.at(-1)?.message).toBe('199000 more errors not listed: mend these first');
  }, 60_000);
});
