import { checkNames, checkSignal } from '../base/check.js';

/** What start() of a source of events takes. */
export interface StartOptions {
  readonly signal?: AbortSignal | undefined;
}

export function checkStart(options: unknown): AbortSignal | undefined {
  return checkSignal('start()', checkNames<StartOptions>('start()', options, ['signal']).signal);
}
