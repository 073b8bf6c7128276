/** FileRename and FileLink: both names of what was renamed or linked, by every call; and what comes near. */
import { linkSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import { caused, kernelNames, perform, performAfter, workspace } from '../helpers/files.js';
import { seen, useSensor } from '../helpers/fixture.js';
import { told, untold, uring } from './uring.js';

useSensor(['FileRename', 'FileLink', 'FileCreate', 'FileDelete']);

const NOREPLACE = 1;
const EXCHANGE = 2;
const O_TMPFILE = 0o20200002;
/** Before 6.13 nothing says whether a rename replaced something. */
const nothing = kernelNames ? 'false' : '-';
const another = kernelNames ? 'true' : '-';

interface Both {
  readonly exposed?: readonly string[];
  readonly file?: { readonly inode: string };
}
/** What the kernel itself says of a file: its inode. Older kernels say none, and mark what was passed. */
const sure = (path: string): unknown[] => (kernelNames ? [undefined, String(lstatSync(path).ino)] : []);
const marks = ({ exposed, file }: Both): unknown[] => (kernelNames ? [exposed, file?.inode] : []);

const renames = (w: string, pid: number): unknown[] =>
  caused('FileRename', pid).map(({ data: d, extra }) => [
    d.SourceFilename.replace(`${w}/`, ''),
    d.TargetFilename.replace(`${w}/`, ''),
    d.Replaced,
    d.Exchanged,
    ...marks(extra),
  ]);
const links = (w: string, pid: number): unknown[] =>
  caused('FileLink', pid).map(({ data: d, extra }) => [
    d.LinkType,
    d.TargetFilename.replace(`${w}/`, ''),
    d.LinkTarget.replace(`${w}/`, ''),
    ...marks(extra),
  ]);

test('renames by every call: both names, what was replaced, and every field', async () => {
  const w = workspace('a', 'b', 'c', 'over', 'gone', 'first');
  mkdirSync(join(w, 'sub/deep'), { recursive: true });
  linkSync(join(w, 'first'), join(w, 'second'));
  const at = (f: string): string => join(w, f);
  const { pid, outcomes } = await perform(
    ['renameat2', at('a'), at('sub/a2'), NOREPLACE],
    ['renameat2', at('gone'), at('over'), 0],
    ['folder', w],
    ['renameat2', 'b', 'sub/b2', 0],
    ['renameat2', 'sub/deep', 'deep', 0],
    ['renameat2', 'second', 'deep/third', 0], // one of two names of a file
    ['renameat2', 'nowhere', 'x', 0], // fails, as does the next
    ['renameat2', 'c', 'over', NOREPLACE],
    ['chdir', w],
    ['renameat2', './sub/../c', 'deep/../c2', 0],
  );
  expect(outcomes.filter((o) => o.call === 'renameat2').map((o) => o.errno)).toEqual([0, 0, 0, 0, 0, 2, 17, 0]);
  expect(renames(w, pid)).toEqual([
    ['a', 'sub/a2', 'false', false, ...sure(at('sub/a2'))],
    ['gone', 'over', another, false, ...sure(at('over'))],
    ['b', 'sub/b2', nothing, false, ...sure(at('sub/b2'))],
    ['sub/deep', 'deep', nothing, false, ...sure(at('deep'))],
    ['second', 'deep/third', nothing, false, ...sure(at('deep/third'))],
    ['c', 'c2', nothing, false, ...sure(at('c2'))],
  ]);
  const [first] = caused('FileRename', pid);
  const created = await seen.created(pid);
  expect(first?.data).toEqual({
    RuleName: '-',
    UtcTime: first?.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    SourceFilename: at('a'),
    TargetFilename: at('sub/a2'),
    Replaced: 'false',
    Exchanged: false,
    User: 'root',
  });
  expect(first?.extra.hook).toBe('sys_exit_renameat2');
  if (!kernelNames) expect(first?.extra.exposed).toEqual(['SourceFilename', 'TargetFilename']);
  // What Sysmon counts stays.
  expect(caused('FileCreate', pid)).toHaveLength(6);
  expect(caused('FileDelete', pid)).toHaveLength(kernelNames ? 1 : 0);
});

test('rename(2) and renameat(2), where the architecture has them', async () => {
  const w = workspace('a', 'b');
  const { pid, outcomes } = await perform(['chdir', w], ['rename', 'a', 'a2'], ['renameat', 'b', 'b2']);
  const had = outcomes.slice(1).filter((o) => o.result === 0);
  const wanted = had.map((o) => [`sys_exit_${o.call}`, o.call === 'rename' ? 'a' : 'b']);
  expect(caused('FileRename', pid).map((e) => [e.extra.hook, e.data.SourceFilename.replace(`${w}/`, '')])).toEqual(
    wanted,
  );
});

test('an exchange of two names: an event of each file, and a FileCreate of each name', async () => {
  const w = workspace('a', 'x');
  mkdirSync(join(w, 'sub'));
  linkSync(join(w, 'a'), join(w, 'sub/linked'));
  const at = (f: string): string => join(w, f);
  const { pid, outcomes } = await perform(['chdir', w], ['renameat2', 'a', 'x', EXCHANGE]);
  expect(outcomes[1]?.errno).toBe(0);
  expect(renames(w, pid)).toEqual([
    ['a', 'x', 'false', true, ...sure(at('x'))],
    ['x', 'a', 'false', true, ...sure(at('a'))],
  ]);
  // Their births are looked up.
  for (const f of ['x', 'a'])
    await seen.find('FileCreate', (e) => e.process.pid === pid && e.data.TargetFilename === at(f));
  const [one, two] = [at('sub'), at('x')];
  const second = await perform(['renameat2', one, two, EXCHANGE]);
  expect(renames(w, second.pid)).toEqual([
    ['sub', 'x', 'false', true, ...sure(at('x'))],
    ['x', 'sub', 'false', true, ...sure(at('sub'))],
  ]);
});

test('links: what they are of, by path, from a descriptor, of what has no name', async () => {
  const w = workspace('f', 'g');
  const at = (f: string): string => join(w, f);
  const text = `../${'t'.repeat(300)}/x`;
  const { pid, outcomes } = await perform(
    ['chdir', w],
    ['linkat', 'f', 'hard', 0],
    ['linkat', at('hard'), at('hard2'), 0], // of one of two names
    ['symlinkat', '../no//where', 'soft'],
    ['symlinkat', text, 'long'],
    ['linkat', 'soft', 'of-link', 0], // of the symbolic link itself
    ['openat', 'g', 0, 0],
    ['linkempty', 'empty'],
    ['openat', '.', O_TMPFILE, 0o600],
    ['linkfd', 'named'],
    ['linkat', 'nowhere', 'x', 0], // these fail
    ['symlinkat', 'x', 'f'],
  );
  expect(outcomes.filter((o) => /link/.test(o.call)).map((o) => o.errno)).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 17]);
  expect(links(w, pid)).toEqual([
    ['hard', 'hard', 'f', ...sure(at('hard'))],
    ['hard', 'hard2', 'hard', ...sure(at('hard2'))],
    ['symbolic', 'soft', '../no//where', ...sure(at('soft'))],
    ['symbolic', 'long', text, ...sure(at('long'))],
    ['hard', 'of-link', 'soft', ...sure(at('of-link'))],
    ['hard', 'empty', 'g', ...sure(at('empty'))],
    ['hard', 'named', kernelNames ? '-' : expect.stringMatching(/^\/proc\//), ...sure(at('named'))],
  ]);
  expect(caused('FileCreate', pid)).toHaveLength(7);
  const old = await perform(['chdir', w], ['link', 'f', 'l'], ['symlink', 'f', 's']);
  expect(links(w, old.pid).length).toBe(old.outcomes.slice(1).filter((o) => o.result === 0).length);
});

test('by io_uring', async (context) => {
  if (!told) context.skip(untold);
  const w = workspace('a', 'b');
  const { pid, results } = await uring(context, w, 'rename', 'a', 'a2', 'linkat', 'b', 'b2', 'symlink', 'a2', 's');
  expect(results).toEqual([0, 0, 0]);
  expect(renames(w, pid)).toEqual([['a', 'a2', nothing, false, ...sure(join(w, 'a2'))]]);
  expect(links(w, pid)).toEqual([
    ['hard', 'b2', 'b', ...sure(join(w, 'b2'))],
    ['symbolic', 's', 'a2', ...sure(join(w, 's'))],
  ]);
});

test('on overlayfs, of files of the lower layer, and behind a second mount', async (context) => {
  if (!kernelNames) context.skip('before 6.13 names are as passed on every file system');
  const w = workspace();
  const m = join(w, 'm');
  const { pid, outcomes } = await performAfter(
    `mount -t tmpfs none "${w}"; cd "${w}"; mkdir lower upper work m; echo x > lower/f; echo x > lower/g; echo x > lower/h
     mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none m; mkdir bound; mount --bind m bound`,
    ['chdir', m],
    ['renameat2', 'f', 'f2', 0],
    ['linkat', 'g', 'g2', 0],
    ['renameat2', join(w, 'bound/h'), join(w, 'bound/h2'), 0],
  );
  expect(outcomes.map((o) => o.errno)).toEqual([0, 0, 0, 0]);
  const exact = caused('FileRename', pid).map((e) => [e.data.SourceFilename, e.data.TargetFilename]);
  expect(exact).toEqual([
    [join(m, 'f'), join(m, 'f2')],
    [join(w, 'bound/h'), join(w, 'bound/h2')],
  ]);
  const [link] = caused('FileLink', pid);
  expect([link?.data.LinkTarget, link?.data.TargetFilename]).toEqual([join(m, 'g'), join(m, 'g2')]);
});

test('the rules of the starter configuration', () => {
  const rules = compile(loadConfig('starter'));
  const of = (type: 'FileRename' | 'FileLink', data: object): string => {
    const e = seen.events.find((x) => x.type === type);
    return rules.evaluate({ ...e, data: { ...e?.data, Image: '/tmp/x', ...data } } as never).ruleName ?? '';
  };
  const moved = (SourceFilename: string, TargetFilename: string): string =>
    of('FileRename', { SourceFilename, TargetFilename });
  expect(moved('/var/log/auth.log', '/tmp/x')).toContain('T1070.002');
  expect(moved('/tmp/miner', '/tmp/.miner')).toContain('T1564.001');
  expect(moved('/var/tmp/app', '/var/tmp/app2')).not.toContain('Technique');
  expect(of('FileLink', { TargetFilename: '/tmp/report', LinkTarget: '/etc/shadow' })).toContain('T1003.008');
  expect(of('FileLink', { TargetFilename: '/root/.bash_history', LinkTarget: '/dev/null' })).toContain('T1070.003');
  expect(of('FileLink', { TargetFilename: '/tmp/report', LinkTarget: '/etc/hostname' })).not.toContain('Technique');
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
