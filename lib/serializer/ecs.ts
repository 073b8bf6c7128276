/** Elastic Common Schema: one document for each event, ready to be indexed. */
import { SysmonError } from '../base/errors.js';
import { ecsCommon, ecsFields, ecsKinds, ecsSpecial } from './ecs-table.js';
import { eventCutter } from './event-cutter.js';
import { documents, own } from './mapping.js';
import { checkSerializerOptions } from './serializer-options.js';
import { prepared } from './prepared.js';
import { isLoss, type Serializer, type SerializerOptions } from './serializer.js';
import { winlogText } from './winlogbeat.js';

export interface EcsOptions extends SerializerOptions {
  /**
   * Keeps all of Sysmon's fields under their own names beside ECS's, in `winlog.event_data`, so that queries written
   * for Windows match. Default true.
   */
  eventData?: boolean | undefined;
}

const made = Object.freeze(['creation']);
const info = Object.freeze(['info']);

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
  const write = documents(({ type }) => {
    const kind = own(ecsKinds, type);
    return [
      ...ecsCommon,
      ...ecsFields,
      ...(own(ecsSpecial, type) ?? []),
      { target: 'event.category', get: () => kind?.category },
      // A pipe that is made is a file that is made.
      {
        target: 'event.type',
        get: ({ data }) => ((data as { EventType?: unknown }).EventType === 'CreatePipe' ? made : (kind?.type ?? info)),
      },
      { target: 'labels', get: () => labels },
      { target: 'winlog', get: eventData ? winlogText : () => undefined, written: true },
    ];
  });
  return (event) => {
    if (isLoss(event)) return '';
    return write(prepared(event, cut));
  };
}

/** Elastic Common Schema 8.11. */
export const ecs: Serializer<string> = createEcs();
