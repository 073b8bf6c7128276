/** Signal: who sends what to whom, against what the test sends itself and what /proc says of the targets. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SignalEvent } from '../../../lib/index.js';
import { folder, idle, seen, useSensor, userName } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['Signal']);

const nobody = 65534;

/** What the script may use: calls by number, and a process that does nothing. */
const preamble = `
import ctypes, json, os, platform, signal, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == 'aarch64'
TGKILL, RT_SIGQUEUEINFO, PIDFD_SEND = (131, 138, 424) if ARM else (234, 129, 424)
def idle(path, uid=0):
    pid = os.fork()
    if pid == 0:
        if uid: os.setgid(uid); os.setuid(uid)
        os.execv(path, [path])
    while os.readlink(f'/proc/{pid}/exe') != path: time.sleep(0.01)
    return pid
def queue(pid, number, code):
    info = struct.pack('iii', number, 0, code).ljust(128, b'\\0')
    return libc.syscall(RT_SIGQUEUEINFO, pid, number, info)
`;

async function perform(
  script: string,
  ...args: string[]
): Promise<{ pid: number; said: number[]; events: SignalEvent[] }> {
  const r = run('/usr/bin/python3', ['-c', preamble + script, ...args]);
  const { code, stdout, stderr } = await r.ended;
  expect([code, stderr]).toEqual([0, '']);
  await seen.terminated(r.pid); // what it did was told before its end
  const events = seen.events.filter((e): e is SignalEvent => e.type === 'Signal' && e.data.ProcessId === r.pid);
  return { pid: r.pid, said: stdout.trim() === '' ? [] : (JSON.parse(stdout) as number[]), events };
}

test('every call, to a process of another user', async () => {
  const { pid, said, events } = await perform(
    `
t = idle(sys.argv[1], ${nobody})
results = [os.kill(t, signal.SIGCONT), libc.syscall(TGKILL, t, t, 18), queue(t, 18, -1)]
results += [queue(t, 18, -2), queue(t, 18, -7), libc.syscall(PIDFD_SEND, os.pidfd_open(t), 18, 0, 0)]
for number in (19, 40, 9): os.kill(t, number)
os.waitpid(t, 0)
print(json.dumps([t] + [r or 0 for r in results]))
`,
    idle,
  );
  const [target = 0, ...results] = said;
  expect(results).toEqual([0, 0, 0, 0, 0, 0]);
  const created = await seen.created(pid);
  const of = await seen.find('ProcessCreate', (e) => e.data.ProcessId === target && e.data.Image === idle);
  expect(events.map((e) => [e.data.Signal, e.extra.way, e.extra.reason, e.extra.count])).toEqual([
    ['SIGCONT', 'kill', 'otherUser', undefined],
    ['SIGCONT', 'tgkill', 'otherUser', undefined],
    ['SIGCONT', 'sigqueue', 'otherUser', undefined],
    // What it says of itself is what the kernel says of a timer.
    ['SIGCONT', 'sigqueue', 'otherUser', undefined],
    ['SIGCONT', 'sigqueue', 'otherUser', undefined],
    ['SIGCONT', 'kill', 'otherUser', undefined],
    ['SIGSTOP', 'kill', 'otherUser', 1],
    ['SIGRTMIN+6', 'kill', 'otherUser', undefined],
    // The same one again counts once.
    ['SIGKILL', 'kill', 'otherUser', undefined],
  ]);
  const last = events.at(-1);
  expect({ ...last, process: undefined, recordId: typeof last?.recordId, time: typeof last?.time }).toEqual({
    type: 'Signal',
    id: 125,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    data: {
      RuleName: '-',
      UtcTime: last?.time.replace('T', ' ').slice(0, 23),
      ProcessGuid: created.data.ProcessGuid,
      ProcessId: pid,
      Image: created.data.Image,
      Signal: 'SIGKILL',
      TargetProcessGuid: of.data.ProcessGuid,
      TargetProcessId: target,
      TargetImage: idle,
      TargetUser: userName(nobody),
      User: 'root',
    },
    extra: {
      hook: 'signal_generate',
      tier: 'core',
      reason: 'otherUser',
      way: 'kill',
      result: 'delivered',
      targetUid: nobody,
    },
    techniques: [{ id: 'T1489', name: 'Service Stop', tactics: ['impact'], source: 'event' }],
  });
});

