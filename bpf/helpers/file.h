/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Identity of files, and what stands behind the file descriptors 0-2. */
#ifndef SM_FILE_H
#define SM_FILE_H

#define SM_S_IFMT 0170000
#define SM_S_IFIFO 0010000
#define SM_S_IFCHR 0020000
#define SM_S_IFDIR 0040000
#define SM_S_IFBLK 0060000
#define SM_S_IFREG 0100000
#define SM_S_IFSOCK 0140000
#define SM_PIPEFS_MAGIC 0x50495045
#define SM_AF_UNIX 1
#define SM_AF_INET 2
#define SM_AF_INET6 10
#define SM_NO_FD 255

#define SM_NS_PER_S 1000000000ULL
#define SM_CTIME_NSEC 0x7fffffff /* since 6.13 the kernel has a flag of its own in the highest bit */

static __always_inline void sm_read_times(struct inode *inode, struct sm_file *out)
{
	struct inode___66 *i66 = (void *)inode;
	struct inode___pre66 *pre66 = (void *)inode;

	if (bpf_core_field_exists(inode->i_mtime_sec)) {
		out->mtime_sec = BPF_CORE_READ(inode, i_mtime_sec);
		out->mtime_nsec = BPF_CORE_READ(inode, i_mtime_nsec);
		out->ctime = BPF_CORE_READ(inode, i_ctime_sec) * SM_NS_PER_S + (BPF_CORE_READ(inode, i_ctime_nsec) & SM_CTIME_NSEC);
		return;
	}
	if (bpf_core_field_exists(i66->__i_mtime)) {
		out->mtime_sec = BPF_CORE_READ(i66, __i_mtime.tv_sec);
		out->mtime_nsec = BPF_CORE_READ(i66, __i_mtime.tv_nsec);
	} else {
		out->mtime_sec = BPF_CORE_READ(pre66, i_mtime.tv_sec);
		out->mtime_nsec = BPF_CORE_READ(pre66, i_mtime.tv_nsec);
	}
	if (bpf_core_field_exists(i66->__i_ctime))
		out->ctime = BPF_CORE_READ(i66, __i_ctime.tv_sec) * SM_NS_PER_S + BPF_CORE_READ(i66, __i_ctime.tv_nsec);
	else
		out->ctime = BPF_CORE_READ(pre66, i_ctime.tv_sec) * SM_NS_PER_S + BPF_CORE_READ(pre66, i_ctime.tv_nsec);
}

static __always_inline void sm_fill_file(struct file *f, struct sm_file *out)
{
	struct inode *inode = f->f_inode;
	struct dentry *d = f->f_path.dentry;

	out->ino = inode->i_ino;
	out->size = inode->i_size;
	sm_read_times(inode, out);
	out->dev = inode->i_sb->s_dev;
	out->magic = inode->i_sb->s_magic;
	out->mode = inode->i_mode;
	out->nlink = inode->i_nlink;
	out->generation = inode->i_generation;
	out->references = 0;
	out->attributes = 0;
	/* d_unlinked(): not in the hash of names, and not a root */
	if (d && !d->d_hash.pprev && d->d_parent != d)
		out->attributes = SM_FILE_DELETED;
}

/* The same for a file that is known by its inode only; for programs that may not follow pointers themselves. */
static __always_inline void sm_read_inode(struct inode *inode, struct sm_file *out)
{
	struct super_block *sb = BPF_CORE_READ(inode, i_sb);

	out->ino = BPF_CORE_READ(inode, i_ino);
	out->size = BPF_CORE_READ(inode, i_size);
	sm_read_times(inode, out);
	out->dev = BPF_CORE_READ(sb, s_dev);
	out->magic = BPF_CORE_READ(sb, s_magic);
	out->mode = BPF_CORE_READ(inode, i_mode);
	out->nlink = BPF_CORE_READ(inode, i_nlink);
	out->generation = BPF_CORE_READ(inode, i_generation);
	out->references = 0;
	out->attributes = 0;
}

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
static __always_inline __u32 sm_append_unix(struct sock *sk, struct sm_scratch *s, __u32 at)
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
	if (bpf_core_read(sm_at(s, at), sm_len(len, 127), &addr->name[0].sun_path))
		return 0;
	return len;
}

static __always_inline void sm_fill_socket(struct file *f, struct sm_stdio *out, struct sm_scratch *s, __u32 *off)
{
	struct socket *sock = BPF_CORE_READ(f, private_data);
	struct sock *sk = BPF_CORE_READ(sock, sk);
	__u32 at = *off, len = 0;

	out->detail = BPF_CORE_READ(sock, type);
	out->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	if (out->family == SM_AF_INET || out->family == SM_AF_INET6) {
		struct sm_address a;

		sm_fill_inet(sk, &a, out->family);
		__builtin_memcpy(sm_at(s, at), &a, sizeof(a));
		len = sizeof(a);
	} else if (out->family == SM_AF_UNIX) {
		len = sm_append_unix(sk, s, at);
	}
	out->target.off = at;
	out->target.len = len;
	*off = at + len;
}

static __always_inline void sm_fill_fd(struct file *f, struct sm_stdio *out, struct sm_scratch *s, __u32 *off, __u32 slot, __u32 *marks)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	__u32 type = BPF_CORE_READ(inode, i_mode) & SM_S_IFMT;

	out->ino = BPF_CORE_READ(inode, i_ino);
	if (type == SM_S_IFSOCK) {
		out->kind = SM_FD_SOCKET;
		sm_fill_socket(f, out, s, off);
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
		out->kind = type == SM_S_IFCHR ? SM_FD_CHAR : SM_FD_BLOCK; /* user space knows which devices are terminals */
		out->detail = BPF_CORE_READ(inode, i_rdev);
	} else {
		out->kind = SM_FD_OTHER; /* anon_inode and the like: the name of the pseudo file says what */
	}
	sm_append_path(&out->target, &f->f_path, off, slot, marks, SM_EXEC_CUT_STDIO);
}

/* File descriptors 0-2. One that shares the open file of a lower one only says so: most processes have one target for all. */
static __always_inline void sm_fill_stdio(struct task_struct *t, struct sm_stdio *out, struct sm_scratch *s, __u32 *off, __u32 slot, __u32 *marks)
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
			sm_fill_fd(files[i], fd, s, off, slot, marks);
	}
}

#endif
