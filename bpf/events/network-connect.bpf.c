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

static __always_inline void sm_emit_network(const struct sm_owner *o, const struct sm_address *ends,
					    const struct sm_net_seen *seen)
{
	/* A local copy: BPF_CORE_READ would relocate the access to `seen`, which is not a structure of the kernel. */
	struct sock *sk = seen->sk;
	struct sm_network_record *r;

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
