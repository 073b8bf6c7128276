// Generated from lib/schema by `npm run generate`. Do not edit.
import { isoOf, utcOf } from '../base/time.js';
import type { Live, ProcessSource, RecentConnection } from './process-source.js';
import { withWholeIds } from './strong-id.js';

/** What a file descriptor leads to. `other`: an event descriptor, a BPF object, an anonymous inode and the like. */
export type FdKind = 'closed' | 'tty' | 'pipe' | 'socket' | 'file' | 'directory' | 'char' | 'block' | 'other';

interface ProcessCopy {
  readonly parent?: ProcessCopy | null | undefined;
  readonly ancestors?: unknown;
  readonly strongId?: unknown;
}

/**
 * One process between two execs. Frozen and shared by all its events. `parent` does not change when the process is reparented. A copy that
 * structuredClone(), postMessage() or the advanced serialization of child_process makes has all fields, and `parent` up to the first process; it
 * lacks ancestors() and recentConnections, as JSON does, which has `ancestors` as a list.
 */
export class ProcessRecord {
  /** Unique over all hosts and time: boot id, start in ns since boot, pid, exec count. Joined by `:`. */
  declare readonly strongId: string;
  /** Sysmon's ProcessGuid, computed once: machine id, start second, end of the program's code. */
  declare readonly guid: string;
  /** Process id in the initial pid namespace. */
  declare readonly pid: number;
  /** Thread that called exec, when it was not the leader. */
  declare readonly tid?: number;
  /** Process id of the parent when the process was made; 0 if none, absent if it is not known. */
  declare readonly ppid?: number;
  /** Path of the executed file in its mount namespace; `-` if none (kernel thread). */
  declare readonly image: string;
  /** Arguments joined by single spaces, as Sysmon prints them. */
  declare readonly commandLine: string;
  /** The arguments one by one. */
  declare readonly argv: readonly string[];
  /** Working directory at exec. */
  declare readonly cwd: string;
  /** Root directory at exec, where it is not that of the mount namespace (chroot). Paths of events are not relative to it. */
  declare readonly root?: string;
  /** Real user id at exec; absent if it is not known. */
  declare readonly uid?: number;
  /** Real group id at exec; absent if it is not known. */
  declare readonly gid?: number;
  /** Effective user id at exec; absent if it is not known. */
  declare readonly euid?: number;
  /** Effective group id at exec; absent if it is not known. */
  declare readonly egid?: number;
  /** Saved user id at exec; absent if it is not known. */
  declare readonly suid?: number;
  /** User id of the login session (audit); absent if unset. */
  declare readonly loginUid?: number;
  /** Name of the real user id; `-` if it has none, or is not known. */
  declare readonly user: string;
  /** Audit session id; absent if unset. */
  declare readonly session?: number;
  /** POSIX session id: pid of the session leader; absent if it is not known. */
  declare readonly sid?: number;
  /** Process group id; absent if it is not known. */
  declare readonly pgid?: number;
  /** Process id inside the process's own pid namespace; absent if it is not known. */
  declare readonly nsPid?: number;
  /** Controlling terminal, for example `pts/0`. */
  declare readonly tty?: string;
  /** When the process was made: ISO 8601, UTC, microseconds. */
  declare readonly startTime: string;
  /** Sysmon's LogonGuid: machine id, login second of the terminal, user id, terminal. */
  declare readonly logonGuid: string;
  /** Capability sets after the exec, and those effective now that were not before it; absent if they are not known. */
  declare readonly capabilities?: {
    readonly effective: readonly string[];
    readonly permitted: readonly string[];
    readonly gained: readonly string[];
  };
  /** Inode numbers of the namespaces, as in /proc/PID/ns; absent is what is not known, or what the kernel does not have. */
  declare readonly namespaces?: {
    readonly mnt?: number;
    readonly pid?: number;
    readonly net?: number;
    readonly uts?: number;
    readonly ipc?: number;
    readonly cgroup?: number;
    readonly user?: number;
    readonly time?: number;
  };
  /** Control group in the unified hierarchy: 64-bit id in decimal, and its path if it could be resolved. Absent if it is not known. */
  declare readonly cgroup?: { readonly id: string; readonly path?: string };
  /** The container, by the control group at exec or fork; absent outside of one. One object for all its processes: name, image, pod and labels are filled in when the files of the runtime tell them, at most a quarter of a minute later, and then it is frozen. */
  declare readonly container?: {
    readonly id: string;
    readonly runtime: string;
    readonly name?: string;
    readonly image?: string;
    readonly podUid?: string;
    readonly podName?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  /** Name of the real user id in the container's own /etc/passwd, by the id that it has there. `user` is what the sensor's system calls it. */
  declare readonly containerUser?: string;
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
  /** The package whose script this is part of, as npm's variables say in the environment of the nearest that has them: the process itself or an ancestor. `event` is that of the life cycle (`postinstall`), `agent` who runs it. Only with `environment: 'npm'`, or the variables named; whoever runs the script can change them. */
  declare readonly npm?: {
    readonly package?: string;
    readonly version?: string;
    readonly event?: string;
    readonly agent?: string;
  };
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
  /** Nobody saw the exec: older than the sensor, or learnt of after a loss. What is said of the program (image, arguments, cwd, env, stdio) is what the process showed when it was found, and a process can change that at will. So it is with forks of it until they execute something. */
  declare readonly snapshot?: true;
  /** Where the executed file comes from (option `origin`): the process that wrote it last, when, and the last host that this process had connected to in the ten minutes before. `through`: it had not, but its arguments name this file, which came from there, or it was executed to read from this pipe (`pipe:[…]`), which a process that had connected was executed to write to. `script`: not the executed file comes from there, but this script that it runs. */
  declare readonly origin?: {
    readonly time: string;
    readonly pid: number;
    readonly strongId: string;
    readonly image: string;
    readonly destination: string;
    readonly destinationPort: number;
    readonly destinationHostname?: string;
    readonly through?: string;
    readonly script?: string;
  };
  /** From where the process is used (option `origin`): the connection that its nearest ancestor with one accepted, and who that was. How it is known: `socket`, an ancestor, or it, had it as file descriptor 0-2; `accepted`, it is the last that the ancestor had accepted by then, which may serve others; `environment`, SSH_CONNECTION says so, which a process can set. */
  declare readonly remote?: {
    readonly address: string;
    readonly port: number;
    readonly localPort: number;
    readonly pid?: number;
    readonly source: 'socket' | 'accepted' | 'environment';
  };
  /** The parent as it was when this process was made; undefined at the top, or where the line was cut after 128 generations of the dead. */
  declare readonly parent: ProcessRecord | undefined;
  #depth: number;
  #startUtc: string;
  #logonId: string;
  #revived = false;
  #attached: unknown[] | undefined;
  #live: Live | undefined;

  /** @internal */
  constructor(
    source: ProcessSource | object,
    w: Uint32Array | undefined,
    o: number,
    parent: ProcessRecord | undefined,
  ) {
    if (w === undefined) {
      Object.assign(this, source);
      this.#startUtc =
        typeof this.startTime === 'string' ? `${this.startTime.slice(0, 10)} ${this.startTime.slice(11, 23)}` : '-';
      this.#revived = true;
    } else {
      const b = source as ProcessSource;
      this.#live = b.live;
      this.strongId = b.string(w[o + 4]);
      this.guid = b.string(w[o + 5]);
      this.pid = w[o + 6];
      if (w[o + 7] !== 0xffffffff) this.tid = w[o + 7];
      if (w[o + 8] !== 0xffffffff) this.ppid = w[o + 8];
      this.image = b.string(w[o + 9]);
      this.commandLine = b.string(w[o + 10]);
      this.argv = b.argv(w[o + 11], this.commandLine);
      this.cwd = b.string(w[o + 12]);
      if (w[o + 13] !== 0) this.root = b.string(w[o + 13]);
      if (w[o + 14] !== 0xffffffff) this.uid = w[o + 14];
      if (w[o + 15] !== 0xffffffff) this.gid = w[o + 15];
      if (w[o + 16] !== 0xffffffff) this.euid = w[o + 16];
      if (w[o + 17] !== 0xffffffff) this.egid = w[o + 17];
      if (w[o + 18] !== 0xffffffff) this.suid = w[o + 18];
      if (w[o + 19] !== 0xffffffff) this.loginUid = w[o + 19];
      this.user = b.string(w[o + 20]);
      if (w[o + 21] !== 0xffffffff) this.session = w[o + 21];
      if (w[o + 22] !== 0xffffffff) this.sid = w[o + 22];
      if (w[o + 23] !== 0xffffffff) this.pgid = w[o + 23];
      if (w[o + 24] !== 0xffffffff) this.nsPid = w[o + 24];
      if (w[o + 25] !== 0) this.tty = b.string(w[o + 25]);
      this.startTime = isoOf(w[o + 26], w[o + 27]);
      this.#startUtc = utcOf(w[o + 26], w[o + 27]);
      this.logonGuid = b.string(w[o + 28]);
      if (w[o + 29] !== 0) this.capabilities = b.json(w[o + 29]) as NonNullable<ProcessRecord['capabilities']>;
      if (w[o + 30] !== 0) this.namespaces = b.json(w[o + 30]) as NonNullable<ProcessRecord['namespaces']>;
      if (w[o + 31] !== 0) this.cgroup = b.json(w[o + 31]) as NonNullable<ProcessRecord['cgroup']>;
      if (w[o + 32] !== 0) this.container = b.container(w[o + 32] - 1) as NonNullable<ProcessRecord['container']>;
      if (w[o + 33] !== 0) this.containerUser = b.string(w[o + 33]);
      this.stdio = b.json(w[o + 34]) as ProcessRecord['stdio'];
      this.env = b.json(w[o + 35]) as ProcessRecord['env'];
      if (w[o + 36] !== 0) this.npm = b.json(w[o + 36]) as NonNullable<ProcessRecord['npm']>;
      if (w[o + 37] !== 0) this.script = b.string(w[o + 37]);
      if (w[o + 40] & 1) this.memfd = true;
      if (w[o + 40] & 2) this.deleted = true;
      if (w[o + 40] & 4) this.kernelThread = true;
      if (w[o + 40] & 8) this.forked = true;
      if (w[o + 40] & 16) this.uncertain = true;
      if (w[o + 40] & 32) this.snapshot = true;
      if (w[o + 38] !== 0) this.origin = b.json(w[o + 38]) as NonNullable<ProcessRecord['origin']>;
      if (w[o + 39] !== 0) this.remote = b.json(w[o + 39]) as NonNullable<ProcessRecord['remote']>;
    }
    this.#logonId = this.uid === undefined ? '-' : String(this.uid);
    // An own property, so that it goes along where a record is copied: to another thread, into another process.
    this.parent = parent !== undefined && parent.#depth >= 128 ? parent.#shortened() : parent;
    this.#depth = this.parent === undefined ? 0 : this.parent.#depth + 1;
    Object.freeze(this);
  }

  /** The ancestors, nearest first, up to the first process. */
  *ancestors(): Generator<ProcessRecord> {
    for (let p = this.parent; p !== undefined; p = p.parent) yield p;
  }

  /**
   * The last connections of this very program, the newest first, at most eight, also those that rules dropped; asked of the sensor when it is read.
   * Undefined where it does not know: NetworkConnect is not captured, the process has been gone for a minute, the sensor has stopped, or the record was
   * read from a file. Not in JSON, and not in a copy.
   */
  get recentConnections(): readonly RecentConnection[] | undefined {
    // A proxy has no private fields.
    return #live in this ? this.#live?.recentConnections(this.strongId) : undefined;
  }

  /** JSON has the ancestors in short instead of `parent`. */
  toJSON(): object {
    const ancestors = [...this.ancestors()].map((p) => ({
      pid: p.pid,
      strongId: p.strongId,
      image: p.image,
      commandLine: p.commandLine,
    }));
    return { ...this, parent: undefined, ancestors };
  }

  /** @internal A record from its JSON, as it was written: it may lack fields or have others than this version knows. */
  static revive(fields: object, parent: ProcessRecord | undefined): ProcessRecord {
    return new ProcessRecord(fields, undefined, 0, parent);
  }

  /** @internal */
  static isRevived(p: ProcessRecord): boolean {
    return p.#revived;
  }

  /** @internal The record itself, or one made from a copy of it: a clone or JSON that came from another thread or process, a proxy. */
  static of(p: ProcessRecord): ProcessRecord {
    const copy: ProcessCopy = p;
    if (#revived in p) return p;
    const line: object[] = [];
    // The bound is for a line that a program made by hand, which may go in a circle.
    for (let q: ProcessCopy | null | undefined = copy; q && line.length <= 128; q = q.parent) {
      const { parent, ancestors, ...fields } = q;
      line.push(fields);
      if (!parent && Array.isArray(ancestors))
        line.push(...(withWholeIds(ancestors as unknown[], fields.strongId) as object[]));
    }
    return line.reduceRight<ProcessRecord | undefined>(
      (parent, fields) => ProcessRecord.revive(fields, parent),
      undefined,
    ) as ProcessRecord;
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

  /** A copy whose line has 64 generations and no more: relays that fork and exit would keep it growing for ever. */
  #shortened(): ProcessRecord {
    const line: ProcessRecord[] = [this];
    for (let p = this.parent; p !== undefined && line.length < 64; p = p.parent) line.push(p);
    return line.reduceRight<ProcessRecord | undefined>((parent, p) => p.#copy(parent), undefined) as ProcessRecord;
  }

  /** @internal A copy that says something else, or has another parent. It counts as what it was made from: of a sensor or of a file. */
  static changed(p: ProcessRecord, changes: object, parent: ProcessRecord | undefined): ProcessRecord {
    return p.#copy(parent, changes);
  }

  #copy(parent: ProcessRecord | undefined, changes?: object): ProcessRecord {
    const copy = new ProcessRecord(changes === undefined ? this : { ...this, ...changes }, undefined, 0, parent);
    copy.#startUtc = this.#startUtc;
    copy.#revived = this.#revived;
    copy.#live = this.#live;
    return copy;
  }
}
