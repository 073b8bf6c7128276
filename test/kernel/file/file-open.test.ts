/** FileOpen: files of the list are told whatever way leads to them, and no other is. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import type { FileOpenEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { caused, perform } from '../helpers/files.js';
import { run } from '../helpers/workspace.js';
import { told, uring } from './uring.js';

// The folder of the test is not known yet: a star stands for it.
const at = (rest: string): string => join(tmpdir(), '*', rest);
const listed = {
  exact: at('keys/secret'),
  glob: at('k*s/i*_k*y'),
  folder: at('kept/*'),
  below: at('deep/**'),
  above: at('far/*/*.pem'),
};
useSensor(['FileOpen'], { watchFiles: ['default', ...Object.values(listed)] });

const O_WRONLY = 1;
const O_RDWR = 2;
const O_TRUNC = 0o1000;
const O_DIRECTORY = 0o200000;
const O_PATH = 0o10000000;

let work = '';
const files = [
  'keys/secret',
  'keys/id_a_key',
  'keys/id_key2',
  'keys/public',
  'kept/one',
  'kept/in/two',
  'deep/a/b/c',
  'deeper/x',
  'far/x/y.pem',
  'far/x/y.pe',
  'mounted/secret',
];
beforeAll(() => {
  work = folder;
  for (const f of files) {
    mkdirSync(dirname(join(work, f)), { recursive: true });
    writeFileSync(join(work, f), 'content');
  }
});

const short = (e: FileOpenEvent): unknown[] => [e.data.TargetFilename, e.data.Access, e.data.WatchEntry];

test('every field; by name, prefix and glob; to read, to write and both; and no near miss', async () => {
  const { pid, outcomes } = await perform(
    ['openat', join(work, 'keys/secret'), 0, 0],
    ['openat', join(work, 'keys/id_a_key'), O_WRONLY, 0],
    ['openat', join(work, 'kept/one'), O_RDWR, 0],
    ['openat', join(work, 'deep/a/b/c'), O_WRONLY | O_TRUNC, 0],
    ['openat', join(work, 'far/x/y.pem'), 0, 0],
    // Near misses: another name, another directory, a directory, what is below one, a name only, what fails.
    ['openat', join(work, 'keys/public'), 0, 0],
    ['openat', join(work, 'keys/id_key2'), 0, 0],
    ['openat', join(work, 'mounted/secret'), 0, 0],
    ['openat', join(work, 'kept/in'), O_DIRECTORY, 0],
    ['openat', join(work, 'kept/in/two'), 0, 0],
    ['openat', join(work, 'deeper/x'), 0, 0],
    ['openat', join(work, 'deep'), O_DIRECTORY, 0],
    ['openat', join(work, 'far/x/y.pe'), 0, 0],
    ['openat', join(work, 'keys/secret'), O_PATH, 0],
    ['openat', join(work, 'keys/secret/x'), 0, 0],
    ['openat', '/proc/self/maps', 0, 0],
    ['openat', '/etc/passwd', 0, 0],
  );
  expect(outcomes.map((o) => o.errno)).toEqual(outcomes.map((_, i) => (i === 14 ? 20 : 0)));
  const events = caused('FileOpen', pid);
  expect(events.map(short)).toEqual([
    [join(work, 'keys/secret'), 'read', listed.exact],
    [join(work, 'keys/id_a_key'), 'write', listed.glob],
    [join(work, 'kept/one'), 'readWrite', listed.folder],
    [join(work, 'deep/a/b/c'), 'write', listed.below],
    [join(work, 'far/x/y.pem'), 'read', listed.above],
  ]);
  const created = await seen.created(pid);
  const [first] = events;
  expect(first?.data).toEqual({
    RuleName: '-',
    UtcTime: first?.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    TargetFilename: join(work, 'keys/secret'),
    Access: 'read',
    WatchEntry: listed.exact,
    User: 'root',
  });
  expect(first?.extra).toEqual({ hook: 'sys_exit_openat', tier: 'core', file: outcomes[0]?.facts?.file });
  expect(first?.techniques.map((t) => t.id)).toEqual(['T1552.001']);
});

