/** From a configuration to what the sensor runs. The configuration languages are loaded only if there is one. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
}

const sha256 = (bytes: string | Uint8Array): string => `SHA256=${createHash('sha256').update(bytes).digest('hex')}`;

/** What runs without a configuration. */
export function defaults(options: CheckedOptions): Configured {
  return { settings: options.native, captured: options.captured, name: 'Defaults', hash: '-' };
}

/** Reads and compiles the configuration of the options. Rejects with SysmonError (ERR_SYSMON_CONFIG) if anything in it is wrong. */
export async function configure(options: CheckedOptions, config: NonNullable<CheckedOptions['config']>): Promise<Configured> {
  const { native } = options;
  const { eventsOfTag } = await import('./schema/manifest.js');
  const { compile, isConfigText, loadConfig, optionsOf, readStarter } = await import('./config/index.js');

  let source: string | Uint8Array | typeof config = config;
  let name = 'RuleSet';
  if (typeof config === 'string') {
    const text = isConfigText(config);
    name = text ? 'text' : config;
    if (!text) source = config === 'starter' ? readStarter() : readConfigFile(config);
  }
  const ruleSet = loadConfig(source);
  const said = optionsOf(ruleSet);
  const spoken = new Set(ruleSet.groups.flatMap((g) => g.nodes.flatMap((n) => eventsOfTag(n.tag).map((e) => e.id))));
  const captured = options.eventsGiven
    ? options.captured
    : new Set(eventTable.filter((e) => e.wire !== undefined && (e.default === 'log' || spoken.has(e.id))).map((e) => e.name));
  return {
    settings: {
      ...native,
      events: idsOf([...captured]),
      plan: compile(ruleSet, { compatibility: options.compatibility }).plan,
      hashAlgorithms:
        options.hashGiven || said.hashAlgorithms === undefined
          ? native.hashAlgorithms
          : checkHash(said.hashAlgorithms.length === 0 ? 'none' : said.hashAlgorithms),
    },
    captured,
    name,
    hash: typeof source === 'object' && !(source instanceof Uint8Array) ? '-' : sha256(source),
  };
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
