/**
 * Open Cybersecurity Schema Framework 1.5: what each field becomes. What is peculiar to a type of event stands in its
 * file of lib/schema/events/. The documentation and the tests read it too.
 */
import { events } from '../schema/events.js';
import { ocsfActor, ocsfFile, ocsfShort, ocsfSource, ocsfTarget, type OcsfShape } from '../schema/format-rows.js';
import type { Row } from './mapping.js';

export const ocsfVersion = '1.5.0';

export interface OcsfClass {
  readonly uid: number;
  readonly name: string;
  readonly category: readonly [uid: number, name: string];
}

const system = [1, 'System Activity'] as const;
const network = [4, 'Network Activity'] as const;

/** The classes that events become. */
export const ocsfClasses = {
  base: { uid: 0, name: 'Base Event', category: [0, 'Uncategorized'] },
  file: { uid: 1001, name: 'File System Activity', category: system },
  kernelExtension: { uid: 1002, name: 'Kernel Extension Activity', category: system },
  kernel: { uid: 1003, name: 'Kernel Activity', category: system },
  memory: { uid: 1004, name: 'Memory Activity', category: system },
  module: { uid: 1005, name: 'Module Activity', category: system },
  process: { uid: 1007, name: 'Process Activity', category: system },
  network: { uid: 4001, name: 'Network Activity', category: network },
  dns: { uid: 4003, name: 'DNS Activity', category: network },
  application: { uid: 6002, name: 'Application Lifecycle', category: [6, 'Application Activity'] },
} as const satisfies Record<OcsfShape['class'], OcsfClass>;

/** What every event has. */
export const ocsfCommon: readonly Row[] = [
  ['time', 'event.time', 'milliseconds'],
  ['message', 'event', 'summary'],
  ['metadata.version', `=${ocsfVersion}`],
  ['metadata.product.name', '=sysmon'],
  ['metadata.product.vendor_name', '=org'],
  ['metadata.event_code', 'event.id', 'text'],
  ['metadata.log_name', '=Linux-Sysmon/Operational'],
  ['metadata.log_provider', '=Linux-Sysmon'],
  ['metadata.sequence', 'event.recordId'],
  ['metadata.original_time', 'event.time'],
  ['device.hostname', 'event.host'],
  ['device.type_id', '=0', 'number'],
  ['device.type', '=Unknown'],
  ['device.os.name', '=Linux'],
  ['device.os.type', '=Linux'],
  ['device.os.type_id', '=200', 'number'],
  ['device.boot_uid', 'process.strongId', 'bootId'],
  ['status_id', '=1', 'number'],
  ['status', '=Success'],
  ['status_id', 'extra.errno', 'failureId'],
  ['status', 'extra.errno', 'failureName'],
  ['status_code', 'extra.errno', 'text'],
  ['attacks', 'event.techniques', 'attacks'],
  // What OCSF has no attribute for; fields of Sysmon that no row takes are added by name.
  ['unmapped.strong_id', 'process.strongId'],
  ['unmapped.login_uid', 'process.loginUid'],
  ['unmapped.container_image', 'container.image'],
  ['unmapped.container_labels', 'container.labels'],
  ['unmapped.container_user', 'process.containerUser'],
  ['unmapped.pod_name', 'container.podName'],
  ['unmapped.pod_namespace', 'container.namespace'],
  ['unmapped.origin', 'process.origin'],
  ['unmapped.remote', 'process.remote'],
  ['unmapped.rules', 'event.rules', 'ruleNames'],
  ['unmapped.hook', 'extra.hook'],
  ['unmapped.truncated', 'extra.truncated'],
  ['unmapped.exposed', 'extra.exposed'],
  ['unmapped.uncertain', 'extra.uncertain'],
  ['unmapped.snapshot', 'process.snapshot'],
  ['unmapped.late', 'extra.late'],
  ['unmapped.signal', 'extra.signal'],
];

export type OcsfKind = OcsfShape;

const withoutPlace = (name: string): OcsfKind => ({ class: 'base', activity: [99, name], rows: ocsfActor });

/** Types of events that this version does not make: recordings may have them. */
const others: Readonly<Record<string, OcsfKind>> = {
  CreateRemoteThread: {
    class: 'process',
    activity: [4, 'Inject'],
    rows: [...ocsfShort('actor.process'), ...ocsfSource, ...ocsfTarget],
  },
  FileCreateStreamHash: ocsfFile(1, 'Create'),
  RegistryEvent: withoutPlace('Registry'),
  WmiEvent: withoutPlace('WMI'),
  ClipboardChange: withoutPlace('Clipboard'),
};

/** Class, activity and rows by type of event. */
export const ocsfKinds: Readonly<Record<string, OcsfKind>> = {
  ...Object.fromEntries(events.map((e) => [e.name, e.ocsf])),
  ...others,
};

/** For a type that this version does not know. */
export const ocsfUnknown: OcsfKind = withoutPlace('Other');
