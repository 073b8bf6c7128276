/** The process record. */
import { pathsOf, type Path } from './paths.js';
import type { ProcessField } from './types.js';

/** The process record, `event.process`: one per (process, exec), shared by all events of it, frozen. */
export const processFields: readonly ProcessField[] = [
  [
    'strongId',
    'string',
    'string',
    'Unique over all hosts and time: boot id, start in ns since boot, pid, exec count. Joined by `:`.',
  ],
  [
    'guid',
    'string',
    'string',
    "Sysmon's ProcessGuid, computed once: machine id, start second, end of the program's code.",
  ],
  ['pid', 'u32', 'number', 'Process id in the initial pid namespace.'],
  ['tid', 'optionalU32', 'number', 'Thread that called exec, when it was not the leader.'],
  [
    'ppid',
    'optionalU32',
    'number',
    'Process id of the parent when the process was made; 0 if none, absent if it is not known.',
  ],
  ['image', 'string', 'string', 'Path of the executed file in its mount namespace; `-` if none (kernel thread).'],
  ['commandLine', 'string', 'string', 'Arguments joined by single spaces, as Sysmon prints them.'],
  ['argv', 'argv', 'readonly string[]', 'The arguments one by one.'],
  ['cwd', 'string', 'string', 'Working directory at exec.'],
  [
    'root',
    'optionalString',
    'string',
    'Root directory at exec, where it is not that of the mount namespace (chroot). Paths of events are not relative to it.',
  ],
  ['uid', 'optionalU32', 'number', 'Real user id at exec; absent if it is not known.'],
  ['gid', 'optionalU32', 'number', 'Real group id at exec; absent if it is not known.'],
  ['euid', 'optionalU32', 'number', 'Effective user id at exec; absent if it is not known.'],
  ['egid', 'optionalU32', 'number', 'Effective group id at exec; absent if it is not known.'],
  ['suid', 'optionalU32', 'number', 'Saved user id at exec; absent if it is not known.'],
  ['loginUid', 'optionalU32', 'number', 'User id of the login session (audit); absent if unset.'],
  ['user', 'string', 'string', 'Name of the real user id; `-` if it has none, or is not known.'],
  ['session', 'optionalU32', 'number', 'Audit session id; absent if unset.'],
  ['sid', 'optionalU32', 'number', 'POSIX session id: pid of the session leader; absent if it is not known.'],
  ['pgid', 'optionalU32', 'number', 'Process group id; absent if it is not known.'],
  ['nsPid', 'optionalU32', 'number', "Process id inside the process's own pid namespace; absent if it is not known."],
  ['tty', 'optionalString', 'string', 'Controlling terminal, for example `pts/0`.'],
  ['startTime', 'time', 'string', 'When the process was made: ISO 8601, UTC, microseconds.'],
  ['logonGuid', 'string', 'string', "Sysmon's LogonGuid: machine id, login second of the terminal, user id, terminal."],
  [
    'capabilities',
    'optionalJson',
    '{ readonly effective: readonly string[]; readonly permitted: readonly string[]; readonly gained: readonly string[] }',
    'Capability sets after the exec, and those effective now that were not before it; absent if they are not known.',
  ],
  [
    'namespaces',
    'optionalJson',
    '{ readonly mnt?: number; readonly pid?: number; readonly net?: number; readonly uts?: number; readonly ipc?: number; readonly cgroup?: number; readonly user?: number; readonly time?: number }',
    'Inode numbers of the namespaces, as in /proc/PID/ns; absent is what is not known, or what the kernel does not have.',
  ],
  [
    'cgroup',
    'optionalJson',
    '{ readonly id: string; readonly path?: string }',
    'Control group in the unified hierarchy: 64-bit id in decimal, and its path if it could be resolved. Absent if it is not known.',
  ],
  [
    'container',
    'optionalContainer',
    '{ readonly id: string; readonly runtime: string; readonly name?: string; readonly image?: string; readonly podUid?: string; readonly podName?: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }',
    'The container, by the control group at exec or fork; absent outside of one. One object for all its processes: name, image, pod and labels are filled in when the files of the runtime tell them, at most a quarter of a minute later, and then it is frozen.',
  ],
  [
    'containerUser',
    'optionalString',
    'string',
    "Name of the real user id in the container's own /etc/passwd, by the id that it has there. `user` is what the sensor's system calls it.",
  ],
  [
    'stdio',
    'json',
    'readonly { readonly fd: number; readonly kind: FdKind; readonly target?: string; readonly local?: string; readonly protocol?: string }[]',
    'Kind and target of file descriptors 0-2 at exec. A socket has its peer as target.',
  ],
  ['env', 'json', 'Readonly<Record<string, string>>', 'The allow-listed environment variables that were set.'],
  [
    'npm',
    'optionalJson',
    '{ readonly package?: string; readonly version?: string; readonly event?: string; readonly agent?: string }',
    "The package whose script this is part of, as npm's variables say in the environment of the nearest that has them: the process itself or an ancestor. `event` is that of the life cycle (`postinstall`), `agent` who runs it. Only with `environment: 'npm'`, or the variables named; whoever runs the script can change them.",
  ],
  [
    'script',
    'optionalString',
    'string',
    'Script run by a `#!` interpreter, as an absolute path where it was given relative to cwd.',
  ],
  ['memfd', 'flag', 'true', 'The image is an anonymous file in memory.'],
  ['deleted', 'flag', 'true', 'The image had no name left when it was executed.'],
  ['kernelThread', 'flag', 'true', 'A thread of the kernel.'],
  [
    'forked',
    'flag',
    'true',
    'Made by fork and has not executed anything itself: image and commandLine are the parent’s.',
  ],
  [
    'uncertain',
    'flag',
    'true',
    'Rebuilt after records were lost, or never seen whole: what it says may be later than the process’s start.',
  ],
  [
    'snapshot',
    'flag',
    'true',
    'Nobody saw the exec: older than the sensor, or learnt of after a loss. What is said of the program (image, arguments, cwd, env, stdio) is what the process showed when it was found, and a process can change that at will. So it is with forks of it until they execute something.',
  ],
  [
    'origin',
    'optionalJson',
    '{ readonly time: string; readonly pid: number; readonly strongId: string; readonly image: string; readonly destination: string; readonly destinationPort: number; readonly destinationHostname?: string; readonly through?: string; readonly script?: string }',
    'Where the executed file comes from (option `origin`): the process that wrote it last, when, and the last host that this process had connected to in the ten minutes before. `through`: it had not, but its arguments name this file, which came from there, or it was executed to read from this pipe (`pipe:[…]`), which a process that had connected was executed to write to. `script`: not the executed file comes from there, but this script that it runs.',
  ],
  [
    'remote',
    'optionalJson',
    "{ readonly address: string; readonly port: number; readonly localPort: number; readonly pid?: number; readonly source: 'socket' | 'accepted' | 'environment' }",
    'From where the process is used (option `origin`): the connection that its nearest ancestor with one accepted, and who that was. How it is known: `socket`, an ancestor, or it, had it as file descriptor 0-2; `accepted`, it is the last that the ancestor had accepted by then, which may serve others; `environment`, SSH_CONNECTION says so, which a process can set.',
  ],
];

/** What follows from a process record and is no member of it: for fields of Sysmon alone. */
export const derivedFields: readonly (readonly [name: string, expression: string, doc: string])[] = [
  ['logonId', 'logonIdOf(p)', 'Real user id, decimal; `-` if it is not known.'],
  ['terminalSessionId', '(p.session ?? 4294967295)', 'Audit session id; 4294967295 if unset.'],
];

/** What rules may name of a process record. */
export const processPaths: readonly Path[] = processFields.flatMap(([name, , type]) => pathsOf(name, type));
