/**
 * `@org/sysmon`: the sensor. Importing it loads neither the addon nor anything of the other entry points.
 *
 * @module sysmon
 */
export {
  capabilities,
  type Capabilities,
  type CapabilitiesOptions,
  type EventCapability,
  type SilentEvent,
} from './sensor/capabilities.js';
export type { Redaction } from './sensor/redactions.js';
export type { StartOptions } from './source/start-options.js';
export type { StopOptions } from './source/stop-options.js';
export { SysmonError, type SysmonErrorCode } from './base/errors.js';
export type {
  AnyExtra,
  EventExtra,
  Labels,
  LosingProcess,
  LossRecord,
  MatchedRule,
  SysmonEventBase,
  Technique,
} from './event/event.js';
export type { BatchOptions, EventBatches } from './source/event-batches.js';
export type { EventIterator, EventsOptions } from './source/event-iterator.js';
export type { NativeArchiveStats, NativeExecutedStats, NativeStats } from './native-stats.js';
export type { Filter, FilterStats } from './filter/filter.js';
export type { FilterInput } from './filter/input.js';
export type { RecentConnection } from './event/process-source.js';
export type { SysmonListeners } from './source/listeners.js';
export type { ProcessLookup } from './sensor/look-up.js';
export type { SysmonChanges } from './sensor/reconfigure.js';
export type { ArchiveOptions, HashAlgorithm, ScopeOptions, SysmonOptions } from './sensor/options.gen.js';
export type * from './schema/events.gen.js';
export { eventTable, schemaVersion, type EventInfo } from './schema/tables.gen.js';
export { version } from './base/version.gen.js';
export type { ThrottleOptions } from './sensor/throttle.js';
export type { SysmonStats } from './sensor/sensor-stats.js';
export { Sysmon } from './sysmon.js';
