/** How a command line is written: what its command takes. */
import type { Flag as OptionFlag } from '../schema/options.js';

/** A flag of a command. One with neither `value` nor `choices` is a switch. */
export interface Flag extends Omit<OptionFlag, 'words'> {
  /** A short form, of one letter. */
  readonly letter?: string;
  /** Absent: no help lists it, and the summary of its command says what it does. */
  readonly words?: string;
}

/** What stands for the value in the help; undefined: it is a switch. */
export const valueWord = ({ value, choices }: Flag): string | undefined => value ?? choices?.join('|');

export interface Syntax {
  readonly name: string;
  /** What follows besides flags, in the words of the help; empty: nothing. */
  readonly operands: string;
  readonly flags: readonly Flag[];
  /** What follows `--` is a command that it runs. */
  readonly runs?: true;
}
