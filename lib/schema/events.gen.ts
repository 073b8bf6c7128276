// Generated from lib/schema by `npm run generate`. Do not edit.
import { techniquesOfType } from '../attack/index.js';
import { eventTime, isoOf, utcOf, zeroGuid, type BatchReader } from '../batch-reader.js';
import type { EventExtra, SysmonEventBase } from '../event.js';
import { recentConnections, type Live, type RecentConnection } from '../recent-connections.js';

export type FdKind = 'closed' | 'tty' | 'pipe' | 'socket' | 'file' | 'directory' | 'char' | 'block' | 'other';

/** One process between two execs. Frozen and shared by all its events. `parent` does not change when the process is reparented. */
export class ProcessRecord {
  /** Unique over all hosts and time: boot id, start in ns since boot, pid, exec count. Joined by `:`. */
  declare readonly strongId: string;
  /** Sysmon's ProcessGuid, computed once: machine id, start second, end of the program's code. */
  declare readonly guid: string;
  /** Process id in the initial pid namespace. */
  declare readonly pid: number;
  /** Thread that called exec, when it was not the leader. */
  declare readonly tid?: number;
  /** Process id of the parent when the process was made; 0 if none. */
  declare readonly ppid: number;
  /** Path of the executed file in its mount namespace; `-` if none (kernel thread). */
  declare readonly image: string;
  /** Arguments joined by single spaces, as Sysmon prints them. */
  declare readonly commandLine: string;
  /** The arguments one by one. */
  declare readonly argv: readonly string[];
  /** Working directory at exec. */
  declare readonly cwd: string;
  /** Real user id at exec. */
  declare readonly uid: number;
  /** Real group id at exec. */
  declare readonly gid: number;
  /** Effective user id at exec. */
  declare readonly euid: number;
  /** Effective group id at exec. */
  declare readonly egid: number;
  /** Saved user id at exec. */
  declare readonly suid: number;
  /** User id of the login session (audit); absent if unset. */
  declare readonly loginUid?: number;
  /** Name of the real user id; `-` if it has none. */
  declare readonly user: string;
  /** Audit session id; absent if unset. */
  declare readonly session?: number;
  /** POSIX session id: pid of the session leader. */
  declare readonly sid: number;
  /** Process group id. */
  declare readonly pgid: number;
  /** Process id inside the process's own pid namespace. */
  declare readonly nsPid: number;
  /** Controlling terminal, for example `pts/0`. */
  declare readonly tty?: string;
  /** When the process was made: ISO 8601, UTC, microseconds. */
  declare readonly startTime: string;
  /** Sysmon's LogonGuid: machine id, login second of the terminal, user id, terminal. */
  declare readonly logonGuid: string;
  /** Capability sets after the exec, and those effective now that were not before it. */
  declare readonly capabilities: {
    readonly effective: readonly string[];
    readonly permitted: readonly string[];
    readonly gained: readonly string[];
  };
  /** Inode numbers of the namespaces, as in /proc/PID/ns; 0 where the kernel has none. */
  declare readonly namespaces: {
    readonly mnt: number;
    readonly pid: number;
    readonly net: number;
    readonly uts: number;
    readonly ipc: number;
    readonly cgroup: number;
    readonly user: number;
    readonly time: number;
  };
  /** Control group in the unified hierarchy: 64-bit id in decimal, and its path if it could be resolved. */
  declare readonly cgroup: { readonly id: string; readonly path?: string };
  /** Kind and target of file descriptors 0-2 at exec. A socket has its peer as target. */
  declare readonly stdio: readonly {
    readonly fd: number;
    readonly kind: FdKind;
    readonly target?: string;
    readonly local?: string;
    readonly protocol?: string;
  }[];
  /** The allow-listed environment variables that were set. */
  declare readonly env: Readonly<Record<string, string>>;
  /** Script run by a `#!` interpreter, as an absolute path where it was given relative to cwd. */
  declare readonly script?: string;
  /** The image is an anonymous file in memory. */
  declare readonly memfd?: true;
  /** The image had no name left when it was executed. */
  declare readonly deleted?: true;
  /** A thread of the kernel. */
  declare readonly kernelThread?: true;
  /** Made by fork and has not executed anything itself: image and commandLine are the parent’s. */
  declare readonly forked?: true;
  /** Rebuilt after records were lost, or never seen whole: what it says may be later than the process’s start. */
  declare readonly uncertain?: true;
  #parent: ProcessRecord | undefined;
  #depth: number;
  #startUtc: string;
  #logonId: string;
  #revived = false;
  #attached: unknown[] | undefined;
  #live: Live | undefined;

