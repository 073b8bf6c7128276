/** Shapes that all events share. The events themselves are in schema/events.gen.ts. */
import type { AnyExtra, EventExtra } from './extra.gen.js';
import type { MatchedRule } from './matched-rules.js';
import type { ProcessRecord } from './process-record.gen.js';

export type { AnyExtra, EventExtra, MatchedRule };

/** A technique of MITRE ATT&CK that an event or a matched rule stands for. */
export interface Technique {
  /** For example `T1059.004`. */
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  /** `rule`: a matched rule says so. `event`: usual for this type of event. */
  readonly source: 'rule' | 'event';
}

export const noTechniques: readonly Technique[] = Object.freeze([]);

/** A GUID that is not known. */
export const zeroGuid = '{00000000-0000-0000-0000-000000000000}';

export interface SysmonEventBase {
  /** Ascending by one for each delivered event of this sensor. */
  readonly recordId: number;
  /** When it happened: ISO 8601, UTC, microseconds. */
  readonly time: string;
  readonly host: string;
  /** The process that did it. Absent on events about the sensor itself. */
  readonly process?: ProcessRecord;
  readonly extra: EventExtra;
  readonly techniques: readonly Technique[];
  /**
   * All named rules that hold for the event, in the order of the configuration; absent if there are none.
   * `data.RuleName` is the name of the one that decided.
   */
  readonly rules?: readonly MatchedRule[] | undefined;
}

/** A process that a loss names. */
export interface LosingProcess {
  readonly pid: number;
  /** Path of its executable, where it is known. */
  readonly image?: string;
  /** What was lost of it, at least. */
  readonly count: number;
}

/** Events that were produced and not delivered. At most one a second for each stage and type, and one at the end. */
export interface LossRecord {
  readonly type: 'Loss';
  readonly time: string;
  readonly host: string;
  /**
   * Where they were lost: `ring` (full), `reserve`, `scratch`, `skipped` (the kernel did not run a program, for one was
   * under way on that CPU), `read`, `table` (too many at a time), `owner` (of an unknown process), `queue` (produced
   * and not yet delivered when the sensor failed), `consumer` (an iterator had no room).
   */
  readonly stage: string;
  /**
   * Type of event, or of what events are made from: `ProcessFork` (the table of processes), `DnsAnswer`, `DnsSegment`
   * (TCP), `DnsConnection`.
   */
  readonly eventType: string;
  /** Events before any rule or filter, unless `unit` says otherwise. */
  readonly count: number;
  /**
   * What is counted, where that is no events: `packets`, `connections`, `runs` (of a program in the kernel, which might
   * have made an event).
   */
  readonly unit?: string;
  /** Whose records they were: at most 5, those that lost most, the greatest count first. Absent where not known. */
  readonly processes?: readonly LosingProcess[];
  /** ISO 8601, UTC, microseconds. */
  readonly since: string;
  readonly until: string;
}
