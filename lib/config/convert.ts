/** From one language to the other. */
import { checkChoice, checkRuleSet } from './arguments.js';
import type { RuleSet } from './model.js';
import { writeXml } from './xml-write.js';
import { writeYaml } from './yaml-write.js';

/**
 * Writes a rule set in the other language, or in the one asked for. Nothing is lost on the way to YAML; what XML cannot
 * say is refused with a `ConfigError` that names its line.
 */
export function convert(ruleSet: RuleSet, to?: 'xml' | 'yaml'): string {
  const { format } = checkRuleSet('convert()', ruleSet);
  const language = checkChoice('convert(): to', to, ['xml', 'yaml']) ?? (format === 'xml' ? 'yaml' : 'xml');
  return language === 'xml' ? writeXml(ruleSet) : writeYaml(ruleSet);
}
