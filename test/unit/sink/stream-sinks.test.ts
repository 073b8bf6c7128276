/** Syslog over UDP, TCP and TLS, and the socket for readers, with receivers in this process. */
import { createSocket } from 'node:dgram';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Documents, openSyslog, openUnix, type SyslogSinkOptions, type UnixSink } from '../../../lib/sink/index.js';
import { feed, folder, listen, numbered, once } from './receiver.js';

const quick: SyslogSinkOptions = { lingerMs: 5, batchBytes: 2000, retryMs: 5, maxRetryMs: 20, closeTimeoutMs: 20_000 };

async function listening(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Messages behind the count of their bytes; what is cut off at the end is left out. */
function messages(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(' ', at);
    const length = Number(bytes.subarray(at, blank).toString());
    expect(length).toBeGreaterThan(0);
    if (blank + 1 + length > bytes.length) break;
    found.push(bytes.subarray(blank + 1, blank + 1 + length).toString());
    at = blank + 1 + length;
  }
  return found;
}

/** What stands behind the header of RFC 5424, and the number in it. */
function bodyOf(message: string): string {
  const [, body] =
    /^<14>1 \S+ \S+ sysmon \d+ - \[meta sequenceId="\d+"\]\[sysmon@32473 [^\]]*\] (.*)$/s.exec(message) ?? [];
  expect(body, message).toBeDefined();
  return body;
}

/** A receiver that reads all and then ends its side, as syslog servers do. `breaks`: which connections break. */
function syslogServer(breaks: (connection: number) => boolean = () => false) {
  const got: Buffer[] = [];
  let connections = 0;
  const onConnection = (socket: Socket): void => {
    const number = ++connections;
    const index = got.push(Buffer.alloc(0)) - 1;
    socket.on('error', () => undefined);
    if (breaks(number)) socket.once('data', () => socket.resetAndDestroy());
    else socket.on('data', (data: Buffer) => void (got[index] = Buffer.concat([got[index], data])));
  };
  return { onConnection, lines: () => got.flatMap((b) => messages(b)).map(bodyOf), connections: () => connections };
}

test('over TCP all arrives whole, in order, also beyond 64 KiB, and its end is the acknowledgement', async () => {
  const receiver = syslogServer((n) => n % 3 === 1);
  const server = createServer(receiver.onConnection);
  onTestFinished(() => void server.close());
  const sink = await openSyslog(`syslog+tcp://127.0.0.1:${await listening(server)}`, quick);
  const { losses } = listen(sink);
  const wanted = await feed(sink, 10);
  wanted.push(`{"long":"${'é'.repeat(100_000)}"}`);
  await sink.write(Documents.of(wanted.slice(-1)));
  await sink.close();
  expect(once(receiver.lines())).toEqual(wanted);
  expect(sink.stats()).toMatchObject({ acknowledged: 101, lost: {} });
  expect(sink.stats().retries).toBeGreaterThan(0);
  expect(losses).toEqual([]);
});

test('a receiver that takes what it is sent and never ends has acknowledged nothing', async () => {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.resume();
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const options = { ...quick, timeoutMs: 100, closeTimeoutMs: 300 };
  const sink = await openSyslog(`syslog+tcp://127.0.0.1:${await listening(server)}`, options);
  const { losses, said } = listen(sink);
  await feed(sink, 1);
  await sink.close();
  expect(said[0]).toContain('no answer in 100 ms');
  expect(losses).toMatchObject([{ cause: 'closed', count: 10 }]);
  expect(sink.stats()).toMatchObject({ sent: 0, acknowledged: 0 });
});

test('over TLS the same, with a certificate that is trusted, and not without', async () => {
  const dir = folder();
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' });
  const receiver = syslogServer();
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, receiver.onConnection);
  server.on('tlsClientError', () => undefined);
  onTestFinished(() => void server.close());
  const url = `syslog+tls://127.0.0.1:${await listening(server)}`;
  const distrusting = await openSyslog(url, { ...quick, closeTimeoutMs: 200 });
  const { said } = listen(distrusting);
  await feed(distrusting, 1);
  await distrusting.close();
  expect(said[0]).toMatch(/self-signed certificate/);
  expect(receiver.lines()).toEqual([]);
  const sink = await openSyslog(url, { ...quick, caFile: cert });
  const wanted = await feed(sink, 10);
  await sink.close();
  expect(once(receiver.lines())).toEqual(wanted);
  expect(sink.stats()).toMatchObject({ acknowledged: 100, lost: {} });
});

