/** The distribution's own sshd in a network namespace of its own, and a client that may log in. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { inNetns } from './network.js';
import { makeFolder, removeFolder, run } from './workspace.js';

export const sshd = '/usr/sbin/sshd';
/** Why there can be no server; undefined: there can. */
export const noSshd = existsSync(sshd) ? undefined : 'sshd is not installed (openssh-server)';

export interface Ssh {
  /** Of the server that listens. */
  readonly pid: number;
  readonly command: string;
  /** Options and host of a client: its command follows. The same for one that the server runs. */
  readonly args: readonly string[];
  /** Before a program: goes where the server is. */
  readonly inside: readonly string[];
}

/** Listens at port 22 of 127.0.0.1 and lets root in with a key that was made for it. `setup`: more of its network. */
export async function startSshd(setup = ':'): Promise<Ssh> {
  const folder = makeFolder();
  onTestFinished(() => removeFolder(folder));
  const key = (name: string): string => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    return join(folder, name);
  };
  const [host, user] = [key('host'), key('user')];
  copyFileSync(`${user}.pub`, join(folder, 'authorized'));
  const config = `HostKey ${host}
AuthorizedKeysFile ${join(folder, 'authorized')}
ListenAddress 0.0.0.0:22
PidFile none
UsePAM no
UseDNS no
StrictModes no
PermitRootLogin yes
AcceptEnv SSH_AUTH_SOCK
`;
  writeFileSync(join(folder, 'sshd_config'), config);
  // Its folder in /run and a root who is not locked out: nobody else sees either.
  const own = `mount -t tmpfs none /run; mkdir /run/sshd; sed 's/^root:[^:]*/root:*/' /etc/shadow > ${folder}/shadow; mount --bind ${folder}/shadow /etc/shadow`;
  const [unshare, ...rest] = inNetns(`${own}; ${setup}`);
  const args = ['--mount', '--propagation', 'private', ...rest, sshd, '-D', '-e', '-f', join(folder, 'sshd_config')];
  const server = run(unshare, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const inside = ['nsenter', `--net=/proc/${server.pid}/ns/net`];
  const listens = (): boolean =>
    spawnSync(inside[0], [...inside.slice(1), 'ss', '-Htln'], { encoding: 'utf8' }).stdout.includes(':22 ');
  for (const until = Date.now() + 60_000; !listens(); await sleep(50))
    if (Date.now() > until || server.child.exitCode !== null)
      throw new Error(`sshd did not start: ${(await server.ended).stderr}`);
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'IdentitiesOnly=yes',
  ];
  return {
    pid: server.pid,
    command: '/usr/bin/ssh',
    args: ['-F', '/dev/null', ...options.flatMap((o) => ['-o', o]), '-i', user, '127.0.0.1'],
    inside,
  };
}
