/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Generated from lib/schema by `npm run generate`. Do not edit. */
#ifndef SM_WIRE_GEN_H
#define SM_WIRE_GEN_H
#ifdef __cplusplus
#define SM_ASSERT static_assert
#else
#define SM_ASSERT _Static_assert
#endif

/* Record types. */
enum sm_type {
	SM_FORK = 1, /* A process (not a thread) was made. The header names the child. */
	SM_EXEC = 2, /* A program was executed. */
	SM_EXIT = 3, /* The last thread of a process exited. */
	SM_ALIVE = 4, /* A process that was there before the sensor, from the task iterator. argv and env stay empty: user space reads them. */
	SM_PROCESS_ACCESS = 5, /* A process got access to another one. The header names who got it. */
	SM_PROCESS_TAMPERING = 6, /* What a process runs is not what its files say. */
	SM_PRIVILEGE_CHANGE = 7, /* The credentials of a thread changed, or a process was made in another user namespace than its parent. */
	SM_SIGNAL = 8, /* A process sent a signal to another one. */
	SM_MEMORY_PROTECT = 9, /* Memory became executable that is not what a file on a disk says, or may be written to. */
	SM_PROCESS_RENAME = 10, /* A process took another name. */
	SM_FAILED_EXECUTION = 11, /* A program was to be executed, and was not. */
	SM_FILE_CREATE = 32, /* A name was given to a file, or an existing file was overwritten. */
	SM_FILE_DELETE = 33, /* A name of a file was removed, by unlink, rmdir, or a rename over it. */
	SM_FILE_MODIFY = 34, /* The content of a file was changed: the first time by this process through this open file. */
	SM_RAW_ACCESS = 35, /* A block device was opened. */
	SM_PIPE_CREATE = 36, /* A FIFO was made. */
	SM_PIPE_CONNECT = 37, /* A FIFO was opened. */
	SM_FILE_TIME = 38, /* The modification time of a file was set. */
	SM_URING = 39, /* A process had io_uring carry out file operations that are not seen: once a minute for each process. */
	SM_IMAGE_LOAD = 40, /* A file was mapped to be executed. */
	SM_FILE_RENAME = 41, /* A file was renamed. */
	SM_FILE_LINK = 42, /* A link was made. */
	SM_FILE_ATTRIBUTE_CHANGE = 43, /* An attribute of a file was changed. */
	SM_FILE_OPEN = 44, /* A file of the list was opened. */
	SM_NETWORK = 64, /* A TCP connection, made or failed, or a UDP flow. The header names the process that connected, accepted, sent or received. */
	SM_SOCKET_LISTEN = 65, /* A TCP socket began to listen, or a UDP socket was bound. */
	SM_RAW_SOCKET = 66, /* A raw socket was made, or a filter attached to a socket. */
	SM_UNIX_CONNECT = 67, /* A process connected to a Unix socket of the list. */
	SM_DNS_QUESTION = 80, /* A datagram that a socket sent to port 53. The header names the process that sent it; pid 0: unknown. */
	SM_DNS_QUERY = 81, /* A question and what came of it. Put together in user space from the packets; no probe writes it. */
	SM_DNS_ANSWER = 82, /* A datagram that a socket got from port 53. The header names no process. */
	SM_DNS_SEGMENT = 83, /* A segment of TCP to or from port 53. The header names the process that sent it; pid 0: unknown, or it came in. */
	SM_NAMESPACE_CHANGE = 96, /* A thread changed its namespaces, or a process was made in others than those of its parent. */
	SM_MOUNT = 98, /* A call that changes mounts, or the root of a process, has succeeded. */
	SM_MODULE_LOAD = 112, /* A module of the kernel was loaded, or it was tried. */
	SM_MODULE_UNLOAD = 113, /* A module of the kernel was taken out, or it was tried. */
	SM_BPF_EVENT = 114, /* Something was done with eBPF. */
	SM_KERNEL_PARAMETER = 115, /* A setting of the kernel was changed. */
};

#define SM_TYPES 116 /* size of tables indexed by type */

/* Events, by the id of Sysmon: which of them are wanted decides what a probe makes (sm_wanted in settings.h). */
enum sm_event {
	SM_EVENT_PROCESS_CREATE = 1, /* A program was executed (execve, execveat). A fork without exec is none. */
	SM_EVENT_FILE_CREATE_TIME = 2, /* The modification time of a file was set by hand, which hides when it was really changed. A call that leaves it as it is is no event. */
	SM_EVENT_NETWORK_CONNECT = 3, /* A TCP connection was made, accepted or refused, or a UDP flow began. `extra.errno` says why a connection failed, `extra.netns` in which network namespace it is. */
	SM_EVENT_PROCESS_TERMINATE = 5, /* A process ended: once, with its last thread. `extra.exitCode` or `extra.signal` tells how. */
	SM_EVENT_MODULE_LOAD = 6, /* A module of the kernel was loaded; or somebody tried to, then `extra.errno` says why not. `process` is who did it: for what the kernel itself asked for (`extra.requested`), its own helper, modprobe. Modules that were there when the sensor started are listed (`extra.existing`), and one that is found to be missing in the list of the kernel, /proc/modules, without having been taken out is told again (`extra.hidden`): of both, hook `proc_modules`, it is not known who did it. */
	SM_EVENT_IMAGE_LOAD = 7, /* A process mapped a file to execute it: a library, a plug-in. Once for each process, exec and file. There are so many that `events: 'all'` leaves it out: name it, or have rules for it. What the kernel maps at an exec, the program itself and its loader, is ProcessCreate. */
	SM_EVENT_RAW_ACCESS_READ = 9, /* A block device was opened; `extra.access` says whether to read, to write, or both, and `extra.device` which. */
	SM_EVENT_PROCESS_ACCESS = 10, /* A process got access to the memory, the registers or a descriptor of another one: it traces it (ptrace: PTRACE_ATTACH, PTRACE_SEIZE; PTRACE_TRACEME, which gives the access to the parent; a process that a traced one makes), reads or writes its memory (process_vm_readv, process_vm_writev), opens its `/proc/PID/mem`, or takes a copy of one of its descriptors (pidfd_getfd). One event for each access that is gained: none for what a tracer does with it, none for what a process does to itself. Calls that fail are told if the option `failedAccess` asks for them: `extra.errno` says why, `GrantedAccess` is 0x0. process_vm_readv and process_vm_writev, and what fails, are told once in `flowSeconds` for each source, target, call and errno. `GrantedAccess` has the bits that Windows has for the same: 0x8 memory operations, 0x10 read memory, 0x20 write memory, 0x40 copy descriptors, 0x200 set and 0x400 query information (registers, signals), 0x800 suspend and resume. A tracer has 0xe38, a reader 0x10, a writer 0x28, pidfd_getfd 0x40. */
	SM_EVENT_FILE_CREATE = 11, /* A file got a name (created, linked, renamed), or an existing one was overwritten. Of two names that are exchanged (RENAME_EXCHANGE) each is told: it stands for another file now. Opening an existing file is no event. `extra.hashes` has the digests of its content. */
	SM_EVENT_PIPE_EVENT17 = 17, /* A FIFO was made. */
	SM_EVENT_PIPE_EVENT18 = 18, /* A FIFO was opened, and its other end was there or is not waited for. */
	SM_EVENT_DNS_QUERY = 22, /* A process asked a DNS server. Delivered with the answer, or after 5 s without one; `time` is then. */
	SM_EVENT_FILE_DELETE = 23, /* A name of a file was removed: unlink, rmdir (`extra.directory`), or a rename over an existing file. `extra.nlink` says how many names are left. */
	SM_EVENT_PROCESS_TAMPERING = 25, /* What a process runs is not what its files say. `Type` says how: `Fileless execution` (it executed a file of which no name is left, or that never had one: memfd_create, a deleted file), `Image is replaced` (the file that it is said to run, `/proc/PID/exe`, was made another one: prctl PR_SET_MM), `Memory made executable` (memory that is no file's, and that was or can be written to, became executable; once for each process and exec). Just-in-time compilers (node, Java, .NET, browsers) do the last by nature: a rule that names them leaves them out. */
	SM_EVENT_FILE_DELETE_DETECTED = 26, /* As FileDelete, with rules of its own; nothing is ever kept because of it. */
	SM_EVENT_E_BPFEVENT = 100, /* A program of eBPF was loaded, attached or detached, or an object of eBPF was pinned; or a program was there when the sensor started (`extra.existing`). What the process of the sensor does is no event. What others do to links and maps of this sensor is one even if it fails, and an Error (`TAMPERING`) beside. */
	SM_EVENT_FILE_MODIFY = 110, /* A file was changed: once for each open file and process, at the first change. One that was mapped into memory so that writing there changes it is told once as well, by `Map`: the mapping is seen, and not whether anything is written. */
	SM_EVENT_FILE_RENAME = 111, /* A file or a folder got another name in place of the one that it had: rename, renameat, renameat2, and io_uring. FileCreate and FileDelete, as Sysmon counts them, are told as well. An exchange of two names (RENAME_EXCHANGE) is told twice, once for each file. */
	SM_EVENT_FILE_LINK = 112, /* A hard or a symbolic link was made, with what it is of: link, linkat, symlink, symlinkat, and io_uring. FileCreate is told as well. */
	SM_EVENT_FILE_ATTRIBUTE_CHANGE = 113, /* Who may do what with a file was changed: its mode, its owner, an extended attribute (capabilities, access lists, user.*), or whether it can be changed at all (immutable, append only). By a descriptor, a change of mode, owner or flags to what they are already is none; by a path the kernel does not tell what was there before. Quiet: one in a parallel build (of what it links), none in an `npm install`; `apt-get install` of one small package gave 77, most by mandb and dpkg, `apt-get update` 25. */
	SM_EVENT_FILE_OPEN = 114, /* A file of a list was opened, to read or to write: passwords, keys, tokens of clouds and browsers, histories of shells, the memory of processes and of the machine. The option `watchFiles` replaces the list or adds to it; docs/options.md has it whole. What counts is the file that was opened, and not the way to it: by a symbolic link, a descriptor of /proc/PID/fd, a handle (open_by_handle_at), io_uring. A file that was seen under its own name is known by a hard link or a bind mount too. An open that fails is none, nor one of a directory, nor one with O_PATH, nor what a process opens of itself in /proc. Quiet: none in a parallel build, one in an `npm install` (npm reads its .npmrc), one in an `apt-get install`. */
	SM_EVENT_PRIVILEGE_CHANGE = 120, /* What a process may do changed: by a call (set*id, setgroups, capset, prctl), by a program that has the setuid bit or capabilities of its file, by a user namespace; or by nothing that explains it. A call after which all is as it was is no event. Each thread has credentials of its own. */
	SM_EVENT_NAMESPACE_CHANGE = 121, /* A process entered or left namespaces (setns, unshare), or made a process in other ones than its own (clone). A call after which all namespaces are those that they were is no event. */
	SM_EVENT_MODULE_UNLOAD = 122, /* A module of the kernel was taken out; or somebody tried to, then `extra.errno` says why not. */
	SM_EVENT_MOUNT = 123, /* Something was mounted, taken off, moved, or changed in how it is mounted, or a process got another root directory. What failed is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; what makes namespaces (containers, sandboxes, services with a file system of their own) gives a burst. */
	SM_EVENT_MEMORY_PROTECT = 124, /* A process can run what no file on a disk says: memory that was or can be written to became executable, code became writable, other memory took the place of the program, or memfd_create made a file that can be executed. Once for each process and exec, and way: `Operation`, `Protection` and `Backing`. ProcessTampering says that a process does so at all; this event says how. Just-in-time compilers (node, Java, .NET, browsers, PCRE, libffi) do it by nature: a rule that names them leaves them out. Quiet: none in a parallel build, one in an `npm install` (node itself). For machines whose programs are known; where many kinds of compilers run, begin with rules for `Backing`. */
	SM_EVENT_SIGNAL = 125, /* A process sent a signal to another one that is of another user, or init, or a program that guards the machine, or this sensor; or it kills or stops many. `extra.reason` says which: the first that holds of `sensor`, `init` (process 1), `security`, `otherUser`, `many` (SIGKILL or SIGSTOP to more than eight others within ten seconds). Any other signal is no event, and costs a few reads. Quiet: none in a parallel build or `npm install`, two in `apt-get update`. */
	SM_EVENT_SOCKET_LISTEN = 126, /* A TCP socket began to listen, or a UDP socket was bound. Address and port are what the kernel gave the socket, also where none was asked for. Quiet: none in a parallel build, `npm install` or `apt-get update`; servers give one for each port at their start. */
	SM_EVENT_RAW_SOCKET = 127, /* A socket was made that reads or writes packets below TCP and UDP (AF_PACKET, AF_XDP, AF_KEY, SOCK_RAW of any other family), or one of netlink that changes what guards the machine (audit, netfilter, xfrm) or tells of every process (connector); or a filter was attached to a socket of any kind, which `extra.operation` then names. Quiet: none in a parallel build, `npm install` or `apt-get update`. */
	SM_EVENT_UNIX_CONNECT = 128, /* A process connected to a Unix socket by which a machine, its containers or keys are ruled. By the last component of its path: docker.sock, containerd.sock, containerd.sock.ttrpc, crio.sock, podman.sock, buildkitd.sock, dockershim.sock, cri-dockerd.sock, kubelet.sock, unix.socket (LXD), libvirt-sock, snapd.socket, system_bus_socket and bus (D-Bus), private (systemd), S.gpg-agent, S.gpg-agent.ssh, agent.* (ssh-agent); without a path: @containerd-shim*, @/containerd-shim*, @/tmp/dbus-*. Any other is no event. Quiet: none in a parallel build, `npm install` or `apt-get update`; a desktop’s programs each connect to D-Bus. */
	SM_EVENT_KERNEL_PARAMETER = 129, /* Somebody changed how the kernel behaves: by writing to a file that is a setting of it, or by a call that does so. Of files: all of `/proc/sys` and of binfmt_misc; `/proc/sysrq-trigger`; `uevent_helper` and the parameters of modules in `/sys`; `release_agent`, `notify_on_release` and `devices.allow` of version 1 of the control groups; `enforce` and `disable` of SELinux; `lockdown`; `kprobe_events` and `uprobe_events` of tracing. Of calls: kexec_load, kexec_file_load, reboot, swapon, swapoff, settimeofday, clock_settime, adjtimex and clock_adjtime with a mode, acct, and quotactl where it sets something. What failed is no event. Quiet: none in a build, `npm install`, `apt-get update` or `apt-get install`, and a burst where a machine starts, a network is configured or a container is made (`sysctl --system`, IPv6 settings of each interface). */
	SM_EVENT_FAILED_EXECUTION = 131, /* An exec that failed: what is not there (`ENOENT`), may not be executed (`EACCES`, `EPERM`), or is no program (`ENOEXEC`). Which of them are kept is up to rules for `Errno`. Whoever searches PATH by trying gives one for each directory: name this event where that is wanted, or have rules that leave `ENOENT` out (a build of 60 files with gcc gave 488, an `npm install` 30). `ProcessId` and `Image` are those of who tried. */
	SM_EVENT_PROCESS_RENAME = 132, /* A process took another name than the one its exec gave it: `ps`, `top` and `/proc/PID/comm` show it. Only the name of its main thread counts, and only where it is another one. Servers that name their workers, systemd and Node (`process.title`) do so as well: leave them out by rule. `Image` is what the process really runs. */
};

