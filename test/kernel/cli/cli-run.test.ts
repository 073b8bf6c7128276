/** `sysmon run -- COMMAND`: to the person at the terminal it is the command. Nothing of it depends on the kernel. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { RunResult } from '../../../lib/watch/index.js';

const main = join(import.meta.dirname, '../../../dist/cli/main.js');
const few = ['--events', 'ProcessCreate,ProcessTerminate', '--hash', 'none'];

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sysmon-run-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sysmon(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, 'run', ...few, ...args], { encoding: 'utf8', input });
}

test('the streams and the exit code are the command’s; the table, the report and the events stand beside', () => {
  const [report, output] = [join(folder, 'report'), join(folder, 'events')];
  const script = 'read -r x; echo "out $x"; echo err >&2; [ "$1" = --help ] && /bin/true; exit 9';
  const args = ['--report', report, '--output', output, '--', 'bash', '-c', script, 'bash', '--help'];
  const { status, stdout, stderr } = sysmon(args, 'in\n');
  expect({ status, stdout }).toEqual({ status: 9, stdout: 'out in\n' });
  expect(stderr).toMatch(/^err\n\nsysmon: exit code 9: 2 processes in /);
  expect(stderr).toMatch(/ exit 0 +\d+ {4}\/bin\/true\n/);
  const result = JSON.parse(readFileSync(report, 'utf8')) as RunResult;
  expect(result).toMatchObject({ exitCode: 9, signal: null, end: 'ended', report: { processes: { list: [{}] } } });
  const types = readFileSync(output, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types[0]).toBe('ServiceStateChange');
  expect(types.filter((type) => type.startsWith('Process')).sort()).toEqual([
    ...['ProcessCreate', 'ProcessCreate', 'ProcessTerminate', 'ProcessTerminate'],
  ]);
});

test('standard output that is given away has nothing of the command', () => {
  const { status, stdout, stderr } = sysmon([
    '--report',
    '-',
    '--quiet',
    '--',
    'bash',
    '-c',
    'echo out; kill -TERM $$',
  ]);
  expect({ status, stderr }).toEqual({ status: 143, stderr: 'out\n' });
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
});

test('what cannot be run ends as in a shell', () => {
  expect(sysmon(['--', 'no-such-command'])).toEqual(
    expect.objectContaining({ status: 127, stdout: '', stderr: 'sysmon: no-such-command: command not found\n' }),
  );
  expect(sysmon(['--', folder])).toMatchObject({ status: 126, stdout: '' });
});

test('without the privilege the command does not run', () => {
  const argv = [process.execPath, main, 'run', '--', 'touch', join(folder, 'ran')];
  const { status, stderr } = spawnSync('setpriv', ['--bounding-set=-all', '--inh-caps=-all', ...argv], {
    encoding: 'utf8',
  });
  expect(status).toBe(4);
  expect(stderr).toMatch(/^sysmon: .*CAP_/);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});

test.each([
  [['--', '']],
  [['--scope-pid', '1', '--', 'true']],
  [['--duration', '1', '--', 'true']],
  [['--report', '-', '--output', '-', '--', 'true']],
  [['--report', 'x']],
  [['--']],
])('%j is refused before anything runs', (args) => {
  expect(sysmon(args)).toMatchObject({ status: 2, stdout: '' });
});

test('SIGTERM and SIGINT of nobody’s terminal go to the command; its daemon goes on until the second', async () => {
  const script =
    'trap "echo int" INT; trap "echo term; exit 5" TERM; (setsid sleep 60 >/dev/null 2>&1 &); echo up; while :; do sleep 0.02; done';
  const args = [main, 'run', ...few, '--quiet', '--report', join(folder, 'daemon'), '--', 'bash', '-c', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let out = '';
  let err = '';
  child.stdout.on('data', (d: Buffer) => {
    const before = out;
    out += d.toString();
    const came = (word: string): boolean => out.includes(word) && !before.includes(word);
    if (came('up')) child.kill('SIGINT');
    if (came('int')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (d: Buffer) => {
    err += d.toString();
    if (err.includes('live on')) child.kill('SIGINT');
  });
  const [code] = (await closed) as [number | null];
  expect({ code, out }).toEqual({ code: 5, out: 'up\nint\nterm\n' });
  const { end, report } = JSON.parse(readFileSync(join(folder, 'daemon'), 'utf8')) as RunResult;
  expect(end).toBe('stopped');
  const [top] = report.processes.list;
  const daemon = JSON.stringify(top).match(
    /"pid":(\d+),"image":"[^"]*sleep"[^{}]*"runs":\[[^\]]*"commandLine":"sleep 60"/,
  );
  process.kill(Number(daemon?.[1]), 'SIGKILL');
});

// A terminal whose keyboard types the last argument when it has shown the one before it.
const terminal = `import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[3], sys.argv[3:])
out, typed, found = b'', sys.argv[2].encode().decode('unicode_escape').encode(), 0
while True:
    try:
        got = os.read(fd, 65536)
    except OSError:
        break
    if not got:
        break
    out += got
    while typed and out.count(sys.argv[1].encode()) > found:
        os.write(fd, typed[:1])
        typed, found = typed[1:], found + 1
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out.decode().replace('\\r', ''))
`;

test('the command has the terminal, and Ctrl-C twice is its own affair', () => {
  const script =
    'n=0; trap "n=\\$((n+1)); echo ready \\$n" INT; [ -t 0 -a -t 1 -a -t 2 ] && echo ready; while [ $n -lt 2 ]; do sleep 0.02; done; exit 6';
  const command = [process.execPath, main, 'run', ...few, '--quiet', '--', 'bash', '-c', script];
  const { stdout, stderr } = spawnSync('python3', ['-c', terminal, 'ready', '\\x03\\x03', ...command], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^6 ready\n(\^C)?ready 1\n(\^C)?ready 2\n/);
});
