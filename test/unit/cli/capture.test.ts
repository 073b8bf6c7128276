import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { after } from '../../../lib/cli/capture.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const day = 24 * 60 * 60 * 1000;

test.each([0, 1, 0.5, 1000, 2 ** 31 - 1, 2 ** 31, 25 * day, 100 * day])(
  'calls back after %d ms, and not before',
  (ms) => {
    const called = vi.fn();
    after(ms, called);
    if (ms > 10) {
      vi.advanceTimersByTime(10);
      vi.advanceTimersByTime(ms - 11);
      expect(called).not.toHaveBeenCalled();
    }
    vi.advanceTimersByTime(2);
    expect(called).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(200 * day);
    expect(called).toHaveBeenCalledOnce();
  },
);

test('is called off at any time', () => {
  const called = vi.fn();
  const callOff = after(60 * day, called);
  vi.advanceTimersByTime(50 * day);
  callOff();
  vi.advanceTimersByTime(50 * day);
  expect(called).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