/* Which hook saw a NetworkConnect. */
enum sm_hook_network_connect {
	SM_HOOK_NETWORK_CONNECT_INET_SOCK_SET_STATE = 0, /* inet_sock_set_state */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_CONNECT = 1, /* sys_exit_connect */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_ACCEPT = 2, /* sys_exit_accept */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_ACCEPT4 = 3, /* sys_exit_accept4 */
	SM_HOOK_NETWORK_CONNECT_CGROUP_SKB_EGRESS = 4, /* cgroup_skb/egress */
	SM_HOOK_NETWORK_CONNECT_CGROUP_RECVMSG4 = 5, /* cgroup/recvmsg4 */
	SM_HOOK_NETWORK_CONNECT_CGROUP_RECVMSG6 = 6, /* cgroup/recvmsg6 */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDTO = 7, /* sys_exit_sendto */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDMSG = 8, /* sys_exit_sendmsg */
	SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDMMSG = 9, /* sys_exit_sendmmsg */
	SM_HOOK_NETWORK_CONNECT_IO_URING_COMPLETE = 10, /* io_uring_complete */
};

/* Which hook saw a ModuleLoad. */
enum sm_hook_module_load {
	SM_HOOK_MODULE_LOAD_SYS_EXIT_FINIT_MODULE = 0, /* sys_exit_finit_module */
	SM_HOOK_MODULE_LOAD_SYS_EXIT_INIT_MODULE = 1, /* sys_exit_init_module */
	SM_HOOK_MODULE_LOAD_MODULE_LOAD = 2, /* module_load */
	SM_HOOK_MODULE_LOAD_PROC_MODULES = 3, /* proc_modules */
};

/* Which hook saw a ImageLoad. */
enum sm_hook_image_load {
	SM_HOOK_IMAGE_LOAD_SYS_EXIT_MMAP = 0, /* sys_exit_mmap */
	SM_HOOK_IMAGE_LOAD_SYS_EXIT_MPROTECT = 1, /* sys_exit_mprotect */
	SM_HOOK_IMAGE_LOAD_SYS_EXIT_PKEY_MPROTECT = 2, /* sys_exit_pkey_mprotect */
};

/* Which hook saw a ProcessAccess. */
enum sm_hook_process_access {
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PTRACE = 0, /* sys_exit_ptrace */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_READV = 1, /* sys_exit_process_vm_readv */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_WRITEV = 2, /* sys_exit_process_vm_writev */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PIDFD_GETFD = 3, /* sys_exit_pidfd_getfd */
	SM_HOOK_PROCESS_ACCESS_SCHED_PROCESS_FORK = 4, /* sched_process_fork */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPEN = 5, /* sys_exit_open */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPENAT = 6, /* sys_exit_openat */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPENAT2 = 7, /* sys_exit_openat2 */
	SM_HOOK_PROCESS_ACCESS_SYS_EXIT_CREAT = 8, /* sys_exit_creat */
	SM_HOOK_PROCESS_ACCESS_IO_URING_OPENAT = 9, /* io_uring_openat */
	SM_HOOK_PROCESS_ACCESS_IO_URING_OPENAT2 = 10, /* io_uring_openat2 */
};

/* Which hook saw a ProcessTampering. */
enum sm_hook_process_tampering {
	SM_HOOK_PROCESS_TAMPERING_SCHED_PROCESS_EXEC = 0, /* sched_process_exec */
	SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_PRCTL = 1, /* sys_exit_prctl */
	SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_MMAP = 2, /* sys_exit_mmap */
	SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_MPROTECT = 3, /* sys_exit_mprotect */
	SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_PKEY_MPROTECT = 4, /* sys_exit_pkey_mprotect */
};

/* Which hook saw a eBPFEvent. */
enum sm_hook_e_bpfevent {
	SM_HOOK_E_BPFEVENT_SYS_EXIT_BPF = 0, /* sys_exit_bpf */
	SM_HOOK_E_BPFEVENT_SYS_EXIT_IOCTL = 1, /* sys_exit_ioctl */
	SM_HOOK_E_BPFEVENT_ITER_BPF_PROG = 2, /* iter_bpf_prog */
};

/* Which hook saw a PrivilegeChange. */
enum sm_hook_privilege_change {
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETUID = 0, /* sys_exit_setuid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETGID = 1, /* sys_exit_setgid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETREUID = 2, /* sys_exit_setreuid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETREGID = 3, /* sys_exit_setregid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETRESUID = 4, /* sys_exit_setresuid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETRESGID = 5, /* sys_exit_setresgid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETFSUID = 6, /* sys_exit_setfsuid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETFSGID = 7, /* sys_exit_setfsgid */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETGROUPS = 8, /* sys_exit_setgroups */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_CAPSET = 9, /* sys_exit_capset */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_PRCTL = 10, /* sys_exit_prctl */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_UNSHARE = 11, /* sys_exit_unshare */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETNS = 12, /* sys_exit_setns */
	SM_HOOK_PRIVILEGE_CHANGE_SCHED_PROCESS_EXEC = 13, /* sched_process_exec */
	SM_HOOK_PRIVILEGE_CHANGE_SCHED_PROCESS_FORK = 14, /* sched_process_fork */
	SM_HOOK_PRIVILEGE_CHANGE_SYS_ENTER = 15, /* sys_enter */
};

/* Which hook saw a NamespaceChange. */
enum sm_hook_namespace_change {
	SM_HOOK_NAMESPACE_CHANGE_SYS_EXIT_SETNS = 0, /* sys_exit_setns */
	SM_HOOK_NAMESPACE_CHANGE_SYS_EXIT_UNSHARE = 1, /* sys_exit_unshare */
	SM_HOOK_NAMESPACE_CHANGE_SCHED_PROCESS_FORK = 2, /* sched_process_fork */
};

/* Which hook saw a Mount. */
enum sm_hook_mount {
	SM_HOOK_MOUNT_SYS_EXIT_MOUNT = 0, /* sys_exit_mount */
	SM_HOOK_MOUNT_SYS_EXIT_UMOUNT = 1, /* sys_exit_umount */
	SM_HOOK_MOUNT_SYS_EXIT_MOVE_MOUNT = 2, /* sys_exit_move_mount */
	SM_HOOK_MOUNT_SYS_EXIT_FSMOUNT = 3, /* sys_exit_fsmount */
	SM_HOOK_MOUNT_SYS_EXIT_OPEN_TREE = 4, /* sys_exit_open_tree */
	SM_HOOK_MOUNT_SYS_EXIT_PIVOT_ROOT = 5, /* sys_exit_pivot_root */
	SM_HOOK_MOUNT_SYS_EXIT_CHROOT = 6, /* sys_exit_chroot */
};

/* Which hook saw a MemoryProtect. */
enum sm_hook_memory_protect {
	SM_HOOK_MEMORY_PROTECT_SYS_EXIT_MMAP = 0, /* sys_exit_mmap */
	SM_HOOK_MEMORY_PROTECT_SYS_EXIT_MPROTECT = 1, /* sys_exit_mprotect */
	SM_HOOK_MEMORY_PROTECT_SYS_EXIT_PKEY_MPROTECT = 2, /* sys_exit_pkey_mprotect */
	SM_HOOK_MEMORY_PROTECT_SYS_EXIT_MEMFD_CREATE = 3, /* sys_exit_memfd_create */
};

/* Which hook saw a SocketListen. */
enum sm_hook_socket_listen {
	SM_HOOK_SOCKET_LISTEN_SYS_EXIT_LISTEN = 0, /* sys_exit_listen */
	SM_HOOK_SOCKET_LISTEN_SYS_EXIT_BIND = 1, /* sys_exit_bind */
	SM_HOOK_SOCKET_LISTEN_IO_URING_COMPLETE = 2, /* io_uring_complete */
};

/* Which hook saw a RawSocket. */
enum sm_hook_raw_socket {
	SM_HOOK_RAW_SOCKET_SYS_EXIT_SOCKET = 0, /* sys_exit_socket */
	SM_HOOK_RAW_SOCKET_SYS_EXIT_SETSOCKOPT = 1, /* sys_exit_setsockopt */
	SM_HOOK_RAW_SOCKET_IO_URING_COMPLETE = 2, /* io_uring_complete */
};

/* Which hook saw a UnixConnect. */
enum sm_hook_unix_connect {
	SM_HOOK_UNIX_CONNECT_SYS_EXIT_CONNECT = 0, /* sys_exit_connect */
	SM_HOOK_UNIX_CONNECT_IO_URING_COMPLETE = 1, /* io_uring_complete */
};

/* Which hook saw a KernelParameter. */
enum sm_hook_kernel_parameter {
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_WRITE = 0, /* sys_exit_write */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITE64 = 1, /* sys_exit_pwrite64 */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_WRITEV = 2, /* sys_exit_writev */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITEV = 3, /* sys_exit_pwritev */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITEV2 = 4, /* sys_exit_pwritev2 */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SENDFILE64 = 5, /* sys_exit_sendfile64 */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SPLICE = 6, /* sys_exit_splice */
	SM_HOOK_KERNEL_PARAMETER_IO_URING_COMPLETE = 7, /* io_uring_complete */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_KEXEC_LOAD = 8, /* sys_exit_kexec_load */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_KEXEC_FILE_LOAD = 9, /* sys_exit_kexec_file_load */
	SM_HOOK_KERNEL_PARAMETER_SYS_ENTER_REBOOT = 10, /* sys_enter_reboot */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_REBOOT = 11, /* sys_exit_reboot */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SWAPON = 12, /* sys_exit_swapon */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SWAPOFF = 13, /* sys_exit_swapoff */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SETTIMEOFDAY = 14, /* sys_exit_settimeofday */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_CLOCK_SETTIME = 15, /* sys_exit_clock_settime */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_ADJTIMEX = 16, /* sys_exit_adjtimex */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_CLOCK_ADJTIME = 17, /* sys_exit_clock_adjtime */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_ACCT = 18, /* sys_exit_acct */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_QUOTACTL = 19, /* sys_exit_quotactl */
	SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_QUOTACTL_FD = 20, /* sys_exit_quotactl_fd */
};

/* Which hook saw a FailedExecution. */
enum sm_hook_failed_execution {
	SM_HOOK_FAILED_EXECUTION_SYS_EXIT_EXECVE = 0, /* sys_exit_execve */
	SM_HOOK_FAILED_EXECUTION_SYS_EXIT_EXECVEAT = 1, /* sys_exit_execveat */
};

/* Which hook saw a ProcessRename. */
enum sm_hook_process_rename {
	SM_HOOK_PROCESS_RENAME_TASK_RENAME = 0, /* task_rename */
	SM_HOOK_PROCESS_RENAME_SYS_EXIT_PRCTL = 1, /* sys_exit_prctl */
};

/* What field command of a bpf_event says. */
enum sm_bpf_event_command {
	SM_BPF_EVENT_COMMAND_BPF_PROG_LOAD = 0, /* BPF_PROG_LOAD */
	SM_BPF_EVENT_COMMAND_BPF_PROG_ATTACH = 1, /* BPF_PROG_ATTACH */
	SM_BPF_EVENT_COMMAND_BPF_PROG_DETACH = 2, /* BPF_PROG_DETACH */
	SM_BPF_EVENT_COMMAND_BPF_RAW_TRACEPOINT_OPEN = 3, /* BPF_RAW_TRACEPOINT_OPEN */
	SM_BPF_EVENT_COMMAND_BPF_LINK_CREATE = 4, /* BPF_LINK_CREATE */
	SM_BPF_EVENT_COMMAND_BPF_LINK_UPDATE = 5, /* BPF_LINK_UPDATE */
	SM_BPF_EVENT_COMMAND_BPF_LINK_DETACH = 6, /* BPF_LINK_DETACH */
	SM_BPF_EVENT_COMMAND_BPF_OBJ_PIN = 7, /* BPF_OBJ_PIN */
	SM_BPF_EVENT_COMMAND_PERF_EVENT_IOC_SET_BPF = 8, /* PERF_EVENT_IOC_SET_BPF */
	SM_BPF_EVENT_COMMAND_BPF_MAP_UPDATE_ELEM = 9, /* BPF_MAP_UPDATE_ELEM */
	SM_BPF_EVENT_COMMAND_BPF_MAP_DELETE_ELEM = 10, /* BPF_MAP_DELETE_ELEM */
	SM_BPF_EVENT_COMMAND_BPF_MAP_LOOKUP_AND_DELETE_ELEM = 11, /* BPF_MAP_LOOKUP_AND_DELETE_ELEM */
	SM_BPF_EVENT_COMMAND_BPF_MAP_FREEZE = 12, /* BPF_MAP_FREEZE */
	SM_BPF_EVENT_COMMAND_BPF_MAP_LOOKUP_AND_DELETE_BATCH = 13, /* BPF_MAP_LOOKUP_AND_DELETE_BATCH */
	SM_BPF_EVENT_COMMAND_BPF_MAP_UPDATE_BATCH = 14, /* BPF_MAP_UPDATE_BATCH */
	SM_BPF_EVENT_COMMAND_BPF_MAP_DELETE_BATCH = 15, /* BPF_MAP_DELETE_BATCH */
};

/* Marks of struct sm_location. */
enum sm_location_marks {
	SM_LOCATION_CUT = 1, /* the path was cut */
	SM_LOCATION_CUT_END = 2, /* it is its end that was cut */
	SM_LOCATION_EXPOSED = 4, /* it may be wrong: somebody could change it, or the descriptor, during the call, or the kernel does not say */
};

/* Marks of struct sm_exec_record and struct sm_alive_record. */
enum sm_exec_marks {
	SM_EXEC_CUT_IMAGE = 1, /* image was cut */
	SM_EXEC_CUT_CWD = 2, /* working directory was cut */
	SM_EXEC_CUT_ARGV = 4, /* argv was cut */
	SM_EXEC_CUT_ENV = 8, /* the environment was not searched to its end */
	SM_EXEC_CUT_STDIO = 16, /* a target of fd 0-2 was cut */
	SM_EXEC_CUT_SCRIPT = 32, /* script name was cut */
	SM_EXEC_FAULT_ARGV = 64, /* a page of argv was absent; the bytes of it are missing */
	SM_EXEC_FAULT_ENV = 128, /* a page of the environment was absent */
	SM_EXEC_SECURE = 256, /* the exec raised privileges (AT_SECURE) */
};

/* Marks of struct sm_network_record. */
enum sm_network_marks {
	SM_NETWORK_USER_ADDRESS = 1, /* the destination was read from the memory of the process, which may have changed it */
	SM_NETWORK_DESCRIPTOR = 2, /* the socket was found by a descriptor that others may have replaced */
};

/* Attributes of struct sm_file. */
enum sm_file_attributes {
	SM_FILE_DELETED = 1, /* its name was unlinked */
	SM_FILE_PSEUDO = 2, /* has no name in any directory (memfd) */
	SM_FILE_ASKED = 4, /* somebody has asked for its times: whatever happens next to it gets a later one (since 6.13) */
	SM_FILE_USER_MOUNT = 8, /* its file system was mounted in a user namespace */
};

/* What the program that is asked about a file and a process answers. */
enum sm_run_answers {
	SM_SAME_INODE = 1, /* the file is the one that was named */
	SM_STILL_RUNS = 2, /* the process has executed nothing else since, and nobody could write to the file meanwhile */
};

/* Sorts of objects of eBPF. */
enum sm_bpf_sort {
	SM_BPF_NONE = 0, /* something else */
	SM_BPF_PROGRAM = 1, /* a program */
	SM_BPF_MAP = 2, /* a map */
	SM_BPF_LINK = 3, /* a link */
};

/* Attributes of struct sm_dns_query_record. */
enum sm_dns_attributes {
	SM_DNS_CUT_ANSWER = 1, /* the server cut the answer to fit a packet */
	SM_DNS_CUT_RESULTS = 2, /* results does not hold all records of the answer */
	SM_DNS_ANSWERS_LOST = 4, /* packets of answers were lost while none came: there may have been one */
};

/* Kinds of a file descriptor. */
enum sm_fd_kind {
	SM_FD_CLOSED = 0, /* closed */
	SM_FD_TTY = 1, /* tty */
	SM_FD_PIPE = 2, /* pipe */
	SM_FD_SOCKET = 3, /* socket */
	SM_FD_FILE = 4, /* file */
	SM_FD_DIRECTORY = 5, /* directory */
	SM_FD_CHAR = 6, /* char */
	SM_FD_BLOCK = 7, /* block */
	SM_FD_OTHER = 8, /* other */
};

