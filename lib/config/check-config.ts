/** `sysmon config check`: everything that is wrong or doubtful in a configuration, with its place. */
import { checkOptions, checkSource } from './arguments.js';
import type { Compatibility } from './compile.js';
import { Findings, type Diagnostic } from './findings.js';
import { findBadLine } from './evaluate.js';
import { lint } from './lint.js';
import { readConfig, type ParseOptions } from './parse.js';

export interface CheckOptions extends ParseOptions {
  /** Some warnings depend on it. Default `linux`. */
  readonly compatibility?: Compatibility;
  /** Warnings count as errors. */
  readonly strict?: boolean;
}

/**
 * Checks a configuration, given as text or bytes. Returns errors and warnings in the order of the file; an empty list
 * is a clean bill. A configuration with an error cannot be used.
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
    if (findings.errors.length === 0) {
      const bad = findBadLine(ruleSet, compatibility);
      if (bad) findings.error('value', bad.message, bad.line.at);
    }
  }
  return findings.list
    .map((d): Diagnostic => (strict ? { ...d, severity: 'error' } : d))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}
