/** Rows of the shape of Winlogbeat. */
import { containerRows, ownRows, techniqueRows } from './ecs-rows.js';
import type { Row } from './mapping.js';

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
  ...containerRows,
  ...techniqueRows,
  ...ownRows,
  ['sysmon.truncated', 'extra.truncated'],
  ['sysmon.uncertain', 'extra.uncertain'],
  ['sysmon.snapshot', 'process.snapshot'],
  ['sysmon.exit_code', 'extra.exitCode'],
  ['sysmon.signal', 'extra.signal'],
  ['sysmon.errno', 'extra.errno'],
];
