/** Elastic Common Schema: one document for each event, ready to be indexed. */
import type { SysmonEvent } from '../schema/events.gen.js';
import { SysmonError } from '../errors.js';
import { ecsCommon, ecsFields, ecsKinds, ecsSpecial } from './ecs-table.js';
import { fieldCutter } from './field-sizes.js';
import { mapper, put, type Tree } from './mapping.js';
import { checkSerializerOptions } from './options.js';
import { isLoss, type Serializer, type SerializerOptions } from './types.js';
import { winlogOf } from './winlogbeat.js';

export interface EcsOptions extends SerializerOptions {
  /**
   * Keeps all of Sysmon's fields under their own names beside ECS's, in `winlog.event_data`, so that queries written for
   * Windows match. Default true.
   */
  eventData?: boolean | undefined;
}

const map = mapper((event) => [...ecsCommon, ...ecsFields, ...(ecsSpecial[event.type] ?? [])]);

/** ECS with options. */
export function createEcs(options: EcsOptions = {}): Serializer<string> {
  checkSerializerOptions('ecs', options, ['eventData']);
  const { eventData = true, labels } = options;
  if (typeof eventData !== 'boolean')
    throw new SysmonError('ERR_SYSMON_OPTION', `serializer ecs: eventData: expected true or false, got ${String(eventData)}.`);
  const cut = fieldCutter(options.fieldSizes);
  return (event) => {
    if (isLoss(event)) return '';
    const seen = cut === undefined ? event : ({ ...event, data: cut(event.data) } as SysmonEvent);
    const tree: Tree = {};
    map(seen, tree);
    const kind = ecsKinds[seen.type];
    // A pipe that is made is a file that is made.
    const type = (seen.data as { EventType?: unknown }).EventType === 'CreatePipe' ? ['creation'] : (kind?.type ?? ['info']);
    if (kind?.category !== undefined) put(tree, ['event', 'category'], kind.category);
    put(tree, ['event', 'type'], type);
    if (labels !== undefined) tree['labels'] = labels;
    if (eventData) tree['winlog'] = winlogOf(seen);
    return JSON.stringify(tree);
  };
}

/** Elastic Common Schema 8.11. */
export const ecs: Serializer<string> = createEcs();
