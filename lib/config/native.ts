/** The rule engine in the addon: the same one that the sensor's worker runs. */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Verdict of the engine on one event. */
export interface NativeVerdict {
  readonly log: boolean;
  /** Index into the engine's reasons: default, include, exclude, unmatched. */
  readonly reason: number;
  readonly ruleName: string;
  readonly rules: string[];
}

export interface NativePlan {
  /** Names of the fields whose values `evaluate` wants, in this order. */
  readonly fields: readonly string[];
  evaluate(eventId: number, values: readonly string[]): NativeVerdict;
  evaluateBatch(events: readonly (readonly [number, readonly string[]])[]): NativeVerdict[];
  benchmark(events: readonly (readonly [number, readonly string[]])[], rounds: number): { ns: number; logged: number };
}

interface RulesAddon {
  compilePlan(plan: Uint8Array): NativePlan;
}

let addon: RulesAddon | undefined;

function load(): RulesAddon {
  if (addon) return addon;
  const require = createRequire(import.meta.url);
  const root = fileURLToPath(new URL('../../', import.meta.url));
  // The sensor's addon has the engine in it; the small one exists in a checkout that was built for the engine's tests only.
  const small = `${root}build/Release/sysmon_rules.node`;
  if (!existsSync(`${root}build/Release/sysmon.node`) && existsSync(small)) return (addon = require(small) as RulesAddon);
  return (addon = (require('node-gyp-build') as (dir: string) => RulesAddon)(root));
}

/** Hands a plan to the engine. Throws if the plan, or a regular expression in it, is not valid. */
export function compileNative(plan: Uint8Array): NativePlan {
  return load().compilePlan(plan);
}
