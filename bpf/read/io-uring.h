/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Requests of io_uring: what they ask for, read from struct io_kiocb. */
#ifndef SM_READ_IO_URING_H
#define SM_READ_IO_URING_H

/* IORING_OP_*. Numbers are never reused. */
#define SM_OP_WRITEV 2
#define SM_OP_WRITE_FIXED 5
#define SM_OP_FALLOCATE 17
#define SM_OP_OPENAT 18
#define SM_OP_WRITE 23
#define SM_OP_OPENAT2 28
#define SM_OP_SPLICE 30
#define SM_OP_RENAMEAT 35
#define SM_OP_UNLINKAT 36
#define SM_OP_MKDIRAT 37
#define SM_OP_SYMLINKAT 38
#define SM_OP_LINKAT 39
#define SM_OP_FTRUNCATE 55
#define SM_OP_WRITEV_FIXED 61

#define sm_op(name) (1ull << SM_OP_##name)
#define SM_URING_OPENS (sm_op(OPENAT) | sm_op(OPENAT2))
#define SM_URING_NAMES (sm_op(RENAMEAT) | sm_op(UNLINKAT) | sm_op(MKDIRAT) | sm_op(SYMLINKAT) | sm_op(LINKAT))
#define SM_URING_BY_ZERO (sm_op(FALLOCATE) | sm_op(FTRUNCATE)) /* 0 is their success */
#define SM_URING_WRITES                                                                                                \
	(sm_op(WRITE) | sm_op(WRITEV) | sm_op(WRITE_FIXED) | sm_op(WRITEV_FIXED) | sm_op(SPLICE) | SM_URING_BY_ZERO)
#define SM_URING_FILES (SM_URING_OPENS | SM_URING_NAMES | SM_URING_WRITES)
#define sm_op_is(opcode, set) ((opcode) < 64 && ((set) >> (opcode)&1))

/* What is known of a request when it is submitted, or completes. */
struct sm_uring_request {
	__s32 dirfd;
	__u32 flags; /* of the call */
	__u32 call, hook;
};

/*
 * Where a request has its pointer to a struct filename, which 7.2 wraps in a structure. An offset is only computed on
 * the branch where the field is known to exist, as the verifier refuses the offset of a missing one.
 */
