/** Where a command reads and writes. */
import { printable } from '../errors.js';

export interface CommandStreams {
  readonly stdin: NodeJS.ReadableStream;
  /** For texts; they may be lost when nobody reads them. */
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Of a command that prints events, which are many: `Output` writes them. */
export interface EventStreams extends CommandStreams {
  /** Descriptor of standard output. */
  readonly stdoutFd: number;
}

/**
 * Those of this process. None is opened before it is used: node makes a pipe that it opens non-blocking, and `Output`, which writes to the same
 * one, would then have to ask again and again.
 */
export class ProcessStreams implements EventStreams {
  readonly stdoutFd = 1;
  #stdout: NodeJS.WriteStream | undefined;
  #stderr: NodeJS.WriteStream | undefined;

  get stdin(): NodeJS.ReadStream {
    return process.stdin;
  }

  readonly stdout = {
    write: (text: string): boolean =>
      (this.#stdout ??= process.stdout.on('error', (error: NodeJS.ErrnoException) => this.#unwritten(error))).write(text),
  };

  readonly stderr = {
    // A terminal must not obey what stands in a file or in the name of a program. Nobody is left to tell of an error here.
    write: (text: string): boolean => (this.#stderr ??= process.stderr.on('error', () => undefined)).write(printable(text)),
  };

  /** `sysmon schema | head` ends like any other command does then. */
  #unwritten(error: NodeJS.ErrnoException): void {
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    this.stderr.write(`sysmon: cannot write to standard output: ${error.message}\n`);
  }
}
