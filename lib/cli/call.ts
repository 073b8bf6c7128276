/** Runs a command by its row. */
import { refuse } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import type { Command, CommandGroup } from './command.js';
import { codeOf, exitCode } from './exit-code.js';
import { Given } from './given.js';
import type { EventStreams } from './streams.js';
import { helpOf } from './usage.js';
import { textWidth } from './wrap.js';

/** `argv` is what follows the name of the command. Gives the exit code. */
export async function call(
  command: Command | CommandGroup,
  argv: readonly string[],
  streams: EventStreams,
): Promise<number> {
  if ('commands' in command) return callOneOf(command, argv, streams);
  const given = new Given(command, argv);
  if (!given.help) return command.run(given, streams);
  streams.stdout.write(helpOf(command, textWidth(streams.stdout.columns?.())));
  return exitCode.ok;
}

/** One of a group. What is wrong is told here: a wrong call is followed by the help of them all. */
async function callOneOf(
  group: CommandGroup,
  [first, ...rest]: readonly string[],
  streams: EventStreams,
): Promise<number> {
  const help = helpOf(group, textWidth(streams.stdout.columns?.()));
  if (first === undefined) {
    streams.stderr.write(help);
    return exitCode.usage;
  }
  if (['help', '--help', '-h'].includes(first)) {
    streams.stdout.write(help);
    return exitCode.ok;
  }
  try {
    const command = group.commands.find(({ name }) => name === first);
    if (command === undefined) {
      const names = group.commands.map(({ name }) => name);
      refuse(`unknown command: ${group.name} ${first}.${didYouMean(first, names)}`);
    }
    const given = new Given(command, rest);
    if (!given.help) return await command.run(given, streams);
    streams.stdout.write(help);
    return exitCode.ok;
  } catch (error) {
    const code = codeOf(error);
    streams.stderr.write(`sysmon: ${(error as Error).message}\n${code === exitCode.usage ? help : ''}`);
    return code;
  }
}
