/** Who lost most is remembered, however many others lose a little. */
import { expect, test } from 'vitest';
import { LossTeller } from '../../../lib/source/losses.js';

const at: [number, number] = [1, 2];

test('sums by process over stages and types, the greatest first, at most 20', () => {
  const teller = new LossTeller('here', () => undefined);
  const lose = (...processes: { pid: number; image?: string; count: number }[]): void =>
    teller.lost('share', 'FileCreate', 1, at, at, { processes });
  expect(teller.losers()).toEqual([]);
  lose({ pid: 7, image: '/bin/a', count: 5 }, { pid: 8, count: 1 });
  teller.lost('ring', 'ProcessCreate', 3, at, at, { processes: [{ pid: 7, image: '/bin/a', count: 2 }] });
  teller.lost('table', 'DnsQuery', 3, at, at); // of nobody that is known
  lose({ pid: 7, image: '/bin/b', count: 3 }); // it runs another program now, or is another process
  expect(teller.losers()).toEqual([
    { pid: 7, image: '/bin/a', count: 7 },
    { pid: 7, image: '/bin/b', count: 3 },
    { pid: 8, count: 1 },
  ]);
  for (let pid = 1000; pid < 3000; pid++) lose({ pid, image: '/bin/bomb', count: 1 });
  lose({ pid: 7, image: '/bin/a', count: 1 });
  expect(teller.losers()).toHaveLength(20);
  expect(teller.losers()[0]).toEqual({ pid: 7, image: '/bin/a', count: 8 });
});
