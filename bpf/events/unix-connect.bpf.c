/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * UnixConnect: connections to the sockets by which a machine, its containers, or somebody's keys are ruled. Which
 * socket it was, and who listens, is read from the kernel once the call has succeeded.
 */

#define SM_OP_CONNECT 16
#define SM_UNIX_NAMES 18
#define SM_UNIX_ABSTRACT 3
#define SM_UNIX_NAME_BYTES 24
#define SM_UNIX_NAME_MAX 108

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct sock___peer {
	struct pid *sk_peer_pid;
};
#pragma clang attribute pop

/* The last component of the path of a socket; one that ends with a `*` is a beginning. docs/events.md lists them. */
struct sm_unix_name {
	char text[SM_UNIX_NAME_BYTES];
};
const struct sm_unix_name sm_unix_names[SM_UNIX_NAMES] = {
    {"docker.sock"},
    {"containerd.sock"},
    {"containerd.sock.ttrpc"},
    {"crio.sock"},
    {"podman.sock"},
    {"buildkitd.sock"},
    {"dockershim.sock"},
    {"cri-dockerd.sock"},
    {"kubelet.sock"},
    {"unix.socket"},
    {"libvirt-sock"},
    {"snapd.socket"},
    {"system_bus_socket"},
    {"bus"},
    {"private"},
    {"S.gpg-agent"},
    {"S.gpg-agent.ssh"},
    {"agent.*"},
};
/* How names without a file begin. */
const struct sm_unix_name sm_unix_abstract[SM_UNIX_ABSTRACT] = {
    {"containerd-shim*"},
    {"/containerd-shim*"},
    {"/tmp/dbus-*"},
};

/* Sockets of the list that a thread connects: what the descriptor was, and whether it was connected before. */
struct sm_unix_call {
	__u64 sk, peer;
	__u32 fd, pad;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_unix_call);
} sm_unix_calls SEC(".maps");

/* Whether a name is one of a list. Names are compared up to the zero, or to the `*`. */
static __always_inline bool sm_unix_fits(const struct sm_unix_name *listed, const char *name)
{
	int i;

	for (i = 0; i < SM_UNIX_NAME_BYTES; i++) {
		char c = listed->text[i];

		if (c == '*')
			return true;
		if (c != name[i])
			return false;
		if (!c)
			return true;
	}
	return false;
}

/* Global, so that the verifier checks it once: `address` is that of a struct unix_sock. */
__noinline int sm_unix_is_listed(__u64 address)
{
	struct unix_sock *u = (struct unix_sock *)address;
	struct dentry *dentry = BPF_CORE_READ(u, path.dentry);
	struct unix_address *a = BPF_CORE_READ(u, addr);
	char name[SM_UNIX_NAME_BYTES] = {};
	int i;

	if (dentry) {
		bpf_probe_read_kernel_str(name, sizeof(name), BPF_CORE_READ(dentry, d_name.name));
		for (i = 0; i < SM_UNIX_NAMES; i++)
			if (sm_unix_fits(&sm_unix_names[i], name))
				return 1;
		return 0;
	}
	if (!a || BPF_CORE_READ(a, len) <= 3)
		return 0;
	bpf_probe_read_kernel(name, sizeof(name), (void *)a + bpf_core_field_offset(struct unix_address, name) + 3);
	for (i = 0; i < SM_UNIX_ABSTRACT; i++)
		if (sm_unix_fits(&sm_unix_abstract[i], name))
			return 1;
	return 0;
}

/* The process whose credentials a socket has of its peer: the one that called listen(2), or connect(2). */
static __always_inline struct task_struct *sm_unix_peer_of(struct sock *sk)
{
	struct pid___tasks *pid = (void *)BPF_CORE_READ((struct sock___peer *)sk, sk_peer_pid);
	__u32 links = bpf_core_field_offset(struct task_struct___links, pid_links);
	struct hlist_node *link = BPF_CORE_READ(pid, tasks[PIDTYPE_TGID].first);

	return link ? (void *)link - links - PIDTYPE_TGID * 2 * sizeof(void *) : NULL;
}

