/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * DnsQuery: the packets between a socket and port 53. User space puts questions and answers together.
 *
 * Only the side that asks counts: what goes out to the port, and what comes in from it. So a packet on the loopback is
 * seen once, and what a resolver on this machine asks other servers is reported as the resolver's own. All programs are
 * attached to the root of the control groups and let everything pass.
 */

#define SM_DNS_PORT 53
#define SM_MDNS_PORT 5353
#define SM_DNS_SOCKETS 32768

/* Who used a socket last to send to the port, or is about to. */
struct sm_dns_owner {
	struct sm_process process;
	__u32 asks;    /* 0: its last datagram went to another port */
	__u32 outside; /* 1: he is not in the scope */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_DNS_SOCKETS);
	__type(key, __u64); /* cookie of the socket */
	__type(value, struct sm_dns_owner);
} sm_dns_owners SEC(".maps");

static __always_inline bool sm_dns_port(__u16 port)
{
	return port == SM_DNS_PORT || (sm_mdns && port == SM_MDNS_PORT);
}

/*
 * The running process, unless it is a thread of the kernel. Before it is known who is in a scope, nobody is learned of:
 * who goes on to use his socket is learned of then.
 */
static __always_inline bool sm_dns_current(struct task_struct *t, struct sm_dns_owner *owner)
{
	if (BPF_CORE_READ(t, flags) & SM_PF_KTHREAD || (sm_is_scoped() && !sm_is_running()))
		return false;
	sm_name_process(t, &owner->process);
	owner->asks = 1;
	owner->outside = !sm_in_scope();
	return true;
}

