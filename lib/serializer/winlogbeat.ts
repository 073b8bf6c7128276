/**
 * The shape in which Windows shippers send Sysmon's events: `winlog.event_data` with Sysmon's own names, all values text. A
 * query on those names finds a record of Windows and one of Linux.
 */
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import { fieldCutter } from './field-sizes.js';
import { mapper, type Row, type Tree } from './mapping.js';
import { checkSerializerOptions } from './options.js';
import { isLoss, type Serializer, type SerializerOptions } from './types.js';

/** What stands beside `winlog`. */
export const winlogbeatRows: readonly Row[] = [
  ['@timestamp', 'event.time'],
  ['message', 'event', 'summary'],
  ['event.kind', '=event'],
  ['event.code', 'event.id', 'text'],
  ['event.action', 'event.type'],
  ['event.provider', '=Linux-Sysmon'],
  ['host.name', 'event.host'],
  ['host.os.type', '=linux'],
  ['container.id', 'container.id'],
  ['container.name', 'container.name'],
  ['container.runtime', 'container.runtime'],
  ['threat.framework', 'event.techniques', 'framework'],
  ['threat.tactic.name', 'event.techniques', 'tactics'],
  ['threat.technique.id', 'event.techniques', 'techniqueIds'],
  ['threat.technique.name', 'event.techniques', 'techniqueNames'],
  ['threat.technique.subtechnique.id', 'event.techniques', 'subtechniqueIds'],
  ['threat.technique.subtechnique.name', 'event.techniques', 'subtechniqueNames'],
  ['sysmon.strong_id', 'process.strongId'],
  ['sysmon.login_uid', 'process.loginUid'],
  ['sysmon.ancestors', 'process', 'ancestors'],
  ['sysmon.techniques', 'event.techniques', 'usualTechniques'],
  ['sysmon.hook', 'extra.hook'],
  ['sysmon.truncated', 'extra.truncated'],
  ['sysmon.uncertain', 'extra.uncertain'],
  ['sysmon.exit_code', 'extra.exitCode'],
  ['sysmon.signal', 'extra.signal'],
  ['sysmon.errno', 'extra.errno'],
];

const map = mapper(() => winlogbeatRows);
const versions = new Map(eventTable.map((e) => [e.id, e.version]));

/** The `winlog` object. */
export function winlogOf(event: SysmonEvent): Tree {
  const eventData: Tree = {};
  for (const [name, value] of Object.entries(event.data)) eventData[name] = String(value);
  const version = versions.get(event.id);
  return {
    // The one for shippers of the Windows event log, whose shape this is; the definition of the shape demands it.
    api: 'wineventlog',
    channel: 'Linux-Sysmon/Operational',
    computer_name: event.host,
    event_id: String(event.id),
    provider_name: 'Linux-Sysmon',
    provider_guid: '{ff032593-a8d3-4f13-b0d6-01fc615a0f97}',
    record_id: String(event.recordId),
    opcode: 'Info',
    task: event.type,
    process: { pid: process.pid, thread: { id: process.pid } },
    ...(version === undefined ? {} : { version }),
    event_data: eventData,
  };
}

/** Winlogbeat's shape with options. */
export function createWinlogbeat(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('winlogbeat', options);
  const cut = fieldCutter(options.fieldSizes);
  return (event) => {
    if (isLoss(event)) return '';
    const seen = cut === undefined ? event : ({ ...event, data: cut(event.data) } as SysmonEvent);
    const tree: Tree = {};
    map(seen, tree);
    tree['log'] = { level: seen.id === 255 ? 'error' : 'information' };
    tree['winlog'] = winlogOf(seen);
    if (options.labels !== undefined) tree['labels'] = options.labels;
    return JSON.stringify(tree);
  };
}

/** Sysmon-style JSON as Winlogbeat sends it. */
export const winlogbeat: Serializer<string> = createWinlogbeat();
