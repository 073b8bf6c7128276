/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * UDP: one NetworkConnect for a flow, not for a packet. What is sent is seen as a packet that leaves its socket, while
 * the sender still runs: so every way to send is covered, with the addresses that routing chose. What is received is
 * seen when the receiver is told the sender's address. Both are programs at the root of the control groups.
 */
#ifndef SM_HOOKS_UDP_H
#define SM_HOOKS_UDP_H

#define SM_FLOWS 32768

/* Which program sends: another one is executed in a process without a change of the latter's start. */
struct sm_flow_sender {
	__u64 start;
	__u64 exec_id;
};

/*
 * A socket and its peer. A socket is known by its address and its inode: the address alone is that of another socket as
 * soon as this one is closed. `sender`: zeros, or a further program that sends on the same socket.
 */
struct sm_flow_key {
	__u64 sk;
	struct sm_flow_sender sender;
	__u8 peer[16];
	__u16 local_port, peer_port;
	__u32 inode;
};

struct sm_flow {
	__u64 time;		      /* of its last report, CLOCK_BOOTTIME, ns */
	struct sm_flow_sender sender; /* that was reported with it, or that had the socket before the sensor came */
};

/* A flow that is pushed out by newer ones is reported again when it goes on: nothing is lost. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_FLOWS);
	__type(key, struct sm_flow_key);
	__type(value, struct sm_flow);
} sm_flows SEC(".maps");

static __always_inline void sm_flow_key_of(struct sm_flow_key *key, struct sock *sk, const struct sm_address *ends)
{
	struct socket_alloc *socket = (struct socket_alloc *)BPF_CORE_READ(sk, sk_socket);

	__builtin_memset(key, 0, sizeof(*key));
	key->sk = (__u64)sk;
	key->inode = BPF_CORE_READ(socket, vfs_inode.i_ino);
	__builtin_memcpy(key->peer, ends->peer, 16);
	key->local_port = ends->local_port;
	key->peer_port = ends->peer_port;
}

static __always_inline void sm_flow_sender_of(struct task_struct *t, struct sm_flow_sender *sender)
{
	sender->start = BPF_CORE_READ(t, group_leader, start_boottime);
	sender->exec_id = BPF_CORE_READ(t, self_exec_id);
}

static __always_inline struct sm_flow *sm_flow_known(const struct sm_flow_key *key, __u64 now)
{
	struct sm_flow *flow = bpf_map_lookup_elem(&sm_flows, key);

	return flow && now - flow->time < sm_flow_ns ? flow : NULL;
}

static __always_inline bool sm_flow_is_of(const struct sm_flow *flow, const struct sm_flow_sender *sender)
{
	return flow->sender.start == sender->start && flow->sender.exec_id == sender->exec_id;
}

static __always_inline void sm_flow_remember(const struct sm_flow_key *key, __u64 now,
					     const struct sm_flow_sender *sender)
{
	struct sm_flow flow = {.time = now, .sender = *sender};

	bpf_map_update_elem(&sm_flows, key, &flow, BPF_ANY);
}

static __always_inline void sm_udp_seen(const struct sm_address *ends, struct sm_net_seen *seen)
{
	struct task_struct *t = sm_current();
	__u64 now = bpf_ktime_get_boot_ns();
	struct sm_flow_sender sender;
	struct sm_flow_key key;
	struct sm_owner owner;
	struct sm_flow *flow;

	if (!sm_is_running() || !sm_in_scope()) /* a flow that is remembered now would not be reported later */
		return;
	if (!ends->peer_port) /* the socket is not connected, and there is no packet to take the peer from */
		return;
	sm_flow_key_of(&key, seen->sk, ends);
	flow = sm_flow_known(&key, now);
	if (flow && !seen->initiated)
		return;
	sm_flow_sender_of(t, &sender);
	if (flow && sm_flow_is_of(flow, &sender))
		return;
	/* Sent by the kernel itself, or on behalf of a process that is not the current one. */
	if (!BPF_CORE_READ(t, tgid) || BPF_CORE_READ(t, flags) & SM_PF_KTHREAD)
		return;
	if (flow) {
		/*
		 * One of several who share the socket: it gets an entry of its own, or two who take turns would be
		 * reported each time.
		 */
		key.sender = sender;
		if (sm_flow_known(&key, now))
			return;
	}
	sm_flow_remember(&key, now, &sender);
	sm_owner_of(t, &owner);
	seen->protocol = SM_IPPROTO_UDP;
	sm_emit_network(&owner, ends, seen);
}

struct sm_udp_header {
	__u16 source, destination;
};

