/** What a command is: a row that says how it is called, what it takes and what it does. */
import type { Given } from './given.js';
import type { EventStreams } from './streams.js';
import type { Syntax } from './syntax.js';

export interface Command extends Syntax {
  readonly summary: string;
  /** What its own help says before and after the flags. Without it, the help of all commands is its help. */
  readonly help?: { readonly before: string; readonly after?: string };
  /** Does it, and gives the exit code. */
  run(given: Given, streams: EventStreams): number | Promise<number>;
}

/** Commands that share a first word and a help. */
export interface CommandGroup {
  readonly name: string;
  readonly operands: string;
  readonly summary: string;
  readonly commands: readonly Command[];
  /** What the help says after the commands. */
  readonly help: { readonly after: string };
}
