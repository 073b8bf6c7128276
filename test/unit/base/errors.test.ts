import { expect, test } from 'vitest';
import { printable } from '../../../lib/base/printable.js';
import { show } from '../../../lib/base/errors.js';

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
