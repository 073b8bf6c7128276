import { processHead, userAt } from '../fields.js';
import { ecsProcess, ocsfActor, ocsfPath } from '../format-rows.js';
import type { EventSchema } from '../types.js';

export const unixConnect: EventSchema = {
  id: 128,
  name: 'UnixConnect',
  tag: 'UnixConnect',
  version: 1,
  default: 'drop',
  doc:
    'A process connected to a Unix socket by which a machine, its containers or keys are ruled. By the last component of its path: docker.sock, containerd.sock, containerd.sock.ttrpc, ' +
    'crio.sock, podman.sock, buildkitd.sock, dockershim.sock, cri-dockerd.sock, kubelet.sock, unix.socket (LXD), libvirt-sock, snapd.socket, system_bus_socket and bus (D-Bus), private (systemd), ' +
    'S.gpg-agent, S.gpg-agent.ssh, agent.* (ssh-agent); without a path: @containerd-shim*, @/containerd-shim*, @/tmp/dbus-*. Any other is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; a desktop’s programs each connect to D-Bus.',
  wire: {
    id: 67,
    name: 'unix_connect',
    probe: 'unix-connect',
    doc: 'A process connected to a Unix socket of the list.',
    fields: [
      ['target', 'struct process', 'who called listen(2) on it; zero: not known'],
      ['socket', 'struct location', 'its path; an abstract name, with an @, as name without base'],
      ['uid', 'u32', 'real user id'],
      ['hook', 'u8', 'SM_HOOK_UNIX_CONNECT_*'],
      ['reserved', 'u8', 'zero'],
      ['reserved2', 'u16', 'zero'],
    ],
  },
  hooks: [
    ['sys_exit_connect', 'core'],
    ['io_uring_complete', 'core'],
  ],
  programs: ['sm_unix_enter', 'sm_unix_exit', 'sm_uring_unix'],
  maps: ['sm_unix_calls'],
  blindSpots: [
    'Who listens is who called listen(2): where systemd did that for a service (socket activation), it is systemd. Of datagram sockets, and where that process is gone, it is not known: `TargetProcessId` is 0.',
    'Datagrams that are sent without connect(2), connected sockets that are inherited or received (SCM_RIGHTS), and a socket that was bound to a path of another name are not seen.',
    'The path is that of the socket’s file where it was bound, from the root of the mount namespace of the one that bound it: in a container it may be mounted elsewhere.',
    'connect(2) by 32-bit programs is not seen.',
    { before: '6.0', text: 'By io_uring: not seen.' },
  ],
  fields: [
    ...processHead,
    ['SocketName', 'string', 'location(socket)', 'Path of the socket; an abstract name begins with `@`.'],
    ['TargetProcessGuid', 'guid', 'target.guid', 'Identity of the process that listens; zeros if it is not known.'],
    ['TargetProcessId', 'u32', 'target.pid', 'Its process id in the initial pid namespace; 0 if it is not known.'],
    ['TargetImage', 'string', 'target.image', 'Path of its executable; `-` if it is not known.'],
    userAt('the real user at the call'),
  ],
  ecs: ecsProcess('access', [['file.path', 'data.SocketName']]),
  ocsf: {
    class: 'process',
    activity: [99, 'Connect to Unix Socket'],
    rows: [
      ...ocsfActor,
      ['process.pid', 'data.TargetProcessId'],
      ['process.uid', 'data.TargetProcessGuid'],
      ['process.name', 'data.TargetImage', 'baseName'],
      ['process.path', 'data.TargetImage'],
      ...ocsfPath('process.file', 'data.TargetImage', 'regularFile'),
    ],
  },
  text: ['SocketName', ['TargetImage', 'anyTarget']],
  techniques: ['T1559'],
  example: {
    recordId: 7,
    time: '2026-11-30T20:01:14.872768Z',
    host: 'web-1',
    data: {
      RuleName: '-',
      UtcTime: '2026-11-30 20:01:14.872',
      ProcessGuid: '{3d1219c7-0a5e-6b0d-59db-95fc68550000}',
      ProcessId: 2570,
      Image: '/usr/bin/curl',
      SocketName: '/run/docker.sock',
      TargetProcessGuid: '{3d1219c7-0a5e-6b0d-31db-95fc68550000}',
      TargetProcessId: 812,
      TargetImage: '/usr/bin/dockerd',
      User: 'www-data',
    },
    extra: { hook: 'sys_exit_connect', tier: 'core' },
    techniques: [{ id: 'T1559', name: 'Inter-Process Communication', tactics: ['execution'], source: 'event' }],
  },
};
