/** From one language to the other. */
import { refuse, show } from '../base/errors.js';
import { checkChoice, checkRuleSet } from './arguments.js';
import type { Diagnostic } from './findings.js';
import type { RuleSet } from './model.js';
import { writeXml } from './xml-write.js';
import { writeYaml } from './yaml-write.js';

/**
 * Writes a rule set in the other language, or in the one asked for. Nothing is lost on the way to YAML; what XML cannot
 * say is refused with a `ConfigError` that names its line. `tell` hears what is not the same afterwards, though it
 * means the same: what a rule set does not hold (`leftOut`), and characters of comments that XML forbids.
 *
 * @example
 * ```js
 * import { convert, loadConfig } from '@org/sysmon/config';
 *
 * console.log(convert(loadConfig('rules.xml'), 'yaml', ({ line, message }) => console.error(line, message)));
 * ```
 */
export function convert(ruleSet: RuleSet, to?: 'xml' | 'yaml', tell?: (difference: Diagnostic) => void): string {
  const { format, leftOut = [] } = checkRuleSet('convert()', ruleSet);
  const language = checkChoice('convert(): to', to, ['xml', 'yaml']) ?? (format === 'xml' ? 'yaml' : 'xml');
  if (tell !== undefined && typeof tell !== 'function')
    refuse(`convert(): tell: expected a function, got ${show(tell)}.`);
  for (const d of leftOut) tell?.(d);
  return language === 'xml' ? writeXml(ruleSet, tell) : writeYaml(ruleSet);
}