  /** @internal */
  constructor(source: BatchReader | object, w: Uint32Array | undefined, o: number, parent: ProcessRecord | undefined) {
    if (w === undefined) {
      Object.assign(this, source);
      this.#startUtc =
        typeof this.startTime === 'string' ? `${this.startTime.slice(0, 10)} ${this.startTime.slice(11, 23)}` : '-';
      this.#revived = true;
    } else {
      const b = source as BatchReader;
      this.#live = b.live;
      this.strongId = b.string(w[o + 4]);
      this.guid = b.string(w[o + 5]);
      this.pid = w[o + 6];
      if (w[o + 7] !== 0xffffffff) this.tid = w[o + 7];
      this.ppid = w[o + 8];
      this.image = b.string(w[o + 9]);
      this.commandLine = b.string(w[o + 10]);
      this.argv = b.argv(w[o + 11], this.commandLine);
      this.cwd = b.string(w[o + 12]);
      this.uid = w[o + 13];
      this.gid = w[o + 14];
      this.euid = w[o + 15];
      this.egid = w[o + 16];
      this.suid = w[o + 17];
      if (w[o + 18] !== 0xffffffff) this.loginUid = w[o + 18];
      this.user = b.string(w[o + 19]);
      if (w[o + 20] !== 0xffffffff) this.session = w[o + 20];
      this.sid = w[o + 21];
      this.pgid = w[o + 22];
      this.nsPid = w[o + 23];
      if (w[o + 24] !== 0) this.tty = b.string(w[o + 24]);
      this.startTime = isoOf(w[o + 25], w[o + 26]);
      this.#startUtc = utcOf(w[o + 25], w[o + 26]);
      this.logonGuid = b.string(w[o + 27]);
      this.capabilities = b.json(w[o + 28]) as ProcessRecord['capabilities'];
      this.namespaces = b.json(w[o + 29]) as ProcessRecord['namespaces'];
      this.cgroup = b.json(w[o + 30]) as ProcessRecord['cgroup'];
      this.stdio = b.json(w[o + 31]) as ProcessRecord['stdio'];
      this.env = b.json(w[o + 32]) as ProcessRecord['env'];
      if (w[o + 33] !== 0) this.script = b.string(w[o + 33]);
      if (w[o + 34] & 1) this.memfd = true;
      if (w[o + 34] & 2) this.deleted = true;
      if (w[o + 34] & 4) this.kernelThread = true;
      if (w[o + 34] & 8) this.forked = true;
      if (w[o + 34] & 16) this.uncertain = true;
    }
    this.#logonId = String(this.uid);
    this.#parent = parent;
    this.#depth = parent === undefined ? 0 : parent.#depth + 1;
    if (this.#depth > 128) this.#cut();
    Object.freeze(this);
  }

  /** The parent as it was when this process was made; undefined at the top, or where the line was cut after 128 generations of the dead. */
  get parent(): ProcessRecord | undefined {
    return this.#parent;
  }

  /** The ancestors, nearest first, up to the first process. */
  *ancestors(): Generator<ProcessRecord> {
    for (let p = this.#parent; p !== undefined; p = p.#parent) yield p;
  }

  /**
   * The last connections of this very program, the newest first, at most eight, also those that rules dropped; asked of the sensor when it is read.
   * Undefined where it does not know: NetworkConnect is not captured, the process has been gone for a minute, the sensor has stopped, or the record was
   * read from a file. Not in JSON.
   */
  get recentConnections(): readonly RecentConnection[] | undefined {
    return recentConnections(this.#live, this.strongId);
  }

  /** JSON has the ancestors in short instead of `parent`. */
  toJSON(): object {
    const ancestors = [...this.ancestors()].map((p) => ({
      pid: p.pid,
      strongId: p.strongId,
      image: p.image,
      commandLine: p.commandLine,
    }));
    return { ...this, ancestors };
  }

  /** @internal A record from its JSON, as it was written: it may lack fields or have others than this version knows. */
  static revive(fields: object, parent: ProcessRecord | undefined): ProcessRecord {
    return new ProcessRecord(fields, undefined, 0, parent);
  }

  /** @internal */
  static isRevived(p: ProcessRecord): boolean {
    return p.#revived;
  }

  /** @internal What was made from a record and is worth keeping as long as it lives: cheaper than a WeakMap, for which freezing is no obstacle either. */
  static attached(p: ProcessRecord): unknown[] {
    return (p.#attached ??= []);
  }

  /** @internal */
  static startUtc(p: ProcessRecord): string {
    return p.#startUtc;
  }

  /** @internal */
  static logonId(p: ProcessRecord): string {
    return p.#logonId;
  }

  /** Forgets the upper half of a line that has grown too long: relays that fork and exit would keep it growing for ever. */
  #cut(): void {
    let p: ProcessRecord = this;
    for (let i = 0; i < 64 && p.#parent !== undefined; i++) p = p.#parent;
    p.#parent = undefined;
    this.#depth = 64;
  }
}
const startUtcOf = ProcessRecord.startUtc;
const logonIdOf = ProcessRecord.logonId;

/** Fields of ProcessCreate (EventID 1), in Sysmon's order. */
export interface ProcessCreateData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When the process was made (its fork), UTC. `time` of the event is the exec. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Not known on Linux: `-`. */
  FileVersion: string;
  /** Not known on Linux: `-`. */
  Description: string;
  /** Not known on Linux: `-`. */
  Product: string;
  /** Not known on Linux: `-`. */
  Company: string;
  /** Not known on Linux: `-`. */
  OriginalFileName: string;
  /** Arguments joined by spaces. */
  CommandLine: string;
  /** Working directory at exec. */
  CurrentDirectory: string;
  /** Name of the real user. */
  User: string;
  /** Identity of the logon session. */
  LogonGuid: string;
  /** Real user id, decimal. */
  LogonId: string;
  /** Audit session id; 4294967295 if unset. */
  TerminalSessionId: number;
  /** Always `no level`. */
  IntegrityLevel: string;
  /** Digests of the executed image, `SHA1=…,MD5=…,SHA256=…` in this order; `-` if off or unknown. */
  Hashes: string;
  /** Identity of the parent when the process was made. */
  ParentProcessGuid: string;
  /** Process id of the parent when the process was made. */
  ParentProcessId: number;
  /** Path of the parent's executable. */
  ParentImage: string;
  /** The parent's arguments. */
  ParentCommandLine: string;
  /** Name of the parent's real user. */
  ParentUser: string;
}
/** A program was executed (execve, execveat). A fork without exec is none. */
export interface ProcessCreateEvent extends SysmonEventBase {
  readonly type: 'ProcessCreate';
  readonly id: 1;
  readonly data: ProcessCreateData;
  readonly process: ProcessRecord;
}

/** Fields of FileCreateTime (EventID 2), in Sysmon's order. */
export interface FileCreateTimeData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Full path of the file, in the mount namespace and root of the process. */
  TargetFilename: string;
  /** The new modification time. */
  CreationUtcTime: string;
  /** The one before, if the file was named by a descriptor; otherwise `-`. */
  PreviousCreationUtcTime: string;
  /** Name of the real user at the call. */
  User: string;
}
/** The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event. */
export interface FileCreateTimeEvent extends SysmonEventBase {
  readonly type: 'FileCreateTime';
  readonly id: 2;
  readonly data: FileCreateTimeData;
  readonly process: ProcessRecord;
}

/** Fields of NetworkConnect (EventID 3), in Sysmon's order. */
export interface NetworkConnectData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Name of the real user of the process when it connected, accepted, sent or received. */
  User: string;
  /** `tcp` or `udp`. */
  Protocol: string;
  /** True: the process is the source (it connected, or sent first). False: it is the destination. */
  Initiated: boolean;
  /** Whether SourceIp is none of IPv4. */
  SourceIsIpv6: boolean;
  /** Address of the end that began. IPv4 mapped into IPv6 is written as IPv4; IPv6 in eight groups, none left out. */
  SourceIp: string;
  /** Its name, from observed DNS answers; `-` if none gave it. */
  SourceHostname: string;
  /** Its port. */
  SourcePort: number;
  /** Name of the port in /etc/services; `-` if it has none. */
  SourcePortName: string;
  /** Whether DestinationIp is none of IPv4. */
  DestinationIsIpv6: boolean;
  /** Address of the other end. */
  DestinationIp: string;
  /** Its name, from observed DNS answers; `-` if none gave it. */
  DestinationHostname: string;
  /** Its port. */
  DestinationPort: number;
  /** Name of the port in /etc/services; `-` if it has none. */
  DestinationPortName: string;
}
/** A TCP connection was made, accepted or refused, or a UDP flow began. `extra.errno` says why a connection failed, `extra.netns` in which network namespace it is. */
export interface NetworkConnectEvent extends SysmonEventBase {
  readonly type: 'NetworkConnect';
  readonly id: 3;
  readonly data: NetworkConnectData;
  readonly process: ProcessRecord;
}

/** Fields of ServiceStateChange (EventID 4), in Sysmon's order. */
export interface ServiceStateChangeData {
  /** When it happened, UTC. */
  UtcTime: string;
  /** `Started` or `Stopped`. */
  State: string;
  /** Version of the sensor. */
  Version: string;
  /** Version of Sysmon's schema. */
  SchemaVersion: string;
}
/** The sensor started or stopped. */
export interface ServiceStateChangeEvent extends SysmonEventBase {
  readonly type: 'ServiceStateChange';
  readonly id: 4;
  readonly data: ServiceStateChangeData;
}

/** Fields of ProcessTerminate (EventID 5), in Sysmon's order. */
export interface ProcessTerminateData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Name of the real user at exit. */
  User: string;
}
/** A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how. */
export interface ProcessTerminateEvent extends SysmonEventBase {
  readonly type: 'ProcessTerminate';
  readonly id: 5;
  readonly data: ProcessTerminateData;
  readonly process: ProcessRecord;
}

