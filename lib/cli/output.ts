/** Where events go, as the command line names it. */
import { DocumentWriter } from '../sink/document-writer.js';
import { FileSink } from '../sink/file-sink.js';
import { isSinkAddress, openSink } from '../sink/open-sink.js';
import type { Sink, SinkError } from '../sink/sink.js';

/** An output of a command: a sink, with who writes to it. */
export class Output extends DocumentWriter {
  /** Whether a person reads there. */
  readonly isTerminal: boolean;
  #unwritten = 0;

  constructor(sink: Sink) {
    super(sink);
    this.isTerminal = sink instanceof FileSink && sink.isTerminal;
    sink.onLoss = ({ count }) => void (this.#unwritten += count);
  }

  /** A file that is appended to, or a descriptor. Throws SinkError if it cannot be opened. */
  static to(target: string | number): Output {
    return new Output(new FileSink(target, { onDiskFull: 'fail' }));
  }

  /** What --output names: a file, `-` for standard output, or a sink by its address. Rejects with SysmonError. */
  static async open(target: string | undefined, stdoutFd: number, spoolFolder: string): Promise<Output> {
    if (target === undefined || target === '-') return Output.to(stdoutFd);
    if (!isSinkAddress(target)) return Output.to(target);
    return new Output(await openSink(target, { spoolFolder }));
  }

  /** Documents that are lost. What the reader of a pipe left in it nobody can count. */
  get unwritten(): number {
    return this.#unwritten;
  }

  /** Whom to tell of what ends it, and of what a person should know. */
  tell(onError: (error: SinkError) => void, onNotice: (text: string) => void): void {
    this.sink.onError = onError;
    this.sink.onNotice = onNotice;
  }
}