test('init, this sensor, and a program that guards the machine', async () => {
  const guard = join(folder, 'auditd');
  copyFileSync(idle, guard);
  chmodSync(guard, 0o755);
  const { said, events } = await perform(
    `
t = idle(sys.argv[1])
os.kill(1, signal.SIGCONT)
os.kill(${process.pid}, signal.SIGCONT)
os.kill(t, signal.SIGSTOP)
os.kill(t, signal.SIGKILL)
os.waitpid(t, 0)
print(json.dumps([t]))
`,
    guard,
  );
  expect(readFileSync(`/proc/${process.pid}/comm`, 'utf8')).not.toBe('auditd\n');
  expect(events.map((e) => [e.data.Signal, e.data.TargetProcessId, e.extra.reason])).toEqual([
    ['SIGCONT', 1, 'init'],
    ['SIGCONT', process.pid, 'sensor'],
    ['SIGSTOP', said[0], 'security'],
    ['SIGKILL', said[0], 'security'],
  ]);
  expect(events[2]?.data.TargetImage).toBe(guard);
});

test('whoever kills many is told from the ninth on', async () => {
  const { said, events } = await perform(
    `
t = [idle(sys.argv[1]) for _ in range(11)]
for p in t[:5]: os.kill(p, signal.SIGSTOP); os.kill(p, signal.SIGSTOP)
for p in t[5:]: os.kill(p, signal.SIGKILL)
for p in t[:5]: os.kill(p, signal.SIGCONT); os.kill(p, signal.SIGTERM)
for p in t: os.waitpid(p, 0)
print(json.dumps(t))
`,
    idle,
  );
  expect(events.map((e) => [e.data.Signal, e.data.TargetProcessId, e.extra.reason, e.extra.count])).toEqual([
    ['SIGKILL', said[8], 'many', 9],
    ['SIGKILL', said[9], 'many', 10],
    ['SIGKILL', said[10], 'many', 11],
  ]);
});

test('what the kernel sends for a process: cgroup.kill', async (context) => {
  const at = join(folder, 'cgroup2');
  mkdirSync(at);
  const { said, events } = await perform(
    `
at = sys.argv[2]
libc.unshare(0x20000)
libc.mount(None, b'/', None, 0x44000, None)
if libc.mount(b'none', at.encode(), b'cgroup2', 0, None): print('[0]'); sys.exit()
group = f'{at}/sysmon-signal-{os.getpid()}'
os.mkdir(group)
t = idle(sys.argv[1], ${nobody})
killed = [0]
try:
    if os.path.exists(group + '/cgroup.kill'):
        open(group + '/cgroup.procs', 'w').write(str(t))
        open(group + '/cgroup.kill', 'w').write('1')
        killed = [t]
finally:
    if not killed[0]: os.kill(t, 9)
    os.waitpid(t, 0)
    os.rmdir(group)
print(json.dumps(killed))
`,
    idle,
    at,
  );
  if (said[0] === 0) context.skip('no cgroup2 can be mounted here, or this kernel has no cgroup.kill (5.14)');
  expect(events.map((e) => [e.data.Signal, e.data.TargetProcessId, e.extra.way, e.extra.reason])).toEqual([
    ['SIGKILL', said[0], 'kernel', 'otherUser'],
  ]);
});

test('near misses are no event', async () => {
  const { events } = await perform(
    `
t = idle(sys.argv[1])
other = idle(sys.argv[1], ${nobody})
os.kill(other, 0)                       # none is sent
os.kill(t, signal.SIGTERM)              # of the same user
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGUSR1)    # its own
signal.setitimer(signal.ITIMER_REAL, 0.001)
signal.signal(signal.SIGALRM, lambda *_: None)
time.sleep(0.01)                        # by the kernel
child = os.fork()
if child == 0:
    os.setuid(${nobody})
    try: os.kill(1, signal.SIGTERM)     # refused
    except PermissionError: os._exit(0)
    os._exit(1)
if os.waitpid(child, 0)[1]: sys.exit(3)
os.waitpid(t, 0)
os.kill(other, signal.SIGTERM)
os.waitpid(other, 0)
`,
    idle,
  );
  expect(events.map((e) => [e.data.Signal, e.extra.reason])).toEqual([['SIGTERM', 'otherUser']]);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
