/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* RawSocket: sockets that read or write packets as they are, or speak to what guards the machine; and filters. */

#define SM_AF_KEY 15
#define SM_AF_NETLINK 16
#define SM_AF_PACKET 17
#define SM_AF_XDP 44
#define SM_SOCK_PACKET 10
#define SM_SOCK_TYPE_MASK 0xf
#define SM_NETLINK_XFRM 6
#define SM_NETLINK_AUDIT 9
#define SM_NETLINK_CONNECTOR 11
#define SM_NETLINK_NETFILTER 12
#define SM_SOL_SOCKET 1
#define SM_OP_SOCKET 45

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct packet_sock {
	__be16 num;
};
struct io_socket {
	int domain;
	int type;
	int protocol;
};
#pragma clang attribute pop

/* A call that makes a socket, or attaches a filter, by thread. */
struct sm_raw_call {
	__u32 family, type, protocol;
	__u32 attached; /* as in the record */
	__u32 fd;
	__u32 pad;
	__u64 sk; /* attaching: what the descriptor was when the call began */
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_raw_call);
} sm_raw_calls SEC(".maps");

/* What the arguments of socket(2) ask for is told. They are put as the kernel takes them. */
static __always_inline bool sm_is_raw(struct sm_raw_call *call)
{
	call->type &= SM_SOCK_TYPE_MASK;
	if (call->family == SM_AF_INET && call->type == SM_SOCK_PACKET)
		call->family = SM_AF_PACKET;
	if (call->family == SM_AF_PACKET) {
		call->protocol = bpf_ntohs(call->protocol);
		return true;
	}
	if (call->family == SM_AF_NETLINK)
		return call->protocol == SM_NETLINK_XFRM || call->protocol == SM_NETLINK_AUDIT ||
		       call->protocol == SM_NETLINK_CONNECTOR || call->protocol == SM_NETLINK_NETFILTER;
	/* Of Unix sockets this type is another word for datagrams. */
	return call->family == SM_AF_XDP || call->family == SM_AF_KEY ||
	       (call->type == SM_SOCK_RAW && call->family != SM_AF_UNIX);
}

static __always_inline void sm_emit_raw(const struct sm_raw_call *call, __u8 hook, __u8 marks)
{
	struct sm_raw_socket_record *r = sm_reserve(SM_RAW_SOCKET, sizeof(*r), false);

	if (!r)
		return;
	sm_header_of_current(&r->hdr, SM_RAW_SOCKET);
	r->uid = bpf_get_current_uid_gid();
	r->family = call->family;
	r->type = call->type;
	r->protocol = call->protocol;
	r->hook = hook;
	r->attached = call->attached;
	r->marks = marks;
	r->reserved = 0;
	r->reserved2 = 0;
	bpf_ringbuf_submit(r, 0);
}

static __always_inline void sm_raw_note(const struct sm_raw_call *call)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (bpf_map_update_elem(&sm_raw_calls, &thread, call, BPF_ANY))
		sm_lost_to_table(SM_RAW_SOCKET);
}

/* Takes the note of the call that ends. False: there is none. */
static __always_inline bool sm_raw_ended(struct sm_raw_call *call)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_raw_call *found = bpf_map_lookup_elem(&sm_raw_calls, &thread);

	if (!found)
		return false;
	*call = *found;
	bpf_map_delete_elem(&sm_raw_calls, &thread);
	return true;
}

/* match: socket(int family, int type, int protocol) */
SEC("tracepoint/syscalls/sys_enter_socket")
int SM_TRACE(sm_socket_enter, struct sm_sys_enter *ctx)
{
	struct sm_raw_call call = {.family = ctx->args[0], .type = ctx->args[1], .protocol = ctx->args[2]};

	if (!sm_is_stopped() && sm_is_raw(&call))
		sm_raw_note(&call);
	return 0;
}

/* match: socket(int family, int type, int protocol) */
SEC("tracepoint/syscalls/sys_exit_socket")
int SM_TRACE(sm_socket_exit, struct sm_sys_exit *ctx)
{
	struct sm_raw_call call;

	if (!sm_is_stopped() && sm_raw_ended(&call) && ctx->ret >= 0)
		sm_emit_raw(&call, SM_HOOK_RAW_SOCKET_SYS_EXIT_SOCKET, 0);
	return 0;
}

/* Which option of a socket attaches a filter, as the record counts them; 0: none. */
static __always_inline __u32 sm_attaches(__u32 option)
{
	return option == 26 ? 1 : option >= 50 && option <= 52 ? option - 48 : 0;
}

/* match: setsockopt(int fd, int level, int optname, char *optval, int optlen) */
SEC("tracepoint/syscalls/sys_enter_setsockopt")
int SM_TRACE(sm_setsockopt_enter, struct sm_sys_enter *ctx)
{
	struct sm_raw_call call = {.fd = ctx->args[0], .attached = sm_attaches(ctx->args[2])};

	if ((__u32)ctx->args[1] != SM_SOL_SOCKET || !call.attached || sm_is_stopped())
		return 0;
	call.sk = (__u64)sm_sock_of_fd(call.fd);
	sm_raw_note(&call);
	return 0;
}

static __always_inline __u32 sm_protocol_of(struct sock *sk, __u32 family)
{
	if (family != SM_AF_PACKET)
		return BPF_CORE_READ(sk, sk_protocol);
	/* Where packet sockets are a module, what they are made of is not known. */
	return bpf_core_field_exists(struct packet_sock, num) ? bpf_ntohs(BPF_CORE_READ((struct packet_sock *)sk, num))
							      : 0;
}

/* match: setsockopt(int fd, int level, int optname, char *optval, int optlen) */
SEC("tracepoint/syscalls/sys_exit_setsockopt")
int SM_TRACE(sm_setsockopt_exit, struct sm_sys_exit *ctx)
{
	struct sm_raw_call call;
	struct sock *sk;

	if (sm_is_stopped() || !sm_raw_ended(&call) || ctx->ret != 0)
		return 0;
	sk = sm_sock_of_fd(call.fd);
	if (!sk)
		return 0;
	call.family = BPF_CORE_READ(sk, __sk_common.skc_family);
	call.type = BPF_CORE_READ(sk, sk_type);
	call.protocol = sm_protocol_of(sk, call.family);
	sm_emit_raw(&call, SM_HOOK_RAW_SOCKET_SYS_EXIT_SETSOCKOPT,
		    (__u64)sk != call.sk || sm_descriptors_shared() ? SM_NETWORK_DESCRIPTOR : 0);
	return 0;
}

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 * The request still holds what it asked for: the kernel's copy.
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_socket, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	struct sm_raw_call call = {};
	struct io_socket *asked;

	if (BPF_CORE_READ(req, opcode) != SM_OP_SOCKET || sm_is_stopped())
		return 0;
	if (!bpf_core_field_exists(struct io_kiocb, cqe) || !bpf_core_type_exists(struct io_socket) ||
	    BPF_CORE_READ(req, cqe.res) < 0 || bpf_get_current_task_btf()->flags & SM_PF_KTHREAD)
		return 0;
	asked = (struct io_socket *)sm_cmd_of(req);
	call.family = BPF_CORE_READ(asked, domain);
	call.type = BPF_CORE_READ(asked, type);
	call.protocol = BPF_CORE_READ(asked, protocol);
	if (sm_is_raw(&call))
		sm_emit_raw(&call, SM_HOOK_RAW_SOCKET_IO_URING_COMPLETE, 0);
	return 0;
}
