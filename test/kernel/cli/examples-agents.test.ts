/** Every example is run, and does what it says: those that are whole programs. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { root, startExample, watch } from '../helpers/example.js';
import { noSshd, startSshd } from '../helpers/ssh.js';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';

function folder(): string {
  const path = makeFolder();
  onTestFinished(() => removeFolder(path));
  return path;
}

test('detection-agent alerts by the rules that come with the package and by those of a file', async () => {
  const dir = folder();
  const dropped = join(dir, 'dropped');
  copyFileSync('/bin/echo', dropped);
  const act = (): void => {
    spawnSync('/bin/echo', ['harmless']);
    spawnSync(dropped, ['of-the-starter']);
    writeFileSync(join(dir, '.hidden'), '');
    spawnSync('python3', ['-c', '"of-the-file"']);
  };
  const { stdout, code } = await watch('detection-agent.mjs', [], act, /of-the-file/);
  expect(code).toBe(0);
  const alerts = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; data: Record<string, string>; ancestors: string[] })
    // Others use this machine as well.
    .filter(({ data }) =>
      Object.values(data).some((text) => /of-the-file/.test(String(text)) || String(text).startsWith(dir)),
    );
  expect(alerts).toEqual([
    expect.objectContaining({
      severity: 'unrated',
      techniques: [expect.stringMatching(/^T1204\.002 \w/)],
      rules: [expect.stringContaining('T1204.002')],
      data: expect.objectContaining({
        Image: dropped,
        Hashes: expect.stringMatching(/^SHA256=/) as unknown,
      }) as unknown,
    }),
    expect.objectContaining({
      type: 'FileCreate',
      severity: 'medium',
      techniques: [expect.stringMatching(/^T1564\.001 \w/)],
      data: expect.objectContaining({ TargetFilename: join(dir, '.hidden') }) as unknown,
    }),
    expect.objectContaining({
      type: 'ProcessCreate',
      severity: 'high',
      techniques: [expect.stringMatching(/^T1059\.006 \w/)],
    }),
  ]);
  expect(alerts[0].ancestors[0]).toMatch(/^\/.*node.* \(root\)$/);
  expect(stdout).not.toContain('harmless');
});

test('detection-agent says what is wrong with a file of rules', () => {
  const file = join(folder(), 'rules.yml');
  writeFileSync(file, 'rules:\n  - event: ProcesCreate\n    onmatch: include\n    match: []\n');
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'examples/detection-agent.mjs'), file], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/ConfigError: .*2:.*ProcesCreate/);
});

test('ship-to-siem sends everything once and in order to a collector that is away and then slow', async () => {
  const taken: string[] = [];
  const statuses: number[] = [];
  let away = 2;
  const body = async (request: IncomingMessage): Promise<string> => {
    let text = '';
    for await (const piece of request) text += String(piece);
    return text;
  };
  const server = createServer((request, response) => {
    void body(request).then(async (text) => {
      const status = away-- > 0 ? 503 : 200;
      statuses.push(status);
      await sleep(300); // what comes meanwhile waits in the example
      if (status === 200) taken.push(...text.trimEnd().split('\n'));
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const example = await startExample('ship-to-siem.mjs', [`http://127.0.0.1:${port}/events`]);
  const count = 300;
  spawnSync('/bin/sh', ['-c', `i=0; while [ $i -lt ${count} ]; do /bin/echo siem-$i >/dev/null; i=$((i+1)); done`]);
  example.child.kill('SIGTERM');
  const { code, stderr } = await example.ended;
  expect(code, stderr).toBe(0);
  expect(statuses.slice(0, 3)).toEqual([503, 503, 200]);
  expect(stderr).toMatch(/status 503; again in 100 ms\nstatus 503; again in 200 ms\n/);
  expect(stderr).toContain(`sent ${taken.length} lines`);
  const events = taken.map(
    (line) => JSON.parse(line) as { type: string; recordId: number; data: { CommandLine?: string } },
  );
  expect(events.map((e) => e.recordId)).toEqual(events.map((_, i) => i + 1));
  const marks = events.flatMap((e) => /^\/bin\/echo (siem-\d+)$/.exec(e.data.CommandLine ?? '')?.[1] ?? []);
  expect(marks).toEqual(Array.from({ length: count }, (_, i) => `siem-${i}`));
  expect(events.at(-1)).toMatchObject({ type: 'ServiceStateChange', data: { State: 'Stopped' } });
});

test('honeypot-log says who came in and what they did', async (context) => {
  if (noSshd !== undefined) context.skip(noSshd);
  const server = await startSshd();
  const example = await startExample('honeypot-log.mjs');
  const file = join(folder(), 'payload');
  const [nsenter, ...rest] = server.inside;
  const guest = `id -u; echo evil > ${file}; bash -c 'exec 3<>/dev/tcp/127.0.0.1/9'; exit 0`;
  const { code, stderr } = await run(nsenter, [...rest, server.command, ...server.args, guest]).ended;
  expect(code, stderr).toBe(0);
  spawnSync('/bin/echo', ['no guest']);
  await example.printed(/closed after/);
  example.child.kill('SIGINT');
  const { stdout, code: ended } = await example.ended;
  expect(ended).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^#1 \+0\.0s opened by root from 127\.0\.0\.1 port \d+$/);
  // Not all: the shell of this machine's root may have much to do at its start.
  const without = (text: RegExp): boolean => !lines.some((line) => text.test(line));
  const missing = [
    /^#1 \+\d+\.\ds ran "id -u" \/\S*\/id (SHA256=[0-9a-f]{64}|-)$/,
    new RegExp(`^#1 \\+\\d+\\.\\ds made "${file}" (SHA256=[0-9a-f]{64}|-)$`),
    /^#1 \+\d+\.\ds connected to 127\.0\.0\.1 port 9 \(failed: 111\)$/,
    /^#1 \+\d+\.\ds closed after \d+ programs$/,
  ].filter(without);
  expect(missing, lines.slice(-10).join('\n')).toEqual([]);
  expect(lines.filter((line) => !line.startsWith('#1 '))).toEqual([]);
  expect(stdout).not.toContain('no guest');
});

const noPhoneHome = (...args: string[]): ReturnType<typeof run>['ended'] =>
  run(process.execPath, [join(root, 'examples/no-phone-home.mjs'), ...args]).ended;

test('no-phone-home passes a tool that stays at home, with its exit code, and fails one that connects', async () => {
  const server = createTcpServer((socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const connect = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
  const [quiet, loud, allowed, hidden] = await Promise.all([
    noPhoneHome('sh', '-c', 'ls / >/dev/null; exit 3'),
    noPhoneHome('bash', '-c', connect),
    noPhoneHome('--allow', '127.0.0.0/8', 'bash', '-c', connect),
    // A grandchild that outlives its parent, and a datagram.
    noPhoneHome('sh', '-c', `(sleep 0.2; exec bash -c 'echo x > /dev/udp/127.0.0.1/${port}') & exec true`),
  ]);
  expect(quiet).toMatchObject({ code: 3, stderr: '' });
  expect(loud.stderr).toMatch(new RegExp(`^/\\S*/bash connected to 127\\.0\\.0\\.1 port ${port} \\(tcp\\)\n$`));
  expect(loud.code).toBe(99);
  expect(allowed).toMatchObject({ code: 0, stderr: '' });
  expect(hidden.stderr).toContain(`port ${port} (udp)`);
  expect(hidden.code).toBe(99);
});

test('no-phone-home says of what cannot be run', async () => {
  expect(await noPhoneHome('/nonexistent/tool')).toMatchObject({
    code: 127,
    stderr: expect.stringContaining('ENOENT') as unknown,
  });
});

test('custom-serializer writes what happens now, filtered', async () => {
  const act = (): void => {
    for (let i = 0; i < 3; i++) spawnSync('/bin/echo', ['again']);
    spawnSync('/bin/echo', ['last']);
  };
  const { stdout, code } = await watch('custom-serializer.mjs', [], act, /msg=\/bin\/echo last/);
  expect(code).toBe(0);
  expect(stdout.match(/^CEF:0\|org\|sysmon\|1\|1\|ProcessCreate\|.* msg=\/bin\/echo again$/gm)).toHaveLength(1);
  expect(stdout).not.toContain('|ProcessTerminate|');
});
