import { causeText, SysmonError } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import type { CountedFilter, FilterStats } from './filter.js';

/** The filters of one source of events, and what they dropped. */
export class FilterGate {
  #filters: readonly CountedFilter[];
  readonly #onError: (error: SysmonError) => void;
  #dropped = 0;

  constructor(filters: readonly CountedFilter[], onError: (error: SysmonError) => void) {
    this.#filters = filters;
    this.#onError = onError;
  }

  /** From now on these filter. */
  replace(filters: readonly CountedFilter[]): void {
    this.#filters = filters;
  }

  get dropped(): number {
    return this.#dropped;
  }

  stats(): readonly FilterStats[] {
    return this.#filters.map((f) => f.stats());
  }

  passes(event: SysmonEvent): boolean {
    for (const filter of this.#filters) {
      try {
        if (!filter(event)) {
          this.#dropped++;
          return false;
        }
      } catch (cause) {
        // It did not say no: the event stays.
        this.#onError(
          new SysmonError('ERR_SYSMON_LISTENER', `a filter threw on a ${event.type} event: ${causeText(cause)}`, {
            cause,
          }),
        );
      }
    }
    return true;
  }
}
