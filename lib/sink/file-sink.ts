/** Documents to a file, as lines: rotation, fsync, full disks. Or to a descriptor, as a pipe. */
import { fdatasync, ftruncateSync, renameSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { checkFileOptions, type FileSinkOptions } from './file-options.js';
import { FileTarget, fileError } from './file-target.js';
import type { Documents } from './line-documents.js';
import { RotatedFiles } from './rotated-files.js';
import { SinkCounters, type Sink, type SinkError, type SinkLoss, type SinkStats } from './sink.js';

const rotationMs = 1000; // in which who moves a file away puts another in its place, or sends SIGHUP
const fullRetryMs = 1000; // between two attempts at a full disk, where one waits
const rotationRetryMs = 60_000; // after a rotation that failed
const longestTimer = 2 ** 31 - 1; // ms
const datasync = promisify(fdatasync);
const full: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Appends documents to a file, one a line, or writes them to a descriptor. A line is whole, whatever happens: what a
 * full disk cut off is taken back, and after a crash only the last line of the open file can be torn, which the next
 * sink ends. A file that is removed, moved or replaced by somebody else is followed by its name.
 *
 * @example
 * ```js
 * import { Sysmon } from '@org/sysmon';
 * import { json } from '@org/sysmon/serializers';
 * import { FileSink, pump } from '@org/sysmon/sinks';
 *
 * const sysmon = new Sysmon();
 * const sink = new FileSink('/var/log/sysmon.ndjson', { maxBytes: 100 << 20, keep: 10, compress: 'gzip' });
 * process.on('SIGHUP', () => void sink.reopen());
 * const written = pump(sysmon, { serializer: json, sink });
 * await sysmon.start();
 * await written; // when the sensor has stopped
 * await sink.close();
 * ```
 */
export class FileSink implements Sink {
  onNotice: ((text: string) => void) | undefined;
  onLoss: ((loss: SinkLoss) => void) | undefined;
  onError: ((error: SinkError) => void) | undefined;
  readonly #options: ReturnType<typeof checkFileOptions>;
  readonly #counters = new SinkCounters();
  readonly #rotated: RotatedFiles | undefined;
  #file: FileTarget;
  #size: number; // bytes of a regular file
  #since: number; // when the file began, ms since the epoch
  #writing: Promise<void> | undefined;
  #notRotatedBefore = 0; // performance.now(): a rotation failed
  #movedAt: number | undefined; // since when the file has another name
  #mourned = false; // it was told that what is written is lost
  #full = 0; // documents that the full disk has cost
  #dirty = 0; // documents since the last fsync
  #syncing: Promise<void> | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #ageTimer: NodeJS.Timeout | undefined;
  #closing = false;
  #closed = false;
  #error: SinkError | undefined;

  /**
   * `target`: path of a file to append to, or a descriptor. A line that somebody left unfinished there is ended. Throws
   * SinkError if it cannot be opened, and SysmonError (ERR_SYSMON_OPTION).
   */
  constructor(target: string | number, options?: FileSinkOptions) {
    this.#options = checkFileOptions(target, options);
    this.#file = new FileTarget(target, this.#options.mode);
    this.#size = this.#file.size;
    this.#since = this.#file.size === 0 ? Date.now() : this.#file.born;
    const { rotates, compress: compression, retention, fsync } = this.#options;
    if (rotates && this.#file.regular && typeof target === 'string') {
      this.#rotated = new RotatedFiles(target, { compression, retention, sync: fsync !== 'never' }, (text) =>
        this.onNotice?.(text),
      );
      this.#rotated.tend(); // what one that was killed left
      this.#watchAge();
    }
  }

  /** Whether it is a terminal. */
  get isTerminal(): boolean {
    return this.#file.isTerminal;
  }

  write(documents: Documents): Promise<void> | undefined {
    this.#counters.taken += documents.count;
    if (this.#error || this.#closed) {
      this.#lose('failed', documents.count);
      return undefined;
    }
    // What was begun goes first.
    const before = this.#writing;
    const done = before ? before.then(() => this.#write(documents)) : this.#write(documents);
    if (done === undefined) return undefined;
    const current: Promise<void> = done.then(() => {
      if (this.#writing === current) this.#writing = undefined;
    });
    return (this.#writing = current);
  }

  #write(documents: Documents): Promise<void> | undefined {
    try {
      this.#follow();
    } catch (error) {
      this.#fail(error as SinkError, documents.count);
      return undefined;
    }
    if (!this.#file.regular) return this.#writeSlowly(documents);
    if (this.#rotated && this.#isDue(documents.bytes.length))
      return this.#rotate().then(() => (this.#error ? this.#lose('failed', documents.count) : this.#append(documents)));
    return this.#append(documents);
  }

  /** To a regular file, which takes it into the page cache: another thread would cost more. */
  #append(documents: Documents): Promise<void> | undefined {
    const { bytes } = documents;
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(this.#file.fd, bytes, done);
    } catch (error) {
      return this.#appendFailed(documents, done, error as NodeJS.ErrnoException);
    }
    if (this.#full > 0) this.#tellRoom();
    this.#written(documents);
    return this.#options.fsync === 'always' ? this.#sync() : undefined;
  }

  #written({ count, bytes }: Documents): void {
    this.#size += bytes.length;
    this.#counters.sent += count;
    this.#counters.bytes += bytes.length;
    const { fsync } = this.#options;
    if (fsync === 'never' || !this.#file.regular) return;
    this.#dirty += count;
    if (typeof fsync === 'number') this.#syncTimer ??= setTimeout(() => void this.#sync(), fsync);
  }

  /** What is whole stays; of the document that was cut off nothing does. */
  #appendFailed(documents: Documents, done: number, error: NodeJS.ErrnoException): Promise<void> | undefined {
    const whole = documents.ends.findLastIndex((end) => end <= done) + 1;
    const kept = documents.slice(0, whole);
    const rest = documents.slice(whole);
    this.#written(kept);
    const waits = this.#options.onDiskFull === 'wait' && !this.#closing;
    if (!full.has(error.code) || this.#options.onDiskFull === 'fail' || !this.#takeBack(done - kept.bytes.length)) {
      this.#fail(fileError(this.#file.path, error), rest.count);
      return undefined;
    }
    if (this.#full === 0)
      this.onNotice?.(
        `${this.#file.path}: the disk is full: what is written ${waits ? 'waits' : 'is lost'} until there is room`,
      );
    if (!waits) {
      this.#full += rest.count;
      this.#lose('disk-full', rest.count, error.message);
      return undefined;
    }
    this.#full ||= 1;
    this.#counters.retries++;
    return new Promise((resolve) => setTimeout(resolve, fullRetryMs)).then(() =>
      this.#error ? this.#lose('failed', rest.count) : this.#append(rest),
    );
  }

  #takeBack(bytes: number): boolean {
    if (bytes === 0) return true;
    try {
      // Somebody else may append, too: then it is not ours to cut.
      if (this.#file.currentSize() !== this.#size + bytes) return false;
      ftruncateSync(this.#file.fd, this.#size);
      return true;
    } catch {
      return false;
    }
  }

  #tellRoom(): void {
    const lost = this.#options.onDiskFull === 'wait' ? '' : `; ${this.#full} documents were lost`;
    this.onNotice?.(`${this.#file.path}: the disk has room again${lost}`);
    this.#full = 0;
  }

  /** To a pipe, a terminal, a socket: whoever reads there decides when it is done. */
  #writeSlowly(documents: Documents): Promise<void> {
    const { bytes, count } = documents;
    return new Promise((resolve) => {
      const from = (start: number): void => {
        write(this.#file.fd, bytes, start, bytes.length - start, null, (error, written) => {
          // Somebody made the pipe non-blocking, and it is full.
          if (error?.code === 'EAGAIN') return void setTimeout(() => from(start), 5);
          if (error) {
            const whole = documents.ends.findLastIndex((end) => end <= start) + 1;
            this.#counters.sent += whole;
            this.#fail(fileError(this.#file.path, error), count - whole);
            return resolve();
          }
          if (start + written < bytes.length) return from(start + written);
          this.#written(documents);
          resolve();
        });
      };
      from(0);
    });
  }

  /** What is written to a file that was removed is lost, and to one that was replaced or moved nobody looks for it. */
  #follow(): void {
    const what = this.#mourned ? undefined : this.#file.whereabouts();
    if (what === undefined) return;
    if (what === 'moved' && performance.now() - (this.#movedAt ??= performance.now()) < rotationMs) return;
    const { path } = this.#file;
    if (path === undefined) {
      this.#mourned = true;
      this.onNotice?.('the file of standard output was removed: what is written from now on goes with it');
      return;
    }
    this.#replace(path);
    this.onNotice?.(`${path} was ${what}: what follows goes to the file that has this name now`);
  }

  #replace(path: string): void {
    const next = new FileTarget(path, this.#options.mode);
    this.#file.close();
    this.#file = next;
    this.#size = next.size;
    this.#since = next.size === 0 ? Date.now() : next.born;
    this.#movedAt = undefined;
  }

  #isDue(more: number): boolean {
    const { maxBytes, maxAgeMs } = this.#options;
    if (this.#size === 0 || performance.now() < this.#notRotatedBefore) return false;
    const age = Date.now() - this.#since;
    if (age < 0) this.#since = Date.now(); // the clock was set back
    return this.#size + more > maxBytes || age >= maxAgeMs;
  }

  /** A file that nothing more is written to grows old all the same. */
  #watchAge(): void {
    const { maxAgeMs } = this.#options;
    if (maxAgeMs === Infinity) return;
    const wait = Math.max(100, Math.min(maxAgeMs, this.#since + maxAgeMs - Date.now(), longestTimer));
    this.#ageTimer = setTimeout(() => {
      const idle = this.#writing === undefined && !this.#error && this.#isDue(0);
      const rotated = idle ? this.#rotate() : undefined;
      const current = rotated?.then(() => {
        if (this.#writing === current) this.#writing = undefined;
      });
      if (current) this.#writing = current;
      this.#watchAge();
    }, wait).unref();
  }

  async #rotate(): Promise<void> {
    const path = this.#file.path as string;
    try {
      // What somebody moved away meanwhile must not be taken for ours.
      if (this.#file.whereabouts() === undefined) {
        await this.#syncForGood();
        renameSync(path, await (this.#rotated as RotatedFiles).nextName());
      }
    } catch (error) {
      this.#notRotatedBefore = performance.now() + rotationRetryMs;
      this.onNotice?.(`${path} was not rotated, and grows: ${(error as Error).message}`);
      return;
    }
    try {
      this.#replace(path);
    } catch (error) {
      this.#fail(error as SinkError, 0);
      return;
    }
    this.#rotated?.tend();
  }

  async #syncForGood(): Promise<void> {
    if (this.#options.fsync !== 'never') await this.#sync();
  }

  /** fsync, one at a time: what is written meanwhile is for the next. */
  async #sync(): Promise<void> {
    clearTimeout(this.#syncTimer);
    this.#syncTimer = undefined;
    while (this.#syncing) await this.#syncing;
    if (this.#dirty === 0 || this.#error) return;
    const documents = this.#dirty;
    this.#dirty = 0;
    this.#syncing = datasync(this.#file.fd).then(
      () => void (this.#counters.acknowledged += documents),
      // The kernel has dropped the pages: to ask again would be answered with a lie.
      (error: unknown) => this.#fail(fileError(this.#file.path, error), 0),
    );
    await this.#syncing;
    this.#syncing = undefined;
  }

  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    await this.#syncForGood();
    if (this.#error) throw this.#error;
  }

  async reopen(): Promise<void> {
    if (this.#file.path === undefined || this.#closed) return;
    await this.flush();
    this.#replace(this.#file.path); // what cannot be opened anew stays as it is
  }

  async close(): Promise<void> {
    this.#closing = true;
    try {
      await this.flush();
      await this.#rotated?.tended();
    } finally {
      clearTimeout(this.#syncTimer);
      clearTimeout(this.#ageTimer);
      if (!this.#closed) this.#file.close();
      this.#closed = true;
    }
  }

  stats(): SinkStats {
    return this.#counters.stats({ documents: 0, bytes: 0 });
  }

  #lose(cause: string, count: number, reason?: string): void {
    if (count === 0) return;
    this.#counters.lose(cause, count);
    this.onLoss?.({ cause, count, ...(reason !== undefined && { reason }) });
  }

  /** Of `rest` documents, and what follows, nothing will be written any more. */
  #fail(error: SinkError, rest: number): void {
    const first = this.#error === undefined;
    this.#error ??= error;
    this.#lose('failed', rest, error.message);
    if (first) this.onError?.(error);
  }
}
