/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Calls in progress. What a call was asked to do is noted when it begins (syscalls:sys_enter_X, or a request of io_uring is
 * submitted), and looked up when its result is known. In between, the inodes that the call changes are noted with it.
 */
#ifndef SM_READ_CALL_H
#define SM_READ_CALL_H

#define SM_AT_FDCWD (-100)
#define SM_AT_REMOVEDIR 0x200
#define SM_RENAME_EXCHANGE 2
#define SM_PF_IO_WORKER 0x10 /* in task_struct.flags: a thread of io_uring */
#define SM_NAME_KEPT 256     /* bytes of a name that are kept from the beginning of a call to its end */
#define SM_URING_CALLS 512   /* calls in progress that io_uring may have beside those of threads */
#define SM_SEEN 8	     /* inodes that a call changed, a power of two: the last ones are kept */

/* An inode that a call has changed, as it was then. */
struct sm_seen {
	__u64 inode;
	__u64 dentry;	    /* one of its names */
	__u64 parent;	    /* dentry of the directory of that */
	__u64 parent_inode; /* and its inode */
	__u64 name_hash;    /* hash and length of the name */
	struct sm_file file;
};

struct sm_call_state {
	__u64 name;  /* user address of the name that will come or go */
	__u64 since; /* when io_uring was given it; 0: a system call */
	__s32 dirfd;
	__u32 flags;
	__u32 name_len; /* of start[] */
	__u32 seen_count;
	__u32 call;   /* enum sm_call: what it does */
	__u32 hook;   /* enum sm_call: where it was seen, which differs for io_uring */
	__u32 follow; /* 1: an open whose descriptor other threads may replace; inodes are noted as for calls by path */
	__u32 cut;    /* 1: start[] is all there is of a longer name */
	struct sm_seen seen[SM_SEEN];
	char start[SM_NAME_KEPT]; /* of the name, as it was at enter */
};

/*
 * The calls in progress, by thread (bpf_get_current_pid_tgid()), and those of io_uring by the address of their request, whose
 * highest bit is set as it never is for a thread. User space makes it small if no event needs it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048 + SM_URING_CALLS);
	__type(key, __u64);
	__type(value, struct sm_call_state);
} sm_calls SEC(".maps");

const struct sm_call_state sm_no_call = {};

/* Set when the sensor stops: taking a program off a tracepoint takes a grace period for each, and they are many. */
volatile __u32 sm_stopped;

/* Notes a call that may become a record of this type. */
static __always_inline struct sm_call_state *sm_call_begin(__u32 type, __u32 call, __s32 dirfd, __u64 name, __u32 flags)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_call_state *s;
	long n;

	if (sm_stopped)
		return NULL;
	if (bpf_map_update_elem(&sm_calls, &id, &sm_no_call, BPF_ANY)) {
		struct sm_counters *c = sm_produced(type);

		if (c)
			sm_dropped(c, SM_DROP_TABLE);
		return NULL;
	}
	s = bpf_map_lookup_elem(&sm_calls, &id);
	if (!s)
		return NULL;
	s->call = call;
	s->hook = call;
	s->dirfd = dirfd;
	s->name = name;
	s->flags = flags;
	n = bpf_probe_read_user_str(s->start, SM_NAME_KEPT, (void *)name);
	s->name_len = n > 0 ? n - 1 : 0;
	return s;
}

static __always_inline struct sm_call_state *sm_call_of(__u64 *id)
{
	*id = bpf_get_current_pid_tgid();
	if (sm_stopped)
		return NULL;
	return bpf_map_lookup_elem(&sm_calls, id);
}

/*
 * The call that this thread carries out, which a worker of io_uring does for a request: its own calls it has none. For hooks
 * that are there since 6.13 only.
 */
static __always_inline struct sm_call_state *sm_call_under_way(__u64 *id)
{
	struct task_struct *t = bpf_get_current_task_btf();
	struct io_worker *worker;

	if (!(t->flags & SM_PF_IO_WORKER) || !bpf_core_type_exists(struct io_worker))
		return sm_call_of(id);
	worker = (struct io_worker *)t->worker_private;
	*id = (__u64)BPF_CORE_READ(worker, cur_work) - bpf_core_field_offset(struct io_kiocb, work);
	return sm_stopped ? NULL : bpf_map_lookup_elem(&sm_calls, id);
}

static __always_inline void sm_call_end(__u64 *id)
{
	bpf_map_delete_elem(&sm_calls, id);
}

/* Somebody else runs on the memory, or on the table of descriptors, that a call takes its arguments from. */
static __always_inline bool sm_memory_shared(void)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	return BPF_CORE_READ(t, mm, mm_users.counter) > 1;
}

#endif
