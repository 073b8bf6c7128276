/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Settings that user space writes before the programs are loaded. The verifier removes what they switch off. */
#ifndef SM_SETTINGS_H
#define SM_SETTINGS_H

#define SM_ENV_NAMES 16

/* One allowed environment variable: its name and '=', as far as they fit into 8 bytes. Unused: ~0 and 0. */
struct sm_env_name {
	__u64 prefix;
	__u64 mask;
};

#define SM_WATCHED 128	   /* entries of the list of files whose opens are told */
#define SM_WATCH_BYTES 128 /* of one, with its NUL */
#define SM_WATCH_KEYS 4096 /* see read/watched.h */

/* Components from the leaf to the root, each followed by '/': as sm_walk_path() writes paths. */
struct sm_watch_entry {
	char text[SM_WATCH_BYTES];
};

const volatile __u32 sm_cpus = 1; /* possible CPUs; the slot behind theirs is the iterator's scratch */
const volatile __u64 sm_ring_bytes = 8 << 20;
const volatile __u8 sm_wanted[256] = {};	 /* by enum sm_event: 1, somebody wants it */
const volatile __u32 sm_scope = 0;		 /* enum sm_scope */
const volatile __u8 sm_mdns = 0;		 /* 1: port 5353 is looked at as well as 53 */
const volatile __u64 sm_flow_ns = 1800000000000; /* a UDP flow is reported once in so long */
const volatile __u8 sm_failed_connects = 1;
const volatile __u8 sm_failed_access = 0;      /* 1: ProcessAccess tells also what was refused */
const volatile __u8 sm_v1_cgroups = 0;	       /* 1: a controller has a hierarchy of its own */
const volatile __u8 sm_threads_keep_calls = 0; /* 1: the kernel has storage of its own for each task */
const volatile __u8 sm_tells_inodes = 0;       /* 1: the kernel has the tracepoints of hooks/inode.h */
const volatile __u32 sm_env_count = 0;
const volatile struct sm_env_name sm_env_names[SM_ENV_NAMES] = {};
const volatile __u32 sm_watch_count = 0;
const volatile struct sm_watch_entry sm_watch_entries[SM_WATCHED] = {};
const volatile __u8 sm_watch_keys[SM_WATCH_KEYS] = {}; /* SM_KEY_*, by sm_watch_key() */
const volatile __u8 sm_watch_levels = 0;	       /* directories above a file that are looked at, at most 16 */

#endif
