/** Rows of ECS that the shape of Winlogbeat has too, for beside `winlog` its documents follow ECS. */
import type { Row } from './mapping.js';

export const containerRows: readonly Row[] = [
  ['container.id', 'container.id'],
  ['container.name', 'container.name'],
  ['container.runtime', 'container.runtime'],
  ['container.image.name', 'container.image'],
  ['container.labels', 'container.labels'],
  ['orchestrator.namespace', 'container.namespace'],
  ['orchestrator.resource.id', 'container.podUid'],
  ['orchestrator.resource.name', 'container.podName'],
];

export const techniqueRows: readonly Row[] = [
  ['threat.framework', 'event.techniques', 'framework'],
  ['threat.tactic.name', 'event.techniques', 'tactics'],
  ['threat.technique.id', 'event.techniques', 'techniqueIds'],
  ['threat.technique.name', 'event.techniques', 'techniqueNames'],
  ['threat.technique.subtechnique.id', 'event.techniques', 'subtechniqueIds'],
  ['threat.technique.subtechnique.name', 'event.techniques', 'subtechniqueNames'],
];

/** What ECS has no field for. */
export const ownRows: readonly Row[] = [
  ['sysmon.strong_id', 'process.strongId'],
  ['sysmon.login_uid', 'process.loginUid'],
  ['sysmon.container_user', 'process.containerUser'],
  ['sysmon.rules', 'event.rules', 'ruleNames'],
  ['sysmon.hook', 'extra.hook'],
];

/** The line of ancestors where a process begins, and elsewhere. */
export const ancestorRows: { readonly whole: readonly Row[]; readonly short: readonly Row[] } = {
  whole: [['sysmon.ancestors', 'process', 'ancestors']],
  short: [['sysmon.ancestors', 'process', 'ancestorsShort']],
};
