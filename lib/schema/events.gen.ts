// Generated from lib/schema by `npm run generate`. Do not edit.
import type { EventExtra, SysmonEventBase } from '../event/event.js';
import type { ProcessRecord } from '../event/process-record.gen.js';

export type { FdKind, ProcessRecord } from '../event/process-record.gen.js';

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
/** What stands beside the fields of ProcessCreate. */
export interface ProcessCreateExtra extends EventExtra {
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
}
/** A program was executed (execve, execveat). A fork without exec is none. */
export interface ProcessCreateEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ProcessCreate';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 1;
  /** Sysmon's fields and nothing else. */
  readonly data: ProcessCreateData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ProcessCreateExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** The new modification time. */
  CreationUtcTime: string;
  /** The one before, if the file was named by a descriptor; otherwise `-`. */
  PreviousCreationUtcTime: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileCreateTime. */
export interface FileCreateTimeExtra extends EventExtra {
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event. */
export interface FileCreateTimeEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileCreateTime';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 2;
  /** Sysmon's fields and nothing else. */
  readonly data: FileCreateTimeData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileCreateTimeExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
/** What stands beside the fields of NetworkConnect. */
export interface NetworkConnectExtra extends EventExtra {
  /** Error of a failed operation. */
  readonly errno?: number;
  /** Inode number of the socket's network namespace, as /proc/PID/ns/net shows it. */
  readonly netns?: number;
}
/** A TCP connection was made, accepted or refused, or a UDP flow began. `extra.errno` says why a connection failed, `extra.netns` in which network namespace it is. */
export interface NetworkConnectEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'NetworkConnect';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 3;
  /** Sysmon's fields and nothing else. */
  readonly data: NetworkConnectData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: NetworkConnectExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Tells the events apart. */
  readonly type: 'ServiceStateChange';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 4;
  /** Sysmon's fields and nothing else. */
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
/** What stands beside the fields of ProcessTerminate. */
export interface ProcessTerminateExtra extends EventExtra {
  /** Exit status, when the process exited by itself. */
  readonly exitCode?: number;
  /** Number of the signal that killed the process. */
  readonly signal?: number;
  /** The kernel wrote a core dump. */
  readonly coreDump?: true;
}
/** A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how. */
export interface ProcessTerminateEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ProcessTerminate';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 5;
  /** Sysmon's fields and nothing else. */
  readonly data: ProcessTerminateData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ProcessTerminateExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ModuleLoad (EventID 6), in Sysmon's order. */
export interface ModuleLoadData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Path of the file; `-` if the module came from memory. */
  ImageLoaded: string;
  /** Digests of the file; `-` if they are not known. */
  Hashes: string;
  /** Whether the kernel accepted a signature; `-` if it does not check them, or refused the module before. */
  Signed: string;
  /** Linux does not keep who signed it. */
  Signature: string;
  /** `Valid` if `Signed` is true; `Unavailable`: there is none, or none by a key that the kernel has. */
  SignatureStatus: string;
}
/** What stands beside the fields of ModuleLoad. */
export interface ModuleLoadExtra extends EventExtra {
  /** `name`: Name of the module. `size`: Bytes that it takes in the kernel. `taints`: What of it taints the kernel, in the letters of /proc/sys/kernel/tainted: `O` from outside the tree, `E` not signed, `P` proprietary. `arguments`: Its arguments, as they were passed. */
  readonly module?: {
    readonly name?: string;
    readonly size?: number;
    readonly taints?: string;
    readonly arguments?: string;
  };
  /** The kernel itself asked for it. */
  readonly requested?: true;
  /** The program, or the module, was there when the sensor started. */
  readonly existing?: true;
  /** The module is in the kernel, and /proc/modules does not show it. */
  readonly hidden?: true;
  /** Error of a failed operation. */
  readonly errno?: number;
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A module of the kernel was loaded; or somebody tried to, then `extra.errno` says why not. `process` is who did it: for what the kernel itself asked for (`extra.requested`), its own helper, modprobe. Modules that were there when the sensor started are listed (`extra.existing`), and one that is found to be missing in the list of the kernel, /proc/modules, without having been taken out is told again (`extra.hidden`): of both, hook `proc_modules`, it is not known who did it. */
export interface ModuleLoadEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ModuleLoad';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 6;
  /** Sysmon's fields and nothing else. */
  readonly data: ModuleLoadData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ModuleLoadExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ImageLoad (EventID 7), in Sysmon's order. */
export interface ImageLoadData {
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
  /** Path of the file that was mapped. */
  ImageLoaded: string;
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
  /** Digests of the file; `-` if off or unknown. */
  Hashes: string;
  /** Libraries have no signatures on Linux: `-`. */
  Signed: string;
  /** Libraries have no signatures on Linux: `-`. */
  Signature: string;
  /** Libraries have no signatures on Linux: `-`. */
  SignatureStatus: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of ImageLoad. */
export interface ImageLoadExtra extends EventExtra {
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A process mapped a file to execute it: a library, a plug-in. Once for each process, exec and file. There are so many that `events: 'all'` leaves it out: name it, or have rules for it. What the kernel maps at an exec, the program itself and its loader, is ProcessCreate. */
export interface ImageLoadEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ImageLoad';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 7;
  /** Sysmon's fields and nothing else. */
  readonly data: ImageLoadData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ImageLoadExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
/** What stands beside the fields of RawAccessRead. */
export interface RawAccessReadExtra extends EventExtra {
  /** How a device was opened. */
  readonly access?: 'read' | 'write' | 'readWrite';
  /** Number of a device, `major:minor`. */
  readonly device?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which. */
export interface RawAccessReadEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'RawAccessRead';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 9;
  /** Sysmon's fields and nothing else. */
  readonly data: RawAccessReadData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: RawAccessReadExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ProcessAccess (EventID 10), in Sysmon's order. */
export interface ProcessAccessData {
  /** Name of the rule that kept the event; `-` if none. */
  RuleName: string;
  /** When it happened, UTC, `yyyy-MM-dd HH:mm:ss.SSS`. */
  UtcTime: string;
  /** Identity of the process that got access. */
  SourceProcessGUID: string;
  /** Its process id in the initial pid namespace. */
  SourceProcessId: number;
  /** Its thread that got access, in the initial pid namespace. */
  SourceThreadId: number;
  /** Path of its executable. */
  SourceImage: string;
  /** Identity of the process that it got access to, found as the kernel finds it, in the pid namespace of the caller; zeros if it was gone, or there was none. */
  TargetProcessGUID: string;
  /** Its process id in the initial pid namespace; 0 if it was gone, or there was none. */
  TargetProcessId: number;
  /** Path of its executable; `-` if there is none. */
  TargetImage: string;
  /** What the access allows, a set of bits: see above. */
  GrantedAccess: string;
  /** Not known on Linux: `-`. */
  CallTrace: string;
  /** Name of the real user of the source at the call. */
  SourceUser: string;
  /** Name of the real user of the target at the call. */
  TargetUser: string;
}
/** What stands beside the fields of ProcessAccess. */
export interface ProcessAccessExtra extends EventExtra {
  /** Of ptrace: `attach`, `seize`, or `traceme`, by which the target let its parent trace it. */
  readonly request?: 'attach' | 'seize' | 'traceme';
  /** Thread that was accessed, where it is not the first of its process. */
  readonly targetThreadId?: number;
  /** Of process_vm_readv and process_vm_writev, and of calls that fail: how many there were since the event before this one, with this one. */
  readonly calls?: number;
  /** Error of a failed operation. */
  readonly errno?: number;
}
/** A process got access to the memory, the registers or a descriptor of another one: it traces it (ptrace: PTRACE_ATTACH, PTRACE_SEIZE; PTRACE_TRACEME, which gives the access to the parent; a process that a traced one makes), reads or writes its memory (process_vm_readv, process_vm_writev), opens its `/proc/PID/mem`, or takes a copy of one of its descriptors (pidfd_getfd). One event for each access that is gained: none for what a tracer does with it, none for what a process does to itself. Calls that fail are told if the option `failedAccess` asks for them: `extra.errno` says why, `GrantedAccess` is 0x0. process_vm_readv and process_vm_writev, and what fails, are told once in `flowSeconds` for each source, target, call and errno. `GrantedAccess` has the bits that Windows has for the same: 0x8 memory operations, 0x10 read memory, 0x20 write memory, 0x40 copy descriptors, 0x200 set and 0x400 query information (registers, signals), 0x800 suspend and resume. A tracer has 0xe38, a reader 0x10, a writer 0x28, pidfd_getfd 0x40. */
export interface ProcessAccessEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ProcessAccess';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 10;
  /** Sysmon's fields and nothing else. */
  readonly data: ProcessAccessData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ProcessAccessExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** When the file was made: the time of the event, or the birth time of a file that was overwritten; `-` if that is not known. */
  CreationUtcTime: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileCreate. */
export interface FileCreateExtra extends EventExtra {
  /** The file is a directory. */
  readonly directory?: true;
  /** Digests of a new file, as `Hashes` has them, for an event that has no such field (FileCreate). */
  readonly hashes?: string;
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A file got a name (created, linked, renamed), or an existing one was overwritten. Of two names that are exchanged (RENAME_EXCHANGE) each is told: it stands for another file now. Opening an existing file is no event. `extra.hashes` has the digests of its content. */
export interface FileCreateEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileCreate';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 11;
  /** Sysmon's fields and nothing else. */
  readonly data: FileCreateData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileCreateExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Tells the events apart. */
  readonly type: 'ServiceConfigurationChange';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 16;
  /** Sysmon's fields and nothing else. */
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
/** What stands beside the fields of PipeEvent. */
export interface PipeEventExtra extends EventExtra {
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A FIFO was made. */
export interface PipeEventEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'PipeEvent';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 17 | 18;
  /** Sysmon's fields and nothing else. */
  readonly data: PipeEventData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: PipeEventExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
/** What stands beside the fields of DnsQuery. */
export interface DnsQueryExtra extends EventExtra {
  /** Type of the record that was asked for: `AAAA`, or `TYPE65280` where it has no name. */
  readonly queryType?: string;
  /** Name server as the process addressed it: `192.0.2.1:53`, `[2001:db8::1]:53`. */
  readonly server?: string;
  /** Protocol of a DNS exchange. */
  readonly transport?: 'udp' | 'tcp';
  /** How often it was asked until the answer, if more than once. */
  readonly attempts?: number;
  /** The server cut the answer to fit a packet. */
  readonly answerTruncated?: true;
  /** No answer was seen, and packets of answers were lost meanwhile: there may have been one. */
  readonly answersLost?: true;
}
/** A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then. */
export interface DnsQueryEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'DnsQuery';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 22;
  /** Sysmon's fields and nothing else. */
  readonly data: DnsQueryData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: DnsQueryExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** Digests of the deleted file; `-` if they are not known: nothing leads to the content by then. Known are those of an empty file, of what an archive keeps, and of what another event had read before (`extra.hash` is `touched` then). */
  Hashes: string;
  /** A regular file that somebody was allowed to execute. */
  IsExecutable: boolean;
  /** Whether the content was kept; `extra.archiveFile` is its name in the archive, `extra.archive` says why not. */
  Archived: boolean;
}
/** What stands beside the fields of FileDelete. */
export interface FileDeleteExtra extends EventExtra {
  /** The file is a directory. */
  readonly directory?: true;
  /** Names that a deleted file has left. */
  readonly nlink?: number;
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** Why the content of a deleted file was not kept, see docs/archive.md; or `changed`: it was kept, and somebody changed it while it was copied. Absent where there is no archive. */
  readonly archive?: string;
  /** Name in the archive of the content that was kept. */
  readonly archiveFile?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left. */
export interface FileDeleteEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileDelete';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 23;
  /** Sysmon's fields and nothing else. */
  readonly data: FileDeleteData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileDeleteExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ProcessTampering (EventID 25), in Sysmon's order. */
export interface ProcessTamperingData {
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
  /** What was done: `Fileless execution`, `Image is replaced` or `Memory made executable`. */
  Type: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of ProcessTampering. */
export interface ProcessTamperingExtra extends EventExtra {
  /** Of a fileless execution: `memfd`, a file that has no place in any directory, or `deleted`, one that has no name any more (O_TMPFILE: not yet). */
  readonly backing?: 'memfd' | 'deleted';
  /** Of an image that is replaced: path of the new one. */
  readonly replacedBy?: string;
}
/** What a process runs is not what its files say. `Type` says how: `Fileless execution` (it executed a file of which no name is left, or that never had one: memfd_create, a deleted file), `Image is replaced` (the file that it is said to run, `/proc/PID/exe`, was made another one: prctl PR_SET_MM), `Memory made executable` (memory that is no file's, and that was or can be written to, became executable; once for each process and exec). Just-in-time compilers (node, Java, .NET, browsers) do the last by nature: a rule that names them leaves them out. */
export interface ProcessTamperingEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ProcessTampering';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 25;
  /** Sysmon's fields and nothing else. */
  readonly data: ProcessTamperingData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ProcessTamperingExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** Digests of the deleted file; `-` if they are not known: nothing leads to the content by then. Known are those of an empty file, of what an archive keeps, and of what another event had read before (`extra.hash` is `touched` then). */
  Hashes: string;
  /** A regular file that somebody was allowed to execute. */
  IsExecutable: boolean;
}
/** What stands beside the fields of FileDeleteDetected. */
export interface FileDeleteDetectedExtra extends EventExtra {
  /** The file is a directory. */
  readonly directory?: true;
  /** Names that a deleted file has left. */
  readonly nlink?: number;
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** As FileDelete, with rules of its own; nothing is ever kept because of it. */
export interface FileDeleteDetectedEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileDeleteDetected';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 26;
  /** Sysmon's fields and nothing else. */
  readonly data: FileDeleteDetectedData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileDeleteDetectedExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of eBPFEvent (EventID 100), in Sysmon's order. */
export interface eBPFEventData {
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
  /** Name of the real user at the call. */
  User: string;
  /** Command of bpf(2), or the ioctl by which a program is attached to a perf event. Commands that change maps are only told of maps of this sensor. */
  BpfCommand: string;
  /** The kernel's type of the program, such as `KPROBE`; `UNSPEC` if there is no program. */
  BpfProgramType: string;
  /** Id that the kernel gave the program; 0 if there is none. */
  BpfProgramId: number;
  /** Its name, at most 15 bytes; `-` if it has none. */
  BpfProgramName: string;
}
/** What stands beside the fields of eBPFEvent. */
export interface eBPFEventExtra extends EventExtra {
  /** What the program is attached to, by its name in the kernel: a tracepoint or a function. At BPF_PROG_LOAD, what it was made for. */
  readonly attachedTo?: string;
  /** BPF_OBJ_PIN: the file that the object is pinned as. Programs of control groups: the directory of the group. */
  readonly path?: string;
  /** Id of the link. */
  readonly link?: number;
  /** The kernel's type of the link. */
  readonly linkType?:
    | 'RAW_TRACEPOINT'
    | 'TRACING'
    | 'CGROUP'
    | 'ITER'
    | 'NETNS'
    | 'XDP'
    | 'PERF_EVENT'
    | 'KPROBE_MULTI'
    | 'STRUCT_OPS'
    | 'NETFILTER'
    | 'TCX'
    | 'UPROBE_MULTI'
    | 'NETKIT'
    | 'SOCKMAP';
  /** Id of the map that was pinned or changed. */
  readonly map?: number;
  /** Its name, at most 15 bytes. */
  readonly mapName?: string;
  /** It was done to a link, a map or a program of this sensor. */
  readonly own?: true;
  /** The program, or the module, was there when the sensor started. */
  readonly existing?: true;
  /** Error of a failed operation. */
  readonly errno?: number;
}
/** A program of eBPF was loaded, attached or detached, or an object of eBPF was pinned; or a program was there when the sensor started (`extra.existing`). What the process of the sensor does is no event. What others do to links and maps of this sensor is one even if it fails, and an Error (`TAMPERING`) beside. */
export interface eBPFEventEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'eBPFEvent';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 100;
  /** Sysmon's fields and nothing else. */
  readonly data: eBPFEventData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: eBPFEventExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** How: `Write`, `Append` (opened with O_APPEND), `Truncate`. `Map`: it can be changed through memory from now on, and may have been. */
  ModificationType: string;
  /** Digests of the file; `-` if they are not known. */
  Hashes: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileModify. */
export interface FileModifyExtra extends EventExtra {
  /** Why `Hashes` is `-`, or `hashes` absent: `timeout`, `gone`, `hidden` (a deleted file that has other names, or is open), `unknown` (the kernel does not say which file was deleted), `changed`, `unreadable`, `large` (more than 1 GiB), `busy`, `open` (it is still being written), `unavailable` (no libcrypto). `touched`: they are there, but it is not certain that they are of what was executed, or of what a deleted file held last. */
  readonly hash?: string;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A file was changed: once for each open file and process, at the first change. One that was mapped into memory so that writing there changes it is told once as well, by `Map`: the mapping is seen, and not whether anything is written. */
export interface FileModifyEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileModify';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 110;
  /** Sysmon's fields and nothing else. */
  readonly data: FileModifyData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileModifyExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of FileRename (EventID 111), in Sysmon's order. */
export interface FileRenameData {
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
  /** Full path that the file had, from the root of the mount namespace of the process. */
  SourceFilename: string;
  /** Full path that it has now, from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** Whether another file had that name and lost it: `true`, `false`; `-` if that is not known. */
  Replaced: string;
  /** Two files exchanged their names: the other one has an event of its own. */
  Exchanged: boolean;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileRename. */
export interface FileRenameExtra extends EventExtra {
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A file or a folder got another name in place of the one that it had: rename, renameat, renameat2, and io_uring. FileCreate and FileDelete, as Sysmon counts them, are told as well. An exchange of two names (RENAME_EXCHANGE) is told twice, once for each file. */
export interface FileRenameEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileRename';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 111;
  /** Sysmon's fields and nothing else. */
  readonly data: FileRenameData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileRenameExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of FileLink (EventID 112), in Sysmon's order. */
export interface FileLinkData {
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** `hard` or `symbolic`. */
  LinkType: string;
  /** Of a hard link the full path of the name that it was made of, `-` if that file had no name (O_TMPFILE); of a symbolic link its text, to the letter. */
  LinkTarget: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileLink. */
export interface FileLinkExtra extends EventExtra {
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A hard or a symbolic link was made, with what it is of: link, linkat, symlink, symlinkat, and io_uring. FileCreate is told as well. */
export interface FileLinkEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileLink';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 112;
  /** Sysmon's fields and nothing else. */
  readonly data: FileLinkData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileLinkExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of FileAttributeChange (EventID 113), in Sysmon's order. */
export interface FileAttributeChangeData {
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** What was changed: `mode`, `owner`, `flags`, or an extended attribute, which was set (`setXattr`) or removed (`removeXattr`). */
  Attribute: string;
  /** Name of the extended attribute, `security.capability`; otherwise `-`. */
  Name: string;
  /** What it was: a mode as `0755`, with `setuid`, `setgid`, `sticky` behind it; an owner as `0:0`, user and group; flags as `immutable,append`, or `none`. `-` if it is not known. */
  OldValue: string;
  /** What it is now, in the same form: `04755,setuid`. */
  NewValue: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileAttributeChange. */
export interface FileAttributeChangeExtra extends EventExtra {
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** Who may do what with a file was changed: its mode, its owner, an extended attribute (capabilities, access lists, user.*), or whether it can be changed at all (immutable, append only). By a descriptor, a change of mode, owner or flags to what they are already is none; by a path the kernel does not tell what was there before. Quiet: one in a parallel build (of what it links), none in an `npm install`; `apt-get install` of one small package gave 77, most by mandb and dpkg, `apt-get update` 25. */
export interface FileAttributeChangeEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileAttributeChange';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 113;
  /** Sysmon's fields and nothing else. */
  readonly data: FileAttributeChangeData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileAttributeChangeExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of FileOpen (EventID 114), in Sysmon's order. */
export interface FileOpenData {
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
  /** Full path of the file from the root of the mount namespace of the process (`process.namespaces.mnt`), by the mount that the call went through. */
  TargetFilename: string;
  /** What it was opened for: `read`, `write`, `readWrite`, or `none` (O_ACCMODE, for ioctl(2) alone). */
  Access: string;
  /** The entry of the list that it fits. */
  WatchEntry: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FileOpen. */
export interface FileOpenExtra extends EventExtra {
  /** The path fits no entry: it is another name of a file that was seen under one that does. */
  readonly byInode?: true;
  /** The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601. */
  readonly file?: {
    readonly dev: string;
    readonly inode: string;
    readonly size: number;
    readonly mtime: string;
    readonly mode: number;
  };
}
/** A file of a list was opened, to read or to write: passwords, keys, tokens of clouds and browsers, histories of shells, the memory of processes and of the machine. The option `watchFiles` replaces the list or adds to it; docs/options.md has it whole. What counts is the file that was opened, and not the way to it: by a symbolic link, a descriptor of /proc/PID/fd, a handle (open_by_handle_at), io_uring. A file that was seen under its own name is known by a hard link or a bind mount too. An open that fails is none, nor one of a directory, nor one with O_PATH, nor what a process opens of itself in /proc. Quiet: none in a parallel build, one in an `npm install` (npm reads its .npmrc), one in an `apt-get install`. */
export interface FileOpenEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FileOpen';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 114;
  /** Sysmon's fields and nothing else. */
  readonly data: FileOpenData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FileOpenExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of PrivilegeChange (EventID 120), in Sysmon's order. */
export interface PrivilegeChangeData {
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
  /** What changed it: the call; `exec`: the setuid or setgid bit, capabilities of the file, or the rules of exec; `clone`: the process was made in a new user namespace; `unexplained`: no call that the sensor saw, as an exploit of the kernel does. */
  Operation: string;
  /** Name of the effective user before. */
  PreviousUser: string;
  /** Name of the effective user now. */
  User: string;
  /** Names of the effective capabilities before, `CAP_SETGID,CAP_SETUID`; `none`. */
  PreviousCapabilities: string;
  /** Names of the effective capabilities now; `none`. */
  Capabilities: string;
}
/** What stands beside the fields of PrivilegeChange. */
export interface PrivilegeChangeExtra extends EventExtra {
  /** Nothing was gained: no capability, and no id but one that the thread had, or could take by a capability that it had. So does a daemon that gives up the rights of root. */
  readonly drop?: true;
  /** The thread that it is about, if it is not the leader of its process. */
  readonly thread?: number;
  /** Its user ids (real, effective, saved, file system), before; only where they changed. */
  readonly previousUids?: string;
  /** Its user ids (real, effective, saved, file system), now; only where they changed. */
  readonly uids?: string;
  /** Its group ids (real, effective, saved, file system), before; only where they changed. */
  readonly previousGids?: string;
  /** Its group ids (real, effective, saved, file system), now; only where they changed. */
  readonly gids?: string;
  /** Its supplementary groups, `none` without any, before; only where they changed. */
  readonly previousGroups?: string;
  /** Its supplementary groups, `none` without any, now; only where they changed. */
  readonly groups?: string;
  /** What it lost of its permitted capabilities; only where that changed. */
  readonly previousPermitted?: string;
  /** What it gained in its permitted capabilities; only where that changed. */
  readonly permitted?: string;
  /** What it lost of its inheritable capabilities; only where that changed. */
  readonly previousInheritable?: string;
  /** What it gained in its inheritable capabilities; only where that changed. */
  readonly inheritable?: string;
  /** What it lost of its ambient capabilities; only where that changed. */
  readonly previousAmbient?: string;
  /** What it gained in its ambient capabilities; only where that changed. */
  readonly ambient?: string;
  /** What it lost of its bounding set of capabilities; only where that changed. */
  readonly previousBounding?: string;
  /** What it gained in its bounding set of capabilities; only where that changed. */
  readonly bounding?: string;
  /** Its securebits as a hexadecimal number (SECBIT_KEEP_CAPS left out), before; only where they changed. */
  readonly previousSecurebits?: string;
  /** Its securebits as a hexadecimal number (SECBIT_KEEP_CAPS left out), now; only where they changed. */
  readonly securebits?: string;
  /** The inode numbers of its user namespaces, before; only where they changed. */
  readonly previousUserNamespace?: string;
  /** The inode numbers of its user namespaces, now; only where they changed. */
  readonly userNamespace?: string;
}
/** What a process may do changed: by a call (set*id, setgroups, capset, prctl), by a program that has the setuid bit or capabilities of its file, by a user namespace; or by nothing that explains it. A call after which all is as it was is no event. Each thread has credentials of its own. */
export interface PrivilegeChangeEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'PrivilegeChange';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 120;
  /** Sysmon's fields and nothing else. */
  readonly data: PrivilegeChangeData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: PrivilegeChangeExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of NamespaceChange (EventID 121), in Sysmon's order. */
export interface NamespaceChangeData {
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
  /** How: `setns`, `unshare` or `clone`. */
  Operation: string;
  /** What changed, as it was: kind and inode number of each, `mnt:4026531841,net:4026531840`. */
  PreviousNamespaces: string;
  /** What changed, as it is now; for `clone`, in the new process. */
  Namespaces: string;
  /** Identity of the process that was made (`clone`), or whose pidfd was given to setns; zeros if there is none. */
  TargetProcessGuid: string;
  /** Its process id in the initial pid namespace; 0 if there is none. */
  TargetProcessId: number;
  /** Path of its executable; `-` if there is none. */
  TargetImage: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A process entered or left namespaces (setns, unshare), or made a process in other ones than its own (clone). A call after which all namespaces are those that they were is no event. */
export interface NamespaceChangeEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'NamespaceChange';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 121;
  /** Sysmon's fields and nothing else. */
  readonly data: NamespaceChangeData;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ModuleUnload (EventID 122), in Sysmon's order. */
export interface ModuleUnloadData {
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
  /** Name of the module: the kernel’s, or of an attempt what was asked for. */
  ModuleName: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of ModuleUnload. */
export interface ModuleUnloadExtra extends EventExtra {
  /** Error of a failed operation. */
  readonly errno?: number;
}
/** A module of the kernel was taken out; or somebody tried to, then `extra.errno` says why not. */
export interface ModuleUnloadEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ModuleUnload';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 122;
  /** Sysmon's fields and nothing else. */
  readonly data: ModuleUnloadData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: ModuleUnloadExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of Mount (EventID 123), in Sysmon's order. */
export interface MountData {
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
  /** What was done; of mount(2) `mount`, `bind`, `remount`, `move` or `propagation` (private, shared, slave, unbindable), else the name of the call. */
  Operation: string;
  /** What is mounted: a device, a directory, any name; of pivot_root the new root. As it was passed, or as the kernel has it where a descriptor stands for the mount; `-` if there is none. */
  Source: string;
  /** Where it is mounted, what is taken off, where the old root goes, or the new root of chroot: full path from the root of the mount namespace; `-` if it is nowhere yet (fsmount, open_tree). */
  Target: string;
  /** Type of the file system, `overlay`; `-` where the call names none. */
  FileSystem: string;
  /** Flags as mount(8) names them, then the options of the file system: `ro,nosuid,lowerdir=/a:/b`; `-` if there are none. */
  Options: string;
  /** Name of the real user at the call. */
  User: string;
}
/** Something was mounted, taken off, moved, or changed in how it is mounted, or a process got another root directory. What failed is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; what makes namespaces (containers, sandboxes, services with a file system of their own) gives a burst. */
export interface MountEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'Mount';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 123;
  /** Sysmon's fields and nothing else. */
  readonly data: MountData;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of MemoryProtect (EventID 124), in Sysmon's order. */
export interface MemoryProtectData {
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
  /** By which call: `mmap`, `mprotect`, `pkey_mprotect` or `memfd_create`. */
  Operation: string;
  /** What the memory can be now, as in `/proc/PID/maps`: `r-x`, `rwx`. Of memfd_create what the owner of the file may do. */
  Protection: string;
  /** What the memory is of: `anonymous`, `heap`, `stack`; `memfd`; `shared` memory without a name; a file that is `deleted`; a `file` of which it holds other content than the file, or may; `image`: where the program itself is. */
  Backing: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of MemoryProtect. */
export interface MemoryProtectExtra extends EventExtra {
  /** What it could be before, of mprotect; absent if it could not even be read. */
  readonly previousProtection?: 'r--' | '-w-' | 'rw-' | '--x' | 'r-x' | '-wx' | 'rwx';
  /** The file behind the memory, unless it is `shared`; a memfd has the name that it was made with. */
  readonly backedBy?: string;
}
/** A process can run what no file on a disk says: memory that was or can be written to became executable, code became writable, other memory took the place of the program, or memfd_create made a file that can be executed. Once for each process and exec, and way: `Operation`, `Protection` and `Backing`. ProcessTampering says that a process does so at all; this event says how. Just-in-time compilers (node, Java, .NET, browsers, PCRE, libffi) do it by nature: a rule that names them leaves them out. Quiet: none in a parallel build, one in an `npm install` (node itself). For machines whose programs are known; where many kinds of compilers run, begin with rules for `Backing`. */
export interface MemoryProtectEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'MemoryProtect';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 124;
  /** Sysmon's fields and nothing else. */
  readonly data: MemoryProtectData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: MemoryProtectExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of Signal (EventID 125), in Sysmon's order. */
export interface SignalData {
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
  /** Name of the signal, `SIGKILL`. */
  Signal: string;
  /** Identity of the process that it was sent to. */
  TargetProcessGuid: string;
  /** Its process id in the initial pid namespace. */
  TargetProcessId: number;
  /** Path of its executable. */
  TargetImage: string;
  /** Name of the real user that it had when it was made or executed; `extra.targetUid` is the one that it has now. */
  TargetUser: string;
  /** Name of the real user of the sender at the call. */
  User: string;
}
/** What stands beside the fields of Signal. */
export interface SignalExtra extends EventExtra {
  /** Why this signal is an event. */
  readonly reason?: 'sensor' | 'init' | 'security' | 'otherUser' | 'many';
  /** Which kind of call sent the signal: `kill` (also pidfd_send_signal), `tgkill` (also tkill), `sigqueue`; `kernel`: it sent it for the process (cgroup.kill, PR_SET_PDEATHSIG). */
  readonly way?: 'kill' | 'tgkill' | 'sigqueue' | 'kernel';
  /** What became of the signal: `ignored` by the target, `pending` already, `overflow` of its queue. */
  readonly result?: 'delivered' | 'ignored' | 'pending' | 'overflow' | 'lostInfo';
  /** Real user id of the target at the call. */
  readonly targetUid?: number;
  /** Of SIGKILL and SIGSTOP: to how many others in a row the process has sent one within ten seconds. */
  readonly count?: number;
}
/** A process sent a signal to another one that is of another user, or init, or a program that guards the machine, or this sensor; or it kills or stops many. `extra.reason` says which: the first that holds of `sensor`, `init` (process 1), `security`, `otherUser`, `many` (SIGKILL or SIGSTOP to more than eight others within ten seconds). Any other signal is no event, and costs a few reads. Quiet: none in a parallel build or `npm install`, two in `apt-get update`. */
export interface SignalEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'Signal';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 125;
  /** Sysmon's fields and nothing else. */
  readonly data: SignalData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: SignalExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of SocketListen (EventID 126), in Sysmon's order. */
export interface SocketListenData {
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
  /** `tcp` or `udp`. */
  Protocol: string;
  /** Local address; `0.0.0.0` or `0:0:0:0:0:0:0:0`: all of the machine. IPv4 mapped into IPv6 is written as IPv4. */
  Address: string;
  /** Local port, also where the kernel chose it. */
  Port: number;
  /** Name of the port in /etc/services; `-` if it has none. */
  PortName: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of SocketListen. */
export interface SocketListenExtra extends EventExtra {
  /** Inode number of the socket's network namespace, as /proc/PID/ns/net shows it. */
  readonly netns?: number;
}
/** A TCP socket began to listen, or a UDP socket was bound. Address and port are what the kernel gave the socket, also where none was asked for. Quiet: none in a parallel build, `npm install` or `apt-get update`; servers give one for each port at their start. */
export interface SocketListenEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'SocketListen';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 126;
  /** Sysmon's fields and nothing else. */
  readonly data: SocketListenData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: SocketListenExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of RawSocket (EventID 127), in Sysmon's order. */
export interface RawSocketData {
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
  /** Address family, `AF_PACKET`. */
  Family: string;
  /** Type of socket, `SOCK_RAW`. */
  Type: string;
  /** Its protocol: `IPPROTO_ICMP`, of AF_PACKET `ETH_P_ALL`, of AF_NETLINK `NETLINK_AUDIT`; a number where it has no name here. */
  Protocol: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of RawSocket. */
export interface RawSocketExtra extends EventExtra {
  /** What was done: a socket was made, or a filter attached to one by this option. */
  readonly operation?:
    'socket' | 'SO_ATTACH_FILTER' | 'SO_ATTACH_BPF' | 'SO_ATTACH_REUSEPORT_CBPF' | 'SO_ATTACH_REUSEPORT_EBPF';
}
/** A socket was made that reads or writes packets below TCP and UDP (AF_PACKET, AF_XDP, AF_KEY, SOCK_RAW of any other family), or one of netlink that changes what guards the machine (audit, netfilter, xfrm) or tells of every process (connector); or a filter was attached to a socket of any kind, which `extra.operation` then names. Quiet: none in a parallel build, `npm install` or `apt-get update`. */
export interface RawSocketEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'RawSocket';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 127;
  /** Sysmon's fields and nothing else. */
  readonly data: RawSocketData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: RawSocketExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of UnixConnect (EventID 128), in Sysmon's order. */
export interface UnixConnectData {
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
  /** Path of the socket; an abstract name begins with `@`. */
  SocketName: string;
  /** Identity of the process that listens; zeros if it is not known. */
  TargetProcessGuid: string;
  /** Its process id in the initial pid namespace; 0 if it is not known. */
  TargetProcessId: number;
  /** Path of its executable; `-` if it is not known. */
  TargetImage: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A process connected to a Unix socket by which a machine, its containers or keys are ruled. By the last component of its path: docker.sock, containerd.sock, containerd.sock.ttrpc, crio.sock, podman.sock, buildkitd.sock, dockershim.sock, cri-dockerd.sock, kubelet.sock, unix.socket (LXD), libvirt-sock, snapd.socket, system_bus_socket and bus (D-Bus), private (systemd), S.gpg-agent, S.gpg-agent.ssh, agent.* (ssh-agent); without a path: @containerd-shim*, @/containerd-shim*, @/tmp/dbus-*. Any other is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; a desktop’s programs each connect to D-Bus. */
export interface UnixConnectEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'UnixConnect';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 128;
  /** Sysmon's fields and nothing else. */
  readonly data: UnixConnectData;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of KernelParameter (EventID 129), in Sysmon's order. */
export interface KernelParameterData {
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
  /** The setting: `/proc/sys/kernel/core_pattern`, by where its file system usually is, through whatever mount it was written to; of a control group `/sys/fs/cgroup/` and its path, without the name of the hierarchy. Or the name of the call: `reboot`. */
  Parameter: string;
  /** What the kernel had; `-` if that is not known (only of some settings it is), or if it is empty. */
  PreviousValue: string;
  /** What the kernel has now, or else what it was passed: the text that was written; the path of swapon, swapoff, acct and quotactl; the command line of kexec_file_load; what reboot is to do (`restart`, `halt`, `power_off`, `kexec`, `suspend`; `-`: what Ctrl-Alt-Del does); seconds since 1970 of settimeofday and clock_settime; the modes of adjtimex as a number. `-` if it is nothing, or not known. */
  NewValue: string;
  /** Name of the real user at the call. */
  User: string;
}
/** Somebody changed how the kernel behaves: by writing to a file that is a setting of it, or by a call that does so. Of files: all of `/proc/sys` and of binfmt_misc; `/proc/sysrq-trigger`; `uevent_helper` and the parameters of modules in `/sys`; `release_agent`, `notify_on_release` and `devices.allow` of version 1 of the control groups; `enforce` and `disable` of SELinux; `lockdown`; `kprobe_events` and `uprobe_events` of tracing. Of calls: kexec_load, kexec_file_load, reboot, swapon, swapoff, settimeofday, clock_settime, adjtimex and clock_adjtime with a mode, acct, and quotactl where it sets something. What failed is no event. Quiet: none in a build, `npm install`, `apt-get update` or `apt-get install`, and a burst where a machine starts, a network is configured or a container is made (`sysctl --system`, IPv6 settings of each interface). */
export interface KernelParameterEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'KernelParameter';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 129;
  /** Sysmon's fields and nothing else. */
  readonly data: KernelParameterData;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of FailedExecution (EventID 131), in Sysmon's order. */
export interface FailedExecutionData {
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
  /** What was to be executed: full path from the root of the mount namespace of the process. */
  TargetFilename: string;
  /** Its arguments, joined by blanks; `-` if there are none. */
  CommandLine: string;
  /** Why it failed: `ENOENT`, `EACCES`; `-` if the error has no name here, `extra.errno` is its number. */
  Errno: string;
  /** Name of the real user at the call. */
  User: string;
}
/** What stands beside the fields of FailedExecution. */
export interface FailedExecutionExtra extends EventExtra {
  /** Error of a failed operation. */
  readonly errno?: number;
}
/** An exec that failed: what is not there (`ENOENT`), may not be executed (`EACCES`, `EPERM`), or is no program (`ENOEXEC`). Which of them are kept is up to rules for `Errno`. Whoever searches PATH by trying gives one for each directory: name this event where that is wanted, or have rules that leave `ENOENT` out (a build of 60 files with gcc gave 488, an `npm install` 30). `ProcessId` and `Image` are those of who tried. */
export interface FailedExecutionEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'FailedExecution';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 131;
  /** Sysmon's fields and nothing else. */
  readonly data: FailedExecutionData;
  /** What Sysmon's fields do not say. Frozen. */
  readonly extra: FailedExecutionExtra;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of ProcessRename (EventID 132), in Sysmon's order. */
export interface ProcessRenameData {
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
  /** Its name before, at most 15 bytes; of PR_SET_MM its first argument. */
  PreviousName: string;
  /** Its name now, at most 15 bytes; of PR_SET_MM its first argument, up to 127 bytes. */
  NewName: string;
  /** How: `PR_SET_NAME` by prctl; `comm` by a write to `/proc/PID/comm`; `PR_SET_MM` where its arguments are was moved. */
  Operation: string;
  /** Name of the real user at the call. */
  User: string;
}
/** A process took another name than the one its exec gave it: `ps`, `top` and `/proc/PID/comm` show it. Only the name of its main thread counts, and only where it is another one. Servers that name their workers, systemd and Node (`process.title`) do so as well: leave them out by rule. `Image` is what the process really runs. */
export interface ProcessRenameEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'ProcessRename';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 132;
  /** Sysmon's fields and nothing else. */
  readonly data: ProcessRenameData;
  /** The process that did it, with its ancestors. Frozen, and shared by its events. */
  readonly process: ProcessRecord;
}

/** Fields of Error (EventID 255), in Sysmon's order. */
export interface ErrorData {
  /** When it happened, UTC. */
  UtcTime: string;
  /** What kind of error, for example `LOSS`, or `TAMPERING`: another process changed what the sensor has in the kernel. */
  ID: string;
  /** What happened, for a person. */
  Description: string;
}
/** Something that the sensor could not do or see. */
export interface ErrorEvent extends SysmonEventBase {
  /** Tells the events apart. */
  readonly type: 'Error';
  /** Sysmon's EventID; from 110 on they are ours. */
  readonly id: 255;
  /** Sysmon's fields and nothing else. */
  readonly data: ErrorData;
}

/** Every event, told apart by `type` or `id`. */
export type SysmonEvent =
  | ProcessCreateEvent
  | FileCreateTimeEvent
  | NetworkConnectEvent
  | ServiceStateChangeEvent
  | ProcessTerminateEvent
  | ModuleLoadEvent
  | ImageLoadEvent
  | RawAccessReadEvent
  | ProcessAccessEvent
  | FileCreateEvent
  | ServiceConfigurationChangeEvent
  | PipeEventEvent
  | DnsQueryEvent
  | FileDeleteEvent
  | ProcessTamperingEvent
  | FileDeleteDetectedEvent
  | eBPFEventEvent
  | FileModifyEvent
  | FileRenameEvent
  | FileLinkEvent
  | FileAttributeChangeEvent
  | FileOpenEvent
  | PrivilegeChangeEvent
  | NamespaceChangeEvent
  | ModuleUnloadEvent
  | MountEvent
  | MemoryProtectEvent
  | SignalEvent
  | SocketListenEvent
  | RawSocketEvent
  | UnixConnectEvent
  | KernelParameterEvent
  | FailedExecutionEvent
  | ProcessRenameEvent
  | ErrorEvent;
/** The event of each name: what listeners, iterators and filters are typed by. */
export interface SysmonEventMap {
  /** A program was executed (execve, execveat). A fork without exec is none. */
  ProcessCreate: ProcessCreateEvent;
  /** The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event. */
  FileCreateTime: FileCreateTimeEvent;
  /** A TCP connection was made, accepted or refused, or a UDP flow began. `extra.errno` says why a connection failed, `extra.netns` in which network namespace it is. */
  NetworkConnect: NetworkConnectEvent;
  /** The sensor started or stopped. */
  ServiceStateChange: ServiceStateChangeEvent;
  /** A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how. */
  ProcessTerminate: ProcessTerminateEvent;
  /** A module of the kernel was loaded; or somebody tried to, then `extra.errno` says why not. `process` is who did it: for what the kernel itself asked for (`extra.requested`), its own helper, modprobe. Modules that were there when the sensor started are listed (`extra.existing`), and one that is found to be missing in the list of the kernel, /proc/modules, without having been taken out is told again (`extra.hidden`): of both, hook `proc_modules`, it is not known who did it. */
  ModuleLoad: ModuleLoadEvent;
  /** A process mapped a file to execute it: a library, a plug-in. Once for each process, exec and file. There are so many that `events: 'all'` leaves it out: name it, or have rules for it. What the kernel maps at an exec, the program itself and its loader, is ProcessCreate. */
  ImageLoad: ImageLoadEvent;
  /** A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which. */
  RawAccessRead: RawAccessReadEvent;
  /** A process got access to the memory, the registers or a descriptor of another one: it traces it (ptrace: PTRACE_ATTACH, PTRACE_SEIZE; PTRACE_TRACEME, which gives the access to the parent; a process that a traced one makes), reads or writes its memory (process_vm_readv, process_vm_writev), opens its `/proc/PID/mem`, or takes a copy of one of its descriptors (pidfd_getfd). One event for each access that is gained: none for what a tracer does with it, none for what a process does to itself. Calls that fail are told if the option `failedAccess` asks for them: `extra.errno` says why, `GrantedAccess` is 0x0. process_vm_readv and process_vm_writev, and what fails, are told once in `flowSeconds` for each source, target, call and errno. `GrantedAccess` has the bits that Windows has for the same: 0x8 memory operations, 0x10 read memory, 0x20 write memory, 0x40 copy descriptors, 0x200 set and 0x400 query information (registers, signals), 0x800 suspend and resume. A tracer has 0xe38, a reader 0x10, a writer 0x28, pidfd_getfd 0x40. */
  ProcessAccess: ProcessAccessEvent;
  /** A file got a name (created, linked, renamed), or an existing one was overwritten. Of two names that are exchanged (RENAME_EXCHANGE) each is told: it stands for another file now. Opening an existing file is no event. `extra.hashes` has the digests of its content. */
  FileCreate: FileCreateEvent;
  /** A configuration came into force. */
  ServiceConfigurationChange: ServiceConfigurationChangeEvent;
  /** A FIFO was made. */
  PipeEvent: PipeEventEvent;
  /** A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then. */
  DnsQuery: DnsQueryEvent;
  /** A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left. */
  FileDelete: FileDeleteEvent;
  /** What a process runs is not what its files say. `Type` says how: `Fileless execution` (it executed a file of which no name is left, or that never had one: memfd_create, a deleted file), `Image is replaced` (the file that it is said to run, `/proc/PID/exe`, was made another one: prctl PR_SET_MM), `Memory made executable` (memory that is no file's, and that was or can be written to, became executable; once for each process and exec). Just-in-time compilers (node, Java, .NET, browsers) do the last by nature: a rule that names them leaves them out. */
  ProcessTampering: ProcessTamperingEvent;
  /** As FileDelete, with rules of its own; nothing is ever kept because of it. */
  FileDeleteDetected: FileDeleteDetectedEvent;
  /** A program of eBPF was loaded, attached or detached, or an object of eBPF was pinned; or a program was there when the sensor started (`extra.existing`). What the process of the sensor does is no event. What others do to links and maps of this sensor is one even if it fails, and an Error (`TAMPERING`) beside. */
  eBPFEvent: eBPFEventEvent;
  /** A file was changed: once for each open file and process, at the first change. One that was mapped into memory so that writing there changes it is told once as well, by `Map`: the mapping is seen, and not whether anything is written. */
  FileModify: FileModifyEvent;
  /** A file or a folder got another name in place of the one that it had: rename, renameat, renameat2, and io_uring. FileCreate and FileDelete, as Sysmon counts them, are told as well. An exchange of two names (RENAME_EXCHANGE) is told twice, once for each file. */
  FileRename: FileRenameEvent;
  /** A hard or a symbolic link was made, with what it is of: link, linkat, symlink, symlinkat, and io_uring. FileCreate is told as well. */
  FileLink: FileLinkEvent;
  /** Who may do what with a file was changed: its mode, its owner, an extended attribute (capabilities, access lists, user.*), or whether it can be changed at all (immutable, append only). By a descriptor, a change of mode, owner or flags to what they are already is none; by a path the kernel does not tell what was there before. Quiet: one in a parallel build (of what it links), none in an `npm install`; `apt-get install` of one small package gave 77, most by mandb and dpkg, `apt-get update` 25. */
  FileAttributeChange: FileAttributeChangeEvent;
  /** A file of a list was opened, to read or to write: passwords, keys, tokens of clouds and browsers, histories of shells, the memory of processes and of the machine. The option `watchFiles` replaces the list or adds to it; docs/options.md has it whole. What counts is the file that was opened, and not the way to it: by a symbolic link, a descriptor of /proc/PID/fd, a handle (open_by_handle_at), io_uring. A file that was seen under its own name is known by a hard link or a bind mount too. An open that fails is none, nor one of a directory, nor one with O_PATH, nor what a process opens of itself in /proc. Quiet: none in a parallel build, one in an `npm install` (npm reads its .npmrc), one in an `apt-get install`. */
  FileOpen: FileOpenEvent;
  /** What a process may do changed: by a call (set*id, setgroups, capset, prctl), by a program that has the setuid bit or capabilities of its file, by a user namespace; or by nothing that explains it. A call after which all is as it was is no event. Each thread has credentials of its own. */
  PrivilegeChange: PrivilegeChangeEvent;
  /** A process entered or left namespaces (setns, unshare), or made a process in other ones than its own (clone). A call after which all namespaces are those that they were is no event. */
  NamespaceChange: NamespaceChangeEvent;
  /** A module of the kernel was taken out; or somebody tried to, then `extra.errno` says why not. */
  ModuleUnload: ModuleUnloadEvent;
  /** Something was mounted, taken off, moved, or changed in how it is mounted, or a process got another root directory. What failed is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; what makes namespaces (containers, sandboxes, services with a file system of their own) gives a burst. */
  Mount: MountEvent;
  /** A process can run what no file on a disk says: memory that was or can be written to became executable, code became writable, other memory took the place of the program, or memfd_create made a file that can be executed. Once for each process and exec, and way: `Operation`, `Protection` and `Backing`. ProcessTampering says that a process does so at all; this event says how. Just-in-time compilers (node, Java, .NET, browsers, PCRE, libffi) do it by nature: a rule that names them leaves them out. Quiet: none in a parallel build, one in an `npm install` (node itself). For machines whose programs are known; where many kinds of compilers run, begin with rules for `Backing`. */
  MemoryProtect: MemoryProtectEvent;
  /** A process sent a signal to another one that is of another user, or init, or a program that guards the machine, or this sensor; or it kills or stops many. `extra.reason` says which: the first that holds of `sensor`, `init` (process 1), `security`, `otherUser`, `many` (SIGKILL or SIGSTOP to more than eight others within ten seconds). Any other signal is no event, and costs a few reads. Quiet: none in a parallel build or `npm install`, two in `apt-get update`. */
  Signal: SignalEvent;
  /** A TCP socket began to listen, or a UDP socket was bound. Address and port are what the kernel gave the socket, also where none was asked for. Quiet: none in a parallel build, `npm install` or `apt-get update`; servers give one for each port at their start. */
  SocketListen: SocketListenEvent;
  /** A socket was made that reads or writes packets below TCP and UDP (AF_PACKET, AF_XDP, AF_KEY, SOCK_RAW of any other family), or one of netlink that changes what guards the machine (audit, netfilter, xfrm) or tells of every process (connector); or a filter was attached to a socket of any kind, which `extra.operation` then names. Quiet: none in a parallel build, `npm install` or `apt-get update`. */
  RawSocket: RawSocketEvent;
  /** A process connected to a Unix socket by which a machine, its containers or keys are ruled. By the last component of its path: docker.sock, containerd.sock, containerd.sock.ttrpc, crio.sock, podman.sock, buildkitd.sock, dockershim.sock, cri-dockerd.sock, kubelet.sock, unix.socket (LXD), libvirt-sock, snapd.socket, system_bus_socket and bus (D-Bus), private (systemd), S.gpg-agent, S.gpg-agent.ssh, agent.* (ssh-agent); without a path: @containerd-shim*, @/containerd-shim*, @/tmp/dbus-*. Any other is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; a desktop’s programs each connect to D-Bus. */
  UnixConnect: UnixConnectEvent;
  /** Somebody changed how the kernel behaves: by writing to a file that is a setting of it, or by a call that does so. Of files: all of `/proc/sys` and of binfmt_misc; `/proc/sysrq-trigger`; `uevent_helper` and the parameters of modules in `/sys`; `release_agent`, `notify_on_release` and `devices.allow` of version 1 of the control groups; `enforce` and `disable` of SELinux; `lockdown`; `kprobe_events` and `uprobe_events` of tracing. Of calls: kexec_load, kexec_file_load, reboot, swapon, swapoff, settimeofday, clock_settime, adjtimex and clock_adjtime with a mode, acct, and quotactl where it sets something. What failed is no event. Quiet: none in a build, `npm install`, `apt-get update` or `apt-get install`, and a burst where a machine starts, a network is configured or a container is made (`sysctl --system`, IPv6 settings of each interface). */
  KernelParameter: KernelParameterEvent;
  /** An exec that failed: what is not there (`ENOENT`), may not be executed (`EACCES`, `EPERM`), or is no program (`ENOEXEC`). Which of them are kept is up to rules for `Errno`. Whoever searches PATH by trying gives one for each directory: name this event where that is wanted, or have rules that leave `ENOENT` out (a build of 60 files with gcc gave 488, an `npm install` 30). `ProcessId` and `Image` are those of who tried. */
  FailedExecution: FailedExecutionEvent;
  /** A process took another name than the one its exec gave it: `ps`, `top` and `/proc/PID/comm` show it. Only the name of its main thread counts, and only where it is another one. Servers that name their workers, systemd and Node (`process.title`) do so as well: leave them out by rule. `Image` is what the process really runs. */
  ProcessRename: ProcessRenameEvent;
  /** Something that the sensor could not do or see. */
  Error: ErrorEvent;
}
/** Name of a type of events. */
export type EventType = keyof SysmonEventMap;