/** Fields of RawAccessRead (EventID 9), in Sysmon's order. */
export interface RawAccessReadData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Path of the device. */
  Device: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which. */
export interface RawAccessReadEvent extends SysmonEventBase {
  readonly type: 'RawAccessRead';
  readonly id: 9;
  readonly data: RawAccessReadData;
  readonly process: ProcessRecord;
}

/** Fields of FileCreate (EventID 11), in Sysmon's order. */
export interface FileCreateData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Full path of the file, in the mount namespace and root of the process. */
  TargetFilename: string;
  /** When the file was made: the time of the event, or the birth time of a file that was overwritten; `-` if that is not known. */
  CreationUtcTime: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A file got a name (created, linked, renamed), or an existing one was overwritten. Opening an existing file is no event. `extra.hashes` has the digests of its content. */
export interface FileCreateEvent extends SysmonEventBase {
  readonly type: 'FileCreate';
  readonly id: 11;
  readonly data: FileCreateData;
  readonly process: ProcessRecord;
}

/** Fields of ServiceConfigurationChange (EventID 16), in Sysmon's order. */
export interface ServiceConfigurationChangeData {
  /** When it happened, UTC. */
  UtcTime: string;
  /** Path of the configuration; `Defaults` without one. */
  Configuration: string;
  /** Its digest, `SHA256=…`; `-` without a file. */
  ConfigurationFileHash: string;
}
/** A configuration came into force. */
export interface ServiceConfigurationChangeEvent extends SysmonEventBase {
  readonly type: 'ServiceConfigurationChange';
  readonly id: 16;
  readonly data: ServiceConfigurationChangeData;
}

