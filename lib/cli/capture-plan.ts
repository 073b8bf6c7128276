/** From the flags of `run` and `record` to the options of a sensor, and when it is to end. */
import { refuse } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';
import { typeOf } from '../event/type-names.js';
import {
  archiveOptions,
  hashOptions,
  scopeOptions,
  sensorOptions,
  type Flag,
  type OptionRow,
} from '../schema/options.js';
import type { HashOptions, SysmonOptions } from '../sensor/options.gen.js';
import { readConfiguration } from '../source/configuration.js';
import { Sysmon } from '../sysmon.js';
import type { Given } from './given.js';

/** The value of an option as its flag gives it. */
function valueOf(given: Given, { check }: OptionRow, flag: Flag): unknown {
  switch (check.kind) {
    case 'whole':
    case 'power':
      return given.number(flag.name, Math.min(1, check.least));
    case 'pid':
      return given.number(flag.name, 1);
    case 'truth':
      // The switch of what is on by itself turns it off.
      return check.default ? (given.on(flag.name) ? false : undefined) : given.on(flag.name);
    case 'variables':
    case 'watched':
    case 'directories': {
      const list = given.list(flag.name);
      if (check.kind === 'variables' && Array.isArray(list) && list.length === 1 && list[0] === 'npm') return 'npm';
      return list === flag.word && list !== undefined ? [] : list;
    }
    case 'hash': {
      const list = given.list(flag.name);
      return Array.isArray(list) ? list.map((word) => word.toUpperCase()) : list;
    }
    case 'events':
      return given.types(flag.name);
    case 'labels':
      return labelsOf(flag.name, given.all(flag.name));
    case 'throttle':
      return throttleOf(flag.name, given.text(flag.name));
    case 'redact':
      return given.on(flag.name) && 'default';
    case 'path':
    case 'directory':
    case 'config':
    case 'compatibility':
    case 'hashSource':
    case 'filter':
    case 'archive':
    case 'scope':
      return given.text(flag.name);
  }
}

/** NAME=TEXT, several times. */
function labelsOf(flag: string, given: readonly string[]): Record<string, string> | undefined {
  if (given.length === 0) return undefined;
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) refuse(`--${flag}: expected NAME=TEXT, got '${text}'.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** N, N/BY or N/BY/TYPES; what is wrong in it the option says. */
function throttleOf(flag: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const [count = '', by = 'process', types, ...more] = text.split('/');
  if (!/^\d+$/.test(count) || more.length > 0)
    refuse(`--${flag}: expected events a second, as in 100, 100/cgroup or 100/type/FileCreate,22, got '${text}'.`);
  return {
    perSecond: Number(count),
    by,
    ...(types !== undefined && { types: types.split(',').map((word) => typeOf(word.trim()) ?? word) }),
  };
}

/** Options that were given by flags, by name. */
const optionsOf = (flags: Given, rows: readonly OptionRow[]): Record<string, unknown> =>
  Object.fromEntries(
    rows.flatMap((row) => {
      const value = row.flag && valueOf(flags, row, row.flag);
      return value === undefined ? [] : [[row.name, value]];
    }),
  );

/** What a sensor is asked for, and when it is to end. */
export interface CapturePlan {
  readonly options: SysmonOptions;
  readonly durationMs: number | undefined;
  readonly maxEvents: number | undefined;
}

/** What the flags say; refuses what makes no sense. */
export function capturePlan(flags: Given): CapturePlan {
  if (flags.text('tier') === 'full') refuse('--tier full: this version has the core tier only.');
  const archive = optionsOf(flags, archiveOptions);
  const scope = optionsOf(flags, scopeOptions);
  if (Object.keys(scope).length > 1) refuse('--scope-pid and --scope-cgroup: a scope is one of them.');
  const options = optionsOf(flags, sensorOptions);
  const { source } = optionsOf(flags, hashOptions);
  const seconds = flags.number('duration', 0, false);
  return {
    options: {
      recentConnections: false, // no output has them
      ...options,
      ...(source === undefined ? {} : { hash: { algorithms: options['hash'], source } as HashOptions }),
      ...(Object.keys(archive).length === 0 ? {} : { archive }),
      ...(Object.keys(scope).length === 0 ? {} : { scope }),
    },
    durationMs: seconds === undefined ? undefined : seconds * 1000,
    maxEvents: flags.number('max-events', 1),
  };
}

/** Options that were checked, with the configuration that they name. */
export type PreparedOptions = SysmonOptions & { readonly config: RuleSet | undefined };

/** Checks the options and then reads the configuration: once, for it may be a pipe. No output is touched yet. */
export async function prepare(options: SysmonOptions): Promise<PreparedOptions> {
  new Sysmon(options);
  const { config } = options;
  return { ...options, config: config === undefined ? undefined : (await readConfiguration(config)).ruleSet };
}
