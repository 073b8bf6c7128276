/** A store that outlives the program: a LevelDB in a directory of its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { ClassicLevel } from 'classic-level';
import { optionalPackage } from './optional-package.js';
import { Documents } from './line-documents.js';
import { SinkError } from './sink.js';
import { newSource, type Range, type Store, type Stored, type Waiting } from './store.js';

const compress = promisify(zlib.deflateRaw) as (bytes: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>;
const decompress = promisify(zlib.inflateRaw) as (bytes: Buffer) => Promise<Buffer>;

type Database = ClassicLevel<string, Buffer>;

const version = 1;
const metaKey = 'meta';
const headerBytes = 12; // time as a double, count of documents

/** What is known of a spool without looking at what is in it; written together with each change of it. */
export interface SpoolMeta {
  readonly version: number;
  readonly source: string;
  /** Sequence number that the next document gets. */
  readonly next: number;
  readonly documents: number;
  /** Compressed. */
  readonly bytes: number;
  readonly batches: number;
}

/** In the order of numbers. */
const keyOf = (first: number): string => `b${first.toString(16).padStart(14, '0')}`;
const firstOf = (key: string): number => parseInt(key.slice(1), 16);

const encode = (meta: SpoolMeta): Buffer => Buffer.from(JSON.stringify(meta));

function decode(directory: string, bytes: Buffer | undefined): SpoolMeta | undefined {
  if (bytes === undefined) return undefined;
  const meta = JSON.parse(bytes.toString()) as SpoolMeta;
  if (meta.version !== version)
    throw new SinkError(
      `the spool in ${directory} is of version ${meta.version}, and this one reads ${version}. Send it with the version of @org/sysmon that made it, or move it away.`,
    );
  return meta;
}

/** Where each ends, and then all of them: a document may have line ends inside. */
function pack({ ends, bytes }: Documents): Buffer {
  const packed = Buffer.allocUnsafe(4 * ends.length + bytes.length);
  ends.forEach((end, i) => packed.writeUInt32LE(end, 4 * i));
  bytes.copy(packed, 4 * ends.length);
  return packed;
}

function unpack(packed: Buffer, count: number): Documents {
  const ends = Array.from({ length: count }, (_, i) => packed.readUInt32LE(4 * i));
  return new Documents(packed.subarray(4 * count), ends);
}

/** Opens the database of a spool. Rejects with SinkError. `create`: where there is none. */
export async function openDatabase(directory: string, create: boolean): Promise<Database> {
  const { ClassicLevel: Level } = await optionalPackage<typeof import('classic-level')>(
    () => import('classic-level'),
    'classic-level',
    'a spool',
  );
  const path = join(directory, 'db');
  try {
    if (create) mkdirSync(path, { recursive: true, mode: 0o700 });
    const db: Database = new Level<string, Buffer>(path, {
      keyEncoding: 'utf8',
      valueEncoding: 'buffer',
      compression: false, // what is stored is compressed already
      createIfMissing: create,
    });
    await db.open();
    return db;
  } catch (error) {
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
    const locked = cause?.code === 'LEVEL_LOCKED';
    throw new SinkError(
      locked
        ? `the spool in ${directory} is in use by another process. Give each its own directory.`
        : `cannot open the spool in ${directory}: ${cause?.message ?? message}`,
      error,
    );
  }
}

/** Of a spool that nobody has open. undefined: nothing was ever put into it. */
export async function readSpoolMeta(
  directory: string,
): Promise<(SpoolMeta & { readonly first?: number; readonly oldest?: number }) | undefined> {
  const db = await openDatabase(directory, false);
  try {
    const meta = decode(directory, await db.get(metaKey));
    if (meta === undefined) return undefined;
    for await (const [key, value] of db.iterator({ gte: 'b', lt: 'c', limit: 1 }))
      return { ...meta, first: firstOf(key), oldest: value.readDoubleLE(0) };
    return meta;
  } finally {
    await db.close();
  }
}

