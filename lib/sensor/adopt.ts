/** Has a sensor take what a thread makes for its scope, and tells who is left of it. */
import { refuse, show, SysmonError } from '../base/errors.js';
import type { NativeSensor } from '../native.js';
import type { EventType } from '../schema/events.gen.js';
import type { ScopeOptions } from './options.gen.js';

/** Sensors whose adopt() is under way on this thread: within it, another one changes nothing. */
const adopting = new WeakSet<NativeSensor>();

/** What `make` gives, while which this thread's new processes are of the scope. `native`: of a sensor that runs. */
export function adopted<T>(make: () => T, scope: ScopeOptions | undefined, native: NativeSensor | undefined): T {
  if (typeof make !== 'function') refuse(`adopt(): expected a function, got ${show(make)}.`);
  if (scope?.spawned !== true)
    refuse('adopt(): the scope of this sensor is another. Make the sensor with scope: { spawned: true }.');
  if (!native) throw new SysmonError('ERR_SYSMON_STATE', 'adopt(): the sensor does not run. Call it after start().');
  if (adopting.has(native)) return make();
  if (!native.adopt(true))
    throw new SysmonError('ERR_SYSMON_STATE', 'adopt(): the sensor is failing, or the kernel cannot be told.');
  adopting.add(native);
  try {
    return make();
  } finally {
    adopting.delete(native);
    native.adopt(false);
  }
}

/** What only this library asks of a sensor. */
export interface Inside {
  readonly captured: ReadonlySet<EventType>;
  /** Whether anybody lives who is of the scope, where that is a tree. */
  readonly populated: boolean;
}

export const insideOf = ({ captured }: Pick<Inside, 'captured'>, native: NativeSensor | undefined): Inside => ({
  captured,
  populated: native?.populated() ?? false,
});
