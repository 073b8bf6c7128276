/** Where a command reads and writes. */
import { printable } from '../base/printable.js';

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
 * Those of this process. None is opened before it is used: node makes a pipe that it opens non-blocking, and `Output`,
 * which writes to the same one, would then have to ask again and again.
 */
export class ProcessStreams implements EventStreams {
  readonly stdoutFd = 1;
  #stdout: NodeJS.WriteStream | undefined;
  #stderr: NodeJS.WriteStream | undefined;
  #failed = false;

  get stdin(): NodeJS.ReadStream {
    return process.stdin;
  }

  readonly stdout = {
    write: (text: string): boolean =>
      (this.#stdout ??= process.stdout.on('error', (error: NodeJS.ErrnoException) => {
        if (this.#fails(error)) this.stderr.write(`sysmon: cannot write to standard output: ${error.message}\n`);
      })).write(text),
  };

  readonly stderr = {
    // A terminal must not obey what stands in a file or in the name of a program. Of an error here the exit code alone
    // can tell.
    write: (text: string): boolean =>
      (this.#stderr ??= process.stderr.on('error', (error: NodeJS.ErrnoException) => void this.#fails(error))).write(
        printable(text),
      ),
  };

  /** Something could not be written. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Not if the reader has gone away: `sysmon schema | head` ends like any other command does then. */
  #fails({ code }: NodeJS.ErrnoException): boolean {
    if (code === 'EPIPE') return false;
    this.#failed = true;
    process.exitCode = 1; // it may come when the command is over
    return true;
  }
}
