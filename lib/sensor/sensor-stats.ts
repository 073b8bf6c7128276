/** What a sensor counts. */
import type { FilterStats } from '../filter/filter.js';
import type { FilterGate } from '../filter/gate.js';
import type { NativeStats } from '../native-stats.js';
import type { EventType } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import type { LosingProcess } from '../event/event.js';
import type { LossTeller } from '../source/losses.js';

/**
 * Counters since the sensor was made, over all its runs; those of `native` are of the present run, or of the last one.
 */
export interface SysmonStats {
  /**
   * Delivered events by type: they passed rules and filters, and have a recordId. One that no listener heard and that
   * no iterator had room for is not among them, but in `lost.consumer`.
   */
  readonly events: Readonly<Partial<Record<EventType, number>>>;
  /** Events that a filter of the options dropped. */
  readonly filtered: number;
  /** What each filter of the options was asked and kept, in their order. */
  readonly filters: readonly FilterStats[];
  /**
   * Lost events by stage (see `LossRecord.stage`) and type. Of the stage `consumer` one counts once for each
   * iterator that had no room for it, also if others had it.
   */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Whose records were lost, as far as losses name them: at most 20, those that lost most first.
   */
  readonly losers: readonly LosingProcess[];
  /**
   * What no hook sees. `ioUring`: file operations that io_uring was given and whose outcome cannot be had, while file
   * events are captured.
   */
  readonly blind: { readonly ioUring: number };
  /** Batches that wait to be decoded. */
  readonly queuedBatches: number;
  /** Counters of the kernel side and the worker, at most a second old; undefined before the first start. */
  readonly native: NativeStats | undefined;
}

/** The counters of a sensor. `delivered`: by Sysmon's id. */
export function sensorStats(
  delivered: Float64Array,
  filters: FilterGate,
  losses: LossTeller,
  queuedBatches: number,
  native: NativeStats | undefined,
): SysmonStats {
  return {
    events: Object.fromEntries(eventTable.filter((e) => delivered[e.id] > 0).map((e) => [e.name, delivered[e.id]])),
    filtered: filters.dropped,
    filters: filters.stats(),
    lost: losses.counts(),
    losers: losses.losers(),
    blind: { ioUring: native?.ioUring ?? 0 },
    queuedBatches,
    native,
  };
}
