/** NetworkConnect: what is attached where control groups cannot be had, and that nothing is where nobody wants it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { capture } from '../helpers/capture.js';
import { sysmon, useSensor } from '../helpers/fixture.js';
import { inMountNamespace, memoryLimit, needsCalls, needsMemory, probe, withCapabilities } from '../helpers/probe.js';

useSensor(['NetworkConnect']);

test('without cgroup2: flows that calls send, the destination as the process names it', () => {
  const unmount = `awk '$0 ~ / - cgroup2 /{print $5}' /proc/self/mountinfo | while read -r m; do umount -l "$m"; done`;
  const script = `
import socket, os
d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); d.bind(('127.0.0.1', 7007))
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('127.0.0.1', 7008)); c.connect(('127.0.0.1', 7007)); c.send(b'x'); c.send(b'x')
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('127.0.0.1', 7009)); c.sendto(b'x', ('127.0.0.1', 7007)); c.sendmsg([b'x'], [], 0, ('127.0.0.1', 7007))
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('127.0.0.1', 7010)); c.sendmsg([b'x'], [], 0, ('127.0.0.1', 7007))
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); c.bind(('127.0.0.1', 7011)); c.connect(('127.0.0.1', 7007)); os.write(c.fileno(), b'x')`;
  const p = probe({
    under: ['unshare', '--net', ...inMountNamespace(`${unmount}; ip link set lo up`)],
    options: { events: ['NetworkConnect', 'ProcessTerminate'] },
    run: ['/usr/bin/python3', '-c', script],
  });
  expect(p.error).toBeUndefined();
  expect(p.status).toBe(0);
  const events = p.events.filter((e) => e.type === 'NetworkConnect');
  expect(
    events.map((e) => [
      e.data['SourcePort'],
      e.data['DestinationIp'],
      e.data['DestinationPort'],
      e.extra['hook'],
      e.extra['exposed'] !== undefined,
    ]),
  ).toEqual([
    [7008, '127.0.0.1', 7007, 'sys_exit_sendto', false],
    [7009, '127.0.0.1', 7007, 'sys_exit_sendto', true],
    [7010, '127.0.0.1', 7007, 'sys_exit_sendmsg', true],
  ]);
  const spots = p.capabilities?.events.find((e) => e.type === 'NetworkConnect')?.blindSpots ?? [];
  expect(spots.join(' ')).toContain('sendmmsg');
  const here = sysmon.capabilities().events.find((e) => e.type === 'NetworkConnect');
  expect(here?.blindSpots.length).toBeLessThan(spots.length);
});

test('without CAP_NET_ADMIN: the same', (context) => {
  needsMemory(context);
  needsCalls(context);
  const p = probe({
    under: [
      ...inMountNamespace('mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing'),
      ...memoryLimit(),
      ...withCapabilities('bpf', 'perfmon', 'dac_read_search'),
    ],
    options: { events: ['NetworkConnect', 'ProcessTerminate'] },
    run: [
      '/usr/bin/python3',
      '-c',
      `import socket
d = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); d.bind(('127.0.0.1', 0)); c = socket.create_server(('127.0.0.1', 0)); e = socket.create_connection(c.getsockname()); c.accept()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(d.getsockname()); s.send(b'x')`,
    ],
  });
  expect(p.error).toBeUndefined();
  expect(p.events.filter((e) => e.type === 'NetworkConnect').map((e) => [e.extra['hook'], e.data['User']])).toEqual([
    ['inet_sock_set_state', 'nobody'],
    ['sys_exit_accept4', 'nobody'],
    ['sys_exit_sendto', 'nobody'],
  ]);
  expect(p.capabilities?.events.find((e) => e.type === 'NetworkConnect')?.blindSpots.join(' ')).toContain('sendmmsg');
});

/** What this process holds of the kernel: kinds of links, and events of tracepoints. */
function held(): string[] {
  const of = (fd: string): string[] => {
    try {
      if (readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:[perf_event]') return ['perf_event'];
      return [...readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8').matchAll(/^link_type:\s*(\S+)/gm)].map((m) => m[1]);
    } catch {
      return []; // closed meanwhile
    }
  };
  return readdirSync('/proc/self/fd').flatMap(of).sort();
}

test('nothing is attached where nobody wants the event', async () => {
  const own = (): string[] => held().filter((k) => k === 'cgroup' || k === 'perf_event');
  // Those of tracepoints are let go in the background, also the ones of sensors before.
  const settled = async (): Promise<number> => {
    for (let n = own().length, since = Date.now(); ;) {
      await sleep(20);
      const now = own().length;
      if (now !== n) [n, since] = [now, Date.now()];
      else if (Date.now() - since > 500) return n;
    }
  };
  const before = await settled();
  const all = held().length;
  const other = await capture({ events: ['ProcessCreate', 'ProcessTerminate'] });
  expect(held().length).toBeGreaterThan(all);
  expect(own()).toHaveLength(before);
  await other.sysmon.stop();
  const wants = await capture({ events: ['NetworkConnect'] });
  expect(own().length).toBeGreaterThan(before);
  await wants.sysmon.stop();
  await expect.poll(() => own().length, { timeout: 60_000 }).toBe(before);
});