/* connect() and sendto(): the process that calls speaks for the socket from now on. */
static __always_inline int sm_dns_learn(struct bpf_sock_addr *ctx, bool datagram)
{
	struct sm_dns_owner owner, *known;
	__u64 cookie;

	if (sm_dns_port(bpf_ntohs(ctx->user_port))) {
		cookie = bpf_get_socket_cookie(ctx);
		if (sm_dns_current((struct task_struct *)bpf_get_current_task(), &owner))
			bpf_map_update_elem(&sm_dns_owners, &cookie, &owner, BPF_ANY);
	} else if (datagram) {
		cookie = bpf_get_socket_cookie(ctx);
		known = bpf_map_lookup_elem(&sm_dns_owners, &cookie);
		if (known)
			known->asks = 0;
	}
	return 1;
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * connect(2), IPv4
 */
SEC("cgroup/connect4")
int sm_dns_connect4(struct bpf_sock_addr *ctx)
{
	return sm_dns_learn(ctx, false);
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * connect(2), IPv6
 */
SEC("cgroup/connect6")
int sm_dns_connect6(struct bpf_sock_addr *ctx)
{
	return sm_dns_learn(ctx, false);
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * sendto(2), IPv4
 */
SEC("cgroup/sendmsg4")
int sm_dns_sendmsg4(struct bpf_sock_addr *ctx)
{
	return sm_dns_learn(ctx, true);
}

/*
 * match: int __cgroup_bpf_run_filter_sock_addr(struct sock *sk, struct sockaddr *uaddr, …)  kernel/bpf/cgroup.c:
 * sendto(2), IPv6
 */
SEC("cgroup/sendmsg6")
int sm_dns_sendmsg6(struct bpf_sock_addr *ctx)
{
	return sm_dns_learn(ctx, true);
}

static __always_inline bool sm_is_process(const struct sm_process *a, const struct sm_process *b)
{
	return a->pid == b->pid && a->start == b->start && a->exec_id == b->exec_id;
}

/*
 * Who sends. The running process is taken for the sender only if it is known to use the socket or has it open: a packet
 * may as well be sent by a timer or an acknowledgement that interrupted an unrelated process. This is also where the
 * owner is learned of a socket that was connected before the sensor started, or that was handed on to another process.
 */
static __always_inline void sm_dns_sender(struct bpf_sock *sk, __u64 cookie, __u8 protocol, struct sm_header *h)
{
	struct task_struct *t = (struct task_struct *)bpf_get_current_task();
	struct sm_dns_owner *known = bpf_map_lookup_elem(&sm_dns_owners, &cookie), now;
	__u64 file;
	int holds;

	if (sm_dns_current(t, &now) && !(known && sm_is_process(&known->process, &now.process))) {
		file = sm_file_of_socket(sk);
		holds = file ? sm_task_holds((__u64)t, file) : 0;
		/* Beyond the last descriptor looked at: a datagram, at least, is sent by whoever is running. */
		if (holds > 0 || (holds < 0 && protocol == SM_IPPROTO_UDP)) {
			bpf_map_update_elem(&sm_dns_owners, &cookie, &now, BPF_ANY);
			sm_header_process(h, &now.process);
			return;
		}
	}
	if (known)
		sm_header_process(h, &known->process);
}

/*
 * Whether a packet is that of a socket of others. What is nobody's as far as is known goes to user space, which knows
 * no better and counts it.
 */
static __always_inline bool sm_dns_outside(struct __sk_buff *skb, const struct sm_packet *p, bool answer)
{
	__u64 cookie = bpf_get_socket_cookie(skb);
	struct bpf_sock *sk = skb->sk;
	struct sm_dns_owner *owner;
	struct sm_header who;

	if (!answer && sk)
		sm_dns_sender(sk, cookie, p->protocol, &who); /* who may be another one than before */
	owner = bpf_map_lookup_elem(&sm_dns_owners, &cookie);
	return owner && owner->outside;
}

/* Whose socket a packet is of, as far as is known; else 0. */
static __always_inline __u32 sm_dns_asker(struct __sk_buff *skb)
{
	__u64 cookie = bpf_get_socket_cookie(skb);
	struct sm_dns_owner *owner = bpf_map_lookup_elem(&sm_dns_owners, &cookie);

	return owner ? owner->process.pid : 0;
}

/*
 * The record, with room for so many bytes of the packet. Returns what keeps it off the ring. It is written on the ring
 * itself and not in the scratch, which may be in use by a program that this one interrupts. The ring must be told a
 * constant size, so that there are a few sizes to choose from.
 */
static __always_inline __u32 sm_dns_emit(struct __sk_buff *skb, const struct sm_packet *p, bool answer, __u16 type,
					 __u32 room)
{
	struct sm_dns_question_record *r; /* those of answers and segments are the same */
	struct bpf_sock *sk = skb->sk;
	__u32 reason;
	__u64 len;

	reason = sm_obstacle_of(sm_is_filling(sm_used(room)) ? sm_dns_asker(skb) : 0, sizeof(*r) + room);
	r = sm_reserve_counted(sizeof(*r) + room, &reason);
	if (!r)
		return reason;
	sm_header_begin(&r->hdr, type);
	r->total = p->length;
	len = p->length > room ? room : p->length;
	/*
	 * Old verifiers do not conclude from `len` not being 0 that it is at least 1. That a masked value plus 1 is,
	 * they understand.
	 */
	if (len && bpf_skb_load_bytes(skb, p->payload, r + 1, sm_len(len - 1, room - 1) + 1))
		len = 0;
	r->payload.off = sizeof(*r);
	r->payload.len = len;
	r->hdr.size = sizeof(*r) + ((len + 7) & ~7ull);

	r->cookie = bpf_get_socket_cookie(skb);
	r->hdr.start = r->hdr.exec_id = r->hdr.pid = r->hdr.tid = 0;
	if (!answer && sk)
		sm_dns_sender(sk, r->cookie, p->protocol, &r->hdr);
	sm_packet_address(skb, p, answer, &r->address);
	r->seq = p->seq;
	r->family = p->family;
	r->protocol = p->protocol;
	r->segment_size = p->protocol == SM_IPPROTO_UDP ? skb->gso_size : 0;
	r->urgent = p->urgent;
	r->pad = 0;
	r->answer = answer;
	r->tcp_flags = p->tcp_flags;
	bpf_ringbuf_submit(r, 0);
	return SM_FITS;
}

static __always_inline void sm_dns_record(struct __sk_buff *skb, struct sm_packet *p, __u32 at, bool answer)
{
	struct sm_dns_owner *owner;
	struct sm_counters *c;
	__u32 type, reason;
	__u64 cookie;

	if (!sm_packet_header(skb, at, p) || (sm_is_scoped() && sm_dns_outside(skb, p, answer)))
		return;
	type = p->protocol == SM_IPPROTO_TCP ? SM_DNS_SEGMENT : answer ? SM_DNS_ANSWER : SM_DNS_QUESTION;
	c = sm_produced(type, false);
	if (!c)
		return;
	if (p->length <= 256)
		reason = sm_dns_emit(skb, p, answer, type, 256);
	else if (p->length <= 2048)
		reason = sm_dns_emit(skb, p, answer, type, 2048);
	else
		reason = sm_dns_emit(skb, p, answer, type, 65536);
	if (reason == SM_FITS)
		return;
	sm_dropped(c, reason);
	/* Each datagram was a question, or an answer. */
	if (type != SM_DNS_SEGMENT && skb->gso_size && skb->gso_segs > 1) {
		__sync_fetch_and_add(&c->produced, skb->gso_segs - 1);
		__sync_fetch_and_add(&c->dropped[reason], skb->gso_segs - 1);
	}
	cookie = bpf_get_socket_cookie(skb);
	owner = bpf_map_lookup_elem(&sm_dns_owners, &cookie);
	if (owner)
		sm_count_loss(owner->process.start, owner->process.pid, type, reason);
}

/*
 * An unconnected socket whose last datagram was sent to the port. The packet itself may have another port by now: this
 * machine redirects some, such as those of a container to its resolver.
 */
static __always_inline bool sm_dns_redirected(struct __sk_buff *skb)
{
	__u64 cookie = bpf_get_socket_cookie(skb);
	struct sm_dns_owner *owner = bpf_map_lookup_elem(&sm_dns_owners, &cookie);

	return owner && owner->asks;
}

/* Counts a packet whose ports are behind more headers than are skipped, if its socket has to do with the port. */
static __always_inline void sm_dns_unread(struct __sk_buff *skb, const struct sm_packet *p, __u32 type)
{
	__u32 peer;

	if (p->family != 6 || !sm_is_extension(p->protocol))
		return;
	peer = bpf_ntohl(skb->remote_port);
	if ((peer ? sm_dns_port(peer) : sm_dns_redirected(skb)) &&
	    !(sm_is_scoped() && sm_dns_outside(skb, p, type == SM_DNS_ANSWER)))
		sm_lost_to_headers(type);
}

/*
 * match: int __cgroup_bpf_run_filter_skb(struct sock *sk, struct sk_buff *skb, …)  kernel/bpf/cgroup.c, for a packet
 * that leaves
 */
SEC("cgroup_skb/egress")
int sm_dns_egress(struct __sk_buff *skb)
{
	struct sm_packet p = {};
	__u32 at = sm_packet_ports(skb, &p), peer;

	if (!at) {
		sm_dns_unread(skb, &p, SM_DNS_QUESTION);
		return 1;
	}
	if (!sm_dns_port(p.destination)) {
		peer = bpf_ntohl(skb->remote_port); /* 0: not connected */
		if (peer ? !sm_dns_port(peer) : p.protocol != SM_IPPROTO_UDP || !sm_dns_redirected(skb))
			return 1;
	}
	sm_dns_record(skb, &p, at, false);
	return 1;
}

/*
 * match: int __cgroup_bpf_run_filter_skb(struct sock *sk, struct sk_buff *skb, …)  kernel/bpf/cgroup.c, for a packet
 * that came in
 */
SEC("cgroup_skb/ingress")
int sm_dns_ingress(struct __sk_buff *skb)
{
	struct sm_packet p = {};
	__u32 at = sm_packet_ports(skb, &p);

	if (!at)
		sm_dns_unread(skb, &p, SM_DNS_ANSWER);
	else if (sm_dns_port(p.source))
		sm_dns_record(skb, &p, at, true);
	return 1;
}
