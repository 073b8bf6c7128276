import { expect, test } from 'vitest';
import { capturePlan } from '../../../lib/cli/capture-plan.js';
import { Given } from '../../../lib/cli/given.js';
import { captureFlags } from '../../../lib/cli/flags.js';
import { Sysmon } from '../../../lib/index.js';
import { checkOptions } from '../../../lib/sensor/sensor-options.js';

const taken = (throttle: unknown) => checkOptions({ throttle }).native.throttle;

test('as the addon takes it', () => {
  expect(taken(undefined)).toEqual({ perSecond: 0, by: 0, events: [] });
  expect(taken({ perSecond: 5, by: 'type', types: ['PipeEvent', 'ProcessCreate'] })).toEqual({
    perSecond: 5,
    by: 2,
    events: expect.arrayContaining([1, 17, 18]) as number[],
  });
  const { events } = taken({ perSecond: 1, by: 'cgroup' });
  expect(events).toContain(3);
  for (const own of [4, 16, 255]) expect(events).not.toContain(own);
});

test.each([
  [7, /option throttle/],
  [{ by: 'process' }, /perSecond is missing/],
  [{ perSecond: 0, by: 'process' }, /throttle\.perSecond/],
  [{ perSecond: 5 }, /expected 'process', 'cgroup' or 'type', got undefined/],
  [{ perSecond: 5, by: 'proces' }, /Did you mean 'process'/],
  [{ perSecond: 5, by: 'type', types: [] }, /nothing would be throttled/],
  [{ perSecond: 5, by: 'type', types: ['Error'] }, /Error is about the sensor itself/],
  [{ perSecond: 5, by: 'type', types: ['FileCrate'] }, /FileCreate/],
  [{ persecond: 5, by: 'type' }, /perSecond/],
])('%j is refused', (throttle, text) => {
  expect(() => new Sysmon({ throttle: throttle as never })).toThrow(text);
});

test('the flag', () => {
  const given = (text: string) =>
    capturePlan(new Given({ name: 'run', operands: '', flags: captureFlags, words: '' } as never, ['--throttle', text]))
      .options.throttle;
  expect(given('100')).toEqual({ perSecond: 100, by: 'process' });
  expect(given('7/type/filecreate, 22')).toEqual({ perSecond: 7, by: 'type', types: ['FileCreate', 'DnsQuery'] });
  for (const wrong of ['', 'x', '1/a/b/c', '1.5']) expect(() => given(wrong)).toThrow(/--throttle: expected events/);
});