test('other ways: calls, a link, a handle, /proc/PID/fd, another name, a bind mount', async () => {
  const secret = join(work, 'keys/secret');
  symlinkSync(secret, join(work, 'link'));
  const { pid, outcomes } = await perform(
    ['open', secret, 0, 0],
    ['openat2', secret, 0, 0],
    ['openat', join(work, 'link'), 0, 0],
    ['open_by_handle_at', secret, 0],
  );
  const ways = outcomes.filter((o) => o.result !== undefined && o.result >= 0).map((o) => `sys_exit_${o.call}`);
  expect(ways.length).toBeGreaterThanOrEqual(3);
  expect(caused('FileOpen', pid).map((e) => [e.extra.hook, ...short(e)])).toEqual(
    ways.map((hook) => [hook, secret, 'read', listed.exact]),
  );

  execFileSync('ln', [secret, join(work, 'hard')]);
  const python = `import os
fd = os.open('${secret}', os.O_PATH)
os.open('/proc/self/fd/%d' % fd, os.O_RDONLY)
os.open('/proc/self/root${secret}', os.O_RDONLY)
os.open('${work}/hard', os.O_RDONLY)
`;
  const script = `mount --bind "$1/keys" "$1/mounted"; cat "$1/mounted/secret"; exec /usr/bin/python3 -c "$2"`;
  const r = run('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', script, 'sh', work, python]);
  expect((await r.ended).stderr).toBe('');
  await seen.terminated(r.pid);
  expect(caused('FileOpen', r.pid).map((e) => [...short(e), e.extra.byInode])).toEqual([
    [secret, 'read', listed.exact, undefined],
    [secret, 'read', listed.exact, undefined],
    [join(work, 'hard'), 'read', listed.exact, true],
  ]);
  const mounted = seen.events.filter((e) => e.type === 'FileOpen' && e.process?.parent?.pid === r.pid);
  expect(mounted.map((e) => e.type === 'FileOpen' && [...short(e), e.extra.byInode])).toEqual([
    [join(work, 'mounted/secret'), 'read', listed.exact, true],
  ]);
});

test('a file that replaces one of the list is told by its path, the one that it replaced by its inode', async () => {
  const secret = join(work, 'keys/secret');
  renameSync(secret, join(work, 'old'));
  writeFileSync(join(work, 'new'), 'fresh');
  renameSync(join(work, 'new'), secret);
  const { pid } = await perform(['openat', secret, 0, 0], ['openat', join(work, 'old'), 0, 0]);
  expect(caused('FileOpen', pid).map((e) => [e.data.TargetFilename, e.extra.byInode])).toEqual([
    [secret, undefined],
    [join(work, 'old'), true],
  ]);
});

test('by io_uring', async (context) => {
  const { pid, results } = await uring(context, work, 'open', 'keys/secret', '0');
  expect(results[0]).toBeGreaterThanOrEqual(0);
  const events = caused('FileOpen', pid).map((e) => [e.extra.hook, e.data.TargetFilename]);
  expect(events).toEqual(told ? [['io_uring_openat', join(work, 'keys/secret')]] : []);
});

test('the usual list, and the rules of the starter configuration for it', async () => {
  const rules = compile(loadConfig('starter'));
  const other = run('sleep', ['60']);
  const reader = run('/usr/bin/python3', [
    '-c',
    `for name in ['/etc/shadow', '/proc/${other.pid}/environ', '/proc/${other.pid}/maps']:
    open(name).read()`,
  ]);
  expect((await reader.ended).code).toBe(0);
  await seen.terminated(reader.pid);
  other.child.kill('SIGKILL');
  await other.ended;
  const events = caused('FileOpen', reader.pid);
  expect(events.map((e) => e.data.WatchEntry)).toEqual(['/etc/shadow', '/proc/*/environ', '/proc/*/maps']);
  const verdicts = events.map((e) => rules.evaluate(e as never));
  expect(verdicts.map((v) => v.verdict)).toEqual(['log', 'log', 'drop']);
  expect(verdicts[0]?.ruleName).toContain('T1003.008');
  // What has to read it is not told.
  const [shadow] = events;
  const login = { ...shadow, data: { ...shadow?.data, Image: '/usr/sbin/unix_chkpwd' } };
  expect(rules.evaluate(login as never).verdict).toBe('drop');
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