/** Fields of PipeEvent (EventID 17, 18), in Sysmon's order. */
export interface PipeEventData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** What happened to the pipe: `CreatePipe` (17), `ConnectPipe` (18). */
  EventType: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Full path of the FIFO. */
  PipeName: string;
  /** Path of the process's executable. */
  Image: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A FIFO was made. */
export interface PipeEventEvent extends SysmonEventBase {
  readonly type: 'PipeEvent';
  readonly id: 17 | 18;
  readonly data: PipeEventData;
  readonly process: ProcessRecord;
}

/** Fields of DnsQuery (EventID 22), in Sysmon's order. */
export interface DnsQueryData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** What was asked for; `.` for the root. A dot inside a label is written `\x2e`. */
  QueryName: string;
  /** As Windows numbers it: 0 done, 9003 no such name, 9501 no such record, 9000 + code of the server, 1460 no answer. */
  QueryStatus: string;
  /** Records of the answer, each ended by `;`: an address (IPv4 as `::ffff:192.0.2.1`), or `type:  5 name`. `-` if none. A `;` inside is written `\x3b`. */
  QueryResults: string;
  /** Path of the process's executable. */
  Image: string;
  /** Name of the real user of the process. */
  User: string;
}
/** A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then. */
export interface DnsQueryEvent extends SysmonEventBase {
  readonly type: 'DnsQuery';
  readonly id: 22;
  readonly data: DnsQueryData;
  readonly process: ProcessRecord;
}

