/** What a file sink writes to: a descriptor, and the file that its name stands for. */
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
import { SinkError } from './sink.js';

const newline = 10;

/** What cannot be written, as an error. `path`: undefined for standard output. */
export function fileError(path: string | undefined, cause: unknown): SinkError {
  const name = path ?? 'standard output';
  const { code, message } = cause as NodeJS.ErrnoException;
  return new SinkError(
    code === 'EPIPE' ? `the reader of ${name} is gone` : `cannot write to ${name}: ${message}`,
    cause,
  );
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

export class FileTarget {
  readonly path: string | undefined;
  readonly fd: number;
  /** A regular file: it takes what is written into the page cache, and no reader makes it wait. */
  readonly regular: boolean;
  /** Bytes of a regular file when it was opened, with the line end that was put behind a torn line. */
  readonly size: number;
  readonly #opened: Stats;

  /**
   * `target`: path of a file to append to, or a descriptor. A line that somebody left unfinished there is ended. Throws
   * SinkError if it cannot be opened.
   */
  constructor(target: string | number, mode = 0o640) {
    this.path = typeof target === 'string' ? target : undefined;
    try {
      this.fd = typeof target === 'string' ? openSync(target, 'a', mode) : target;
      this.#opened = fstatSync(this.fd);
      this.regular = this.#opened.isFile();
      const torn = this.regular && isTorn(this.fd, this.#opened.size);
      if (torn) writeSync(this.fd, '\n');
      this.size = this.#opened.size + (torn ? 1 : 0);
    } catch (cause) {
      throw fileError(this.path, cause);
    }
  }

  /** When it was made, in ms since the epoch; now, where the file system does not say. */
  get born(): number {
    return this.#opened.birthtimeMs || Date.now();
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

  /** Bytes that the regular file has now. */
  currentSize(): number {
    return fstatSync(this.fd).size;
  }

  /** Only what was opened here. */
  close(): void {
    if (this.path !== undefined) closeSync(this.fd);
  }
}
