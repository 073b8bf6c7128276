/**
 * The shape in which Windows shippers send Sysmon's events: `winlog.event_data` with Sysmon's own names, all values
 * text. A query on those names finds a record of Windows and one of Linux.
 */
import { printableJson } from '../base/printable.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import { eventCutter } from './event-cutter.js';
import { flat, number, shared, text } from './json-text.js';
import { documents } from './mapping.js';
import { checkSerializerOptions } from './serializer-options.js';
import { winlogbeatRows } from './winlogbeat-table.js';
import { prepared } from './prepared.js';
import { isLoss, type Serializer, type SerializerOptions } from './serializer.js';

const versions = new Map(eventTable.map((e) => [e.id, e.version]));
const keys = new Map<string, string>();
const mostKeys = 1024;

/** The name of a field as a key. */
function keyOf(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    if (keys.size >= mostKeys) keys.clear();
    keys.set(name, (key = flat(`${printableJson(name)}:`)));
  }
  return key;
}

/**
 * The `winlog` object, in JSON. `api` is that of shippers of the Windows event log, whose shape this is; its definition
 * demands it.
 */
export function winlogText(event: SysmonEvent): string {
  const version = versions.get(event.id);
  let data = '';
  for (const [name, value] of Object.entries(event.data))
    data += (data === '' ? '' : ',') + keyOf(name) + text(String(value));
  return (
    `{"api":"wineventlog","channel":"Linux-Sysmon/Operational","computer_name":${shared(event.host)},"event_id":${text(String(event.id))},` +
    `"provider_name":"Linux-Sysmon","provider_guid":"{ff032593-a8d3-4f13-b0d6-01fc615a0f97}","record_id":${text(String(event.recordId))},` +
    `"opcode":"Info","task":${shared(event.type)},"process":{"pid":${process.pid},"thread":{"id":${process.pid}}},` +
    `${version === undefined ? '' : `"version":${number(version)},`}"event_data":{${data}}}`
  );
}

/** Winlogbeat's shape with options. */
export function createWinlogbeat(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('winlogbeat', options);
  const cut = eventCutter(options.fieldSizes);
  const { labels } = options;
  const write = documents(() => [
    ...winlogbeatRows,
    { target: 'log.level', get: (e) => (e.id === 255 ? 'error' : 'information') },
    { target: 'winlog', get: winlogText, written: true },
    { target: 'labels', get: () => labels },
  ]);
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Sysmon-style JSON as Winlogbeat sends it. */
export const winlogbeat: Serializer<string> = createWinlogbeat();
