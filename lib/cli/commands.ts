/** The commands, one row each. Each brings only what it needs, when it is run. */
import { compatibilities } from '../schema/options.js';
import type { Command, CommandGroup } from './command.js';
import { appearance, captureFlags, format, jsonProcess, stats } from './flags.js';

/** The one whose name may be left out. */
export const run: Command = {
  name: 'run',
  operands: '[-- COMMAND [ARGS]]',
  summary: 'print events until stopped, or run a command and report what it does',
  runs: true,
  flags: [
    ...captureFlags,
    format,
    jsonProcess,
    {
      name: 'output',
      value: 'FILE | - | URL',
      words:
        'where events go (default: -, standard output); a file is appended to; URL: file:, syslog:, syslog+udp, +tcp, +tls://, journald:, unix:, http(s)://, elastic+, splunk+, otlp+http(s)://, see docs/sinks.md',
    },
    {
      name: 'spool-dir',
      value: 'DIR',
      words: 'where events wait for a receiver that is not there (default: /var/lib/sysmon/spool)',
    },
    {
      name: 'report',
      value: 'FILE | -',
      words: 'of a command: what it did, as JSON, when it has ended; a file is replaced',
    },
    { name: 'quiet', words: 'of a command: no table of what it did on standard error' },
    { name: 'watch', words: 'read the file of --config anew whenever it has changed' },
    stats,
    ...appearance,
  ],
  run: async (given, streams) =>
    given.command === undefined
      ? (await import('./run-command.js')).runCommand(given, streams)
      : (await import('./watch-command.js')).watchCommand(given, given.command, streams),
};

export const record: Command = {
  name: 'record',
  operands: 'FILE',
  summary: 'record events, to be replayed',
  flags: captureFlags,
  help: {
    before: `Writes every event as one line of JSON, uncut; sysmon replay plays the file. A file that is there is appended to; - is standard output.
It says on standard error when it has begun. SIGINT (Ctrl-C), SIGTERM and SIGHUP end the recording.
`,
    after: `Exit codes: as sysmon --help has them.
`,
  },
  run: async (given, streams) => (await import('./record-command.js')).recordCommand(given, streams),
};

const replay: Command = {
  name: 'replay',
  operands: 'FILE',
  summary: 'recorded events, through rules and formats',
  flags: [
    {
      name: 'config',
      value: 'FILE',
      words: 'rules that judge the events anew: Sysmon XML or YAML, or starter',
    },
    {
      name: 'compatibility',
      value: 'MODE',
      choices: compatibilities,
      words: 'linux (default) or exact, see sysmon --help',
    },
    { name: 'events', value: 'A,B', words: 'only these types', items: 'types of events' },
    format,
    jsonProcess,
    { name: 'max-events', value: 'N', words: 'stop after N events' },
    ...appearance,
    stats,
  ],
  help: {
    before: 'Plays what sysmon record (or sysmon run --format json) wrote; - is standard input.\n',
    after:
      'Exit code: 0 ok, 1 the file cannot be read or has lines that are no events, 2 usage, 3 bad configuration, 141 nobody reads the output any more.\n',
  },
  run: async (given, streams) => (await import('./replay-command.js')).replayCommand(given, streams),
};

const view: Command = {
  name: 'view',
  operands: '[FILE...]',
  summary: 'events in a system log, as lines for people',
  flags: [
    { name: 'event', letter: 'e', value: 'IDS', repeated: true, words: 'only these, by ids or types joined by commas' },
    { name: 'record', letter: 'r', value: 'MIN,MAX', words: 'only record ids from MIN to MAX; either may be left out' },
    {
      name: 'time',
      letter: 't',
      value: 'START,END',
      words: 'only what happened between, UTC: YYYY-MM-DD HH:MM[:SS[.mmm]]; either may be left out',
    },
    {
      name: 'field',
      letter: 'f',
      value: 'FIELD=VALUE',
      repeated: true,
      words: 'of events that have this field, only those with this value, or one of several joined by commas',
    },
    {
      name: 'show',
      letter: 'E',
      value: '[ID=]FIELDS',
      repeated: true,
      words: 'only these fields, of one event or of all',
    },
    { name: 'blank', letter: 'X', words: 'an empty line after each event' },
  ],
  help: {
    before:
      'Reads lines as Sysmon for Linux, sysmon -i and sysmon run --format xml write them, from files or standard input, as in tail -f /var/log/syslog | sysmon view. Other lines are passed over.\n',
    after:
      'Exit code: 0 ok, 1 a file or an event in it cannot be read, 2 usage, 141 nobody reads the output any more.\n',
  },
  run: async (given, streams) => (await import('./view-command.js')).viewCommand(given, streams),
};

