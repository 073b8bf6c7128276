/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What programs are handed when they run. */
#ifndef SM_VMLINUX_CONTEXT_H
#define SM_VMLINUX_CONTEXT_H

/*
 * Contexts as the BPF interface defines them. They are no structures of the kernel: the verifier rewrites each access,
 * and CO-RE must not.
 */
struct bpf_sock;
struct __sk_buff {
	__u32 len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto, priority,
	    ingress_ifindex, ifindex, tc_index, cb[5], hash, tc_classid, data, data_end, napi_id;
	__u32 family, remote_ip4, local_ip4, remote_ip6[4], local_ip6[4], remote_port, local_port;
	__u32 data_meta;
	__u64 flow_keys, tstamp;
	__u32 wire_len, gso_segs;
	struct bpf_sock *sk;
	__u32 gso_size;
};
struct bpf_sock_addr {
	__u32 user_family, user_ip4, user_ip6[4], user_port, family, type, protocol, msg_src_ip4, msg_src_ip6[4];
	struct bpf_sock *sk;
};

/*
 * Contexts of the tracepoints syscalls:sys_enter_X and sys_exit_X. No structure of the kernel looks like this: nothing
 * is relocated.
 */
struct sm_sys_enter {
	__u64 common;
	__s32 nr;
	__u32 hole; /* not set */
	__u64 args[6];
};
struct sm_sys_exit {
	__u64 common;
	__s32 nr;
	__u32 hole; /* not set */
	__s64 ret;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct seq_file;
struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};
struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};
struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

/* What the contexts of programs at control groups really are in the kernel. */
struct sk_buff {
	struct sock *sk;
};
struct bpf_sock_addr_kern {
	struct sock *sk;
};

#pragma clang attribute pop

#endif
