/** What io_uring does to files is not seen; that it does is counted and said. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folder, seen, sysmon, useSensor } from './helpers/fixture.js';
import { compile, run } from './helpers/workspace.js';

useSensor(['FileCreate']);

test('operations are counted, and the process is named once', async ({ skip }) => {
  const program = compile('uring-files.c', join(folder, 'uring-files'));
  const r = run(program, ['a', 'b', 'c'], { cwd: folder });
  const { code, stdout } = await r.ended;
  if (code === 2) skip(`this kernel offers none (${stdout.trim()})`);
  expect(stdout.trim().split('\n')).toHaveLength(3);
  expect(['a', 'b', 'c'].map((f) => existsSync(join(folder, f)))).toEqual([true, true, true]);
  const error = await seen.find('Error', (e) => e.data.ID === 'IO_URING' && e.data.Description.includes(`process ${r.pid} `));
  expect(error.data.Description).toContain(program);
  await seen.terminated(r.pid);
  expect(seen.events.filter((e) => e.type === 'Error' && e.data.Description.includes(`process ${r.pid} `))).toHaveLength(1);
  // Opens that were given to it, not those of others, and no NOP. Counters are read once a second.
  let counted = 0;
  for (let i = 0; i < 200 && counted < 3; i++) {
    counted = sysmon.stats().blind.ioUring;
    await sleep(50);
  }
  expect(counted).toBeGreaterThanOrEqual(3);
  // Nothing is invented: what was not seen is no event.
  expect(seen.events.filter((e) => e.type === 'FileCreate' && e.process.pid === r.pid)).toEqual([]);
});

test('the same by system calls is no matter of this', async () => {
  const before = seen.events.filter((e) => e.type === 'Error').length;
  const r = run('/bin/sh', ['-c', ': > by-call'], { cwd: folder });
  await r.ended;
  await seen.find('FileCreate', (e) => e.process.pid === r.pid);
  expect(seen.events.filter((e) => e.type === 'Error')).toHaveLength(before);
});
