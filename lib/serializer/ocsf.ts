/** Open Cybersecurity Schema Framework: one event of a normalized class for each event. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventCutter } from './event-cutter.js';
import { writers } from './ocsf.gen.js';
import { documents } from './documents.js';
import type { Get, Member, Row } from './mapping.js';
import { slots } from './process-texts.js';
import { activityId, activityName, kindOf, profilesOf, typeName, typeUid } from './ocsf-members.js';
import { ocsfClasses, ocsfCommon, type OcsfClass } from './ocsf-table.js';
import { checkSerializerOptions } from './serializer-options.js';
import { prepared } from './prepared.js';
import { isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';

/** Fields of Sysmon that no row of the event takes: they go to `unmapped` under their own names. */
function leftOver(event: SysmonEvent): Row[] {
  const taken = new Set(kindOf(event).rows.map(([, source]) => source));
  // Its time is `time`.
  taken.add('data.UtcTime');
  return Object.keys(event.data)
    .filter((name) => !taken.has(`data.${name}`))
    .map((name): Row => [`unmapped.${name}`, `data.${name}`]);
}

/** What every event begins with. */
function head(event: SysmonEvent): Member[] {
  const kind = kindOf(event);
  const { uid, name, category }: OcsfClass = ocsfClasses[kind.class];
  const [severity, severityName] = kind.severity ?? [1, 'Informational'];
  // In most types nothing that an event says changes it.
  const varies = kind.class === 'network' || ['EventType', 'State', 'QueryStatus'].some((name) => name in event.data);
  const usual = { fixed: true } as const;
  const activity = (target: string, get: Get): Member => ({
    target,
    get,
    ...(varies ? { code: `written(${get.name}(e))` } : usual),
  });
  return [
    activity('activity_id', activityId),
    activity('activity_name', activityName),
    { target: 'category_uid', get: () => category[0], fixed: true },
    { target: 'category_name', get: () => category[1], fixed: true },
    { target: 'class_uid', get: () => uid, fixed: true },
    { target: 'class_name', get: () => name, fixed: true },
    activity('type_uid', typeUid),
    activity('type_name', typeName),
    { target: 'severity_id', get: () => severity, fixed: true },
    { target: 'severity', get: () => severityName, fixed: true },
  ];
}

/** The rows of an event: all that the format is. */
export function ocsfRows(event: SysmonEvent, labels?: SerializerOptions['labels']): readonly (Row | Member)[] {
  const labelsFor = labelsOf(labels);
  const tagsOf = (e: SysmonEvent): unknown => {
    const tags = Object.entries(labelsFor(e) ?? {}).map(([name, value]) => ({ name, value }));
    return tags.length > 0 ? tags : undefined;
  };
  return [
    ...head(event),
    ...ocsfCommon,
    ...kindOf(event).rows,
    ...leftOver(event),
    { target: 'metadata.profiles', get: profilesOf, written: true, code: 'profilesOf(e)' },
    { target: 'metadata.tags', get: tagsOf },
  ];
}

/** OCSF with options. Labels become `metadata.tags`. */
export function createOcsf(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('ocsf', options);
  const cut = eventCutter(options.fieldSizes);
  const { labels } = options;
  const write = documents(
    (event) => ocsfRows(event, labels),
    labels === undefined && cut === undefined ? { slot: slots.ocsf, writers } : undefined,
  );
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Open Cybersecurity Schema Framework 1.5. */
export const ocsf: Serializer<string> = createOcsf();
