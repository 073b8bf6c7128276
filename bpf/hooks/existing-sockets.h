/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The sockets that are there at start: what they are at is not new. By open files and not by the tables of TCP and UDP,
 * which show one network namespace only and do not say who has the socket.
 */
#ifndef SM_HOOKS_EXISTING_SOCKETS_H
#define SM_HOOKS_EXISTING_SOCKETS_H

/*
 * match: int bpf_iter_task_file(struct bpf_iter_meta *meta, struct task_struct *task, u32 fd, struct file *file)
 * kernel/bpf/task_iter.c
 */
SEC("iter/task_file")
int sm_network_existing(struct bpf_iter__task_file *ctx)
{
	struct task_struct *t = ctx->task;
	struct socket *sock = sm_socket_of_file(ctx->file);
	struct sm_address ends = {};
	struct sm_flow_sender sender;
	__u64 now = bpf_ktime_get_boot_ns();
	struct sm_flow_key flow;
	struct sm_flow *known;
	struct sm_owner owner;
	struct sock *sk;
	__u64 key;

	if (!t || !sock)
		return 0;
	sk = BPF_CORE_READ(sock, sk);
	if (!sk || !sm_is_inet(sk))
		return 0;
	if (sm_is_udp(sk)) {
		sm_ends(sk, &ends);
		if (!ends.peer_port)
			return 0;
		/* All who have the socket: none of them is new at it, and whoever comes later is. */
		sm_flow_key_of(&flow, sk, &ends);
		sm_flow_sender_of(t, &sender);
		known = sm_flow_known(&flow, now);
		if (known && !sm_flow_is_of(known, &sender))
			flow.sender = sender;
		sm_flow_remember(&flow, now, &sender);
	} else if (BPF_CORE_READ(sk, sk_protocol) == SM_IPPROTO_TCP &&
		   BPF_CORE_READ(sk, __sk_common.skc_state) == SM_TCP_SYN_SENT) {
		if (sm_scope == SM_SCOPE_CGROUP && !sm_task_in_cgroup(t))
			return 0;
		key = (__u64)sk;
		sm_owner_of(t, &owner);
		owner.older = sm_scope == SM_SCOPE_TREE;
		bpf_map_update_elem(&sm_connecting, &key, &owner, BPF_NOEXIST);
	}
	return 0;
}

#endif
