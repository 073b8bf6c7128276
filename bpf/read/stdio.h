/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What stands behind the file descriptors 0-2. */
#ifndef SM_READ_STDIO_H
#define SM_READ_STDIO_H

#define SM_NO_FD 255

static __always_inline void sm_fill_inet(struct sock *sk, struct sm_address *a, __u16 family)
{
	__builtin_memset(a, 0, sizeof(*a));
	if (family == SM_AF_INET) {
		BPF_CORE_READ_INTO((__u32 *)a->local, sk, __sk_common.skc_rcv_saddr);
		BPF_CORE_READ_INTO((__u32 *)a->peer, sk, __sk_common.skc_daddr);
	} else if (bpf_core_field_exists(struct sock_common, skc_v6_daddr)) { /* CONFIG_IPV6 */
		BPF_CORE_READ_INTO((struct in6_addr *)a->local, sk, __sk_common.skc_v6_rcv_saddr);
		BPF_CORE_READ_INTO((struct in6_addr *)a->peer, sk, __sk_common.skc_v6_daddr);
	}
	a->local_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	a->peer_port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
}

/* Name of a Unix socket: the peer's if it has one, otherwise its own (one end of a pair is usually unnamed). */
static __always_inline __u32 sm_append_unix(struct sm_draft *d, struct sock *sk)
{
	struct unix_sock *us = (void *)sk;
	struct unix_sock *peer = (void *)BPF_CORE_READ(us, peer);
	struct unix_address *addr = peer ? BPF_CORE_READ(peer, addr) : NULL;
	__u32 len;

	if (!addr)
		addr = BPF_CORE_READ(us, addr);
	if (!addr)
		return 0;
	len = BPF_CORE_READ(addr, len);
	if (len <= 2 || len > 110)
		return 0;
	len -= 2;
	if (bpf_core_read(sm_at(d->scratch, d->off), sm_len(len, 127), &addr->name[0].sun_path))
		return 0;
	return len;
}

static __always_inline void sm_fill_socket(struct sm_draft *d, struct file *f, struct sm_stdio *out)
{
	struct socket *sock = BPF_CORE_READ(f, private_data);
	struct sock *sk = BPF_CORE_READ(sock, sk);
	__u32 len = 0;

	out->detail = BPF_CORE_READ(sock, type);
	out->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	if (out->family == SM_AF_INET || out->family == SM_AF_INET6) {
		struct sm_address a;

		sm_fill_inet(sk, &a, out->family);
		__builtin_memcpy(sm_at(d->scratch, d->off), &a, sizeof(a));
		len = sizeof(a);
	} else if (out->family == SM_AF_UNIX) {
		len = sm_append_unix(d, sk);
	}
	out->target.off = d->off;
	out->target.len = len;
	d->off += len;
}

static __always_inline void sm_fill_fd(struct sm_draft *d, struct file *f, struct sm_stdio *out, __u32 *marks)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	__u32 type = BPF_CORE_READ(inode, i_mode) & SM_S_IFMT;

	out->ino = BPF_CORE_READ(inode, i_ino);
	if (type == SM_S_IFSOCK) {
		out->kind = SM_FD_SOCKET;
		sm_fill_socket(d, f, out);
		return;
	}
	if (type == SM_S_IFIFO) {
		out->kind = SM_FD_PIPE;
		if (BPF_CORE_READ(inode, i_sb, s_magic) == SM_PIPEFS_MAGIC)
			return;
	} else if (type == SM_S_IFREG) {
		out->kind = SM_FD_FILE;
	} else if (type == SM_S_IFDIR) {
		out->kind = SM_FD_DIRECTORY;
	} else if (type == SM_S_IFCHR || type == SM_S_IFBLK) {
		/* User space knows which devices are terminals. */
		out->kind = type == SM_S_IFCHR ? SM_FD_CHAR : SM_FD_BLOCK;
		out->detail = BPF_CORE_READ(inode, i_rdev);
	} else {
		out->kind = SM_FD_OTHER; /* anon_inode and the like: the name of the pseudo file says what */
	}
	sm_append_path(d, &out->target, &f->f_path, marks, SM_EXEC_CUT_STDIO);
}

/*
 * File descriptors 0-2. One that shares the open file of a lower one only names it: most processes have the same file
 * for all three.
 */
static __always_inline void sm_fill_stdio(struct sm_draft *d, struct task_struct *t, struct sm_stdio *out, __u32 *marks)
{
	struct file **table = BPF_CORE_READ(t, files, fdt, fd);
	struct file *files[3] = {};
	int i;

	if (table)
		bpf_probe_read_kernel(files, sizeof(files), table);
#pragma unroll
	for (i = 0; i < 3; i++) {
		struct sm_stdio *fd = &out[i];

		__builtin_memset(fd, 0, sizeof(*fd));
		fd->same_as = SM_NO_FD;
		if (!files[i])
			continue;
		if (i > 0 && files[i] == files[0])
			fd->same_as = 0;
		else if (i > 1 && files[i] == files[1])
			fd->same_as = 1;
		else
			sm_fill_fd(d, files[i], fd, marks);
	}
}

#endif
