/**
 * KernelParameter: settings that are written in every way, and calls, against what the kernel says itself. Only
 * settings that harm nobody are changed, and put back; the clock and swap are not touched.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { KernelParameterEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['KernelParameter']);

const core = '/proc/sys/kernel/core_uses_pid';
const before = readFileSync(core, 'utf8');
const dumped = readFileSync('/proc/sys/kernel/core_pattern', 'utf8');
afterAll(() => {
  writeFileSync(core, before);
  writeFileSync('/proc/sys/kernel/core_pattern', dumped);
});

const ways = `
import ctypes, mmap, os, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
core, folder = sys.argv[1:]
def write(path, text, by=os.write, flags=os.O_WRONLY):
    f = os.open(path, flags)
    try: by(f, text)
    finally: os.close(f)
def sendfile(f, text):
    with open(folder + '/value', 'wb') as v: v.write(text)
    v = os.open(folder + '/value', os.O_RDONLY)
    os.sendfile(f, v, 0, len(text))
def failing(act):
    try: act()
    except OSError: return
    raise SystemExit('it did not fail')
write(core, b'0')
print('start', flush=True)
write(core, b'1\\n')
write(core, b'0', lambda f, t: os.pwrite(f, t, 0))
write(core, b'1', lambda f, t: os.writev(f, [t]))
write(core, b'0', lambda f, t: os.pwritev(f, [t], 0))
write(core, b'1', sendfile)
os.mkdir(folder + '/proc'); os.mkdir(folder + '/elsewhere')
libc.unshare(0x20000)
libc.mount(None, b'/', None, 0x44000, None)
open(folder + '/one', 'w').close()
libc.mount(core.encode(), (folder + '/one').encode(), None, 0x1000, None)
write(folder + '/one', b'0')
# A setting of which the kernel's own value is not read.
tables = '/proc/sys/vm/stat_interval'
now = open(tables).read()
write(tables, now.encode())
# A setting of the kernel that is text, of a module, and none.
pattern = open('/proc/sys/kernel/core_pattern').read()
write('/proc/sys/kernel/core_pattern', b'/sysmon-test/%p')
write('/proc/sys/kernel/core_pattern', pattern.encode())
# Near misses: what is the same, refused, only read, no setting, or any file.
write(core, b'0')
failing(lambda: write(core, b'x'))
open(core).read()
os.close(os.open(core, os.O_WRONLY | os.O_TRUNC))
write('/proc/self/oom_score_adj', b'10')
write('/proc/self/comm', b'other')
write(folder + '/one-more', b'1', flags=os.O_WRONLY | os.O_CREAT)
# Calls.
buffer = ctypes.create_string_buffer(256)
libc.adjtimex(buffer)                               # asks
libc.acct(None)                                     # off, as it is
libc.acct(b'/no/such/file')                         # refused
libc.swapon(b'/no/such/file', 0)                    # refused
libc.reboot(0x77777777)                             # refused
`;

test('every way to write to a setting is told, and calls; near misses are not', async () => {
  const r = run('/usr/bin/python3', ['-c', ways, core, folder]);
  const { code, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  await seen.terminated(r.pid);
  const events = seen.events.filter(
    (e): e is KernelParameterEvent => e.type === 'KernelParameter' && e.data.ProcessId === r.pid,
  );
  const interval = readFileSync('/proc/sys/vm/stat_interval', 'utf8').trim();
  const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim();
  const told = events.map((e) => [
    e.extra.hook.replace('pwritev2', 'pwritev'),
    e.data.Parameter,
    e.data.PreviousValue,
    e.data.NewValue,
  ]);
  // Whether the first write changed anything depends on what was there.
  if (told[0]?.[2] === '1' && told[0][3] === '0' && before.trim() === '1') told.shift();
  expect(told.filter(([hook]) => hook !== 'sys_exit_acct')).toEqual([
    ['sys_exit_write', core, '0', '1'],
    ['sys_exit_pwrite64', core, '1', '0'],
    ['sys_exit_writev', core, '0', '1'],
    ['sys_exit_pwritev', core, '1', '0'],
    ['sys_exit_sendfile64', core, '0', '1'],
    ['sys_exit_write', core, '1', '0'],
    ['sys_exit_write', '/proc/sys/vm/stat_interval', '-', interval],
    ['sys_exit_write', '/proc/sys/kernel/core_pattern', pattern, '/sysmon-test/%p'],
    ['sys_exit_write', '/proc/sys/kernel/core_pattern', '/sysmon-test/%p', pattern],
  ]);
  // acct(2) is not in every kernel.
  for (const [, name, , value] of told.filter(([hook]) => hook === 'sys_exit_acct'))
    expect([name, value]).toEqual(['acct', '-']);
  expect(events.map((e) => [e.extra.exposed, e.extra.truncated])).toEqual(events.map(() => [undefined, undefined]));
  expect(events[0]?.data.User).toBe('root');
});

test('a reboot is told when it is asked for by who may, and ends a pid namespace here', async () => {
  const script = 'import ctypes; ctypes.CDLL(None).reboot(0x1234567)';
  const may = run('/usr/bin/unshare', ['--pid', '--fork', '/usr/bin/python3', '-c', script]);
  await may.ended;
  const child = await seen.find('KernelParameter', (e) => e.data.Parameter === 'reboot');
  expect([child.data.NewValue, child.process?.ppid, child.extra.hook]).toEqual([
    'restart',
    may.pid,
    'sys_enter_reboot',
  ]);
  const not = run('/usr/bin/setpriv', [
    '--reuid=65534',
    '--clear-groups',
    '--inh-caps=-all',
    '/usr/bin/unshare',
    '--user',
    '/usr/bin/python3',
    '-c',
    `${script}`,
  ]);
  await not.ended;
  await seen.terminated(not.pid);
  expect(seen.events.filter((e) => e.type === 'KernelParameter' && e.data.Parameter === 'reboot')).toEqual([child]);
});

test('a control group that calls a program of the host is told', async (context) => {
  const r = spawnSync('/usr/bin/unshare', [
    '-m',
    '/bin/sh',
    '-c',
    `mkdir "$1" && mount -t cgroup -o none,name=sysmontest none "$1" && mkdir "$1/x" && echo 1 > "$1/x/notify_on_release" &&
     echo 0 > "$1/x/cgroup.clone_children"; rmdir "$1/x"; umount "$1"`,
    'sh',
    join(folder, 'groups'),
  ]);
  if (r.status !== 0) context.skip(`kernel ${release()} mounts no cgroup of version 1 here: ${r.stderr.toString()}`);
  const e = await seen.find('KernelParameter', (x) => x.data.Parameter.endsWith('/notify_on_release'));
  expect([e.data.Parameter, e.data.NewValue]).toEqual(['/sys/fs/cgroup/x/notify_on_release', '1']);
  expect(seen.events.some((x) => x.type === 'KernelParameter' && x.data.Parameter.includes('clone_children'))).toBe(
    false,
  );
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
