/** Which JavaScript started a child, as node tells of it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hasSubscribers } from 'node:diagnostics_channel';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeEvent, type ProcessParts } from '../../../lib/testing/index.js';
import type { ProcessRecord } from '../../../lib/schema/events.gen.js';
import { SpawnSites } from '../../../lib/watch/spawn-sites.js';

function sitesOf(storage?: AsyncLocalStorage<unknown>): SpawnSites {
  const sites = new SpawnSites(storage);
  onTestFinished(() => sites.close());
  return sites;
}

/** As the kernel would tell of it. */
const recordOf = ({ pid }: ChildProcess, startTime = new Date().toISOString(), ppid = process.pid): ProcessRecord =>
  makeProcess({ pid, ppid, startTime });

const makeProcess = (process: ProcessParts): ProcessRecord => makeEvent('ProcessCreate', { process }).process;

function startsOne(): ChildProcess {
  return spawn('true', { stdio: 'ignore' });
}

test('a child, and what descends from it, by the stack and the store of its spawn', async () => {
  const storage = new AsyncLocalStorage<unknown>();
  const sites = sitesOf(storage);
  const child = storage.run('request 7', startsOne);
  const other = execFile('true');
  const start = new Date().toISOString();
  const at = sites.of(recordOf(child)); // before the turn of the loop has ended
  expect(at?.stack.split('\n')[0]).toMatch(/^at startsOne \(.*spawn-sites\.test\.ts:\d+:\d+\)$/);
  expect(at?.store).toBe('request 7');
  await nextTurn();
  expect(sites.of(recordOf(child, start))).toEqual(at);
  const below = makeProcess({ pid: 999_999_999, ppid: child.pid, parent: recordOf(child, start) });
  expect(sites.of(below)).toEqual(at);
  expect(sites.of(recordOf(other, start))?.stack).not.toContain('startsOne');
  expect(sites.of(recordOf(other, start))).toHaveProperty('store', undefined);
  await Promise.all([once(child, 'exit'), once(other, 'exit')]);
});

test('what is not known is not said: another parent, a pid that is used again, no such program', async () => {
  const sites = sitesOf();
  const child = startsOne();
  const bad = spawn('/nowhere/at-all').on('error', () => undefined);
  await once(child, 'exit');
  const now = Date.now();
  expect(sites.of(recordOf(child))).not.toHaveProperty('store');
  expect(sites.of(recordOf(child, undefined, 1))).toBeUndefined();
  expect(sites.of(recordOf(child, new Date(now + 3_600_000).toISOString()))).toBeUndefined();
  expect(sites.of(recordOf(child, new Date(now - 3_600_000).toISOString()))).toBeUndefined();
  expect(bad.pid).toBeUndefined();
  const mine = { stack: 'at me' };
  const asked = sites.during(mine, startsOne);
  await once(asked, 'exit');
  expect(sites.of(recordOf(asked))).toEqual(mine);
});

test('nobody listens any more when it is closed', () => {
  new SpawnSites(undefined).close();
  expect(hasSubscribers('child_process')).toBe(false);
});
