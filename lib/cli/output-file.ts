/** What an output is written to: a descriptor, and the file that its name stands for. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { isatty } from 'node:tty';

const newline = 10;

/** What an output cannot be opened or written for. */
export class OutputError extends Error {
  /** The reader has gone away. */
  readonly brokenPipe: boolean;

  constructor(path: string | undefined, cause: NodeJS.ErrnoException) {
    const name = path ?? 'standard output';
    const brokenPipe = cause.code === 'EPIPE';
    super(brokenPipe ? `the reader of ${name} is gone` : `cannot write to ${name}: ${cause.message}`, { cause });
    this.name = 'OutputError';
    this.brokenPipe = brokenPipe;
  }
}

/** Where the next byte goes, as far as the kernel says it. */
function writePosition(fd: number, size: number): number {
  try {
    const [, position, flags] =
      /pos:\s*(\d+)\s+flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1')) ?? [];
    return parseInt(flags, 8) & constants.O_APPEND ? size : Number(position);
  } catch {
    return size;
  }
}

/** Whether the last line of a file was left without its end, as by a writer that was killed. */
function isTorn(fd: number, size: number): boolean {
  const end = writePosition(fd, size);
  if (end === 0) return false;
  const last = Buffer.alloc(1);
  try {
    const reading = openSync(`/proc/self/fd/${fd}`, 'r');
    try {
      readSync(reading, last, 0, 1, end - 1);
    } finally {
      closeSync(reading);
    }
  } catch {
    return true; // it cannot be known, and an empty line costs nobody an event
  }
  return last[0] !== newline;
}

export class OutputFile {
  readonly path: string | undefined;
  readonly fd: number;
  /** A regular file: it takes what is written into the page cache, and no reader makes it wait. */
  readonly regular: boolean;
  readonly #opened: Stats;

  /**
   * `target`: path of a file to append to, or a descriptor. A line that somebody left unfinished there is ended. Throws
   * OutputError if it cannot be opened.
   */
  constructor(target: string | number) {
    this.path = typeof target === 'string' ? target : undefined;
    try {
      this.fd = typeof target === 'string' ? openSync(target, 'a', 0o640) : target;
      this.#opened = fstatSync(this.fd);
      this.regular = this.#opened.isFile();
      if (this.regular && isTorn(this.fd, this.#opened.size)) writeSync(this.fd, '\n');
    } catch (cause) {
      throw new OutputError(this.path, cause as NodeJS.ErrnoException);
    }
  }

  get isTerminal(): boolean {
    return this.path === undefined && isatty(this.fd);
  }

  /**
   * What became of the name of a regular file. `moved`: it has another name now, and nothing has this one yet.
   * undefined: it is still this file, or nobody can tell.
   */
  whereabouts(): 'moved' | 'removed' | 'replaced' | undefined {
    if (!this.regular) return undefined;
    try {
      const now = this.path === undefined ? undefined : statSync(this.path, { throwIfNoEntry: false });
      if (now !== undefined)
        return now.dev === this.#opened.dev && now.ino === this.#opened.ino ? undefined : 'replaced';
      // A file that never had a name cannot lose it.
      if (fstatSync(this.fd).nlink === 0) return this.#opened.nlink === 0 ? undefined : 'removed';
      return this.path === undefined ? undefined : 'moved';
    } catch {
      return undefined;
    }
  }

  /** Only what was opened here. */
  close(): void {
    if (this.path !== undefined) closeSync(this.fd);
  }
}
