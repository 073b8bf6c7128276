/** What a report says of a run. Plain data: JSON has all of it. */
import type { EventType, ProcessRecord } from '../schema/events.gen.js';

/** A list with a bound. */
export interface Section<T> {
  /** How many events it was made from. */
  readonly events: number;
  /** What was told, the first one first. */
  readonly list: readonly T[];
  /** How many of the events speak of what the list had no room for. */
  readonly leftOut: number;
}

/** A program that a process executed. */
export interface ProgramRun {
  /** When: ISO 8601, UTC, microseconds. */
  readonly time: string;
  /** Path of the executable. */
  readonly image: string;
  /** Cut to 1,024 characters. */
  readonly commandLine: string;
}

/** A process, with those that it made. */
export interface ProcessNode {
  /** Process id in the initial pid namespace. */
  readonly pid: number;
  /** The executable, as it was last known. */
  readonly image: string;
  /** Name of the real user, as it was last known. */
  readonly user: string;
  /** When it was made. */
  readonly startTime: string;
  /** When it ended; absent: that was not seen. */
  readonly endTime?: string;
  /** Exit status, when it exited by itself. */
  readonly exitCode?: number;
  /** Number of the signal that killed it. */
  readonly signal?: number;
  /** What it executed: at most 32 programs, the first ones. None: it went on as what it was forked from. */
  readonly runs: readonly ProgramRun[];
  /** Programs that are not in `runs`. */
  readonly runsLeftOut?: number;
  /** Those that it made, as far as anything was seen of them. */
  readonly children: readonly ProcessNode[];
}

/** Who was the first to do something. */
interface First {
  /** When: ISO 8601, UTC, microseconds. */
  readonly time: string;
  /** Path of the executable. */
  readonly image: string;
  /** Process id in the initial pid namespace. */
  readonly pid: number;
}

/** An executable, by its path (`image`) and digests. */
export interface Program extends First {
  /** As `Hashes` has them, `SHA256=…`; `-` if they are not known. */
  readonly hashes: string;
  /** How often it was executed. */
  readonly count: number;
  /** It is an anonymous file in memory. */
  readonly memfd?: true;
  /** It had no name left when it was executed. */
  readonly deleted?: true;
  /** It was downloaded, and then run: from where and by whom, see docs/origin.md. */
  readonly origin?: NonNullable<ProcessRecord['origin']>;
}

/** Connections of a program with one address and port. */
export interface Connection extends First {
  /** `inbound`: the process accepted it, or got the first packet. */
  readonly direction: 'outbound' | 'inbound';
  /** `tcp` or `udp`. */
  readonly protocol: string;
  /** Of the far end. */
  readonly address: string;
  /** Outbound: the port of the far end. Inbound: the own one, that was connected to. */
  readonly port: number;
  /** Of the address, from observed answers of DNS; absent if none gave it. */
  readonly name?: string;
  /** How many there were. */
  readonly count: number;
  /** How many of them failed. */
  readonly failed: number;
  /** Error number of the last one that failed. */
  readonly errno?: number;
}

/** Questions of a program to name servers. */
export interface Question extends First {
  /** What was asked for. */
  readonly name: string;
  /** Type of the record; absent if it is not known. */
  readonly type?: string;
  /** As `QueryStatus` of the last one: `0` done, `9003` no such name, `1460` no answer. */
  readonly status: string;
  /** As `QueryResults` of the last one that had some, cut to 1,024 characters; `-` if none had. */
  readonly results: string;
  /** How many there were. */
  readonly count: number;
}

/** What was done to a file, by its path. */
export interface FileUse extends First {
  /** From the root of the mount namespace. */
  readonly path: string;
  /** How often it was made, or replaced. */
  readonly made: number;
  /** How often a process began to change it. */
  readonly changed: number;
  /** How often one of this name was deleted. */
  readonly deleted: number;
}

/** A change of what a process may do. */
export interface Privilege extends First {
  /** The call, `exec`, `clone` or `unexplained`. */
  readonly operation: string;
  /** Name of the effective user before. */
  readonly previousUser: string;
  /** Name of the effective user after it. */
  readonly user: string;
  /** Effective capabilities before, as PrivilegeChange has them. */
  readonly previousCapabilities: string;
  /** Effective capabilities after it. */
  readonly capabilities: string;
  /** Nothing was gained. */
  readonly drop?: true;
}

/** What was lost, and is missing in the report. */
export interface LossCount {
  /** Where: see LossRecord. */
  readonly stage: string;
  /** Type of event, or of what events are made from. */
  readonly eventType: string;
  /** How many. */
  readonly count: number;
  /** What is counted, where that is no events. */
  readonly unit?: string;
}

/** What a run did, as far as its events tell: of types that were not captured nothing is known. */
export interface Report {
  /** The command and its arguments; absent where a process was watched that ran already. */
  readonly command?: readonly string[];
  /** The process that the run began with. */
  readonly pid?: number;
  /** When the hooks were live. */
  readonly began: string;
  /** When the last event was delivered. */
  readonly ended: string;
  /** Types of events that the report was made from. */
  readonly captured: readonly EventType[];
  /** At most 10,000, as a tree. */
  readonly processes: Section<ProcessNode>;
  /** At most 2,000. */
  readonly programs: Section<Program>;
  /** At most 2,000. */
  readonly connections: Section<Connection>;
  /** Of DNS: at most 2,000. */
  readonly questions: Section<Question>;
  /** Made, changed, deleted: at most 20,000. */
  readonly files: Section<FileUse>;
  /** Changes: at most 1,000. */
  readonly privileges: Section<Privilege>;
  /** Events of other types, by type. */
  readonly others: Readonly<Partial<Record<EventType, number>>>;
  /** By stage and type. */
  readonly losses: readonly LossCount[];
  /** What was wrong with the sensor itself, at most 100 texts. */
  readonly troubles: readonly string[];
}