/* System calls, and operations of io_uring, that file events come from. */
enum sm_call {
	SM_CALL_OPEN = 0, /* open(2) */
	SM_CALL_OPENAT = 1, /* openat(2) */
	SM_CALL_OPENAT2 = 2, /* openat2(2) */
	SM_CALL_CREAT = 3, /* creat(2) */
	SM_CALL_MKNOD = 4, /* mknod(2) */
	SM_CALL_MKNODAT = 5, /* mknodat(2) */
	SM_CALL_MKDIR = 6, /* mkdir(2) */
	SM_CALL_MKDIRAT = 7, /* mkdirat(2) */
	SM_CALL_LINK = 8, /* link(2) */
	SM_CALL_LINKAT = 9, /* linkat(2) */
	SM_CALL_SYMLINK = 10, /* symlink(2) */
	SM_CALL_SYMLINKAT = 11, /* symlinkat(2) */
	SM_CALL_RENAME = 12, /* rename(2) */
	SM_CALL_RENAMEAT = 13, /* renameat(2) */
	SM_CALL_RENAMEAT2 = 14, /* renameat2(2) */
	SM_CALL_UNLINK = 15, /* unlink(2) */
	SM_CALL_UNLINKAT = 16, /* unlinkat(2) */
	SM_CALL_RMDIR = 17, /* rmdir(2) */
	SM_CALL_WRITE = 18, /* write(2) */
	SM_CALL_PWRITE64 = 19, /* pwrite64(2) */
	SM_CALL_WRITEV = 20, /* writev(2) */
	SM_CALL_PWRITEV = 21, /* pwritev(2) */
	SM_CALL_PWRITEV2 = 22, /* pwritev2(2) */
	SM_CALL_TRUNCATE = 23, /* truncate(2) */
	SM_CALL_FTRUNCATE = 24, /* ftruncate(2) */
	SM_CALL_FALLOCATE = 25, /* fallocate(2) */
	SM_CALL_SENDFILE64 = 26, /* sendfile64(2) */
	SM_CALL_SPLICE = 27, /* splice(2) */
	SM_CALL_COPY_FILE_RANGE = 28, /* copy_file_range(2) */
	SM_CALL_UTIME = 29, /* utime(2) */
	SM_CALL_UTIMES = 30, /* utimes(2) */
	SM_CALL_FUTIMESAT = 31, /* futimesat(2) */
	SM_CALL_UTIMENSAT = 32, /* utimensat(2) */
	SM_CALL_IO_URING_OPENAT = 33, /* IORING_OP_OPENAT */
	SM_CALL_IO_URING_OPENAT2 = 34, /* IORING_OP_OPENAT2 */
	SM_CALL_IO_URING_MKDIRAT = 35, /* IORING_OP_MKDIRAT */
	SM_CALL_IO_URING_SYMLINKAT = 36, /* IORING_OP_SYMLINKAT */
	SM_CALL_IO_URING_LINKAT = 37, /* IORING_OP_LINKAT */
	SM_CALL_IO_URING_RENAMEAT = 38, /* IORING_OP_RENAMEAT */
	SM_CALL_IO_URING_UNLINKAT = 39, /* IORING_OP_UNLINKAT */
	SM_CALL_IO_URING_WRITE = 40, /* IORING_OP_WRITE */
	SM_CALL_IO_URING_WRITE_FIXED = 41, /* IORING_OP_WRITE_FIXED */
	SM_CALL_IO_URING_WRITEV = 42, /* IORING_OP_WRITEV */
	SM_CALL_IO_URING_WRITEV_FIXED = 43, /* IORING_OP_WRITEV_FIXED */
	SM_CALL_IO_URING_FALLOCATE = 44, /* IORING_OP_FALLOCATE */
	SM_CALL_IO_URING_FTRUNCATE = 45, /* IORING_OP_FTRUNCATE */
	SM_CALL_IO_URING_SPLICE = 46, /* IORING_OP_SPLICE */
	SM_CALL_OPEN_BY_HANDLE_AT = 47, /* open_by_handle_at(2) */
	SM_CALL_BIND = 48, /* bind(2) */
	SM_CALL_IOCTL = 49, /* ioctl(2) */
	SM_CALL_IO_SUBMIT = 50, /* io_submit(2) */
	SM_CALL_CHMOD = 51, /* chmod(2) */
	SM_CALL_FCHMOD = 52, /* fchmod(2) */
	SM_CALL_FCHMODAT = 53, /* fchmodat(2) */
	SM_CALL_FCHMODAT2 = 54, /* fchmodat2(2) */
	SM_CALL_CHOWN = 55, /* chown(2) */
	SM_CALL_LCHOWN = 56, /* lchown(2) */
	SM_CALL_FCHOWN = 57, /* fchown(2) */
	SM_CALL_FCHOWNAT = 58, /* fchownat(2) */
	SM_CALL_SETXATTR = 59, /* setxattr(2) */
	SM_CALL_LSETXATTR = 60, /* lsetxattr(2) */
	SM_CALL_FSETXATTR = 61, /* fsetxattr(2) */
	SM_CALL_REMOVEXATTR = 62, /* removexattr(2) */
	SM_CALL_LREMOVEXATTR = 63, /* lremovexattr(2) */
	SM_CALL_FREMOVEXATTR = 64, /* fremovexattr(2) */
	SM_CALL_MMAP = 65, /* mmap(2) */
	SM_CALL_MPROTECT = 66, /* mprotect(2) */
	SM_CALL_PKEY_MPROTECT = 67, /* pkey_mprotect(2) */
};

/* What the sensor is about. */
enum sm_phase {
	SM_STARTING = 0, /* it learns who lives: only records of the life of processes are made */
	SM_RUNNING = 1, /* all are */
	SM_STOPPED = 2, /* none are */
};

/* Who is captured. */
enum sm_scope {
	SM_SCOPE_ALL = 0, /* everybody: there is no scope */
	SM_SCOPE_TREE = 1, /* a process and what descends from it */
	SM_SCOPE_CGROUP = 2, /* processes in a control group, and in those below it */
};

/* Why a record was not handed over. */
enum sm_drop {
	SM_DROP_RING = 0, /* the ring had no room */
	SM_DROP_RESERVE = 1, /* the last eighth of the ring is kept for life-cycle records */
	SM_DROP_SCRATCH = 2, /* the scratch buffer of the CPU was in use */
	SM_DROP_TABLE = 3, /* the table of calls in progress had no room */
	SM_DROP_SKIPPED = 4, /* the kernel did not run the program: it, or another one, was under way on that CPU already */
	SM_DROP_HEADERS = 5, /* the packet had more headers before UDP or TCP than are skipped */
	SM_DROP_SHARE = 6, /* the ring was more than half full, and its maker, or the control group of that, had taken his share */
};

#define SM_DROP_REASONS 7

/* What a clause that drops records on the kernel side may ask for. */
enum sm_push_dimension {
	SM_PUSH_PROCESS = 0, /* its process, of which the worker has found out what they ask */
	SM_PUSH_KIND = 1, /* protocol, from bit 8 on whether it was initiated, and whether source and destination are IPv6 */
	SM_PUSH_SOURCE_PORT = 2, /* port of the source */
	SM_PUSH_DESTINATION_PORT = 3, /* port of the destination */
	SM_PUSH_SOURCE = 4, /* address of the source */
	SM_PUSH_DESTINATION = 5, /* address of the destination */
	SM_PUSH_HEAD = 6, /* the directories that the path begins with */
	SM_PUSH_TAIL = 7, /* what the name of the file ends with */
};

#define SM_PUSH_DIMENSIONS 8 /* a power of two */
#define SM_PUSH_TEXT 48 /* bytes of struct sm_push_text */

/* Kept by each CPU for each record type. produced = handed over + the sum of dropped; filtered: not among them. */
struct sm_counters {
	__u64 produced;
	__u64 filtered;
	__u64 dropped[SM_DROP_REASONS];
};

/* Bytes behind the fixed part of a record. Not NUL-terminated, not necessarily UTF-8. */
struct sm_text {
	__u32 off; /* offset from the start of the record, in bytes */
	__u32 len; /* length in bytes; 0: none */
};
SM_ASSERT(offsetof(struct sm_text, off) == 0, "sm_text.off");
SM_ASSERT(offsetof(struct sm_text, len) == 4, "sm_text.len");
SM_ASSERT(sizeof(struct sm_text) == 8, "sizeof sm_text");

/* First part of every record. pid, start and exec_id together name one (process, exec). */
struct sm_header {
	__u32 size; /* bytes of the whole record */
	__u16 type; /* enum sm_type */
	__u16 flags; /* for what may concern any record: zero, as there is nothing yet */
	__u64 time; /* CLOCK_BOOTTIME, ns */
	__u64 start; /* start of the process (its group leader), CLOCK_BOOTTIME, ns */
	__u64 exec_id; /* the kernel's exec count of the task (task_struct.self_exec_id) */
	__u32 pid; /* process id (tgid) in the initial pid namespace */
	__u32 tid; /* thread id in the initial pid namespace */
};
SM_ASSERT(offsetof(struct sm_header, size) == 0, "sm_header.size");
SM_ASSERT(offsetof(struct sm_header, type) == 4, "sm_header.type");
SM_ASSERT(offsetof(struct sm_header, flags) == 6, "sm_header.flags");
SM_ASSERT(offsetof(struct sm_header, time) == 8, "sm_header.time");
SM_ASSERT(offsetof(struct sm_header, start) == 16, "sm_header.start");
SM_ASSERT(offsetof(struct sm_header, exec_id) == 24, "sm_header.exec_id");
SM_ASSERT(offsetof(struct sm_header, pid) == 32, "sm_header.pid");
SM_ASSERT(offsetof(struct sm_header, tid) == 36, "sm_header.tid");
SM_ASSERT(sizeof(struct sm_header) == 40, "sizeof sm_header");

/* What a task is, read from task_struct. */
struct sm_task {
	__u64 parent_start; /* start of the real parent, CLOCK_BOOTTIME, ns */
	__u64 parent_exec_id; /* exec count of the real parent when the record was made */
	__u64 cap_permitted; /* capability mask */
	__u64 cap_effective; /* capability mask */
	__u64 cgroup_id; /* kernfs id in the unified hierarchy; 0: none */
	__u64 end_code; /* mm_struct.end_code; 0 for a kernel thread */
	__u32 ppid; /* process id of the real parent */
	__u32 ns_pid; /* process id inside its own pid namespace */
	__u32 uid; /* real user id */
	__u32 gid; /* real group id */
	__u32 euid; /* effective user id */
	__u32 egid; /* effective group id */
	__u32 suid; /* saved user id */
	__u32 sgid; /* saved group id */
	__u32 login_uid; /* audit login uid; 4294967295: unset */
	__u32 audit_session; /* audit session id; 4294967295: unset */
	__u32 sid; /* POSIX session id */
	__u32 pgid; /* process group id */
	__u32 tty_index; /* index of the controlling terminal within its driver */
	__u32 task_flags; /* task_struct.flags (PF_KTHREAD: 0x200000) */
	__u32 ns[8]; /* inode numbers of the namespaces: mnt, pid, net, uts, ipc, cgroup, user, time; 0: not there */
	char tty[16]; /* name of the controlling terminal (tty_struct.name); empty: none */
	char comm[16]; /* task name */
	__u64 v1_cgroup_id; /* kernfs id of its group in the hierarchy of a controller that is not in the unified one; 0: none, or its root */
	__u32 v1_controller; /* which controller: 1 pids, 2 memory, 3 cpuset; 0: none */
	__u32 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_task, parent_start) == 0, "sm_task.parent_start");
SM_ASSERT(offsetof(struct sm_task, parent_exec_id) == 8, "sm_task.parent_exec_id");
SM_ASSERT(offsetof(struct sm_task, cap_permitted) == 16, "sm_task.cap_permitted");
SM_ASSERT(offsetof(struct sm_task, cap_effective) == 24, "sm_task.cap_effective");
SM_ASSERT(offsetof(struct sm_task, cgroup_id) == 32, "sm_task.cgroup_id");
SM_ASSERT(offsetof(struct sm_task, end_code) == 40, "sm_task.end_code");
SM_ASSERT(offsetof(struct sm_task, ppid) == 48, "sm_task.ppid");
SM_ASSERT(offsetof(struct sm_task, ns_pid) == 52, "sm_task.ns_pid");
SM_ASSERT(offsetof(struct sm_task, uid) == 56, "sm_task.uid");
SM_ASSERT(offsetof(struct sm_task, gid) == 60, "sm_task.gid");
SM_ASSERT(offsetof(struct sm_task, euid) == 64, "sm_task.euid");
SM_ASSERT(offsetof(struct sm_task, egid) == 68, "sm_task.egid");
SM_ASSERT(offsetof(struct sm_task, suid) == 72, "sm_task.suid");
SM_ASSERT(offsetof(struct sm_task, sgid) == 76, "sm_task.sgid");
SM_ASSERT(offsetof(struct sm_task, login_uid) == 80, "sm_task.login_uid");
SM_ASSERT(offsetof(struct sm_task, audit_session) == 84, "sm_task.audit_session");
SM_ASSERT(offsetof(struct sm_task, sid) == 88, "sm_task.sid");
SM_ASSERT(offsetof(struct sm_task, pgid) == 92, "sm_task.pgid");
SM_ASSERT(offsetof(struct sm_task, tty_index) == 96, "sm_task.tty_index");
SM_ASSERT(offsetof(struct sm_task, task_flags) == 100, "sm_task.task_flags");
SM_ASSERT(offsetof(struct sm_task, ns) == 104, "sm_task.ns");
SM_ASSERT(offsetof(struct sm_task, tty) == 136, "sm_task.tty");
SM_ASSERT(offsetof(struct sm_task, comm) == 152, "sm_task.comm");
SM_ASSERT(offsetof(struct sm_task, v1_cgroup_id) == 168, "sm_task.v1_cgroup_id");
SM_ASSERT(offsetof(struct sm_task, v1_controller) == 176, "sm_task.v1_controller");
SM_ASSERT(offsetof(struct sm_task, reserved) == 180, "sm_task.reserved");
SM_ASSERT(sizeof(struct sm_task) == 184, "sizeof sm_task");

/* Identity of a file, read from its inode. */
struct sm_file {
	__u64 ino; /* inode number */
	__u64 size; /* bytes */
	__u64 ctime; /* time of the last change of content or attributes, which no program can set; nanoseconds since the epoch */
	__u64 mtime_sec; /* modification time, seconds since the epoch */
	__u32 mtime_nsec; /* and nanoseconds */
	__u32 dev; /* super block's device in the kernel's encoding (major << 20 | minor) */
	__u32 mode; /* type and permissions */
	__u32 nlink; /* names; 0: deleted or never had one */
	__u32 magic; /* type of the file system (linux/magic.h) */
	__u32 attributes; /* SM_FILE_* */
	__u32 generation; /* inode.i_generation: tells files apart that had the same inode number one after the other */
	__u32 references; /* of a file that has just lost a name: how often the kernel still refers to its inode; else 0 */
};
SM_ASSERT(offsetof(struct sm_file, ino) == 0, "sm_file.ino");
SM_ASSERT(offsetof(struct sm_file, size) == 8, "sm_file.size");
SM_ASSERT(offsetof(struct sm_file, ctime) == 16, "sm_file.ctime");
SM_ASSERT(offsetof(struct sm_file, mtime_sec) == 24, "sm_file.mtime_sec");
SM_ASSERT(offsetof(struct sm_file, mtime_nsec) == 32, "sm_file.mtime_nsec");
SM_ASSERT(offsetof(struct sm_file, dev) == 36, "sm_file.dev");
SM_ASSERT(offsetof(struct sm_file, mode) == 40, "sm_file.mode");
SM_ASSERT(offsetof(struct sm_file, nlink) == 44, "sm_file.nlink");
SM_ASSERT(offsetof(struct sm_file, magic) == 48, "sm_file.magic");
SM_ASSERT(offsetof(struct sm_file, attributes) == 52, "sm_file.attributes");
SM_ASSERT(offsetof(struct sm_file, generation) == 56, "sm_file.generation");
SM_ASSERT(offsetof(struct sm_file, references) == 60, "sm_file.references");
SM_ASSERT(sizeof(struct sm_file) == 64, "sizeof sm_file");

