/** The option `throttle`: no more than so many events a second. */
import { checkNames, integer } from '../base/check.js';
import { refuse, show } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { checkTypes, observedTypes } from '../event/type-names.js';
import type { NativeThrottle } from '../native.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

/** No more than so many events a second. */
export interface ThrottleOptions {
  /** 1 to 1,000,000. Seconds are those of the clock since boot. */
  readonly perSecond: number;
  /** Of each process, of each control group of version 2, or of each type of event. */
  readonly by: 'process' | 'cgroup' | 'type';
  /** Types that count and are suppressed; all others pass. Default: all but those about the sensor itself. */
  readonly types?: readonly EventType[] | undefined;
}

const ways: readonly unknown[] = ['process', 'cgroup', 'type'];
const none: NativeThrottle = Object.freeze({ perSecond: 0, by: 0, events: [] });

/** The option as the addon takes it. Throws SysmonError (ERR_SYSMON_OPTION). */
export function throttle(name: string, value: unknown): NativeThrottle {
  if (value === undefined) return none;
  const given = checkNames<Record<string, unknown>>(`option ${name}`, value, ['perSecond', 'by', 'types']);
  if (given['perSecond'] === undefined) refuse(`option ${name}: perSecond is missing: how many events a second?`);
  const perSecond = integer(`${name}.perSecond`, given['perSecond'], 0, 1, 1_000_000);
  const by = ways.indexOf(given['by']);
  if (by < 0)
    refuse(
      `option ${name}.by: expected 'process', 'cgroup' or 'type', got ${show(given['by'])}.${didYouMean(String(given['by']), ways as string[])}`,
    );
  const types = given['types'] === undefined ? observedTypes : checkTypes(`option ${name}.types`, given['types']);
  const own = types.find((type) => !observedTypes.includes(type));
  if (own !== undefined) refuse(`option ${name}.types: ${own} is about the sensor itself, and always told.`);
  if (types.length === 0) refuse(`option ${name}.types: it is empty: nothing would be throttled.`);
  return { perSecond, by, events: eventTable.filter((e) => types.includes(e.name)).map((e) => e.id) };
}
