/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * What differs between architectures: the numbers of those calls that share a program and must be told apart, and where
 * a call in progress has its number and arguments.
 */
#if defined(__TARGET_ARCH_x86)
#define SM_NR_OPEN 2
#define SM_NR_CREAT 85
#define SM_NR_OPENAT 257
#define SM_NR_WRITE 1
#define SM_NR_PWRITE64 18
#define SM_NR_WRITEV 20
#define SM_NR_PWRITEV 296
#define SM_NR_PWRITEV2 328
#define SM_NR_FTRUNCATE 77
#define SM_NR_FALLOCATE 285
#define SM_NR_SENDFILE64 40
#define SM_NR_SPLICE 275
#define SM_NR_COPY_FILE_RANGE 326
#define SM_NR_OPEN_BY_HANDLE_AT 304
#define SM_NR_SETUID 105
#define SM_NR_SETGID 106
#define SM_NR_SETREUID 113
#define SM_NR_SETREGID 114
#define SM_NR_SETRESUID 117
#define SM_NR_SETRESGID 119
#define SM_NR_SETFSUID 122
#define SM_NR_SETFSGID 123
#define SM_NR_SETGROUPS 116
#define SM_NR_CAPSET 126
#define SM_NR_PRCTL 157
#define SM_NR_UNSHARE 272
#define SM_NR_SETNS 308
#define SM_NR_EXECVE 59
#define SM_NR_EXECVEAT 322
struct pt_regs {
	unsigned long di, dx, orig_ax;
} __attribute__((preserve_access_index));
#define sm_regs_call(regs) ((__s32)(regs)->orig_ax)
#define sm_regs_first(regs) ((regs)->di)
#define sm_regs_third(regs) ((regs)->dx)
#elif defined(__TARGET_ARCH_arm64)
#define SM_NR_OPEN (-2) /* there is no such call */
#define SM_NR_CREAT (-3)
#define SM_NR_OPENAT 56
#define SM_NR_WRITE 64
#define SM_NR_PWRITE64 68
#define SM_NR_WRITEV 66
#define SM_NR_PWRITEV 70
#define SM_NR_PWRITEV2 287
#define SM_NR_FTRUNCATE 46
#define SM_NR_FALLOCATE 47
#define SM_NR_SENDFILE64 71
#define SM_NR_SPLICE 76
#define SM_NR_COPY_FILE_RANGE 285
#define SM_NR_OPEN_BY_HANDLE_AT 265
#define SM_NR_SETUID 146
#define SM_NR_SETGID 144
#define SM_NR_SETREUID 145
#define SM_NR_SETREGID 143
#define SM_NR_SETRESUID 147
#define SM_NR_SETRESGID 149
#define SM_NR_SETFSUID 151
#define SM_NR_SETFSGID 152
#define SM_NR_SETGROUPS 159
#define SM_NR_CAPSET 91
#define SM_NR_PRCTL 167
#define SM_NR_UNSHARE 97
#define SM_NR_SETNS 268
#define SM_NR_EXECVE 221
#define SM_NR_EXECVEAT 281
struct pt_regs {
	__u64 regs[31];
	__u64 orig_x0;
	__s32 syscallno;
} __attribute__((preserve_access_index));
#define sm_regs_call(regs) ((regs)->syscallno)
#define sm_regs_first(regs) ((regs)->orig_x0)
#define sm_regs_third(regs) ((regs)->regs[2])
#else
#error "unsupported architecture: define __TARGET_ARCH_x86 or __TARGET_ARCH_arm64"
#endif
