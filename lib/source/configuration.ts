/** Reads configurations. The languages they are written in are loaded only if there is one. */
import { createHash } from 'node:crypto';
import { SysmonError } from '../base/errors.js';
import type { RuleSet } from '../config/model.js';

const sha256 = (bytes: string | Uint8Array): string => `SHA256=${createHash('sha256').update(bytes).digest('hex')}`;

/** A configuration that has been read. */
export interface Configuration {
  readonly ruleSet: RuleSet;
  /** Its path, or what it is instead of a file. */
  readonly name: string;
  /** Digest of the file or text. */
  readonly hash: string;
  /** The file that it came from. */
  readonly file: string | undefined;
}

/**
 * Rule sets of files and texts that were read here. One that comes back is still that file, which may be a pipe and
 * cannot be read twice.
 */
const ofFiles = new WeakMap<RuleSet, Configuration>();

/**
 * Reads a configuration: a path, a text, `starter`, or a rule set as it is. Rejects with SysmonError
 * (ERR_SYSMON_CONFIG) if anything in it is wrong.
 */
export async function readConfiguration(config: string | RuleSet): Promise<Configuration> {
  const { isConfigText, parseConfig, readConfigFile } = await import('../config/index.js');
  if (typeof config !== 'string')
    return ofFiles.get(config) ?? { ruleSet: config, name: 'RuleSet', hash: '-', file: undefined };
  if (isConfigText(config)) {
    const text = { ruleSet: parseConfig(config), name: 'text', hash: sha256(config), file: undefined };
    ofFiles.set(text.ruleSet, text);
    return text;
  }
  const bytes = readConfigFile(config);
  const ruleSet = inConfiguration({ file: config }, () => parseConfig(bytes));
  const configuration = { ruleSet, name: config, hash: sha256(bytes), file: config };
  ofFiles.set(ruleSet, configuration);
  return configuration;
}

/**
 * Does something with a configuration; what is wrong in it is said with the name of its file, for whoever reads the
 * message has more than one.
 */
export function inConfiguration<T>({ file }: Pick<Configuration, 'file'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (file !== undefined && error instanceof SysmonError && error.code === 'ERR_SYSMON_CONFIG')
      error.message = `${file}:${error.message}`;
    throw error;
  }
}