/* Where a file is. Either what the kernel itself says, or what the process passed and where that starts. */
struct sm_location {
	struct sm_text path; /* components from the leaf to the root */
	struct sm_text name; /* the name as it was passed to the call, if path is empty */
	struct sm_text base; /* directory that name starts at, components from the leaf to the root */
	__u32 marks; /* SM_LOCATION_* */
	__u32 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_location, path) == 0, "sm_location.path");
SM_ASSERT(offsetof(struct sm_location, name) == 8, "sm_location.name");
SM_ASSERT(offsetof(struct sm_location, base) == 16, "sm_location.base");
SM_ASSERT(offsetof(struct sm_location, marks) == 24, "sm_location.marks");
SM_ASSERT(offsetof(struct sm_location, reserved) == 28, "sm_location.reserved");
SM_ASSERT(sizeof(struct sm_location) == 32, "sizeof sm_location");

/* One (process, exec), named as in the header. */
struct sm_process {
	__u64 start; /* start of the process (its group leader), CLOCK_BOOTTIME, ns; 0: there is none */
	__u64 exec_id; /* the kernel's exec count of the task */
	__u32 pid; /* process id (tgid) in the initial pid namespace */
	__u32 tid; /* thread id in the initial pid namespace */
};
SM_ASSERT(offsetof(struct sm_process, start) == 0, "sm_process.start");
SM_ASSERT(offsetof(struct sm_process, exec_id) == 8, "sm_process.exec_id");
SM_ASSERT(offsetof(struct sm_process, pid) == 16, "sm_process.pid");
SM_ASSERT(offsetof(struct sm_process, tid) == 20, "sm_process.tid");
SM_ASSERT(sizeof(struct sm_process) == 24, "sizeof sm_process");

/* What a thread may do, read from struct cred. Ids are those of the initial user namespace. */
struct sm_credentials {
	__u64 inheritable; /* capability mask */
	__u64 permitted; /* capability mask */
	__u64 effective; /* capability mask */
	__u64 bounding; /* capability mask */
	__u64 ambient; /* capability mask */
	__u32 uids[4]; /* user ids: real, effective, saved, of the file system */
	__u32 gids[4]; /* group ids: real, effective, saved, of the file system */
	__u32 securebits; /* SECBIT_*, without SECBIT_KEEP_CAPS */
	__u32 user_ns; /* inode number of the user namespace */
	__u32 group_count; /* supplementary groups */
	__u32 reserved; /* zero */
	__u32 groups[32]; /* the first of them, which the kernel keeps in order; zero behind the last */
};
SM_ASSERT(offsetof(struct sm_credentials, inheritable) == 0, "sm_credentials.inheritable");
SM_ASSERT(offsetof(struct sm_credentials, permitted) == 8, "sm_credentials.permitted");
SM_ASSERT(offsetof(struct sm_credentials, effective) == 16, "sm_credentials.effective");
SM_ASSERT(offsetof(struct sm_credentials, bounding) == 24, "sm_credentials.bounding");
SM_ASSERT(offsetof(struct sm_credentials, ambient) == 32, "sm_credentials.ambient");
SM_ASSERT(offsetof(struct sm_credentials, uids) == 40, "sm_credentials.uids");
SM_ASSERT(offsetof(struct sm_credentials, gids) == 56, "sm_credentials.gids");
SM_ASSERT(offsetof(struct sm_credentials, securebits) == 72, "sm_credentials.securebits");
SM_ASSERT(offsetof(struct sm_credentials, user_ns) == 76, "sm_credentials.user_ns");
SM_ASSERT(offsetof(struct sm_credentials, group_count) == 80, "sm_credentials.group_count");
SM_ASSERT(offsetof(struct sm_credentials, reserved) == 84, "sm_credentials.reserved");
SM_ASSERT(offsetof(struct sm_credentials, groups) == 88, "sm_credentials.groups");
SM_ASSERT(sizeof(struct sm_credentials) == 216, "sizeof sm_credentials");

/* Records of one process that were dropped: the key of what counts them. */
struct sm_loss {
	__u64 start; /* start of the process (its group leader), CLOCK_BOOTTIME, ns */
	__u32 pid; /* process id (tgid) in the initial pid namespace */
	__u16 type; /* enum sm_type */
	__u16 reason; /* enum sm_drop */
};
SM_ASSERT(offsetof(struct sm_loss, start) == 0, "sm_loss.start");
SM_ASSERT(offsetof(struct sm_loss, pid) == 8, "sm_loss.pid");
SM_ASSERT(offsetof(struct sm_loss, type) == 12, "sm_loss.type");
SM_ASSERT(offsetof(struct sm_loss, reason) == 14, "sm_loss.reason");
SM_ASSERT(sizeof(struct sm_loss) == 16, "sizeof sm_loss");

/* What of one type of record is dropped on the kernel side. A set of clauses is a mask, with a bit for each. */
struct sm_push {
	__u64 clauses; /* all of them; 0: none is dropped */
	__u64 process_only; /* those that ask for nothing but the process */
	__u64 unknown[8]; /* by enum sm_push_dimension: those that do not ask for it */
	__u64 other[8]; /* likewise: those that a value leaves possible that is in no table */
	__u32 asked; /* bits of the dimensions that any of them asks for */
	__u32 path_at; /* where the struct location is whose path they ask for, in the record; 0: none */
};
SM_ASSERT(offsetof(struct sm_push, clauses) == 0, "sm_push.clauses");
SM_ASSERT(offsetof(struct sm_push, process_only) == 8, "sm_push.process_only");
SM_ASSERT(offsetof(struct sm_push, unknown) == 16, "sm_push.unknown");
SM_ASSERT(offsetof(struct sm_push, other) == 80, "sm_push.other");
SM_ASSERT(offsetof(struct sm_push, asked) == 144, "sm_push.asked");
SM_ASSERT(offsetof(struct sm_push, path_at) == 148, "sm_push.path_at");
SM_ASSERT(sizeof(struct sm_push) == 152, "sizeof sm_push");

/* Key of the clauses that a number leaves possible. */
struct sm_push_number {
	__u32 what; /* enum sm_type, and from bit 16 on enum sm_push_dimension */
	__u32 value; /* the number */
};
SM_ASSERT(offsetof(struct sm_push_number, what) == 0, "sm_push_number.what");
SM_ASSERT(offsetof(struct sm_push_number, value) == 4, "sm_push_number.value");
SM_ASSERT(sizeof(struct sm_push_number) == 8, "sizeof sm_push_number");

/* Key of the clauses that the addresses of a network leave possible, those of smaller ones apart. */
struct sm_push_network {
	__u32 bits; /* how many bits count of what follows */
	__u32 what; /* as in struct push_number */
	__u8 address[16]; /* network byte order; IPv4 as ::ffff:a.b.c.d */
};
SM_ASSERT(offsetof(struct sm_push_network, bits) == 0, "sm_push_network.bits");
SM_ASSERT(offsetof(struct sm_push_network, what) == 4, "sm_push_network.what");
SM_ASSERT(offsetof(struct sm_push_network, address) == 8, "sm_push_network.address");
SM_ASSERT(sizeof(struct sm_push_network) == 24, "sizeof sm_push_network");

/* Key of the clauses that texts with this end leave possible, those with a longer one apart. */
struct sm_push_text {
	__u32 bits; /* how many bits count of what follows */
	__u32 what; /* as in struct push_number */
	__u8 text[48]; /* backwards, in small letters */
};
SM_ASSERT(offsetof(struct sm_push_text, bits) == 0, "sm_push_text.bits");
SM_ASSERT(offsetof(struct sm_push_text, what) == 4, "sm_push_text.what");
SM_ASSERT(offsetof(struct sm_push_text, text) == 8, "sm_push_text.text");
SM_ASSERT(sizeof(struct sm_push_text) == 56, "sizeof sm_push_text");

/* Key of the clauses that a process leaves possible. */
struct sm_push_process {
	__u64 start; /* start of the process (its group leader), CLOCK_BOOTTIME, ns */
	__u64 exec_id; /* the kernel's exec count of the task */
	__u32 pid; /* process id (tgid) in the initial pid namespace */
	__u32 set; /* number of the set of tables that it belongs to */
	__u32 type; /* enum sm_type */
	__u32 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_push_process, start) == 0, "sm_push_process.start");
SM_ASSERT(offsetof(struct sm_push_process, exec_id) == 8, "sm_push_process.exec_id");
SM_ASSERT(offsetof(struct sm_push_process, pid) == 16, "sm_push_process.pid");
SM_ASSERT(offsetof(struct sm_push_process, set) == 20, "sm_push_process.set");
SM_ASSERT(offsetof(struct sm_push_process, type) == 24, "sm_push_process.type");
SM_ASSERT(offsetof(struct sm_push_process, reserved) == 28, "sm_push_process.reserved");
SM_ASSERT(sizeof(struct sm_push_process) == 32, "sizeof sm_push_process");

/* A point of time of a file. */
struct sm_stamp {
	__u64 sec; /* seconds since the epoch, signed */
	__u32 nsec; /* and nanoseconds */
	__u32 known; /* 0: it is not known */
};
SM_ASSERT(offsetof(struct sm_stamp, sec) == 0, "sm_stamp.sec");
SM_ASSERT(offsetof(struct sm_stamp, nsec) == 8, "sm_stamp.nsec");
SM_ASSERT(offsetof(struct sm_stamp, known) == 12, "sm_stamp.known");
SM_ASSERT(sizeof(struct sm_stamp) == 16, "sizeof sm_stamp");

/* One of the file descriptors 0-2. */
struct sm_stdio {
	__u64 ino; /* inode number */
	struct sm_text target; /* path (components from the leaf to the root), or address (struct sm_address), or socket path */
	__u8 kind; /* SM_FD_* */
	__u8 same_as; /* lower descriptor with the same open file, which then holds the details; 255: none */
	__u16 family; /* socket: AF_* */
	__u32 detail; /* socket: SOCK_*; character or block device: its number in the kernel's encoding */
};
SM_ASSERT(offsetof(struct sm_stdio, ino) == 0, "sm_stdio.ino");
SM_ASSERT(offsetof(struct sm_stdio, target) == 8, "sm_stdio.target");
SM_ASSERT(offsetof(struct sm_stdio, kind) == 16, "sm_stdio.kind");
SM_ASSERT(offsetof(struct sm_stdio, same_as) == 17, "sm_stdio.same_as");
SM_ASSERT(offsetof(struct sm_stdio, family) == 18, "sm_stdio.family");
SM_ASSERT(offsetof(struct sm_stdio, detail) == 20, "sm_stdio.detail");
SM_ASSERT(sizeof(struct sm_stdio) == 24, "sizeof sm_stdio");

/* Local and peer end of an internet socket, network byte order; IPv4 in the first 4 bytes. */
struct sm_address {
	char local[16]; /* local address */
	char peer[16]; /* peer address */
	__u16 local_port; /* host byte order */
	__u16 peer_port; /* host byte order; 0: not connected */
};
SM_ASSERT(offsetof(struct sm_address, local) == 0, "sm_address.local");
SM_ASSERT(offsetof(struct sm_address, peer) == 16, "sm_address.peer");
SM_ASSERT(offsetof(struct sm_address, local_port) == 32, "sm_address.local_port");
SM_ASSERT(offsetof(struct sm_address, peer_port) == 34, "sm_address.peer_port");
SM_ASSERT(sizeof(struct sm_address) == 36, "sizeof sm_address");

/* A process (not a thread) was made. The header names the child. */
struct sm_fork_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_task task; /* the child */
};
SM_ASSERT(offsetof(struct sm_fork_record, hdr) == 0, "sm_fork_record.hdr");
SM_ASSERT(offsetof(struct sm_fork_record, task) == 40, "sm_fork_record.task");
SM_ASSERT(sizeof(struct sm_fork_record) == 224, "sizeof sm_fork_record");

/* A program was executed. */
struct sm_exec_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_task task; /* the process after its exec */
	struct sm_file exe; /* the executed image (mm_struct.exe_file) */
	struct sm_text image; /* path of the image, components from the leaf to the root */
	struct sm_text cwd; /* working directory, components from the leaf to the root */
	struct sm_text root; /* root directory, components from the leaf to the root; empty: that of the mount namespace */
	struct sm_text argv; /* arg_start..arg_end of the new memory: arguments, each ended by a NUL */
	struct sm_text env; /* allow-listed environment variables, each ended by a NUL */
	struct sm_text script; /* name of the #! script as it was passed to exec */
	struct sm_stdio stdio[3]; /* file descriptors 0-2 */
	__u32 old_tid; /* thread that called exec; differs from pid when it was not the leader */
	__u32 argv_total; /* bytes between arg_start and arg_end, of which argv may hold fewer */
	__u32 marks; /* SM_EXEC_* */
	__u32 reserved; /* zero */
	__u64 file_system; /* a number of the file system that exe is on, which no other ever has; 0: not known */
	__u64 super_block; /* its address; another file system may get it later */
};
SM_ASSERT(offsetof(struct sm_exec_record, hdr) == 0, "sm_exec_record.hdr");
SM_ASSERT(offsetof(struct sm_exec_record, task) == 40, "sm_exec_record.task");
SM_ASSERT(offsetof(struct sm_exec_record, exe) == 224, "sm_exec_record.exe");
SM_ASSERT(offsetof(struct sm_exec_record, image) == 288, "sm_exec_record.image");
SM_ASSERT(offsetof(struct sm_exec_record, cwd) == 296, "sm_exec_record.cwd");
SM_ASSERT(offsetof(struct sm_exec_record, root) == 304, "sm_exec_record.root");
SM_ASSERT(offsetof(struct sm_exec_record, argv) == 312, "sm_exec_record.argv");
SM_ASSERT(offsetof(struct sm_exec_record, env) == 320, "sm_exec_record.env");
SM_ASSERT(offsetof(struct sm_exec_record, script) == 328, "sm_exec_record.script");
SM_ASSERT(offsetof(struct sm_exec_record, stdio) == 336, "sm_exec_record.stdio");
SM_ASSERT(offsetof(struct sm_exec_record, old_tid) == 408, "sm_exec_record.old_tid");
SM_ASSERT(offsetof(struct sm_exec_record, argv_total) == 412, "sm_exec_record.argv_total");
SM_ASSERT(offsetof(struct sm_exec_record, marks) == 416, "sm_exec_record.marks");
SM_ASSERT(offsetof(struct sm_exec_record, reserved) == 420, "sm_exec_record.reserved");
SM_ASSERT(offsetof(struct sm_exec_record, file_system) == 424, "sm_exec_record.file_system");
SM_ASSERT(offsetof(struct sm_exec_record, super_block) == 432, "sm_exec_record.super_block");
SM_ASSERT(sizeof(struct sm_exec_record) == 440, "sizeof sm_exec_record");

/* The last thread of a process exited. */
struct sm_exit_record {
	struct sm_header hdr; /* see struct sm_header */
	__u32 uid; /* real user id at exit */
	__u32 exit_code; /* status as wait(2) reports it */
	__u32 ppid; /* process id of the real parent at exit */
	__u32 task_flags; /* task_struct.flags */
	char comm[16]; /* task name */
};
SM_ASSERT(offsetof(struct sm_exit_record, hdr) == 0, "sm_exit_record.hdr");
SM_ASSERT(offsetof(struct sm_exit_record, uid) == 40, "sm_exit_record.uid");
SM_ASSERT(offsetof(struct sm_exit_record, exit_code) == 44, "sm_exit_record.exit_code");
SM_ASSERT(offsetof(struct sm_exit_record, ppid) == 48, "sm_exit_record.ppid");
SM_ASSERT(offsetof(struct sm_exit_record, task_flags) == 52, "sm_exit_record.task_flags");
SM_ASSERT(offsetof(struct sm_exit_record, comm) == 56, "sm_exit_record.comm");
SM_ASSERT(sizeof(struct sm_exit_record) == 72, "sizeof sm_exit_record");

