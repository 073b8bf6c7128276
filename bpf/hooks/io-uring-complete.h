/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Requests of io_uring that have been carried out make the events that the system calls of the same name make. */
#ifndef SM_HOOKS_IO_URING_COMPLETE_H
#define SM_HOOKS_IO_URING_COMPLETE_H

/* An open has succeeded. Returns -1 if there is no way to know what it did. */
static __always_inline int sm_uring_opened(struct io_kiocb *req, __u64 id, __s32 result, __u32 hook)
{
	struct file *f = sm_file_opened(req, result);

	if (!f && !sm_tells_inodes)
		return -1;
	sm_open_done(sm_call_at(id), id, f, hook);
	return 0;
}

__noinline int sm_uring_changed(__u64 file, __u32 hook, __u32 kind)
{
	sm_file_modified((struct file *)file, hook, kind, 0);
	return 0;
}

static __always_inline __u32 sm_uring_write_hook(__u8 opcode)
{
	return opcode == SM_OP_WRITE	      ? SM_CALL_IO_URING_WRITE
	       : opcode == SM_OP_WRITE_FIXED  ? SM_CALL_IO_URING_WRITE_FIXED
	       : opcode == SM_OP_WRITEV	      ? SM_CALL_IO_URING_WRITEV
	       : opcode == SM_OP_WRITEV_FIXED ? SM_CALL_IO_URING_WRITEV_FIXED
	       : opcode == SM_OP_FALLOCATE    ? SM_CALL_IO_URING_FALLOCATE
	       : opcode == SM_OP_FTRUNCATE    ? SM_CALL_IO_URING_FTRUNCATE
					      : SM_CALL_IO_URING_SPLICE;
}

static __always_inline void sm_uring_write_ended(struct io_kiocb *req, __u8 opcode, __s32 result, bool foreign)
{
	struct file *f = BPF_CORE_READ(req, file);
	__u32 kind = SM_WRITTEN;

	if (result < 0 || (result == 0 && !sm_op_is(opcode, SM_URING_BY_ZERO)) ||
	    !(BPF_CORE_READ(f, f_mode) & SM_FMODE_WRITE))
		return;
	if ((BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT) != SM_S_IFREG)
		return;
	if (foreign) {
		sm_uring_unseen(opcode);
		return;
	}
	if (opcode == SM_OP_FTRUNCATE)
		kind = SM_TRUNCATED;
	else if (BPF_CORE_READ(f, f_flags) & SM_O_APPEND)
		kind = SM_APPENDED;
	sm_uring_changed((__u64)f, sm_uring_write_hook(opcode), kind);
}

/* Not inlined, as sm_memory_shared() is not: the stack of this program is the longest. */
static __noinline int sm_uring_read(struct sm_uring_request *r, __u32 opcode, struct io_kiocb *req)
{
	if (!r)
		return 0;
	sm_read_request(r, opcode, req);
	return 0;
}

static __always_inline void sm_uring_path_ended(struct io_kiocb *req, __u8 opcode, __s32 result, bool foreign)
{
	__u64 request = (__u64)req, id = request;
	struct sm_call_state *call = bpf_map_lookup_elem(&sm_calls, &id);
	bool open = sm_op_is(opcode, SM_URING_OPENS), needed, missing;
	struct sm_uring_request r = {};

	sm_uring_read(&r, opcode, req);
	needed = sm_needs_name(&r);
	/* A note of another kind is of an older request at the same address: this one was not noted. */
	if (call && (!needed || call->hook != r.hook)) {
		sm_uring_forget(request);
		call = NULL;
	}
	if (call) {
		call = sm_take_request(&id);
		if (sm_threads_keep_calls)
			sm_uring_forget(request);
	}
	missing = foreign || (needed && !call);
	if (result >= 0 && (needed || (open && sm_wants_special())) && missing)
		sm_uring_unseen(opcode);
	if (result >= 0 && !foreign) {
		if (open) {
			if (sm_uring_opened(req, id, result, r.hook) && !missing && (needed || sm_wants_special()))
				sm_uring_unseen(opcode);
		} else if (call) {
			if (r.call == SM_CALL_UNLINKAT)
				sm_delete_done(id);
			else if (r.call == SM_CALL_RENAMEAT2)
				sm_rename_ended(call, id);
			else
				sm_create_ended(id);
		}
	}
	if (call)
		sm_call_end(call, &id);
}

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 *
 * Loaded only where the hooks of io-uring-submit.h hand over the request. The request still holds its file. It
 * completes in a thread of the process or in one of its workers, which share its files and its working directory; or,
 * if the process is gone, in a thread of the kernel.
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_end, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	/* 0, which is no file operation, where the kernel passes no request, as for the second result of one. */
	__u8 opcode = BPF_CORE_READ(req, opcode);
	__s32 result;
	bool foreign;

	if (!sm_op_is(opcode, SM_URING_FILES) || sm_is_stopped())
		return 0;
	result = BPF_CORE_READ(req, cqe.res);
	foreign = bpf_get_current_task_btf()->flags & SM_PF_KTHREAD;
	if (!foreign && !sm_in_scope())
		return 0;
	if (!sm_op_is(opcode, SM_URING_WRITES))
		sm_uring_path_ended(req, opcode, result, foreign);
	else if (sm_wants_changes())
		sm_uring_write_ended(req, opcode, result, foreign);
	return 0;
}

/*
 * match: void io_uring_cqe_overflow(void *ctx, unsigned long long user_data, s32 res, u32 cflags, void *ocqe)
 * A result for which the ring has no room comes by here, without its request: it may have been a file operation.
 */
SEC("tp_btf/io_uring_cqe_overflow")
int SM_TYPED(sm_uring_overflow, void *ring, unsigned long long user_data, int result)
{
	__u64 key = (__u64)ring;
	__u32 *operation = bpf_map_lookup_elem(&sm_uring_rings, &key);

	if (operation && result >= 0)
		sm_uring_unseen(*operation);
	return 0;
}

#define SM_IORING_OP_ACCEPT 13

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 *
 * The second argument is the request since 5.18; the request has its result since 5.19. It completes in a thread of the
 * process, or in one of its workers, which share its files.
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_complete, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	struct io_accept *accept;

	if (!bpf_core_field_exists(struct io_kiocb, cqe) || !bpf_core_type_exists(struct io_accept))
		return 0;
	if (!req || BPF_CORE_READ(req, opcode) != SM_IORING_OP_ACCEPT)
		return 0;
	accept = (struct io_accept *)((__u64)req + bpf_core_field_offset(struct io_kiocb, cmd));
	if (BPF_CORE_READ(accept, file_slot)) /* the result is no descriptor */
		return 0;
	return sm_accepted(BPF_CORE_READ(req, cqe.res), SM_HOOK_NETWORK_CONNECT_IO_URING_COMPLETE);
}

#endif
