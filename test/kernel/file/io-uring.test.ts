/** What io_uring does to files and what cannot be told of: it is counted, and said. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import { caused, workspace } from '../helpers/files.js';
import { folder, seen, sysmon, useSensor } from '../helpers/fixture.js';
import { counted, deeds, errors, make, program, startUring, told, untold, uring } from './uring.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileCreate', 'FileDelete']);

test('what cannot be told of is counted, and the process is named once', async (context) => {
  const w = workspace('a', 'b', 'c');
  const before = sysmon.stats().blind.ioUring;
  // Elsewhere it is all that is left without a result.
  const words = told
    ? ['a', 'b', 'c'].flatMap((f) => ['+skip', 'unlink', f, '+drain', 'nop'])
    : ['d', 'e', 'f'].flatMap((f) => ['open', f, make, 'nop']);
  const { pid, results } = await uring(context, w, ...words);
  expect(readdirSync(w).sort()).toEqual(told ? [] : ['a', 'b', 'c', 'd', 'e', 'f']);
  expect(results).toHaveLength(6);
  const error = await seen.find(
    'Error',
    (e) => e.data.ID === 'IO_URING' && e.data.Description.includes(`process ${pid} `),
  );
  expect(error.data.Description).toContain(program);
  expect(error.data.Description).toContain('may not be seen');
  expect(errors(pid)).toHaveLength(1);
  expect(await counted(sysmon, before, 3)).toBeGreaterThanOrEqual(3);
  expect(deeds(pid)).toEqual([]); // nothing is invented
});

test('the same by system calls is no matter of this', async () => {
  const before = seen.events.filter((e) => e.type === 'Error').length;
  const r = run('/bin/sh', ['-c', ': > by-call'], { cwd: folder });
  await r.ended;
  await seen.find('FileCreate', (e) => e.process.pid === r.pid);
  expect(seen.events.filter((e) => e.type === 'Error')).toHaveLength(before);
});

test('results for which the ring has no room are counted', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const before = sysmon.stats().blind.ioUring;
  const { pid, results } = await uring(
    context,
    w,
    ...['small', 'hold', 'open', 'a', make, 'open', 'b', make, 'post', 'await', 'a', 'await', 'b'],
    ...['open', 'c', make, 'open', 'd', make, 'post', 'await', 'c', 'await', 'd', 'go'],
  );
  expect(results.filter((r) => r !== undefined && r >= 0)).toHaveLength(4);
  const events = caused('FileCreate', pid).length;
  expect(await counted(sysmon, before, 4 - events)).toBeGreaterThanOrEqual(4 - events);
  expect(events).toBeGreaterThanOrEqual(2);
  if (events < 4) expect(errors(pid)).toHaveLength(1);
});

test('what the table of requests has no room for is counted', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace();
  const held = workspace();
  await uring(context, w, 'nop'); // which tells whether there is any
  // or the table of the others is full
  const own = await capture({ events: ['ProcessCreate', 'ProcessTerminate', 'FileCreate'] });
  // A failure that cuts a chain whose head gives no result when it succeeds: the others give none either, and stay in
  // the table.
  const left = Array.from({ length: 500 }, (_, i) => ['+link', 'mkdir', `left${i}`]).flat();
  const chain = ['hold', '+link', '+skip', 'open', 'missing', '0', ...left, 'mkdir', 'last', 'post'];
  // While they live, the memory of their requests is used for no others.
  const holders = ['1', '2', '3'].map((n) => startUring(held, ...chain, 'use', n, make, 'await', 'end'));
  while (readdirSync(held).length < 3) await sleep(10);
  const { pid } = await uring(
    context,
    w,
    'hold',
    ...Array.from({ length: 400 }, (_, i) => ['mkdir', `d${i}`]).flat(),
    'go',
  );
  writeFileSync(join(held, 'end'), '');
  for (const h of holders) expect((await h.ended).code).toBe(0);
  expect(readdirSync(held).sort()).toEqual(['1', '2', '3', 'end']);
  expect(readdirSync(w)).toHaveLength(400);
  await own.terminated(pid);
  const events = own.events.filter((e) => e.type === 'FileCreate' && e.process.pid === pid).length;
  expect(events).toBeLessThan(400);
  expect(await counted(own.sysmon, 0, 400 - events)).toBeGreaterThanOrEqual(400 - events);
  expect(errors(pid, own.events)).toHaveLength(1);
});
