/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * SocketListen: TCP sockets that begin to listen, UDP sockets that are bound. What is told is read from the socket,
 * whose port the kernel may have chosen; of what the process passed nothing is believed.
 */

#define SM_OP_BIND 56
#define SM_OP_LISTEN 57

/* A call that listens or binds, by thread. */
struct sm_listen_call {
	__u64 sk; /* listen: the TCP socket that went into that state, 0 if none did; bind: what the descriptor is */
	__u32 fd;
	__u32 unbound;		/* bind: 1, the socket had no port before */
	struct sm_address ends; /* listen: of the socket when it went into that state */
	__u32 netns;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_listen_call);
} sm_listen_calls SEC(".maps");

/* Sockets that began to listen without a call of that name: what becomes of the request shows when it completes. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* struct sock * */
	__type(value, __u8);
} sm_uring_listening SEC(".maps");

static __always_inline __u32 sm_netns_of(struct sock *sk)
{
	return BPF_CORE_READ(sk, __sk_common.skc_net.net, ns.inum);
}

static __always_inline void sm_emit_listener(const struct sm_address *ends, __u32 netns, __u8 protocol, __u8 hook,
					     __u8 marks)
{
	struct sm_socket_listen_record *r = sm_reserve(SM_SOCKET_LISTEN, sizeof(*r), false);

	if (!r)
		return;
	sm_header_of_current(&r->hdr, SM_SOCKET_LISTEN);
	__builtin_memcpy(r->address, ends->local, 16);
	r->port = ends->local_port;
	r->reserved = 0;
	r->uid = bpf_get_current_uid_gid();
	r->netns = netns;
	r->protocol = protocol;
	r->hook = hook;
	r->marks = marks;
	r->reserved2 = 0;
	bpf_ringbuf_submit(r, 0);
}

static __always_inline void sm_emit_listen(struct sock *sk, __u8 protocol, __u8 hook, __u8 marks)
{
	struct sm_address ends = {};

	sm_ends(sk, &ends);
	sm_emit_listener(&ends, sm_netns_of(sk), protocol, hook, marks);
}

static __always_inline void sm_listen_note(const struct sm_listen_call *call)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (bpf_map_update_elem(&sm_listen_calls, &thread, call, BPF_ANY))
		sm_lost_to_table(SM_SOCKET_LISTEN);
}

/* Takes the note of the call that ends. False: there is none. */
static __always_inline bool sm_listen_ended(struct sm_listen_call *call)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_listen_call *found = bpf_map_lookup_elem(&sm_listen_calls, &thread);

	if (!found)
		return false;
	*call = *found;
	bpf_map_delete_elem(&sm_listen_calls, &thread);
	return true;
}

/* match: listen(int fd, int backlog) */
SEC("tracepoint/syscalls/sys_enter_listen")
int SM_TRACE(sm_listen_enter, struct sm_sys_enter *ctx)
{
	struct sm_listen_call call = {.fd = ctx->args[0]};

	if (!sm_is_stopped())
		sm_listen_note(&call);
	return 0;
}

/*
 * match: void inet_sock_set_state(const struct sock *sk, const int oldstate, const int newstate)  net/ipv4/af_inet.c
 *
 * The socket is in this state before it has its port, and leaves it at once if it gets none: what came of it is known
 * when the call ends. A socket that listens already does not come by here.
 */
SEC("tp_btf/inet_sock_set_state")
int SM_TYPED(sm_listen_state, struct sock *sk, int oldstate, int newstate)
{
	__u64 thread, key = (__u64)sk;
	struct sm_listen_call *call;
	__u8 one = 1;

	/* A listener of MPTCP comes by twice: as itself, and as the TCP socket that does it. */
	if (newstate != SM_TCP_LISTEN || sk->sk_protocol != SM_IPPROTO_TCP || sm_is_stopped())
		return 0;
	thread = bpf_get_current_pid_tgid();
	call = bpf_map_lookup_elem(&sm_listen_calls, &thread);
	if (call) {
		call->sk = key;
		sm_ends(sk, &call->ends);
		call->netns = sm_netns_of(sk);
	} else {
		bpf_map_update_elem(&sm_uring_listening, &key, &one, BPF_ANY);
	}
	return 0;
}

