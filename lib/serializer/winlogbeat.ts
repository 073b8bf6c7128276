/**
 * The shape in which Windows shippers send Sysmon's events: `winlog.event_data` with Sysmon's own names, all values
 * text. A query on those names finds a record of Windows and one of Linux.
 */
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import { eventCutter } from './event-cutter.js';
import { writers } from './winlogbeat.gen.js';
import { documents, fieldMember } from './documents.js';
import { shared, textOf } from './json-text.js';
import { ancestorRows } from './ecs-rows.js';
import type { Member, Row } from './mapping.js';
import { slots } from './process-texts.js';
import { checkSerializerOptions } from './serializer-options.js';
import { winlogbeatRows } from './winlogbeat-table.js';
import { prepared } from './prepared.js';
import { isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';

const versions = new Map(eventTable.map((e) => [e.id, e.version]));

/**
 * The members of `winlog`. `api` is that of shippers of the Windows event log, whose shape this is; its definition
 * demands it.
 */
export function winlogMembers({ id, type, data }: SysmonEvent): Member[] {
  const version = versions.get(id);
  const { pid } = process;
  const names = Object.keys(data);
  const fixed = (name: string, value: unknown): Member => ({
    target: `winlog.${name}`,
    get: () => value,
    fixed: true,
  });
  return [
    fixed('api', 'wineventlog'),
    fixed('channel', 'Linux-Sysmon/Operational'),
    { target: 'winlog.computer_name', get: ({ host }) => shared(host), written: true, code: 'shared(e.host)' },
    fixed('event_id', String(id)),
    fixed('provider_name', 'Linux-Sysmon'),
    fixed('provider_guid', '{ff032593-a8d3-4f13-b0d6-01fc615a0f97}'),
    { target: 'winlog.record_id', get: ({ recordId }) => textOf(recordId), written: true, code: 'textOf(e.recordId)' },
    fixed('opcode', 'Info'),
    fixed('task', type),
    { ...fixed('process.pid', pid), code: 'String(process.pid)' },
    { ...fixed('process.thread.id', pid), code: 'String(process.pid)' },
    fixed('version', version),
    ...names.map((name) => fieldMember(['winlog', 'event_data', name], name, textOf)),
    ...(names.length === 0 ? [fixed('event_data', Object.freeze({}))] : []),
  ];
}

/** The rows of an event: all that the format is. */
export function winlogbeatDocument(event: SysmonEvent, labels?: SerializerOptions['labels']): (Row | Member)[] {
  return [
    ...winlogbeatRows,
    ...(event.type === 'ProcessCreate' ? ancestorRows.whole : ancestorRows.short),
    { target: 'log.level', get: (e) => (e.id === 255 ? 'error' : 'information'), fixed: true },
    ...winlogMembers(event),
    { target: 'labels', get: labelsOf(labels) },
  ];
}

/** Winlogbeat's shape with options. */
export function createWinlogbeat(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('winlogbeat', options);
  const cut = eventCutter(options.fieldSizes);
  const { labels } = options;
  const write = documents(
    (event) => winlogbeatDocument(event, labels),
    labels === undefined && cut === undefined ? { slot: slots.winlogbeat, writers } : undefined,
  );
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Sysmon-style JSON as Winlogbeat sends it. */
export const winlogbeat: Serializer<string> = createWinlogbeat();
