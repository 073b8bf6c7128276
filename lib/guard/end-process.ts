/** Ends the process that broke a policy: after the fact, for the event tells of what is done already. */
import { errnoName } from '../base/errno.js';
import { loadAddon } from '../native.js';
import type { Doer } from './facts.js';

/**
 * Sends SIGKILL to a process of an event, and to no other that may have its number by now. Gives what came of it, for a
 * person.
 *
 * @example
 * ```js
 * import { endProcess, Guard, parsePolicy } from '@org/sysmon/guard';
 *
 * const policy = parsePolicy('execute: { deny: [nc] }');
 * const guard = new Guard(policy, { onBreach: ({ process }) => process && console.error(endProcess(process)) });
 * console.log(guard.breaches.length);
 * ```
 */
export function endProcess({ pid, strongId }: Doer): string {
  const start = strongId?.split(':')[1];
  if (start === undefined || !/^\d+$/.test(start)) return 'not ended: when it began is not known';
  const error = loadAddon().killProcess(pid, BigInt(start));
  if (error === 0) return 'ended by SIGKILL, after it was done';
  return error === esrch ? 'not ended: it was over already' : `not ended: ${errnoName(error)}`;
}

const esrch = 3;
