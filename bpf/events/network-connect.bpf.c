/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * NetworkConnect: how a connection of TCP, or a flow of UDP, becomes a record. Each of hooks/tcp.h, udp.h, udp-calls.h
 * and io-uring-complete.h sees some of them.
 */

#define SM_UNDER_WAY 16384 /* calls that connect or send, and connections that wait for an answer */

/* What a record says beside the two ends. */
struct sm_net_seen {
	struct sock *sk;
	__u32 error;
	__u8 protocol, initiated, hook, marks;
};

/* Whether a connection is dropped, by its process and by what it is. */
static __noinline int sm_network_is_filtered(const struct sm_owner *o, const struct sm_address *ends, __u32 protocol,
					     __u32 initiated)
{
	struct sm_push *push = sm_push_of(SM_NETWORK);
	__u32 kind = protocol | initiated << 8;
	__u64 left;

	if (!push || !ends || !o)
		return 0;
	left = sm_left_by_process(o->process.start, o->process.exec_id, o->process.pid, SM_NETWORK);
	if (left && push->asked & 1 << SM_PUSH_KIND) {
		kind |= sm_is_ipv6(initiated ? ends->local : ends->peer) << 9;
		kind |= sm_is_ipv6(initiated ? ends->peer : ends->local) << 10;
		left &= sm_left_by_number(push, sm_push_what(SM_NETWORK, SM_PUSH_KIND), kind);
	}
	if (left && push->asked & 1 << SM_PUSH_SOURCE_PORT)
		left &= sm_left_by_number(push, sm_push_what(SM_NETWORK, SM_PUSH_SOURCE_PORT),
					  initiated ? ends->local_port : ends->peer_port);
	if (left && push->asked & 1 << SM_PUSH_DESTINATION_PORT)
		left &= sm_left_by_number(push, sm_push_what(SM_NETWORK, SM_PUSH_DESTINATION_PORT),
					  initiated ? ends->peer_port : ends->local_port);
	if (left && push->asked & 1 << SM_PUSH_SOURCE)
		left &= sm_left_by_address(push, sm_push_what(SM_NETWORK, SM_PUSH_SOURCE), ends, !initiated);
	if (left && push->asked & 1 << SM_PUSH_DESTINATION)
		left &= sm_left_by_address(push, sm_push_what(SM_NETWORK, SM_PUSH_DESTINATION), ends, initiated);
	if (!left)
		return 0;
	sm_count_filtered(SM_NETWORK);
	return 1;
}

static __always_inline void sm_emit_network(const struct sm_owner *o, const struct sm_address *ends,
					    const struct sm_net_seen *seen)
{
	/* A local copy: BPF_CORE_READ would relocate the access to `seen`, which is not a structure of the kernel. */
	struct sock *sk = seen->sk;
	struct sm_network_record *r;

	if (sm_pushdown && sm_network_is_filtered(o, ends, seen->protocol, seen->initiated))
		return;
	r = sm_reserve_for(&o->process, SM_NETWORK, sizeof(*r), false);
	if (!r)
		return;
	sm_header_begin(&r->hdr, SM_NETWORK);
	sm_header_process(&r->hdr, &o->process);
	__builtin_memcpy(r->source, seen->initiated ? ends->local : ends->peer, 16);
	__builtin_memcpy(r->destination, seen->initiated ? ends->peer : ends->local, 16);
	r->source_port = seen->initiated ? ends->local_port : ends->peer_port;
	r->destination_port = seen->initiated ? ends->peer_port : ends->local_port;
	r->uid = o->uid;
	r->netns = BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
	r->error = seen->error;
	r->protocol = seen->protocol;
	r->initiated = seen->initiated;
	r->hook = seen->hook;
	r->marks = seen->marks;
	r->pad = 0;
	bpf_ringbuf_submit(r, 0);
}
