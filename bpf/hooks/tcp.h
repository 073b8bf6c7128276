/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* TCP: connections that are made, fail or are accepted. */
#ifndef SM_HOOKS_TCP_H
#define SM_HOOKS_TCP_H

#define SM_ECANCELED 125

/* Who connects, by socket: the answer arrives in an interrupt, where the current task is an unrelated one. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_UNDER_WAY);
	__type(key, __u64); /* struct sock * */
	__type(value, struct sm_owner);
} sm_connecting SEC(".maps");

/*
 * Sockets that a listening one has made and nobody has accepted yet, since the sensor came. accept(2) returns a
 * descriptor, which another thread may replace before it is looked up: one of these is a socket that was accepted just
 * now, any other need not be.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_UNDER_WAY);
	__type(key, __u64); /* struct sock * */
	__type(value, __u8);
} sm_unaccepted SEC(".maps");

/* A connect(2) under way, by thread. */
struct sm_connect_call {
	__u64 sk, address;
	__u32 address_len;
	__u8 begun;  /* 1: the socket went to SYN_SENT, and its further states show what comes of it */
	__u8 closed; /* 1: it was closed before a SYN could be sent; `ends` has where to */
	__u16 pad;
	struct sm_address ends;
	__u32 pad2;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_UNDER_WAY);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_connect_call);
} sm_connect_calls SEC(".maps");

static __always_inline struct sm_connect_call *sm_own_connect(struct sock *sk)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_connect_call *call = bpf_map_lookup_elem(&sm_connect_calls, &thread);

	return call && call->sk == (__u64)sk ? call : NULL;
}

static __always_inline void sm_connect_begins(struct sock *sk)
{
	struct sm_connect_call *call = sm_own_connect(sk);
	struct sm_owner owner;
	__u64 key = (__u64)sk;

	if (!sm_in_scope())
		return;
	if (call)
		call->begun = 1;
	sm_owner_of(sm_current(), &owner);
	bpf_map_update_elem(&sm_connecting, &key, &owner, BPF_ANY);
}

static __always_inline void sm_connect_ends(struct sock *sk, int oldstate, int newstate)
{
	struct sm_net_seen seen = {
	    .sk = sk, .protocol = SM_IPPROTO_TCP, .initiated = 1, .hook = SM_HOOK_NETWORK_CONNECT_INET_SOCK_SET_STATE};
	__u64 key = (__u64)sk;
	struct sm_owner *owner = bpf_map_lookup_elem(&sm_connecting, &key);
	struct sm_connect_call *call;
	struct sm_address ends = {};

	if (!owner) {
		if (oldstate == SM_TCP_SYN_SENT && !sm_is_scoped()) /* else it is most likely outside */
			sm_lost_of_nobody(SM_NETWORK);
		return;
	}
	if (owner->older && !sm_is_member(owner->process.pid, owner->process.start))
		return;
	if (oldstate == SM_TCP_SYN_RECV && !owner->crossed)
		return; /* an accepted socket, at the address of one whose entry is still there */
	sm_ends(sk, &ends);
	if (newstate == SM_TCP_CLOSE) {
		seen.error = BPF_CORE_READ(sk, sk_err);
		if (!seen.error && (call = sm_own_connect(sk))) {
			/*
			 * No port was left, or the like: the error is not in the socket but is what connect(2) is about
			 * to return.
			 */
			call->closed = 1;
			call->ends = ends;
			bpf_map_delete_elem(&sm_connecting, &key);
			return;
		}
		if (!seen.error)
			seen.error = SM_ECANCELED; /* closed before there was an answer */
	}
	if (!seen.error || sm_failed_connects)
		sm_emit_network(owner, &ends, &seen);
	bpf_map_delete_elem(&sm_connecting, &key);
}

/* match: void inet_sock_set_state(const struct sock *sk, const int oldstate, const int newstate)  net/ipv4/af_inet.c */
SEC("tp_btf/inet_sock_set_state")
int SM_TYPED(sm_tcp_state, struct sock *sk, int oldstate, int newstate)
{
	struct sm_owner *owner;
	__u64 key = (__u64)sk;
	__u8 one = 1;

	if (sk->sk_protocol != SM_IPPROTO_TCP)
		return 0;
	if (oldstate == SM_TCP_LISTEN && newstate == SM_TCP_SYN_RECV)
		bpf_map_update_elem(&sm_unaccepted, &key, &one, BPF_ANY);
	else if (newstate == SM_TCP_CLOSE)
		bpf_map_delete_elem(&sm_unaccepted, &key);
	if (newstate == SM_TCP_SYN_SENT) {
		sm_connect_begins(sk);
	} else if (oldstate == SM_TCP_SYN_SENT && newstate == SM_TCP_SYN_RECV) {
		owner = bpf_map_lookup_elem(&sm_connecting, &key);
		if (owner)
			owner->crossed = 1;
	} else if (oldstate == SM_TCP_SYN_SENT || oldstate == SM_TCP_SYN_RECV) {
		sm_connect_ends(sk, oldstate, newstate);
	}
	return 0;
}

/*
 * match: connect(int fd, struct sockaddr *uservaddr, int addrlen)
 * Only a socket that does nothing yet: connect(2) is also how a program asks what came of an earlier call.
 */
