/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Calls in progress. What a call was asked to do is noted when it begins (syscalls:sys_enter_X, or a request of
 * io_uring is submitted), and looked up when its result is known. In between, the inodes that the call changes are
 * noted with it.
 */
#ifndef SM_READ_CALL_H
#define SM_READ_CALL_H

#define SM_AT_FDCWD (-100)
#define SM_AT_REMOVEDIR 0x200
#define SM_RENAME_EXCHANGE 2
#define SM_PF_IO_WORKER 0x10 /* in task_struct.flags: a thread of io_uring */

static __always_inline bool sm_is_rename(const struct sm_call_state *c)
{
	return c->call == SM_CALL_RENAME || c->call == SM_CALL_RENAMEAT || c->call == SM_CALL_RENAMEAT2;
}

static __always_inline bool sm_is_request(__u64 id)
{
	return id >> 63;
}

/*
 * The call of this id, NULL if it is not under way. Where threads keep their calls it is that of the running thread:
 * what is to be done for a request is done with a copy that the thread takes, see sm_take_request().
 */
static __always_inline struct sm_call_state *sm_call_at(__u64 id)
{
	struct sm_call_state *s;

	if (!sm_threads_keep_calls)
		return bpf_map_lookup_elem(&sm_calls, &id);
	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, 0);
	return s && s->under_way ? s : NULL;
}

/* The share that the user of the running thread falls to. */
static __always_inline __u32 sm_share_of_user(void)
{
	return ((__u32)bpf_get_current_uid_gid() * 0x9e3779b1u) >> 24;
}

/* A place becomes free. */
static __always_inline void sm_call_leave(__u64 id, __u32 share)
{
	__u32 *taken = bpf_map_lookup_elem(&sm_call_shares, &share);

	if (!bpf_map_delete_elem(&sm_calls, &id) && taken)
		__sync_fetch_and_add(taken, -1);
}

/* A place of its user's share, of which he may have so many. */
static __always_inline struct sm_call_state *sm_call_place(__u64 id, __u32 most)
{
	__u32 share = sm_share_of_user(), *taken;
	struct sm_call_state *s = bpf_map_lookup_elem(&sm_calls, &id);

	/* Of a call of this thread, or of a request at this address, whose end was not seen. */
	if (s)
		sm_call_leave(id, s->share);
	if (sm_is_request(id))
		share += SM_SHARES;
	taken = bpf_map_lookup_elem(&sm_call_shares, &share);
	if (!taken || *taken >= most || bpf_map_update_elem(&sm_calls, &id, &sm_no_call, BPF_ANY))
		return NULL;
	__sync_fetch_and_add(taken, 1);
	s = bpf_map_lookup_elem(&sm_calls, &id);
	if (s)
		s->share = share;
	return s;
}

static __always_inline struct sm_call_state *sm_call_of_task(void)
{
	struct sm_call_state *s;
	__u32 i;

	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, SM_STORAGE_CREATE);
	if (!s)
		return NULL;
	/* What an older call has left is forgotten, as far as anything depends on it. */
	__builtin_memset(s, 0, offsetof(struct sm_call_state, seen));
#pragma unroll
	for (i = 0; i < SM_SEEN; i++)
		s->seen[i].inode = s->seen[i].dentry = s->seen[i].parent_inode = s->seen[i].first = 0;
#pragma unroll
	for (i = 0; i < SM_CHILDREN; i++)
		s->child[i].inode = 0;
	return s;
}

/*
 * Keeps the end of a name that is longer than start[]: it tells which file is meant. `copied`: the name is the kernel's
 * copy, and not in the memory of the process.
 */
static __always_inline void sm_keep_end_of(struct sm_call_state *c, const void *name, bool copied)
{
	long skipped = sm_read_end(c->start, SM_NAME_KEPT, name, copied);

	c->skipped = skipped < 0 ? 0 : skipped;
	c->name_len = skipped < 0 ? 0 : SM_NAME_KEPT - 1;
}

/* The same for the name of a system call. Global, so that the verifier checks it once: long names are rare. */
__noinline int sm_keep_end(__u64 id, __u64 name)
{
	struct sm_call_state *c = sm_call_at(id);

	if (c)
		sm_keep_end_of(c, (void *)name, false);
	return 0;
}

/* What was passed first, and what second, change places: what follows is about the other path of the call. */
__noinline int sm_turn(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 *one, *two, was;
	__u32 i;

	if (!c)
		return 0;
	one = (__u64 *)&c->passed;
	two = (__u64 *)&c->other;
#pragma unroll
	for (i = 0; i < sizeof(struct sm_passed) / sizeof(*one); i++) {
		was = one[i];
		one[i] = two[i];
		two[i] = was;
	}
	return 0;
}

