/** What a running sensor can be told anew, and what it is then to be. */
import { isDeepStrictEqual } from 'node:util';
import { checkNames } from '../base/check.js';
import { refuse } from '../base/errors.js';
import { sensorOptions } from '../schema/options.js';
import { configure, defaults, type Configured } from './configure.js';
import { hashParts } from './option-checks.js';
import type { HashOptions, SysmonOptions } from './options.gen.js';
import { checkOptions, type CheckedOptions } from './sensor-options.js';

/** Options that a running sensor takes. What is not given stays as it is. */
export type SysmonChanges = Pick<
  SysmonOptions,
  'config' | 'events' | 'hash' | 'filter' | 'labels' | 'redact' | 'throttle'
>;

const changeable: readonly string[] = ['config', 'events', 'hash', 'filter', 'labels', 'redact', 'throttle'];
/** Settings that follow from these. All others are fixed when the programs are loaded. */
const changing: ReadonlySet<string> = new Set(['events', 'plan', 'hashAlgorithms', 'redactions', 'throttle']);

/** What a sensor was given. */
export interface Asked {
  readonly given: SysmonOptions;
  readonly options: CheckedOptions;
}

/** What it runs by. */
export interface Running extends Asked {
  readonly configured: Configured;
}

/** What it runs by without a configuration. */
export const byDefaults = (asked: Asked): Running => ({ ...asked, configured: defaults(asked.options) });

/** The same with one. */
export async function configuredBy(asked: Asked, config = asked.options.config): Promise<Running> {
  if (config === undefined) return byDefaults(asked);
  return { ...asked, configured: await configure(asked.options, config) };
}

/** What ServiceConfigurationChange tells of it. */
export const configurationOf = ({ configured: { name, hash } }: Running) => ({
  Configuration: name,
  ConfigurationFileHash: hash,
});

/** Digests that are changed are reached as they were: what holds files open was begun with the sensor. */
function withSource(next: SysmonOptions['hash'], now: SysmonOptions['hash']): SysmonOptions['hash'] {
  const source = hashParts(now).source ?? 'path';
  if (typeof next === 'object' && 'source' in next && next.source !== undefined && next.source !== source)
    refuse(
      `configure(): hash.source cannot change while the sensor runs, and it is '${String(source)}'. Stop it, and make another one.`,
    );
  return { ...hashParts(next), source } as HashOptions;
}

/** What it is to run by. Rejects with SysmonError (ERR_SYSMON_OPTION, _CONFIG), and nothing has changed. */
export async function reconfigured(now: Running, changes: unknown): Promise<Running> {
  const names = sensorOptions.map(({ name }) => name);
  const asked = checkNames<Record<string, unknown>>('configure()', changes, names);
  const fixed = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined || changeable.includes(name) ? [] : [name],
  );
  if (fixed.length > 0)
    refuse(
      `configure(): ${fixed.join(', ')} cannot change while the sensor runs. Stop it, and make another one. What can change: ${changeable.join(', ')}.`,
    );
  const wanted = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const given: SysmonOptions = { ...now.given, ...wanted };
  if (given.hash !== now.given.hash) given.hash = withSource(given.hash, now.given.hash);
  const checked = checkOptions(given);
  // Filters that stay keep their counts, and a configuration that stays is not read anew: its file may have changed.
  const options = asked['filter'] === undefined ? { ...checked, filters: now.options.filters } : checked;
  const config = asked['config'] === undefined ? now.configured.ruleSet : options.config;
  const next = await configuredBy({ given, options }, config);
  const differ = Object.entries(next.configured.settings).flatMap(([name, value]) =>
    changing.has(name) || isDeepStrictEqual(value, now.configured.settings[name as 'archive']) ? [] : [name],
  );
  if (differ.length > 0)
    refuse(
      `configure(): the configuration asks for another ${differ.join(', ')}, which cannot change while the sensor runs. Stop it, and start it with that configuration.`,
    );
  return next;
}
