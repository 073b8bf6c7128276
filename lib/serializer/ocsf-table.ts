/** Open Cybersecurity Schema Framework 1.5: what each field becomes. Data only; the documentation and the tests read it too. */
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
} as const satisfies Record<string, OcsfClass>;

/** A file by its path; `type` stands where the event does not tell the kind of file. */
const fileRows = (
  at: string,
  source: string,
  type: 'regularFile' | 'unknownFile' | 'blockDevice' | 'namedPipe',
): Row[] => [
  [`${at}.name`, source, 'baseName'],
  [`${at}.path`, source],
  [`${at}.parent_folder`, source, 'folder'],
  [`${at}.type_id`, source, `${type}Id`],
  [`${at}.type`, source, `${type}Name`],
];

/** A process by its record. Ancestors beyond the parent are listed once, at the process that the event is about. */
const recordRows = (at: string, from: 'process' | 'parent'): Row[] => [
  [`${at}.pid`, `${from}.pid`],
  [`${at}.uid`, `${from}.guid`],
  [`${at}.name`, `${from}.image`, 'baseName'],
  [`${at}.path`, `${from}.image`],
  [`${at}.cmd_line`, `${from}.commandLine`],
  [`${at}.created_time`, `${from}.startTime`, 'milliseconds'],
  [`${at}.working_directory`, `${from}.cwd`],
  ...fileRows(`${at}.file`, `${from}.image`, 'regularFile'),
  [`${at}.user.name`, `${from}.user`],
  [`${at}.user.uid`, `${from}.uid`, 'text'],
];

const parentRows = (at: string): Row[] => [
  [`${at}.parent_process.pid`, 'process.ppid', 'aboveZero'],
  [`${at}.parent_process.uid`, 'parent.guid'],
  [`${at}.parent_process.name`, 'parent.image', 'baseName'],
  [`${at}.parent_process.path`, 'parent.image'],
  [`${at}.parent_process.cmd_line`, 'parent.commandLine'],
  [`${at}.ancestry`, 'process', 'ancestry'],
];

/** The process of the event, whole. */
const wholeRows = (at: string): Row[] => [
  ...recordRows(at, 'process'),
  ...parentRows(at),
  [`${at}.tid`, 'process.tid'],
  [`${at}.environment_variables`, 'process.env', 'environmentObjects'],
  [`${at}.container.uid`, 'container.id'],
  [`${at}.container.name`, 'container.name'],
  [`${at}.container.runtime`, 'container.runtime'],
  [`${at}.container.pod_uuid`, 'container.podUid'],
];

/** What Sysmon's own fields say of the process; they win over the record, for a filter may have changed them. */
const ownRows = (at: string): Row[] => [
  [`${at}.pid`, 'data.ProcessId'],
  [`${at}.uid`, 'data.ProcessGuid'],
  [`${at}.name`, 'data.Image', 'baseName'],
  [`${at}.path`, 'data.Image'],
  ...fileRows(`${at}.file`, 'data.Image', 'regularFile'),
  [`${at}.user.name`, 'data.User'],
];

const actor: Row[] = [
  ...wholeRows('actor.process'),
  ...ownRows('actor.process'),
  ['actor.user.name', 'data.User'],
  ['actor.user.uid', 'process.uid', 'text'],
];

const target: Row[] = [
  ['process.pid', 'data.TargetProcessId'],
  ['process.uid', 'data.TargetProcessGUID'],
  ['process.uid', 'data.TargetProcessGuid'],
  ['process.name', 'data.TargetImage', 'baseName'],
  ['process.path', 'data.TargetImage'],
  ...fileRows('process.file', 'data.TargetImage', 'regularFile'),
  ['process.user.name', 'data.TargetUser'],
];
const source: Row[] = [
  ['actor.process.pid', 'data.SourceProcessId'],
  ['actor.process.uid', 'data.SourceProcessGUID'],
  ['actor.process.uid', 'data.SourceProcessGuid'],
  ['actor.process.tid', 'data.SourceThreadId'],
  ['actor.process.name', 'data.SourceImage', 'baseName'],
  ['actor.process.path', 'data.SourceImage'],
  ['actor.user.name', 'data.SourceUser'],
];

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
  ['unmapped.techniques', 'event.techniques', 'usualTechniques'],
  ['unmapped.hook', 'extra.hook'],
  ['unmapped.truncated', 'extra.truncated'],
  ['unmapped.exposed', 'extra.exposed'],
  ['unmapped.uncertain', 'extra.uncertain'],
  ['unmapped.late', 'extra.late'],
  ['unmapped.signal', 'extra.signal'],
];

