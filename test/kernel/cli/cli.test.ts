/** The `sysmon` command as a script would use it. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

const main = join(import.meta.dirname, '../../../dist/cli/main.js');

interface Line {
  type: string;
  id: number;
  recordId: number;
  data: Record<string, unknown>;
  process?: { ancestors: { pid: number; image: string }[] };
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const c of cleanups.splice(0)) c();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sysmon-cli-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const sysmon = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 60_000 });
const lines = (text: string): Line[] =>
  text
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => JSON.parse(l) as Line);

/** Starts the command; resolves when its output holds the text. */
async function running(
  args: string[],
  until = '"Started"',
): Promise<{ child: ChildProcessWithoutNullStreams; out: () => string; err: () => string }> {
  const child = spawn(process.execPath, [main, ...args]);
  cleanups.push(() => child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stderr.on('data', (d: Buffer) => (err += d.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (d: Buffer) => {
      out += d.toString();
      if (out.includes(until)) resolve();
    });
    child.on('close', () => reject(new Error(`ended early: ${err}`)));
  });
  return { child, out: () => out, err: () => err };
}

test('prints Started, the configuration, events and Stopped as one JSON document a line', async () => {
  const { child, out } = await running(['--format', 'json', '--hash', 'none']);
  spawnSync('/bin/echo', ['from', 'the', 'test']);
  await expect.poll(() => out(), { timeout: 20_000 }).toContain('from the test');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  const all = lines(out());
  expect(all[0]).toMatchObject({
    type: 'ServiceStateChange',
    id: 4,
    recordId: 1,
    data: { State: 'Started', SchemaVersion: '4.90' },
  });
  expect(all[1]).toMatchObject({
    type: 'ServiceConfigurationChange',
    id: 16,
    recordId: 2,
    data: { Configuration: 'Defaults' },
  });
  expect(all.at(-1)).toMatchObject({ type: 'ServiceStateChange', data: { State: 'Stopped' } });
  expect(all.map((l) => l.recordId)).toEqual(all.map((_, i) => i + 1));
  const create = all.find((l) => l.data['CommandLine'] === '/bin/echo from the test');
  expect(create?.process?.ancestors[0]).toMatchObject({ pid: process.pid });
});

test('--duration ends it, --events selects, --stats prints counters to standard error', () => {
  const done = sysmon('run', '--events', 'ProcessTerminate', '--duration', '0.5', '--format', 'json', '--stats');
  expect(done.status).toBe(0);
  const all = lines(String(done.stdout));
  expect(all.some((l) => l.type === 'ProcessCreate')).toBe(false);
  expect(done.stderr).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(String(done.stderr))).toHaveProperty('native.kernel.exec.produced');
});

test('--max-events counts captured events only', async () => {
  const { child, out } = await running(['--max-events', '3', '--hash', 'none', '--format', 'json']);
  for (let i = 0; i < 4; i++) spawnSync('/bin/true');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  expect(lines(out()).filter((l) => l.id === 1 || l.id === 5)).toHaveLength(3);
});

