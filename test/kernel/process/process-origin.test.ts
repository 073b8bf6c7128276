/** process.origin and process.remote: programs that were downloaded, and those of whoever has logged in. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcessCreateEvent } from '../../../lib/index.js';
import { startDns, type Dns } from '../helpers/dns.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { noSshd, startSshd } from '../helpers/ssh.js';
import { run, type Running } from '../helpers/workspace.js';

const config = `
rules:
  - event: ProcessCreate
    onmatch: include
    match:
      - name: downloaded
        all: [{ process.origin.destination: 192.0.2.1 }, { process.origin.destinationPort: { eq: 8000 } }]
      - name: logged in
        all: [{ process.remote.address: 127.0.0.1 }]
      - name: other
        all: [{ Image: { contains: / } }]
`;
useSensor([], { config, origin: true });

let dns: Dns;
let server: ChildProcess;
const name = 'host.origin.test';
beforeAll(async () => {
  dns = await startDns();
  const www = join(folder, 'www');
  mkdirSync(www);
  copyFileSync('/bin/true', join(www, 'prog'));
  writeFileSync(join(www, 'do.sh'), '#!/bin/cat\n');
  execFileSync('tar', ['-cf', join(www, 'all.tar'), '-C', www, 'prog']);
  const serve = `exec python3 -u -m http.server 8000 --bind 192.0.2.1 --directory ${www}`;
  server = spawn('nsenter', [
    ...[`--net=/proc/${dns.pid}/ns/net`, '/bin/sh', '-c'],
    `ip addr add 192.0.2.1/32 dev lo; ${serve}`,
  ]);
  await new Promise((resolve) => server.stdout?.once('data', resolve));
});
afterAll(async () => {
  server.kill('SIGKILL');
  await dns.stop();
});

let made = 0;
/** Runs a script in a folder of its own, where the server is. What it executed there, by name. */
async function script(text: string): Promise<{ dir: string; of: (name: string) => ProcessCreateEvent[] }> {
  const dir = join(folder, `d${++made}`);
  mkdirSync(dir);
  await succeeds(dns.run('/bin/sh', ['-ec', text], { cwd: dir }));
  const last = run('/bin/true', []);
  await last.ended;
  await seen.created(last.pid);
  const of = (program: string): ProcessCreateEvent[] =>
    seen.events.filter(
      (e): e is ProcessCreateEvent => e.type === 'ProcessCreate' && e.data.Image === `${dir}/${program}`,
    );
  return { dir, of };
}

async function succeeds(r: Running): Promise<string> {
  const { code, stdout, stderr } = await r.ended;
  expect(code, stderr).toBe(0);
  return stdout;
}

test.each([
  ['curl', 'curl -s -o got http://192.0.2.1:8000/prog'],
  ['wget', 'wget -q -O got http://192.0.2.1:8000/prog'],
])('%s wrote it, a sibling runs it, also by other names, until somebody else writes it', async (tool, download) => {
  await dns.ask('connected', '127.0.0.1', 53, name, 1);
  const { of } = await script(
    `${download}; chmod +x got; ./got; mv got moved; ./moved; ln moved linked; ./linked; cp /bin/true linked; ./linked`,
  );
  const [got] = of('got');
  const origin = got?.process.origin;
  expect(origin).toEqual({
    time: origin?.time,
    pid: origin?.pid,
    strongId: origin?.strongId,
    image: `/usr/bin/${tool}`,
    destination: '192.0.2.1',
    destinationPort: 8000,
    destinationHostname: name,
  });
  const writer = await seen.created(origin?.pid ?? 0);
  expect(writer.process.strongId).toBe(origin?.strongId);
  expect(writer.data.Image).toBe(origin?.image);
  expect([writer.time < (origin?.time ?? ''), (origin?.time ?? '') < got.time]).toEqual([true, true]);
  expect(got.data.RuleName).toBe('downloaded');
  expect(of('moved')[0]?.process.origin).toEqual(origin);
  expect(of('linked').map((e) => e.process.origin)).toEqual([origin, undefined]);
});

test('out of an archive, whose path the arguments name', async () => {
  const { dir, of } = await script(
    'curl -s -O http://192.0.2.1:8000/all.tar; tar -xf all.tar; ./prog; cp prog copy; ./copy; rm all.tar; cp /bin/true all.tar; cp all.tar new; ./new',
  );
  expect(of('prog')[0]?.process.origin).toMatchObject({
    image: '/usr/bin/tar',
    destination: '192.0.2.1',
    destinationHostname: name,
    through: `${dir}/all.tar`,
  });
  // One step only, and not by the name of what is gone.
  expect([...of('copy'), ...of('new')].map((e) => e.process.origin)).toEqual([undefined, undefined]);
});

