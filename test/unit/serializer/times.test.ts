import { expect, test } from 'vitest';
import { milliseconds } from '../../../lib/serializer/times.js';

const second = Date.UTC(2026, 10, 24, 4, 50, 10);

// Each twice: what a second is worth is remembered.
for (const again of ['', ', once more'])
  test(`both forms of a time are milliseconds since 1970${again}`, () => {
    expect(milliseconds('2026-11-24T04:50:10.236735Z')).toBe(second + 236);
    expect(milliseconds('2026-11-24T04:50:10.007Z')).toBe(second + 7);
    expect(milliseconds('2026-11-24 04:50:10.210')).toBe(second + 210);
    expect(milliseconds('2026-11-24 04:50:10')).toBe(second);
    expect(milliseconds('2026-11-24T04:50:10.5Z')).toBe(second + 500);
  });
test('what only begins like a time is none, whatever was met before', () => {
  milliseconds('2026-11-24T04:50:10.236735Z');
  for (const text of ['2026-11-24T04:50:10.23x735Z', '2026-11-24T04:50:10.236Zx', '2026-11-24 04:50:10.21x', ''])
    expect(milliseconds(text), text).toBeUndefined();
});
