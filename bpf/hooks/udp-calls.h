/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * UDP where programs cannot be attached to the root of the control groups (udp.h), as in a container: the calls that
 * send. Their descriptor must lead to the socket.
 */
#ifndef SM_HOOKS_UDP_CALLS_H
#define SM_HOOKS_UDP_CALLS_H

/* A call that sends, under way. */
struct sm_send_call {
	__u64 socket, name; /* name: address that is sent to, or the structure that has it */
	__u32 name_len;
	__u32 indirect; /* name is a struct msghdr */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_UNDER_WAY);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_send_call);
} sm_send_calls SEC(".maps");

static __always_inline int sm_send_begins(__s32 fd, __u64 name, __u32 name_len, __u32 indirect)
{
	struct sm_send_call call = {.name = name, .name_len = name_len, .indirect = indirect};
	struct socket *sock = sm_may_be_in_scope() ? sm_socket_of_fd(fd) : NULL;
	__u64 thread = bpf_get_current_pid_tgid();

	if (!sock || !sm_is_udp(BPF_CORE_READ(sock, sk)))
		return 0;
	call.socket = (__u64)sock;
	bpf_map_update_elem(&sm_send_calls, &thread, &call, BPF_ANY);
	return 0;
}

static __always_inline int sm_send_ends(__s64 ret, __u8 hook)
{
	struct sm_net_seen seen = {.initiated = 1, .hook = hook};
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_send_call *found = bpf_map_lookup_elem(&sm_send_calls, &thread), call;
	struct sm_address ends = {};
	struct socket *sock;
	struct sock *sk;
	struct {
		__u64 name;
		__u32 name_len, pad;
	} msg = {};

	if (!found)
		return 0;
	call = *found;
	bpf_map_delete_elem(&sm_send_calls, &thread);
	if (ret < 0)
		return 0;
	sock = (struct socket *)call.socket;
	sk = BPF_CORE_READ(sock, sk);
	if (!sk || !sm_is_udp(sk)) /* closed meanwhile by another thread */
		return 0;
	seen.sk = sk;
	sm_ends(sk, &ends);
	msg.name = call.name;
	msg.name_len = call.name_len;
	if (call.indirect && bpf_probe_read_user(&msg, sizeof(msg), (void *)call.name))
		return 0;
	if (msg.name) {
		if (!sm_user_address(msg.name, msg.name_len, ends.peer, &ends.peer_port))
			return 0;
		seen.marks = SM_NETWORK_USER_ADDRESS;
	}
	if (sm_descriptors_shared())
		seen.marks = SM_NETWORK_DESCRIPTOR;
	sm_udp_seen(&ends, &seen);
	return 0;
}

/* match: sendto(int fd, void *buff, size_t len, unsigned int flags, struct sockaddr *addr, int addr_len) */
SEC("tracepoint/syscalls/sys_enter_sendto")
int SM_TRACE(sm_sendto_enter, struct sm_sys_enter *ctx)
{
	return sm_send_begins(ctx->args[0], ctx->args[4], ctx->args[5], 0);
}

/* match: sendmsg(int fd, struct user_msghdr *msg, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_sendmsg")
int SM_TRACE(sm_sendmsg_enter, struct sm_sys_enter *ctx)
{
	return sm_send_begins(ctx->args[0], ctx->args[1], 0, 1);
}

/* match: sendmmsg(int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_sendmmsg")
int SM_TRACE(sm_sendmmsg_enter, struct sm_sys_enter *ctx)
{
	return sm_send_begins(ctx->args[0], ctx->args[1], 0, 1);
}

/* match: sendto(int fd, void *buff, size_t len, unsigned int flags, struct sockaddr *addr, int addr_len) */
SEC("tracepoint/syscalls/sys_exit_sendto")
int SM_TRACE(sm_sendto_exit, struct sm_sys_exit *ctx)
{
	return sm_send_ends(ctx->ret, SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDTO);
}

/* match: sendmsg(int fd, struct user_msghdr *msg, unsigned int flags) */
SEC("tracepoint/syscalls/sys_exit_sendmsg")
int SM_TRACE(sm_sendmsg_exit, struct sm_sys_exit *ctx)
{
	return sm_send_ends(ctx->ret, SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDMSG);
}

/* match: sendmmsg(int fd, struct mmsghdr *mmsg, unsigned int vlen, unsigned int flags) */
SEC("tracepoint/syscalls/sys_exit_sendmmsg")
int SM_TRACE(sm_sendmmsg_exit, struct sm_sys_exit *ctx)
{
	return sm_send_ends(ctx->ret, SM_HOOK_NETWORK_CONNECT_SYS_EXIT_SENDMMSG);
}

#endif
