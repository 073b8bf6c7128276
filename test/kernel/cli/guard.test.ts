/**
 * `sysmon guard`: what packages do when they are installed, baselines of a build, the process that is ended. Nothing in
 * it depends on the kernel that the other tests of these events do not look at.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../helpers/example.js';
import { makeFolder, removeFolder, run, type Ended } from '../helpers/workspace.js';
import { makeProject, packages } from './guard-packages.js';

const cli = join(root, 'dist/cli/main.js');

/** How often a baseline is compared with the same run again; SYSMON_TEST_REPEATS=10 takes minutes. */
const repeats = Number(process.env['SYSMON_TEST_REPEATS'] ?? 1);
const patient = { timeout: 120_000 + 60_000 * repeats };

function folder(): string {
  const path = makeFolder();
  onTestFinished(() => removeFolder(path));
  return path;
}

const guard = (cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> =>
  run(process.execPath, [cli, 'guard', ...args], { cwd, env }).ended;

/** `section what` of each breach, with who did it. */
const breachesOf = (stderr: string): { what: string; by: string }[] =>
  [...stderr.matchAll(/^ {2}\S+:\d+:\d+ (\w+: .*?)(?: \(\d+ times\))?, (?:denied|not in).*\n {4}by (.*)$/gm)].map(
    (m) => ({
      what: m[1].replace(': ', ' '),
      by: m[2],
    }),
  );

test(
  'npm ci: each breach is told by package and script, and nothing else; a second run does the same',
  patient,
  async () => {
    const dir = folder();
    const outside = join(dir, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'key'), 'secret');
    const server = createServer((_, answer) => answer.end(readFileSync('/usr/bin/true'))).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const env = {
      // Without what the npm that runs these tests was told: `--silent`, say.
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
      npm_config_cache: join(dir, 'cache'),
      NODE_DISABLE_COMPILE_CACHE: '1',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      npm_config_userconfig: join(dir, 'npmrc'),
    };
    const list = packages(port, outside);
    const project = makeProject(dir, list, env);
    const policy = join(dir, 'policy.yml');
    writeFileSync(
      policy,
      'connect: { allow: [] }\nexecute: { allow: [node, npm, sh, env, sleep] }\nwrite: { allow: [./**, ../cache/**] }\n' +
        'read: { deny: [../outside/*] }\n',
    );
    const args = ['--policy', policy, '--baseline', join(dir, 'behaviour.yml'), '--', 'npm', 'ci'];
    const ci = async (): Promise<Ended> => {
      rmSync(join(project, 'node_modules'), { recursive: true, force: true });
      for (const file of ['direct', 'moved', 'profile', 'daemon']) rmSync(join(outside, file), { force: true });
      writeFileSync(join(outside, 'victim'), '');
      return guard(project, args, env);
    };
    const first = await ci();
    expect(first.stdout, first.stderr).toContain('added 20 packages');
    expect(first.code).toBe(8);

    const told = breachesOf(first.stderr);
    const script = ({ by }: { by: string }): string => by.replace(/, process .*/, '');
    for (const { name, event, breaks } of list)
      for (const [section, what] of Object.entries(breaks)) {
        const found = told.filter((b) => script(b) === `${name}@1.0.0 ${event}` && b.what.startsWith(`${section} `));
        expect(found.length, `${name}: ${section}\n${first.stderr}`).toBeGreaterThan(0);
        for (const b of found) expect(b.what.slice(section.length + 1)).toMatch(what);
      }
    const expected = new Set(list.flatMap((p) => Object.keys(p.breaks).map((s) => `${p.name}@1.0.0 ${p.event} ${s}`)));
    expect(told.filter((b) => !expected.has(`${script(b)} ${b.what.split(' ')[0]}`))).toEqual([]);
    // The report by script has the harmless one too, and not what stayed in the project.
    expect(first.stderr).toMatch(/ {2}asks-version@1\.0\.0 postinstall\n {4}ran .*\/node/);
    expect(first.stderr).not.toContain('built-1');
    expect(first.stderr).toMatch(/downloads\/tool, not in the list.*\n.*which \S+\/node had got from 127\.0\.0\.1/);
    expect(existsSync(join(outside, 'daemon')), 'the guard waits for what was left behind').toBe(true);

    for (let i = 0; i < repeats; i++) {
      const again = await ci();
      expect(again.stderr).not.toContain('does not have');
      expect(again.code).toBe(8);
    }
  },
);

