#!/usr/bin/env node
/** The `sysmon` command: thin over the public API. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SysmonError } from '../errors.js';
import { version } from '../sysmon.js';
import { formats } from './formats.js';
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

async function dispatch(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  // These have options and help of their own. Each command brings only what it needs.
  switch (first) {
    case 'config':
      return (await import('./config.js')).configCommand(rest, process);
    case 'record':
      return (await import('./record.js')).recordCommand(rest, process);
    case 'replay':
      return (await import('./replay.js')).replayCommand(rest, process);
    case 'schema':
      return (await import('./schema.js')).schemaCommand(rest, process);
  }
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    process.stdout.write(usage.replace('%FORMATS%', formats.join(', ')));
    return exitCode.ok;
  }
  if (args.includes('--version')) {
    process.stdout.write(`${version}\n`);
    return exitCode.ok;
  }
  if (first === 'capabilities') {
    (await import('./capabilities.js')).printCapabilities(rest);
    return exitCode.ok;
  }
  if (first === undefined || first === 'run' || first.startsWith('-')) {
    await (await import('./run.js')).run(first === 'run' ? rest : args);
    return exitCode.ok;
  }
  throw new SysmonError('ERR_SYSMON_OPTION', `'${first}' is no command. Known: run, record, replay, config, schema, capabilities.`);
}

/** Runs the command and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args);
  } catch (error) {
    const code = codeOf(error);
    process.stderr.write(
      `sysmon: ${error instanceof SysmonError || code !== exitCode.failure ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`,
    );
    if (code === exitCode.usage) process.stderr.write('Try `sysmon --help`.\n');
    return code;
  }
}

// The name by which it was started may be a link in node_modules/.bin.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
