/** Those files of examples/rules that judge sockets, signals and mounts: each deed is done for real. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';
import { describeScenarios } from './scenarios.js';

let folder: string;
let elsewhere: string; // where no rule suspects things
beforeAll(() => {
  folder = makeFolder();
  elsewhere = '/var/lib/sysmon-system-test';
  mkdirSync(elsewhere, { recursive: true });
});
afterAll(() => {
  removeFolder(folder);
  rmSync(elsewhere, { recursive: true });
});

/** A script that must succeed. */
function python(script: string, as = '/usr/bin/python3'): void {
  const { status, stderr } = spawnSync(as, ['-c', script], { encoding: 'utf8', timeout: 60_000 });
  expect(status, stderr).toBe(0);
}

/** A program of the system under another name. */
function standIn(of: string, name: string): string {
  const path = join(elsewhere, name);
  copyFileSync(of, path);
  return path;
}

/** Runs a script while somebody listens at this path. */
async function served(name: string, script: (path: string) => Promise<void>): Promise<void> {
  const path = join(folder, name);
  const server = createServer((c) => c.end());
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    await script(path);
  } finally {
    server.close();
  }
}
const connecting = (path: string): Promise<unknown> =>
  run('/usr/bin/python3', ['-c', `import socket; socket.socket(socket.AF_UNIX).connect('${path}')`]).ended;

/** Sends a signal to a program that bears this name. */
async function signalled(name: string, signal: string): Promise<void> {
  const target = run(standIn('/bin/sleep', name), ['60']);
  python(`import os, time
while open('/proc/${target.pid}/comm').read().strip() != '${name}': time.sleep(0.01)
os.kill(${target.pid}, ${signal})`);
  target.child.kill('SIGKILL');
  await target.ended;
}

/** Mounts this type of file system in a control group that is called as runtimes call theirs. */
function mounts(cgroup: string, type: string): void {
  const at = mkdtempSync(join(elsewhere, 'mount-'));
  const { status, stderr } = spawnSync(
    '/usr/bin/unshare',
    [
      '-m',
      '/bin/sh',
      '-ec',
      `mkdir "$3/groups" "$3/at"; mount -t cgroup2 none "$3/groups"; mkdir "$3/groups/$1"
sh -c 'echo $$ > "$3/groups/$1/cgroup.procs" && exec mount -t "$2" none "$3/at"' sh "$@"
rmdir "$3/groups/$1"`,
      'sh',
      cgroup,
      type,
      at,
    ],
    { encoding: 'utf8' },
  );
  expect(status, stderr).toBe(0);
}

const packet = 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x300)';
const listener = (address: string): string =>
  `import socket; s = socket.socket(); s.bind(('${address}', 0)); s.listen()`;

describeScenarios({
  'raw-socket.yml': {
    fires: { T1040: () => python(packet) },
    quiet: () => {
      python(
        'import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1); socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)',
      );
      python(packet, standIn('/usr/bin/python3', 'dhclient'));
    },
  },
  'unusual-listener.yml': {
    fires: { T1571: () => python(listener('0.0.0.0')) },
    quiet: () => python(listener('127.0.0.1')),
  },
  'docker-socket.yml': {
    fires: { T1611: () => served('docker.sock', async (path) => void (await connecting(path))) },
    quiet: () => served('other.sock', async (path) => void (await connecting(path))),
  },
  'sensor-signal.yml': {
    fires: {
      'T1562.001 of a guard': () => signalled('auditd', '19'),
      'T1562.001 of this sensor': () => {
        process.once('SIGTERM', () => undefined);
        python(`import os; os.kill(${process.pid}, 15)`);
      },
    },
    quiet: async () => {
      await signalled('auditd', '18');
      await signalled('someone', '15');
    },
  },
  'mount-escape.yml': {
    fires: { T1611: () => mounts('docker-0123456789ab', 'cgroup2') },
    quiet: () => {
      mounts('docker-0123456789ab', 'tmpfs');
      mounts('sysmon-test', 'cgroup2');
    },
  },
});