test('through pipes that both ends were executed with; a script that was downloaded', async () => {
  const { dir, of } = await script(
    'curl -s http://192.0.2.1:8000/all.tar | tar -x; ./prog; rm prog; curl -s http://192.0.2.1:8000/all.tar | cat | tar -x; ./prog; cat /bin/true | cat > local; chmod +x local; ./local; curl -s http://192.0.2.1:8000/all.tar | cat > /dev/null; cp /bin/true beside; ./beside; curl -s -o do.sh http://192.0.2.1:8000/do.sh; chmod +x do.sh; mv do.sh moved.sh; ./moved.sh; sh -c \'echo "#!/bin/cat" > own.sh\'; chmod +x own.sh; ./own.sh',
  );
  const through = of('prog').map((e) => e.process.origin);
  expect(through).toHaveLength(2);
  for (const origin of through) {
    expect(origin).toMatchObject({ image: '/usr/bin/tar', destination: '192.0.2.1', destinationPort: 8000 });
    // What the arguments do not say the descriptors do: the writer of that pipe is curl.
    const curl = seen.events.find(
      (e): e is ProcessCreateEvent =>
        e.type === 'ProcessCreate' &&
        e.data.Image === '/usr/bin/curl' &&
        e.process.stdio?.[1]?.target === origin?.through,
    );
    expect(curl?.process.cwd).toBe(dir);
  }
  expect([...of('local'), ...of('beside')].map((e) => e.process.origin)).toEqual([undefined, undefined]);
  const scripts = seen.events.filter(
    (e): e is ProcessCreateEvent => e.type === 'ProcessCreate' && (e.process.script?.startsWith(`${dir}/`) ?? false),
  );
  expect(scripts.map((e) => [e.process.script, e.process.origin?.script])).toEqual([
    [`${dir}/moved.sh`, `${dir}/moved.sh`],
    [`${dir}/own.sh`, undefined],
  ]);
  expect(scripts[0]?.process.origin).toMatchObject({ image: '/usr/bin/curl', destination: '192.0.2.1' });
});

test('what is built here comes from nowhere', async () => {
  const { of } = await script(
    "echo 'int main(void) { return 0; }' > a.c; cc a.c -o built; ./built; cp built copy; ./copy",
  );
  const events = [...of('built'), ...of('copy')];
  expect(events).toHaveLength(2);
  for (const e of events) {
    expect([e.process.origin, e.process.remote, e.data.RuleName]).toEqual([undefined, undefined, 'other']);
  }
});

test('a login by ssh: the children of the shell', async (context) => {
  if (noSshd !== undefined) context.skip(noSshd);
  const server = await startSshd();
  const [nsenter, ...rest] = server.inside;
  const command = 'echo $SSH_CONNECTION; /usr/bin/env OF_SSH=1 /bin/echo done; exit 0';
  const stdout = await succeeds(run(nsenter, [...rest, server.command, ...server.args, command]));
  const [address, port, , localPort] = stdout.split('\n')[0].split(' ');
  const e = await seen.find('ProcessCreate', (x) => x.data.CommandLine === '/bin/echo done');
  expect(e.process.remote).toEqual({
    address,
    port: +port,
    localPort: +localPort,
    pid: server.pid,
    source: 'socket',
  });
  expect(e.data.RuleName).toBe('logged in');
});

test('a server that executes something for whoever connected; an environment that says so', async () => {
  const text = `
import os, socket, subprocess
l = socket.create_server(('127.0.0.1', 0))
c = socket.create_connection(l.getsockname())
a, peer = l.accept()
subprocess.run(['/bin/echo', 'by', 'accept'])
print(peer[1], l.getsockname()[1], os.getpid(), flush=True)`;
  const [port, localPort, pid] = (await succeeds(run('/usr/bin/python3', ['-c', text])))
    .trim()
    .split('\n')
    .at(-1)
    ?.split(' ')
    .map(Number) as number[];
  const e = await seen.find('ProcessCreate', (x) => x.data.CommandLine === '/bin/echo by accept');
  expect(e.process.remote).toEqual({ address: '127.0.0.1', port, localPort, pid, source: 'accepted' });
  const env = { ...process.env, SSH_CONNECTION: '192.0.2.7 40000 192.0.2.8 22' };
  const r = run('/bin/sh', ['-c', '/bin/echo by environment; :'], { env });
  await succeeds(r);
  const said = await seen.find('ProcessCreate', (x) => x.data.CommandLine === '/bin/echo by environment');
  expect(said.process.remote).toEqual({ address: '192.0.2.7', port: 40000, localPort: 22, source: 'environment' });
});

test('nothing was lost, and nothing came that nobody wants', () => {
  expect(seen.losses).toEqual([]);
  const types = new Set<string>(seen.events.map((e) => e.type));
  for (const type of ['FileModify', 'NetworkConnect', 'DnsQuery']) expect(types).not.toContain(type);
});