/* Notes a path that was passed. */
static __always_inline void sm_note_passed(struct sm_call_state *s, __s32 dirfd, __u64 name)
{
	long n = bpf_probe_read_user_str(s->start, SM_NAME_KEPT, (void *)name);

	s->dirfd = dirfd;
	s->name = name;
	s->name_len = n > 0 ? n - 1 : 0;
	s->skipped = 0;
	s->late = n < 0 && name;
	s->absolute = s->start[0] == '/';
	if (n == SM_NAME_KEPT)
		sm_keep_end(bpf_get_current_pid_tgid(), name);
}

/* Notes the path that a rename or a link comes from. */
static __always_inline void sm_call_from(struct sm_call_state *s, __s32 dirfd, __u64 name)
{
	__u64 id = bpf_get_current_pid_tgid();

	s->two = 1;
	s->old.dentry = 0;
	sm_turn(id);
	sm_note_passed(s, dirfd, name);
	sm_turn(id);
}

/* Notes a call that begins. `type`: the record that is counted as lost if there is no room for the note. */
static __always_inline struct sm_call_state *sm_call_begin(struct sm_sys_enter *ctx, __u32 type, __u32 call,
							   __s32 dirfd, __u64 name, __u32 flags)
{
	struct sm_call_state *s;

	if (sm_is_stopped() || !sm_may_be_in_scope())
		return NULL;
	s = sm_threads_keep_calls ? sm_call_of_task() : sm_call_place(bpf_get_current_pid_tgid(), SM_SHARE);
	if (!s) {
		sm_lost_to_table(type);
		return NULL;
	}
	s->under_way = 1;
	s->nr = ctx->nr;
	s->call = call;
	s->hook = call;
	s->flags = flags;
	sm_note_passed(s, dirfd, name);
	return s;
}

/* A page that a program has not touched yet is not there until the kernel reads the name: then it is read again. */
static __always_inline void sm_read_late_name(struct sm_call_state *s, __u64 id)
{
	long n = bpf_probe_read_user_str(s->start, SM_NAME_KEPT, (void *)s->name);

	s->name_len = n > 0 ? n - 1 : 0;
	s->absolute = s->start[0] == '/';
	if (n == SM_NAME_KEPT)
		sm_keep_end(id, s->name);
}

static __always_inline struct sm_call_state *sm_call_of(__u64 *id)
{
	struct sm_call_state *s;

	*id = bpf_get_current_pid_tgid();
	if (sm_is_stopped())
		return NULL;
	s = sm_call_at(*id);
	if (s && s->late && !s->name_len)
		sm_read_late_name(s, *id);
	return s;
}

/* The call that ends here; NULL also if what was noted is of an older one whose end was not seen. */
static __always_inline struct sm_call_state *sm_call_ended(struct sm_sys_exit *ctx, __u64 *id)
{
	struct sm_call_state *s = sm_call_of(id);

	return s && s->nr == ctx->nr ? s : NULL;
}

/*
 * Where threads keep their calls, lets the running one have a copy of a request's, and gives its id. NULL: the request
 * was not noted, or the thread is in a system call that is followed.
 */
static __always_inline struct sm_call_state *sm_take_request(__u64 *id)
{
	struct sm_call_state *r = bpf_map_lookup_elem(&sm_calls, id), *s;

	if (!r || !sm_threads_keep_calls)
		return r;
	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, SM_STORAGE_CREATE);
	if (!s || s->under_way)
		return NULL;
	bpf_probe_read_kernel(s, sizeof(*s), r);
	*id = bpf_get_current_pid_tgid();
	return s;
}

/* Gives the copy back. The request may complete in another thread. */
static __always_inline void sm_give_back(__u64 request, struct sm_call_state *s)
{
	if (!sm_threads_keep_calls)
		return;
	bpf_map_update_elem(&sm_calls, &request, s, BPF_EXIST);
	s->under_way = 0;
}

/*
 * The request that a worker thread of io_uring is busy with; 0: it is no worker, or carries out none. Only for hooks of
 * newer kernels: 5.10 does not have bpf_get_current_task_btf().
 */
static __always_inline __u64 sm_request_under_way(void)
{
	struct task_struct *t = bpf_get_current_task_btf();
	struct io_worker *worker;

	if (!(t->flags & SM_PF_IO_WORKER) || !bpf_core_type_exists(struct io_worker))
		return 0;
	worker = (struct io_worker *)t->worker_private;
	return (__u64)BPF_CORE_READ(worker, cur_work) - bpf_core_field_offset(struct io_kiocb, work);
}

/* Of a system call, whose state `s` is. */
static __always_inline void sm_call_end(struct sm_call_state *s, __u64 *id)
{
	if (sm_threads_keep_calls)
		s->under_way = 0;
	else
		sm_call_leave(*id, s->share);
}

#endif
