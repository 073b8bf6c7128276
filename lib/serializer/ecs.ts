/** Elastic Common Schema: one document for each event, ready to be indexed. */
import { SysmonError } from '../base/errors.js';
import { printableJson } from '../base/printable.js';
import { ecsCommon, ecsFields, ecsKinds, ecsShort, ecsSpecial, ecsWhole } from './ecs-table.js';
import { eventCutter } from './event-cutter.js';
import { writers } from './ecs.gen.js';
import { documents } from './documents.js';
import { own, type Member, type Row } from './mapping.js';
import { slots } from './process-texts.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { checkSerializerOptions } from './serializer-options.js';
import { prepared } from './prepared.js';
import { isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';
import { winlogMembers } from './winlogbeat.js';

export interface EcsOptions extends SerializerOptions {
  /**
   * Keeps all of Sysmon's fields under their own names beside ECS's, in `winlog.event_data`, so that queries written
   * for Windows match. Default true.
   */
  eventData?: boolean | undefined;
}

const made = Object.freeze(['creation']);
const info = Object.freeze(['info']);

/** The rows of an event: all that the format is. */
export function ecsRows(event: SysmonEvent, { eventData = true, labels }: EcsOptions = {}): readonly (Row | Member)[] {
  const { type } = event;
  const kind = own(ecsKinds, type);
  return [
    ...ecsCommon,
    ...(type === 'ProcessCreate' ? ecsWhole : ecsShort),
    ...ecsFields,
    ...(own(ecsSpecial, type) ?? []),
    { target: 'event.category', get: () => kind?.category, fixed: true },
    'EventType' in event.data
      ? // A pipe that is made is a file that is made.
        {
          target: 'event.type',
          get: ({ data }) =>
            (data as { EventType?: unknown }).EventType === 'CreatePipe' ? made : (kind?.type ?? info),
          code: `(e.data as { EventType?: unknown }).EventType === 'CreatePipe' ? '["creation"]' : ${JSON.stringify(printableJson(kind?.type ?? info))}`,
        }
      : { target: 'event.type', get: () => kind?.type ?? info, fixed: true },
    { target: 'labels', get: labelsOf(labels) },
    ...(eventData ? winlogMembers(event) : []),
  ];
}

/** ECS with options. */
export function createEcs(options: EcsOptions = {}): Serializer<string> {
  checkSerializerOptions('ecs', options, ['eventData']);
  const { eventData = true, labels } = options;
  if (typeof eventData !== 'boolean')
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `serializer ecs: eventData: expected true or false, got ${String(eventData)}.`,
    );
  const cut = eventCutter(options.fieldSizes);
  const rows = (event: SysmonEvent): readonly (Row | Member)[] => ecsRows(event, { eventData, labels });
  const write = documents(
    rows,
    eventData && labels === undefined && cut === undefined ? { slot: slots.ecs, writers } : undefined,
  );
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Elastic Common Schema 8.11. */
export const ecs: Serializer<string> = createEcs();
