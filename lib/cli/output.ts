/** Lines to a file descriptor: gathered, written in order, and slower than memory only within a bound. */
import { closeSync, fstatSync, openSync, write, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Serializable, Serializer } from '../serializer/index.js';

const highWater = 1 << 20; // bytes gathered before the writer must wait
const newline = 10;

/** What an output cannot be opened or written for. */
export class OutputError extends Error {
  /** The reader has gone away. */
  readonly brokenPipe: boolean;

  constructor(path: string | undefined, cause: NodeJS.ErrnoException) {
    super(`cannot write to ${path ?? 'standard output'}: ${cause.message}`, { cause });
    this.name = 'OutputError';
    this.brokenPipe = cause.code === 'EPIPE';
  }
}

export class Output {
  /** Called once, when a write fails; nothing is written from then on. */
  onError: (error: OutputError) => void = () => undefined;
  readonly #path: string | undefined;
  #fd: number;
  #regular: boolean;
  // Two that take turns, one gathers while the other is written: fresh memory for each chunk would cost more than the
  // encoding.
  #gathering = Buffer.allocUnsafeSlow(1 << 16);
  #spare = Buffer.allocUnsafeSlow(1 << 16);
  #gathered = 0; // bytes
  #writing = false;
  #scheduled = false;
  #closed = false;
  #error: OutputError | undefined;
  #waiters: (() => void)[] = [];

  /** `target`: path of a file to append to, or a descriptor. Throws OutputError if it cannot be opened. */
  constructor(target: string | number) {
    this.#path = typeof target === 'string' ? target : undefined;
    this.#fd = typeof target === 'string' ? Output.#open(target) : target;
    this.#regular = fstatSync(this.#fd).isFile();
  }

  static #open(path: string): number {
    try {
      return openSync(path, 'a', 0o640);
    } catch (cause) {
      throw new OutputError(path, cause as NodeJS.ErrnoException);
    }
  }

  get isTerminal(): boolean {
    return this.#path === undefined && isatty(this.#fd);
  }

  /** Resolves at once, or when there is room again. */
  line(text: string): Promise<void> | undefined {
    if (this.#error) return undefined;
    this.#take(text);
    return this.#endLine();
  }

  /** The same for what a serializer makes of an event; nothing, if that is an empty document. */
  document(serialize: Serializer<string>, event: Serializable): Promise<void> | undefined {
    if (this.#error) return undefined;
    const before = this.#gathered;
    if (serialize.pieces === undefined) this.#take(serialize(event));
    else {
      try {
        serialize.pieces(event, this.#take);
      } catch (error) {
        this.#gathered = before; // no half of a line
        throw error;
      }
    }
    return this.#gathered === before ? undefined : this.#endLine();
  }

  readonly #take = (text: string): void => {
    const most = 3 * text.length + 1; // in UTF-8, with a newline
    if (this.#gathered + most > this.#gathering.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#gathering.length, this.#gathered + most));
      this.#gathering.copy(larger, 0, 0, this.#gathered);
      this.#gathering = larger;
    }
    this.#gathered += this.#gathering.write(text, this.#gathered, 'utf8');
  };

  #endLine(): Promise<void> | undefined {
    this.#gathering[this.#gathered++] = newline;
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.#flush());
    }
    if (this.#gathered < highWater) return undefined;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** For log rotation: what was gathered goes to the old file, what follows to a new one of that name. */
  async reopen(): Promise<void> {
    if (this.#path === undefined) return;
    await this.drained();
    const next = Output.#open(this.#path);
    closeSync(this.#fd);
    this.#fd = next;
    this.#regular = fstatSync(next).isFile();
  }

  /** Resolves when everything is written. Throws what a write failed with. */
  async drained(): Promise<void> {
    while ((this.#gathered > 0 || this.#writing) && !this.#error)
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    if (this.#error) throw this.#error;
  }

  async close(): Promise<void> {
    try {
      await this.drained();
    } finally {
      if (!this.#closed && this.#path !== undefined) closeSync(this.#fd);
      this.#closed = true;
    }
  }

  #flush(): void {
    this.#scheduled = false;
    // After a failure the descriptor may be somebody else's by now.
    if (this.#writing || this.#error || this.#gathered === 0) return;
    const chunk = this.#gathering.subarray(0, this.#gathered);
    [this.#gathering, this.#spare] = [this.#spare, this.#gathering];
    this.#gathered = 0;
    this.#writing = true;
    this.#write(chunk);
  }

  #write(chunk: Buffer): void {
    const done = (error: NodeJS.ErrnoException | null, written: number): void => {
      if (error?.code === 'EAGAIN') {
        // Somebody made the pipe non-blocking, and it is full.
        setTimeout(() => this.#write(chunk), 5);
        return;
      }
      if (!error && written < chunk.length) return this.#write(chunk.subarray(written));
      this.#writing = false;
      if (error) this.#error = new OutputError(this.#path, error);
      else this.#flush();
      for (const w of this.#waiters.splice(0)) w();
      if (this.#error && error) this.onError(this.#error);
    };
    // A regular file takes it into the page cache: to have another thread do that costs more than the write.
    if (!this.#regular) return write(this.#fd, chunk, 0, chunk.length, null, done);
    let written: number;
    try {
      written = writeSync(this.#fd, chunk);
    } catch (error) {
      return done(error as NodeJS.ErrnoException, 0);
    }
    done(null, written);
  }
}