test('over UDP a document is a datagram, and one that is too long is refused and told', async () => {
  const got: string[] = [];
  const socket = createSocket('udp4').on('message', (message) => void got.push(message.toString()));
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const url = `syslog+udp://127.0.0.1:${socket.address().port}`;
  const sink = await openSyslog(url, { ...quick, format: 'rfc3164', facility: 'local3', severity: 4, ident: 'test' });
  const { losses } = listen(sink);
  await sink.write(Documents.of(['first', 'x'.repeat(70_000), 'last']));
  await sink.close();
  await vi.waitUntil(() => got.length >= 2, 20_000);
  const head = String.raw`^<156>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ${hostname()} test: `;
  expect(got[0]).toMatch(new RegExp(`${head}first$`));
  expect(got[1]).toMatch(new RegExp(`${head}last$`));
  expect(losses).toMatchObject([{ cause: 'refused', count: 1, first: 2, last: 2 }]);
  expect(losses[0].reason).toMatch(/^too long for a datagram: 70\d\d\d bytes$/);
  expect(sink.stats()).toMatchObject({ sent: 2, acknowledged: 0 });
});

test.each<[string, string, SyslogSinkOptions, RegExp]>([
  ['another machine', 'syslog://host', {}, /is the socket of this machine/],
  ['no host', 'syslog+tcp:', {}, /names no host/],
  ['no syslog', 'http://host', {}, /expected a URL with syslog:\/\/ or/],
  ['TLS without TLS', 'syslog+tcp://host', { caFile: 'x' }, /caFile: it is of TLS/],
  ['a facility that there is not', 'syslog+tcp://host', { facility: 'x' as 'user' }, /facility: expected 'kern' or/],
  ['a blank in the name', 'syslog+tcp://host', { ident: 'a b' }, /ident: expected up to 32/],
  ['a file that is not there', 'syslog+tls://host', { caFile: '/no/such' }, /caFile: cannot read \/no\/such: ENOENT/],
])('%s is refused', async (_, url, options, text) => {
  await expect(openSyslog(url, options)).rejects.toThrow(text);
});

// --- readers of a socket ---

async function attach(
  sink: UnixSink,
  path: string,
): Promise<{ readonly socket: Socket; text(): string; closed(): boolean }> {
  const before = sink.readers;
  let text = '';
  let closed = false;
  const socket = connect(path);
  socket.on('data', (data) => void (text += data.toString())).on('close', () => void (closed = true));
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await vi.waitUntil(() => sink.readers > before, 20_000);
  return { socket, text: () => text, closed: () => closed };
}

test('readers get all from when they came, whole, and a slow one is cut off and counted', async () => {
  const path = join(folder(), 'sock');
  const sink = await openUnix(path, { maxBytes: 300_000, closeTimeoutMs: 200 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const said: string[] = [];
  sink.onNotice = (text) => void said.push(text);
  sink.write(Documents.of(['before']));
  const [first, second] = [await attach(sink, path), await attach(sink, path)];
  second.socket.pause();
  const wanted: string[] = [];
  for (let i = 0; i < 100; i++) {
    const batch = numbered(100 * i, 100 * i + 100);
    wanted.push(...batch);
    sink.write(Documents.of(batch));
    await new Promise(setImmediate);
    await vi.waitUntil(() => first.text().split('\n').length > wanted.length, 20_000);
  }
  expect(first.text()).toBe(`${wanted.join('\n')}\n`);
  expect(sink.readers).toBe(1);
  second.socket.resume();
  await vi.waitUntil(() => second.closed(), 20_000);
  expect(said).toEqual(['a reader was more than 300000 bytes behind, and was cut off']);
  const { lost, taken, waiting } = sink.stats();
  expect(taken).toBe(10_001);
  expect(lost['slow-reader']).toBeGreaterThan(0);
  expect(waiting.bytes).toBe(0);
  await sink.close();
  await vi.waitUntil(() => first.closed(), 20_000);
  expect(existsSync(path)).toBe(false);
});

test('a socket that somebody left is taken, one that is listened at is not, and no file is removed', async () => {
  const dir = folder();
  const path = join(dir, 'sock');
  const program = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  expect(() => execFileSync(process.execPath, ['-e', program], { stdio: 'ignore' })).toThrow();
  expect(existsSync(path)).toBe(true);
  const sink = await openUnix(path);
  await expect(openUnix(path)).rejects.toThrow(`cannot listen at ${path}: another process listens there`);
  await sink.close();
  writeFileSync(path, 'a file');
  await expect(openUnix(path)).rejects.toThrow('EADDRINUSE');
  expect(readFileSync(path, 'utf8')).toBe('a file');
});

test('more readers than may be are turned away', async () => {
  const path = join(folder(), 'sock');
  const sink = await openUnix(path, { maxReaders: 1 });
  await attach(sink, path);
  const more = connect(path).on('error', () => undefined);
  await new Promise((resolve) => more.on('close', resolve));
  expect(sink.readers).toBe(1);
  await sink.close();
});
