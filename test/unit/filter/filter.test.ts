import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { all, any, byType, dedupe, named, not, rateLimit, sample, toFilter, typed } from '../../../lib/filter/index.js';
import type { ProcessCreateEvent, SysmonEvent } from '../../../lib/schema/events.gen.js';

const event = (type: string, data: object = {}): SysmonEvent => ({ type, data }) as unknown as SysmonEvent;
const root = event('ProcessCreate', { User: 'root', Image: '/bin/sh' });
const user = event('ProcessCreate', { User: 'ann', Image: '/bin/ls' });
const end = event('ProcessTerminate', { User: 'root' });
const isRoot = (e: SysmonEvent): boolean => 'User' in e.data && e.data.User === 'root';

describe('combinators', () => {
  it('all, any, not', () => {
    const create = typed('ProcessCreate');
    const f = all(
      create,
      any(isRoot, (e) => e.data === user.data),
    );
    expect([root, user, end].map(f)).toEqual([true, true, false]);
    expect([root, user, end].map(not(isRoot))).toEqual([false, true, false]);
    expect(all()(root)).toBe(true);
    expect(any()(root)).toBe(false);
  });

  it('counts', () => {
    const f = all(named('root', isRoot), not(typed('ProcessTerminate')));
    [root, user, end].forEach((e) => f(e));
    expect(f.stats()).toEqual({
      name: 'all',
      seen: 3,
      kept: 1,
      parts: [
        { name: 'root', seen: 3, kept: 2 },
        { name: 'not', seen: 2, kept: 1, parts: [{ name: 'typed', seen: 2, kept: 1 }] },
      ],
    });
  });

  it('byType gives each filter events of its type', () => {
    const f = byType({ ProcessCreate: (e) => e.data.Image === '/bin/sh', ProcessTerminate: false });
    expect([root, user, end, event('Error')].map(f)).toEqual([true, false, false, true]);
    expect(byType({}, false)(root)).toBe(false);
    expect(f.stats().parts).toEqual([{ name: 'ProcessCreate', seen: 2, kept: 1 }]);
  });

  it('typed narrows', () => {
    const [first] = [root, end].filter(typed('ProcessCreate'));
    expectTypeOf(first).toExtend<ProcessCreateEvent | undefined>();
    expect(first?.data.Image).toBe('/bin/sh');
  });

  it('refuses what is no filter', () => {
    expect(() => all(1 as never)).toThrow('all: a filter must be a function, not 1.');
    expect(() => toFilter(null as never)).toThrow(
      'option filter: expected a function, compiled rules, or a list of them, got null.',
    );
    const late = async (): Promise<boolean> => Promise.resolve(false);
    expect(() => not(late as never)).toThrow('not: a filter answers at once');
  });
});

it('a filter that gives a promise says neither yes nor no', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  const f = named('slow', (() => Promise.reject(new Error('mine'))) as never);
  expect(() => f(root)).toThrow('the filter slow gave a promise');
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe('limits', () => {
  it('sample keeps every n-th', () => {
    const f = sample<number>(3);
    expect([1, 2, 3, 4, 5, 6, 7].filter((n) => f(n))).toEqual([1, 4, 7]);
    expect(() => sample(0)).toThrow('sample: expected a whole number above 0, got 0.');
  });

  it('rateLimit keeps so many a second, by key', () => {
    const f = rateLimit<{ t: number; k: string }>({ perSecond: 2, key: (e) => e.k, now: (e) => e.t });
    const at = (t: number, k = 'a'): boolean => f({ t, k });
    expect([at(0), at(0), at(0), at(0, 'b')]).toEqual([true, true, false, true]);
    expect([at(400), at(500), at(500)]).toEqual([false, true, false]);
    expect([at(100), at(10_000), at(10_000), at(10_000)]).toEqual([false, true, true, false]);
    expect(f.stats()).toMatchObject({ seen: 11, kept: 6 });
    expect(() => rateLimit({ perSecond: 0 })).toThrow('rateLimit: perSecond');
  });

  it('dedupe keeps the first of equal ones, and forgets', () => {
    const f = dedupe<{ t: number; k: string }>({ windowMs: 100, key: (e) => e.k, now: (e) => e.t, maxKeys: 2 });
    const at = (t: number, k: string): boolean => f({ t, k });
    expect([at(0, 'a'), at(50, 'a'), at(99, 'a'), at(100, 'a')]).toEqual([true, false, false, true]);
    expect([at(100, 'b'), at(100, 'c'), at(101, 'a')]).toEqual([true, true, true]);
  });
});

describe('toFilter', () => {
  it('takes a function, a list, or compiled rules', () => {
    expect(toFilter(isRoot)(root)).toBe(true);
    const rules = {
      evaluate: (e: SysmonEvent) => ({ verdict: e.type === 'ProcessCreate' ? ('log' as const) : ('drop' as const) }),
    };
    const f = toFilter([isRoot, rules]);
    expect([root, user, end].map(f)).toEqual([true, false, false]);
    expect(f.stats()).toEqual({
      name: 'all',
      seen: 3,
      kept: 1,
      parts: [
        { name: 'isRoot', seen: 3, kept: 2 },
        { name: 'rules', seen: 2, kept: 1 },
      ],
    });
  });
});
