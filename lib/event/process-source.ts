/** What a process record is made from, and what it asks of its sensor later. */

/** A connection or flow of a process, as its NetworkConnect event has it. Frozen. */
export interface RecentConnection {
  /** ISO 8601, UTC, microseconds. */
  readonly time: string;
  /** Transport protocol. */
  readonly protocol: 'tcp' | 'udp';
  /** True: the process is the source. */
  readonly initiated: boolean;
  /** The end that began: address and port. */
  readonly source: { readonly ip: string; readonly port: number };
  /**
   * The other end. `hostname`: from DNS answers that were observed, as they stand when this is read; absent if none
   * names it.
   */
  readonly destination: { readonly ip: string; readonly port: number; readonly hostname?: string };
  /** Error of one that failed. */
  readonly errno?: number;
}

/** The sensor that a process record came from, as far as the record asks it. */
export interface Live {
  /** Undefined where it does not know. */
  recentConnections(strongId: string): readonly RecentConnection[] | undefined;
}

/** Gives the values behind the words of a record. */
export interface ProcessSource {
  readonly live: Live | undefined;
  string(ref: number): string;
  argv(ref: number, commandLine: string): readonly string[];
  json(ref: number): unknown;
  container(ref: number): unknown;
}
