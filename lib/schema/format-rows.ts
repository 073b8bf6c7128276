/**
 * How an event says what it becomes in other formats: rows of target, source and conversion that the serializers carry
 * out. What all events have in common stands in the tables of the serializers.
 */

/** Functions of lib/serializer/conversions.ts that an event's rows may name. */
export type RowConversion =
  | 'aboveZero'
  | 'address'
  | 'ancestry'
  | 'ancestryShort'
  | 'baseName'
  | 'boolean'
  | 'directionId'
  | 'directionName'
  | 'dnsAnswerObjects'
  | 'environmentObjects'
  | 'extension'
  | 'fingerprints'
  | 'folder'
  | 'hashObject'
  | 'hashValues'
  | 'ipVersionId'
  | 'lowerCase'
  | 'milliseconds'
  | 'modeTypeId'
  | 'modeTypeName'
  | 'number'
  | 'protocolNumber'
  | 'rcodeName'
  | 'responseCodeId'
  | 'shortLine'
  | 'text'
  | `${FileKind}Id`
  | `${FileKind}Name`;
type FileKind = 'regularFile' | 'unknownFile' | 'blockDevice' | 'namedPipe';

/** `[target, source, conversion]`; see `Row` in lib/serializer/mapping.ts. */
export type FormatRow = readonly [target: string, source: string, conversion?: RowConversion];

export interface EcsShape {
  /** `event.category`; ECS has none for some. */
  readonly category?: readonly string[];
  /** `event.type` */
  readonly type: readonly string[];
  /** What is peculiar to this type of event; it comes last and wins. */
  readonly rows?: readonly FormatRow[];
}

export interface OcsfShape {
  /** One of `ocsfClasses` in lib/serializer/ocsf-table.ts. */
  readonly class:
    | 'base'
    | 'file'
    | 'kernelExtension'
    | 'kernel'
    | 'memory'
    | 'module'
    | 'process'
    | 'network'
    | 'dns'
    | 'application';
  readonly activity: readonly [id: number, name: string];
  readonly rows: readonly FormatRow[];
  readonly severity?: readonly [id: number, name: string];
}

/**
 * A piece of a line for a person: the text of a field, or a field and the form that it is shown in. A field that says
 * nothing gives no piece, except where the form says otherwise. The forms are functions of
 * lib/serializer/text-details.ts.
 */
export type TextPart = string | readonly [field: string, form: TextForm];
export type TextForm =
  | 'dim'
  | 'queryType'
  | 'digest'
  | 'parent'
  | 'container'
  | 'outcome'
  | 'timeChange'
  | 'archived'
  | 'pipe'
  | 'connection'
  | 'listener'
  | 'mounted'
  | 'answer'
  | 'target'
  | 'anyTarget';

/** Events that happen to files or to processes, as ECS has them. */
export const ecsFile = (type: string, rows?: readonly FormatRow[]): EcsShape => ({
  category: ['file'],
  type: [type],
  ...(rows ? { rows } : {}),
});
export const ecsProcess = (type: string, rows?: readonly FormatRow[]): EcsShape => ({
  category: ['process'],
  type: [type],
  ...(rows ? { rows } : {}),
});
export const ecsFileHash: FormatRow = ['file.hash', 'data.Hashes', 'hashObject'];

/** A file by its path; `kind` stands where the event does not tell the kind of file. */
export const ocsfPath = (at: string, source: string, kind: FileKind): FormatRow[] => [
  [`${at}.name`, source, 'baseName'],
  [`${at}.path`, source],
  [`${at}.parent_folder`, source, 'folder'],
  [`${at}.type_id`, source, `${kind}Id`],
  [`${at}.type`, source, `${kind}Name`],
];

/** A process by its record. Ancestors beyond the parent are listed once, at the process that the event is about. */
export const ocsfRecord = (at: string, from: 'process' | 'parent'): FormatRow[] => [
  [`${at}.pid`, `${from}.pid`],
  [`${at}.uid`, `${from}.guid`],
  [`${at}.name`, `${from}.image`, 'baseName'],
  [`${at}.path`, `${from}.image`],
  [`${at}.cmd_line`, `${from}.commandLine`],
  [`${at}.created_time`, `${from}.startTime`, 'milliseconds'],
  [`${at}.working_directory`, `${from}.cwd`],
  ...ocsfPath(`${at}.file`, `${from}.image`, 'regularFile'),
  [`${at}.user.name`, `${from}.user`],
  [`${at}.user.uid`, `${from}.uid`, 'text'],
];

/** A process by its record, in short. */
export const ocsfRecordShort = (at: string, from: 'process' | 'parent'): FormatRow[] => [
  [`${at}.pid`, `${from}.pid`],
  [`${at}.uid`, `${from}.guid`],
  [`${at}.name`, `${from}.image`, 'baseName'],
  [`${at}.path`, `${from}.image`],
  [`${at}.cmd_line`, `${from}.commandLine`, 'shortLine'],
  ...ocsfPath(`${at}.file`, `${from}.image`, 'regularFile'),
  [`${at}.user.name`, `${from}.user`],
  [`${at}.user.uid`, `${from}.uid`, 'text'],
];

