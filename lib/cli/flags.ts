/** Flags that several commands have. */
import { archiveOptions, hashOptions, scopeOptions, sensorOptions, withDefault } from '../schema/options.js';
import type { Format } from '../serializer/index.js';
import type { Flag } from './syntax.js';

/** Named here again, for the serializers take longer to load than all the rest, and most commands need none. */
const formats = Object.keys({
  text: 0,
  json: 0,
  xml: 0,
  winlogbeat: 0,
  ecs: 0,
  ocsf: 0,
} satisfies Record<Format, 0>);

/** Options with a flag, those of the archive after its directory. */
const optionRows = sensorOptions.flatMap((row) =>
  row.check.kind === 'archive'
    ? archiveOptions
    : row.check.kind === 'scope'
      ? scopeOptions
      : row.check.kind === 'hash'
        ? [row, ...hashOptions]
        : [row],
);
const optionFlags = optionRows.flatMap((row) =>
  row.flag === undefined ? [] : [{ ...row.flag, words: withDefault(row.flag.words, row) }],
);

/** Of the commands that start a sensor. */
export const captureFlags: readonly Flag[] = [
  ...optionFlags,
  { name: 'duration', value: 'S', words: 'stop after S seconds' },
  { name: 'max-events', value: 'N', words: 'stop after N captured events' },
  {
    name: 'tier',
    choices: ['auto', 'core', 'full'],
    words: 'which kernel hooks to use; this version has core only',
  },
];

export const format: Flag = {
  name: 'format',
  value: 'FORMAT',
  choices: formats,
  words: `${formats.join(', ')} (default: text on a terminal, json elsewhere)`,
};

/** What json writes of a process. */
export const jsonProcess: Flag = {
  name: 'json-process',
  choices: ['lean', 'full'],
  words:
    'json: processes whole where they begin and in short elsewhere (lean, the default), or everything everywhere (full)',
};

export const stats: Flag = { name: 'stats', words: 'print counters as JSON to standard error at the end' };

/** How text is shown. */
export const appearance: readonly Flag[] = [
  { name: 'wide', words: 'whole lines of text (default: on a terminal they are cut to its width)' },
  { name: 'color', words: 'colour text (default: on a terminal, unless NO_COLOR is set)' },
  { name: 'no-color', words: 'no colours' },
];
