/** Files that a file sink has put aside: their names, their compression, and how long they stay. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { refuse } from '../base/errors.js';

/** How files are compressed that were put aside. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** What rotated files are kept by; each bound holds. */
export interface Retention {
  /** How many files at most. */
  readonly keep: number;
  /** How many bytes they may have together. */
  readonly keepBytes: number;
  /** How old they may be, in ms since they were written last. */
  readonly keepMs: number;
}

const suffixes = { none: '', gzip: '.gz', zstd: '.zst' } as const;
const unfinished = '.part';

/** Only what this Node.js can do. */
export function checkCompression(where: string, compression: Compression): void {
  if (compression === 'zstd' && !('createZstdCompress' in zlib))
    refuse(`${where}: compress: Node.js ${process.versions.node} has no zstd (22.15 has). Take gzip.`);
}

const compressor = (compression: Exclude<Compression, 'none'>): NodeJS.ReadWriteStream =>
  compression === 'gzip'
    ? zlib.createGzip()
    : (zlib as unknown as { createZstdCompress(): NodeJS.ReadWriteStream }).createZstdCompress();

/** So that a name that was given or taken survives the loss of power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export class RotatedFiles {
  readonly #path: string;
  readonly #compression: Compression;
  readonly #retention: Retention;
  readonly #sync: boolean;
  /** Told what could not be done, in a sentence. Nothing is lost by it. */
  readonly #tell: (text: string) => void;
  #next: number | undefined;
  #tending: Promise<void> | undefined;
  #again = false;

  constructor(
    path: string,
    { compression, retention, sync }: { compression: Compression; retention: Retention; sync: boolean },
    tell: (text: string) => void,
  ) {
    this.#path = path;
    this.#compression = compression;
    this.#retention = retention;
    this.#sync = sync;
    this.#tell = tell;
  }

  /** Numbers, not times: a clock that is set back changes no order. */
  async #list(): Promise<{ readonly name: string; readonly number: number }[]> {
    const name = basename(this.#path);
    const names = await readdir(dirname(this.#path));
    return names
      .filter((n) => n.startsWith(`${name}.`))
      .flatMap((n) => {
        const number = /^\.(\d{6,})(?:\.gz|\.zst)?(?:\.part)?$/.exec(n.slice(name.length))?.[1];
        return number === undefined ? [] : [{ name: n, number: Number(number) }];
      })
      .sort((a, b) => a.number - b.number);
  }

  /** The name that the file gets now. Only the first call looks into the folder. */
  async nextName(): Promise<string> {
    this.#next ??= ((await this.#list()).at(-1)?.number ?? 0) + 1;
    let name: string;
    do name = `${this.#path}.${String(this.#next++).padStart(6, '0')}`;
    while (existsSync(name));
    return name;
  }

  /** Compresses and removes what is due, in the background; what is asked for meanwhile is done after it. */
  tend(): void {
    this.#again = true;
    this.#tending ??= this.#work().finally(() => (this.#tending = undefined));
  }

  /** Resolves when nothing of that is under way. */
  async tended(): Promise<void> {
    while (this.#tending) await this.#tending;
  }

  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#compressAll();
        await this.#removeOld();
      } catch (error) {
        this.#tell(`rotated files of ${this.#path} are not tended: ${(error as Error).message}`);
      }
    }
  }

  async #compressAll(): Promise<void> {
    if (this.#sync) await syncFolder(dirname(this.#path));
    const folder = dirname(this.#path);
    for (const { name } of await this.#list()) {
      // Of one that was killed while it compressed, the source is still there.
      if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true });
      else if (this.#compression !== 'none' && !/\.(gz|zst)$/.test(name)) await this.#compress(join(folder, name));
    }
  }

  async #compress(path: string): Promise<void> {
    const compression = this.#compression as Exclude<Compression, 'none'>;
    const target = path + suffixes[compression];
    const part = target + unfinished;
    try {
      const { mode } = await stat(path);
      await pipeline(
        createReadStream(path),
        compressor(compression),
        createWriteStream(part, { mode: mode & 0o777, flush: true }),
      );
      await rename(part, target);
      if (this.#sync) await syncFolder(dirname(path));
      await rm(path);
    } catch (error) {
      await rm(part, { force: true });
      // Somebody else's retention may have taken it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  async #removeOld(): Promise<void> {
    const folder = dirname(this.#path);
    const { keep, keepBytes, keepMs } = this.#retention;
    let files = 0;
    let bytes = 0;
    for (const { name } of (await this.#list()).reverse()) {
      const { size, mtimeMs } = await stat(join(folder, name));
      files++;
      bytes += size;
      if (files > keep || bytes > keepBytes || Date.now() - mtimeMs > keepMs) await rm(join(folder, name));
    }
  }
}
