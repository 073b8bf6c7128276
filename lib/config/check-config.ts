/** `sysmon config check`: everything that is wrong or doubtful in a configuration, with its place. */
import { checkOptions, checkSource } from './arguments.js';
import type { Compatibility } from './compile.js';
import { compile } from './evaluate.js';
import { ConfigError, Findings, type Diagnostic } from './findings.js';
import { lint } from './lint.js';
import type { RuleSet } from './model.js';
import { readConfig, type ParseOptions } from './parse.js';

/** How a configuration is checked. */
export interface CheckOptions extends ParseOptions {
  /** Some warnings depend on it. Default `linux`. */
  readonly compatibility?: Compatibility;
  /** Warnings count as errors. */
  readonly strict?: boolean;
}

/**
 * Checks a configuration, given as text or bytes. Returns errors and warnings in the order of the file; an empty list
 * is a clean bill. A configuration with an error cannot be used. At most 1,000 errors and 1,000 warnings are listed; a
 * last one of code `cut` says how many more there are.
 *
 * @example
 * ```js
 * import { readFileSync } from 'node:fs';
 * import { checkConfig } from '@org/sysmon/config';
 *
 * for (const { line, column, severity, message } of checkConfig(readFileSync('rules.xml')))
 *   console.log(`${line}:${column}: ${severity}: ${message}`);
 * ```
 */
export function checkConfig(source: string | Uint8Array, options?: CheckOptions): Diagnostic[] {
  const {
    compatibility = 'linux',
    strict,
    ...format
  } = checkOptions('checkConfig()', options, ['format', 'compatibility', 'strict']);
  const findings = new Findings();
  const ruleSet = readConfig(checkSource('checkConfig()', source), format, findings);
  if (ruleSet) {
    lint(ruleSet, compatibility, findings);
    if (findings.errors.length === 0) tryRules(ruleSet, compatibility, findings);
  }
  return findings.inOrder.map((d): Diagnostic => (strict ? { ...d, severity: 'error' } : d));
}

/** Only the engine knows whether it takes all rules. */
function tryRules(ruleSet: RuleSet, compatibility: Compatibility, findings: Findings): void {
  try {
    compile(ruleSet, { compatibility });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.take(error);
  }
}
