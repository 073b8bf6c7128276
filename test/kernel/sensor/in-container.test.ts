/**
 * The sensor in a container with the host's pid and cgroup namespaces, with the mounts and capabilities that
 * docs/containers.md names, where a runtime starts one here.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { packageFolder } from '../helpers/probe.js';

/** As the command of docs/containers.md gives them. */
const capabilities = ['BPF', 'PERFMON', 'NET_ADMIN', 'DAC_READ_SEARCH', 'SYS_PTRACE', 'SYS_ADMIN', 'SYS_RESOURCE'];

interface Line {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly process?: { readonly pid: number; readonly container?: { readonly id: string } };
}

const given = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
const resource = ((BigInt(`0x${given}`) >> 24n) & 1n) === 1n;

/** An image of this machine: its programs and libraries, nothing else. */
function bundle(): string {
  const at = mkdtempSync(join(tmpdir(), 'sysmon-bundle-'));
  onTestFinished(() => rmSync(at, { recursive: true, force: true }));
  const root = join(at, 'rootfs');
  mkdirSync(root);
  const bind = (path: string, ...options: string[]) => ({
    destination: path,
    type: 'none',
    source: path,
    options: ['rbind', 'ro', ...options],
  });
  const mounts: object[] = [
    { destination: '/proc', type: 'proc', source: 'proc' },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
    { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev'] },
    bind('/sys'),
    bind('/etc/passwd'),
  ];
  for (const path of ['/usr', '/bin', '/lib', '/lib64']) {
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(root, path));
    else mounts.push(bind(path));
  }
  if (!process.execPath.startsWith('/usr/')) mounts.push(bind(dirname(process.execPath)));
  // It may lie in /tmp: after that.
  mounts.push(bind(packageFolder));
  // Only kernels before 5.11 ask for the last one, and not every machine has it to give.
  const held = capabilities.filter((name) => resource || name !== 'SYS_RESOURCE').map((name) => `CAP_${name}`);
  writeFileSync(
    join(at, 'config.json'),
    JSON.stringify({
      ociVersion: '1.0.2',
      root: { path: 'rootfs', readonly: false },
      process: {
        terminal: false,
        user: { uid: 0, gid: 0 },
        cwd: '/',
        env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin'],
        args: [
          process.execPath,
          join(packageFolder, 'dist/cli/main.js'),
          ...['run', '--events', 'ProcessCreate', '--hash-source', 'fanotify', '--hash-timeout-ms', '10000'],
          ...['--format', 'json', '--flush-ms', '0'],
        ],
        capabilities: { bounding: held, effective: held, permitted: held },
      },
      mounts,
      // Neither pid, cgroup, network nor user: those of the host.
      linux: { namespaces: [{ type: 'mount' }, { type: 'ipc' }, { type: 'uts' }] },
    }),
  );
  return at;
}

test.for(['runc', 'crun'])('in a container of %s', async (runtime, context) => {
  if (spawnSync(runtime, ['--version']).error) return context.skip(`${runtime} is not installed`);
  const name = `sysmon-sensor-${process.pid}`;
  const child = spawn(runtime, ['run', '--bundle', bundle(), name], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void spawnSync(runtime, ['delete', '--force', name]));
  let said = '';
  child.stderr.on('data', (d: Buffer) => (said += d.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines: Line[] = [];
  let marker: number | undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (line.data['State'] === 'Started') marker = spawnSync('/bin/true', ['outside']).pid;
    if (marker !== undefined && line.process?.pid === marker) spawnSync(runtime, ['kill', name, 'TERM']);
  }
  const code = await ended;
  if (lines.length === 0 && !said.includes('sysmon:'))
    return context.skip(`${runtime} starts no container here (${code}): ${said.trim().split('\n').at(-1) ?? ''}`);
  expect({ code, said }).toEqual({ code: 0, said: '' });
  // By the number and the digest that it has outside, and the sensor itself has the namespaces of the host.
  const seen = lines.find((line) => line.process?.pid === marker);
  expect(seen?.data).toMatchObject({
    CommandLine: '/bin/true outside',
    ParentProcessId: process.pid,
    Hashes: expect.stringMatching(/^SHA256=/) as string,
  });
  const scopes = lines.filter((line) => line.type === 'Error').map(({ data }) => data['Description']);
  expect(scopes.filter((text) => String(text).includes('/proc does not show'))).toEqual([]);
});
