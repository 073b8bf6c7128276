/** `sysmon config check|convert|dump`: thin over `@org/sysmon/config`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  checkConfig,
  ConfigError,
  convert,
  dump,
  loadConfig,
  parseConfig,
  type Compatibility,
  type RuleSet,
} from '../config/index.js';
import { readStarter } from '../config/starter.js';
import { inConfiguration } from '../source/configuration.js';
import { printable } from '../base/printable.js';
import type { CommandStreams } from './streams.js';

interface Verb {
  readonly name: string;
  /** What follows the name. */
  readonly takes: string;
  readonly summary: string;
  run(argv: readonly string[], streams: CommandStreams): Promise<number>;
}

const verbs: readonly Verb[] = [
  {
    name: 'check',
    takes: '[--strict] [--compatibility linux|exact] [--json] FILE...',
    summary: 'prints errors and warnings with line and column; --strict makes warnings errors',
    run: check,
  },
  {
    name: 'convert',
    takes: '[--to xml|yaml] [--output FILE] FILE',
    summary: 'writes XML as YAML and YAML as XML; nothing is lost, and what XML cannot say is refused',
    run: convertFile,
  },
  {
    name: 'dump',
    takes: '[--sysmon] FILE',
    summary: 'prints the rules as they were understood: as YAML, or with --sysmon as "sysmon -c" does',
    run: dumpFile,
  },
];

const usage = `usage: ${verbs.map(({ name, takes }) => `sysmon config ${name} ${takes}`).join('\n       ')}

${verbs.map(({ name, summary }) => `${name.padEnd(8)} ${summary}`).join('\n')}

FILE is a path, - for standard input, or "starter" for the configuration that comes with the package.
Exit code: 0 ok, 1 a file cannot be read or written, 2 usage, 3 the configuration is wrong.
`;

class UsageError extends Error {}

/** Runs the command; `argv` is what follows `sysmon config`. Returns the exit code. */
export async function configCommand(argv: readonly string[], streams: CommandStreams): Promise<number> {
  try {
    const [first, ...rest] = argv;
    if (first === undefined || ['help', '--help', '-h'].includes(first)) {
      (first === undefined ? streams.stderr : streams.stdout).write(usage);
      return first === undefined ? 2 : 0;
    }
    const verb = verbs.find(({ name }) => name === first);
    if (verb === undefined) throw new UsageError(`unknown command: config ${first}`);
    return await verb.run(rest, streams);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      streams.stderr.write(`sysmon: ${(error as Error).message}\n${usage}`);
      return 2;
    }
    streams.stderr.write(`sysmon: ${(error as Error).message}\n`);
    return error instanceof ConfigError ? 3 : 1;
  }
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

async function read(file: string, streams: CommandStreams): Promise<Uint8Array> {
  if (file === 'starter') return readStarter();
  if (file !== '-') return readFileSync(file);
  const chunks: Buffer[] = [];
  for await (const chunk of streams.stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

/** Reads a file; an error names it. */
async function load(file: string, streams: CommandStreams): Promise<RuleSet> {
  const bytes = await read(file, streams);
  return inConfiguration({ file }, () => parseConfig(bytes));
}

function one(positionals: readonly string[]): string {
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError(file === undefined ? 'FILE is missing' : 'one FILE only');
  return file;
}

function choice<T extends string>(value: string, name: string, of: readonly T[]): T {
  if (!(of as readonly string[]).includes(value))
    throw new UsageError(`--${name} is ${of.join(' or ')}, not '${value}'`);
  return value as T;
}

async function check(argv: readonly string[], streams: CommandStreams): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { strict: { type: 'boolean' }, compatibility: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (positionals.length === 0) throw new UsageError('FILE is missing');
  const compatibility: Compatibility = choice(values.compatibility ?? 'linux', 'compatibility', ['linux', 'exact']);
  let failed = false;
  const all: object[] = [];
  for (const file of positionals) {
    const found = checkConfig(await read(file, streams), { compatibility, strict: values.strict ?? false });
    failed ||= found.some((d) => d.severity === 'error');
    for (const d of found) {
      all.push({ file, ...d });
      if (!values.json)
        streams.stdout.write(printable(`${file}:${d.line}:${d.column}: ${d.severity}: ${d.message} [${d.code}]\n`));
    }
  }
  if (values.json) streams.stdout.write(`${JSON.stringify(all)}\n`);
  return failed ? 3 : 0;
}

async function convertFile(argv: readonly string[], streams: CommandStreams): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { to: { type: 'string' }, output: { type: 'string', short: 'o' } },
  });
  const file = one(positionals);
  const to = values.to === undefined ? undefined : choice(values.to, 'to', ['xml', 'yaml']);
  const ruleSet = await load(file, streams);
  const text = inConfiguration({ file }, () => convert(ruleSet, to));
  if (values.output === undefined || values.output === '-') streams.stdout.write(text);
  else writeFileSync(values.output, text);
  return 0;
}

async function dumpFile(argv: readonly string[], streams: CommandStreams): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { sysmon: { type: 'boolean' } },
  });
  const ruleSet = await load(one(positionals), streams);
  streams.stdout.write(values.sysmon ? `${dump(ruleSet)}\n` : convert(loadConfig(ruleSet), 'yaml'));
  return 0;
}
