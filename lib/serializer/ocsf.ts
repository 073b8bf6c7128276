/** Open Cybersecurity Schema Framework: one event of a normalized class for each event. */
import type { AnyExtra, Technique } from '../event/event.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventCutter } from './event-cutter.js';
import { documents } from './documents.js';
import { own, type Member, type Row } from './mapping.js';
import { slots } from './process-texts.js';
import { ocsfClasses, ocsfCommon, ocsfKinds, ocsfUnknown, type OcsfClass, type OcsfKind } from './ocsf-table.js';
import { checkSerializerOptions } from './serializer-options.js';
import { prepared } from './prepared.js';
import { containerOf, isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';

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
  // In most types nothing that an event says changes it.
  const varies = kind.class === 'network' || ['EventType', 'State', 'QueryStatus'].some((name) => name in event.data);
  const usual = { fixed: true } as const;
  const activity = (target: string, of: (id: number, caption: string) => unknown): Member => ({
    target,
    get: (e) => of(...activityOf(e, kind)),
    ...(varies ? {} : usual),
  });
  return [
    activity('activity_id', (id) => id),
    activity('activity_name', (_, caption) => caption),
    { target: 'category_uid', get: () => category[0], fixed: true },
    { target: 'category_name', get: () => category[1], fixed: true },
    { target: 'class_uid', get: () => uid, fixed: true },
    { target: 'class_name', get: () => name, fixed: true },
    activity('type_uid', (id) => uid * 100 + id),
    activity('type_name', (_, caption) => `${name}: ${caption}`),
    { target: 'severity_id', get: () => severity, fixed: true },
    { target: 'severity', get: () => severityName, fixed: true },
  ];
}

const isRuled = (t: Technique): boolean => t.source === 'rule';

/** In JSON. */
function profilesOf({ process, techniques }: SysmonEvent): string {
  const container = containerOf(process) === undefined ? '' : ',"container"';
  return `["host"${container}${techniques.some(isRuled) ? ',"security_control"' : ''}]`;
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
    { target: 'metadata.profiles', get: profilesOf, written: true },
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
    labels === undefined && cut === undefined ? slots.ocsf : undefined,
  );
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Open Cybersecurity Schema Framework 1.5. */
export const ocsf: Serializer<string> = createOcsf();
