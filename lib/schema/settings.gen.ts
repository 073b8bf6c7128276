// Generated from lib/schema/options.ts by `npm run generate`. Do not edit.

/** What the addon is started with. Everything in it has been checked. */
export interface NativeSettings {
  /** Sysmon's ids of what is captured. */
  readonly events: readonly number[];
  /** Plan of the rules; empty: none. */
  readonly plan: Uint8Array;
  /** 0: path, 1: auto, 2: fanotify. */
  readonly hashSource: number;
  /** Connections that fail are reported as well. */
  readonly failedConnects: boolean;
  /** The archive of deleted files. */
  readonly archive: NativeArchive;
  /** Who is captured. */
  readonly scope: NativeScope;
  /** How many events there may be. */
  readonly throttle: NativeThrottle;
  /** 1: SHA1, 2: MD5, 4: SHA256. */
  readonly hashAlgorithms: number;
  readonly hashTimeoutMs: number;
  readonly environment: readonly string[];
  readonly redactions: readonly NativeRedaction[];
  readonly flushIntervalMs: number;
  readonly ringBytes: number;
  readonly flowSeconds: number;
  readonly failedAccess: boolean;
  readonly origin: boolean;
  readonly watchFiles: readonly string[];
  readonly pushdown: boolean;
  readonly recentConnections: boolean;
  readonly measure: boolean;
  readonly mdns: boolean;
  /** Empty: the kernel's own. */
  readonly btfPath: string;
}

/** What is taken out of texts. */
export interface NativeRedaction {
  /** Empty: all. */
  readonly field: string;
  /** Empty: the default set. */
  readonly pattern: string;
  readonly replace: string;
}

/** No more than so many events a second. */
export interface NativeThrottle {
  /** 0: as many as there are. */
  readonly perSecond: number;
  /** Of each: 0: process, 1: control group, 2: type. */
  readonly by: number;
  /** Sysmon's ids of those that count. */
  readonly events: readonly number[];
}

/** The archive of deleted files. */
export interface NativeArchive {
  /** Empty: nothing is kept. */
  readonly directory: string;
  readonly hold: readonly string[];
  readonly holdFiles: number;
  readonly holdBytes: number;
  readonly maxFileBytes: number;
  readonly maxTotalBytes: number;
  readonly minFreePercent: number;
  readonly timeoutMs: number;
}

/** Who is captured: everybody, if neither is given. */
export interface NativeScope {
  /** 0: no process. */
  readonly pid: number;
  /** Empty: none. */
  readonly cgroup: string;
  readonly spawned: boolean;
}
