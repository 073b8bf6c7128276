/** From a configuration to what the sensor runs. The configuration languages are loaded only if there is one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NativeArchive } from './archive.js';
import type { Entry, RuleSet } from './config/model.js';
import { SysmonError } from './errors.js';
import type { NativeSettings } from './native.js';
import { checkHash, idsOf, type CheckedOptions } from './options.js';
import type { EventType } from './schema/events.gen.js';
import { eventTable } from './schema/tables.gen.js';

export interface Configured {
  readonly settings: NativeSettings;
  readonly captured: ReadonlySet<EventType>;
  /** For the event ServiceConfigurationChange. */
  readonly name: string;
  readonly hash: string;
  /** What is not wrong with it, and will not do what its author wants. */
  readonly warnings: readonly string[];
}

const sha256 = (bytes: string | Uint8Array): string => `SHA256=${createHash('sha256').update(bytes).digest('hex')}`;

/** What runs without a configuration. */
export function defaults(options: CheckedOptions): Configured {
  return { settings: options.native, captured: options.captured, name: 'Defaults', hash: '-', warnings: [] };
}

/** A configuration that has been read. */
export interface Configuration {
  readonly ruleSet: RuleSet;
  /** Its path, or what it is instead of a file. */
  readonly name: string;
  /** Digest of the file or text. */
  readonly hash: string;
}

/** Reads a configuration: a path, a text, `starter`, or a rule set as it is. Rejects with SysmonError (ERR_SYSMON_CONFIG) if anything in it is wrong. */
export async function readConfiguration(config: string | RuleSet): Promise<Configuration> {
  const { isConfigText, parseConfig, readStarter } = await import('./config/index.js');
  if (typeof config !== 'string') return { ruleSet: config, name: 'RuleSet', hash: '-' };
  if (isConfigText(config)) return { ruleSet: parseConfig(config), name: 'text', hash: sha256(config) };
  const bytes = config === 'starter' ? readStarter() : readConfigFile(config);
  try {
    return { ruleSet: parseConfig(bytes), name: config, hash: sha256(bytes) };
  } catch (error) {
    // Whoever reads the message has more than one file.
    if (error instanceof SysmonError) error.message = `${config}:${error.message}`;
    throw error;
  }
}

/** Reads and compiles the configuration of the options. Rejects with SysmonError (ERR_SYSMON_CONFIG) if anything in it is wrong. */
export async function configure(options: CheckedOptions, config: NonNullable<CheckedOptions['config']>): Promise<Configured> {
  const { native } = options;
  const { eventsOfTag } = await import('./schema/manifest.js');
  const { compile, optionsOf, warningsOf } = await import('./config/index.js');
  const { ruleSet, name, hash } = await readConfiguration(config);
  const said = optionsOf(ruleSet);
  const spoken = new Set(ruleSet.groups.flatMap((g) => g.nodes.flatMap((n) => eventsOfTag(n.tag).map((e) => e.id))));
  const captured = options.eventsGiven
    ? options.captured
    : new Set(eventTable.filter((e) => e.wire !== undefined && (e.default === 'log' || spoken.has(e.id))).map((e) => e.name));
  return {
    settings: {
      ...native,
      archive: archiveOf(native.archive, said.archiveDirectory, captured),
      events: idsOf([...captured]),
      environment: environmentOf(ruleSet, native.environment),
      plan: compile(ruleSet, { compatibility: options.compatibility }).plan,
      hashAlgorithms:
        options.hashGiven || said.hashAlgorithms === undefined
          ? native.hashAlgorithms
          : checkHash(said.hashAlgorithms.length === 0 ? 'none' : said.hashAlgorithms),
    },
    captured,
    name,
    hash,
    warnings: warningsOf(ruleSet),
  };
}

const mostVariables = 16; // as many as the kernel side looks for

/** Variables that rules speak of are read as well: a rule on what nobody reads would never hold. */
function environmentOf(ruleSet: RuleSet, given: readonly string[]): readonly string[] {
  const names = new Set(given);
  const look = (entry: Entry): void => {
    if (entry.kind !== 'line') return entry.entries.forEach(look);
    const [, name] = /^process\.(?:\w+\.)?env\.(.+)$/.exec(entry.field) ?? [];
    if (name === undefined) return;
    names.add(name);
    if (names.size > mostVariables)
      throw new SysmonError(
        'ERR_SYSMON_CONFIG',
        `${entry.at.line}:${entry.at.column}: ${entry.field}: at most ${mostVariables} environment variables can be watched, those of the option environment included.`,
        { operation: 'config' },
      );
  };
  for (const { nodes } of ruleSet.groups) for (const { entries } of nodes) entries.forEach(look);
  return [...names];
}

/** Where the configuration says that deleted files are to be kept, unless the options say so themselves. */
function archiveOf(given: NativeArchive, said: string | undefined, captured: ReadonlySet<EventType>): NativeArchive {
  const windows = said?.includes('\\'); // of which there is a warning
  // Sysmon makes a directory of this name in the root of a volume.
  const directory = given.directory !== '' || said === undefined || windows ? given.directory : said.startsWith('/') ? said : `/${said}`;
  if (directory === '' && given.hold.length > 0)
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      'option archive.hold: there is no archive: neither archiveDirectory nor the configuration names one.',
      {
        operation: 'options',
      },
    );
  return { ...given, directory: captured.has('FileDelete') ? directory : '' };
}

function readConfigFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SysmonError('ERR_SYSMON_CONFIG', `cannot read the configuration ${path}: ${(cause as Error).message}`, {
      cause,
      operation: 'config',
    });
  }
}
