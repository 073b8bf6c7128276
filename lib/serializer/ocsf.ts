/** Open Cybersecurity Schema Framework: one event of a normalized class for each event. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { fieldCutter } from './field-sizes.js';
import { mapper, put, type Row, type Tree } from './mapping.js';
import { ocsfClasses, ocsfCommon, ocsfKinds, ocsfUnknown, type OcsfClass, type OcsfKind } from './ocsf-table.js';
import { checkSerializerOptions } from './options.js';
import { containerOf, isLoss, type Serializer, type SerializerOptions } from './types.js';

const kindOf = (event: SysmonEvent): OcsfKind => ocsfKinds[event.type] ?? ocsfUnknown;

/** Fields of Sysmon that no row of the event takes: they go to `unmapped` under their own names. */
function leftOver(event: SysmonEvent): Row[] {
  const taken = new Set(kindOf(event).rows.map(([, source]) => source));
  // Its time is `time`.
  taken.add('data.UtcTime');
  return Object.keys(event.data)
    .filter((name) => !taken.has(`data.${name}`))
    .map((name): Row => [`unmapped.${name}`, `data.${name}`]);
}

const map = mapper((event) => [...ocsfCommon, ...kindOf(event).rows, ...leftOver(event)]);

/** Activities that depend on what the event says. */
function activityOf(event: SysmonEvent, kind: OcsfKind): readonly [number, string] {
  const { EventType, State, QueryStatus } = event.data as { EventType?: string; State?: string; QueryStatus?: string };
  if (State === 'Stopped') return [4, 'Stop'];
  if (EventType === 'CreatePipe') return [1, 'Create'];
  // No answer came in time: all there is, is the question.
  if (QueryStatus === '1460') return [1, 'Query'];
  if (kind.class === 'network' && event.extra.errno !== undefined) return [4, 'Fail'];
  return kind.activity;
}

/** OCSF with options. Labels become `metadata.tags`. */
export function createOcsf(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('ocsf', options);
  const cut = fieldCutter(options.fieldSizes);
  const tags = Object.entries(options.labels ?? {}).map(([name, value]) => ({ name, value }));
  return (event) => {
    if (isLoss(event)) return '';
    const seen = cut === undefined ? event : ({ ...event, data: cut(event.data) } as SysmonEvent);
    const kind = kindOf(seen);
    const { uid, name, category }: OcsfClass = ocsfClasses[kind.class];
    const [activity, activityName] = activityOf(seen, kind);
    const [severity, severityName] = kind.severity ?? [1, 'Informational'];
    const tree: Tree = {
      activity_id: activity,
      activity_name: activityName,
      category_uid: category[0],
      category_name: category[1],
      class_uid: uid,
      class_name: name,
      type_uid: uid * 100 + activity,
      type_name: `${name}: ${activityName}`,
      severity_id: severity,
      severity: severityName,
    };
    map(seen, tree);
    const profiles = ['host'];
    if (containerOf(seen.process) !== undefined) profiles.push('container');
    if (tree['attacks'] !== undefined) profiles.push('security_control');
    put(tree, ['metadata', 'profiles'], profiles);
    if (tags.length > 0) put(tree, ['metadata', 'tags'], tags);
    return JSON.stringify(tree);
  };
}

/** Open Cybersecurity Schema Framework 1.5. */
export const ocsf: Serializer<string> = createOcsf();
