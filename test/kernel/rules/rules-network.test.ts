/** Those files of examples/rules that judge connections: each is made for real, in a network of the test's own. */
import type { SpawnOptions } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { inNetns, python } from '../helpers/network.js';
import { describeScenarios } from './scenarios.js';
import { noSshd, startSshd, type Ssh } from '../helpers/ssh.js';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string; // in /tmp, where the rules suspect things
let elsewhere: string; // where they do not
beforeAll(() => {
  folder = makeFolder();
  mkdirSync('/var/lib/sysmon-network-test', { recursive: true, mode: 0o755 });
  elsewhere = mkdtempSync('/var/lib/sysmon-network-test/');
});
afterAll(() => {
  removeFolder(folder);
  rmSync('/var/lib/sysmon-network-test', { recursive: true });
});

function standIn(of: string, name: string, where: string): string {
  const path = join(where, name);
  copyFileSync(of, path);
  chmodSync(path, 0o755);
  return path;
}

const remote = ['203.0.113.5', '2001:db8::5'] as const;
const near = ['127.0.0.1', '10.1.2.3', '192.168.7.8', '::1', 'fc00::5'];

/** Runs programs where the addresses of `remote` and `near` are those of a server that greets; each must get there. */
async function beside(
  act: (go: (command: string, args: readonly string[], connections?: number) => Promise<void>) => Promise<void>,
) {
  const setup = [...remote, ...near.filter((a) => !/^127|^::1$/.test(a))]
    .map((a) => `ip addr add ${a}/${a.includes(':') ? 128 : 32} dev lo`)
    .join(' && ');
  const server = python(
    `
l = socket.socket(socket.AF_INET6); l.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0); l.bind(('::', 443)); l.listen(); say(ready=True)
while True:
    c, who = l.accept(); say(peer=who[0]); c.send(b'hello\\n'); c.shutdown(socket.SHUT_WR)
    # What is closed with something unread is reset, and the greeting may be lost.
    try:
        while c.recv(4096): pass
    except OSError: pass
    c.close()`,
    [],
    inNetns(setup),
  );
  let text = '';
  server.child.stdout?.on('data', (d: Buffer) => (text += d.toString()));
  const lines = (): number => text.split('\n').length - 1;
  await expect.poll(lines, { timeout: 60_000 }).toBe(1);
  await act(async (command, args, connections = 1) => {
    const before = lines();
    const { code, stderr } = await run('nsenter', [`--net=/proc/${server.pid}/ns/net`, command, ...args], {
      cwd: elsewhere,
    }).ended;
    expect(code, stderr).toBe(0);
    await expect.poll(lines, { timeout: 60_000 }).toBe(before + connections);
  });
}

const dial = (address: string): string[] => [
  '-c',
  `exec 3<>/dev/tcp/${address}/443; read -r line <&3; [ "$line" = hello ]`,
];
const connect = (address: string): string => `import socket; socket.create_connection(('${address}', 443)).recv(9)`;

describeScenarios({
  'c2-connection.yml': {
    fires: {
      T1071: () => beside((go) => go('/bin/bash', dial(remote[0]))),
      'T1071 over IPv6': () => beside((go) => go('/bin/bash', dial(remote[1]))),
      'T1071 by what lies in /tmp': () => beside((go) => go(standIn('/bin/bash', 'implant', folder), dial(remote[0]))),
      'T1071 by what lies nowhere': () =>
        beside((go) => {
          const payload = "import os; f = os.memfd_create('x'); os.write(f, open('/bin/bash', 'rb').read())";
          writeFileSync(
            join(elsewhere, 'memory.py'),
            `${payload}; os.execv(f'/proc/self/fd/{f}', ${JSON.stringify(['x', ...dial(remote[0])])})`,
          );
          return go('/usr/bin/python3', ['memory.py']);
        }),
      'T1071 by an interpreter': () => beside((go) => go('/usr/bin/python3', ['-c', connect(remote[0])])),
    },
    quiet: () =>
      beside(async (go) => {
        for (const address of near) await go('/bin/bash', dial(address));
        await go('/usr/bin/python3', ['-c', connect(near[0])]);
        // The same way out for programs that may go there.
        await go('/usr/bin/curl', ['-s', '--http0.9', '--max-time', '60', `http://${remote[0]}:443/`]);
        writeFileSync(join(elsewhere, 'job.py'), connect(remote[0]));
        await go('/usr/bin/python3', ['job.py']);
        await go(standIn('/bin/bash', 'agent', elsewhere), dial(remote[0]));
        // Netcat that is called from there.
        const listener = `import os, socket
l = socket.create_server(('${remote[0]}', 0)); p = l.getsockname()[1]
if os.fork() == 0: os.execv('/usr/bin/curl', ['curl', '-s', '--http0.9', '--max-time', '60', f'http://${remote[0]}:{p}/'])
c, _ = l.accept(); c.recv(4096); c.send(b'hello'); c.shutdown(socket.SHUT_WR); c.recv(9); c.close(); os.wait()`;
        writeFileSync(join(elsewhere, 'listen.py'), listener);
        await go(standIn('/usr/bin/python3', 'nc', elsewhere), ['listen.py'], 0);
      }),
  },
});

/** Runs a client where the server is. */
const client = (
  { inside: [nsenter, ...rest], command, args }: Ssh,
  before: readonly string[],
  after: readonly string[],
  options: SpawnOptions = {},
) => run(nsenter, [...rest, command, ...before, ...args, ...after], options);
/** Logs in, and has the server run a command there. */
async function logIn(ssh: Ssh, there: string, options: SpawnOptions = {}): Promise<void> {
  const { code, stderr } = await client(ssh, [], [there], options).ended;
  expect(code, stderr).toBe(0);
}
const connectTo = (port: string): string =>
  `/usr/bin/python3 -c "import socket; l = socket.create_server(('127.0.0.1', 0)); socket.create_connection(('127.0.0.1', ${port}))"`;

/** Whoever runs these tests over ssh came in by it, and all that they start with them. */
function cameBySsh(): boolean {
  for (let pid = process.ppid; pid > 1;) {
    if (/^sshd/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) return true;
    pid = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  }
  return false;
}

describeScenarios({
  'ssh-lateral-movement.yml': {
    skip: noSshd,
    skipQuiet: noSshd ?? (cameBySsh() ? 'these tests run below sshd, so that nothing is a near miss' : undefined),
    fires: {
      'T1021.004': async () => {
        const ssh = await startSshd();
        await logIn(ssh, [ssh.command, ...ssh.args, 'true'].join(' '));
      },
      'T1021.004 by another client': async () => logIn(await startSshd(), connectTo('22')),
      'T1021.004 through the server itself': async () => {
        // It forwards to its own port, whose greeting comes back.
        const r = client(await startSshd(), ['-W', '127.0.0.1:22'], [], { stdio: ['pipe', 'pipe', 'ignore'] });
        let text = '';
        r.child.stdout?.on('data', (d: Buffer) => (text += d.toString()));
        await expect.poll(() => text, { timeout: 60_000 }).toContain('SSH-2.0');
      },
      'T1563.001': async () =>
        logIn(await startSshd(), 'true', { env: { ...process.env, SSH_AUTH_SOCK: '/tmp/ssh-of-somebody/agent.1' } }),
    },
    quiet: async () =>
      logIn(await startSshd(), `ls / && ${connectTo('l.getsockname()[1]')}`, { env: { PATH: process.env['PATH'] } }),
  },
});
