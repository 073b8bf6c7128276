/** Flags that commands share, and what they make of them. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ArchiveOptions } from '../sensor/options.gen.js';
import type { RuleSet } from '../config/model.js';
import { readConfiguration } from '../source/configuration.js';
import { refuse } from '../base/errors.js';
import type { HashAlgorithm, SysmonOptions } from '../sensor/options.gen.js';
import type { EventType } from '../schema/events.gen.js';
import { Sysmon } from '../sysmon.js';

/** Flags of the commands that start a sensor. */
export const captureFlags = {
  config: { type: 'string' },
  compatibility: { type: 'string' },
  events: { type: 'string' },
  hash: { type: 'string' },
  'hash-timeout-ms': { type: 'string' },
  environment: { type: 'string' },
  duration: { type: 'string' },
  'max-events': { type: 'string' },
  'flush-ms': { type: 'string' },
  'ring-bytes': { type: 'string' },
  'flow-seconds': { type: 'string' },
  mdns: { type: 'boolean' },
  'archive-directory': { type: 'string' },
  'archive-hold': { type: 'string' },
  'archive-file-bytes': { type: 'string' },
  'archive-total-bytes': { type: 'string' },
  btf: { type: 'string' },
  tier: { type: 'string' },
} as const;

type CaptureValues = ReturnType<typeof parseArgs<{ options: typeof captureFlags }>>['values'];

/** What a sensor is asked for, and when it is to end. */
export interface CapturePlan {
  readonly options: SysmonOptions;
  readonly durationMs: number | undefined;
  readonly maxEvents: number | undefined;
}

/** As `parseArgs`, and what is wrong is SysmonError (ERR_SYSMON_OPTION). */
export function parseFlags<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    return refuse((cause as Error).message);
  }
}

export function number(flag: string, text: string | undefined, least: number, whole = true): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || (whole && !Number.isInteger(value)))
    refuse(`--${flag}: expected a ${whole ? 'whole ' : ''}number of at least ${least}, got '${text}'.`);
  return value;
}

/** Words joined by commas. None is refused, for so reads a variable of a script that is not set; `what` says what to give. */
export function list(flag: string, text: string, what: string): string[] {
  const words = text
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');
  if (words.length === 0) refuse(`--${flag}: it is empty. Give ${what}.`);
  return words;
}

/** The same with a word of its own for all of them, or for none. */
function listOr<W extends string>(
  flag: string,
  text: string | undefined,
  word: W,
  what: string,
): W | string[] | undefined {
  if (text === undefined) return undefined;
  return text.trim() === word ? word : list(flag, text, `${what} joined by commas, or ${word}`);
}

function archiveOf(v: CaptureValues): ArchiveOptions | undefined {
  const hold = v['archive-hold'];
  const options = {
    ...(hold === undefined ? {} : { hold: list('archive-hold', hold, 'directories joined by commas') }),
    maxFileBytes: number('archive-file-bytes', v['archive-file-bytes'], 1),
    maxTotalBytes: number('archive-total-bytes', v['archive-total-bytes'], 1),
  };
  return Object.values(options).every((value) => value === undefined) ? undefined : options;
}

/** What the flags say; refuses what makes no sense. */
export function capturePlan(v: CaptureValues): CapturePlan {
  if (v.tier !== undefined && !['auto', 'core', 'full'].includes(v.tier))
    refuse(`--tier: expected auto, core or full, got '${v.tier}'.`);
  if (v.tier === 'full') refuse('--tier full: this version has the core tier only.');
  const hash = listOr('hash', v.hash, 'none', 'SHA1, MD5, SHA256');
  const environment = listOr('environment', v.environment, 'none', 'names of variables');
  const seconds = number('duration', v.duration, 0, false);
  return {
    options: {
      config: v.config,
      compatibility: v.compatibility as SysmonOptions['compatibility'],
      events: listOr('events', v.events, 'all', 'types of events') as EventType[] | 'all' | undefined,
      hash: Array.isArray(hash) ? hash.map((h) => h.toUpperCase() as HashAlgorithm) : hash,
      hashTimeoutMs: number('hash-timeout-ms', v['hash-timeout-ms'], 0),
      environment: environment === 'none' ? [] : environment,
      flushIntervalMs: number('flush-ms', v['flush-ms'], 0),
      ringBytes: number('ring-bytes', v['ring-bytes'], 1),
      flowSeconds: number('flow-seconds', v['flow-seconds'], 1),
      mdns: v.mdns,
      archiveDirectory: v['archive-directory'],
      archive: archiveOf(v),
      btfPath: v.btf,
    },
    durationMs: seconds === undefined ? undefined : seconds * 1000,
    maxEvents: number('max-events', v['max-events'], 1),
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
