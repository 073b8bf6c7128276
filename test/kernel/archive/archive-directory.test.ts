/** The directory of the archive has one sensor at a time, however that one ends. */
import { closeSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Sysmon, SysmonError, type SysmonOptions } from '../../../lib/index.js';
import { archive, expectKept, ownFolder } from './archive.js';
import { run } from '../helpers/workspace.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const holder = fileURLToPath(new URL('archive-holder.mjs', import.meta.url));

/** Starts a sensor and stops it. Returns what was said against it. */
async function tried(archiveDirectory: string, options: SysmonOptions = {}): Promise<SysmonError | undefined> {
  const sysmon = new Sysmon({ events: ['FileDelete'], archiveDirectory, ...options });
  try {
    await sysmon.start();
  } catch (error) {
    expect(error).toBeInstanceOf(SysmonError);
    return error as SysmonError;
  }
  await sysmon.stop();
  return undefined;
}

function expectTaken(error: SysmonError | undefined, directory: string): void {
  expect(error).toMatchObject({ code: 'ERR_SYSMON_OPTION', operation: 'archiveDirectory', errno: 11 });
  expect(error?.message).toContain(`archiveDirectory '${directory}': another sensor has it`);
  expect(error?.message).toContain('a directory of its own');
}

/** What a holder has to say. */
async function firstLine(child: ReturnType<typeof run>): Promise<unknown> {
  const line = await Promise.race([
    new Promise<string>((resolve) => child.child.stdout?.once('data', (d: Buffer) => resolve(d.toString()))),
    child.ended.then((e) => {
      throw new Error(`it ended: ${e.stderr}`);
    }),
  ]);
  return JSON.parse(line);
}

test('a second sensor of the process is refused, and the first one goes on', async () => {
  const w = ownFolder();
  const a = await archive(join(w, 'archive'));
  expectTaken(await tried(a.directory), a.directory);
  symlinkSync(w, join(w, 'around'));
  expectTaken(await tried(join(w, 'around/archive')), join(w, 'around/archive'));
  expect(await tried(join(w, 'other'))).toBeUndefined();
  writeFileSync(join(w, 'file'), 'kept by the first');
  const fd = openSync(join(w, 'file'), 'r');
  expectKept(a, await a.remove(join(w, 'file')), 'kept by the first');
  closeSync(fd);
  expect(a.names()).toHaveLength(1);
  await a.seen.sysmon.stop();
  expect(await tried(a.directory)).toBeUndefined();
});

test('the same sensor, stopped and started again', async () => {
  const w = ownFolder();
  const sysmon = new Sysmon({ events: ['FileDelete'], archiveDirectory: join(w, 'archive') });
  for (let i = 0; i < 3; i++) {
    await sysmon.start();
    await sysmon.stop();
  }
  // Stopped before it has started.
  const start = sysmon.start();
  await Promise.all([sysmon.stop(), expect(start).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' })]);
  expect(await tried(join(w, 'archive'))).toBeUndefined();
});

test('of another process, until that is killed', async () => {
  const w = ownFolder();
  const directory = join(w, 'archive');
  const other = run(process.execPath, [holder, root, directory]);
  expect(await firstLine(other)).toEqual({ started: true });
  expectTaken(await tried(directory), directory);
  const third = run(process.execPath, [holder, root, directory]);
  expect(await firstLine(third)).toMatchObject({ code: 'ERR_SYSMON_OPTION' });
  other.child.kill('SIGKILL');
  expect((await other.ended).signal).toBe('SIGKILL');
  expect(await tried(directory)).toBeUndefined();
});

test('of a worker, until that is terminated', async () => {
  const w = ownFolder();
  const directory = join(w, 'archive');
  const worker = new Worker(holder, { workerData: [root, directory] });
  try {
    const said = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(said).toEqual({ started: true });
    expectTaken(await tried(directory), directory);
  } finally {
    await worker.terminate();
  }
  expect(await tried(directory)).toBeUndefined();
});

test('a start that fails later lets it go', async () => {
  const w = ownFolder();
  const directory = join(w, 'archive');
  expect((await tried(directory, { archive: { hold: [join(w, 'missing')] } }))?.operation).toBe('archive.hold');
  writeFileSync(join(w, 'no-btf'), 'no type information');
  expect(await tried(directory, { btfPath: join(w, 'no-btf') })).toMatchObject({ code: 'ERR_SYSMON_NO_BTF' });
  expect(await tried(directory)).toBeUndefined();
});

test('what a crash left is removed, and nothing else', async () => {
  const w = ownFolder();
  const directory = join(w, 'archive');
  mkdirSync(join(directory, '.draft-1'), { recursive: true, mode: 0o700 });
  for (const name of ['.draft-123', '.draft-18446744073709551615', '.draft-0123', '.draft-x', 'other'])
    writeFileSync(join(directory, name), 'x');
  writeFileSync(join(w, 'victim'), '');
  symlinkSync(join(w, 'victim'), join(directory, '.draft-2'));
  const a = await archive(directory);
  expect(a.names()).toEqual(['.draft-0123', '.draft-1', '.draft-2', '.draft-x', 'other']);
  await a.seen.sysmon.stop();
  expect(a.seen.sysmon.stats().native?.archive.totalBytes).toBe(3 * 4096);
  expect(readdirSync(w)).toContain('victim');
});
