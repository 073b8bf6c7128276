/** Shapes that all events share. The events themselves are in schema/events.gen.ts. */
import type { AnyExtra, EventExtra } from './extra.gen.js';
import type { MatchedRule } from './matched-rules.js';
import type { ProcessRecord } from './process-record.gen.js';

export type { AnyExtra, EventExtra, MatchedRule };

/** A technique of MITRE ATT&CK that an event or a matched rule stands for. */
export interface Technique {
  /** For example `T1059.004`. */
  readonly id: string;
  /** Its name in ATT&CK. */
  readonly name: string;
  /** Short names of its tactics, for example `privilege-escalation`. */
  readonly tactics: readonly string[];
  /** `rule`: a matched rule says so. `event`: usual for this type of event. */
  readonly source: 'rule' | 'event';
}

export const noTechniques: readonly Technique[] = Object.freeze([]);

/** A GUID that is not known. */
export const zeroGuid = '{00000000-0000-0000-0000-000000000000}';

/** What every event has. The events themselves add `type`, `id` and `data`, and narrow `extra` and `process`. */
export interface SysmonEventBase {
  /** Ascending by one for each delivered event of this sensor. */
  readonly recordId: number;
  /** When it happened: ISO 8601, UTC, microseconds. */
  readonly time: string;
  /** Name of the machine, as `os.hostname()` gives it. */
  readonly host: string;
  /** The process that did it. Absent on events about the sensor itself. */
  readonly process?: ProcessRecord;
  /** What Sysmon's fields do not say: which hook saw it, what was cut or read in a race, an error number. Frozen. */
  readonly extra: EventExtra;
  /** Techniques of ATT&CK: those of the matched rules, then those usual for the type, each once. Frozen. */
  readonly techniques: readonly Technique[];
  /**
   * All named rules that hold for the event, in the order of the configuration; absent if there are none.
   * `data.RuleName` is the name of the one that decided.
   */
  readonly rules?: readonly MatchedRule[] | undefined;
  /** What the option `labels` of the sensor says of where it runs; absent without it. Frozen. */
  readonly labels?: Labels;
}

/** Names and texts, such as `{ cluster: 'eu-1', node: 'n7' }`. */
export type Labels = Readonly<Record<string, string>>;

/** A process that a loss names. */
export interface LosingProcess {
  /** Process id in the initial pid namespace. */
  readonly pid: number;
  /** Path of its executable, where it is known. */
  readonly image?: string;
  /** What was lost of it, at least. */
  readonly count: number;
}

/** Events that were produced and not delivered. At most one a second for each stage and type, and one at the end. */
export interface LossRecord {
  /** Tells it from events, in a recording. */
  readonly type: 'Loss';
  /** When it was told: as `until`. */
  readonly time: string;
  /** Name of the machine. */
  readonly host: string;
  /**
   * Where they were lost, and what helps (docs/back-pressure.md has more):
   * - `ring`: the kernel's ring was full. A larger `ringBytes`, fewer `events`, quicker listeners.
   * - `reserve`: only its last eighth was left, which is for the life of processes. As `ring`.
   * - `share`: the ring was more than half full, and its maker, or the control group of that, had taken his share of
   *   the rest: nobody's flood takes what others need.
   * - `scratch`: a program of the kernel interrupted another that was making a record with texts.
   * - `skipped`: the kernel did not run a program, for one was under way on that CPU.
   * - `table`: more calls, questions or connections at a time than are followed.
   * - `headers`: a packet of IPv6 with more extension headers than are looked through.
   * - `owner`: a question to a name server, and nobody knows who asked it.
   * - `filter-rate`: the option `throttle` suppressed them: as asked for.
   * - `queue`: produced and not delivered when the sensor failed, or when the time of `stop({ timeoutMs })` was over.
   * - `consumer`: the buffer of an iterator was full. A larger `highWaterMark`, a quicker reader.
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
  /** From when: ISO 8601, UTC, microseconds. */
  readonly since: string;
  /** Until when, likewise. */
  readonly until: string;
  /** As in events. */
  readonly labels?: Labels;
}