/** Fields of FileDelete (EventID 23), in Sysmon's order. */
export interface FileDeleteData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Name of the real user at the call. */
  User: string;
  /** Path of the process's executable. */
  Image: string;
  /** Full path of the file, in the mount namespace and root of the process. */
  TargetFilename: string;
  /** Digests of the deleted file; `-` if its content could not be had. */
  Hashes: string;
  /** A regular file that somebody was allowed to execute. */
  IsExecutable: boolean;
  /** Whether the content was kept; `extra.archiveFile` is its name in the archive, `extra.archive` says why not. */
  Archived: string;
}
/** A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left. */
export interface FileDeleteEvent extends SysmonEventBase {
  readonly type: 'FileDelete';
  readonly id: 23;
  readonly data: FileDeleteData;
  readonly process: ProcessRecord;
}

/** Fields of FileDeleteDetected (EventID 26), in Sysmon's order. */
export interface FileDeleteDetectedData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Name of the real user at the call. */
  User: string;
  /** Path of the process's executable. */
  Image: string;
  /** Full path of the file, in the mount namespace and root of the process. */
  TargetFilename: string;
  /** Digests of the deleted file; `-` if its content could not be had. */
  Hashes: string;
  /** A regular file that somebody was allowed to execute. */
  IsExecutable: boolean;
}
/** As FileDelete, with rules of its own; nothing is ever kept because of it. */
export interface FileDeleteDetectedEvent extends SysmonEventBase {
  readonly type: 'FileDeleteDetected';
  readonly id: 26;
  readonly data: FileDeleteDetectedData;
  readonly process: ProcessRecord;
}

/** Fields of FileModify (EventID 110), in Sysmon's order. */
export interface FileModifyData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process over reuse of its id. */
  ProcessGuid: string;
  /** Process id in the initial pid namespace. */
  ProcessId: number;
  /** Path of the process's executable. */
  Image: string;
  /** Full path of the file, in the mount namespace and root of the process. */
  TargetFilename: string;
  /** How: `Write`, `Append` (opened with O_APPEND), `Truncate`. */
  ModificationType: string;
  /** Digests of the file; `-` if they are not known. */
  Hashes: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A file was changed: once for each open file and process, at the first change. */
export interface FileModifyEvent extends SysmonEventBase {
  readonly type: 'FileModify';
  readonly id: 110;
  readonly data: FileModifyData;
  readonly process: ProcessRecord;
}

/** Fields of Error (EventID 255), in Sysmon's order. */
export interface ErrorData {
  /** When it happened, UTC. */
  UtcTime: string;
  /** What kind of error, for example `LOSS`. */
  ID: string;
  /** What happened, for a person. */
  Description: string;
}
/** Something that the sensor could not do or see. */
export interface ErrorEvent extends SysmonEventBase {
  readonly type: 'Error';
  readonly id: 255;
  readonly data: ErrorData;
}