/* A process that was there before the sensor, from the task iterator. argv and env stay empty: user space reads them. */
struct sm_alive_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_task task; /* the process after its exec */
	struct sm_file exe; /* the executed image (mm_struct.exe_file) */
	struct sm_text image; /* path of the image, components from the leaf to the root */
	struct sm_text cwd; /* working directory, components from the leaf to the root */
	struct sm_text root; /* root directory, components from the leaf to the root; empty: that of the mount namespace */
	struct sm_text argv; /* arg_start..arg_end of the new memory: arguments, each ended by a NUL */
	struct sm_text env; /* allow-listed environment variables, each ended by a NUL */
	struct sm_text script; /* name of the #! script as it was passed to exec */
	struct sm_stdio stdio[3]; /* file descriptors 0-2 */
	__u32 old_tid; /* thread that called exec; differs from pid when it was not the leader */
	__u32 argv_total; /* bytes between arg_start and arg_end, of which argv may hold fewer */
	__u32 marks; /* SM_EXEC_* */
	__u32 reserved; /* zero */
	__u64 file_system; /* a number of the file system that exe is on, which no other ever has; 0: not known */
	__u64 super_block; /* its address; another file system may get it later */
};
SM_ASSERT(offsetof(struct sm_alive_record, hdr) == 0, "sm_alive_record.hdr");
SM_ASSERT(offsetof(struct sm_alive_record, task) == 40, "sm_alive_record.task");
SM_ASSERT(offsetof(struct sm_alive_record, exe) == 224, "sm_alive_record.exe");
SM_ASSERT(offsetof(struct sm_alive_record, image) == 288, "sm_alive_record.image");
SM_ASSERT(offsetof(struct sm_alive_record, cwd) == 296, "sm_alive_record.cwd");
SM_ASSERT(offsetof(struct sm_alive_record, root) == 304, "sm_alive_record.root");
SM_ASSERT(offsetof(struct sm_alive_record, argv) == 312, "sm_alive_record.argv");
SM_ASSERT(offsetof(struct sm_alive_record, env) == 320, "sm_alive_record.env");
SM_ASSERT(offsetof(struct sm_alive_record, script) == 328, "sm_alive_record.script");
SM_ASSERT(offsetof(struct sm_alive_record, stdio) == 336, "sm_alive_record.stdio");
SM_ASSERT(offsetof(struct sm_alive_record, old_tid) == 408, "sm_alive_record.old_tid");
SM_ASSERT(offsetof(struct sm_alive_record, argv_total) == 412, "sm_alive_record.argv_total");
SM_ASSERT(offsetof(struct sm_alive_record, marks) == 416, "sm_alive_record.marks");
SM_ASSERT(offsetof(struct sm_alive_record, reserved) == 420, "sm_alive_record.reserved");
SM_ASSERT(offsetof(struct sm_alive_record, file_system) == 424, "sm_alive_record.file_system");
SM_ASSERT(offsetof(struct sm_alive_record, super_block) == 432, "sm_alive_record.super_block");
SM_ASSERT(sizeof(struct sm_alive_record) == 440, "sizeof sm_alive_record");

/* A process got access to another one. The header names who got it. */
struct sm_process_access_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_process target; /* to what */
	__u32 source_tid; /* thread that got it, in the initial pid namespace */
	__u32 target_tid; /* thread that it got it to, if that is not the leader of its process; else 0 */
	__u32 access; /* SM_ACCESS_* */
	__u32 uid; /* real user id of the source */
	__u32 target_uid; /* real user id of the target */
	__u32 calls; /* process_vm_*, or a call that failed: so many calls since the event before this one, with this one; else 0 */
	__u32 error; /* errno of a call that failed; 0: it did not */
	__u8 hook; /* SM_HOOK_PROCESS_ACCESS_* */
	__u8 request; /* 0: PTRACE_ATTACH, 1: PTRACE_SEIZE, 2: PTRACE_TRACEME, 3: no ptrace */
	__u8 exposed; /* 1: the number of the target was given to another process during the call */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_process_access_record, hdr) == 0, "sm_process_access_record.hdr");
SM_ASSERT(offsetof(struct sm_process_access_record, target) == 40, "sm_process_access_record.target");
SM_ASSERT(offsetof(struct sm_process_access_record, source_tid) == 64, "sm_process_access_record.source_tid");
SM_ASSERT(offsetof(struct sm_process_access_record, target_tid) == 68, "sm_process_access_record.target_tid");
SM_ASSERT(offsetof(struct sm_process_access_record, access) == 72, "sm_process_access_record.access");
SM_ASSERT(offsetof(struct sm_process_access_record, uid) == 76, "sm_process_access_record.uid");
SM_ASSERT(offsetof(struct sm_process_access_record, target_uid) == 80, "sm_process_access_record.target_uid");
SM_ASSERT(offsetof(struct sm_process_access_record, calls) == 84, "sm_process_access_record.calls");
SM_ASSERT(offsetof(struct sm_process_access_record, error) == 88, "sm_process_access_record.error");
SM_ASSERT(offsetof(struct sm_process_access_record, hook) == 92, "sm_process_access_record.hook");
SM_ASSERT(offsetof(struct sm_process_access_record, request) == 93, "sm_process_access_record.request");
SM_ASSERT(offsetof(struct sm_process_access_record, exposed) == 94, "sm_process_access_record.exposed");
SM_ASSERT(offsetof(struct sm_process_access_record, reserved) == 95, "sm_process_access_record.reserved");
SM_ASSERT(sizeof(struct sm_process_access_record) == 96, "sizeof sm_process_access_record");

/* What a process runs is not what its files say. */
struct sm_process_tampering_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_text replaced_by; /* Image is replaced: the new file; empty: its path is not known whole */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_PROCESS_TAMPERING_* */
	__u8 kind; /* 0: fileless, 1: replaced, 2: memory */
	__u8 backing; /* fileless: 0: memfd, 1: deleted; else 2 */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_process_tampering_record, hdr) == 0, "sm_process_tampering_record.hdr");
SM_ASSERT(offsetof(struct sm_process_tampering_record, replaced_by) == 40, "sm_process_tampering_record.replaced_by");
SM_ASSERT(offsetof(struct sm_process_tampering_record, uid) == 48, "sm_process_tampering_record.uid");
SM_ASSERT(offsetof(struct sm_process_tampering_record, hook) == 52, "sm_process_tampering_record.hook");
SM_ASSERT(offsetof(struct sm_process_tampering_record, kind) == 53, "sm_process_tampering_record.kind");
SM_ASSERT(offsetof(struct sm_process_tampering_record, backing) == 54, "sm_process_tampering_record.backing");
SM_ASSERT(offsetof(struct sm_process_tampering_record, reserved) == 55, "sm_process_tampering_record.reserved");
SM_ASSERT(sizeof(struct sm_process_tampering_record) == 56, "sizeof sm_process_tampering_record");

/* The credentials of a thread changed, or a process was made in another user namespace than its parent. */
struct sm_privilege_change_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_credentials before; /* of the thread before; clone: of the parent */
	struct sm_credentials after; /* of the thread now; clone: of what was made */
	__u32 previous_uid; /* effective user id before */
	__u32 uid; /* effective user id now */
	__u32 thread; /* id of the thread, if it is not the leader of its process; else 0 */
	__u8 hook; /* SM_HOOK_PRIVILEGE_CHANGE_*: what did it, but for sys_enter, where nothing explains it */
	__u8 drop; /* 1: nothing was gained */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_privilege_change_record, hdr) == 0, "sm_privilege_change_record.hdr");
SM_ASSERT(offsetof(struct sm_privilege_change_record, before) == 40, "sm_privilege_change_record.before");
SM_ASSERT(offsetof(struct sm_privilege_change_record, after) == 256, "sm_privilege_change_record.after");
SM_ASSERT(offsetof(struct sm_privilege_change_record, previous_uid) == 472, "sm_privilege_change_record.previous_uid");
SM_ASSERT(offsetof(struct sm_privilege_change_record, uid) == 476, "sm_privilege_change_record.uid");
SM_ASSERT(offsetof(struct sm_privilege_change_record, thread) == 480, "sm_privilege_change_record.thread");
SM_ASSERT(offsetof(struct sm_privilege_change_record, hook) == 484, "sm_privilege_change_record.hook");
SM_ASSERT(offsetof(struct sm_privilege_change_record, drop) == 485, "sm_privilege_change_record.drop");
SM_ASSERT(offsetof(struct sm_privilege_change_record, reserved) == 486, "sm_privilege_change_record.reserved");
SM_ASSERT(sizeof(struct sm_privilege_change_record) == 488, "sizeof sm_privilege_change_record");

/* A process sent a signal to another one. */
struct sm_signal_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_process target; /* to whom */
	__u32 uid; /* real user id of the sender */
	__u32 target_uid; /* real user id of the target */
	__u32 count; /* SIGKILL and SIGSTOP: how many others the sender has sent one to of late; else 0 */
	__u8 signal; /* its number */
	__u8 reason; /* enum sm_signal_reason */
	__u8 way; /* enum sm_signal_way */
	__u8 result; /* the kernel's TRACE_SIGNAL_* */
};
SM_ASSERT(offsetof(struct sm_signal_record, hdr) == 0, "sm_signal_record.hdr");
SM_ASSERT(offsetof(struct sm_signal_record, target) == 40, "sm_signal_record.target");
SM_ASSERT(offsetof(struct sm_signal_record, uid) == 64, "sm_signal_record.uid");
SM_ASSERT(offsetof(struct sm_signal_record, target_uid) == 68, "sm_signal_record.target_uid");
SM_ASSERT(offsetof(struct sm_signal_record, count) == 72, "sm_signal_record.count");
SM_ASSERT(offsetof(struct sm_signal_record, signal) == 76, "sm_signal_record.signal");
SM_ASSERT(offsetof(struct sm_signal_record, reason) == 77, "sm_signal_record.reason");
SM_ASSERT(offsetof(struct sm_signal_record, way) == 78, "sm_signal_record.way");
SM_ASSERT(offsetof(struct sm_signal_record, result) == 79, "sm_signal_record.result");
SM_ASSERT(sizeof(struct sm_signal_record) == 80, "sizeof sm_signal_record");

/* Memory became executable that is not what a file on a disk says, or may be written to. */
struct sm_memory_protect_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_location file; /* the file behind it; empty: none */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_MEMORY_PROTECT_* */
	__u8 backing; /* enum sm_backing */
	__u8 previous; /* what it could be before: 1: read, 2: written to, 4: executed */
	__u8 protection; /* what it can be now, likewise */
};
SM_ASSERT(offsetof(struct sm_memory_protect_record, hdr) == 0, "sm_memory_protect_record.hdr");
SM_ASSERT(offsetof(struct sm_memory_protect_record, file) == 40, "sm_memory_protect_record.file");
SM_ASSERT(offsetof(struct sm_memory_protect_record, uid) == 72, "sm_memory_protect_record.uid");
SM_ASSERT(offsetof(struct sm_memory_protect_record, hook) == 76, "sm_memory_protect_record.hook");
SM_ASSERT(offsetof(struct sm_memory_protect_record, backing) == 77, "sm_memory_protect_record.backing");
SM_ASSERT(offsetof(struct sm_memory_protect_record, previous) == 78, "sm_memory_protect_record.previous");
SM_ASSERT(offsetof(struct sm_memory_protect_record, protection) == 79, "sm_memory_protect_record.protection");
SM_ASSERT(sizeof(struct sm_memory_protect_record) == 80, "sizeof sm_memory_protect_record");

/* A process took another name. */
struct sm_process_rename_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_text previous; /* its name before */
	struct sm_text name; /* its name now */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_PROCESS_RENAME_* */
	__u8 operation; /* enum sm_rename_operation */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_process_rename_record, hdr) == 0, "sm_process_rename_record.hdr");
SM_ASSERT(offsetof(struct sm_process_rename_record, previous) == 40, "sm_process_rename_record.previous");
SM_ASSERT(offsetof(struct sm_process_rename_record, name) == 48, "sm_process_rename_record.name");
SM_ASSERT(offsetof(struct sm_process_rename_record, uid) == 56, "sm_process_rename_record.uid");
SM_ASSERT(offsetof(struct sm_process_rename_record, hook) == 60, "sm_process_rename_record.hook");
SM_ASSERT(offsetof(struct sm_process_rename_record, operation) == 61, "sm_process_rename_record.operation");
SM_ASSERT(offsetof(struct sm_process_rename_record, reserved) == 62, "sm_process_rename_record.reserved");
SM_ASSERT(sizeof(struct sm_process_rename_record) == 64, "sizeof sm_process_rename_record");

/* A program was to be executed, and was not. */
struct sm_failed_execution_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_location target; /* what was to be executed */
	struct sm_text command; /* its arguments, separated by blanks */
	__u32 uid; /* real user id */
	__u32 error; /* errno */
	__u8 hook; /* SM_HOOK_FAILED_EXECUTION_* */
	__u8 marks; /* what was cut, or may have been changed: see marks */
	__u8 name; /* index of the name of the error; 0: it has none here */
	__u8 reserved; /* zero */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_failed_execution_record, hdr) == 0, "sm_failed_execution_record.hdr");
SM_ASSERT(offsetof(struct sm_failed_execution_record, target) == 40, "sm_failed_execution_record.target");
SM_ASSERT(offsetof(struct sm_failed_execution_record, command) == 72, "sm_failed_execution_record.command");
SM_ASSERT(offsetof(struct sm_failed_execution_record, uid) == 80, "sm_failed_execution_record.uid");
SM_ASSERT(offsetof(struct sm_failed_execution_record, error) == 84, "sm_failed_execution_record.error");
SM_ASSERT(offsetof(struct sm_failed_execution_record, hook) == 88, "sm_failed_execution_record.hook");
SM_ASSERT(offsetof(struct sm_failed_execution_record, marks) == 89, "sm_failed_execution_record.marks");
SM_ASSERT(offsetof(struct sm_failed_execution_record, name) == 90, "sm_failed_execution_record.name");
SM_ASSERT(offsetof(struct sm_failed_execution_record, reserved) == 91, "sm_failed_execution_record.reserved");
SM_ASSERT(offsetof(struct sm_failed_execution_record, pad) == 92, "sm_failed_execution_record.pad");
SM_ASSERT(sizeof(struct sm_failed_execution_record) == 96, "sizeof sm_failed_execution_record");

/* A name was given to a file, or an existing file was overwritten. */
struct sm_file_create_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* its new name */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 overwritten; /* 1: the name existed before */
	__u8 directory; /* 1: it is a directory */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_create_record, hdr) == 0, "sm_file_create_record.hdr");
SM_ASSERT(offsetof(struct sm_file_create_record, file) == 40, "sm_file_create_record.file");
SM_ASSERT(offsetof(struct sm_file_create_record, target) == 104, "sm_file_create_record.target");
SM_ASSERT(offsetof(struct sm_file_create_record, uid) == 136, "sm_file_create_record.uid");
SM_ASSERT(offsetof(struct sm_file_create_record, hook) == 140, "sm_file_create_record.hook");
SM_ASSERT(offsetof(struct sm_file_create_record, overwritten) == 141, "sm_file_create_record.overwritten");
SM_ASSERT(offsetof(struct sm_file_create_record, directory) == 142, "sm_file_create_record.directory");
SM_ASSERT(offsetof(struct sm_file_create_record, reserved) == 143, "sm_file_create_record.reserved");
SM_ASSERT(sizeof(struct sm_file_create_record) == 144, "sizeof sm_file_create_record");

