/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What io_uring does to files is seen by no system call: it is counted, and each process that does it is named now and then. */

#define SM_URING_QUIET_NS 60000000000ull

/* IORING_OP_* that make, change or remove files: WRITEV 2, WRITE_FIXED 5, FALLOCATE 17, OPENAT 18, WRITE 23, OPENAT2 28,
 * SPLICE 30, RENAMEAT 35, UNLINKAT 36, MKDIRAT 37, SYMLINKAT 38, LINKAT 39, FTRUNCATE 55. Numbers are never reused. */
#define SM_URING_FILES (1ull << 2 | 1ull << 5 | 1ull << 17 | 1ull << 18 | 1ull << 23 | 1ull << 28 | 1ull << 30 | 31ull << 35 | 1ull << 55)

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} sm_uring_count SEC(".maps");

/* When a process was named last. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} sm_uring_named SEC(".maps");

static __always_inline int sm_uring(__u8 opcode)
{
	__u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32;
	__u64 now, *count, *last;
	struct sm_uring_record *r;
	struct sm_counters *c;

	if (opcode > 63 || !(SM_URING_FILES >> opcode & 1))
		return 0;
	count = bpf_map_lookup_elem(&sm_uring_count, &zero);
	if (count)
		__sync_fetch_and_add(count, 1);
	now = bpf_ktime_get_boot_ns();
	last = bpf_map_lookup_elem(&sm_uring_named, &pid);
	if (last && now - *last < SM_URING_QUIET_NS)
		return 0;
	bpf_map_update_elem(&sm_uring_named, &pid, &now, BPF_ANY);
	c = sm_produced(SM_URING);
	if (!c || !sm_has_room(c, sizeof(*r), false))
		return 0;
	r = bpf_ringbuf_reserve(&sm_ring, sizeof(*r), 0);
	if (!r) {
		sm_dropped(c, SM_DROP_RING);
		return 0;
	}
	r->hdr.size = sizeof(*r);
	sm_header_of_current(&r->hdr, SM_URING);
	r->opcode = opcode;
	r->pad = 0;
	bpf_ringbuf_submit(r, 0);
	return 0;
}

/* match: void io_uring_submit_req(struct io_kiocb *req)  io_uring/io_uring.c, since 6.3 */
SEC("tp_btf/io_uring_submit_req")
int SM_TYPED(sm_uring_submit, struct io_kiocb *req)
{
	return sm_uring(req->opcode);
}

/* match: void io_uring_submit_sqe(struct io_kiocb *req, bool force_nonblock)  io_uring/io_uring.c, 6.0 - 6.2 */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_60, struct io_kiocb *req)
{
	return sm_uring(req->opcode);
}

/* match: void io_uring_submit_sqe(void *ctx, void *req, u8 opcode, u64 user_data, u32 flags, bool force_nonblock, bool sq_thread)
 * fs/io_uring.c of 5.15, which the 5.10 of today has too */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_515, void *context, void *req, __u8 opcode)
{
	return sm_uring(opcode);
}

/* match: void io_uring_submit_sqe(void *ctx, u8 opcode, u64 user_data, bool force_nonblock, bool sq_thread)  fs/io_uring.c, up to 5.12 */
SEC("tp_btf/io_uring_submit_sqe")
int SM_TYPED(sm_uring_submit_510, void *context, __u8 opcode)
{
	return sm_uring(opcode);
}
