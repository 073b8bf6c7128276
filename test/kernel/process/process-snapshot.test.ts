/** Processes that are older than the sensor: what is said of their program is what they showed, and it says so. */
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import { python, said } from '../helpers/network.js';

test('arguments that a process changed before the sensor came are marked, until it executes something', async () => {
  const r = python(
    `
import ctypes
libc = ctypes.CDLL(None)
f = open('/proc/self/stat').read().rsplit(')', 1)[1].split(); begin, end = int(f[45]), int(f[46]) # where the arguments are
text = b'/usr/sbin/cron\\0-f'; ctypes.memset(begin, 0, end - begin); ctypes.memmove(begin, text, len(text))
say(ready=True); sys.stdin.readline()
child = os.fork()
if child == 0: os._exit(0)
os.wait(); grandchild = os.fork()
if grandchild == 0: os.execv('/bin/true', ['true'])
os.wait(); say(child=child, grandchild=grandchild); os.execv('/bin/true', ['true', 'again'])`,
    [],
    [],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await new Promise<void>((resolve) => r.child.stdout?.once('data', () => resolve()));
  const seen = await capture({ events: ['ProcessCreate', 'ProcessTerminate'] });
  r.child.stdin?.write('go\n');
  const [, pids] = await said<{ child: number; grandchild: number }>(r);
  const { process: forked } = await seen.terminated(pids.child);
  expect(forked).toMatchObject({ forked: true, snapshot: true });
  expect(forked.commandLine.trim()).toMatch(/^\/usr\/sbin\/cron -f/);
  expect(forked.parent).toMatchObject({ pid: r.pid, snapshot: true });
  const { process: executed } = await seen.created(pids.grandchild);
  expect(executed).toMatchObject({
    commandLine: 'true',
    parent: { pid: r.pid, snapshot: true },
  });
  expect(executed.snapshot).toBeUndefined();
  const { process: last } = await seen.terminated(r.pid);
  expect(last.commandLine).toBe('true again');
  expect(last.snapshot).toBeUndefined();
});
