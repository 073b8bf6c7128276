#!/usr/bin/env node
/** The `sysmon` command: thin over the public API. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refuse, SysmonError } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { archiveOptions, hashOptions, scopeOptions, sensorOptions } from '../schema/options.js';
import { version } from '../base/version.gen.js';
import { call } from './call.js';
import type { Command, CommandGroup } from './command.js';
import { commands, run } from './commands.js';
import { isSwitch } from './drop-in/switches.js';
import { codeOf, exitCode } from './exit-code.js';
import { ProcessStreams } from './streams.js';
import { hasOwnHelp, helpOf } from './usage.js';
import { textWidth } from './wrap.js';

const named = (name: string | undefined): Command | CommandGroup | undefined => commands.find((c) => c.name === name);

function unknown(name: string): never {
  const names = commands.map((c) => c.name);
  refuse(`'${name}' is no command.${didYouMean(name, names)} Known: ${names.join(', ')}.`);
}

async function dispatch(args: readonly string[], streams: ProcessStreams): Promise<number> {
  const [first, ...rest] = args;
  // `-h` alone is the help of everything, and `--` begins a command to run.
  if (isSwitch(first) && first !== '--' && args.join() !== '-h')
    return (await import('./drop-in/drop-in.js')).dropIn(args, streams);
  const command = named(first);
  if (command !== undefined && hasOwnHelp(command)) return call(command, rest, streams);
  const own = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined); // the rest is another command's
  if (own.includes('--help') || own.includes('-h') || first === 'help') {
    const wanted = first === 'help' && rest.length > 0 ? (named(rest[0]) ?? unknown(rest[0])) : run;
    streams.stdout.write(helpOf(wanted, textWidth(streams.stdout.columns())));
    return exitCode.ok;
  }
  if (own.includes('--version')) {
    streams.stdout.write(`${version}\n`);
    return exitCode.ok;
  }
  if (command !== undefined) return call(command, rest, streams);
  if (first === undefined || first.startsWith('-')) return call(run, args, streams);
  unknown(first);
}

/** What is said of options, of the flags that give them. Some names are common words: these are meant only in front. */
const inFlags = (text: string): string =>
  text.replace(/(^option (?:archive\.|scope\.|hash\.)?)?\b(\w+)/g, (words, first: string | undefined, name: string) => {
    const flag = [...sensorOptions, ...hashOptions, ...archiveOptions, ...scopeOptions].find(
      (row) => row.name === name,
    )?.flag;
    return flag !== undefined && (first !== undefined || /[A-Z]/.test(name)) ? `--${flag.name}` : words;
  });

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const streams = new ProcessStreams();
  // node would say them with the number of the process, and how to find the place in the source.
  process.removeAllListeners('warning').on('warning', ({ message }) => {
    streams.stderr.write(`sysmon: warning: ${message}\n`);
  });
  try {
    const code = await dispatch(args, streams);
    return code === exitCode.ok ? streams.code : code;
  } catch (error) {
    const code = codeOf(error);
    const expected = error instanceof SysmonError;
    const text = expected ? error.message : ((error as Error).stack ?? String(error));
    streams.stderr.write(`sysmon: ${code === exitCode.usage ? inFlags(text) : text}\n`);
    if (code === exitCode.usage) {
      const own = commands.some((c) => hasOwnHelp(c) && c.name === args[0]) ? `${args[0]} ` : '';
      streams.stderr.write(`Try \`sysmon ${isSwitch(args[0]) ? '-?' : `${own}--help`}\`.\n`);
    }
    return code;
  }
}

// The name by which it was started may be a link in node_modules/.bin.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
