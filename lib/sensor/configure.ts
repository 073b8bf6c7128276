/**
 * From checked options and a configuration to what the sensor runs. The languages of configurations are loaded only if
 * there is a configuration.
 */
import type { Entry, RuleSet } from '../config/model.js';
import { refuse, SysmonError } from '../base/errors.js';
import type { NativeArchive, NativeSettings } from '../native.js';
import { checkHash } from './option-checks.js';
import { idsOf, type CheckedOptions } from './sensor-options.js';
import { observedTypes } from '../event/type-names.js';
import type { EventType } from '../schema/events.gen.js';
import { mostVariables } from '../schema/options.js';
import { eventTable } from '../schema/tables.gen.js';
import { inConfiguration, readConfiguration } from '../source/configuration.js';

export interface Configured {
  readonly settings: NativeSettings;
  readonly captured: ReadonlySet<EventType>;
  /** For the event ServiceConfigurationChange. */
  readonly name: string;
  readonly hash: string;
  /** What is allowed, but will hardly do what the author of the configuration wants. */
  readonly warnings: readonly string[];
  /** What it was made of; undefined: without a configuration. */
  readonly ruleSet: RuleSet | undefined;
}

/** What runs without a configuration. */
export function defaults(options: CheckedOptions): Configured {
  return {
    settings: options.native,
    captured: options.captured,
    name: 'Defaults',
    hash: '-',
    warnings: [],
    ruleSet: undefined,
  };
}

/** What a configuration captures of a type of events: all of them, those that its rules keep, or none after all. */
export interface Capture {
  readonly type: EventType;
  readonly what: 'all' | 'rules' | 'none';
}

/** What a configuration captures. Events that its rules name are wanted, and those that Sysmon logs without rules. */
export function captures(
  ruleSet: RuleSet,
  eventsOfTag: (tag: string) => readonly { readonly id: number }[],
): Capture[] {
  const nodes = ruleSet.groups.flatMap((g) => g.nodes);
  return observedTypes.flatMap((type): Capture[] => {
    const events = eventTable.filter((e) => e.name === type);
    const speaking = nodes.filter((n) => eventsOfTag(n.tag).some((e) => events.some(({ id }) => e.id === id)));
    if (speaking.length === 0) return events.some((e) => e.default === 'log') ? [{ type, what: 'all' }] : [];
    if (speaking.some((n) => n.entries.length > 0)) return [{ type, what: 'rules' }];
    // To include what matches no rule at all is to include nothing.
    return [{ type, what: speaking.some((n) => n.onmatch === 'include') ? 'none' : 'all' }];
  });
}

/**
 * Reads and compiles the configuration of the options. Rejects with SysmonError (ERR_SYSMON_CONFIG) if anything in it
 * is wrong.
 */
export async function configure(
  options: CheckedOptions,
  config: NonNullable<CheckedOptions['config']>,
): Promise<Configured> {
  const { native } = options;
  const { eventsOfTag } = await import('../schema/manifest.js');
  const { compile, optionsOf, warningsOf } = await import('../config/index.js');
  const configuration = await readConfiguration(config);
  const { ruleSet, name, hash } = configuration;
  return inConfiguration(configuration, () => {
    const said = optionsOf(ruleSet);
    const captured = options.eventsGiven
      ? options.captured
      : new Set(captures(ruleSet, eventsOfTag).map(({ type }) => type));
    return {
      settings: {
        ...native,
        archive: archiveOf(options, said.archiveDirectory, captured),
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
      ruleSet,
    };
  });
}

/** Variables to be read: those that were given and those that rules name, which could not hold otherwise. */
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

/** Settings of the archive. Its directory is that of the options, or else what the configuration says. */
function archiveOf(options: CheckedOptions, said: string | undefined, captured: ReadonlySet<EventType>): NativeArchive {
  const given = options.native.archive;
  if (!captured.has('FileDelete')) {
    // An archive that gets no file is a mistake in options. In a configuration it is none: many of those for Sysmon
    // name a directory and have no rule for FileDelete.
    const option = given.directory !== '' ? 'archiveDirectory' : given.hold.length > 0 ? 'archive.hold' : undefined;
    if (option === undefined) return { ...given, directory: '' };
    refuse(
      `option ${option}: only FileDelete archives, and ` +
        (options.eventsGiven
          ? "it is not among the events. Add it: events: ['FileDelete', …]."
          : "the configuration has no rules for it. Add some, or name it beside the others: events: ['FileDelete', …]."),
    );
  }
  const windows = said?.includes('\\'); // not taken: warningsOf() tells of it
  // A name without a slash is one in the root, where Sysmon makes its directory.
  const directory =
    given.directory !== '' || said === undefined || windows
      ? given.directory
      : said.startsWith('/')
        ? said
        : `/${said}`;
  if (directory === '' && given.hold.length > 0)
    refuse('option archive.hold: there is no archive: neither archiveDirectory nor the configuration names one.');
  return { ...given, directory };
}
