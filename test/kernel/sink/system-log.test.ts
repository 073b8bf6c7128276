/** Real receivers of this machine's log: rsyslogd, and journald in a mount namespace. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Documents, openSink, openSyslog, type RemoteSink } from '../../../lib/sink/index.js';
import { feed, folder, listen } from '../../unit/sink/receiver.js';

function started(command: string, ...args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const large = `{"large":"${'y'.repeat(150_000)}"}`;

test('rsyslogd has every line whole and in order, also beyond 64 KiB and after it was killed', async (context) => {
  if (!existsSync('/usr/sbin/rsyslogd')) return context.skip('rsyslogd is not installed: apt-get install rsyslog');
  const dir = folder();
  const [port, socket, out] = [await freePort(), join(dir, 'log'), join(dir, 'out')];
  const conf = join(dir, 'conf');
  writeFileSync(
    conf,
    `global(maxMessageSize="1m" workDirectory="${dir}")
module(load="imuxsock" SysSock.Use="off")
module(load="imtcp")
template(name="raw" type="string" string="%app-name%%msg%\\n")
input(type="imuxsock" Socket="${socket}" CreatePath="off" RateLimit.Interval="0")
input(type="imtcp" address="127.0.0.1" port="${port}")
action(type="omfile" file="${out}" template="raw" flushOnTXEnd="on")
`,
  );
  const start = (): ChildProcess => started('/usr/sbin/rsyslogd', '-n', '-f', conf, '-i', join(dir, 'pid'));
  const lines = (ident: string): string[] =>
    existsSync(out)
      ? readFileSync(out, 'utf8')
          .split('\n')
          .filter((line) => line.startsWith(ident))
          .map((line) => line.slice(ident.length).trimStart())
      : [];
  const quick = { lingerMs: 5, batchBytes: 20_000, retryMs: 20, maxRetryMs: 200, closeTimeoutMs: 60_000 };
  const first = start();
  await vi.waitUntil(() => existsSync(socket), 60_000);

  const local = await openSyslog(`syslog:${socket}`, { ...quick, ident: 'local' });
  const { losses } = listen(local);
  const wanted = await feed(local, 100);
  await local.write(Documents.of([large]));
  await local.close();
  await vi.waitUntil(() => lines('local').length >= 1001, 60_000);
  expect(lines('local')).toEqual([...wanted, large]);
  expect(losses).toEqual([]);

  const tcp = await openSyslog(`syslog+tcp://127.0.0.1:${port}`, { ...quick, ident: 'overtcp' });
  const sent = await feed(tcp, 50);
  await vi.waitUntil(() => lines('overtcp').length > 0, 60_000);
  first.kill('SIGTERM');
  await new Promise((resolve) => first.once('close', resolve));
  sent.push(...(await feed(tcp, 50, 500)));
  start();
  await tcp.write(Documents.of([large]));
  sent.push(large);
  await tcp.close();
  expect(tcp.stats()).toMatchObject({ acknowledged: 1001, lost: {} });
  await vi.waitUntil(() => new Set(lines('overtcp')).size >= 1001, 60_000);
  expect([...new Set(lines('overtcp'))]).toEqual(sent);
}, 180_000);

test('journald has the fields, and messages beyond a datagram', async (context) => {
  const daemon = '/lib/systemd/systemd-journald';
  if (!existsSync(daemon)) return context.skip('systemd-journald is not installed: apt-get install systemd');
  const prepare = `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal && exec ${daemon}`;
  const child = started('unshare', '-m', 'sh', '-c', prepare);
  const run = `/proc/${child.pid}/root/run`;
  await vi.waitUntil(() => existsSync(`${run}/systemd/journal/dev-log`), 60_000);
  const sink = (await openSink(`journald:${run}/systemd/journal/socket?lingerMs=5`)) as RemoteSink;
  const { losses } = listen(sink);
  const event = { type: 'ProcessCreate', id: 1, recordId: 42, data: { Image: '/bin/ls', CommandLine: 'ls\n-l' } };
  const huge = JSON.stringify({ type: 'FileCreate', data: { Image: '/bin/cp' }, pad: 'z'.repeat(12_000_000) });
  await sink.write(Documents.of([JSON.stringify(event), 'plain', huge]));
  await sink.close();
  expect(losses).toEqual([]);
  const read = (): Record<string, string>[] => {
    const journal = ['-D', `${run}/log/journal`, '-o', 'json', '--all', '-t', 'sysmon'];
    return execFileSync('journalctl', journal, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, string>);
  };
  let entries: Record<string, string>[] = [];
  await vi.waitUntil(() => (entries = read()).length >= 3, { timeout: 60_000, interval: 500 });
  expect(entries).toHaveLength(3);
  expect(entries[0]).toMatchObject({
    MESSAGE: JSON.stringify(event),
    PRIORITY: '6',
    SYSMON_TYPE: 'ProcessCreate',
    SYSMON_EVENT_ID: '1',
    SYSMON_RECORD_ID: '42',
    SYSMON_IMAGE: '/bin/ls',
    SYSMON_COMMAND_LINE: 'ls\n-l',
    SYSMON_SOURCE: sink.source,
    SYSMON_SEQUENCE: '1',
  });
  expect(entries[1]['MESSAGE']).toBe('plain');
  expect(entries[2]['SYSMON_TYPE']).toBe('FileCreate');
  expect(entries[2]['MESSAGE'] === huge).toBe(true); // no diff of 12 MB
}, 180_000);

test('a datagram that no socket takes is refused and told, and a receiver that comes later gets all', async () => {
  const path = join(folder(), 'log');
  const sink = await openSyslog(`syslog:${path}`, { lingerMs: 5, retryMs: 5, maxRetryMs: 50, closeTimeoutMs: 60_000 });
  const { losses, said } = listen(sink);
  await sink.write(Documents.of(['first', 'x'.repeat(20_000_000), 'last']));
  await vi.waitUntil(() => said.length > 0, 60_000);
  expect(said[0]).toBe(`${path}: cannot connect: ENOENT; it is tried again`);
  const program = `import socket,sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print(s.recv(65536).decode())
print(s.recv(65536).decode())`;
  const text = new Promise<string>((resolve) => {
    const child = spawn('python3', ['-c', program, path], { stdio: ['ignore', 'pipe', 'ignore'] });
    let got = '';
    child.stdout.on('data', (data: Buffer) => void (got += data.toString()));
    child.on('close', () => resolve(got));
  });
  expect(await text).toMatch(/^<14>\w{3} [ \d]\d [\d:]{8} sysmon: first\n<14>.* sysmon: last\n$/);
  await sink.close();
  expect(losses).toMatchObject([{ cause: 'refused', count: 1, first: 2, last: 2 }]);
  expect(sink.stats().sent).toBe(2);
}, 180_000);