test('a baseline of a parallel make: exactly what is new, then accepted, then no difference', patient, async () => {
  const dir = folder();
  const units = Array.from({ length: 12 }, (_, i) => `u${i}`);
  for (const unit of units) writeFileSync(join(dir, `${unit}.c`), `int ${unit}(void) { return 0; }\n`);
  const makefile = (more = ''): void =>
    writeFileSync(
      join(dir, 'Makefile'),
      `all: ${units.map((u) => `${u}.o`).join(' ')}\n\tar rcs lib.a $^; : > log\n${more}\n%.o: %.c\n\tcc -c $< -o $@\n`,
    );
  makefile();
  const build = (...more: string[]): Promise<Ended> =>
    guard(dir, ['--baseline', 'behaviour.yml', ...more, '--', 'make', '-B', '-s', '-j4']);
  const made = await build();
  expect(made.code, made.stderr).toBe(0);
  expect(made.stderr).toMatch(/behaviour\.yml is made, of \d+ things/);
  const before = readFileSync(join(dir, 'behaviour.yml'), 'utf8');
  expect(before).toContain('  - "./u3.o"\n');
  expect(before).toContain('/cc1"\n');
  makefile(`\techo x > extra; uname -s > /dev/null; bash --norc -c ': 3<> /dev/tcp/127.0.0.1/9' 2> /dev/null || :`);
  const more = await build();
  expect(more.code, more.stderr).toBe(8);
  expect([...more.stderr.matchAll(/^ {2}(\w+: \S+)/gm)].map((m) => m[1]).sort()).toEqual([
    'connect: 127.0.0.1:9',
    expect.stringMatching(/^execute: \/\S*\/bash$/),
    expect.stringMatching(/^execute: \/\S*\/uname$/),
    'write: ./extra',
  ]);
  expect(readFileSync(join(dir, 'behaviour.yml'), 'utf8')).toBe(before);
  const accepted = await build('--update');
  expect(accepted.code, accepted.stderr).toBe(0);
  for (let i = 0; i < repeats; i++) {
    const again = await build();
    expect([again.code, again.stderr]).toEqual([0, '']);
  }
});

test('the code of the command, what is wrong before it runs, and a process that is ended', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'good.yml'), 'execute: { deny: [sleep] }\n');
  writeFileSync(join(dir, 'bad.yml'), 'connect:\n  alow: [x]\n');
  const killed = await guard(dir, ['--policy', 'good.yml', '--kill', '--', 'sh', '-c', 'sleep 1000; echo $?']);
  expect(killed.stdout).toBe('137\n');
  expect(killed.stderr).toMatch(
    /good\.yml:1:19 execute: \S*\/sleep, denied by sleep\n.*sleep 1000\n {4}ended by SIGKILL/,
  );
  expect(killed.code).toBe(8);
  const [own, wrong, none, both, unknown] = await Promise.all([
    guard(dir, ['--policy', 'good.yml', '--', 'sh', '-c', 'exit 7']),
    guard(dir, ['--policy', 'bad.yml', '--', 'touch', 'ran']),
    guard(dir, ['--policy', 'good.yml']),
    guard(dir, ['--update', '--', 'touch', 'ran']),
    guard(dir, ['--', '/nowhere/at-all']),
  ]);
  expect([own.code, own.stderr]).toEqual([7, '']);
  expect([wrong.code, wrong.stderr]).toEqual([
    3,
    'sysmon: bad.yml:2:3: connect has no key alow, did you mean allow?\n',
  ]);
  expect([none.code, both.code]).toEqual([2, 2]);
  expect(none.stderr).toContain('expected -- COMMAND');
  expect(unknown.code, unknown.stderr).toBe(127);
  expect(existsSync(join(dir, 'ran'))).toBe(false);
});
