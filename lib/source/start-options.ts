/** The options of start(), which a sensor and a recording have in common. */
import { checkNames, checkSignal } from '../base/check.js';

/** How a source is started. Wrong options are refused with ERR_SYSMON_OPTION. */
export interface StartOptions {
  /** Stops the source when it is aborted; before it has started, start() rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Refuses what start() does not know, and gives the signal. */
export function checkStart(options: unknown): AbortSignal | undefined {
  return checkSignal('start()', checkNames<StartOptions>('start()', options, ['signal']).signal);
}
