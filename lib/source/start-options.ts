/** The options of start(), which a sensor and a recording have in common. */
import { checkNames, checkSignal } from '../base/check.js';

export interface StartOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Refuses what start() does not know, and gives the signal. */
export function checkStart(options: unknown): AbortSignal | undefined {
  return checkSignal('start()', checkNames<StartOptions>('start()', options, ['signal']).signal);
}
