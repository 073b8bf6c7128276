/** FileDelete and FileDeleteDetected: every way by which a file loses a name. */
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { caused, exposedName, kernelNames, perform, workspace } from '../helpers/files.js';
import { Sysmon } from '../../../lib/index.js';
import { record } from '../helpers/capture.js';

useSensor(['FileDelete', 'FileDeleteDetected']);

const AT_REMOVEDIR = 0x200;
test('every field, of both events', async () => {
  const w = workspace();
  const path = join(w, 'program');
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  const { pid, outcomes } = await perform(['unlinkat', path, 0]);
  const created = await seen.created(pid);
  const [e] = caused('FileDelete', pid);
  const [d] = caused('FileDeleteDetected', pid);
  if (!e || !d) throw new Error('no event');
  const exposed = exposedName(path);
  const extra = {
    ...(kernelNames ? { nlink: 0, file: outcomes[0]?.facts?.file } : {}),
    ...(exposed ? { exposed } : {}),
  };
  expect({
    ...e,
    data: undefined,
    process: undefined,
    recordId: typeof e.recordId,
    time: typeof e.time,
    techniques: typeof e.techniques,
  }).toEqual({
    type: 'FileDelete',
    id: 23,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sys_exit_unlinkat', tier: 'core', ...extra },
    techniques: 'object',
  });
  const detected = {
    RuleName: '-',
    UtcTime: e.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    User: 'root',
    Image: created.data.Image,
    TargetFilename: path,
    Hashes: '-',
    IsExecutable: kernelNames,
  };
  expect(e.data).toEqual({ ...detected, Archived: false });
  expect(d.data).toEqual(detected);
  expect(d.extra).toEqual(e.extra);
  expect(e.process).toBe(created.process);
});

test('every call that takes a name', async () => {
  const w = workspace();
  for (const f of ['a', 'b', 'c', 'first']) writeFileSync(join(w, f), f);
  for (const d of ['d', 'e', 'f', 'dir']) mkdirSync(join(w, d));
  writeFileSync(join(w, 'dir/in'), 'in');
  linkSync(join(w, 'first'), join(w, 'second'));
  symlinkSync('nowhere', join(w, 'link'));
  const steps: (string | number)[][] = [
    ['chdir', w],
    ['unlink', 'a'],
    ['unlink', join(w, 'b')],
    ['rmdir', 'd'],
    ['unlinkat', 'c', 0],
    ['unlinkat', 'first', 0],
    ['unlinkat', 'second', 0],
    ['unlinkat', 'link', 0],
    ['unlinkat', './/dir/../e/', AT_REMOVEDIR],
    ['folder', join(w, 'dir')],
    ['unlinkat', 'in', 0],
    ['unlinkat', '../f', AT_REMOVEDIR],
  ];
  const { pid, outcomes } = await perform(...steps);
  const expected = outcomes.flatMap((o, i) => {
    const name = String(steps[i]?.[1]);
    if (o.result === undefined || !o.facts) return [];
    expect({ name, errno: o.errno }).toEqual({ name, errno: 0 });
    const path = name.startsWith('/')
      ? name
      : name === 'in'
        ? join(w, 'dir/in')
        : join(w, name.replace(/^.*\//, '') || 'e');
    const directory = (o.facts.file.mode & 0o170000) === 0o040000;
    return [
      { name, path, hook: `sys_exit_${o.call}`, directory, nlink: directory ? 0 : o.facts.nlink - 1, facts: o.facts },
    ];
  });
  expect(expected.length).toBeGreaterThanOrEqual(7);
  const events = caused('FileDelete', pid);
  expect(events.map((e) => [e.data.TargetFilename, e.extra.hook])).toEqual(expected.map((x) => [x.path, x.hook]));
  events.forEach((e, i) => {
    const x = expected[i];
    expect(e.extra.directory ?? false, x?.path).toBe(x?.directory);
    expect(e.extra.exposed, x?.path).toEqual(exposedName(x?.name ?? ''));
    expect(e.data.IsExecutable).toBe(false);
    if (!kernelNames) return;
    expect(e.extra.nlink, x?.path).toBe(x?.nlink);
    // The kernel empties a directory before it goes.
    if (!x?.directory) expect(e.extra.file, x?.path).toEqual(x?.facts.file);
    else expect(e.extra.file?.inode).toBe(x.facts.file.inode);
  });
});

test('what a rename replaces is deleted', async (context) => {
  if (!kernelNames) context.skip('before 6.13 the kernel does not say what a rename replaces: see the blind spots');
  const w = workspace();
  for (const f of ['x', 'y', 'dir/x', 'dir/y', 'z', 'z2'].filter((n) => !n.includes('/'))) writeFileSync(join(w, f), f);
  mkdirSync(join(w, 'dir'));
  for (const f of ['dir/x', 'dir/y']) writeFileSync(join(w, f), f);
  linkSync(join(w, 'z'), join(w, 'dir/z'));
  const before = Object.fromEntries(['y', 'dir/y', 'dir/x', 'z'].map((f) => [f, String(statSync(join(w, f)).ino)]));
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['renameat2', 'x', 'y', 0],
    ['renameat2', 'dir/x', 'dir/y', 0],
    ['renameat2', 'y', 'dir/y', 0],
    ['renameat2', 'z2', 'z', 0],
    ['renameat2', 'z', 'new', 0],
    ['renameat2', 'new', 'dir/y', 2],
  );
  expect(outcomes.map((o) => o.errno)).toEqual(outcomes.map(() => 0));
  expect(caused('FileDelete', pid).map((e) => [e.data.TargetFilename, e.extra.file?.inode, e.extra.nlink])).toEqual([
    [join(w, 'y'), before['y'], 0],
    [join(w, 'dir/y'), before['dir/y'], 0],
    [join(w, 'dir/y'), before['dir/x'], 0],
    [join(w, 'z'), before['z'], 1],
  ]);
});

test('what takes no name is no event', async () => {
  const w = workspace();
  mkdirSync(join(w, 'full'));
  writeFileSync(join(w, 'full/in'), '');
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['unlinkat', 'nothing', 0],
    ['unlinkat', 'full', 0],
    ['unlinkat', 'full', AT_REMOVEDIR],
    ['unlinkat', 'full/in', AT_REMOVEDIR],
    ['openat', 'full/in', 1, 0],
    ['renameat2', 'full/in', 'out', 0],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 2, 21, 39, 20, 0, 0]);
  expect(caused('FileDelete', pid)).toEqual([]);
  expect(caused('FileDeleteDetected', pid)).toEqual([]);
});

