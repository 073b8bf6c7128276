/** What the service runs by: a configuration, and the switches that were given with it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkOption, withImageRules } from '../config/config-options.js';
import { ConfigError, type Findings } from '../config/findings.js';
import { compile, optionsOf, type RuleSet } from '../config/index.js';
import type { OptionSetting } from '../config/model.js';
import { readConfig } from '../config/parse.js';
import { file, replaceFile } from './files.js';

export interface Settings {
  /** Counts what was set since it was installed. */
  readonly revision: number;
  /** What was called, as it is told where there is no configuration. */
  readonly commandLine: string;
  /** Path of the configuration as it was given: what lies beside the settings is a copy. Absent: none. */
  readonly configuration?: string;
  /** `-c --`: nothing but the defaults. */
  readonly defaults?: true;
  /** Options by their names in a configuration; they win over it. */
  readonly options: Readonly<Record<string, string>>;
  /** A file of types of the kernel. */
  readonly btfPath?: string;
  /** Counters are told at the end. */
  readonly debug?: true;
}

/** What a configuration comes to. */
export interface ServiceRules {
  readonly ruleSet: RuleSet;
  /** For event 16. */
  readonly name: string;
  readonly hash: string;
  readonly fieldSizes: Readonly<Record<string, number>> | undefined;
}

/** What is in force without a configuration. */
const empty = '<Sysmon schemaversion="4.90"><EventFiltering/></Sysmon>';

export const nowhere = { line: 1, column: 1 };

/** Reads a configuration with what switches add to it. Undefined if it cannot be used: `findings` says why. */
export function readRules(
  settings: Omit<Settings, 'revision'>,
  bytes: Uint8Array | undefined,
  findings: Findings,
): ServiceRules | undefined {
  const read = readConfig(bytes ?? empty, {}, findings);
  if (read === undefined || findings.errors.length > 0) return undefined;
  const given = Object.entries(settings.options).map(([name, value]): OptionSetting => ({ name, value, at: nowhere }));
  for (const option of given) checkOption(option, findings);
  const others = read.options.filter(({ name }) => settings.options[name] === undefined);
  const ruleSet = withImageRules({ ...read, options: [...others, ...given] }, findings);
  if (findings.errors.length > 0) return undefined;
  tryRules(ruleSet, findings);
  if (findings.errors.length > 0) return undefined;
  const ofFile = bytes !== undefined && settings.configuration !== undefined;
  return {
    ruleSet,
    name: ofFile ? settings.configuration : settings.defaults ? 'Defaults' : settings.commandLine,
    hash: ofFile ? `SHA256=${createHash('sha256').update(bytes).digest('hex')}` : '-',
    fieldSizes: optionsOf(ruleSet).fieldSizes,
  };
}

/** Only the engine knows whether it takes all rules. */
function tryRules(ruleSet: RuleSet, findings: Findings): void {
  try {
    compile(ruleSet, { compatibility: 'exact' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.take(error);
  }
}

export const readSettings = (): Settings => JSON.parse(readFileSync(file('settings'), 'utf8')) as Settings;

export const settingsText = (settings: Settings): string => `${JSON.stringify(settings, null, 2)}\n`;

/** The copy of the configuration; undefined: none was given. */
export const readCopy = ({ configuration }: Settings): Buffer | undefined =>
  configuration === undefined ? undefined : readFileSync(file('config'));

/** What lies there for whoever looks where Sysmon for Linux keeps its configuration. */
export const copyText = (bytes: Uint8Array | undefined): Uint8Array | string => bytes ?? `${empty}\n`;

/** Puts settings in the place of others. */
export function replaceSettings(settings: Settings, bytes: Uint8Array | undefined): void {
  replaceFile(file('config'), copyText(bytes));
  replaceFile(file('settings'), settingsText(settings));
}
