/** NetworkConnect: the socket that accept(2) returned, where others may replace its descriptor. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { brief, connections, line, python, said, type End } from '../helpers/network.js';
import { compile, run } from '../helpers/workspace.js';

useSensor(['NetworkConnect']);

const exposed = ['Source', 'Destination'].flatMap((e) =>
  ['IsIpv6', 'Ip', 'Hostname', 'Port', 'PortName'].map((what) => e + what),
);

test('threads: what is accepted for the first time is known to be right', async () => {
  const r = python(`
import threading
l = socket.create_server(('127.0.0.1', 0)); done = threading.Event(); t = threading.Thread(target=done.wait); t.start()
for i in range(3): c = socket.create_connection(l.getsockname()); a, _ = l.accept(); say(own=a.getsockname(), peer=a.getpeername()); a.close(); c.close()
done.set()`);
  const truth = await said<{ own: End; peer: End }>(r);
  const accepted = (await connections(seen, r.pid)).filter((e) => !e.data.Initiated);
  expect(accepted.map(brief)).toEqual(truth.map((t) => line('tcp', t.own, t.peer, false)));
  for (const e of accepted) expect(e.extra.exposed).toBeUndefined();
});

/** Who shares a table of descriptors with the one who accepts a connection that is older than the sensor. */
test.for([
  ['nobody', '', undefined],
  ['a thread', 'threading.Thread(target=done.wait).start()', exposed],
  ['a process that shares no memory', 'share()', exposed],
] as const)('older than the sensor, descriptors shared with %s', async ([, share, expected]) => {
  const r = python(
    `
import threading, ctypes, signal
libc = ctypes.CDLL(None, use_errno=True); done = threading.Event(); children = []
def share(): # CLONE_FILES alone
    k = libc.syscall(${process.arch === 'x64' ? 56 : 220}, 0x400 | signal.SIGCHLD, 0, 0, 0, 0)
    if k == 0: signal.pause(); os._exit(0)
    children.append(k)
l = socket.create_server(('127.0.0.1', 0)); c = socket.create_connection(l.getsockname()); own, peer = l.getsockname(), c.getsockname()
${share}
say(ready=True); sys.stdin.readline()
a, _ = l.accept(); say(own=own, peer=peer); done.set()
for k in children: os.kill(k, 9); os.waitpid(k, 0)`,
    [],
    [],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve) => r.child.stdout?.once('data', () => resolve()));
  const second = await capture({ events: ['NetworkConnect', 'ProcessTerminate'] });
  r.child.stdin?.write('go\n');
  const [, t] = await said<{ own: End; peer: End }>(r);
  const events = await connections(second, r.pid);
  expect(events.map(brief)).toEqual([line('tcp', t.own, t.peer, false)]);
  expect(events[0]?.extra.exposed).toEqual(expected);
});

test('a descriptor that another thread keeps replacing: what is not marked is right', async () => {
  const program = compile(new URL('swap.c', import.meta.url), join(folder, 'swap'));
  const r = run(program, ['3000']);
  const ended = await r.ended;
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  const ports = ended.stdout.trim().split('\n').map(Number);
  const accepted = (await connections(seen, r.pid)).filter((e) => !e.data.Initiated);
  const certain = accepted.filter((e) => !e.extra.exposed).map((e) => e.data.SourcePort);
  // Each is there as often as it was accepted (a port may come again): what stands in for others is there for itself
  // alone.
  const left = [...ports];
  const wrong = certain.filter((port) => {
    const found = left.indexOf(Number(port));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  expect(wrong).toEqual([]);
  expect(certain.length).toBeGreaterThan(0);
  console.log(`${ports.length} accepted, ${certain.length} certain, ${accepted.length - certain.length} exposed`);
});
