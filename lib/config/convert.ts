/** From one language to the other. */
import type { RuleSet } from './model.js';
import { writeXml } from './xml-write.js';
import { writeYaml } from './yaml-write.js';

/**
 * Writes a rule set in the other language, or in the one asked for. Nothing is lost on the way to YAML; what XML cannot say is refused with
 * a `ConfigError` that names its line.
 */
export function convert(ruleSet: RuleSet, to: 'xml' | 'yaml' = ruleSet.format === 'xml' ? 'yaml' : 'xml'): string {
  return to === 'xml' ? writeXml(ruleSet) : writeYaml(ruleSet);
}