/** Every event, told apart by `type` or `id`. */
export type SysmonEvent =
  | ProcessCreateEvent
  | FileCreateTimeEvent
  | NetworkConnectEvent
  | ServiceStateChangeEvent
  | ProcessTerminateEvent
  | RawAccessReadEvent
  | FileCreateEvent
  | ServiceConfigurationChangeEvent
  | PipeEventEvent
  | DnsQueryEvent
  | FileDeleteEvent
  | FileDeleteDetectedEvent
  | FileModifyEvent
  | ErrorEvent;
export interface SysmonEventMap {
  ProcessCreate: ProcessCreateEvent;
  FileCreateTime: FileCreateTimeEvent;
  NetworkConnect: NetworkConnectEvent;
  ServiceStateChange: ServiceStateChangeEvent;
  ProcessTerminate: ProcessTerminateEvent;
  RawAccessRead: RawAccessReadEvent;
  FileCreate: FileCreateEvent;
  ServiceConfigurationChange: ServiceConfigurationChangeEvent;
  PipeEvent: PipeEventEvent;
  DnsQuery: DnsQueryEvent;
  FileDelete: FileDeleteEvent;
  FileDeleteDetected: FileDeleteDetectedEvent;
  FileModify: FileModifyEvent;
  Error: ErrorEvent;
}
export type EventType = keyof SysmonEventMap;

const techniquesOfProcessCreate = techniquesOfType('ProcessCreate');
const extraProcessCreate: EventExtra = Object.freeze({ hook: 'sched_process_exec', tier: 'core' });
function decodeProcessCreate(b: BatchReader, w: Uint32Array, o: number): ProcessCreateEvent {
  const p = b.process(w[o + 2]);
  const q = p.parent;
  return {
    type: 'ProcessCreate',
    id: 1,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: startUtcOf(p),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      FileVersion: '-',
      Description: '-',
      Product: '-',
      Company: '-',
      OriginalFileName: '-',
      CommandLine: w[o + 8] === 0 ? p.commandLine : b.string(w[o + 8]),
      CurrentDirectory: p.cwd,
      User: p.user,
      LogonGuid: p.logonGuid,
      LogonId: logonIdOf(p),
      TerminalSessionId: p.session ?? 4294967295,
      IntegrityLevel: 'no level',
      Hashes: b.string(w[o + 9]),
      ParentProcessGuid: q === undefined ? zeroGuid : q.guid,
      ParentProcessId: p.ppid,
      ParentImage: q === undefined ? '-' : q.image,
      ParentCommandLine: q === undefined ? '-' : q.commandLine,
      ParentUser: q === undefined ? '-' : q.user,
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessCreate : b.extra(w[o + 3], extraProcessCreate),
    techniques: w[o + 6] === 0 ? techniquesOfProcessCreate : b.techniques(w[o + 6], 'ProcessCreate'),
  };
}

const techniquesOfFileCreateTime = techniquesOfType('FileCreateTime');
const extraFileCreateTime: EventExtra = Object.freeze({ hook: 'sys_exit_utimensat', tier: 'core' });
function decodeFileCreateTime(b: BatchReader, w: Uint32Array, o: number): FileCreateTimeEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileCreateTime',
    id: 2,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      CreationUtcTime: b.string(w[o + 9]),
      PreviousCreationUtcTime: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileCreateTime),
    techniques: w[o + 6] === 0 ? techniquesOfFileCreateTime : b.techniques(w[o + 6], 'FileCreateTime'),
  };
}

const techniquesOfNetworkConnect = techniquesOfType('NetworkConnect');
const extraNetworkConnect: EventExtra = Object.freeze({ hook: 'inet_sock_set_state', tier: 'core' });
function decodeNetworkConnect(b: BatchReader, w: Uint32Array, o: number): NetworkConnectEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'NetworkConnect',
    id: 3,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      User: b.string(w[o + 8]),
      Protocol: b.string(w[o + 9]),
      Initiated: w[o + 10] !== 0,
      SourceIsIpv6: w[o + 11] !== 0,
      SourceIp: b.string(w[o + 12]),
      SourceHostname: b.string(w[o + 13]),
      SourcePort: w[o + 14],
      SourcePortName: b.string(w[o + 15]),
      DestinationIsIpv6: w[o + 16] !== 0,
      DestinationIp: b.string(w[o + 17]),
      DestinationHostname: b.string(w[o + 18]),
      DestinationPort: w[o + 19],
      DestinationPortName: b.string(w[o + 20]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraNetworkConnect : b.extra(w[o + 3], extraNetworkConnect),
    techniques: w[o + 6] === 0 ? techniquesOfNetworkConnect : b.techniques(w[o + 6], 'NetworkConnect'),
  };
}

