/** Options of a file sink, checked. */
import { checkNames, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { checkCompression, type Compression, type Retention } from './rotated-files.js';

/** What a FileSink is made with. Wrong options are refused with ERR_SYSMON_OPTION. */
export interface FileSinkOptions {
  /** Bytes of the file from which on it is rotated: before a write that would exceed them. Default: it is not. */
  maxBytes?: number | undefined;
  /** Age of the file, in ms, from which on it is rotated. Default: it is not. An empty file is not rotated. */
  maxAgeMs?: number | undefined;
  /** Rotated files that are kept at most. They are `NAME.000001` and so on. Default 10. */
  keep?: number | undefined;
  /** Bytes that rotated files may have together. Default: any number. */
  keepBytes?: number | undefined;
  /** Age of rotated files, in ms, from which on they are removed, at the next rotation. Default: any. */
  keepMs?: number | undefined;
  /** How rotated files are compressed, in the background: `none` (default), `gzip`, or `zstd` where Node.js has it. */
  compress?: Compression | undefined;
  /**
   * When what is written is made to survive the loss of power:
   * - `never` (default): when the system likes. The end of the program loses nothing all the same.
   * - `rotate`: when the file is rotated, flushed or closed.
   * - a number: at most so many ms after it was written.
   * - `always`: before more is taken.
   */
  fsync?: 'never' | 'rotate' | 'always' | number | undefined;
  /**
   * What happens when the disk is full: `lose` (default): what does not fit is lost and counted; `wait`: nothing is
   * taken until there is room; `fail`: the sink ends.
   */
  onDiskFull?: 'lose' | 'wait' | 'fail' | undefined;
  /** Permissions of a new file. Default 0o640. */
  mode?: number | undefined;
}

const names = [
  'maxBytes',
  'maxAgeMs',
  'keep',
  'keepBytes',
  'keepMs',
  'compress',
  'fsync',
  'onDiskFull',
  'mode',
] as const satisfies readonly (keyof FileSinkOptions)[];

const where = 'FileSink';
const most = Number.MAX_SAFE_INTEGER;

/** One of a few words. */
export function oneOf<const T extends string>(
  name: string,
  value: unknown,
  words: readonly T[],
  fallback: NoInfer<T>,
): T {
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !(words as readonly string[]).includes(value))
    refuse(`${name}: expected ${words.map((w) => `'${w}'`).join(' or ')}, got ${show(value)}.`);
  return value as T;
}

export function checkFileOptions(
  target: unknown,
  options: FileSinkOptions | undefined,
): {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  readonly rotates: boolean;
  readonly retention: Retention;
  readonly compress: Compression;
  readonly fsync: NonNullable<FileSinkOptions['fsync']>;
  readonly onDiskFull: NonNullable<FileSinkOptions['onDiskFull']>;
  readonly mode: number;
} {
  if (typeof target === 'string' ? target === '' || target.includes('\0') : !Number.isInteger(target))
    refuse(`${where}: expected the path of a file or a descriptor, got ${show(target)}.`);
  const o = checkNames<FileSinkOptions>(where, options, names);
  const bound = (name: keyof FileSinkOptions, least: number): number =>
    o[name] === undefined ? Infinity : integer(name, o[name], 0, least, most);
  const maxBytes = bound('maxBytes', 1);
  const maxAgeMs = bound('maxAgeMs', 100);
  const rotates = maxBytes !== Infinity || maxAgeMs !== Infinity;
  const compress = oneOf(`${where}: compress`, o.compress, ['none', 'gzip', 'zstd'], 'none');
  checkCompression(where, compress);
  for (const name of ['keep', 'keepBytes', 'keepMs', 'compress'] as const)
    if (!rotates && o[name] !== undefined)
      refuse(`${where}: ${name}: it is about rotated files, and nothing rotates. Give maxBytes or maxAgeMs.`);
  if (rotates && typeof target !== 'string')
    refuse(`${where}: maxBytes and maxAgeMs: a descriptor is not rotated. Give the path of a file.`);
  const { fsync = 'never' } = o;
  if (typeof fsync === 'number') integer('fsync', fsync, 0, 1, 2 ** 31 - 1);
  else if (!['never', 'rotate', 'always'].includes(fsync))
    refuse(`${where}: fsync: expected 'never', 'rotate', 'always' or a number of ms, got ${show(fsync)}.`);
  return {
    maxBytes,
    maxAgeMs,
    rotates,
    retention: {
      keep: integer('keep', o.keep, 10, 0, most),
      keepBytes: bound('keepBytes', 0),
      keepMs: bound('keepMs', 0),
    },
    compress,
    fsync,
    onDiskFull: oneOf(`${where}: onDiskFull`, o.onDiskFull, ['lose', 'wait', 'fail'], 'lose'),
    mode: integer('mode', o.mode, 0o640, 0, 0o777),
  };
}
