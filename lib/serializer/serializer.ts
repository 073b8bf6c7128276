/** What a serializer is. Writing one means writing a function. */
import type { LossRecord } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';

/** What a serializer is given. */
export type Serializable = SysmonEvent | LossRecord;

/**
 * Turns an event into one document, without a line end: whoever writes it adds one. It is pure: the same event gives
 * the same document, nothing else is touched. An empty result means that the format has nothing to say of the event,
 * and nothing is written. `xml`, `winlogbeat`, `ecs` and `ocsf` do so for loss records, because the Error event (255,
 * ID `LOSS`) that comes with each of them says the same in their terms.
 */
export interface Serializer<T extends string | Uint8Array = string | Uint8Array> {
  (event: Serializable): T;
  /**
   * Hands over the same document piece by piece, for a sink that gathers bytes: to put the pieces together first, of
   * which one may be long and stand in many documents, costs more than to encode them. A serializer need not have it.
   */
  readonly pieces?: (event: Serializable, take: (piece: string) => void) => void;
}

/** True for a loss record: the only thing beside events that reaches a serializer. */
export function isLoss(event: Serializable): event is LossRecord {
  return event.type === 'Loss';
}

/** The container that a process runs in. */
export type Container = NonNullable<ProcessRecord['container']>;

/** The container in a process record. */
export function containerOf(p: ProcessRecord | undefined): Container | undefined {
  return p?.container;
}

/** Whether all that depends on the process alone stays as it is: its container is filled in at most once. */
export const isSettled = ({ container }: ProcessRecord): boolean =>
  container === undefined || Object.isFrozen(container);

/** What all built-in serializers can be told. */
export interface SerializerOptions {
  /**
   * Most characters of a field, by its name in `data`; longer text is cut and ends in `...`. Sysmon's FieldSizes. It
   * holds for every copy of the text in the document: `CommandLine` also for the process's arguments, which are that
   * long together, and for the command lines of ancestors.
   */
  fieldSizes?: Readonly<Record<string, number>> | undefined;
  /**
   * Names and values to put on every document, where the format has a place for them, beside those of the event itself
   * (the option `labels` of the sensor), over which they win.
   */
  labels?: Readonly<Record<string, string>> | undefined;
}

type Labels = NonNullable<SerializerOptions['labels']>;

/** The labels of a document: `own` are those of the serializer. */
export function labelsOf(own: Labels | undefined): (event: Serializable) => Labels | undefined {
  if (own === undefined) return ({ labels }) => labels;
  let last: Labels | undefined;
  let both = own;
  return ({ labels }) => {
    if (labels === undefined) return own;
    if (labels !== last) both = Object.freeze({ ...(last = labels), ...own });
    return both;
  };
}