test('writes to a file and reopens it on SIGHUP', async () => {
  const file = join(folder(), 'events.ndjson');
  const child = spawn(process.execPath, [main, '--output', file, '--format', 'json', '--hash', 'none'], {
    stdio: 'ignore',
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  await expect.poll(() => read(file), { timeout: 20_000 }).toContain('"Started"');
  renameSync(file, `${file}.1`);
  child.kill('SIGHUP');
  await expect.poll(() => existsSync(file), { timeout: 20_000 }).toBe(true);
  spawnSync('/bin/echo', ['after the rotation']);
  await expect.poll(() => read(file), { timeout: 20_000 }).toContain('after the rotation');
  child.kill('SIGINT');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  expect(read(file)).toContain('"Stopped"');
  expect(read(`${file}.1`)).toContain('"Started"');
});

test('a reader of the output that goes away ends it, and it says what it could not write', async () => {
  const command = `("${process.execPath}" "${main}" --format json --hash none; echo "code $?" >&2) | head -n 1`;
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (d: Buffer) => (err += d.toString()));
  const timer = setInterval(() => spawnSync('/bin/true'), 50);
  await once(child, 'close');
  clearInterval(timer);
  expect(err).toMatch(
    /^sysmon: the reader of standard output is gone: (one line was|\d+ lines were) not written\ncode 141\n$/,
  );
});

test.each([
  [['--nonsense'], /nonsense/],
  [['--events', 'ProcesCreate'], /Did you mean 'ProcessCreate'/],
  [['--hash', 'CRC32'], /CRC32.*Known: SHA1, MD5, SHA256/],
  [['--format', 'yaml'], /yaml.*Known: /],
  [['--duration', 'soon'], /--duration: expected a number/],
  [['--max-events', '0'], /--max-events/],
  [['--tier', 'full'], /core tier only/],
  [
    ['--archive-directory', 'here', '--events', 'FileDelete'],
    /--archive-directory: expected an absolute path, got 'here'/,
  ],
  [['--archive-directory', '/here'], /only FileDelete archives/],
  [['--archive-hold', '/tmp', '--events', 'FileDelete'], /no archive without --archive-directory/],
  [['--archive-file-bytes', 'x'], /--archive-file-bytes: expected a whole number of at least 1, got 'x'/],
  [['--ring-bytes', '100000'], /power of two; the nearest to 100000 are 65536 and 131072/],
  [['frobnicate'], /'frobnicate' is no command/],
])('wrong usage %j ends with 2 and says what is wrong', (args, text) => {
  const done = sysmon(...args);
  expect(done.status).toBe(2);
  expect(done.stderr).toMatch(text);
  expect(done.stdout).toBe('');
});

test('--archive-directory, --archive-hold, --archive-file-bytes', async () => {
  const w = folder();
  const held = join(w, 'held');
  mkdirSync(held);
  const { child, out } = await running([
    ...['--format', 'json', '--events', 'FileDelete', '--archive-directory', join(w, 'archive')],
    ...['--archive-hold', held, '--archive-file-bytes', '8'],
  ]);
  for (const [name, content] of [
    ['kept', 'content'],
    ['large', 'more of it'],
  ] as const) {
    writeFileSync(join(held, name), content);
    rmSync(join(held, name));
  }
  const mine = (): Line[] =>
    lines(out().slice(0, out().lastIndexOf('\n') + 1)).filter((l) =>
      String(l.data?.['TargetFilename']).startsWith(held),
    );
  for (const end = Date.now() + 30_000; mine().length < 2 && Date.now() < end;) await sleep(20);
  child.kill('SIGTERM');
  const archived = Object.fromEntries(
    mine().map((l) => [String(l.data['TargetFilename']), String(l.data['Archived'])]),
  );
  expect(archived).toEqual({ [join(held, 'kept')]: 'true', [join(held, 'large')]: 'false' });
  expect(readdirSync(join(w, 'archive'))).toEqual([createHash('sha256').update('content').digest('hex')]);
});

test('without privileges it ends with 4 and names what is missing', () => {
  const done = spawnSync(
    'setpriv',
    ['--bounding-set=-all', '--inh-caps=-all', process.execPath, main, '--duration', '1'],
    {
      encoding: 'utf8',
    },
  );
  expect(done.stderr).toMatch(/CAP_BPF|CAP_PERFMON/);
  expect(done.stderr).toMatch(/Run as root/);
  expect(done.status).toBe(4);
});

test('--help, --version and capabilities print to standard output', () => {
  expect(sysmon('--help').stdout).toMatch(/Exit codes/);
  expect(String(sysmon('--version').stdout).trim()).toMatch(/^\d+\.\d+\.\d+$/);
  const report = JSON.parse(String(sysmon('capabilities', '--json').stdout)) as {
    supported: boolean;
    events: { type: string; hook: string; blindSpots: string[] }[];
  };
  expect(report.supported).toBe(true);
  expect(report.events.find((e) => e.type === 'ProcessCreate')).toMatchObject({
    hook: 'sched_process_exec',
    available: true,
  });
  expect(sysmon('capabilities').stdout).toMatch(/CAP_BPF/);
});
