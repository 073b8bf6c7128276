/** The help of the commands, from their rows. */
import type { Flag } from '../schema/options.js';
import { captureFlags, replayFlags, runFlags } from './flags.js';

const column = 24; // where words begin

/** Lines of what can be given, and what it does. */
export function lines(rows: readonly { readonly label: string; readonly words: string }[], width = column): string {
  const indent = ' '.repeat(width);
  return rows
    .map(({ label, words }) => {
      const text = words.replaceAll('\n', `\n${indent}`);
      const head = `  ${label}`;
      return head.length < width ? `${head.padEnd(width)}${text}\n` : `${head}\n${indent}${text}\n`;
    })
    .join('');
}

/** Lines about flags. */
export const flagLines = (flags: readonly Flag[]): string =>
  lines(
    flags.map(({ name, value, words }) => ({ label: value === undefined ? `--${name}` : `--${name} ${value}`, words })),
  );

export const recordUsage = `usage: sysmon record [options] FILE

Writes every event as one line of JSON, uncut; sysmon replay plays the file. A file that is there is appended to; - is standard output.
SIGINT, SIGTERM and SIGHUP end the recording.

${flagLines(captureFlags)}`;

export const replayUsage = `usage: sysmon replay [options] FILE

Plays what sysmon record (or sysmon run --format json) wrote; - is standard input.

${flagLines(replayFlags)}
Exit code: 0 ok, 1 the file cannot be read or has lines that are no events, 2 usage, 3 bad configuration.
`;

/** The whole help; `commands`: each as it is called, and what it does. */
export const usage = (commands: readonly { readonly label: string; readonly words: string }[]): string =>
  `sysmon - watches the Linux kernel and prints typed security events

Usage
${lines([...commands, { label: 'sysmon --help | --version', words: '' }], 30).trimEnd()}

Options of run and record
${flagLines(captureFlags)}
Options of run
${flagLines(runFlags)}
Events alone go to standard output or FILE; everything else goes to standard error.
SIGINT and SIGTERM deliver what is there and stop. SIGHUP reopens FILE; without one it stops too.

Exit codes
  0 stopped as asked   1 failed while running   2 wrong usage
  3 bad configuration  4 privilege missing      5 this kernel cannot
`;

export const exitCode = { ok: 0, failure: 1, usage: 2, configuration: 3, privilege: 4, kernel: 5 } as const;
