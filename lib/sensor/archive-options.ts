/** Options of the archive of deleted files. */
import { checkNames, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import type { NativeArchive } from '../native.js';

export interface ArchiveOptions {
  /**
   * Directories, with all below them, whose files the sensor holds open once they have been written, so that their content is there
   * when they are deleted. Existing directories on ext4, xfs or tmpfs; needs CAP_SYS_ADMIN.
   */
  readonly hold?: readonly string[] | undefined;
  /** Most files that are held at a time, 1 to 65536. Each takes a file descriptor. Default 1024. */
  readonly holdFiles?: number | undefined;
  /** Most bytes of the files that are held. Default 256 MiB. */
  readonly holdBytes?: number | undefined;
  /** Larger files are neither kept nor hashed. Default 64 MiB. */
  readonly maxFileBytes?: number | undefined;
  /** Most bytes in the archive's directory, what was there before included. Default 1 GiB. */
  readonly maxTotalBytes?: number | undefined;
  /** Free space, in percent, below which nothing more is kept on the archive's file system, or held on that of a directory of `hold`. Default 5. */
  readonly minFreePercent?: number | undefined;
  /** How long a FileDelete may wait until its file has been copied, in milliseconds, 1 to 600000. Default 10000. */
  readonly timeoutMs?: number | undefined;
}

const numbers = {
  holdFiles: [1024, 1, 65536],
  holdBytes: [256 << 20, 1, 2 ** 40],
  maxFileBytes: [64 << 20, 1, 2 ** 40],
  maxTotalBytes: [2 ** 30, 1, 2 ** 50],
  minFreePercent: [5, 0, 100],
  timeoutMs: [10000, 1, 600000],
} as const satisfies Record<string, readonly [fallback: number, least: number, most: number]>;

const known = [
  'hold',
  ...(Object.keys(numbers) as (keyof typeof numbers)[]),
] as const satisfies readonly (keyof ArchiveOptions)[];

export function checkDirectory(name: string, value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.includes('\0'))
    refuse(`option ${name}: expected an absolute path, got ${show(value)}.`);
  return value;
}

export function checkArchive(directory: unknown, value: unknown): NativeArchive {
  const o = checkNames<ArchiveOptions>('option archive', value, known);
  const { hold = [] } = o;
  if (!Array.isArray(hold)) refuse(`option archive.hold: expected a list of directories, got ${show(hold)}.`);
  if (hold.length > 64) refuse(`option archive.hold: at most 64 directories, got ${hold.length}.`);
  const number = (name: keyof typeof numbers): number => {
    const [fallback, least, most] = numbers[name];
    return integer(`archive.${name}`, o[name], fallback, least, most);
  };
  return {
    directory: directory === undefined ? '' : checkDirectory('archiveDirectory', directory),
    hold: (hold as readonly unknown[]).map((d) => checkDirectory('archive.hold', d)),
    holdFiles: number('holdFiles'),
    holdBytes: number('holdBytes'),
    maxFileBytes: number('maxFileBytes'),
    maxTotalBytes: number('maxTotalBytes'),
    minFreePercent: number('minFreePercent'),
    timeoutMs: number('timeoutMs'),
  };
}
