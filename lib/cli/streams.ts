/** Where a command reads and writes. */
import { isatty } from 'node:tty';
import { printable } from '../base/printable.js';
import { exitCode } from './exit-code.js';

export interface CommandStreams {
  readonly stdin: NodeJS.ReadableStream;
  /** For texts; they may be lost when nobody reads them. `columns`: how wide the terminal is, if it is one. */
  readonly stdout: { write(text: string): unknown; columns?(): number | undefined };
  readonly stderr: { write(text: string): unknown };
}

/** Of a command that prints events, which are many: `Output` writes them. */
export interface EventStreams extends CommandStreams {
  /** Descriptor of standard output. */
  readonly stdoutFd: number;
}

/**
 * Those of this process. None is opened before it is used: node makes a pipe that it opens non-blocking, and `Output`,
 * which writes to the same one, would then have to ask again and again.
 */
export class ProcessStreams implements EventStreams {
  readonly stdoutFd = 1;
  #stdout: NodeJS.WriteStream | undefined;
  #stderr: NodeJS.WriteStream | undefined;
  #code: number = exitCode.ok;

  get stdin(): NodeJS.ReadStream {
    return process.stdin;
  }

  readonly stdout = {
    write: (text: string): boolean => this.#opened().write(text),
    columns: (): number | undefined => (isatty(this.stdoutFd) ? this.#opened().columns : undefined),
  };

  readonly stderr = {
    // A terminal must not obey what stands in a file or in the name of a program. Of an error here the exit code alone
    // can tell, and of a reader that has gone not even that: what was to be done was done.
    write: (text: string): boolean =>
      (this.#stderr ??= process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
        if (code !== 'EPIPE') this.#fails(exitCode.failure);
      })).write(printable(text)),
  };

  /** How a command ends that did all it had to, but for what could not be written. */
  get code(): number {
    return this.#code;
  }

  #opened(): NodeJS.WriteStream {
    return (this.#stdout ??= process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      // `sysmon schema | head` ends as quietly as any other command does then.
      if (code === 'EPIPE') return this.#fails(exitCode.brokenPipe);
      this.#fails(exitCode.failure);
      this.stderr.write(`sysmon: cannot write to standard output: ${message}\n`);
    }));
  }

  #fails(code: number): void {
    this.#code = code;
    process.exitCode ||= code; // it may come when the command is over
  }
}
