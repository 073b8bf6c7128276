/** Lines to a file descriptor: gathered, written in order, and slower than memory only within a bound. */
import { write, writeSync } from 'node:fs';
import type { Serializable, Serializer } from '../serializer/index.js';
import { OutputError, OutputFile } from './output-file.js';

const highWater = 1 << 20; // bytes gathered before the writer must wait
const newline = 10;
const rotationMs = 1000; // in which who moves a file away puts another in its place, or sends SIGHUP

export class Output {
  /** Called once, when a write fails; nothing is written from then on. */
  onError: (error: OutputError) => void = () => undefined;
  /** Told what became of the file, in a sentence without an end. */
  onNotice: (text: string) => void = () => undefined;
  #file: OutputFile;
  // Two that take turns, one gathers while the other is written: fresh memory for each chunk would cost more than the
  // encoding.
  #gathering = Buffer.allocUnsafeSlow(1 << 16);
  #spare = Buffer.allocUnsafeSlow(1 << 16);
  #gathered = 0; // bytes
  #gatheredLines = 0;
  #writing = false;
  #unwritten = 0; // lines
  #movedAt: number | undefined; // since when the file has another name
  #mourned = false; // it was told that what is written is lost
  #scheduled = false;
  #closed = false;
  #error: OutputError | undefined;
  #waiters: (() => void)[] = [];

  /** `target`: path of a file to append to, or a descriptor. Throws OutputError if it cannot be opened. */
  constructor(target: string | number) {
    this.#file = new OutputFile(target);
  }

  get isTerminal(): boolean {
    return this.#file.isTerminal;
  }

  /** Lines that were to be written and could not be. What the reader of a pipe left in it nobody can count. */
  get unwritten(): number {
    return this.#unwritten;
  }

  /** Resolves at once, or when there is room again. */
  line(text: string): Promise<void> | undefined {
    if (this.#error) return this.#refuse();
    this.#take(text);
    return this.#endLine();
  }

  /** The same for what a serializer makes of an event; nothing, if that is an empty document. */
  document(serialize: Serializer<string>, event: Serializable): Promise<void> | undefined {
    if (this.#error) return serialize(event) === '' ? undefined : this.#refuse();
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

  #refuse(): undefined {
    this.#unwritten++;
    return undefined;
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
    this.#gatheredLines++;
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.#flush());
    }
    if (this.#gathered < highWater) return undefined;
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** For log rotation: what was gathered goes to the old file, what follows to a new one of that name. */
  async reopen(): Promise<void> {
    if (this.#file.path === undefined) return;
    await this.drained();
    this.#replace(this.#file.path);
  }

  #replace(path: string): void {
    const next = new OutputFile(path);
    this.#file.close();
    this.#file = next;
    this.#movedAt = undefined;
  }

  /** What is written to a file that was removed is lost, and to one that was replaced or moved nobody looks for it. */
  #follow(): void {
    const what = this.#mourned ? undefined : this.#file.whereabouts();
    if (what === undefined) return;
    if (what === 'moved' && performance.now() - (this.#movedAt ??= performance.now()) < rotationMs) return;
    const { path } = this.#file;
    if (path === undefined) {
      this.#mourned = true;
      this.onNotice('the file of standard output was removed: what is written from now on goes with it');
      return;
    }
    this.#replace(path);
    this.onNotice(`${path} was ${what}: what follows goes to the file that has this name now`);
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
      if (!this.#closed) this.#file.close();
      this.#closed = true;
    }
  }

  #flush(): void {
    this.#scheduled = false;
    // After a failure the descriptor may be somebody else's by now.
    if (this.#writing || this.#error || this.#gathered === 0) return;
    const chunk = this.#gathering.subarray(0, this.#gathered);
    [this.#gathering, this.#spare] = [this.#spare, this.#gathering];
    this.#gathered = this.#gatheredLines = 0;
    this.#writing = true;
    try {
      this.#follow();
    } catch (error) {
      return this.#fail(error as OutputError, chunk);
    }
    this.#write(chunk);
  }

  #write(chunk: Buffer): void {
    const done = (error: NodeJS.ErrnoException | null, written: number): void => {
      if (error?.code === 'EAGAIN') {
        // Somebody made the pipe non-blocking, and it is full.
        setTimeout(() => this.#write(chunk), 5);
        return;
      }
      if (error) return this.#fail(new OutputError(this.#file.path, error), chunk);
      if (written < chunk.length) return this.#write(chunk.subarray(written));
      this.#writing = false;
      this.#flush();
      this.#wake();
    };
    const { fd, regular } = this.#file;
    // A regular file takes it into the page cache: to have another thread do that costs more than the write.
    if (!regular) return write(fd, chunk, 0, chunk.length, null, done);
    let written: number;
    try {
      written = writeSync(fd, chunk);
    } catch (error) {
      return done(error as NodeJS.ErrnoException, 0);
    }
    done(null, written);
  }

  #wake(): void {
    for (const w of this.#waiters.splice(0)) w();
  }

  /** Of `rest` and what was gathered nothing will be written any more. */
  #fail(error: OutputError, rest: Buffer): void {
    this.#writing = false;
    this.#error = error;
    this.#unwritten += this.#gatheredLines;
    for (let i = rest.indexOf(newline); i >= 0; i = rest.indexOf(newline, i + 1)) this.#unwritten++;
    this.#wake();
    this.onError(error);
  }
}
