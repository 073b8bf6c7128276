/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* NamespaceChange: setns and unshare, and processes that are made in other namespaces than those of their parent. */

#define SM_NAMESPACES 8

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct nsproxy___children {
	struct pid_namespace *pid_ns_for_children;
	struct time_namespace *time_ns_for_children; /* 5.6 */
};
#pragma clang attribute pop

/* What a call is about to change, by thread. */
struct sm_namespace_call {
	__u32 before[SM_NAMESPACES];
	struct sm_process target;
	__u32 hook;
	__u32 pad;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct sm_namespace_call);
} sm_namespace_calls SEC(".maps");

/* In the order of sm_task.ns; of pid and time those of the children, for nobody can change his own. */
static __always_inline void sm_read_namespaces(struct task_struct *t, __u32 *ns)
{
	struct nsproxy *p = BPF_CORE_READ(t, nsproxy);
	struct nsproxy___children *children = (void *)p;

	ns[0] = BPF_CORE_READ(p, mnt_ns, ns.inum);
	ns[1] = BPF_CORE_READ(children, pid_ns_for_children, ns.inum);
	ns[2] = BPF_CORE_READ(p, net_ns, ns.inum);
	ns[3] = BPF_CORE_READ(p, uts_ns, ns.inum);
	ns[4] = BPF_CORE_READ(p, ipc_ns, ns.inum);
	ns[5] = BPF_CORE_READ(p, cgroup_ns, ns.inum);
	ns[6] = BPF_CORE_READ(t, cred, user_ns, ns.inum);
	ns[7] = 0;
	if (bpf_core_field_exists(children->time_ns_for_children))
		ns[7] = BPF_CORE_READ(children, time_ns_for_children, ns.inum);
}

static __always_inline bool sm_same_namespaces(const __u32 *a, const __u32 *b)
{
	__u32 differing = 0;
	int i;

#pragma unroll
	for (i = 0; i < SM_NAMESPACES; i++)
		differing |= a[i] ^ b[i];
	return !differing;
}

static __always_inline int sm_namespaces_begin(__u32 hook, struct file *pidfd)
{
	struct sm_namespace_call call = {.hook = hook};
	struct task_struct *target = pidfd ? sm_task_of_pidfd(pidfd) : NULL;
	__u64 id = bpf_get_current_pid_tgid();

	if (sm_is_stopped() || !sm_may_be_in_scope())
		return 0;
	sm_read_namespaces((void *)bpf_get_current_task(), call.before);
	if (target)
		sm_name_process(target, &call.target);
	if (bpf_map_update_elem(&sm_namespace_calls, &id, &call, BPF_ANY))
		sm_lost_to_table(SM_NAMESPACE_CHANGE);
	return 0;
}

/* match: setns(int fd, int nstype) */
SEC("tracepoint/syscalls/sys_enter_setns")
int SM_TRACE(sm_setns_enter, struct sm_sys_enter *ctx)
{
	return sm_namespaces_begin(SM_HOOK_NAMESPACE_CHANGE_SYS_EXIT_SETNS, sm_file_of(ctx->args[0]));
}

/* match: unshare(unsigned long unshare_flags) */
SEC("tracepoint/syscalls/sys_enter_unshare")
int SM_TRACE(sm_unshare_enter, struct sm_sys_enter *ctx)
{
	return sm_namespaces_begin(SM_HOOK_NAMESPACE_CHANGE_SYS_EXIT_UNSHARE, NULL);
}

/* Of the thread that is running. */
static __always_inline void sm_namespaces_changed(const struct sm_namespace_call *call, const __u32 *after)
{
	struct sm_namespace_change_record *r = sm_reserve(SM_NAMESPACE_CHANGE, sizeof(*r), false);

	if (!r)
		return;
	sm_header_of_current(&r->hdr, SM_NAMESPACE_CHANGE);
	r->target = call->target;
	__builtin_memcpy(r->before, call->before, sizeof(r->before));
	__builtin_memcpy(r->after, after, sizeof(r->after));
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->hook;
	r->reserved = 0;
	r->reserved2 = 0;
	bpf_ringbuf_submit(r, 0);
}

/* match: setns(int fd, int nstype); unshare(unsigned long unshare_flags) */
SEC("tracepoint/syscalls/sys_exit_{setns,unshare}")
int SM_TRACE(sm_namespaces_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_namespace_call *call = bpf_map_lookup_elem(&sm_namespace_calls, &id);
	__u32 after[SM_NAMESPACES];

	if (!call || sm_is_stopped())
		return 0;
	if (ctx->ret == 0) {
		sm_read_namespaces((void *)bpf_get_current_task(), after);
		if (!sm_same_namespaces(call->before, after))
			sm_namespaces_changed(call, after);
	}
	bpf_map_delete_elem(&sm_namespace_calls, &id);
	return 0;
}

/*
 * match: void sched_process_fork(struct task_struct *parent, struct task_struct *child)  kernel/fork.c, where the child
 * has its namespaces already
 */
SEC("tp_btf/sched_process_fork")
int SM_TYPED(sm_namespaces_fork, struct task_struct *parent, struct task_struct *child)
{
	struct sm_namespace_call call = {.hook = SM_HOOK_NAMESPACE_CHANGE_SCHED_PROCESS_FORK};
	__u32 after[SM_NAMESPACES];

	if (sm_is_stopped())
		return 0;
	/* Nearly all children have what their parents have. */
	if (parent->nsproxy == child->nsproxy && parent->cred->user_ns == child->cred->user_ns)
		return 0;
	sm_read_namespaces(parent, call.before);
	sm_read_namespaces(child, after);
	if (sm_same_namespaces(call.before, after))
		return 0;
	sm_name_process(child, &call.target);
	sm_namespaces_changed(&call, after);
	return 0;
}
