/** What a sensor says of itself, rather than of a process. */
import { isoOf, nowParts, utcOf, type TimeParts } from '../base/time.js';
import { noTechniques } from '../event/event.js';
import type { EventExtra, Labels, LossRecord } from '../event/event.js';
import type { EventType, SysmonEvent, SysmonEventMap } from '../schema/events.gen.js';
import { eventTable, schemaVersion } from '../schema/tables.gen.js';
import { version } from '../base/version.gen.js';

const sdkExtra: EventExtra = Object.freeze({ hook: 'sdk', tier: 'core' });

/** An event that happens now. Its recordId is given when it is delivered. */
export function ownEvent<K extends EventType>(
  type: K,
  host: string,
  data: Omit<SysmonEventMap[K]['data'], 'UtcTime'>,
): SysmonEvent {
  const [sec, usec] = nowParts();
  const { id } = eventTable.find((e) => e.name === type) as { id: number };
  return {
    type,
    id,
    recordId: 0,
    time: isoOf(sec, usec),
    host,
    data: { UtcTime: utcOf(sec, usec), ...data },
    extra: sdkExtra,
    techniques: noTechniques,
  } as unknown as SysmonEvent;
}

/** What ServiceStateChange says of this version. */
export const stateOf = (State: 'Started' | 'Stopped') => ({ State, Version: version, SchemaVersion: schemaVersion });

/** A loss with the labels of its sensor. */
export const labelled = (loss: LossRecord, labels: Labels | undefined): LossRecord =>
  labels === undefined ? loss : Object.freeze({ ...loss, labels });

/** What is known of some losses alone. */
export type LossDetail = Pick<LossRecord, 'unit' | 'processes'>;

export function lossRecord(
  host: string,
  stage: string,
  eventType: string,
  count: number,
  since: TimeParts,
  until: TimeParts,
  detail: LossDetail = {},
): LossRecord {
  const time = isoOf(...until);
  return { type: 'Loss', time, host, stage, eventType, count, since: isoOf(...since), until: time, ...detail };
}

/** What was lost, as an Error event puts it. */
export function lossText({ count, unit, eventType, stage, since, until, processes }: LossRecord): string {
  const first = processes?.[0];
  const most = first && `; most of them, ${first.count}, by ${first.image ?? 'process'} (${first.pid})`;
  return `${count} ${unit ? `${unit} of ` : ''}${eventType} lost, stage ${stage}, between ${since} and ${until}${most ?? ''}`;
}