export interface OcsfKind {
  readonly class: keyof typeof ocsfClasses;
  readonly activity: readonly [id: number, name: string];
  readonly rows: readonly Row[];
  readonly severity?: readonly [id: number, name: string];
}

const fileKind = (id: number, name: string, type: 'unknownFile' | 'regularFile' = 'unknownFile'): OcsfKind => ({
  class: 'file',
  activity: [id, name],
  rows: [
    ...actor,
    ...fileRows('file', 'data.TargetFilename', type),
    ['file.ext', 'data.TargetFilename', 'extension'],
    ['file.created_time', 'data.CreationUtcTime', 'milliseconds'],
    ['file.hashes', 'data.Hashes', 'fingerprints'],
    ['file.hashes', 'extra.hashes', 'fingerprints'],
    ['file.type_id', 'extra.file.mode', 'modeTypeId'],
    ['file.type', 'extra.file.mode', 'modeTypeName'],
    ['file.size', 'extra.file.size'],
    ['file.uid', 'extra.file.inode'],
    ['file.modified_time', 'extra.file.mtime', 'milliseconds'],
  ],
});
const withoutPlace = (name: string): OcsfKind => ({ class: 'base', activity: [99, name], rows: actor });
const loadedFile = (at: string): Row[] => [
  ...fileRows(at, 'data.ImageLoaded', 'regularFile'),
  [`${at}.hashes`, 'data.Hashes', 'fingerprints'],
];
const endpoint = (at: string, from: 'Source' | 'Destination'): Row[] => [
  [`${at}.ip`, `data.${from}Ip`, 'address'],
  [`${at}.port`, `data.${from}Port`],
  [`${at}.hostname`, `data.${from}Hostname`],
  [`${at}.svc_name`, `data.${from}PortName`],
];
const app: Row[] = [
  ['app.name', '=sysmon'],
  ['app.vendor_name', '=org'],
  ['app.version', 'data.Version'],
];

