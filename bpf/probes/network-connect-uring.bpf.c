/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* NetworkConnect: what is accepted by io_uring. Connections are seen where those of connect(2) are. */

#define SM_IORING_OP_ACCEPT 13

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)  include/trace/events/io_uring.h
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
