import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LossCounter, type Loss } from '../../../lib/source/losses.js';

describe('LossCounter', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const setUp = () => {
    let second = 0;
    const reports: Loss[] = [];
    return {
      reports,
      counter: new LossCounter(
        () => [second++, 0],
        (l) => reports.push(l),
      ),
    };
  };

  test('one report a second for each stage and type', () => {
    const { reports, counter } = setUp();
    for (let i = 0; i < 1000; i++) counter.add('consumer', 'ProcessCreate');
    counter.add('consumer', 'ProcessTerminate');
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(999);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reports).toEqual([
      { stage: 'consumer', eventType: 'ProcessCreate', count: 1000, since: [0, 0] },
      { stage: 'consumer', eventType: 'ProcessTerminate', count: 1, since: [1, 0] },
    ]);
    vi.advanceTimersByTime(10_000);
    expect(reports).toHaveLength(2);
  });
  test('flush reports what is open, and the timer does not report it again', () => {
    const { reports, counter } = setUp();
    counter.add('consumer', 'Error');
    counter.flush();
    expect(reports).toHaveLength(1);
    vi.advanceTimersByTime(5000);
    counter.flush();
    expect(reports).toHaveLength(1);
    counter.add('consumer', 'Error');
    vi.advanceTimersByTime(1000);
    expect(reports).toHaveLength(2);
  });
  test('a loss that arises while losses are reported is not forgotten', () => {
    const reports: number[] = [];
    const counter: LossCounter = new LossCounter(
      () => [0, 0],
      (l) => {
        reports.push(l.count);
        if (reports.length === 1) counter.add('consumer', 'Error');
      },
    );
    counter.add('consumer', 'ProcessCreate');
    vi.advanceTimersByTime(2000);
    expect(reports).toEqual([1, 1]);
  });
});
