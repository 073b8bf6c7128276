/** File systems of a test's own, an archive on one of them, and what became of deleted files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext } from 'vitest';
import type { FileDeleteEvent, SysmonOptions } from '../../../lib/index.js';
import { capture, type Capture } from '../helpers/capture.js';
import { kernelNames } from '../helpers/files.js';
import { makeFolder } from '../helpers/workspace.js';

export type Kind = 'tmpfs' | 'ext4' | 'xfs';
export const kinds: readonly Kind[] = ['tmpfs', 'ext4', 'xfs'];

/** Before 6.13 the kernel does not say which file a call deleted, only its name. */
export function needsIdentity(context: TestContext): void {
  if (!kernelNames)
    context.skip(
      'before 6.13 it is not known which file was deleted: found is only what is held or open in the process that deletes it',
    );
}
/** The reason where nothing is left of a file. */
export const nothingLeft = kernelNames ? 'gone' : 'unknown';

let mine = '';

/** A folder that goes with the test, and what is mounted in it. */
export function ownFolder(): string {
  const folder = makeFolder();
  mine = folder;
  onTestFinished(() => {
    // One by one: the list is read in pieces, and may name a mount twice.
    for (let tries = 0; tries < 100; tries++) {
      // prettier-ignore
      const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n').map((l) => l.split(' ')[4] ?? '');
      const at = mounts.findLast((m) => m.startsWith(`${folder}/`));
      if (at === undefined) break;
      spawnSync('umount', ['-l', at]);
    }
    execFileSync('rm', ['-rf', '--one-file-system', folder]);
  });
  return folder;
}

const makers = {
  ext4: ['mkfs.ext4', '-q', '-F'],
  // It makes none that is smaller than 300 MiB. The image takes only what is written, of which the log would be most.
  xfs: ['mkfs.xfs', '-q', '-f', '-l', 'size=64m'],
} as const;

function makeImage(context: TestContext, kind: 'ext4' | 'xfs', image: string, mebibytes: number): void {
  const [maker, ...args] = makers[kind];
  writeFileSync(image, '');
  truncateSync(image, mebibytes * 2 ** 20);
  try {
    execFileSync(maker, [...args, image], { stdio: 'pipe' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    context.skip(`${maker} is not installed`);
  }
}

export function mount(
  context: TestContext,
  kind: Kind,
  at: string,
  mebibytes = kind === 'xfs' ? 300 : 64,
  option = 'rw',
): string {
  mkdirSync(at, { recursive: true });
  const image = `${at}.image`;
  if (kind !== 'tmpfs') makeImage(context, kind, image, mebibytes);
  try {
    if (kind === 'tmpfs')
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,${option}`, 'sysmon-test', at], {
        stdio: 'pipe',
      });
    else execFileSync('mount', ['-t', kind, '-o', `loop,${option}`, image, at], { stdio: 'pipe' });
  } catch (error) {
    context.skip(`no ${kind} can be mounted here: ${(error as Error).message}`);
  }
  return at;
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export interface Archive {
  readonly directory: string;
  readonly seen: Capture;
  /** Names of what it holds. */
  names(): string[];
  /** Deletes a file and waits for the event of it. */
  remove(path: string): Promise<FileDeleteEvent>;
  deleted(path: string): Promise<FileDeleteEvent>;
}

/** A sensor with an archive, which ends with the test. */
export async function archive(directory: string, options: SysmonOptions = {}): Promise<Archive> {
  // What others delete meanwhile would be counted as well.
  const config = `<Sysmon schemaversion="4.81"><EventFiltering><FileDelete onmatch="include">
    <TargetFilename condition="begin with">${mine}/</TargetFilename>
  </FileDelete></EventFiltering></Sysmon>`;
  const seen = await capture({
    events: ['FileDelete'],
    config,
    hash: ['SHA256'],
    archiveDirectory: directory,
    ...options,
  });
  const deleted = (path: string): Promise<FileDeleteEvent> =>
    seen.find('FileDelete', (e) => e.data.TargetFilename === path);
  return {
    directory,
    seen,
    names: () => readdirSync(directory).sort(),
    deleted,
    remove: async (path) => {
      unlinkSync(path);
      return deleted(path);
    },
  };
}

/** It was kept, and the archive has exactly this content. */
export function expectKept(a: Archive, e: FileDeleteEvent, content: string | Uint8Array, extension = ''): void {
  const sum = sha256(content);
  expect(e.extra.archive).toBeUndefined();
  expect(e.extra.hash).toBeUndefined();
  expect(e.data).toMatchObject({ Archived: true, Hashes: `SHA256=${sum}` });
  expect(e.extra.archiveFile).toBe(`${sum}${extension}`);
  const path = join(a.directory, `${sum}${extension}`);
  expect(sha256(readFileSync(path))).toBe(sum);
  expect(statSync(path).mode & 0o7777).toBe(0o600);
}

/** It was not, for this reason, and the archive does not have it. */
export function expectRefused(a: Archive, e: FileDeleteEvent, why: string, content: string | Uint8Array): void {
  expect(e.extra).toMatchObject({ archive: why });
  expect(e.extra.archiveFile).toBeUndefined();
  expect(e.data.Archived).toBe(false);
  expect(a.names().filter((n) => n.startsWith(sha256(content)) || n.startsWith('.draft'))).toEqual([]);
}

export const refusal = async (options: SysmonOptions): Promise<string> => {
  try {
    await capture({ events: ['FileDelete'], ...options });
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`;
  }
  throw new Error('it was accepted');
};

/** How many were not kept, by the reason. */
export const refusals = (a: Archive): Record<string, number> =>
  Object.fromEntries(Object.entries(a.seen.sysmon.stats().native?.archive.refused ?? {}).filter(([, n]) => n > 0));
