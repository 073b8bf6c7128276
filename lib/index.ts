/** @packageDocumentation The sensor. Importing it loads neither the addon nor anything of the other entry points. */
export type { ArchiveOptions } from './archive.js';
export { capabilities, type Capabilities, type CapabilitiesOptions, type EventCapability } from './capabilities.js';
export type { StartOptions } from './check.js';
export { SysmonError, type SysmonErrorCode } from './errors.js';
export type { EventExtra, LossRecord, SysmonEventBase, Technique } from './event.js';
export type { EventIterator, EventsOptions } from './event-iterator.js';
export type { NativeArchiveStats, NativeStats } from './native.js';
export type { Filter, FilterStats } from './filter/filter.js';
export type { FilterInput } from './filter/input.js';
export type { RecentConnection } from './recent-connections.js';
export type { SysmonListeners } from './listeners.js';
export type { HashAlgorithm, SysmonOptions } from './options.js';
export type * from './schema/events.gen.js';
export { eventTable, schemaVersion, type EventInfo } from './schema/tables.gen.js';
export { Sysmon, version, type SysmonStats } from './sysmon.js';