const techniquesOfProcessTerminate = techniquesOfType('ProcessTerminate');
const extraProcessTerminate: EventExtra = Object.freeze({ hook: 'sched_process_exit', tier: 'core' });
function decodeProcessTerminate(b: BatchReader, w: Uint32Array, o: number): ProcessTerminateEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'ProcessTerminate',
    id: 5,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      User: b.string(w[o + 8]),
    },
    process: p,
    extra: w[o + 3] === 0 ? extraProcessTerminate : b.extra(w[o + 3], extraProcessTerminate),
    techniques: w[o + 6] === 0 ? techniquesOfProcessTerminate : b.techniques(w[o + 6], 'ProcessTerminate'),
  };
}

const techniquesOfRawAccessRead = techniquesOfType('RawAccessRead');
const extraRawAccessRead: EventExtra = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodeRawAccessRead(b: BatchReader, w: Uint32Array, o: number): RawAccessReadEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'RawAccessRead',
    id: 9,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      Device: b.string(w[o + 8]),
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraRawAccessRead),
    techniques: w[o + 6] === 0 ? techniquesOfRawAccessRead : b.techniques(w[o + 6], 'RawAccessRead'),
  };
}

const techniquesOfFileCreate = techniquesOfType('FileCreate');
const extraFileCreate: EventExtra = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodeFileCreate(b: BatchReader, w: Uint32Array, o: number): FileCreateEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileCreate',
    id: 11,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      CreationUtcTime: w[o + 9] === eventTime ? utcOf(w[o + 4], w[o + 5]) : b.string(w[o + 9]),
      User: b.string(w[o + 10]),
    },
    process: p,
    extra: b.fileExtra(w, o + 11, w[o + 3], extraFileCreate),
    techniques: w[o + 6] === 0 ? techniquesOfFileCreate : b.techniques(w[o + 6], 'FileCreate'),
  };
}

const techniquesOfPipeEvent17 = techniquesOfType('PipeEvent');
const extraPipeEvent17: EventExtra = Object.freeze({ hook: 'sys_exit_mknodat', tier: 'core' });
function decodePipeEvent17(b: BatchReader, w: Uint32Array, o: number): PipeEventEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'PipeEvent',
    id: 17,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      EventType: 'CreatePipe',
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      PipeName: b.string(w[o + 8]),
      Image: p.image,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraPipeEvent17),
    techniques: w[o + 6] === 0 ? techniquesOfPipeEvent17 : b.techniques(w[o + 6], 'PipeEvent'),
  };
}

const techniquesOfPipeEvent18 = techniquesOfType('PipeEvent');
const extraPipeEvent18: EventExtra = Object.freeze({ hook: 'sys_exit_openat', tier: 'core' });
function decodePipeEvent18(b: BatchReader, w: Uint32Array, o: number): PipeEventEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'PipeEvent',
    id: 18,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      EventType: 'ConnectPipe',
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      PipeName: b.string(w[o + 8]),
      Image: p.image,
      User: b.string(w[o + 9]),
    },
    process: p,
    extra: b.fileExtra(w, o + 10, w[o + 3], extraPipeEvent18),
    techniques: w[o + 6] === 0 ? techniquesOfPipeEvent18 : b.techniques(w[o + 6], 'PipeEvent'),
  };
}

