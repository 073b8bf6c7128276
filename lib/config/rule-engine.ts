/** The rule engine in the addon: the same one that the sensor's worker runs. */
import { loadAddon, type NativePlan } from '../native.js';

export type { NativePlan, NativeVerdict } from '../native.js';

/** Hands a plan to the engine. Throws if the plan, or a regular expression in it, is not valid. */
export function compileNative(plan: Uint8Array): NativePlan {
  return loadAddon().compilePlan(plan);
}