export class Spool implements Store {
  readonly durable = true;
  readonly #db: Database;
  readonly #sync: boolean;
  #meta: SpoolMeta;
  #head: string; // no key is less: what was removed before it need not be looked through
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(db: Database, meta: SpoolMeta, sync: boolean) {
    this.#db = db;
    this.#meta = meta;
    this.#sync = sync;
    this.#head = keyOf(0);
  }

  /** `sync`: what is stored survives the loss of power, too. Rejects with SinkError. */
  static async open(directory: string, sync: boolean): Promise<Spool> {
    const db = await openDatabase(directory, true);
    try {
      const meta = decode(directory, await db.get(metaKey));
      return new Spool(db, meta ?? { version, source: newSource(), next: 1, documents: 0, bytes: 0, batches: 0 }, sync);
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  get source(): string {
    return this.#meta.source;
  }

  get waiting(): Waiting {
    return { documents: this.#meta.documents, bytes: this.#meta.bytes };
  }

  get meta(): SpoolMeta {
    return this.#meta;
  }

  /** One after another: each change writes what it comes to. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async append(documents: Documents): Promise<void> {
    const body = await compress(pack(documents), { level: 1 });
    const value = Buffer.allocUnsafe(headerBytes + body.length);
    value.writeDoubleLE(Date.now(), 0);
    value.writeUInt32LE(documents.count, 8);
    body.copy(value, headerBytes);
    await this.#inTurn(async () => {
      const { next } = this.#meta;
      const meta = this.#changed(1, documents.count, value.length, next + documents.count);
      await this.#db.batch(
        [
          { type: 'put', key: keyOf(next), value },
          { type: 'put', key: metaKey, value: encode(meta) },
        ],
        { sync: this.#sync },
      );
      this.#meta = meta;
    });
  }

  #changed(batches: number, documents: number, bytes: number, next = this.#meta.next): SpoolMeta {
    const m = this.#meta;
    return {
      ...m,
      next,
      batches: m.batches + batches,
      documents: m.documents + documents,
      bytes: m.bytes + bytes,
    };
  }

  skip(count: number): Promise<Range> {
    return this.#inTurn(async () => {
      const { next } = this.#meta;
      const meta = this.#changed(0, 0, 0, next + count);
      await this.#db.put(metaKey, encode(meta));
      this.#meta = meta;
      return { first: next, last: next + count - 1 };
    });
  }

  async #oldest(after = this.#head): Promise<readonly [key: string, value: Buffer] | undefined> {
    for await (const entry of this.#db.iterator({ gte: after, lt: 'c', limit: 1 })) return entry;
    return undefined;
  }

  first(): Promise<Stored | undefined> {
    return this.#inTurn(async () => {
      if (this.#meta.batches === 0) return undefined;
      const entry = await this.#oldest();
      if (entry === undefined) return undefined;
      const [key, value] = entry;
      this.#head = key;
      const documents = unpack(await decompress(value.subarray(headerBytes)), value.readUInt32LE(8));
      return { first: firstOf(key), documents, time: value.readDoubleLE(0) };
    });
  }

  remove(first: number): Promise<void> {
    return this.#inTurn(async () => {
      const key = keyOf(first);
      const value = await this.#db.get(key);
      if (value !== undefined) await this.#delete(key, value);
    });
  }

  async #delete(key: string, value: Buffer): Promise<void> {
    const meta = this.#changed(-1, -value.readUInt32LE(8), -value.length);
    // Not synced: what comes back after a loss of power is sent twice, which is allowed.
    await this.#db.batch([
      { type: 'del', key },
      { type: 'put', key: metaKey, value: encode(meta) },
    ]);
    this.#meta = meta;
  }

  dropOldest(except: number | undefined): Promise<Range | undefined> {
    return this.#inTurn(async () => {
      let entry = await this.#oldest();
      if (entry !== undefined && firstOf(entry[0]) === except) entry = await this.#oldest(`${entry[0]}!`);
      if (entry === undefined) return undefined;
      const [key, value] = entry;
      await this.#delete(key, value);
      const first = firstOf(key);
      return { first, last: first + value.readUInt32LE(8) - 1 };
    });
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#db.close();
  }
}