const schema: Command = {
  name: 'schema',
  operands: '[TYPE]',
  summary: 'JSON Schema of the events',
  flags: [],
  help: {
    before:
      'Prints JSON Schema (2020-12) of all events as --format json writes them, or of one type alone: TYPE is its name in any case, its id, or Loss.\n',
  },
  run: async (given, streams) => (await import('./schema-command.js')).schemaCommand(given, streams),
};

const explainOf: Command = {
  name: 'explain',
  operands: 'FILE',
  summary: 'says of every rule where it is decided: before a record is made, or on the worker, and why there',
  flags: [{ name: 'compatibility', choices: compatibilities }, { name: 'json' }],
  run: async (given, streams) => (await import('./config-command.js')).explainFile(given, streams),
};

const explain: Command = {
  ...explainOf,
  help: {
    before:
      'Says of every rule of a configuration where `sysmon run --config FILE` decides it; see docs/pushdown.md.\n',
  },
};

const config: CommandGroup = {
  name: 'config',
  operands: 'COMMAND',
  summary: 'check, convert, print or explain a configuration',
  commands: [
    {
      name: 'check',
      operands: 'FILE...',
      summary:
        'prints errors and warnings with line and column, and what a configuration without errors captures; --strict makes warnings errors',
      flags: [{ name: 'strict' }, { name: 'compatibility', choices: compatibilities }, { name: 'json' }],
      run: async (given, streams) => (await import('./config-command.js')).check(given, streams),
    },
    {
      name: 'convert',
      operands: 'FILE',
      summary: 'writes XML as YAML and YAML as XML; nothing is lost, and what XML cannot say is refused',
      flags: [
        { name: 'to', choices: ['xml', 'yaml'] },
        { name: 'output', letter: 'o', value: 'FILE' },
      ],
      run: async (given, streams) => (await import('./config-command.js')).convertFile(given, streams),
    },
    {
      name: 'dump',
      operands: 'FILE',
      summary: 'prints the rules as they were understood: as YAML, or with --sysmon as "sysmon -c" does',
      flags: [{ name: 'sysmon' }],
      run: async (given, streams) => (await import('./config-command.js')).dumpFile(given, streams),
    },
    explainOf,
  ],
  help: {
    after: `FILE is a path, - for standard input, or "starter" for the configuration that comes with the package.
Exit code: 0 ok, 1 a file cannot be read or written, 2 usage, 3 the configuration is wrong.
`,
  },
};

const capabilities: Command = {
  name: 'capabilities',
  operands: '',
  summary: 'what a sensor sees on this system, and what it cannot',
  flags: [
    { name: 'brief', words: 'without what the events cannot see, and what privileges are for' },
    { name: 'json', words: 'as one JSON document' },
  ],
  help: { before: 'Looks at the running system; starts no sensor, and needs no privilege.\n' },
  run: async (given, streams) => (await import('./capabilities-command.js')).capabilitiesCommand(given, streams),
};

const guard: Command = {
  name: 'guard',
  runs: true,
  operands: '-- COMMAND [ARGS]',
  summary: 'run a command, and tell what of it a policy or a baseline does not allow',
  flags: [
    { name: 'policy', value: 'FILE', words: 'YAML: what the command may do, see docs/guard.md' },
    {
      name: 'baseline',
      value: 'FILE',
      words: 'what earlier runs did: made if it is not there, else compared with; what is new is a breach',
    },
    { name: 'update', words: 'add to the baseline what is new' },
    { name: 'kill', words: 'end the process that broke the policy by SIGKILL, after it was done' },
  ],
  help: {
    before:
      'Runs a command and watches it, and what descends from it, until the last of its processes has ended. What scripts of npm packages did is told by package and script. The report goes to standard error.\n',
    after:
      'Exit code: 8 the policy was broken, or something is not in the baseline; else that of the command (128 + n for a signal). 1 if not everything was seen and the command ended with 0; before it runs: 2 usage, 3 bad policy or baseline, 4 privilege missing, 5 this kernel cannot.\n',
  },
  run: async (given, streams) => (await import('./guard-command.js')).guardCommand(given, streams),
};

const spool: CommandGroup = {
  name: 'spool',
  operands: 'COMMAND',
  summary: 'what waits for receivers of events',
  commands: [
    {
      name: 'stat',
      operands: '[DIRECTORY...]',
      summary: 'how much waits, since when, for whom, and what was lost',
      flags: [{ name: 'json' }],
      run: async (given, streams) => (await import('./spool-command.js')).spoolStat(given, streams),
    },
  ],
  help: {
    after: `DIRECTORY is a spool, or a folder of spools (default: /var/lib/sysmon/spool). A spool that a running sysmon has open is described by what that wrote within the last second.
Exit code: 0 ok, 1 a spool cannot be read, 2 usage.
`,
  },
};

export const commands: readonly (Command | CommandGroup)[] = [
  run,
  record,
  replay,
  view,
  schema,
  config,
  explain,
  capabilities,
  guard,
  spool,
];
