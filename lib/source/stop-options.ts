/** The options of stop(), which a sensor and a recording have in common. */
import { checkNames } from '../base/check.js';
import { refuse, show, SysmonError } from '../base/errors.js';

/** How a source is stopped. Wrong options are refused with ERR_SYSMON_OPTION. */
export interface StopOptions {
  /**
   * Milliseconds within which stop() settles, 1 to 600,000. What a sensor cannot deliver in that time is counted and
   * told as loss of stage `queue`. Default: stop() takes as long as the delivery of everything takes.
   */
  readonly timeoutMs?: number | undefined;
}

const longestMs = 600_000;

/** Refuses what stop() does not know, and gives the time that it has. */
export function checkStop(options: unknown): number | undefined {
  const { timeoutMs } = checkNames<StopOptions>('stop()', options, ['timeoutMs']);
  if (timeoutMs === undefined) return undefined;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > longestMs)
    refuse(`stop(): timeoutMs: expected a whole number from 1 to ${longestMs}, got ${show(timeoutMs)}.`);
  return timeoutMs;
}

/**
 * When the rest is given up, in milliseconds from now: first by the worker, which then waits for no digest any more,
 * then by JavaScript. The end takes its time too: programs must be taken off.
 */
export function giveUpTimes(timeoutMs: number): { readonly worker: number; readonly delivery: number } {
  const reserve = Math.min(timeoutMs / 4, 500);
  return { worker: Math.floor(timeoutMs - 2 * reserve), delivery: Math.floor(timeoutMs - reserve) };
}

/**
 * The same promise, but that it rejects after so many milliseconds (ERR_SYSMON_TIMEOUT), with `rest` as what becomes of
 * the source. `giveUp` is called before that, while there is time for an end in good order.
 */
export async function within(
  end: Promise<void>,
  timeoutMs: number,
  rest: string,
  giveUp: () => void = () => undefined,
): Promise<void> {
  const hurry = setTimeout(giveUp, giveUpTimes(timeoutMs).delivery);
  let last: NodeJS.Timeout | undefined;
  const late = new Promise<void>((_, reject) => {
    last = setTimeout(() => {
      reject(new SysmonError('ERR_SYSMON_TIMEOUT', `stop(): it had not ended after ${timeoutMs} ms. ${rest}`));
    }, timeoutMs);
  });
  try {
    await Promise.race([end, late]);
  } finally {
    clearTimeout(hurry);
    clearTimeout(last);
  }
}
