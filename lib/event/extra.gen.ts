// Generated from lib/schema by `npm run generate`. Do not edit.
/** What stands beside Sysmon's fields on any event. Absent keys mean: nothing to say. Frozen, and shared between events where equal. */
export interface EventExtra {
  /** Kernel hook that saw the event; `sdk` for events about the sensor itself. */
  readonly hook: string;
  /** What the hook needs of the kernel. */
  readonly tier: 'core' | 'full';
  /** Names of fields that were cut. */
  readonly truncated?: readonly string[];
  /** Names of fields that may be wrong: read from memory that another thread could change meanwhile, or a path of which the kernel does not say for certain that it is the one. */
  readonly exposed?: readonly string[];
  /** The process was rebuilt after records were lost: what the event says of it may be incomplete. */
  readonly uncertain?: true;
  /** Delivered after events that came later, because it waited: for a digest, content, or a user name. */
  readonly late?: true;
  /** Names of fields that are told without their secrets: the option `redact`. */
  readonly redacted?: readonly string[];
  /** Exact bytes, base64, of fields whose bytes are not UTF-8. */
  readonly raw?: Readonly<Record<string, string>>;
}

/** What some event or other may have there: for code that takes events of every type, or of a recording. */
export interface AnyExtra extends EventExtra {
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
  /** Error of a failed operation. */
  readonly errno?: number;
  /** Inode number of the socket's network namespace, as /proc/PID/ns/net shows it. */
  readonly netns?: number;
  /** Exit status, when the process exited by itself. */
  readonly exitCode?: number;
  /** Number of the signal that killed the process. */
  readonly signal?: number;
  /** The kernel wrote a core dump. */
  readonly coreDump?: true;
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
  /** How a device was opened. */
  readonly access?: 'read' | 'write' | 'readWrite';
  /** Number of a device, `major:minor`. */
  readonly device?: string;
  /** Of ptrace: `attach`, `seize`, or `traceme`, by which the target let its parent trace it. */
  readonly request?: 'attach' | 'seize' | 'traceme';
  /** Thread that was accessed, where it is not the first of its process. */
  readonly targetThreadId?: number;
  /** Of process_vm_readv and process_vm_writev, and of calls that fail: how many there were since the event before this one, with this one. */
  readonly calls?: number;
  /** The file is a directory. */
  readonly directory?: true;
  /** Digests of a new file, as `Hashes` has them, for an event that has no such field (FileCreate). */
  readonly hashes?: string;
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
  /** Names that a deleted file has left. */
  readonly nlink?: number;
  /** Why the content of a deleted file was not kept, see docs/archive.md; or `changed`: it was kept, and somebody changed it while it was copied. Absent where there is no archive. */
  readonly archive?: string;
  /** Name in the archive of the content that was kept. */
  readonly archiveFile?: string;
  /** Of a fileless execution: `memfd`, a file that has no place in any directory, or `deleted`, one that has no name any more (O_TMPFILE: not yet). */
  readonly backing?: 'memfd' | 'deleted';
  /** Of an image that is replaced: path of the new one. */
  readonly replacedBy?: string;
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
  /** The path fits no entry: it is another name of a file that was seen under one that does. */
  readonly byInode?: true;
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
  /** What it could be before, of mprotect; absent if it could not even be read. */
  readonly previousProtection?: 'r--' | '-w-' | 'rw-' | '--x' | 'r-x' | '-wx' | 'rwx';
  /** The file behind the memory, unless it is `shared`; a memfd has the name that it was made with. */
  readonly backedBy?: string;
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
  /** What was done: a socket was made, or a filter attached to one by this option. */
  readonly operation?:
    'socket' | 'SO_ATTACH_FILTER' | 'SO_ATTACH_BPF' | 'SO_ATTACH_REUSEPORT_CBPF' | 'SO_ATTACH_REUSEPORT_EBPF';
}
