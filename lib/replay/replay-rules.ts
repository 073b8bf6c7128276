/** Rules over events of a recording: the sensor's engine, and the sensor's meaning. */
import { techniquesOf } from '../attack/index.js';
import type { Compatibility } from '../config/compile.js';
import { matchedRules } from '../event/matched-rules.js';
import type { RuleSet } from '../config/model.js';
import { inConfiguration, readConfiguration } from '../source/configuration.js';
import type { SysmonEvent } from '../schema/events.gen.js';

/** Says whether an event is kept; one that is has the names, tags and techniques of these rules. */
export type ReplayRules = (event: SysmonEvent) => boolean;

/** `wanted`: types that were asked for by name, so that they need no rule to be kept. */
export async function replayRules(
  config: string | RuleSet,
  compatibility: Compatibility,
  wanted: ReadonlySet<string> | 'all' | undefined,
): Promise<ReplayRules> {
  const { compile } = await import('../config/index.js');
  const configuration = await readConfiguration(config);
  const rules = inConfiguration(configuration, () => compile(configuration.ruleSet, { compatibility }));
  return (event) => {
    const { verdict, reason, ruleName, rules: names } = rules.evaluate(event);
    if (verdict === 'drop' && !(reason === 'default' && (wanted === 'all' || wanted?.has(event.type)))) return false;
    const data = event.data as { RuleName?: string };
    if (data.RuleName !== undefined) data.RuleName = ruleName;
    // Events of the sensor itself have neither rules nor techniques.
    if (event.process !== undefined) {
      const judged = event as { techniques: unknown; rules?: unknown };
      judged.techniques = Object.freeze(techniquesOf(event.type, names));
      judged.rules = matchedRules(names);
    }
    return true;
  };
}