SEC("tracepoint/syscalls/sys_enter_connect")
int SM_TRACE(sm_connect_enter, struct sm_sys_enter *ctx)
{
	struct socket *sock = sm_failed_connects && sm_may_be_in_scope() ? sm_socket_of_fd(ctx->args[0]) : NULL;
	struct sm_connect_call call = {};
	__u64 thread = bpf_get_current_pid_tgid();
	struct sock *sk;

	if (!sock || BPF_CORE_READ(sock, state) != SS_UNCONNECTED)
		return 0;
	sk = BPF_CORE_READ(sock, sk);
	if (!sm_is_inet(sk) || BPF_CORE_READ(sk, sk_protocol) != SM_IPPROTO_TCP ||
	    BPF_CORE_READ(sk, __sk_common.skc_state) != SM_TCP_CLOSE)
		return 0;
	call.sk = (__u64)sk;
	call.address = ctx->args[1];
	call.address_len = ctx->args[2];
	bpf_map_update_elem(&sm_connect_calls, &thread, &call, BPF_ANY);
	return 0;
}

/*
 * Errors by which the network, or a filter, refuses a connection before a packet is sent. Others are mistakes of the
 * caller.
 */
static __always_inline bool sm_is_refusal(__s64 error)
{
	switch (error) {
	case 1:	  /* EPERM */
	case 12:  /* ENOMEM */
	case 13:  /* EACCES */
	case 19:  /* ENODEV */
	case 22:  /* EINVAL: also for a route that leads nowhere, with a correct address */
	case 98:  /* EADDRINUSE */
	case 99:  /* EADDRNOTAVAIL */
	case 100: /* ENETDOWN */
	case 101: /* ENETUNREACH */
	case 105: /* ENOBUFS */
	case 113: /* EHOSTUNREACH */
		return true;
	}
	return false;
}

/* match: connect(int fd, struct sockaddr *uservaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_exit_connect")
int SM_TRACE(sm_connect_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_connect_call *call = bpf_map_lookup_elem(&sm_connect_calls, &thread);
	struct sm_net_seen seen = {
	    .protocol = SM_IPPROTO_TCP, .initiated = 1, .hook = SM_HOOK_NETWORK_CONNECT_SYS_EXIT_CONNECT};
	struct sm_address ends = {};
	struct sm_owner owner;
	__s64 error = -ctx->ret;

	if (!call)
		return 0;
	if (!sm_in_scope()) /* who is was not known yet when it began */
		goto out;
	seen.sk = (struct sock *)call->sk;
	if (call->closed && error > 0) { /* noted while it was closed: that is the socket */
		ends = call->ends;
	} else if (!call->begun && sm_is_refusal(error)) {
		sm_ends(seen.sk, &ends);
		if (!sm_user_address(call->address, call->address_len, ends.peer, &ends.peer_port))
			goto out;
		seen.marks = sm_descriptors_shared() ? SM_NETWORK_DESCRIPTOR : SM_NETWORK_USER_ADDRESS;
	} else {
		goto out;
	}
	seen.error = error;
	sm_owner_of(sm_current(), &owner);
	sm_emit_network(&owner, &ends, &seen);
out:
	bpf_map_delete_elem(&sm_connect_calls, &thread);
	return 0;
}

/* Whether this socket was accepted just now. That it was is forgotten. */
static __always_inline bool sm_is_newly_accepted(struct sock *sk, __u16 protocol)
{
	__u64 key = (__u64)sk;

	if (protocol == SM_IPPROTO_MPTCP) { /* its first subflow is what the listening socket made */
		if (!bpf_core_field_exists(struct mptcp_sock, first))
			return false;
		key = (__u64)BPF_CORE_READ((struct mptcp_sock *)sk, first);
	}
	return !bpf_map_delete_elem(&sm_unaccepted, &key);
}

/* The socket is found by the new descriptor: the caller need not have asked for the address of its peer. */
static __always_inline int sm_accepted(__s64 fd, __u8 hook)
{
	struct sm_net_seen seen = {.protocol = SM_IPPROTO_TCP, .hook = hook};
	struct socket *sock = sm_socket_of_fd(fd);
	struct sm_address ends = {};
	struct sm_owner owner;
	struct sock *sk;
	__u16 protocol;

	if (!sock)
		return 0;
	seen.sk = sk = BPF_CORE_READ(sock, sk);
	protocol = BPF_CORE_READ(sk, sk_protocol);
	if (!sm_is_inet(sk) || (protocol != SM_IPPROTO_TCP && protocol != SM_IPPROTO_MPTCP))
		return 0;
	if (!sm_is_newly_accepted(sk, protocol) && sm_descriptors_shared())
		seen.marks = SM_NETWORK_DESCRIPTOR;
	if (!sm_in_scope())
		return 0;
	sm_ends(sk, &ends);
	sm_owner_of(sm_current(), &owner);
	sm_emit_network(&owner, &ends, &seen);
	return 0;
}

/* match: accept(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen) */
SEC("tracepoint/syscalls/sys_exit_accept")
int SM_TRACE(sm_accept_exit, struct sm_sys_exit *ctx)
{
	return sm_accepted(ctx->ret, SM_HOOK_NETWORK_CONNECT_SYS_EXIT_ACCEPT);
}

/* match: accept4(int fd, struct sockaddr *upeer_sockaddr, int *upeer_addrlen, int flags) */
SEC("tracepoint/syscalls/sys_exit_accept4")
int SM_TRACE(sm_accept4_exit, struct sm_sys_exit *ctx)
{
	return sm_accepted(ctx->ret, SM_HOOK_NETWORK_CONNECT_SYS_EXIT_ACCEPT4);
}

#endif
