/** Options of the JSON serializer: what of a process is written where. */
import { didYouMean } from '../base/nearest.js';
import { refuse, show } from '../base/errors.js';
import { commonExtra, ownExtra } from '../schema/extra.js';
import { namedEvents } from '../schema/layout.js';
import { processFields } from '../schema/process.js';
import { checkSerializerOptions } from './serializer-options.js';
import type { SerializerOptions } from './serializer.js';

export interface JsonOptions extends SerializerOptions {
  /**
   * `lean`, the default: a process is written whole on its ProcessCreate and in short elsewhere, sets of capabilities
   * are `"all"`, `"none"` or a list, and techniques that merely go with the type of the event are left out. `full`:
   * everything everywhere, uncut, as a recording has it.
   */
  process?: 'lean' | 'full' | undefined;
  /**
   * What lean JSON leaves out and is wanted all the same: `techniques`, fields of the process on every event
   * (`process.cwd`; `process.commandLine` means all of it), `process.ancestors.commandLine` and
   * `process.ancestors.strongId` (with the boot's id in each).
   */
  include?: readonly string[] | undefined;
  /**
   * What is not wanted: `process`, `process.env` and the like, `process.ancestors`, `process.ancestors.strongId` and
   * the like, `extra`, `extra.file` and the like, `techniques`, `rules`. `process.pid` and `process.strongId`, which
   * say which process it was, are left out with `process` alone.
   */
  exclude?: readonly string[] | undefined;
  /** Most ancestors, nearest first, from 0. Default: all, up to the first process. */
  ancestors?: number | undefined;
}

/** All fields of a process, in their order. */
export const processNames: readonly string[] = processFields.map(([name]) => name);
export const ancestorNames = ['pid', 'strongId', 'image', 'commandLine'] as const;

const ofProcess = processNames.map((name) => `process.${name}`);
const ofAncestors = ancestorNames.map((name) => `process.ancestors.${name}`);
const identity = ['process.pid', 'process.strongId', 'process.ancestors.pid'];
const extraNames = new Set(
  [...commonExtra, ...namedEvents.flatMap(({ name }) => ownExtra(name))].map(([name]) => `extra.${name}`),
);

const includable: readonly string[] = [
  ...['techniques', ...ofProcess],
  ...['process.ancestors.commandLine', 'process.ancestors.strongId'],
];
const excludable: readonly string[] = [
  ...['process', 'process.ancestors', 'extra', 'techniques', 'rules'],
  ...[...ofProcess, ...ofAncestors].filter((path) => !identity.includes(path)),
  ...extraNames,
];

function checkPaths(name: 'include' | 'exclude', value: unknown, known: readonly string[]): void {
  if (value === undefined) return;
  const where = `serializer json: ${name}`;
  if (!Array.isArray(value)) refuse(`${where}: expected a list such as ['process.cwd'], got ${show(value)}.`);
  for (const path of value as unknown[]) {
    if (typeof path !== 'string') refuse(`${where}: expected texts such as 'process.cwd', got ${show(path)}.`);
    if (known.includes(path)) continue;
    if (name === 'exclude' && identity.includes(path))
      refuse(`${where}: '${path}' says which process it was and is always written, unless 'process' is left out.`);
    if (name === 'exclude' && /^data(\.|$)/.test(path))
      refuse(`${where}: '${path}': fields of data are always written. fieldSizes cuts their texts.`);
    if (name === 'include' && excludable.includes(path))
      refuse(`${where}: '${path}' is written anyway. Known: ${known.join(', ')}.`);
    refuse(`${where}: '${path}' is unknown.${didYouMean(path, known)} Known: ${known.join(', ')}.`);
  }
}

/** The options without what is wrong with them, which is refused. */
export function checkJsonOptions(options: JsonOptions): void {
  checkSerializerOptions('json', options, ['process', 'include', 'exclude', 'ancestors']);
  const { process, include, exclude, ancestors } = options as Record<string, unknown>;
  if (process !== undefined && process !== 'lean' && process !== 'full')
    refuse(`serializer json: process: expected 'lean' or 'full', got ${show(process)}.`);
  checkPaths('include', include, includable);
  checkPaths('exclude', exclude, excludable);
  const both = ((include as string[] | undefined) ?? []).find((path) =>
    (exclude as string[] | undefined)?.includes(path),
  );
  if (both !== undefined) refuse(`serializer json: '${both}' is in include and in exclude: name it in one of them.`);
  if (ancestors !== undefined && (typeof ancestors !== 'number' || !Number.isInteger(ancestors) || ancestors < 0))
    refuse(`serializer json: ancestors: expected a whole number from 0, got ${show(ancestors)}.`);
}
