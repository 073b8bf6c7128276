/** Flags of the commands: their words for the help, and what is made of them. */
import { parseArgs } from 'node:util';
import { refuse } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';
import { archiveOptions, sensorOptions, withDefault, type Flag, type OptionRow } from '../schema/options.js';
import type { SysmonOptions } from '../sensor/options.gen.js';
import { readConfiguration } from '../source/configuration.js';
import { Sysmon } from '../sysmon.js';
import { formats } from './formats.js';

/** Options with a flag, those of the archive after its directory. */
const optionRows = sensorOptions.flatMap((row) => (row.check.kind === 'archive' ? archiveOptions : [row]));
const optionFlags = optionRows.flatMap((row) =>
  row.flag === undefined ? [] : [{ ...row.flag, words: withDefault(row.flag.words, row) }],
);

/** Of the commands that start a sensor. */
export const captureFlags: readonly Flag[] = [
  ...optionFlags,
  { name: 'duration', value: 'S', words: 'stop after S seconds' },
  { name: 'max-events', value: 'N', words: 'stop after N captured events' },
  { name: 'tier', value: 'auto|core|full', words: 'which kernel hooks to use; this version has core only' },
];

const format: Flag = {
  name: 'format',
  value: 'FORMAT',
  words: `${formats.join(', ')} (default: text on a terminal, json elsewhere)`,
};
const stats: Flag = { name: 'stats', words: 'print counters as JSON to standard error at the end' };
const colour: readonly Flag[] = [
  { name: 'color', words: 'colour text (default: on a terminal, unless NO_COLOR is set)' },
  { name: 'no-color', words: 'no colours' },
];

/** Of `run` alone. */
export const runFlags: readonly Flag[] = [
  format,
  {
    name: 'output',
    value: 'FILE | -',
    words: 'where events go (default: -, standard output); a file is appended to',
  },
  stats,
  ...colour,
];

/** Of `replay`. */
export const eventsFlag: Flag = { name: 'events', value: 'A,B', words: 'only these types', items: 'types of events' };

export const replayFlags: readonly Flag[] = [
  {
    name: 'config',
    value: 'FILE',
    words: 'rules that judge the events anew: Sysmon XML or YAML, or starter',
  },
  { name: 'compatibility', value: 'MODE', words: 'linux (default) or exact, see sysmon --help' },
  eventsFlag,
  format,
  { name: 'max-events', value: 'N', words: 'stop after N events' },
  ...colour,
  stats,
];

/** What was given on a command line. */
export class Given {
  readonly positionals: readonly string[];
  readonly help: boolean;
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  /** Refuses flags that no row has, with the words of node. */
  constructor(argv: readonly string[], flags: readonly Flag[], allowPositionals: boolean) {
    const options = Object.fromEntries(
      flags.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' } as const]),
    );
    try {
      const { values, positionals } = parseArgs({
        args: [...argv],
        options: { ...options, help: { type: 'boolean', short: 'h' } },
        allowPositionals,
      });
      this.#values = values;
      this.positionals = positionals;
      this.help = values.help === true;
    } catch (cause) {
      refuse((cause as Error).message);
    }
  }

  /** The text of a flag. */
  text(name: string): string | undefined {
    return this.#values[name] as string | undefined;
  }

  /** Whether a switch was given. */
  on(name: string): true | undefined {
    return this.#values[name] === true ? true : undefined;
  }

  number(name: string, least: number, whole = true): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || (whole && !Number.isInteger(value)))
      refuse(`--${name}: expected a ${whole ? 'whole ' : ''}number of at least ${least}, got '${text}'.`);
    return value;
  }

  /**
   * Words joined by commas, or the flag's own word for all of them or for none. No word at all is refused, for so reads
   * a variable of a script that is not set.
   */
  list({ name, items, word }: Flag): string | string[] | undefined {
    const text = this.text(name);
    if (text === undefined || (word !== undefined && text.trim() === word)) return text?.trim();
    const words = text
      .split(',')
      .map((s) => s.trim())
      .filter((s) => s !== '');
    if (words.length === 0)
      refuse(`--${name}: it is empty. Give ${items} joined by commas${word === undefined ? '' : `, or ${word}`}.`);
    return words;
  }

  /** The one file that a command wants. */
  file(command: string): string {
    const [file] = this.positionals;
    if (file === undefined || file === '' || this.positionals.length > 1) refuse(`${command}: expected one file.`);
    return file;
  }
}

/** The value of an option as its flag gives it. */
function valueOf(given: Given, { check }: OptionRow, flag: Flag): unknown {
  switch (check.kind) {
    case 'whole':
    case 'power':
      return given.number(flag.name, Math.min(1, check.least));
    case 'truth':
      return given.on(flag.name);
    case 'variables':
    case 'directories': {
      const list = given.list(flag);
      return list === flag.word && list !== undefined ? [] : list;
    }
    case 'hash': {
      const list = given.list(flag);
      return Array.isArray(list) ? list.map((word) => word.toUpperCase()) : list;
    }
    case 'events':
      return given.list(flag);
    case 'path':
    case 'directory':
    case 'config':
    case 'compatibility':
    case 'filter':
    case 'archive':
      return given.text(flag.name);
  }
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
  const tier = flags.text('tier');
  if (tier !== undefined && !['auto', 'core', 'full'].includes(tier))
    refuse(`--tier: expected auto, core or full, got '${tier}'.`);
  if (tier === 'full') refuse('--tier full: this version has the core tier only.');
  const archive = optionsOf(flags, archiveOptions);
  const seconds = flags.number('duration', 0, false);
  return {
    options: { ...optionsOf(flags, sensorOptions), ...(Object.keys(archive).length === 0 ? {} : { archive }) },
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
