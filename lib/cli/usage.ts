/** The help of the commands, from their rows. */
import type { Command, CommandGroup } from './command.js';
import { commands, record, run } from './commands.js';
import { valueWord, type Flag } from './syntax.js';

const column = 24; // where words begin

/** Lines of what can be given, and what it does. */
function lines(rows: readonly { readonly label: string; readonly words: string }[], width = column): string {
  const indent = ' '.repeat(width);
  return rows
    .map(({ label, words }) => {
      const text = words.replaceAll('\n', `\n${indent}`);
      const head = `  ${label}`;
      return head.length < width ? `${head.padEnd(width)}${text}\n` : `${head}\n${indent}${text}\n`;
    })
    .join('');
}

/** A flag as it is called. */
function flagLabel(flag: Flag): string {
  const value = valueWord(flag);
  return value === undefined ? `--${flag.name}` : `--${flag.name} ${value}`;
}

/** Lines about flags. */
const flagLines = (flags: readonly Flag[]): string =>
  lines(flags.flatMap((flag) => (flag.words === undefined ? [] : [{ label: flagLabel(flag), words: flag.words }])));

function helpOfOne({ name, operands, flags }: Command, { before, after }: NonNullable<Command['help']>): string {
  const call = `usage: sysmon ${name} ${flags.length === 0 ? '' : '[options] '}${operands}\n`;
  return [call, before, flagLines(flags), after].filter((part) => part).join('\n');
}

function helpOfGroup({ name, commands, help }: CommandGroup): string {
  const calls = commands.map((c) =>
    ['sysmon', name, c.name, ...c.flags.map((flag) => `[${flagLabel(flag)}]`), c.operands].join(' '),
  );
  return `usage: ${calls.join('\n       ')}

${commands.map((c) => `${c.name.padEnd(8)} ${c.summary}`).join('\n')}

${help.after}`;
}

/** How a command is called, for the list of all. */
const callOf = ({ name, operands }: Command | CommandGroup): string =>
  `sysmon ${name === run.name ? '[run] [options]' : name} ${operands}`.trimEnd();

function helpOfAll(): string {
  const calls = commands.map((c) => ({ label: callOf(c), words: c.summary }));
  return `sysmon - watches the Linux kernel and prints typed security events

Usage
${lines([...calls, { label: 'sysmon --help | --version', words: '' }], 30).trimEnd()}

Options of run and record
${flagLines(record.flags)}
Options of run
${flagLines(run.flags.filter((flag) => !record.flags.includes(flag)))}
Events alone go to standard output or FILE; everything else goes to standard error.
SIGINT and SIGTERM deliver what is there and stop. SIGHUP reopens FILE; without one it stops too.

Exit codes
  0 stopped as asked   1 failed while running   2 wrong usage
  3 bad configuration  4 privilege missing      5 this kernel cannot
`;
}

/** True for a command that has a help of its own. */
export const hasOwnHelp = (command: Command | CommandGroup): boolean => command.help !== undefined;

/** The help of a command: its own, or that of all. */
export function helpOf(command: Command | CommandGroup): string {
  if ('commands' in command) return helpOfGroup(command);
  return command.help === undefined ? helpOfAll() : helpOfOne(command, command.help);
}