/** Class, activity and rows by type of event. */
export const ocsfKinds: Readonly<Record<string, OcsfKind>> = {
  ProcessCreate: {
    class: 'process',
    activity: [1, 'Launch'],
    rows: [
      ...recordRows('actor.process', 'parent'),
      ['actor.process.pid', 'data.ParentProcessId', 'aboveZero'],
      ['actor.process.uid', 'data.ParentProcessGuid'],
      ['actor.process.name', 'data.ParentImage', 'baseName'],
      ['actor.process.path', 'data.ParentImage'],
      ...fileRows('actor.process.file', 'data.ParentImage', 'regularFile'),
      ['actor.process.cmd_line', 'data.ParentCommandLine'],
      ['actor.process.user.name', 'data.ParentUser'],
      ['actor.user.name', 'data.ParentUser'],
      ...wholeRows('process'),
      ...ownRows('process'),
      ['process.cmd_line', 'data.CommandLine'],
      ['process.working_directory', 'data.CurrentDirectory'],
      ['process.created_time', 'data.UtcTime', 'milliseconds'],
      ['process.file.hashes', 'data.Hashes', 'fingerprints'],
    ],
  },
  ProcessTerminate: {
    class: 'process',
    activity: [2, 'Terminate'],
    rows: [
      ...recordRows('actor.process', 'process'),
      ['actor.user.name', 'data.User'],
      ...wholeRows('process'),
      ...ownRows('process'),
      ['process.terminated_time', 'event.time', 'milliseconds'],
      ['exit_code', 'extra.exitCode'],
    ],
  },
  CreateRemoteThread: {
    class: 'process',
    activity: [4, 'Inject'],
    rows: [...wholeRows('actor.process'), ...source, ...target],
  },
  ProcessAccess: {
    class: 'process',
    activity: [3, 'Open'],
    rows: [...wholeRows('actor.process'), ...source, ...target],
  },
  PrivilegeChange: {
    class: 'process',
    activity: [5, 'Set User ID'],
    rows: [...actor, ...wholeRows('process'), ...ownRows('process')],
  },
  ProcessTampering: {
    class: 'memory',
    activity: [99, 'Tamper'],
    rows: [...actor, ...wholeRows('process'), ...ownRows('process')],
  },
  FileCreateTime: fileKind(6, 'Set Attributes'),
  FileCreate: fileKind(1, 'Create'),
  FileCreateStreamHash: fileKind(1, 'Create'),
  FileDelete: fileKind(4, 'Delete'),
  FileDeleteDetected: fileKind(4, 'Delete'),
  FileModify: fileKind(3, 'Update'),
  RawAccessRead: {
    class: 'file',
    activity: [2, 'Read'],
    rows: [...actor, ...fileRows('file', 'data.Device', 'blockDevice')],
  },
  PipeEvent: {
    class: 'file',
    activity: [14, 'Open'],
    rows: [...actor, ...fileRows('file', 'data.PipeName', 'namedPipe')],
  },
  ModuleLoad: {
    class: 'kernelExtension',
    activity: [1, 'Load'],
    rows: [...wholeRows('actor.process'), ...loadedFile('driver.file')],
  },
  ImageLoad: {
    class: 'module',
    activity: [1, 'Load'],
    rows: [
      ...actor,
      ...loadedFile('module.file'),
      ['module.load_type_id', '=1', 'number'],
      ['module.load_type', '=Standard'],
    ],
  },
  eBPFEvent: {
    class: 'kernel',
    activity: [1, 'Create'],
    rows: [
      ...actor,
      ['kernel.name', 'data.BpfProgramType'],
      ['kernel.name', 'data.BpfProgramName'],
      ['kernel.type_id', '=99', 'number'],
      ['kernel.type', '=eBPF program'],
    ],
  },
  NetworkConnect: {
    class: 'network',
    activity: [1, 'Open'],
    rows: [
      ...actor,
      ['connection_info.direction_id', 'data.Initiated', 'directionId'],
      ['connection_info.direction', 'data.Initiated', 'directionName'],
      ['connection_info.protocol_name', 'data.Protocol', 'lowerCase'],
      ['connection_info.protocol_num', 'data.Protocol', 'protocolNumber'],
      ['connection_info.protocol_ver_id', 'data.SourceIsIpv6', 'ipVersionId'],
      ...endpoint('src_endpoint', 'Source'),
      ...endpoint('dst_endpoint', 'Destination'),
    ],
  },
  DnsQuery: {
    class: 'dns',
    activity: [2, 'Response'],
    rows: [
      ...actor,
      ['query.hostname', 'data.QueryName'],
      ['query.type', 'extra.queryType'],
      ['rcode_id', 'data.QueryStatus', 'responseCodeId'],
      ['rcode', 'data.QueryStatus', 'rcodeName'],
      ['answers', 'data.QueryResults', 'dnsAnswerObjects'],
    ],
  },
  ServiceStateChange: { class: 'application', activity: [3, 'Start'], rows: app },
  ServiceConfigurationChange: { class: 'application', activity: [99, 'Configuration Change'], rows: app },
  Error: {
    class: 'base',
    activity: [99, 'Error'],
    rows: [
      ['status_id', '=2', 'number'],
      ['status', '=Failure'],
      ['status_code', 'data.ID'],
      ['status_detail', 'data.Description'],
    ],
    severity: [3, 'Medium'],
  },
  RegistryEvent: withoutPlace('Registry'),
  WmiEvent: withoutPlace('WMI'),
  ClipboardChange: withoutPlace('Clipboard'),
};

/** For a type that this version does not know. */
export const ocsfUnknown: OcsfKind = withoutPlace('Other');
