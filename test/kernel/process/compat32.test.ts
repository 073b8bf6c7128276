/** 32-bit programs on a 64-bit kernel: ia32 on amd64, arm on arm64. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type LossRecord, type SysmonEvent } from '../../../lib/index.js';

const source = fileURLToPath(new URL('compat32.c', import.meta.url));
const flags = ['-nostdlib', '-static', '-fno-pie', '-no-pie', '-fno-stack-protector', '-ffreestanding', '-O2', '-Wall'];
let folder = '';
let program = '';
let obstacle = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sysmon-compat32-')));
  chmodSync(folder, 0o755);
  program = join(folder, 'compat32');
  try {
    if (process.arch === 'x64') execFileSync('cc', ['-m32', ...flags, source, '-o', program], { stdio: 'pipe' });
    else
      execFileSync('clang', ['--target=armv7-linux-gnueabihf', '-fuse-ld=lld', ...flags, source, '-o', program], {
        stdio: 'pipe',
      });
  } catch (error) {
    throw new Error(`the 32-bit program cannot be built: ${(error as Error).message}`, { cause: error });
  }
  // Not by node: its exec falls back to a shell where the kernel refuses the format.
  const r = spawnSync('bash', ['-c', 'exec "$0" 1', program], { encoding: 'utf8' });
  if (r.status === 126 && r.stderr.includes('Exec format error'))
    obstacle = 'this kernel runs no 32-bit programs (ENOEXEC)';
  else expect({ status: r.status, stderr: r.stderr }).toEqual({ status: 2, stderr: '' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program under a sensor; the events of its process. */
async function seen(...args: string[]): Promise<{ status: number | null; events: SysmonEvent[] }> {
  const events: SysmonEvent[] = [];
  const losses: LossRecord[] = [];
  await using sysmon = new Sysmon({ hash: 'none' });
  sysmon.on('event', (e) => events.push(e));
  sysmon.on('loss', (l) => losses.push(l));
  await sysmon.start();
  const child = spawn(program, args, { cwd: folder, stdio: 'ignore' });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  await sysmon.stop(); // delivers all that was produced
  expect(losses).toEqual([]);
  return { status, events: events.filter((e) => 'ProcessId' in e.data && e.data.ProcessId === child.pid) };
}

test('exec and exit of a 32-bit program, started by a 64-bit one', async (context) => {
  if (obstacle) context.skip(obstacle);
  const { status, events } = await seen('one', 'zwei drei', '');
  expect(status).toBe(4);
  expect(events.map((e) => e.type)).toEqual(['ProcessCreate', 'ProcessTerminate']);
  const [create, terminate] = events as [SysmonEvent, SysmonEvent];
  expect(create.data).toMatchObject({ Image: program, CurrentDirectory: folder });
  expect(create).toMatchObject({ process: { argv: [program, 'one', 'zwei drei', ''], uid: process.getuid?.() } });
  expect(terminate).toMatchObject({ data: { Image: program }, extra: { exitCode: 4 } });
});

test('a 32-bit program executes another by its own execve', async (context) => {
  if (obstacle) context.skip(obstacle);
  const { status, events } = await seen('again', 'x');
  expect(status).toBe(3);
  expect(events.map((e) => e.type)).toEqual(['ProcessCreate', 'ProcessCreate', 'ProcessTerminate']);
  expect(events[0]).toMatchObject({ data: { Image: program }, process: { argv: [program, 'again', 'x'] } });
  expect(events[1]).toMatchObject({ data: { Image: program }, process: { argv: [program, 'second', 'x'] } });
  expect(events[2]).toMatchObject({ extra: { exitCode: 3 } });
});
