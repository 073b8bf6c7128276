/** Members of a document of OCSF that no row of its tables can say. */
import type { AnyExtra, Technique } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { own } from './mapping.js';
import { ocsfClasses, ocsfKinds, ocsfUnknown, type OcsfKind } from './ocsf-table.js';
import { containerOf } from './serializer.js';

export const kindOf = (event: SysmonEvent): OcsfKind => own(ocsfKinds, event.type) ?? ocsfUnknown;

/** Activities that depend on what the event says. */
function activityOf(event: SysmonEvent): readonly [number, string] {
  const kind = kindOf(event);
  const { EventType, State, QueryStatus } = event.data as { EventType?: string; State?: string; QueryStatus?: string };
  if (State === 'Stopped') return [4, 'Stop'];
  if (EventType === 'CreatePipe') return [1, 'Create'];
  // No answer came in time: all there is, is the question.
  if (QueryStatus === '1460') return [1, 'Query'];
  if (kind.class === 'network' && (event.extra as AnyExtra).errno !== undefined) return [4, 'Fail'];
  return kind.activity;
}

export const activityId = (e: SysmonEvent): number => activityOf(e)[0];
export const activityName = (e: SysmonEvent): string => activityOf(e)[1];
export const typeUid = (e: SysmonEvent): number => ocsfClasses[kindOf(e).class].uid * 100 + activityId(e);
export const typeName = (e: SysmonEvent): string => `${ocsfClasses[kindOf(e).class].name}: ${activityName(e)}`;

const isRuled = (t: Technique): boolean => t.source === 'rule';

/** In JSON. */
export function profilesOf({ process, techniques }: SysmonEvent): string {
  const container = containerOf(process) === undefined ? '' : ',"container"';
  return `["host"${container}${techniques.some(isRuled) ? ',"security_control"' : ''}]`;
}
