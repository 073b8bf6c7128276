/** FailedExecution and ProcessRename: against what the calls themselves returned, and what /proc says. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FailedExecutionEvent, ProcessRenameEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['FailedExecution', 'ProcessRename']);

const failing = `
import ctypes, errno, os, sys
libc = ctypes.CDLL(None, use_errno=True)
folder = sys.argv[1]
os.chdir(folder)
def tried(act):
    try: act()
    except OSError as e: print(errno.errorcode[e.errno], flush=True)
    else: raise SystemExit('it did not fail')
def execveat(directory, name, argv, flags):
    words = (ctypes.c_char_p * (len(argv) + 1))(*argv, None)
    nr = 281 if os.uname().machine == 'aarch64' else 322
    if libc.syscall(nr, directory, name, words, None, flags): raise OSError(ctypes.get_errno(), '')
tried(lambda: os.execv('/no/such/program', ['such', 'a b', '']))
tried(lambda: os.execv('plain', ['plain']))
tried(lambda: os.execv('./junk', ['junk', '-x']))
tried(lambda: os.execv('sub', ['sub']))
tried(lambda: os.execv('plain/below', ['below']))
at = os.open('sub', os.O_RDONLY)
tried(lambda: execveat(at, b'missing', [b'm', b'1'], 0))
tried(lambda: execveat(os.open('plain', os.O_RDONLY), b'', [b'p'], 0x1000))
tried(lambda: os.execv('/no/such/program', ['w%d' % i for i in range(30)]))
# Near miss: what succeeds.
os.execv('/bin/true', ['true'])
`;

test('each exec that fails is told, with what the call returned', async () => {
  writeFileSync(join(folder, 'plain'), '#!/bin/sh\n', { mode: 0o644 });
  writeFileSync(join(folder, 'junk'), 'no program at all');
  chmodSync(join(folder, 'junk'), 0o755);
  mkdirSync(join(folder, 'sub'), { recursive: true });
  const r = run('/usr/bin/python3', ['-c', failing, folder]);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  await seen.terminated(r.pid);
  const events = seen.events.filter(
    (e): e is FailedExecutionEvent => e.type === 'FailedExecution' && e.data.ProcessId === r.pid,
  );
  expect(events.map((e) => e.data.Errno)).toEqual(stdout.trim().split('\n'));
  expect(events.map((e) => [e.data.TargetFilename, e.data.CommandLine, e.extra.hook.slice(9)])).toEqual([
    ['/no/such/program', 'such a b ', 'execve'],
    [join(folder, 'plain'), 'plain', 'execve'],
    [join(folder, 'junk'), 'junk -x', 'execve'],
    [join(folder, 'sub'), 'sub', 'execve'],
    [join(folder, 'plain/below'), 'below', 'execve'],
    [join(folder, 'sub/missing'), 'm 1', 'execveat'],
    [join(folder, 'plain'), 'p', 'execveat'],
    ['/no/such/program', Array.from({ length: 24 }, (_, i) => `w${i}`).join(' '), 'execve'],
  ]);
  expect(events.map((e) => e.extra.errno)).toEqual([2, 13, 8, 13, 20, 2, 13, 2]);
  expect(events.map((e) => e.extra.truncated)).toEqual([...Array<undefined>(7), ['CommandLine']]);
  expect(events[0]?.data.Image).toMatch(/python3/);
});

const renaming = `
import ctypes, os, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
name = lambda: open('/proc/self/comm').read().strip()
def say(): print(name(), flush=True)
say()
libc.prctl(15, b'[kworker/0:1]'); say()
open('/proc/self/comm', 'w').write('sshd'); say()
libc.prctl(15, b'longer than fifteen'); say()
# Near misses: the same name, that of another thread, and an exec, which gives a name as well.
libc.prctl(15, b'longer than fif')
t = threading.Thread(target=lambda: libc.prctl(15, b'thread')); t.start(); t.join()
# Where the arguments are.
stat = open('/proc/self/stat').read().rsplit(')', 1)[1].split()
start, end = int(stat[45]), int(stat[46])
first = open('/proc/self/cmdline', 'rb').read().split(b'\\0')
moved = libc.prctl(35, 8, ctypes.c_ulong(start + len(first[0]) + 1), 0, 0)
print(moved, first[0].decode(), first[1].decode(), flush=True)
os.execv('/bin/sleep', ['sleep', '0'])
`;

test('a process that takes another name is told, by what /proc says', async () => {
  const r = run('/usr/bin/python3', ['-c', renaming]);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  await seen.terminated(r.pid);
  const events = seen.events.filter(
    (e): e is ProcessRenameEvent => e.type === 'ProcessRename' && e.data.ProcessId === r.pid,
  );
  const lines = stdout.trim().split('\n');
  const [before, worker, sshd, long] = lines;
  const [moved, first, second] = lines[4]?.split(' ') ?? [];
  expect(long).toBe('longer than fif');
  const told = events.map((e) => [e.data.PreviousName, e.data.NewName, e.data.Operation]);
  expect(told).toEqual([
    [before, worker, 'PR_SET_NAME'],
    [worker, sshd, 'comm'],
    [sshd, long, 'PR_SET_NAME'],
    // It takes CAP_SYS_RESOURCE.
    ...(moved === '0' ? [[first, second, 'PR_SET_MM']] : []),
  ]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