/* A raw socket is handed whole packets. */
static __always_inline bool sm_may_send_udp(struct sock *sk)
{
	return sm_is_udp(sk) || (sm_is_inet(sk) && BPF_CORE_READ(sk, sk_type) == SM_SOCK_RAW);
}

/*
 * Addresses of a packet that leaves, if it is UDP. Where it is not, `headers` says whether it may be: more headers are
 * before it than are skipped.
 */
static __always_inline bool sm_udp_packet(struct __sk_buff *skb, struct sm_address *ends, bool *headers)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	__u8 *ip = data, protocol;
	struct sm_udp_header *udp;
	__u32 at;

	if (data + 20 > end)
		return false;
	if (ip[0] >> 4 == 4) {
		if (ip[9] != SM_IPPROTO_UDP && ip[9] != SM_IPPROTO_UDPLITE)
			return false;
		if ((ip[6] & 0x1f) | ip[7]) /* of a raw socket: not the first fragment, which has the ports */
			return false;
		sm_map_ipv4(ends->local, *(__u32 *)(ip + 12));
		sm_map_ipv4(ends->peer, *(__u32 *)(ip + 16));
		udp = data + (ip[0] & 15) * 4;
	} else {
		if (data + 40 > end)
			return false;
		protocol = ip[6];
		at = sm_skip_ipv6(skb, protocol);
		protocol = at >> SM_FOUND;
		at &= SM_HEADERS_MAX;
		*headers = sm_is_extension(protocol);
		if (!at || protocol == SM_IPPROTO_TCP)
			return false;
		__builtin_memcpy(ends->local, ip + 8, 16);
		__builtin_memcpy(ends->peer, ip + 24, 16);
		udp = data + at;
	}
	if ((void *)(udp + 1) > end)
		return false;
	ends->local_port = bpf_ntohs(udp->source);
	ends->peer_port = bpf_ntohs(udp->destination);
	return true;
}

/*
 * match: int __cgroup_bpf_run_filter_skb(struct sock *sk, struct sk_buff *skb, …)  kernel/bpf/cgroup.c, for a packet
 * that leaves
 *
 * Programs of control groups also decide what happens to the packet: 1 lets it pass.
 */
SEC("cgroup_skb/egress")
int sm_udp_sent(struct __sk_buff *skb)
{
	struct sm_net_seen seen = {.initiated = 1, .hook = SM_HOOK_NETWORK_CONNECT_CGROUP_SKB_EGRESS};
	struct sm_address ends = {};
	bool headers = false, udp = sm_udp_packet(skb, &ends, &headers);

	if (!udp && !headers)
		return 1;
	/*
	 * The context really is the kernel's sk_buff. Read like that, its socket is a plain address that can be
	 * followed by helpers.
	 */
	seen.sk = BPF_CORE_READ((struct sk_buff *)skb, sk);
	if (!seen.sk || !sm_may_send_udp(seen.sk))
		return 1;
	if (udp)
		sm_udp_seen(&ends, &seen);
	else if (sm_in_scope())
		sm_lost_to_headers(SM_NETWORK);
	return 1;
}

static __always_inline void sm_udp_received(struct bpf_sock_addr *ctx, const struct sm_address *from, __u8 hook)
{
	struct sm_net_seen seen = {.hook = hook};
	struct sm_address ends = {};

	seen.sk = BPF_CORE_READ((struct bpf_sock_addr_kern *)ctx, sk);
	if (!seen.sk || !sm_is_udp(seen.sk))
		return;
	sm_ends(seen.sk, &ends);
	__builtin_memcpy(ends.peer, from->peer, 16);
	ends.peer_port = from->peer_port;
	sm_udp_seen(&ends, &seen);
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * recvfrom(2), IPv4
 */
SEC("cgroup/recvmsg4")
int sm_udp_received4(struct bpf_sock_addr *ctx)
{
	struct sm_address from = {};

	sm_map_ipv4(from.peer, ctx->user_ip4);
	from.peer_port = bpf_ntohs(ctx->user_port);
	sm_udp_received(ctx, &from, SM_HOOK_NETWORK_CONNECT_CGROUP_RECVMSG4);
	return 1;
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * recvfrom(2), IPv6
 */
SEC("cgroup/recvmsg6")
int sm_udp_received6(struct bpf_sock_addr *ctx)
{
	struct sm_address from = {};
	__u32 *peer = (__u32 *)from.peer;

	peer[0] = ctx->user_ip6[0];
	peer[1] = ctx->user_ip6[1];
	peer[2] = ctx->user_ip6[2];
	peer[3] = ctx->user_ip6[3];
	from.peer_port = bpf_ntohs(ctx->user_port);
	sm_udp_received(ctx, &from, SM_HOOK_NETWORK_CONNECT_CGROUP_RECVMSG6);
	return 1;
}

#endif
