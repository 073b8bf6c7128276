/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* bind(2) of a Unix socket to a path makes a file: FileCreate. */
#ifndef SM_HOOKS_BIND_H
#define SM_HOOKS_BIND_H

#define SM_UNIX_PATH 2 /* where the path begins in struct sockaddr_un */

static __always_inline struct unix_sock *sm_unix_of_fd(int fd)
{
	struct socket *socket = sm_socket_of_fd(fd);
	struct sock *sk = BPF_CORE_READ(socket, sk);

	return BPF_CORE_READ(sk, __sk_common.skc_family) == SM_AF_UNIX ? (struct unix_sock *)sk : NULL;
}

/* The path need not end with a zero: the length of the address bounds it. */
static __always_inline void sm_bound_name(struct sm_call_state *c)
{
	if (c->name_len > c->more - SM_UNIX_PATH)
		c->name_len = c->more - SM_UNIX_PATH;
}

/* match: bind(int fd, struct sockaddr *umyaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_enter_bind")
int SM_TRACE(sm_bind_enter, struct sm_sys_enter *ctx)
{
	__u16 family = SM_AF_UNIX; /* taken for granted if it cannot be read: the socket will show what was done */
	struct sm_call_state *c;
	__u16 passed = 0;

	if (!bpf_probe_read_user(&passed, sizeof(passed), (void *)ctx->args[1]))
		family = passed;
	if (ctx->args[2] <= SM_UNIX_PATH || (family != SM_AF_UNIX && !sm_unix_of_fd(ctx->args[0])))
		return 0;
	c = sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_BIND, SM_AT_FDCWD, ctx->args[1] + SM_UNIX_PATH, ctx->args[0]);
	if (!c)
		return 0;
	c->more = ctx->args[2];		       /* the length of the address */
	if (c->name_len == SM_NAME_KEPT - 1) { /* what lies behind the address has no zero either */
		bpf_probe_read_user_str(c->start, SM_NAME_KEPT, (void *)c->name);
		c->skipped = 0;
	}
	sm_bound_name(c);
	return 0;
}

/* Where the kernel does not tell of inodes, the socket knows what it is bound to. */
static __always_inline void sm_bound(struct sm_call_state *call, __u64 id, struct unix_sock *u)
{
	struct sm_file_create_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_FILE_CREATE, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_fill_create(r, call->hook, false, false);
	sm_read_inode(BPF_CORE_READ(u, path.dentry, d_inode), &r->file);
	sm_append_location(&d, &r->target, &u->path);
	if (sm_descriptors_shared() && !sm_is_called(BPF_CORE_READ(u, path.dentry), call, id))
		r->target.marks |= SM_LOCATION_EXPOSED;
	sm_record_end(&d);
}

__noinline int sm_bind_done(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	struct unix_sock *u;
	int made;

	if (!call || !sm_wants_names())
		return 0;
	u = sm_unix_of_fd(call->flags);
	sm_bound_name(call);
	sm_name_again(id);
	made = sm_child_of_call(id, 0);
	if (made >= 0)
		sm_named(call, id, made, false);
	else if (BPF_CORE_READ(u, path.dentry)) /* not one with an abstract name */
		sm_bound(call, id, u);
	else if (!u && !sm_tells_inodes && call->name_len)
		sm_named(call, id, -1, false); /* its descriptor is another file already */
	return 0;
}

#endif
