/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Sockets, their two ends, and who uses them. */
#ifndef SM_READ_SOCKET_H
#define SM_READ_SOCKET_H

#define SM_AF_UNIX 1
#define SM_AF_INET 2
#define SM_AF_INET6 10
#define SM_SOCK_RAW 3
#define SM_IPPROTO_TCP 6
#define SM_IPPROTO_UDP 17
#define SM_IPPROTO_UDPLITE 136
#define SM_IPPROTO_MPTCP 262
#define SM_TCP_ESTABLISHED 1
#define SM_TCP_SYN_SENT 2
#define SM_TCP_SYN_RECV 3
#define SM_TCP_CLOSE 7
#define SM_TCP_LISTEN 10
#define SM_HELD_FDS 1024     /* file descriptors that are looked at in one stretch, */
#define SM_HELD_STRETCHES 64 /* in so many stretches, */
#define SM_HELD_STEP 16	     /* and so many in one read */

/* Who did something whose outcome is seen later in an interrupt, where the current task is an unrelated one. */
struct sm_owner {
	struct sm_process process;
	__u32 uid;
	__u16 crossed; /* 1: both ends sent a SYN at once. The socket then passes SYN_RECV as an accepted one does */
	__u16 older;   /* 1: he connects since before the sensor knew who is in its scope, which is a tree */
};

static __always_inline void sm_owner_of(struct task_struct *t, struct sm_owner *o)
{
	sm_name_process(t, &o->process);
	o->uid = BPF_CORE_READ(t, cred, uid.val);
	o->crossed = 0;
	o->older = 0;
}

static __always_inline struct task_struct *sm_current(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

/* One form for all addresses: IPv4 as the IPv6 address ::ffff:a.b.c.d. */
static __always_inline void sm_map_ipv4(void *to, __u32 address)
{
	__u32 *word = to;

	word[0] = word[1] = 0;
	word[2] = bpf_htonl(0xffff);
	word[3] = address;
}

/*
 * Both ends of a socket. The local port is that of inet_sport: skc_num is cleared already when a socket is about to be
 * closed.
 */
static __always_inline void sm_ends(struct sock *sk, struct sm_address *a)
{
	if (BPF_CORE_READ(sk, __sk_common.skc_family) == SM_AF_INET) {
		sm_map_ipv4(a->local, BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr));
		sm_map_ipv4(a->peer, BPF_CORE_READ(sk, __sk_common.skc_daddr));
	} else if (bpf_core_field_exists(struct sock_common, skc_v6_daddr)) {
		BPF_CORE_READ_INTO((struct in6_addr *)a->local, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO((struct in6_addr *)a->peer, sk, __sk_common.skc_v6_daddr);
	}
	a->local_port = bpf_ntohs(BPF_CORE_READ((struct inet_sock *)sk, inet_sport));
	a->peer_port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
}

static __always_inline bool sm_is_inet(struct sock *sk)
{
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);

	return family == SM_AF_INET || family == SM_AF_INET6;
}

static __always_inline bool sm_is_udp(struct sock *sk)
{
	__u16 protocol = BPF_CORE_READ(sk, sk_protocol);

	return sm_is_inet(sk) && (protocol == SM_IPPROTO_UDP || protocol == SM_IPPROTO_UDPLITE);
}

static __always_inline struct socket *sm_socket_of_file(struct file *f)
{
	if (!f || (BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT) != SM_S_IFSOCK)
		return NULL;
	return BPF_CORE_READ(f, private_data);
}

/*
 * The socket behind a file descriptor of the calling thread. Another thread may be replacing the descriptor at this
 * moment.
 */
static __always_inline struct socket *sm_socket_of_fd(int fd)
{
	return sm_socket_of_file(sm_file_of(fd));
}

static __always_inline struct sock *sm_sock_of_fd(int fd)
{
	struct socket *socket = sm_socket_of_fd(fd);

	return BPF_CORE_READ(socket, sk);
}

/* An address as a process hands it to the kernel. */
static __always_inline bool sm_user_address(__u64 from, __u32 len, void *address, __u16 *port)
{
	struct {
		__u16 family, port;
		__u32 ipv4; /* IPv6: flow information */
		__u8 ipv6[16];
	} a = {};

	if (len < 16 || bpf_probe_read_user(&a, 8, (void *)from))
		return false;
	*port = bpf_ntohs(a.port);
	if (a.family == SM_AF_INET) {
		sm_map_ipv4(address, a.ipv4);
		return true;
	}
	if (a.family != SM_AF_INET6 || len < 24 || bpf_probe_read_user(&a, sizeof(a), (void *)from))
		return false;
	__builtin_memcpy(address, a.ipv6, 16);
	return true;
}

/*
 * Whether one of these file descriptors of a task, SM_HELD_FDS from this one on, is this open file. Global, so that the
 * verifier checks it only once.
 */
__noinline int sm_task_holds_at(__u64 task, __u64 file, __u32 from)
{
	struct fdtable *table = BPF_CORE_READ((struct task_struct *)task, files, fdt);
	__u32 max = BPF_CORE_READ(table, max_fds), i, j;
	struct file **fds = BPF_CORE_READ(table, fd);
	struct file *some[SM_HELD_STEP];

	for (i = 0; i < SM_HELD_FDS / SM_HELD_STEP; i++) {
		if (from + i * SM_HELD_STEP >= max)
			return 0;
		if (bpf_probe_read_kernel(some, sizeof(some), fds + from + i * SM_HELD_STEP))
			return 0;
#pragma unroll
		for (j = 0; j < SM_HELD_STEP; j++) {
			if ((__u64)some[j] == file)
				return 1;
		}
	}
	return 0;
}

/* Whether a task has this open file. -1: it has more descriptors than are looked at. */
__noinline int sm_task_holds(__u64 task, __u64 file)
{
	__u32 max = BPF_CORE_READ((struct task_struct *)task, files, fdt, max_fds), i;

	for (i = 0; i < SM_HELD_STRETCHES; i++) {
		if (i * SM_HELD_FDS >= max)
			return 0;
		if (sm_task_holds_at(task, file, i * SM_HELD_FDS))
			return 1;
	}
	return max > SM_HELD_STRETCHES * SM_HELD_FDS ? -1 : 0;
}

/*
 * The open file of a socket. The verifier forbids arithmetic with its own pointer to the socket: a copy read as a
 * number is free of that.
 */
static __always_inline __u64 sm_file_of_socket(struct bpf_sock *sk)
{
	struct bpf_sock *held = sk;
	struct sock *address = NULL;

	bpf_probe_read_kernel(&address, sizeof(address), &held);
	return (__u64)BPF_CORE_READ(address, sk_socket, file);
}

#endif
