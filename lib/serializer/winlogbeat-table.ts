/** Rows of the shape of Winlogbeat. */
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