/* A name of a file was removed, by unlink, rmdir, or a rename over it. */
struct sm_file_delete_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file; nlink: the names that are left; all zero: not known */
	struct sm_location target; /* the name that it lost */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 executable; /* 1: a regular file with a permission to execute it */
	__u8 directory; /* 1: it is a directory */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_delete_record, hdr) == 0, "sm_file_delete_record.hdr");
SM_ASSERT(offsetof(struct sm_file_delete_record, file) == 40, "sm_file_delete_record.file");
SM_ASSERT(offsetof(struct sm_file_delete_record, target) == 104, "sm_file_delete_record.target");
SM_ASSERT(offsetof(struct sm_file_delete_record, uid) == 136, "sm_file_delete_record.uid");
SM_ASSERT(offsetof(struct sm_file_delete_record, hook) == 140, "sm_file_delete_record.hook");
SM_ASSERT(offsetof(struct sm_file_delete_record, executable) == 141, "sm_file_delete_record.executable");
SM_ASSERT(offsetof(struct sm_file_delete_record, directory) == 142, "sm_file_delete_record.directory");
SM_ASSERT(offsetof(struct sm_file_delete_record, reserved) == 143, "sm_file_delete_record.reserved");
SM_ASSERT(sizeof(struct sm_file_delete_record) == 144, "sizeof sm_file_delete_record");

/* The content of a file was changed: the first time by this process through this open file. */
struct sm_file_modify_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the change; all zero: not known */
	struct sm_location target; /* its name */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 kind; /* 0: written, 1: appended, 2: truncated, 3: mapped, so that it can be written */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_modify_record, hdr) == 0, "sm_file_modify_record.hdr");
SM_ASSERT(offsetof(struct sm_file_modify_record, file) == 40, "sm_file_modify_record.file");
SM_ASSERT(offsetof(struct sm_file_modify_record, target) == 104, "sm_file_modify_record.target");
SM_ASSERT(offsetof(struct sm_file_modify_record, uid) == 136, "sm_file_modify_record.uid");
SM_ASSERT(offsetof(struct sm_file_modify_record, hook) == 140, "sm_file_modify_record.hook");
SM_ASSERT(offsetof(struct sm_file_modify_record, kind) == 141, "sm_file_modify_record.kind");
SM_ASSERT(offsetof(struct sm_file_modify_record, reserved) == 142, "sm_file_modify_record.reserved");
SM_ASSERT(sizeof(struct sm_file_modify_record) == 144, "sizeof sm_file_modify_record");

/* A block device was opened. */
struct sm_raw_access_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the device file */
	struct sm_location target; /* its name */
	__u32 uid; /* real user id */
	__u32 rdev; /* number of the device in the kernel's encoding */
	__u8 hook; /* enum sm_call */
	__u8 access; /* 0: to read, 1: to write, 2: both */
	__u16 reserved; /* zero */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_raw_access_record, hdr) == 0, "sm_raw_access_record.hdr");
SM_ASSERT(offsetof(struct sm_raw_access_record, file) == 40, "sm_raw_access_record.file");
SM_ASSERT(offsetof(struct sm_raw_access_record, target) == 104, "sm_raw_access_record.target");
SM_ASSERT(offsetof(struct sm_raw_access_record, uid) == 136, "sm_raw_access_record.uid");
SM_ASSERT(offsetof(struct sm_raw_access_record, rdev) == 140, "sm_raw_access_record.rdev");
SM_ASSERT(offsetof(struct sm_raw_access_record, hook) == 144, "sm_raw_access_record.hook");
SM_ASSERT(offsetof(struct sm_raw_access_record, access) == 145, "sm_raw_access_record.access");
SM_ASSERT(offsetof(struct sm_raw_access_record, reserved) == 146, "sm_raw_access_record.reserved");
SM_ASSERT(offsetof(struct sm_raw_access_record, pad) == 148, "sm_raw_access_record.pad");
SM_ASSERT(sizeof(struct sm_raw_access_record) == 152, "sizeof sm_raw_access_record");

/* A FIFO was made. */
struct sm_pipe_create_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the FIFO; all zero: not known */
	struct sm_location target; /* its name */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_pipe_create_record, hdr) == 0, "sm_pipe_create_record.hdr");
SM_ASSERT(offsetof(struct sm_pipe_create_record, file) == 40, "sm_pipe_create_record.file");
SM_ASSERT(offsetof(struct sm_pipe_create_record, target) == 104, "sm_pipe_create_record.target");
SM_ASSERT(offsetof(struct sm_pipe_create_record, uid) == 136, "sm_pipe_create_record.uid");
SM_ASSERT(offsetof(struct sm_pipe_create_record, hook) == 140, "sm_pipe_create_record.hook");
SM_ASSERT(offsetof(struct sm_pipe_create_record, reserved) == 141, "sm_pipe_create_record.reserved");
SM_ASSERT(offsetof(struct sm_pipe_create_record, reserved2) == 142, "sm_pipe_create_record.reserved2");
SM_ASSERT(sizeof(struct sm_pipe_create_record) == 144, "sizeof sm_pipe_create_record");

/* A FIFO was opened. */
struct sm_pipe_connect_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the FIFO; all zero: not known */
	struct sm_location target; /* its name */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_pipe_connect_record, hdr) == 0, "sm_pipe_connect_record.hdr");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, file) == 40, "sm_pipe_connect_record.file");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, target) == 104, "sm_pipe_connect_record.target");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, uid) == 136, "sm_pipe_connect_record.uid");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, hook) == 140, "sm_pipe_connect_record.hook");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, reserved) == 141, "sm_pipe_connect_record.reserved");
SM_ASSERT(offsetof(struct sm_pipe_connect_record, reserved2) == 142, "sm_pipe_connect_record.reserved2");
SM_ASSERT(sizeof(struct sm_pipe_connect_record) == 144, "sizeof sm_pipe_connect_record");

/* The modification time of a file was set. */
struct sm_file_time_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* its name */
	struct sm_stamp now; /* its modification time */
	struct sm_stamp before; /* and that before */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_time_record, hdr) == 0, "sm_file_time_record.hdr");
SM_ASSERT(offsetof(struct sm_file_time_record, file) == 40, "sm_file_time_record.file");
SM_ASSERT(offsetof(struct sm_file_time_record, target) == 104, "sm_file_time_record.target");
SM_ASSERT(offsetof(struct sm_file_time_record, now) == 136, "sm_file_time_record.now");
SM_ASSERT(offsetof(struct sm_file_time_record, before) == 152, "sm_file_time_record.before");
SM_ASSERT(offsetof(struct sm_file_time_record, uid) == 168, "sm_file_time_record.uid");
SM_ASSERT(offsetof(struct sm_file_time_record, hook) == 172, "sm_file_time_record.hook");
SM_ASSERT(offsetof(struct sm_file_time_record, reserved) == 173, "sm_file_time_record.reserved");
SM_ASSERT(offsetof(struct sm_file_time_record, reserved2) == 174, "sm_file_time_record.reserved2");
SM_ASSERT(sizeof(struct sm_file_time_record) == 176, "sizeof sm_file_time_record");

/* A process had io_uring carry out file operations that are not seen: once a minute for each process. */
struct sm_uring_record {
	struct sm_header hdr; /* see struct sm_header */
	__u32 opcode; /* IORING_OP_* of the first */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_uring_record, hdr) == 0, "sm_uring_record.hdr");
SM_ASSERT(offsetof(struct sm_uring_record, opcode) == 40, "sm_uring_record.opcode");
SM_ASSERT(offsetof(struct sm_uring_record, pad) == 44, "sm_uring_record.pad");
SM_ASSERT(sizeof(struct sm_uring_record) == 48, "sizeof sm_uring_record");

/* A file was mapped to be executed. */
struct sm_image_load_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file */
	struct sm_location target; /* its name */
	__u64 file_system; /* a number of the file system that it is on, which no other ever has; 0: not known */
	__u64 super_block; /* its address; another file system may get it later */
	__u64 begin; /* where the mapping begins */
	__u64 upto; /* where it ends */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_IMAGE_LOAD_* */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_image_load_record, hdr) == 0, "sm_image_load_record.hdr");
SM_ASSERT(offsetof(struct sm_image_load_record, file) == 40, "sm_image_load_record.file");
SM_ASSERT(offsetof(struct sm_image_load_record, target) == 104, "sm_image_load_record.target");
SM_ASSERT(offsetof(struct sm_image_load_record, file_system) == 136, "sm_image_load_record.file_system");
SM_ASSERT(offsetof(struct sm_image_load_record, super_block) == 144, "sm_image_load_record.super_block");
SM_ASSERT(offsetof(struct sm_image_load_record, begin) == 152, "sm_image_load_record.begin");
SM_ASSERT(offsetof(struct sm_image_load_record, upto) == 160, "sm_image_load_record.upto");
SM_ASSERT(offsetof(struct sm_image_load_record, uid) == 168, "sm_image_load_record.uid");
SM_ASSERT(offsetof(struct sm_image_load_record, hook) == 172, "sm_image_load_record.hook");
SM_ASSERT(offsetof(struct sm_image_load_record, reserved) == 173, "sm_image_load_record.reserved");
SM_ASSERT(offsetof(struct sm_image_load_record, reserved2) == 174, "sm_image_load_record.reserved2");
SM_ASSERT(sizeof(struct sm_image_load_record) == 176, "sizeof sm_image_load_record");

/* A file was renamed. */
struct sm_file_rename_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* its new name */
	struct sm_location source; /* its old name */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 replaced; /* whether another file had the new name. 0: not known, 1: no, 2: yes */
	__u8 exchanged; /* 1: two names were exchanged */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_rename_record, hdr) == 0, "sm_file_rename_record.hdr");
SM_ASSERT(offsetof(struct sm_file_rename_record, file) == 40, "sm_file_rename_record.file");
SM_ASSERT(offsetof(struct sm_file_rename_record, target) == 104, "sm_file_rename_record.target");
SM_ASSERT(offsetof(struct sm_file_rename_record, source) == 136, "sm_file_rename_record.source");
SM_ASSERT(offsetof(struct sm_file_rename_record, uid) == 168, "sm_file_rename_record.uid");
SM_ASSERT(offsetof(struct sm_file_rename_record, hook) == 172, "sm_file_rename_record.hook");
SM_ASSERT(offsetof(struct sm_file_rename_record, replaced) == 173, "sm_file_rename_record.replaced");
SM_ASSERT(offsetof(struct sm_file_rename_record, exchanged) == 174, "sm_file_rename_record.exchanged");
SM_ASSERT(offsetof(struct sm_file_rename_record, reserved) == 175, "sm_file_rename_record.reserved");
SM_ASSERT(sizeof(struct sm_file_rename_record) == 176, "sizeof sm_file_rename_record");

/* A link was made. */
struct sm_file_link_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* the link */
	struct sm_location source; /* the name that a hard link is of; or only `name`: the text of a symbolic link */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 symbolic; /* 1: it is a symbolic link */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_link_record, hdr) == 0, "sm_file_link_record.hdr");
SM_ASSERT(offsetof(struct sm_file_link_record, file) == 40, "sm_file_link_record.file");
SM_ASSERT(offsetof(struct sm_file_link_record, target) == 104, "sm_file_link_record.target");
SM_ASSERT(offsetof(struct sm_file_link_record, source) == 136, "sm_file_link_record.source");
SM_ASSERT(offsetof(struct sm_file_link_record, uid) == 168, "sm_file_link_record.uid");
SM_ASSERT(offsetof(struct sm_file_link_record, hook) == 172, "sm_file_link_record.hook");
SM_ASSERT(offsetof(struct sm_file_link_record, symbolic) == 173, "sm_file_link_record.symbolic");
SM_ASSERT(offsetof(struct sm_file_link_record, reserved) == 174, "sm_file_link_record.reserved");
SM_ASSERT(sizeof(struct sm_file_link_record) == 176, "sizeof sm_file_link_record");

/* An attribute of a file was changed. */
struct sm_file_attribute_change_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* its name */
	struct sm_text name; /* of the extended attribute; empty: it is none */
	__u32 before[2]; /* the mode, the owner (user, group), or the flags (S_APPEND, S_IMMUTABLE); 0xffffffff: not known */
	__u32 after[2]; /* and what they are now */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 what; /* 0: mode, 1: owner, 2: an extended attribute was set, 3: or removed, 4: flags */
	__u8 exposed; /* 1: others could change the name of the extended attribute */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, hdr) == 0, "sm_file_attribute_change_record.hdr");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, file) == 40, "sm_file_attribute_change_record.file");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, target) == 104, "sm_file_attribute_change_record.target");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, name) == 136, "sm_file_attribute_change_record.name");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, before) == 144, "sm_file_attribute_change_record.before");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, after) == 152, "sm_file_attribute_change_record.after");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, uid) == 160, "sm_file_attribute_change_record.uid");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, hook) == 164, "sm_file_attribute_change_record.hook");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, what) == 165, "sm_file_attribute_change_record.what");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, exposed) == 166, "sm_file_attribute_change_record.exposed");
SM_ASSERT(offsetof(struct sm_file_attribute_change_record, reserved) == 167, "sm_file_attribute_change_record.reserved");
SM_ASSERT(sizeof(struct sm_file_attribute_change_record) == 168, "sizeof sm_file_attribute_change_record");

/* A file of the list was opened. */
struct sm_file_open_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* the file after the call; all zero: not known */
	struct sm_location target; /* its name */
	struct sm_text listed; /* the entry that it fits: components from the leaf to the root, with stars */
	__u32 uid; /* real user id */
	__u8 hook; /* enum sm_call */
	__u8 access; /* 0: to read, 1: to write, 2: both, 3: neither, for ioctl(2) alone */
	__u8 by_inode; /* 1: it is known by its inode, and opened by another name */
	__u8 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_file_open_record, hdr) == 0, "sm_file_open_record.hdr");
SM_ASSERT(offsetof(struct sm_file_open_record, file) == 40, "sm_file_open_record.file");
SM_ASSERT(offsetof(struct sm_file_open_record, target) == 104, "sm_file_open_record.target");
SM_ASSERT(offsetof(struct sm_file_open_record, listed) == 136, "sm_file_open_record.listed");
SM_ASSERT(offsetof(struct sm_file_open_record, uid) == 144, "sm_file_open_record.uid");
SM_ASSERT(offsetof(struct sm_file_open_record, hook) == 148, "sm_file_open_record.hook");
SM_ASSERT(offsetof(struct sm_file_open_record, access) == 149, "sm_file_open_record.access");
SM_ASSERT(offsetof(struct sm_file_open_record, by_inode) == 150, "sm_file_open_record.by_inode");
SM_ASSERT(offsetof(struct sm_file_open_record, reserved) == 151, "sm_file_open_record.reserved");
SM_ASSERT(sizeof(struct sm_file_open_record) == 152, "sizeof sm_file_open_record");

/* A TCP connection, made or failed, or a UDP flow. The header names the process that connected, accepted, sent or received. */
struct sm_network_record {
	struct sm_header hdr; /* see struct sm_header */
	char source[16]; /* address of the end that began, network byte order; IPv4 as ::ffff:a.b.c.d */
	char destination[16]; /* address of the other end */
	__u16 source_port; /* host byte order */
	__u16 destination_port; /* host byte order */
	__u32 uid; /* real user id of the process */
	__u32 netns; /* inode number of the socket's network namespace */
	__u32 error; /* errno of a connection that failed; 0: it did not */
	__u8 protocol; /* 6: TCP, 17: UDP */
	__u8 initiated; /* 1: the process is the source */
	__u8 hook; /* SM_HOOK_NETWORK_CONNECT_* */
	__u8 marks; /* SM_NETWORK_* */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_network_record, hdr) == 0, "sm_network_record.hdr");