static __always_inline void sm_unix_connected(struct unix_sock *u, __u32 hook, __u32 marks)
{
	struct unix_sock *peer = (struct unix_sock *)BPF_CORE_READ(u, peer);
	struct sm_unix_connect_record *r;
	struct task_struct *target;
	struct unix_address *a;
	struct sm_draft d;
	__u32 len;

	if (!peer || !sm_unix_is_listed((__u64)peer))
		return;
	r = sm_record_of_current(&d, SM_UNIX_CONNECT, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	target = sm_unix_peer_of((struct sock *)u);
	if (target)
		sm_name_process(target, &r->target);
	if (BPF_CORE_READ(peer, path.dentry)) {
		sm_append_location(&d, &r->socket, &peer->path);
	} else {
		/* Its name begins with a zero, which is written as an @; and it is no path, so that it has no base. */
		a = BPF_CORE_READ(peer, addr);
		len = BPF_CORE_READ(a, len) - 2;
		if (len > SM_UNIX_NAME_MAX)
			len = SM_UNIX_NAME_MAX;
		bpf_probe_read_kernel(sm_at(d.scratch, d.off), sm_len(len, 127),
				      (void *)a + bpf_core_field_offset(struct unix_address, name) + 2);
		*(volatile char *)sm_at(d.scratch, d.off) = '@';
		r->socket.name.off = d.off;
		r->socket.name.len = len;
		d.off += len;
	}
	r->socket.marks |= marks;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	sm_record_end(&d);
}

static __always_inline struct unix_sock *sm_unix_of_descriptor(int fd)
{
	struct sock *sk = sm_sock_of_fd(fd);

	return BPF_CORE_READ(sk, __sk_common.skc_family) == SM_AF_UNIX ? (struct unix_sock *)sk : NULL;
}

/* match: connect(int fd, struct sockaddr *uservaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_enter_connect")
int SM_TRACE(sm_unix_enter, struct sm_sys_enter *ctx)
{
	struct sm_unix_call call = {.fd = ctx->args[0]};
	struct unix_sock *u = sm_unix_of_descriptor(call.fd);
	__u64 thread = bpf_get_current_pid_tgid();

	/* Of another socket nobody needs to know, unless it may be replaced before it connects. */
	if (sm_is_stopped() || (!u && !sm_descriptors_shared()))
		return 0;
	call.sk = (__u64)u;
	call.peer = (__u64)BPF_CORE_READ(u, peer);
	if (bpf_map_update_elem(&sm_unix_calls, &thread, &call, BPF_ANY))
		sm_lost_to_table(SM_UNIX_CONNECT);
	return 0;
}

/* match: connect(int fd, struct sockaddr *uservaddr, int addrlen) */
SEC("tracepoint/syscalls/sys_exit_connect")
int SM_TRACE(sm_unix_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_unix_call *call = bpf_map_lookup_elem(&sm_unix_calls, &thread);
	struct unix_sock *u;
	bool same;

	if (!call)
		return 0;
	u = sm_unix_of_descriptor(call->fd);
	/* The same socket that has a peer now, and had none before, or another one: it is this call that connected it.
	 */
	same = (__u64)u == call->sk && (__u64)BPF_CORE_READ(u, peer) != call->peer;
	if (ctx->ret == 0 && u && !sm_is_stopped())
		sm_unix_connected(u, SM_HOOK_UNIX_CONNECT_SYS_EXIT_CONNECT, same ? 0 : SM_LOCATION_EXPOSED);
	bpf_map_delete_elem(&sm_unix_calls, &thread);
	return 0;
}

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_unix, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	struct socket *socket;
	struct sock *sk;

	if (BPF_CORE_READ(req, opcode) != SM_OP_CONNECT || sm_is_stopped())
		return 0;
	if (!bpf_core_field_exists(struct io_kiocb, cqe) || BPF_CORE_READ(req, cqe.res) ||
	    bpf_get_current_task_btf()->flags & SM_PF_KTHREAD)
		return 0;
	socket = sm_socket_of_file(BPF_CORE_READ(req, file));
	sk = BPF_CORE_READ(socket, sk);
	if (BPF_CORE_READ(sk, __sk_common.skc_family) == SM_AF_UNIX)
		sm_unix_connected((struct unix_sock *)sk, SM_HOOK_UNIX_CONNECT_IO_URING_COMPLETE, 0);
	return 0;
}