const techniquesOfDnsQuery = techniquesOfType('DnsQuery');
const extraDnsQuery: EventExtra = Object.freeze({ hook: 'cgroup_skb', tier: 'core' });
function decodeDnsQuery(b: BatchReader, w: Uint32Array, o: number): DnsQueryEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'DnsQuery',
    id: 22,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      QueryName: b.string(w[o + 8]),
      QueryStatus: b.string(w[o + 9]),
      QueryResults: b.string(w[o + 10]),
      Image: p.image,
      User: p.user,
    },
    process: p,
    extra: w[o + 3] === 0 ? extraDnsQuery : b.extra(w[o + 3], extraDnsQuery),
    techniques: w[o + 6] === 0 ? techniquesOfDnsQuery : b.techniques(w[o + 6], 'DnsQuery'),
  };
}

const techniquesOfFileDelete = techniquesOfType('FileDelete');
const extraFileDelete: EventExtra = Object.freeze({ hook: 'sys_exit_unlinkat', tier: 'core' });
function decodeFileDelete(b: BatchReader, w: Uint32Array, o: number): FileDeleteEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileDelete',
    id: 23,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      User: b.string(w[o + 8]),
      Image: p.image,
      TargetFilename: b.string(w[o + 9]),
      Hashes: b.string(w[o + 10]),
      IsExecutable: w[o + 11] !== 0,
      Archived: b.string(w[o + 12]),
    },
    process: p,
    extra: b.fileExtra(w, o + 13, w[o + 3], extraFileDelete),
    techniques: w[o + 6] === 0 ? techniquesOfFileDelete : b.techniques(w[o + 6], 'FileDelete'),
  };
}

const techniquesOfFileDeleteDetected = techniquesOfType('FileDeleteDetected');
const extraFileDeleteDetected: EventExtra = Object.freeze({ hook: 'sys_exit_unlinkat', tier: 'core' });
function decodeFileDeleteDetected(b: BatchReader, w: Uint32Array, o: number): FileDeleteDetectedEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileDeleteDetected',
    id: 26,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      User: b.string(w[o + 8]),
      Image: p.image,
      TargetFilename: b.string(w[o + 9]),
      Hashes: b.string(w[o + 10]),
      IsExecutable: w[o + 11] !== 0,
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileDeleteDetected),
    techniques: w[o + 6] === 0 ? techniquesOfFileDeleteDetected : b.techniques(w[o + 6], 'FileDeleteDetected'),
  };
}

const techniquesOfFileModify = techniquesOfType('FileModify');
const extraFileModify: EventExtra = Object.freeze({ hook: 'sys_exit_write', tier: 'core' });
function decodeFileModify(b: BatchReader, w: Uint32Array, o: number): FileModifyEvent {
  const p = b.process(w[o + 2]);
  return {
    type: 'FileModify',
    id: 110,
    recordId: 0,
    time: isoOf(w[o + 4], w[o + 5]),
    host: b.host,
    data: {
      RuleName: b.string(w[o + 7]),
      UtcTime: utcOf(w[o + 4], w[o + 5]),
      ProcessGuid: p.guid,
      ProcessId: p.pid,
      Image: p.image,
      TargetFilename: b.string(w[o + 8]),
      ModificationType: ['Write', 'Append', 'Truncate'][w[o + 9]],
      Hashes: b.string(w[o + 10]),
      User: b.string(w[o + 11]),
    },
    process: p,
    extra: b.fileExtra(w, o + 12, w[o + 3], extraFileModify),
    techniques: w[o + 6] === 0 ? techniquesOfFileModify : b.techniques(w[o + 6], 'FileModify'),
  };
}

/** Decoders by kind of entry, which is the id of the event. */
export type Decoder = (b: BatchReader, w: Uint32Array, o: number) => SysmonEvent;
export const decoders: readonly (Decoder | undefined)[] = (() => {
  const table: (Decoder | undefined)[] = new Array<Decoder | undefined>(111).fill(undefined);
  table[1] = decodeProcessCreate;
  table[2] = decodeFileCreateTime;
  table[3] = decodeNetworkConnect;
  table[5] = decodeProcessTerminate;
  table[9] = decodeRawAccessRead;
  table[11] = decodeFileCreate;
  table[17] = decodePipeEvent17;
  table[18] = decodePipeEvent18;
  table[22] = decodeDnsQuery;
  table[23] = decodeFileDelete;
  table[26] = decodeFileDeleteDetected;
  table[110] = decodeFileModify;
  return table;
})();