SM_ASSERT(offsetof(struct sm_network_record, source) == 40, "sm_network_record.source");
SM_ASSERT(offsetof(struct sm_network_record, destination) == 56, "sm_network_record.destination");
SM_ASSERT(offsetof(struct sm_network_record, source_port) == 72, "sm_network_record.source_port");
SM_ASSERT(offsetof(struct sm_network_record, destination_port) == 74, "sm_network_record.destination_port");
SM_ASSERT(offsetof(struct sm_network_record, uid) == 76, "sm_network_record.uid");
SM_ASSERT(offsetof(struct sm_network_record, netns) == 80, "sm_network_record.netns");
SM_ASSERT(offsetof(struct sm_network_record, error) == 84, "sm_network_record.error");
SM_ASSERT(offsetof(struct sm_network_record, protocol) == 88, "sm_network_record.protocol");
SM_ASSERT(offsetof(struct sm_network_record, initiated) == 89, "sm_network_record.initiated");
SM_ASSERT(offsetof(struct sm_network_record, hook) == 90, "sm_network_record.hook");
SM_ASSERT(offsetof(struct sm_network_record, marks) == 91, "sm_network_record.marks");
SM_ASSERT(offsetof(struct sm_network_record, pad) == 92, "sm_network_record.pad");
SM_ASSERT(sizeof(struct sm_network_record) == 96, "sizeof sm_network_record");

/* A TCP socket began to listen, or a UDP socket was bound. */
struct sm_socket_listen_record {
	struct sm_header hdr; /* see struct sm_header */
	char address[16]; /* local address, network byte order; IPv4 as ::ffff:a.b.c.d */
	__u16 port; /* host byte order */
	__u16 reserved; /* zero */
	__u32 uid; /* real user id of the process */
	__u32 netns; /* inode number of the socket's network namespace */
	__u8 protocol; /* 6: TCP, 17: UDP */
	__u8 hook; /* SM_HOOK_SOCKET_LISTEN_* */
	__u8 marks; /* SM_NETWORK_* */
	__u8 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_socket_listen_record, hdr) == 0, "sm_socket_listen_record.hdr");
SM_ASSERT(offsetof(struct sm_socket_listen_record, address) == 40, "sm_socket_listen_record.address");
SM_ASSERT(offsetof(struct sm_socket_listen_record, port) == 56, "sm_socket_listen_record.port");
SM_ASSERT(offsetof(struct sm_socket_listen_record, reserved) == 58, "sm_socket_listen_record.reserved");
SM_ASSERT(offsetof(struct sm_socket_listen_record, uid) == 60, "sm_socket_listen_record.uid");
SM_ASSERT(offsetof(struct sm_socket_listen_record, netns) == 64, "sm_socket_listen_record.netns");
SM_ASSERT(offsetof(struct sm_socket_listen_record, protocol) == 68, "sm_socket_listen_record.protocol");
SM_ASSERT(offsetof(struct sm_socket_listen_record, hook) == 69, "sm_socket_listen_record.hook");
SM_ASSERT(offsetof(struct sm_socket_listen_record, marks) == 70, "sm_socket_listen_record.marks");
SM_ASSERT(offsetof(struct sm_socket_listen_record, reserved2) == 71, "sm_socket_listen_record.reserved2");
SM_ASSERT(sizeof(struct sm_socket_listen_record) == 72, "sizeof sm_socket_listen_record");

/* A raw socket was made, or a filter attached to a socket. */
struct sm_raw_socket_record {
	struct sm_header hdr; /* see struct sm_header */
	__u32 uid; /* real user id of the process */
	__u16 family; /* AF_* */
	__u16 type; /* SOCK_*, without flags */
	__u16 protocol; /* by family; of AF_PACKET the type of Ethernet frames, host byte order */
	__u8 hook; /* SM_HOOK_RAW_SOCKET_* */
	__u8 attached; /* 0: nothing; else which option of setsockopt, as extra.operation lists them */
	__u8 marks; /* SM_NETWORK_* */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_raw_socket_record, hdr) == 0, "sm_raw_socket_record.hdr");
SM_ASSERT(offsetof(struct sm_raw_socket_record, uid) == 40, "sm_raw_socket_record.uid");
SM_ASSERT(offsetof(struct sm_raw_socket_record, family) == 44, "sm_raw_socket_record.family");
SM_ASSERT(offsetof(struct sm_raw_socket_record, type) == 46, "sm_raw_socket_record.type");
SM_ASSERT(offsetof(struct sm_raw_socket_record, protocol) == 48, "sm_raw_socket_record.protocol");
SM_ASSERT(offsetof(struct sm_raw_socket_record, hook) == 50, "sm_raw_socket_record.hook");
SM_ASSERT(offsetof(struct sm_raw_socket_record, attached) == 51, "sm_raw_socket_record.attached");
SM_ASSERT(offsetof(struct sm_raw_socket_record, marks) == 52, "sm_raw_socket_record.marks");
SM_ASSERT(offsetof(struct sm_raw_socket_record, reserved) == 53, "sm_raw_socket_record.reserved");
SM_ASSERT(offsetof(struct sm_raw_socket_record, reserved2) == 54, "sm_raw_socket_record.reserved2");
SM_ASSERT(sizeof(struct sm_raw_socket_record) == 56, "sizeof sm_raw_socket_record");

/* A process connected to a Unix socket of the list. */
struct sm_unix_connect_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_process target; /* who called listen(2) on it; zero: not known */
	struct sm_location socket; /* its path; an abstract name, with an @, as name without base */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_UNIX_CONNECT_* */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_unix_connect_record, hdr) == 0, "sm_unix_connect_record.hdr");
SM_ASSERT(offsetof(struct sm_unix_connect_record, target) == 40, "sm_unix_connect_record.target");
SM_ASSERT(offsetof(struct sm_unix_connect_record, socket) == 64, "sm_unix_connect_record.socket");
SM_ASSERT(offsetof(struct sm_unix_connect_record, uid) == 96, "sm_unix_connect_record.uid");
SM_ASSERT(offsetof(struct sm_unix_connect_record, hook) == 100, "sm_unix_connect_record.hook");
SM_ASSERT(offsetof(struct sm_unix_connect_record, reserved) == 101, "sm_unix_connect_record.reserved");
SM_ASSERT(offsetof(struct sm_unix_connect_record, reserved2) == 102, "sm_unix_connect_record.reserved2");
SM_ASSERT(sizeof(struct sm_unix_connect_record) == 104, "sizeof sm_unix_connect_record");

/* A datagram that a socket sent to port 53. The header names the process that sent it; pid 0: unknown. */
struct sm_dns_question_record {
	struct sm_header hdr; /* see struct sm_header */
	__u64 cookie; /* number of the socket, which no other ever has */
	__u32 seq; /* TCP: sequence number of the first byte */
	__u32 total; /* bytes behind the header of UDP or TCP, of which payload may hold fewer */
	struct sm_text payload; /* the bytes */
	struct sm_address address; /* of the socket, and of the server as the packet names it */
	__u8 family; /* 4 or 6 */
	__u8 protocol; /* IPPROTO_TCP or IPPROTO_UDP */
	__u8 answer; /* 1: it came in */
	__u8 tcp_flags; /* FIN 1, SYN 2, RST 4 */
	__u16 segment_size; /* UDP: the payload is several datagrams of this size, of which the last may be shorter; 0: one */
	__u16 urgent; /* TCP: so many bytes from the first on up to one, included, that the receiver gets apart; 0: none */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_dns_question_record, hdr) == 0, "sm_dns_question_record.hdr");
SM_ASSERT(offsetof(struct sm_dns_question_record, cookie) == 40, "sm_dns_question_record.cookie");
SM_ASSERT(offsetof(struct sm_dns_question_record, seq) == 48, "sm_dns_question_record.seq");
SM_ASSERT(offsetof(struct sm_dns_question_record, total) == 52, "sm_dns_question_record.total");
SM_ASSERT(offsetof(struct sm_dns_question_record, payload) == 56, "sm_dns_question_record.payload");
SM_ASSERT(offsetof(struct sm_dns_question_record, address) == 64, "sm_dns_question_record.address");
SM_ASSERT(offsetof(struct sm_dns_question_record, family) == 100, "sm_dns_question_record.family");
SM_ASSERT(offsetof(struct sm_dns_question_record, protocol) == 101, "sm_dns_question_record.protocol");
SM_ASSERT(offsetof(struct sm_dns_question_record, answer) == 102, "sm_dns_question_record.answer");
SM_ASSERT(offsetof(struct sm_dns_question_record, tcp_flags) == 103, "sm_dns_question_record.tcp_flags");
SM_ASSERT(offsetof(struct sm_dns_question_record, segment_size) == 104, "sm_dns_question_record.segment_size");
SM_ASSERT(offsetof(struct sm_dns_question_record, urgent) == 106, "sm_dns_question_record.urgent");
SM_ASSERT(offsetof(struct sm_dns_question_record, pad) == 108, "sm_dns_question_record.pad");
SM_ASSERT(sizeof(struct sm_dns_question_record) == 112, "sizeof sm_dns_question_record");

/* A question and what came of it. Put together in user space from the packets; no probe writes it. */
struct sm_dns_query_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_text name; /* what was asked for, without the last dot */
	struct sm_text status; /* decimal */
	struct sm_text results; /* records of the answer, each ended by a semicolon */
	__u32 query_type; /* type of the record that was asked for */
	__u32 attempts; /* how often it was asked until the answer */
	struct sm_address address; /* of the socket, and of the server as the packet names it */
	__u8 family; /* 4 or 6 */
	__u8 protocol; /* IPPROTO_TCP or IPPROTO_UDP */
	__u16 attributes; /* SM_DNS_* */
};
SM_ASSERT(offsetof(struct sm_dns_query_record, hdr) == 0, "sm_dns_query_record.hdr");
SM_ASSERT(offsetof(struct sm_dns_query_record, name) == 40, "sm_dns_query_record.name");
SM_ASSERT(offsetof(struct sm_dns_query_record, status) == 48, "sm_dns_query_record.status");
SM_ASSERT(offsetof(struct sm_dns_query_record, results) == 56, "sm_dns_query_record.results");
SM_ASSERT(offsetof(struct sm_dns_query_record, query_type) == 64, "sm_dns_query_record.query_type");
SM_ASSERT(offsetof(struct sm_dns_query_record, attempts) == 68, "sm_dns_query_record.attempts");
SM_ASSERT(offsetof(struct sm_dns_query_record, address) == 72, "sm_dns_query_record.address");
SM_ASSERT(offsetof(struct sm_dns_query_record, family) == 108, "sm_dns_query_record.family");
SM_ASSERT(offsetof(struct sm_dns_query_record, protocol) == 109, "sm_dns_query_record.protocol");
SM_ASSERT(offsetof(struct sm_dns_query_record, attributes) == 110, "sm_dns_query_record.attributes");
SM_ASSERT(sizeof(struct sm_dns_query_record) == 112, "sizeof sm_dns_query_record");

/* A datagram that a socket got from port 53. The header names no process. */
struct sm_dns_answer_record {
	struct sm_header hdr; /* see struct sm_header */
	__u64 cookie; /* number of the socket, which no other ever has */
	__u32 seq; /* TCP: sequence number of the first byte */
	__u32 total; /* bytes behind the header of UDP or TCP, of which payload may hold fewer */
	struct sm_text payload; /* the bytes */
	struct sm_address address; /* of the socket, and of the server as the packet names it */
	__u8 family; /* 4 or 6 */
	__u8 protocol; /* IPPROTO_TCP or IPPROTO_UDP */
	__u8 answer; /* 1: it came in */
	__u8 tcp_flags; /* FIN 1, SYN 2, RST 4 */
	__u16 segment_size; /* UDP: the payload is several datagrams of this size, of which the last may be shorter; 0: one */
	__u16 urgent; /* TCP: so many bytes from the first on up to one, included, that the receiver gets apart; 0: none */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_dns_answer_record, hdr) == 0, "sm_dns_answer_record.hdr");
SM_ASSERT(offsetof(struct sm_dns_answer_record, cookie) == 40, "sm_dns_answer_record.cookie");
SM_ASSERT(offsetof(struct sm_dns_answer_record, seq) == 48, "sm_dns_answer_record.seq");
SM_ASSERT(offsetof(struct sm_dns_answer_record, total) == 52, "sm_dns_answer_record.total");
SM_ASSERT(offsetof(struct sm_dns_answer_record, payload) == 56, "sm_dns_answer_record.payload");
SM_ASSERT(offsetof(struct sm_dns_answer_record, address) == 64, "sm_dns_answer_record.address");
SM_ASSERT(offsetof(struct sm_dns_answer_record, family) == 100, "sm_dns_answer_record.family");
SM_ASSERT(offsetof(struct sm_dns_answer_record, protocol) == 101, "sm_dns_answer_record.protocol");
SM_ASSERT(offsetof(struct sm_dns_answer_record, answer) == 102, "sm_dns_answer_record.answer");
SM_ASSERT(offsetof(struct sm_dns_answer_record, tcp_flags) == 103, "sm_dns_answer_record.tcp_flags");
SM_ASSERT(offsetof(struct sm_dns_answer_record, segment_size) == 104, "sm_dns_answer_record.segment_size");
SM_ASSERT(offsetof(struct sm_dns_answer_record, urgent) == 106, "sm_dns_answer_record.urgent");
SM_ASSERT(offsetof(struct sm_dns_answer_record, pad) == 108, "sm_dns_answer_record.pad");
SM_ASSERT(sizeof(struct sm_dns_answer_record) == 112, "sizeof sm_dns_answer_record");

/* A segment of TCP to or from port 53. The header names the process that sent it; pid 0: unknown, or it came in. */
struct sm_dns_segment_record {
	struct sm_header hdr; /* see struct sm_header */
	__u64 cookie; /* number of the socket, which no other ever has */
	__u32 seq; /* TCP: sequence number of the first byte */
	__u32 total; /* bytes behind the header of UDP or TCP, of which payload may hold fewer */
	struct sm_text payload; /* the bytes */
	struct sm_address address; /* of the socket, and of the server as the packet names it */
	__u8 family; /* 4 or 6 */
	__u8 protocol; /* IPPROTO_TCP or IPPROTO_UDP */
	__u8 answer; /* 1: it came in */
	__u8 tcp_flags; /* FIN 1, SYN 2, RST 4 */
	__u16 segment_size; /* UDP: the payload is several datagrams of this size, of which the last may be shorter; 0: one */
	__u16 urgent; /* TCP: so many bytes from the first on up to one, included, that the receiver gets apart; 0: none */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_dns_segment_record, hdr) == 0, "sm_dns_segment_record.hdr");
SM_ASSERT(offsetof(struct sm_dns_segment_record, cookie) == 40, "sm_dns_segment_record.cookie");
SM_ASSERT(offsetof(struct sm_dns_segment_record, seq) == 48, "sm_dns_segment_record.seq");
SM_ASSERT(offsetof(struct sm_dns_segment_record, total) == 52, "sm_dns_segment_record.total");
SM_ASSERT(offsetof(struct sm_dns_segment_record, payload) == 56, "sm_dns_segment_record.payload");
SM_ASSERT(offsetof(struct sm_dns_segment_record, address) == 64, "sm_dns_segment_record.address");
SM_ASSERT(offsetof(struct sm_dns_segment_record, family) == 100, "sm_dns_segment_record.family");
SM_ASSERT(offsetof(struct sm_dns_segment_record, protocol) == 101, "sm_dns_segment_record.protocol");
SM_ASSERT(offsetof(struct sm_dns_segment_record, answer) == 102, "sm_dns_segment_record.answer");
SM_ASSERT(offsetof(struct sm_dns_segment_record, tcp_flags) == 103, "sm_dns_segment_record.tcp_flags");
SM_ASSERT(offsetof(struct sm_dns_segment_record, segment_size) == 104, "sm_dns_segment_record.segment_size");
SM_ASSERT(offsetof(struct sm_dns_segment_record, urgent) == 106, "sm_dns_segment_record.urgent");
SM_ASSERT(offsetof(struct sm_dns_segment_record, pad) == 108, "sm_dns_segment_record.pad");
SM_ASSERT(sizeof(struct sm_dns_segment_record) == 112, "sizeof sm_dns_segment_record");

