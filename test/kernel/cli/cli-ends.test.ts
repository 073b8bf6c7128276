/** How the command ends, and what it says then: closed pipes, full disks, hang-ups, wrong values. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { brokenPipe } from '../../unit/cli/broken-pipe.js';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'dist/cli/main.js');
const recording = join(root, 'test/fixtures/events.ndjson');
/** Of which a quiet system has none. */
const rare = ['--events', 'RawAccessRead', '--hash', 'none', '--format', 'json'];

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'sysmon-ends-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const c of cleanups.splice(0)) c();
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end. `stdout`: a descriptor instead of a pipe. `onOut` is told of all output so far. */
async function ended(
  args: readonly string[],
  stdout?: number,
  onOut?: (out: string, pid: number) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', stdout ?? 'pipe', 'pipe'] });
  cleanups.push(() => child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout?.on('data', (d: Buffer) => {
    out += d.toString();
    onOut?.(out, child.pid as number);
  });
  child.stderr?.on('data', (d: Buffer) => (err += d.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, out, err };
}

/** Sends the signal once, when the sensor runs. */
const whenStarted = (signal: NodeJS.Signals): ((out: string, pid: number) => void) => {
  let sent = false;
  return (out, pid) => {
    if (sent || !out.includes('"Started"')) return;
    sent = true;
    process.kill(pid, signal);
  };
};

describe('a reader that goes away ends it as SIGPIPE would', () => {
  test.each([
    [['schema']],
    [['--help']],
    [['--version']],
    [['capabilities']],
    [['capabilities', '--json']],
    [['config', 'dump', 'starter']],
    [['config', 'convert', join(root, 'test/fixtures/sysmon-configs/mstic-main.xml')]],
    [['config', 'help']],
    [['record', '--help']],
    [['replay', '--help']],
    [['replay', recording]],
  ])('%j, without a word', async (args) => {
    const pipe = brokenPipe();
    cleanups.push(() => closeSync(pipe));
    const { code, err } = await ended(args, pipe);
    expect(err).toBe('');
    expect(code).toBe(141);
  });

  test.each([[['run', ...rare]], [['record', ...rare.slice(0, 4), '-']]])(
    '%j, with what could not be written',
    async (args) => {
      const pipe = brokenPipe();
      cleanups.push(() => closeSync(pipe));
      const { code, err } = await ended(args, pipe);
      // Started, the configuration, Stopped.
      expect(err).toBe(
        `${args[0] === 'record' ? 'recording to standard output: Ctrl-C ends it\n' : ''}sysmon: the reader of standard output is gone: 3 lines were not written\n`,
      );
      expect(code).toBe(141);
    },
  );
});

test('a recording ends the line that a killed one left unfinished, and its other lines are played', async () => {
  const file = join(dir, 'torn.ndjson');
  const [first, second] = readFileSync(recording, 'utf8').split('\n');
  writeFileSync(file, `${first}\n${second.slice(0, 100)}`);
  expect((await ended(['record', ...rare.slice(0, 4), '--duration', '0.1', file])).code).toBe(0);
  const { code, out, err } = await ended(['replay', file]);
  expect(err).toMatch(/^sysmon: line 2 of the recording is no event: [^\n]*\n$/);
  expect(code).toBe(1);
  const states = [...out.matchAll(/"State":"(\w+)"/g)].map(([, state]) => state);
  expect([out.startsWith(`${first}\n`), ...states.slice(-2)]).toEqual([true, 'Started', 'Stopped']);
});

test('texts that cannot be written are a failure, whatever they are', () => {
  for (const [args, redirected, said] of [
    [['schema'], '>/dev/full', /^sysmon: cannot write to standard output: ENOSPC/],
    [['config', 'dump', 'starter'], '>/dev/full', /^sysmon: cannot write to standard output: ENOSPC/],
    [['replay', '--stats', recording], '>/dev/null 2>/dev/full', /^$/],
  ] as const) {
    const done = spawnSync('/bin/sh', ['-c', `"$@" ${redirected}`, 'sh', process.execPath, main, ...args], {
      encoding: 'utf8',
    });
    expect(done.stderr).toMatch(said);
    expect(done.status).toBe(1);
  }
});

test('output that cannot be written ends it, without an event, and is no wrong usage', async () => {
  for (const file of ['/dev/full', join(dir, 'nothing/there')])
    for (const args of [
      ['run', ...rare, '--output', file],
      ['record', ...rare.slice(0, 4), file],
    ]) {
      const { code, err } = await ended(args);
      expect(err).toMatch(new RegExp(`^(recording to .*\\n)?sysmon: cannot write to ${file}: \\w+: [^\\n]+\\n$`));
      if (file === '/dev/full') expect(err).toMatch(/: 3 lines were not written\n$/);
      expect(code).toBe(1);
    }
});

test('a hang-up ends what writes to standard output, and a recording', async () => {
  const { code, signal, out } = await ended(rare, undefined, whenStarted('SIGHUP'));
  expect([code, signal]).toEqual([0, null]);
  expect(out).toContain('"Stopped"');
  const recorded = await ended(['record', ...rare.slice(0, 4), '-'], undefined, whenStarted('SIGHUP'));
  expect([recorded.code, recorded.signal, recorded.err]).toEqual([
    0,
    null,
    'recording to standard output: Ctrl-C ends it\nrecorded 0 events\n',
  ]);
  expect(recorded.out).toContain('"Stopped"');
});

test('a duration of months is one', async () => {
  let over = false;
  let lived = false;
  let waiting = false;
  const { code } = await ended([...rare, '--duration', '8640000'], undefined, (out, pid) => {
    if (waiting || !out.includes('"Started"')) return;
    waiting = true;
    setTimeout(() => {
      if (over) return;
      lived = true;
      process.kill(pid, 'SIGTERM');
    }, 1500);
  });
  over = true;
  expect(lived).toBe(true);
  expect(code).toBe(0);
});

describe('a configuration that can be read only once', () => {
  const rules =
    'options: { FieldSizes: "CommandLine:9" }\nrules: [{ event: ProcessCreate, onmatch: include, match: [{ Image: { end with: /git } }] }]\n';
  const piped = (...args: string[]): ReturnType<typeof spawnSync> => {
    const file = join(dir, 'rules.yml');
    writeFileSync(file, rules);
    // A pipe of the shell: its end can be opened a second time, and is empty then.
    return spawnSync('/bin/sh', ['-c', 'cat "$1" | { shift; "$@"; }', 'sh', file, process.execPath, main, ...args], {
      encoding: 'utf8',
      timeout: 100_000,
    });
  };

  test('is run', () => {
    const done = piped('--config', '/dev/stdin', '--duration', '0.2', '--format', 'json');
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    // prettier-ignore
    const lines = String(done.stdout).trim().split('\n').map((l) => JSON.parse(l) as { id: number; data: object });
    expect(lines.find((l) => l.id === 16)?.data).toMatchObject({
      Configuration: '/dev/stdin',
      ConfigurationFileHash: `SHA256=${createHash('sha256').update(rules).digest('hex')}`,
    });
  });

  test('judges a recording, and its sizes cut', () => {
    const done = piped('replay', '--config', '/dev/stdin', '--events', 'ProcessCreate', recording);
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    // prettier-ignore
    const lines = String(done.stdout).trim().split('\n').map((l) => JSON.parse(l) as { data: { CommandLine: string } });
    expect(lines.length).toBeGreaterThan(3);
    for (const { data } of lines) expect(data.CommandLine).toMatch(/^git .{2}\.\.\.$|^.{0,9}$/);
  });
});

test('--environment, --hash-timeout-ms, and a configuration, for a recording too', async () => {
  const file = join(dir, 'recorded.ndjson');
  const mark = `ends-${process.pid}`;
  const config = join(dir, 'mark.yml');
  writeFileSync(
    config,
    `options: { FieldSizes: "CommandLine:9" }\nrules: [{ event: ProcessCreate, onmatch: include, match: [{ CommandLine: { contains: ${mark} }, name: marked }] }]\n`,
  );
  const flags = [
    '--environment',
    'SYSMON_MARK,SYSMON_NOT',
    '--hash-timeout-ms',
    '0',
    '--events',
    'ProcessCreate',
    '--max-events',
    '1',
  ];
  const done = ended(['record', '--config', config, ...flags, file]);
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('"Started"'), { timeout: 60_000 })
    .toBe(true);
  spawnSync('/bin/true', ['unmarked']);
  spawnSync('/bin/echo', [mark], { env: { SYSMON_MARK: 'here', SYSMON_OTHER: 'there' } });
  expect(await done).toMatchObject({
    code: 0,
    err: `recording to ${file}: Ctrl-C ends it\nrecorded 1 event\n`,
  });
  const recorded = readFileSync(file, 'utf8').trim().split('\n');
  const events = recorded.map((l) => JSON.parse(l) as Record<string, Record<string, unknown>>);
  const create = events.find((e) => e['process'] !== undefined);
  expect(create).toMatchObject({
    // A recording keeps the whole of what a format would cut.
    data: { CommandLine: `/bin/echo ${mark}`, RuleName: 'marked' },
    process: { env: { SYSMON_MARK: 'here' } },
  });
  expect(create?.['process']['env']).not.toHaveProperty('SYSMON_OTHER');
});

test.each([
  [['--events', ''], /--events: it is empty\. Give types of events joined by commas, or all\./],
  [['--events', ',', '--hash', 'none'], /--events: it is empty/],
  [['--hash', ''], /--hash: it is empty\. Give SHA1, MD5, SHA256 joined by commas, or none\./],
  [['record', '--hash', '', 'x'], /--hash: it is empty[^]*Try `sysmon record --help`/],
  [['--environment', ' '], /--environment: it is empty\. Give npm, or names of variables joined by commas, or none\./],
  [['--archive-hold', ''], /--archive-hold: it is empty/],
  [['--output', ''], /--output: it is empty/],
  [['--hash-timeout-ms', 'x'], /--hash-timeout-ms: expected a whole number of at least 0, got 'x'/],
  [['--btf', ''], /sysmon: --btf: expected a path, got ''/],
  [['--events', '--hash', 'none'], /'--events' argument is ambiguous/],
  [['--hash', 'sha265'], /sysmon: --hash: 'SHA265' is no algorithm\. Did you mean 'SHA256'\?/],
  [['--config', 'starter', '--events', 'ProcessCreate', '--archive-directory', '/tmp'], /only FileDelete archives/],
])('%j is refused with 2', async (args, text) => {
  const { code, out, err } = await ended(args);
  expect(err).toMatch(text);
  expect([code, out]).toEqual([2, '']);
});

test.each([
  [['--evnets', '1'], /unknown flag --evnets\. Did you mean '--events'\?\nTry `sysmon --help`/],
  [['capabilites'], /'capabilites' is no command\. Did you mean 'capabilities'\? Known: run, record/],
  [['help', 'recrod'], /'recrod' is no command\. Did you mean 'record'\?/],
  [['--events', '1,dnsqery'], /'dnsqery' is no type of event\. Did you mean 'DnsQuery'\?/],
  [['--events', '999'], /'999' is no type of event\. Known: ProcessCreate/],
  [['schema', 'PipeEvnt'], /'PipeEvnt' is no type of event\. Did you mean 'PipeEvent'\?/],
])('what is misspelled, %j, is refused with 2 and with what was meant', async (args, text) => {
  const { code, out, err } = await ended(args);
  expect(err).toMatch(text);
  expect([code, out]).toEqual([2, '']);
});

test('help of a command is asked for in two ways', async () => {
  for (const name of ['run', 'record', 'replay', 'schema', 'config', 'capabilities']) {
    const { code, out } = await ended(['help', name]);
    expect(code).toBe(0);
    expect((await ended([name, '--help'])).out).toBe(out);
    expect(out).toMatch(name === 'run' ? /^sysmon - / : new RegExp(`^usage: sysmon ${name} `));
  }
});

test('a warning is a line like any other', async () => {
  const file = join(dir, 'without-effect.yml');
  writeFileSync(file, 'rules: [{ event: ProcessCreate, onmatch: include, match: [{ ProcessId: a }] }]\n');
  const { code, err } = await ended(['--config', file, '--duration', '0.1', '--format', 'json']);
  expect(err).toMatch(/^sysmon: warning: rules on values that never occur: 1:\d+: .*\n$/);
  expect(code).toBe(0);
});

test('--btf: a file that is none', async () => {
  const { code, err } = await ended([...rare, '--btf', join(dir, 'no-btf')]);
  expect(err).toMatch(/no-btf/);
  expect(code).toBe(5);
});

test('a terminal gets nothing to obey from a file that is wrong', async () => {
  const file = join(dir, 'wrong');
  writeFileSync(file, '\x1b]0;title\x07{\n');
  const replayed = await ended(['replay', file]);
  expect(replayed.err).toMatch(/^sysmon: line 1 of the recording is no event: no JSON: .*\\x1b\]0;title/);
  writeFileSync(file, 'rules: [{ event: ProcessCreate, onmatch: include, match: [{ "Im\\e[31mage": x }] }]\n');
  const checked = await ended(['config', 'check', file]);
  expect(checked.out).toContain('\\x1b[31m');
  const run = await ended(['--config', file]);
  expect(run.err).toContain('\\x1b[31m');
  // eslint-disable-next-line no-control-regex
  for (const { out, err } of [replayed, checked, run]) expect(out + err).not.toMatch(/[\x00-\x08\x0b-\x1f]/);
  expect([replayed.code, checked.code, run.code]).toEqual([1, 3, 3]);
});
