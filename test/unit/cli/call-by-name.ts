import { call } from '../../../lib/cli/call.js';
import { commands } from '../../../lib/cli/commands.js';
import type { EventStreams } from '../../../lib/cli/streams.js';

/** Runs a command as main() does; `argv` is what follows its name. */
export async function callByName(name: string, argv: readonly string[], streams: EventStreams): Promise<number> {
  const command = commands.find((c) => c.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return call(command, argv, streams);
}
