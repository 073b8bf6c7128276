/** Generates what a program sees of the options, and the settings that the addon takes. */
import {
  archiveOptions,
  derivedSettings,
  hashOptions,
  scopeOptions,
  sensorOptions,
  withDefault,
  type OptionRow,
} from '../../lib/schema/options.js';
import { banner } from './c.js';

/** A comment of as many lines as it needs, two columns in. */
function comment(text: string): string[] {
  if (text.length < 110) return [`  /** ${text} */`];
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > 112) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? '' : ' '}${word}`;
  }
  return ['  /**', ...lines.map((line) => `   * ${line}`), '   */'];
}

const options = (rows: readonly OptionRow[], modifier = ''): string[] =>
  rows.flatMap((row) => [...comment(withDefault(row.doc, row)), `  ${modifier}${row.name}?: ${row.type} | undefined;`]);

const settings = (rows: readonly OptionRow[]): string[] =>
  rows.flatMap(({ setting }) =>
    setting === undefined
      ? []
      : [...(setting.doc === undefined ? [] : comment(setting.doc)), `  readonly ${setting.name}: ${setting.type};`],
  );

export function optionsModule(): string {
  return [
    `// ${banner('lib/schema/options.ts')}`,
    "import type { RuleSet } from '../config/model.js';",
    "import type { FilterInput } from '../filter/input.js';",
    "import type { EventType } from '../schema/events.gen.js';",
    "import type { Redaction } from './redactions.js';",
    "import type { ThrottleOptions } from './throttle.js';",
    '',
    '/** Algorithms of digests, as Sysmon names them. */',
    "export type HashAlgorithm = 'SHA1' | 'MD5' | 'SHA256';",
    '',
    '/** What a sensor is made with. Everything is checked: a wrong or misspelled option is ERR_SYSMON_OPTION. */',
    'export interface SysmonOptions {',
    ...options(sensorOptions),
    '}',
    '',
    '/** Digests, and how the files are reached; see docs/hashes.md. */',
    'export interface HashOptions {',
    ...options(hashOptions, 'readonly '),
    '}',
    '',
    '/** Limits of the archive of deleted files, see docs/archive.md. */',
    'export interface ArchiveOptions {',
    ...options(archiveOptions, 'readonly '),
    '}',
    '',
    '/** Who is captured; one of the two. See docs/scope.md. */',
    'export interface ScopeOptions {',
    ...options(scopeOptions, 'readonly '),
    '}',
    '',
  ].join('\n');
}

export function settingsModule(): string {
  return [
    `// ${banner('lib/schema/options.ts')}`,
    '',
    '/** What the addon is started with. Everything in it has been checked. */',
    'export interface NativeSettings {',
    ...derivedSettings.flatMap(([name, type, doc]) => [...comment(doc), `  readonly ${name}: ${type};`]),
    ...settings(sensorOptions),
    '}',
    '',
    '/** What is taken out of texts. */',
    'export interface NativeRedaction {',
    '  /** Empty: all. */',
    '  readonly field: string;',
    '  /** Empty: the default set. */',
    '  readonly pattern: string;',
    '  readonly replace: string;',
    '}',
    '',
    '/** No more than so many events a second. */',
    'export interface NativeThrottle {',
    '  /** 0: as many as there are. */',
    '  readonly perSecond: number;',
    '  /** Of each: 0: process, 1: control group, 2: type. */',
    '  readonly by: number;',
    "  /** Sysmon's ids of those that count. */",
    '  readonly events: readonly number[];',
    '}',
    '',
    '/** The archive of deleted files. */',
    'export interface NativeArchive {',
    '  /** Empty: nothing is kept. */',
    '  readonly directory: string;',
    ...settings(archiveOptions),
    '}',
    '',
    '/** Who is captured: everybody, if neither is given. */',
    'export interface NativeScope {',
    ...settings(scopeOptions),
    '}',
    '',
  ].join('\n');
}
