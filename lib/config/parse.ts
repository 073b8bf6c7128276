/** From a file or its text to a rule set, whichever language. */
import { checkOptions, checkSource, isRuleSet } from './arguments.js';
import { decodeConfig } from './encoding.js';
import { ConfigError, Findings } from './findings.js';
import type { RuleSet } from './model.js';
import { readConfigFile } from './starter.js';
import { readXml } from './xml-read.js';
import { readYaml } from './yaml-read.js';

/** How a configuration is read. */
export interface ParseOptions {
  /** Default: XML if the first character is `<`, or if there is `<Sysmon` and no key of YAML; else YAML. */
  readonly format?: 'xml' | 'yaml';
}

/** Something before the first `<` is a mistake in XML rather than YAML. */
function isXml(text: string): boolean {
  return /^\s*</.test(text) || (/<Sysmon\b/.test(text) && !/^(?:schemaversion|options|rules)\s*:/m.test(text));
}

/**
 * Reads a configuration and collects what is wrong with it. Undefined if it is not even well-formed; never throws
 * {@link ConfigError}.
 */
export function readConfig(
  source: string | Uint8Array,
  options: ParseOptions,
  findings: Findings,
): RuleSet | undefined {
  try {
    const text = decodeConfig(source);
    if (text.trim() === '') throw new ConfigError('the configuration is empty', { line: 1, column: 1 });
    const format = options.format ?? (isXml(text) ? 'xml' : 'yaml');
    return format === 'xml' ? readXml(text, findings) : readYaml(text, findings);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.take(error);
    return undefined;
  }
}

/**
 * Reads a configuration, XML or YAML. Throws {@link ConfigError} if anything in it is wrong: a configuration is used
 * whole or not at all.
 *
 * @example
 * ```js
 * import { ConfigError, parseConfig } from '@org/sysmon/config';
 *
 * try {
 *   parseConfig('<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreat/></EventFiltering></Sysmon>');
 * } catch (error) {
 *   if (error instanceof ConfigError) console.error(error.line, error.column, error.message);
 * }
 * ```
 */
export function parseConfig(source: string | Uint8Array, options?: ParseOptions): RuleSet {
  return parse('parseConfig()', source, options);
}

function parse(where: string, source: string | Uint8Array, options: ParseOptions | undefined): RuleSet {
  const findings = new Findings();
  const ruleSet = readConfig(checkSource(where, source), checkOptions(where, options, ['format']), findings);
  findings.throwIfErrors();
  return ruleSet as RuleSet;
}

/**
 * What {@link loadConfig} takes for text: a path has no line break and does not begin as XML does.
 *
 * @example
 * ```js
 * import { isConfigText } from '@org/sysmon/config';
 *
 * console.log(isConfigText('<Sysmon/>'), isConfigText('/etc/sysmon/rules.xml')); // true false
 * ```
 */
export function isConfigText(source: string): boolean {
  return /^\s*</.test(source) || source.includes('\n');
}

/**
 * Reads a configuration from a file, from its text, or takes a rule set as it is. `starter` is the one that comes with
 * the package. Throws SysmonError (ERR_SYSMON_CONFIG) if the file cannot be read, {@link ConfigError} if anything in it
 * is wrong.
 *
 * @example
 * ```js
 * import { loadConfig } from '@org/sysmon/config';
 *
 * const ruleSet = loadConfig('/etc/sysmon/rules.xml');
 * console.log(ruleSet.groups.flatMap((group) => group.nodes.map((node) => node.tag)));
 * ```
 */
export function loadConfig(source: string | Uint8Array | RuleSet, options?: ParseOptions): RuleSet {
  const where = 'loadConfig()';
  if (isRuleSet(source)) return source;
  if (typeof source !== 'string' || isConfigText(source)) return parse(where, source, options);
  return parse(where, readConfigFile(source), options);
}
