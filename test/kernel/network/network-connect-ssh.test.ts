/** NetworkConnect of ssh: the distribution's client and server, who change user, fork and execute on the way. */
import { expect, test } from 'vitest';
import { seen, useSensor } from '../helpers/fixture.js';
import { connections, connectionsOf, expectEvent, netnsOf, type End } from '../helpers/network.js';
import { noSshd, sshd, startSshd } from '../helpers/ssh.js';
import { run } from '../helpers/workspace.js';

useSensor(['NetworkConnect']);

test('both ends, and nothing of those who serve the session', async (context) => {
  if (noSshd !== undefined) context.skip(noSshd);
  const server = await startSshd();
  const [nsenter, ...rest] = server.inside;
  // What the server has of its peer, and what the sockets of both ends are.
  const { pid, ended } = run(nsenter, [
    ...rest,
    server.command,
    ...server.args,
    'echo $SSH_CONNECTION; ss -Htnp state established',
  ]);
  const { code, stdout, stderr } = await ended;
  expect(code, stderr).toBe(0);
  const [told, ...sockets] = stdout.trimEnd().split('\n');
  const [address, port, at, atPort] = told.split(' ');
  const client: End = [address, Number(port)];
  const listener: End = [at, Number(atPort)];
  const its = sockets.find((l) => l.includes(`pid=${pid},`)) ?? stdout;
  expect(its).toContain(`${client.join(':')} `);
  expect(its).toContain(`${listener.join(':')} `);
  expect(sockets.filter((l) => l.includes(`${client.join(':')} `))).toHaveLength(2);

  const ofClient = await connections(seen, pid);
  const ofServer = connectionsOf(seen, server.pid);
  expect(ofClient).toHaveLength(1);
  expect(ofServer).toHaveLength(1);
  const netns = netnsOf(server.pid);
  const ssh = await seen.find('ProcessCreate', (e) => e.data.ProcessId === pid && e.data.Image === server.command);
  const { guid } = ssh.process;
  const tcp = { protocol: 'tcp', netns } as const;
  expectEvent(ofClient[0], {
    ...tcp,
    pid,
    image: server.command,
    guid,
    hook: 'inet_sock_set_state',
    own: client,
    peer: listener,
    initiated: true,
  });
  const listening = await seen.find('ProcessCreate', (e) => e.data.ProcessId === server.pid && e.data.Image === sshd);
  expectEvent(ofServer[0], {
    ...tcp,
    pid: server.pid,
    image: sshd,
    guid: listening.process.guid,
    hook: 'sys_exit_accept',
    own: listener,
    peer: client,
    initiated: false,
  });
  // Those who serve the session have the connection, and made none.
  const below = seen.events.filter(
    (e) => e.type === 'NetworkConnect' && [...e.process.ancestors()].some((a) => a.pid === server.pid),
  );
  expect(below).toEqual([]);
});
