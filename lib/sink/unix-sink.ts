/** A Unix socket that many readers may attach to, each at any time. */
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { checkNames, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import type { Documents } from './line-documents.js';
import { SinkCounters, SinkError, type Sink, type SinkLoss, type SinkStats } from './sink.js';

/** What openUnix() is told beside its path. */
export interface UnixSinkOptions {
  /** Bytes that may wait for one reader. A reader that is further behind is cut off. Default 4 MiB. */
  maxBytes?: number | undefined;
  /** Readers at a time; more are turned away. Default 16. */
  maxReaders?: number | undefined;
  /** Permissions of the socket: who may connect. Default 0o600. */
  mode?: number | undefined;
  /** How long close() waits for readers that have not read all, in ms. Default 1,000. */
  closeTimeoutMs?: number | undefined;
}

const names = [
  'maxBytes',
  'maxReaders',
  'mode',
  'closeTimeoutMs',
] as const satisfies readonly (keyof UnixSinkOptions)[];

/** Whether somebody listens there. */
const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

/** Takes the name, also one that a listener left which is gone. */
async function listen(server: Server, path: string, mode: number): Promise<void> {
  const attempt = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      // Nobody may connect before the permissions are right.
      const before = process.umask(0o777);
      try {
        server.listen(path, () => {
          server.off('error', reject);
          resolve();
        });
      } finally {
        process.umask(before);
      }
    });
  try {
    await attempt().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || !lstatSync(path).isSocket()) throw error;
      if (await isAlive(path)) throw new Error('another process listens there');
      unlinkSync(path);
      await attempt();
    });
    chmodSync(path, mode);
  } catch (error) {
    throw new SinkError(`cannot listen at ${path}: ${(error as Error).message}`, error);
  }
}

/** Made by openUnix(). */
export class UnixSink implements Sink {
  onNotice: ((text: string) => void) | undefined;
  onLoss: ((loss: SinkLoss) => void) | undefined;
  onError: ((error: SinkError) => void) | undefined;
  readonly #server: Server;
  readonly #options: Required<{ [K in keyof UnixSinkOptions]: number }>;
  readonly #counters = new SinkCounters();
  /** Readers, and how many documents each has been given that it may not have read. */
  readonly #readers = new Map<Socket, number>();
  #closed = false;

  /** @internal */
  constructor(server: Server, options: Required<{ [K in keyof UnixSinkOptions]: number }>) {
    this.#server = server;
    this.#options = options;
    server.on('connection', (reader) => this.#attach(reader));
  }

  /** How many are attached. */
  get readers(): number {
    return this.#readers.size;
  }

  #attach(reader: Socket): void {
    if (this.#closed || this.#readers.size >= this.#options.maxReaders) {
      this.onNotice?.(`a reader was turned away: there are ${this.#readers.size}, as many as maxReaders allows`);
      reader.destroy();
      return;
    }
    this.#readers.set(reader, 0);
    reader.on('error', () => undefined); // it is told by its close
    reader.on('close', () => void this.#readers.delete(reader));
    reader.resume(); // it has nothing to say
  }

  write(documents: Documents): undefined {
    this.#counters.taken += documents.count;
    if (this.#readers.size === 0) return undefined;
    // One copy for all of them: the memory is not ours once this returns.
    const bytes = Buffer.from(documents.bytes);
    for (const [reader, waiting] of this.#readers) {
      if (reader.writableLength + bytes.length > this.#options.maxBytes && reader.writableLength > 0) {
        this.#cutOff(reader, waiting + documents.count);
        continue;
      }
      this.#readers.set(reader, waiting + documents.count);
      this.#counters.sent += documents.count;
      this.#counters.bytes += bytes.length;
      reader.write(bytes, () => {
        const left = this.#readers.get(reader);
        if (left !== undefined) this.#readers.set(reader, left - documents.count);
      });
    }
    return undefined;
  }

  /** The end of a connection cannot be overlooked; a gap within it could. */
  #cutOff(reader: Socket, count: number): void {
    this.#readers.delete(reader);
    reader.destroy();
    const reason = `a reader was more than ${this.#options.maxBytes} bytes behind, and was cut off`;
    this.#counters.lose('slow-reader', count);
    this.onNotice?.(reason);
    this.onLoss?.({ cause: 'slow-reader', count, reason });
  }

  /** Nothing waits for readers: they have their own pace. */
  flush(): Promise<void> {
    return Promise.resolve();
  }

  /** Its name is taken for as long as it is open. */
  reopen(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const reader of this.#readers.keys()) reader.end();
    const timer = setTimeout(() => {
      for (const [reader, waiting] of this.#readers) this.#cutOff(reader, waiting);
    }, this.#options.closeTimeoutMs);
    await closed;
    clearTimeout(timer);
  }

  stats(): SinkStats {
    let [documents, bytes] = [0, 0];
    for (const [reader, waiting] of this.#readers) {
      documents += waiting;
      bytes += reader.writableLength;
    }
    return this.#counters.stats({ documents, bytes });
  }
}

/**
 * A sink that listens at a Unix socket. Whoever connects gets every document from then on, one a line; without readers
 * documents go nowhere, which is no loss. A reader that is too far behind is cut off, what it has not got is counted
 * as lost. In `stats()` `sent` counts each document once for each reader. Rejects with SysmonError (ERR_SYSMON_OPTION,
 * _SINK).
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { json } from '@org/sysmon/serializers';
 * import { openUnix, pump } from '@org/sysmon/sinks';
 *
 * const sink = await openUnix('/run/sysmon.sock'); // socat -u UNIX-CONNECT:/run/sysmon.sock -
 * const sysmon = new Sysmon();
 * const written = pump(sysmon, { serializer: json, sink });
 * await sysmon.start();
 * await written;
 * await sink.close();
 * ```
 */
export async function openUnix(path: string, options?: UnixSinkOptions): Promise<UnixSink> {
  const where = 'openUnix()';
  if (typeof path !== 'string' || path === '' || path.includes('\0') || Buffer.byteLength(path) > 107)
    refuse(`${where}: expected a path of 1 to 107 bytes, got ${show(path)}.`);
  const o = checkNames<UnixSinkOptions>(where, options, names);
  const server = createServer();
  const checked = {
    maxBytes: integer('maxBytes', o.maxBytes, 4 << 20, 1, Number.MAX_SAFE_INTEGER),
    maxReaders: integer('maxReaders', o.maxReaders, 16, 1, 10_000),
    mode: integer('mode', o.mode, 0o600, 0, 0o777),
    closeTimeoutMs: integer('closeTimeoutMs', o.closeTimeoutMs, 1000, 0, 2 ** 31 - 1),
  };
  const sink = new UnixSink(server, checked);
  await listen(server, path, checked.mode);
  return sink;
}