test('one by itself; and digests, of what was empty or had been read before', async () => {
  const w = workspace();
  const at = (name: string): string => join(w, name);
  writeFileSync(at('unread'), 'nobody reads it');
  writeFileSync(at('empty'), '');
  const only = new Sysmon({ events: ['FileDeleteDetected', 'FileModify', 'ProcessTerminate'], hashTimeoutMs: 10_000 });
  const capture = record(only);
  await only.start();
  for (const f of ['read', 'linked', 'since']) writeFileSync(at(f), f);
  await Promise.all(
    ['read', 'linked', 'since'].map((f) => capture.find('FileModify', (e) => e.data.TargetFilename === at(f))),
  );
  linkSync(at('linked'), at('other'));
  utimesSync(at('since'), 1, 1);
  const names = ['unread', 'empty', 'read', 'linked', 'since'];
  const { pid } = await perform(...names.map((f) => ['unlinkat', at(f), 0]));
  await capture.terminated(pid);
  await only.stop();
  const mine = capture.events.filter((e) => e.process?.pid === pid && e.type.startsWith('File'));
  expect(new Set(mine.map((e) => e.type))).toEqual(new Set(['FileDeleteDetected']));
  const of = (text: string): string => `SHA256=${createHash('sha256').update(text).digest('hex')}`;
  const told = capture.events.flatMap((e) =>
    e.type === 'FileDeleteDetected' && e.data.ProcessId === pid
      ? [[basename(e.data.TargetFilename), [e.data.Hashes, e.extra.hash]]]
      : [],
  );
  expect(Object.fromEntries(told)).toEqual(
    kernelNames
      ? {
          unread: ['-', 'gone'],
          empty: [of(''), undefined],
          read: [of('read'), 'touched'],
          linked: [of('linked'), 'touched'],
          since: ['-', 'gone'],
        }
      : Object.fromEntries(names.map((name) => [name, ['-', 'unknown']])),
  );
});
