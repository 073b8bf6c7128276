/** Record ids go on over restarts, and none is given twice. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordIds } from '../../../lib/service/record-ids.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sysmon-ids-'))));
afterAll(() => rmSync(folder, { recursive: true }));

test('they begin with 1 and go on', () => {
  const path = join(folder, 'eventId');
  const first = new RecordIds(path);
  expect([first.next(), first.next()]).toEqual([1, 2]);
  first.keep();
  expect(readFileSync(path).readBigUInt64LE()).toBe(3n);
  first.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const second = new RecordIds(path);
  expect(second.next()).toBe(3);
  second.close();
});

test('what was kept before a kill is not given again', () => {
  const path = join(folder, 'killed');
  const killed = new RecordIds(path);
  killed.next();
  killed.next();
  killed.keep();
  const next = new RecordIds(path); // nobody closed the first
  expect(next.next()).toBe(3);
  next.close();
});

test('a counter of the peer is taken over', () => {
  const path = join(folder, 'peer');
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(26_004n);
  writeFileSync(path, bytes);
  const ids = new RecordIds(path);
  expect(ids.next()).toBe(26_004);
  ids.close();
});

test.each([
  ['cut', Buffer.alloc(3)],
  ['too large', Buffer.alloc(8, 0xff)],
])('%s: it is no counter', (name, bytes) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  expect(() => new RecordIds(path)).toThrow('it is no counter of record ids');
});
