/** The commands, one row each. Each brings only what it needs, when it is run. */
import type { EventStreams } from './streams.js';

export interface Command {
  readonly name: string;
  /** What follows the name, for the help. */
  readonly takes: string;
  readonly summary: string;
  /** It has a help of its own; that of the others is the whole help. */
  readonly ownHelp: boolean;
  /** Runs it and gives the exit code; `argv` is what follows its name. */
  run(argv: readonly string[], streams: EventStreams): number | Promise<number>;
}

export const commands: readonly Command[] = [
  {
    name: 'run',
    takes: '[options]',
    summary: 'print events until stopped',
    ownHelp: false,
    run: async (argv, streams) => (await import('./run-command.js')).runCommand(argv, streams),
  },
  {
    name: 'record',
    takes: 'FILE',
    summary: 'record events, to be replayed: sysmon record --help',
    ownHelp: true,
    run: async (argv, streams) => (await import('./record-command.js')).recordCommand(argv, streams),
  },
  {
    name: 'replay',
    takes: 'FILE',
    summary: 'recorded events, through rules and formats: sysmon replay --help',
    ownHelp: true,
    run: async (argv, streams) => (await import('./replay-command.js')).replayCommand(argv, streams),
  },
  {
    name: 'schema',
    takes: '[TYPE]',
    summary: 'JSON Schema of the events',
    ownHelp: true,
    run: async (argv, streams) => (await import('./schema-command.js')).schemaCommand(argv, streams),
  },
  {
    name: 'config',
    takes: 'COMMAND',
    summary: 'check, convert or print a configuration: sysmon config --help',
    ownHelp: true,
    run: async (argv, streams) => (await import('./config-command.js')).configCommand(argv, streams),
  },
  {
    name: 'capabilities',
    takes: '',
    summary: 'what a sensor sees on this system, and what it cannot',
    ownHelp: false,
    run: async (argv, streams) => (await import('./capabilities-command.js')).capabilitiesCommand(argv, streams),
  },
];
