#!/usr/bin/env node
/** The `sysmon` command: thin over the public API. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refuse, SysmonError } from '../base/errors.js';
import { version } from '../sensor/version.js';
import { commands } from './commands.js';
import { OutputError } from './output.js';
import { ProcessStreams, type EventStreams } from './streams.js';
import { exitCode, usage } from './usage.js';

function codeOf(error: unknown): number {
  if (!(error instanceof SysmonError)) return exitCode.failure;
  switch (error.code) {
    case 'ERR_SYSMON_OPTION':
      return exitCode.usage;
    case 'ERR_SYSMON_CONFIG':
      return exitCode.configuration;
    case 'ERR_SYSMON_PERMISSION':
      return exitCode.privilege;
    case 'ERR_SYSMON_KERNEL':
    case 'ERR_SYSMON_NO_BTF':
    case 'ERR_SYSMON_LOCKDOWN':
    case 'ERR_SYSMON_LOAD':
      return exitCode.kernel;
    case 'ERR_SYSMON_STATE':
    case 'ERR_SYSMON_NATIVE':
    case 'ERR_SYSMON_SCHEMA_MISMATCH':
    case 'ERR_SYSMON_LISTENER':
    case 'ERR_SYSMON_REPLAY':
    case 'ERR_SYSMON_INTERNAL':
      return exitCode.failure;
  }
}

async function dispatch(args: readonly string[], streams: EventStreams): Promise<number> {
  const [first, ...rest] = args;
  const command = commands.find(({ name }) => name === first);
  if (command?.ownHelp) return command.run(rest, streams);
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    // run may be left out.
    const calls = commands.map(({ name, takes, summary }) => ({
      label: `sysmon ${name === 'run' ? '[run]' : name} ${takes}`.trimEnd(),
      words: summary,
    }));
    streams.stdout.write(usage(calls));
    return exitCode.ok;
  }
  if (args.includes('--version')) {
    streams.stdout.write(`${version}\n`);
    return exitCode.ok;
  }
  if (command !== undefined) return command.run(rest, streams);
  if (first === undefined || first.startsWith('-')) return commands[0].run(args, streams);
  refuse(`'${first}' is no command. Known: ${commands.map(({ name }) => name).join(', ')}.`);
}

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const streams = new ProcessStreams();
  try {
    const code = await dispatch(args, streams);
    return code === exitCode.ok && streams.failed ? exitCode.failure : code;
  } catch (error) {
    const code = codeOf(error);
    const expected = error instanceof SysmonError || error instanceof OutputError;
    streams.stderr.write(`sysmon: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
    if (code === exitCode.usage) {
      const own = commands.some((c) => c.ownHelp && c.name === args[0]) ? `${args[0]} ` : '';
      streams.stderr.write(`Try \`sysmon ${own}--help\`.\n`);
    }
    return code;
  }
}

// The name by which it was started may be a link in node_modules/.bin.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
