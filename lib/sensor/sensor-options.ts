/** Checks what the user gave and fills in what the user did not, row by row. */
import { checkNames } from '../base/check.js';
import { refuse } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';
import type { CountedFilter } from '../filter/filter.js';
import type { NativeArchive, NativeScope, NativeSettings, NativeThrottle } from '../native.js';
import type { Labels } from '../event/event.js';
import type { EventType } from '../schema/events.gen.js';
import { archiveOptions, hashOptions, scopeOptions, sensorOptions, type OptionRow } from '../schema/options.js';
import { eventTable } from '../schema/tables.gen.js';
import { checkOption, hashParts } from './option-checks.js';
import type { ArchiveOptions, ScopeOptions, SysmonOptions } from './options.gen.js';

export interface CheckedOptions {
  /** What the addon is to do. With a configuration some of it is decided anew, see configure.ts. */
  readonly native: NativeSettings;
  readonly filters: readonly CountedFilter[];
  /** Types that are captured, as long as no configuration decides it. */
  readonly captured: ReadonlySet<EventType>;
  readonly config: string | RuleSet | undefined;
  readonly compatibility: 'linux' | 'exact';
  readonly addonPath: string | undefined;
  /** Frozen. */
  readonly labels: Labels | undefined;
  /** The user named the types of events; the configuration does not decide. */
  readonly eventsGiven: boolean;
  /** The same for the algorithms of hashes. */
  readonly hashGiven: boolean;
}

/** Sysmon's ids of these types. */
export function idsOf(events: readonly EventType[]): number[] {
  return eventTable.filter((e) => events.includes(e.name)).map((e) => e.id);
}

/**
 * The values of options by name, checked by their rows. In the text of an error, `where` stands before the name of an
 * unknown option and `prefix` before that of a wrong one.
 */
function checked<T extends object>(where: string, prefix: string, rows: readonly OptionRow[], options: unknown): T {
  const given = checkNames<Record<string, unknown>>(
    where,
    options,
    rows.map((row) => row.name),
  );
  return Object.fromEntries(rows.map(({ name, check }) => [name, checkOption(prefix + name, check, given[name])])) as T;
}

/** The values that the addon takes, by the names that they have there. */
const settingsOf = <T extends object>(rows: readonly OptionRow[], values: object): T =>
  Object.fromEntries(
    rows.flatMap(({ name, setting }) =>
      setting === undefined ? [] : [[setting.name, (values as Record<string, unknown>)[name]]],
    ),
  ) as T;

/** One of the three that a scope can be, or none without one. */
function scopeOf(given: ScopeOptions | undefined): NativeScope {
  const scope = checked<Required<ScopeOptions>>('option scope', 'scope.', scopeOptions, given);
  if (given !== undefined && Object.values(given).filter((v) => v !== undefined && v !== false).length !== 1)
    refuse('option scope: expected one of { pid }, { cgroup } and { spawned: true }.');
  return settingsOf<NativeScope>(scopeOptions, scope);
}

/** Checked values that the SDK itself looks at. */
interface Values {
  readonly config: string | RuleSet | undefined;
  readonly compatibility: 'linux' | 'exact';
  readonly events: readonly EventType[];
  readonly filter: readonly CountedFilter[];
  readonly archiveDirectory: string;
  readonly labels: Labels | undefined;
  readonly throttle: NativeThrottle;
}

export function checkOptions(options: unknown): CheckedOptions {
  const values = checked<Values>('Sysmon', '', sensorOptions, options);
  const { config, compatibility, events, filter, archiveDirectory } = values;
  const given = (options ?? {}) as SysmonOptions;
  if (
    given.archiveDirectory !== undefined &&
    (config === undefined || given.events !== undefined) &&
    !events.includes('FileDelete')
  )
    refuse(
      "option archiveDirectory: only FileDelete archives, and it is not among the events. Add it: events: ['FileDelete', …].",
    );
  if (given.archive !== undefined && given.archiveDirectory === undefined && config === undefined)
    refuse('option archive: there is no archive without archiveDirectory.');
  const hash = hashParts(given.hash);
  const { source } = checked<{ readonly source: number }>('option hash', 'hash.', hashOptions, hash);
  const archive = checked<ArchiveOptions>('option archive', 'archive.', archiveOptions, given.archive);
  return {
    native: {
      ...settingsOf<
        Omit<NativeSettings, 'events' | 'plan' | 'hashSource' | 'failedConnects' | 'archive' | 'scope' | 'throttle'>
      >(sensorOptions, values),
      events: idsOf(events),
      plan: new Uint8Array(),
      hashSource: source,
      // Sysmon for Linux reports no connection that failed.
      failedConnects: compatibility !== 'exact',
      archive: {
        ...settingsOf<Omit<NativeArchive, 'directory'>>(archiveOptions, archive),
        directory: archiveDirectory,
      },
      scope: scopeOf(given.scope),
      throttle: values.throttle,
    },
    filters: filter,
    captured: new Set(events),
    config,
    compatibility,
    addonPath: given.addonPath,
    labels: values.labels,
    eventsGiven: given.events !== undefined,
    hashGiven: hash.algorithms !== undefined,
  };
}