/* match: listen(int fd, int backlog) */
SEC("tracepoint/syscalls/sys_exit_listen")
int SM_TRACE(sm_listen_exit, struct sm_sys_exit *ctx)
{
	struct sm_listen_call call;
	struct sock *sk;

	if (sm_is_stopped() || !sm_listen_ended(&call) || ctx->ret != 0 || !call.sk)
		return 0;
	/* Now it has a port if the kernel was to choose one; unless another thread has closed it already. */
	sk = (struct sock *)call.sk;
	if (BPF_CORE_READ(sk, __sk_common.skc_state) == SM_TCP_LISTEN && sm_netns_of(sk) == call.netns)
		sm_ends(sk, &call.ends);
	sm_emit_listener(&call.ends, call.netns, SM_IPPROTO_TCP, SM_HOOK_SOCKET_LISTEN_SYS_EXIT_LISTEN, 0);
	return 0;
}

static __always_inline bool sm_has_port(struct sock *sk)
{
	return BPF_CORE_READ((struct inet_sock *)sk, inet_sport);
}

/* match: bind(int fd, struct sockaddr *umyaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_enter_bind")
int SM_TRACE(sm_udp_bind_enter, struct sm_sys_enter *ctx)
{
	struct sm_listen_call call = {.fd = ctx->args[0]};
	struct sock *sk = sm_sock_of_fd(call.fd);

	/* Of another socket nobody needs to know, unless it may be replaced before it is bound. */
	if (sm_is_stopped() || !sk || (!sm_is_udp(sk) && !sm_descriptors_shared()))
		return 0;
	call.sk = (__u64)sk;
	call.unbound = sm_is_udp(sk) && !sm_has_port(sk);
	sm_listen_note(&call);
	return 0;
}

/* match: bind(int fd, struct sockaddr *umyaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_exit_bind")
int SM_TRACE(sm_udp_bind_exit, struct sm_sys_exit *ctx)
{
	struct sm_listen_call call;
	struct sock *sk;
	bool same;

	if (sm_is_stopped() || !sm_listen_ended(&call) || ctx->ret != 0)
		return 0;
	sk = sm_sock_of_fd(call.fd);
	same = (__u64)sk == call.sk;
	/* One that had a port before cannot have been bound by this call. */
	if (!sk || !sm_is_udp(sk) || !sm_has_port(sk) || (same && !call.unbound))
		return 0;
	sm_emit_listen(sk, SM_IPPROTO_UDP, SM_HOOK_SOCKET_LISTEN_SYS_EXIT_BIND, same ? 0 : SM_NETWORK_DESCRIPTOR);
	return 0;
}

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 *
 * Since 6.11 io_uring binds and listens. It does so in a thread of the process or in one of its workers, and the
 * request still holds its file.
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_listen, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	__u8 opcode = BPF_CORE_READ(req, opcode), *listening;
	struct socket *socket;
	struct sock *sk;
	__u64 key;

	if ((opcode != SM_OP_BIND && opcode != SM_OP_LISTEN) || sm_is_stopped())
		return 0;
	if (!bpf_core_field_exists(struct io_kiocb, cqe) || BPF_CORE_READ(req, cqe.res) ||
	    bpf_get_current_task_btf()->flags & SM_PF_KTHREAD)
		return 0;
	socket = sm_socket_of_file(BPF_CORE_READ(req, file));
	sk = BPF_CORE_READ(socket, sk);
	key = (__u64)sk;
	if (opcode == SM_OP_BIND) {
		if (sk && sm_is_udp(sk))
			sm_emit_listen(sk, SM_IPPROTO_UDP, SM_HOOK_SOCKET_LISTEN_IO_URING_COMPLETE, 0);
		return 0;
	}
	listening = bpf_map_lookup_elem(&sm_uring_listening, &key);
	if (!listening)
		return 0;
	bpf_map_delete_elem(&sm_uring_listening, &key);
	sm_emit_listen(sk, SM_IPPROTO_TCP, SM_HOOK_SOCKET_LISTEN_IO_URING_COMPLETE, 0);
	return 0;
}