/** The process of an event that did not begin with it. */
export const ocsfShort = (at: string): FormatRow[] => [
  ...ocsfRecordShort(at, 'process'),
  [`${at}.parent_process.pid`, 'process.ppid', 'aboveZero'],
  [`${at}.parent_process.uid`, 'parent.guid'],
  [`${at}.parent_process.name`, 'parent.image', 'baseName'],
  [`${at}.parent_process.path`, 'parent.image'],
  [`${at}.ancestry`, 'process', 'ancestryShort'],
  [`${at}.container.uid`, 'container.id'],
];

/** The process that begins, whole. */
export const ocsfWhole = (at: string): FormatRow[] => [
  ...ocsfRecord(at, 'process'),
  [`${at}.parent_process.pid`, 'process.ppid', 'aboveZero'],
  [`${at}.parent_process.uid`, 'parent.guid'],
  [`${at}.parent_process.name`, 'parent.image', 'baseName'],
  [`${at}.parent_process.path`, 'parent.image'],
  [`${at}.parent_process.cmd_line`, 'parent.commandLine'],
  [`${at}.ancestry`, 'process', 'ancestry'],
  [`${at}.tid`, 'process.tid'],
  [`${at}.environment_variables`, 'process.env', 'environmentObjects'],
  [`${at}.container.uid`, 'container.id'],
  [`${at}.container.name`, 'container.name'],
  [`${at}.container.runtime`, 'container.runtime'],
  [`${at}.container.pod_uuid`, 'container.podUid'],
];

/** What Sysmon's own fields say of the process; they win over the record, for a filter may have changed them. */
export const ocsfOwn = (at: string): FormatRow[] => [
  [`${at}.pid`, 'data.ProcessId'],
  [`${at}.uid`, 'data.ProcessGuid'],
  [`${at}.name`, 'data.Image', 'baseName'],
  [`${at}.path`, 'data.Image'],
  ...ocsfPath(`${at}.file`, 'data.Image', 'regularFile'),
  [`${at}.user.name`, 'data.User'],
];

/** The process that did it. */
export const ocsfActor: readonly FormatRow[] = [
  ...ocsfShort('actor.process'),
  ...ocsfOwn('actor.process'),
  ['actor.user.name', 'data.User'],
  ['actor.user.uid', 'process.uid', 'text'],
];

/** The two processes of an event that one does to another. */
export const ocsfTarget: readonly FormatRow[] = [
  ['process.pid', 'data.TargetProcessId'],
  ['process.uid', 'data.TargetProcessGUID'],
  ['process.uid', 'data.TargetProcessGuid'],
  ['process.name', 'data.TargetImage', 'baseName'],
  ['process.path', 'data.TargetImage'],
  ...ocsfPath('process.file', 'data.TargetImage', 'regularFile'),
  ['process.user.name', 'data.TargetUser'],
];
export const ocsfSource: readonly FormatRow[] = [
  ['actor.process.pid', 'data.SourceProcessId'],
  ['actor.process.uid', 'data.SourceProcessGUID'],
  ['actor.process.uid', 'data.SourceProcessGuid'],
  ['actor.process.tid', 'data.SourceThreadId'],
  ['actor.process.name', 'data.SourceImage', 'baseName'],
  ['actor.process.path', 'data.SourceImage'],
  ['actor.user.name', 'data.SourceUser'],
];

/** A file that was renamed: what it was, and what it is. */
export const ocsfRenamed: OcsfShape = {
  class: 'file',
  activity: [5, 'Rename'],
  rows: [
    ...ocsfActor,
    ...ocsfPath('file', 'data.SourceFilename', 'unknownFile'),
    ['file.ext', 'data.SourceFilename', 'extension'],
    ['file.type_id', 'extra.file.mode', 'modeTypeId'],
    ['file.type', 'extra.file.mode', 'modeTypeName'],
    ...ocsfPath('file_result', 'data.TargetFilename', 'unknownFile'),
    ['file_result.ext', 'data.TargetFilename', 'extension'],
    ['file_result.type_id', 'extra.file.mode', 'modeTypeId'],
    ['file_result.type', 'extra.file.mode', 'modeTypeName'],
    ['file_result.size', 'extra.file.size'],
    ['file_result.uid', 'extra.file.inode'],
    ['file_result.modified_time', 'extra.file.mtime', 'milliseconds'],
  ],
};

/** An event of a file in `TargetFilename`. */
export const ocsfFile = (id: number, name: string, kind: 'unknownFile' | 'regularFile' = 'unknownFile'): OcsfShape => ({
  class: 'file',
  activity: [id, name],
  rows: [
    ...ocsfActor,
    ...ocsfPath('file', 'data.TargetFilename', kind),
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

/** An event of the sensor itself. */
export const ocsfSensor: readonly FormatRow[] = [
  ['app.name', '=sysmon'],
  ['app.vendor_name', '=org'],
  ['app.version', 'data.Version'],
];