/* A thread changed its namespaces, or a process was made in others than those of its parent. */
struct sm_namespace_change_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_process target; /* clone: what was made. setns by a pidfd: whose namespaces were entered. Else zero */
	__u32 before[8]; /* as task.ns, but pid and time are those of the children: of the caller, before the call */
	__u32 after[8]; /* the same: of the caller after the call, or of what was made */
	__u32 uid; /* real user id of the caller */
	__u8 hook; /* SM_HOOK_NAMESPACE_CHANGE_* */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
};
SM_ASSERT(offsetof(struct sm_namespace_change_record, hdr) == 0, "sm_namespace_change_record.hdr");
SM_ASSERT(offsetof(struct sm_namespace_change_record, target) == 40, "sm_namespace_change_record.target");
SM_ASSERT(offsetof(struct sm_namespace_change_record, before) == 64, "sm_namespace_change_record.before");
SM_ASSERT(offsetof(struct sm_namespace_change_record, after) == 96, "sm_namespace_change_record.after");
SM_ASSERT(offsetof(struct sm_namespace_change_record, uid) == 128, "sm_namespace_change_record.uid");
SM_ASSERT(offsetof(struct sm_namespace_change_record, hook) == 132, "sm_namespace_change_record.hook");
SM_ASSERT(offsetof(struct sm_namespace_change_record, reserved) == 133, "sm_namespace_change_record.reserved");
SM_ASSERT(offsetof(struct sm_namespace_change_record, reserved2) == 134, "sm_namespace_change_record.reserved2");
SM_ASSERT(sizeof(struct sm_namespace_change_record) == 136, "sizeof sm_namespace_change_record");

/* A call that changes mounts, or the root of a process, has succeeded. */
struct sm_mount_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_text source; /* what is mounted, as it was passed or as the kernel has it; empty: nothing */
	struct sm_location target; /* where */
	struct sm_text filesystem; /* type of file system; empty: the call names none */
	struct sm_text options; /* options of the file system, as they were passed */
	__u32 uid; /* real user id */
	__u32 flags; /* MS_*; from bit 26 on those of umount(2) */
	__u8 hook; /* SM_HOOK_MOUNT_* */
	__u8 operation; /* enum sm_mount_operation */
	__u8 marks; /* what was cut, or may have been changed: see marks */
	__u8 reserved; /* zero */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_mount_record, hdr) == 0, "sm_mount_record.hdr");
SM_ASSERT(offsetof(struct sm_mount_record, source) == 40, "sm_mount_record.source");
SM_ASSERT(offsetof(struct sm_mount_record, target) == 48, "sm_mount_record.target");
SM_ASSERT(offsetof(struct sm_mount_record, filesystem) == 80, "sm_mount_record.filesystem");
SM_ASSERT(offsetof(struct sm_mount_record, options) == 88, "sm_mount_record.options");
SM_ASSERT(offsetof(struct sm_mount_record, uid) == 96, "sm_mount_record.uid");
SM_ASSERT(offsetof(struct sm_mount_record, flags) == 100, "sm_mount_record.flags");
SM_ASSERT(offsetof(struct sm_mount_record, hook) == 104, "sm_mount_record.hook");
SM_ASSERT(offsetof(struct sm_mount_record, operation) == 105, "sm_mount_record.operation");
SM_ASSERT(offsetof(struct sm_mount_record, marks) == 106, "sm_mount_record.marks");
SM_ASSERT(offsetof(struct sm_mount_record, reserved) == 107, "sm_mount_record.reserved");
SM_ASSERT(offsetof(struct sm_mount_record, pad) == 108, "sm_mount_record.pad");
SM_ASSERT(sizeof(struct sm_mount_record) == 112, "sizeof sm_mount_record");

/* A module of the kernel was loaded, or it was tried. */
struct sm_module_load_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_file file; /* finit_module: the file; all zero: there is none, or it is not known */
	struct sm_location image; /* finit_module: its path */
	struct sm_text name; /* of the module; none: it was not taken in */
	struct sm_text args; /* that the module was given */
	__u32 size; /* bytes that it takes, without what is only needed to start it */
	__u32 taints; /* what of it taints the kernel: module.taints */
	__u32 error; /* errno; 0: it succeeded */
	__u8 hook; /* SM_HOOK_MODULE_LOAD_* */
	__u8 signature; /* 0: not known, 1: none that the kernel accepted, 2: it accepted one */
	__u8 requested; /* 1: by the helper of the kernel */
	__u8 cut; /* 1: args was cut */
	__u8 exposed; /* 1: args was read from memory that others may have changed */
	__u8 existing; /* 1: it was there at the start */
	__u8 hidden; /* 1: it is in the kernel, and not in the list of its modules */
	__u8 reserved; /* zero */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_module_load_record, hdr) == 0, "sm_module_load_record.hdr");
SM_ASSERT(offsetof(struct sm_module_load_record, file) == 40, "sm_module_load_record.file");
SM_ASSERT(offsetof(struct sm_module_load_record, image) == 104, "sm_module_load_record.image");
SM_ASSERT(offsetof(struct sm_module_load_record, name) == 136, "sm_module_load_record.name");
SM_ASSERT(offsetof(struct sm_module_load_record, args) == 144, "sm_module_load_record.args");
SM_ASSERT(offsetof(struct sm_module_load_record, size) == 152, "sm_module_load_record.size");
SM_ASSERT(offsetof(struct sm_module_load_record, taints) == 156, "sm_module_load_record.taints");
SM_ASSERT(offsetof(struct sm_module_load_record, error) == 160, "sm_module_load_record.error");
SM_ASSERT(offsetof(struct sm_module_load_record, hook) == 164, "sm_module_load_record.hook");
SM_ASSERT(offsetof(struct sm_module_load_record, signature) == 165, "sm_module_load_record.signature");
SM_ASSERT(offsetof(struct sm_module_load_record, requested) == 166, "sm_module_load_record.requested");
SM_ASSERT(offsetof(struct sm_module_load_record, cut) == 167, "sm_module_load_record.cut");
SM_ASSERT(offsetof(struct sm_module_load_record, exposed) == 168, "sm_module_load_record.exposed");
SM_ASSERT(offsetof(struct sm_module_load_record, existing) == 169, "sm_module_load_record.existing");
SM_ASSERT(offsetof(struct sm_module_load_record, hidden) == 170, "sm_module_load_record.hidden");
SM_ASSERT(offsetof(struct sm_module_load_record, reserved) == 171, "sm_module_load_record.reserved");
SM_ASSERT(offsetof(struct sm_module_load_record, pad) == 172, "sm_module_load_record.pad");
SM_ASSERT(sizeof(struct sm_module_load_record) == 176, "sizeof sm_module_load_record");

/* A module of the kernel was taken out, or it was tried. */
struct sm_module_unload_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_text name; /* of the module */
	__u32 uid; /* real user id */
	__u32 error; /* errno; 0: it succeeded */
	__u8 exposed; /* 1: the name was read from memory that others may have changed */
	__u8 reserved; /* zero */
	__u16 reserved2; /* zero */
	__u32 pad; /* zero */
};
SM_ASSERT(offsetof(struct sm_module_unload_record, hdr) == 0, "sm_module_unload_record.hdr");
SM_ASSERT(offsetof(struct sm_module_unload_record, name) == 40, "sm_module_unload_record.name");
SM_ASSERT(offsetof(struct sm_module_unload_record, uid) == 48, "sm_module_unload_record.uid");
SM_ASSERT(offsetof(struct sm_module_unload_record, error) == 52, "sm_module_unload_record.error");
SM_ASSERT(offsetof(struct sm_module_unload_record, exposed) == 56, "sm_module_unload_record.exposed");
SM_ASSERT(offsetof(struct sm_module_unload_record, reserved) == 57, "sm_module_unload_record.reserved");
SM_ASSERT(offsetof(struct sm_module_unload_record, reserved2) == 58, "sm_module_unload_record.reserved2");
SM_ASSERT(offsetof(struct sm_module_unload_record, pad) == 60, "sm_module_unload_record.pad");
SM_ASSERT(sizeof(struct sm_module_unload_record) == 64, "sizeof sm_module_unload_record");

/* Something was done with eBPF. */
struct sm_bpf_event_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_location path; /* where an object was pinned, or the control group */
	struct sm_text name; /* of the program */
	struct sm_text map_name; /* of the map */
	struct sm_text attached; /* what the program is, or will be, attached to, by its name in the kernel */
	__u32 uid; /* real user id; of a program that was there, of whoever loaded it */
	__u32 program_type; /* the kernel's enum bpf_prog_type; 0: there is no program */
	__u32 program; /* id of the program; 0: there is none, or it is not known */
	__u32 link; /* id of the link; 0: there is none */
	__u32 map; /* id of the map; 0: there is none */
	__u32 error; /* errno; 0: it succeeded */
	__u8 command; /* enum sm_bpf_event_command */
	__u8 hook; /* SM_HOOK_E_BPFEVENT_* */
	__u8 link_type; /* the kernel's enum bpf_link_type */
	__u8 exposed; /* 1: the object was found by a descriptor that others may have replaced */
	__u8 own; /* 1: it was done to an object of this sensor */
	__u8 existing; /* 1: the program was there at the start */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_bpf_event_record, hdr) == 0, "sm_bpf_event_record.hdr");
SM_ASSERT(offsetof(struct sm_bpf_event_record, path) == 40, "sm_bpf_event_record.path");
SM_ASSERT(offsetof(struct sm_bpf_event_record, name) == 72, "sm_bpf_event_record.name");
SM_ASSERT(offsetof(struct sm_bpf_event_record, map_name) == 80, "sm_bpf_event_record.map_name");
SM_ASSERT(offsetof(struct sm_bpf_event_record, attached) == 88, "sm_bpf_event_record.attached");
SM_ASSERT(offsetof(struct sm_bpf_event_record, uid) == 96, "sm_bpf_event_record.uid");
SM_ASSERT(offsetof(struct sm_bpf_event_record, program_type) == 100, "sm_bpf_event_record.program_type");
SM_ASSERT(offsetof(struct sm_bpf_event_record, program) == 104, "sm_bpf_event_record.program");
SM_ASSERT(offsetof(struct sm_bpf_event_record, link) == 108, "sm_bpf_event_record.link");
SM_ASSERT(offsetof(struct sm_bpf_event_record, map) == 112, "sm_bpf_event_record.map");
SM_ASSERT(offsetof(struct sm_bpf_event_record, error) == 116, "sm_bpf_event_record.error");
SM_ASSERT(offsetof(struct sm_bpf_event_record, command) == 120, "sm_bpf_event_record.command");
SM_ASSERT(offsetof(struct sm_bpf_event_record, hook) == 121, "sm_bpf_event_record.hook");
SM_ASSERT(offsetof(struct sm_bpf_event_record, link_type) == 122, "sm_bpf_event_record.link_type");
SM_ASSERT(offsetof(struct sm_bpf_event_record, exposed) == 123, "sm_bpf_event_record.exposed");
SM_ASSERT(offsetof(struct sm_bpf_event_record, own) == 124, "sm_bpf_event_record.own");
SM_ASSERT(offsetof(struct sm_bpf_event_record, existing) == 125, "sm_bpf_event_record.existing");
SM_ASSERT(offsetof(struct sm_bpf_event_record, reserved) == 126, "sm_bpf_event_record.reserved");
SM_ASSERT(sizeof(struct sm_bpf_event_record) == 128, "sizeof sm_bpf_event_record");

/* A setting of the kernel was changed. */
struct sm_kernel_parameter_record {
	struct sm_header hdr; /* see struct sm_header */
	struct sm_location parameter; /* the file, below the usual place of its file system; or the name of the call */
	struct sm_text previous; /* what the kernel had; empty: not known */
	struct sm_text value; /* what the kernel has now, or what it was passed; empty: nothing, or not known */
	__u32 uid; /* real user id */
	__u8 hook; /* SM_HOOK_KERNEL_PARAMETER_* */
	__u8 marks; /* what was cut, or may have been changed: see marks */
	__u16 reserved; /* zero */
};
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, hdr) == 0, "sm_kernel_parameter_record.hdr");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, parameter) == 40, "sm_kernel_parameter_record.parameter");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, previous) == 72, "sm_kernel_parameter_record.previous");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, value) == 80, "sm_kernel_parameter_record.value");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, uid) == 88, "sm_kernel_parameter_record.uid");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, hook) == 92, "sm_kernel_parameter_record.hook");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, marks) == 93, "sm_kernel_parameter_record.marks");
SM_ASSERT(offsetof(struct sm_kernel_parameter_record, reserved) == 94, "sm_kernel_parameter_record.reserved");
SM_ASSERT(sizeof(struct sm_kernel_parameter_record) == 96, "sizeof sm_kernel_parameter_record");

/* A structure that is only reached through a helper is absent from BTF unless a global anchors it. */
#define SM_BTF_ANCHORS struct sm_text *sm_anchor_text; struct sm_header *sm_anchor_header; struct sm_task *sm_anchor_task; struct sm_file *sm_anchor_file; struct sm_location *sm_anchor_location; struct sm_process *sm_anchor_process; struct sm_credentials *sm_anchor_credentials; struct sm_loss *sm_anchor_loss; struct sm_push *sm_anchor_push; struct sm_push_number *sm_anchor_push_number; struct sm_push_network *sm_anchor_push_network; struct sm_push_text *sm_anchor_push_text; struct sm_push_process *sm_anchor_push_process; struct sm_stamp *sm_anchor_stamp; struct sm_stdio *sm_anchor_stdio; struct sm_address *sm_anchor_address; struct sm_fork_record *sm_anchor_fork_record; struct sm_exec_record *sm_anchor_exec_record; struct sm_exit_record *sm_anchor_exit_record; struct sm_alive_record *sm_anchor_alive_record; struct sm_process_access_record *sm_anchor_process_access_record; struct sm_process_tampering_record *sm_anchor_process_tampering_record; struct sm_privilege_change_record *sm_anchor_privilege_change_record; struct sm_signal_record *sm_anchor_signal_record; struct sm_memory_protect_record *sm_anchor_memory_protect_record; struct sm_process_rename_record *sm_anchor_process_rename_record; struct sm_failed_execution_record *sm_anchor_failed_execution_record; struct sm_file_create_record *sm_anchor_file_create_record; struct sm_file_delete_record *sm_anchor_file_delete_record; struct sm_file_modify_record *sm_anchor_file_modify_record; struct sm_raw_access_record *sm_anchor_raw_access_record; struct sm_pipe_create_record *sm_anchor_pipe_create_record; struct sm_pipe_connect_record *sm_anchor_pipe_connect_record; struct sm_file_time_record *sm_anchor_file_time_record; struct sm_uring_record *sm_anchor_uring_record; struct sm_image_load_record *sm_anchor_image_load_record; struct sm_file_rename_record *sm_anchor_file_rename_record; struct sm_file_link_record *sm_anchor_file_link_record; struct sm_file_attribute_change_record *sm_anchor_file_attribute_change_record; struct sm_file_open_record *sm_anchor_file_open_record; struct sm_network_record *sm_anchor_network_record; struct sm_socket_listen_record *sm_anchor_socket_listen_record; struct sm_raw_socket_record *sm_anchor_raw_socket_record; struct sm_unix_connect_record *sm_anchor_unix_connect_record; struct sm_dns_question_record *sm_anchor_dns_question_record; struct sm_dns_query_record *sm_anchor_dns_query_record; struct sm_dns_answer_record *sm_anchor_dns_answer_record; struct sm_dns_segment_record *sm_anchor_dns_segment_record; struct sm_namespace_change_record *sm_anchor_namespace_change_record; struct sm_mount_record *sm_anchor_mount_record; struct sm_module_load_record *sm_anchor_module_load_record; struct sm_module_unload_record *sm_anchor_module_unload_record; struct sm_bpf_event_record *sm_anchor_bpf_event_record; struct sm_kernel_parameter_record *sm_anchor_kernel_parameter_record;

#endif
