import { describe, expect, test } from 'vitest';
import { printable } from '../../../lib/base/printable.js';
import { show, SysmonError } from '../../../lib/base/errors.js';
import { ConfigError } from '../../../lib/config/findings.js';

const circle: Record<string, unknown> = { name: 'circle' };
circle['self'] = circle;

test.each([
  ['text', "'text'"],
  ['', "''"],
  ['a\nb\tc', "'a\\nb\\tc'"],
  ['\x1b[31mred\x9b0m\x7f', "'\\x1b[31mred\\x9b0m\\x7f'"],
  ['exe\u202etxt.js', "'exe\\u202etxt.js'"],
  [undefined, 'undefined'],
  [null, 'null'],
  [8388608, '8388608'],
  [8388608n, '8388608n'],
  [NaN, 'NaN'],
  [Symbol('s'), 'Symbol(s)'],
  [() => 1, 'a function'],
  [circle, "<ref *1> { name: 'circle', self: [Circular *1] }"],
  [['a', 1, { b: { c: 1 } }], "[ 'a', 1, { b: [Object] } ]"],
  [Buffer.alloc(20_000), 'a Buffer of 20000 bytes'],
  [new Uint16Array(3), 'a Uint16Array of 6 bytes'],
])('show %o', (value, text) => {
  expect(show(value)).toBe(text);
});

test('show says how long a text is that is not shown whole, and never gives more than a line', () => {
  expect(show('x'.repeat(60_000))).toBe(`'${'x'.repeat(200)}…' (60000 characters)`);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`name${i}`, 'x'.repeat(1000)]));
  for (const value of [many, [many], Array(1e5).fill('x'), new Error('x\n'.repeat(1000)), { text: 'a\nb\x1b' }]) {
    expect(show(value).length).toBeLessThan(300);
    expect(show(value)).not.toMatch(/[\n\x1b]/); // eslint-disable-line no-control-regex
  }
});

test('printable leaves lines and tabs, and whatever else can be read', () => {
  const text = 'ärger\t€\n😀 "quoted" \\ back';
  expect(printable(text)).toBe(text);
  expect(printable('\0\x07\r\x1b]0;title\x07\u0085\u2028\u2066')).toBe(
    '\\x00\\x07\\x0d\\x1b]0;title\\x07\\x85\\u2028\\u2066',
  );
});

describe('JSON of errors', () => {
  const cause = Object.assign(new Error('inner'), { code: 'EACCES', cause: new TypeError('innermost') });
  const error = new SysmonError('ERR_SYSMON_LOAD', 'no "ring"', { operation: 'bpf_map_create', errno: 1, cause });

  test('has all that an error says', () => {
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: 'SysmonError',
        code: 'ERR_SYSMON_LOAD',
        operation: 'bpf_map_create',
        message: 'no "ring"',
        errno: 1,
        cause: {
          name: 'Error',
          code: 'EACCES',
          message: 'inner',
          cause: { name: 'TypeError', message: 'innermost' },
        },
      },
    });
    expect(JSON.parse(JSON.stringify(new SysmonError('ERR_SYSMON_STATE', 'x')))).toEqual({
      name: 'SysmonError',
      code: 'ERR_SYSMON_STATE',
      message: 'x',
    });
    expect(structuredClone(error.toJSON())).toEqual(error.toJSON());
  });
  test('of a configuration, where it is wrong', () => {
    const at = { line: 3, column: 5 };
    expect(JSON.parse(JSON.stringify(new ConfigError('bad', at)))).toEqual({
      name: 'ConfigError',
      code: 'ERR_SYSMON_CONFIG',
      operation: 'config',
      message: '3:5: bad',
      ...at,
      diagnostics: [{ severity: 'error', code: 'config', message: 'bad', ...at }],
    });
  });
  test.each([
    ['a text', 'thrown', 'thrown'],
    ['a number', 5n, '5n'],
    ['nothing', null, 'null'],
    ['an object', { a: 1 }, '{ a: 1 }'],
  ])('a cause that is %s', (_, thrown, said) => {
    const e = new SysmonError('ERR_SYSMON_LISTENER', 'x', { cause: thrown });
    expect(JSON.parse(JSON.stringify(e))).toMatchObject({ cause: said });
  });
  test('a cause that throws when it is looked at', () => {
    const cause = Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('evil');
      },
    });
    const e = new SysmonError('ERR_SYSMON_LISTENER', 'x', { cause });
    expect(JSON.parse(JSON.stringify(e))).toMatchObject({ message: 'x', cause: 'an object without a text' });
  });
  test('one that is its own cause', () => {
    const e = new SysmonError('ERR_SYSMON_LISTENER', 'x', { cause: 1 });
    e.cause = e;
    expect(JSON.stringify(e).length).toBeLessThan(2000);
  });
});
