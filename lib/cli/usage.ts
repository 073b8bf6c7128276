/** The help of the commands, from their rows. */
import { observedTypes } from '../event/type-names.js';
import { eventTable } from '../schema/tables.gen.js';
import type { Command, CommandGroup } from './command.js';
import { commands, record, run } from './commands.js';
import { valueWord, type Flag } from './syntax.js';
import { wrap } from './wrap.js';

const column = 24; // where words begin

/** Lines of what can be given, and what it does. */
function lines(
  rows: readonly { readonly label: string; readonly words: string }[],
  width: number,
  from = column,
): string {
  const indent = ' '.repeat(from);
  return rows
    .map(({ label, words }) => {
      const text = wrap(words, width, indent, from);
      const head = `  ${label}`;
      if (words === '') return `${head}\n`;
      return head.length < from ? `${head.padEnd(from)}${text}\n` : `${head}\n${indent}${text}\n`;
    })
    .join('');
}

/** A flag as it is called. */
function flagLabel(flag: Flag): string {
  const value = valueWord(flag);
  const name =
    flag.letter === undefined || flag.words === undefined ? `--${flag.name}` : `-${flag.letter}, --${flag.name}`;
  return value === undefined ? name : `${name} ${value}`;
}

/** Lines about flags. */
const flagLines = (flags: readonly Flag[], width: number): string =>
  lines(
    flags.flatMap((flag) => (flag.words === undefined ? [] : [{ label: flagLabel(flag), words: flag.words }])),
    width,
  );

/** What --events knows. */
function typeLines(width: number): string {
  const types = observedTypes.map((type) => {
    const ids = eventTable.filter((e) => e.name === type).map((e) => e.id);
    return `${type}\u00a0(${ids.join(',\u00a0')})`; // on one line
  });
  return `${wrap('Types of events, for --events by their names in any case or by their ids', width)}
  ${wrap(types.join(', '), width, '  ', 2).replaceAll('\u00a0', ' ')}
`;
}

/** The list of types belongs to the flag that takes them. */
const typesOf = ({ flags }: Command, width: number): string =>
  flags.some(({ name }) => name === 'events') ? typeLines(width) : '';

function helpOfOne(command: Command, { before, after }: NonNullable<Command['help']>, width: number): string {
  const { name, operands, flags } = command;
  const call = `usage: sysmon ${name} ${flags.length === 0 ? '' : '[options] '}${operands}`.trimEnd() + '\n';
  const parts = [call, wrap(before, width), flagLines(flags, width), typesOf(command, width), wrap(after ?? '', width)];
  return parts.filter((part) => part !== '').join('\n');
}

function helpOfGroup({ name, commands, help }: CommandGroup, width: number): string {
  const calls = commands.map((c) =>
    wrap(
      ['sysmon', name, c.name, ...c.flags.map((flag) => `[${flagLabel(flag)}]`), c.operands].join(' '),
      width,
      ' '.repeat(9),
      7,
    ),
  );
  return `usage: ${calls.join('\n       ')}

${lines(
  commands.map((c) => ({ label: c.name, words: c.summary })),
  width,
  12,
)}
${wrap(help.after, width)}`;
}

/** How a command is called, for the list of all. */
const callOf = ({ name, operands }: Command | CommandGroup): string =>
  `sysmon ${name === run.name ? '[run] [options]' : name} ${operands}`.trimEnd();

function helpOfAll(width: number): string {
  const calls = [
    ...commands.map((c) => ({ label: callOf(c), words: c.summary })),
    { label: 'sysmon -i | -c | -u | -s', words: 'install and configure the service, as Sysmon for Linux: sysmon -?' },
    { label: 'sysmon help COMMAND', words: 'help of one command' },
    { label: 'sysmon --help | --version', words: '' },
  ];
  return `${wrap('sysmon - watches the Linux kernel and prints typed security events', width)}

Usage
${lines(calls, width, 30)}
Options of run and record
${flagLines(record.flags, width)}
Options of run
${flagLines(
  run.flags.filter((flag) => !record.flags.includes(flag)),
  width,
)}
${typeLines(width)}
${wrap(
  'Events alone go to standard output or FILE; everything else goes to standard error.\nSIGINT and SIGTERM deliver what is there and stop. SIGHUP reads the file of --config anew and reopens FILE; without one it stops too.',
  width,
)}

Exit codes
${lines(
  [
    { label: '0', words: 'stopped as asked' },
    { label: '1', words: 'failed while running' },
    { label: '2', words: 'wrong usage' },
    { label: '3', words: 'bad configuration' },
    { label: '4', words: 'privilege missing' },
    { label: '5', words: 'this kernel cannot' },
    { label: '8', words: 'guard: the policy was broken, or something is new' },
    { label: '141', words: 'nobody reads the output any more, as in sysmon | head' },
  ],
  width,
  8,
)}`;
}

/** True for a command that has a help of its own. */
export const hasOwnHelp = (command: Command | CommandGroup): boolean => command.help !== undefined;

/** The help of a command, its own or that of all, in lines of so many columns. */
export function helpOf(command: Command | CommandGroup, width: number): string {
  if ('commands' in command) return helpOfGroup(command, width);
  return command.help === undefined ? helpOfAll(width) : helpOfOne(command, command.help, width);
}