#define sm_name_at(cmd, type, field)                                                                                   \
	({                                                                                                             \
		__u64 at;                                                                                              \
		if (bpf_core_field_exists(struct type, field)) {                                                       \
			at = bpf_core_field_offset(struct type, field);                                                \
			sm_hide(at);                                                                                   \
		} else {                                                                                               \
			at = bpf_core_field_offset(struct type##___72, field);                                         \
			sm_hide(at);                                                                                   \
		}                                                                                                      \
		(cmd) + at;                                                                                            \
	})

static __always_inline void *sm_cmd_of(struct io_kiocb *req)
{
	return (void *)req + bpf_core_field_offset(struct io_kiocb, cmd);
}

/*
 * Address of the pointer to the kernel's copy of the name that will come or go. The copy is freed when the request is
 * done.
 */
static __always_inline __u64 sm_name_of(__u8 opcode, struct io_kiocb *req)
{
	__u64 cmd = (__u64)sm_cmd_of(req);

	if (sm_op_is(opcode, SM_URING_OPENS))
		return sm_name_at(cmd, io_open, filename);
	if (opcode == SM_OP_UNLINKAT)
		return sm_name_at(cmd, io_unlink, filename);
	if (opcode == SM_OP_RENAMEAT)
		return sm_name_at(cmd, io_rename, newpath);
	if (opcode == SM_OP_MKDIRAT)
		return sm_name_at(cmd, io_mkdir, filename);
	return sm_name_at(cmd, io_link, newpath);
}

/* The same for the other name of one that takes two, and the descriptor that it starts at. */
static __always_inline __u64 sm_old_name_of(__u8 opcode, struct io_kiocb *req)
{
	__u64 cmd = (__u64)sm_cmd_of(req);

	if (opcode == SM_OP_RENAMEAT)
		return sm_name_at(cmd, io_rename, oldpath);
	return sm_name_at(cmd, io_link, oldpath);
}

static __always_inline __s32 sm_old_dirfd_of(__u8 opcode, struct io_kiocb *req)
{
	void *cmd = sm_cmd_of(req);

	if (opcode == SM_OP_RENAMEAT)
		return BPF_CORE_READ((struct io_rename *)cmd, old_dfd);
	return BPF_CORE_READ((struct io_link *)cmd, old_dfd);
}

static __always_inline void sm_read_open(struct sm_uring_request *r, __u8 opcode, struct io_kiocb *req)
{
	struct io_open *o = sm_cmd_of(req);

	r->dirfd = BPF_CORE_READ(o, dfd);
	r->flags = BPF_CORE_READ(o, how.flags);
	r->call = opcode == SM_OP_OPENAT ? SM_CALL_OPENAT : SM_CALL_OPENAT2;
	r->hook = opcode == SM_OP_OPENAT ? SM_CALL_IO_URING_OPENAT : SM_CALL_IO_URING_OPENAT2;
}

/* Of an operation that takes a path and is not an open. */
static __always_inline void sm_read_names(struct sm_uring_request *r, __u8 opcode, struct io_kiocb *req)
{
	void *cmd = sm_cmd_of(req);

	if (opcode == SM_OP_UNLINKAT) {
		r->dirfd = BPF_CORE_READ((struct io_unlink *)cmd, dfd);
		r->flags = BPF_CORE_READ((struct io_unlink *)cmd, flags);
		r->call = SM_CALL_UNLINKAT;
		r->hook = SM_CALL_IO_URING_UNLINKAT;
	} else if (opcode == SM_OP_RENAMEAT) {
		r->dirfd = BPF_CORE_READ((struct io_rename *)cmd, new_dfd);
		r->flags = BPF_CORE_READ((struct io_rename *)cmd, flags);
		r->call = SM_CALL_RENAMEAT2;
		r->hook = SM_CALL_IO_URING_RENAMEAT;
	} else if (opcode == SM_OP_MKDIRAT) {
		r->dirfd = BPF_CORE_READ((struct io_mkdir *)cmd, dfd);
		r->call = SM_CALL_MKDIRAT;
		r->hook = SM_CALL_IO_URING_MKDIRAT;
	} else {
		r->dirfd = BPF_CORE_READ((struct io_link *)cmd, new_dfd);
		r->flags = BPF_CORE_READ((struct io_link *)cmd, flags);
		r->call = opcode == SM_OP_LINKAT ? SM_CALL_LINKAT : SM_CALL_SYMLINKAT;
		r->hook = opcode == SM_OP_LINKAT ? SM_CALL_IO_URING_LINKAT : SM_CALL_IO_URING_SYMLINKAT;
	}
}

static __always_inline void sm_read_request(struct sm_uring_request *r, __u8 opcode, struct io_kiocb *req)
{
	if (sm_op_is(opcode, SM_URING_OPENS))
		sm_read_open(r, opcode, req);
	else
		sm_read_names(r, opcode, req);
}

#define SM_ANY_SLOT 0xffffffff /* IORING_FILE_INDEX_ALLOC: the result is the slot */

/* The file in a slot of the ring's own table; NULL before 6.13. */
static __always_inline struct file *sm_file_of_slot(struct io_kiocb *req, __u32 slot)
{
	struct io_ring_ctx *ring = BPF_CORE_READ(req, ctx);
	struct io_rsrc_node **nodes, *node = NULL;

	if (!bpf_core_field_exists(struct io_rsrc_data, nodes))
		return NULL;
	if (slot >= BPF_CORE_READ(ring, file_table.data.nr))
		return NULL;
	nodes = BPF_CORE_READ(ring, file_table.data.nodes);
	bpf_probe_read_kernel(&node, sizeof(node), nodes + slot);
	return (struct file *)(BPF_CORE_READ(node, file_ptr) & ~3ul);
}

static __always_inline struct file *sm_file_opened(struct io_kiocb *req, __s32 result)
{
	__u32 slot = BPF_CORE_READ((struct io_open *)sm_cmd_of(req), file_slot);

	if (!slot)
		return sm_file_of(result);
	return sm_file_of_slot(req, slot == SM_ANY_SLOT ? result : slot - 1);
}

#endif
