/** Open Cybersecurity Schema Framework: one event of a normalized class for each event. */
import type { AnyExtra } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventCutter } from './event-cutter.js';
import { documents, own, type Member, type Row } from './mapping.js';
import { ocsfClasses, ocsfCommon, ocsfKinds, ocsfUnknown, type OcsfClass, type OcsfKind } from './ocsf-table.js';
import { checkSerializerOptions } from './serializer-options.js';
import { prepared } from './prepared.js';
import { containerOf, isLoss, type Serializer, type SerializerOptions } from './serializer.js';

const kindOf = (event: SysmonEvent): OcsfKind => own(ocsfKinds, event.type) ?? ocsfUnknown;

/** Fields of Sysmon that no row of the event takes: they go to `unmapped` under their own names. */
function leftOver(event: SysmonEvent): Row[] {
  const taken = new Set(kindOf(event).rows.map(([, source]) => source));
  // Its time is `time`.
  taken.add('data.UtcTime');
  return Object.keys(event.data)
    .filter((name) => !taken.has(`data.${name}`))
    .map((name): Row => [`unmapped.${name}`, `data.${name}`]);
}

/** Activities that depend on what the event says. */
function activityOf(event: SysmonEvent, kind: OcsfKind): readonly [number, string] {
  const { EventType, State, QueryStatus } = event.data as { EventType?: string; State?: string; QueryStatus?: string };
  if (State === 'Stopped') return [4, 'Stop'];
  if (EventType === 'CreatePipe') return [1, 'Create'];
  // No answer came in time: all there is, is the question.
  if (QueryStatus === '1460') return [1, 'Query'];
  if (kind.class === 'network' && (event.extra as AnyExtra).errno !== undefined) return [4, 'Fail'];
  return kind.activity;
}

/** What every event begins with. */
function head(event: SysmonEvent): Member[] {
  const kind = kindOf(event);
  const { uid, name, category }: OcsfClass = ocsfClasses[kind.class];
  const [severity, severityName] = kind.severity ?? [1, 'Informational'];
  return [
    { target: 'activity_id', get: (e) => activityOf(e, kind)[0] },
    { target: 'activity_name', get: (e) => activityOf(e, kind)[1] },
    { target: 'category_uid', get: () => category[0] },
    { target: 'category_name', get: () => category[1] },
    { target: 'class_uid', get: () => uid },
    { target: 'class_name', get: () => name },
    { target: 'type_uid', get: (e) => uid * 100 + activityOf(e, kind)[0] },
    { target: 'type_name', get: (e) => `${name}: ${activityOf(e, kind)[1]}` },
    { target: 'severity_id', get: () => severity },
    { target: 'severity', get: () => severityName },
  ];
}

function profilesOf({ process, techniques }: SysmonEvent): string[] {
  return [
    'host',
    ...(containerOf(process) === undefined ? [] : ['container']),
    ...(techniques.some((t) => t.source === 'rule') ? ['security_control'] : []),
  ];
}

/** OCSF with options. Labels become `metadata.tags`. */
export function createOcsf(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('ocsf', options);
  const cut = eventCutter(options.fieldSizes);
  const tags = Object.freeze(Object.entries(options.labels ?? {}).map(([name, value]) => ({ name, value })));
  const write = documents((event) => [
    ...head(event),
    ...ocsfCommon,
    ...kindOf(event).rows,
    ...leftOver(event),
    { target: 'metadata.profiles', get: profilesOf },
    { target: 'metadata.tags', get: () => (tags.length > 0 ? tags : undefined) },
  ]);
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Open Cybersecurity Schema Framework 1.5. */
export const ocsf: Serializer<string> = createOcsf();
