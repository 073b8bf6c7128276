/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * What io_uring does to files is not seen at any system call. Since 6.0 its hooks hand over the request: here it is
 * noted when it is submitted, and when it has been carried out (io-uring-complete.h) the events are made that a system
 * call makes.
 */
#ifndef SM_HOOKS_IO_URING_SUBMIT_H
#define SM_HOOKS_IO_URING_SUBMIT_H

#define SM_URING_STALE_NS 30000000000ull
#define SM_REQ_F_CQE_SKIP (1 << 6)

/* The rings that were given file operations, each with the first of these. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, __u32);
} sm_uring_rings SEC(".maps");

/* When stale requests were last removed from sm_calls. */
volatile __u64 sm_uring_swept;

/* An event that needs the name of the request, which must be noted now: it is gone when the request completes. */
static __always_inline bool sm_needs_name(const struct sm_uring_request *r)
{
	bool create = sm_wants_names(), remove = sm_wants_deletions();

	switch (r->call) {
	case SM_CALL_OPENAT:
	case SM_CALL_OPENAT2:
		return (create || sm_wants_changes()) && (r->flags & (SM_O_CREAT | SM_O_TRUNC));
	case SM_CALL_UNLINKAT:
		return remove;
	case SM_CALL_RENAMEAT2:
		return create || sm_wants_renames() || (remove && !(r->flags & SM_RENAME_EXCHANGE));
	case SM_CALL_LINKAT:
	case SM_CALL_SYMLINKAT:
		return create || sm_wants_links();
	}
	return create;
}

static __noinline int sm_uring_forget(__u64 id)
{
	struct sm_call_state *s = bpf_map_lookup_elem(&sm_calls, &id);

	if (s)
		sm_call_leave(id, s->share);
	return 0;
}

static long sm_forget_stale(void *map, const __u64 *id, struct sm_call_state *call, __u64 *before)
{
	__u64 key = *id;

	if (call->since && call->since < *before)
		sm_uring_forget(key);
	return 0;
}

/*
 * Requests that are never seen to complete stay in the table: those of a chain that was cancelled, and those for whose
 * result the ring had no room. They are removed when they are old.
 */
static __always_inline void sm_make_room(__u64 now)
{
	__u64 before = now - SM_URING_STALE_NS;

	if (now - sm_uring_swept < SM_URING_STALE_NS)
		return;
	sm_uring_swept = now;
	bpf_for_each_map_elem(&sm_calls, sm_forget_stale, &before, 0);
}

/* An event needs the name that the request takes first as well. */
static __always_inline bool sm_needs_both(const struct sm_uring_request *r)
{
	if (r->call == SM_CALL_RENAMEAT2)
		return sm_wants_renames() || r->flags & SM_RENAME_EXCHANGE;
	return sm_wants_links() && (r->call == SM_CALL_LINKAT || r->call == SM_CALL_SYMLINKAT);
}

/* Notes a path of a request; `at`: where the request has the pointer to it. */
static __always_inline void sm_uring_name(struct sm_call_state *s, __s32 dirfd, __u64 at)
{
	struct filename *filename = NULL;
	const char *name;
	long n;

	bpf_probe_read_kernel(&filename, sizeof(filename), (void *)at);
	name = BPF_CORE_READ(filename, name);
	n = bpf_probe_read_kernel_str(s->start, SM_NAME_KEPT, name);
	s->dirfd = dirfd;
	s->name_len = n > 0 ? n - 1 : 0;
	s->skipped = 0;
	s->absolute = s->start[0] == '/';
	if (n == SM_NAME_KEPT)
		sm_keep_end_of(s, name, true);
}

/* Notes a request and its name. One that finds no room in the table is counted when it completes. */
static __always_inline void sm_uring_note(struct io_kiocb *req, __u8 opcode, const struct sm_uring_request *r)
{
	__u64 id = (__u64)req;
	__u64 now = bpf_ktime_get_boot_ns();
	struct sm_call_state *s;

	s = sm_call_place(id, SM_URING_SHARE);
	if (!s) {
		sm_make_room(now);
		s = sm_call_place(id, SM_URING_SHARE);
	}
	if (!s)
		return;
	s->under_way = 1;
	s->since = now;
	s->call = r->call;
	s->hook = r->hook;
	s->flags = r->flags;
	s->follow = 1;
	s->two = sm_needs_both(r);
	if (s->two) {
		sm_uring_name(s, sm_old_dirfd_of(opcode, req), sm_old_name_of(opcode, req));
		bpf_probe_read_kernel(&s->other, sizeof(s->other), &s->passed);
	}
	sm_uring_name(s, r->dirfd, sm_name_of(opcode, req));
}

static __always_inline int sm_uring_begin(struct io_kiocb *req)
{
	struct sm_uring_request r = {};
	__u64 ring = (__u64)req->ctx;
	__u8 opcode = req->opcode;
	__u32 operation = opcode;
	bool named = false;

	if (!sm_op_is(opcode, SM_URING_FILES) || sm_is_stopped() || !sm_may_be_in_scope())
		return 0;
	if (sm_op_is(opcode, SM_URING_WRITES)) {
		if (!sm_wants_changes())
			return 0;
	} else {
		sm_read_request(&r, opcode, req);
		named = sm_needs_name(&r);
		if (!named && !(sm_op_is(opcode, SM_URING_OPENS) && sm_wants_special()))
			return 0;
	}
	if (req->flags & SM_REQ_F_CQE_SKIP) { /* if it succeeds, no result of it will be seen */
		sm_uring_unseen(opcode);
		return 0;
	}
	if (!bpf_map_lookup_elem(&sm_uring_rings, &ring))
		bpf_map_update_elem(&sm_uring_rings, &ring, &operation, BPF_ANY);
	if (named)
		sm_uring_note(req, opcode, &r);
	return 0;
}

/* Older kernels show only that something was submitted: it is counted as unseen. */
static __always_inline int sm_uring_submitted(__u8 opcode)
{
	if (sm_op_is(opcode, SM_URING_FILES))
		sm_uring_unseen(opcode);
	return 0;
}

/* match: void io_uring_submit_req(struct io_kiocb *req)  io_uring/io_uring.c, since 6.3 */
SEC("tp_btf/io_uring_submit_req")
int SM_TYPED(sm_uring_submit, struct io_kiocb *req)
{
	return sm_uring_begin(req);
}

/* match: void io_uring_submit_sqe(struct io_kiocb *req, bool force_nonblock)  io_uring/io_uring.c, 6.0 - 6.2 */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_60, struct io_kiocb *req)
{
	return sm_uring_begin(req);
}

/* match: void io_uring_submit_sqe(void *ctx, void *req, u8 opcode, u64 user_data, u32 flags, bool force_nonblock, bool
 * sq_thread) fs/io_uring.c of 5.15, which the 5.10 of today has too */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_515, void *context, void *req, __u8 opcode)
{
	return sm_uring_submitted(opcode);
}

/*
 * match: void io_uring_submit_sqe(void *ctx, u8 opcode, u64 user_data, bool force_nonblock, bool sq_thread)
 * fs/io_uring.c, up to 5.12
 */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_510, void *context, __u8 opcode)
{
	return sm_uring_submitted(opcode);
}

#endif
