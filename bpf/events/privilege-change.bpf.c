/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * PrivilegeChange: what a thread may do is noted when a call that can change it begins, and compared when it ends. The
 * note stays until the next one. Whatever is found to be different when the next call begins was changed by none.
 *
 * Notes are made only while the sensor runs: by then every program is attached, and no call can be missed any more.
 */

#define SM_SECBIT_KEEP_CAPS 0x10
#define SM_SECBIT_NO_SETUID_FIXUP 0x04
#define SM_CAP_SETGID (1 << 6)
#define SM_CAP_SETUID (1 << 7)
#define SM_PR_CAPBSET_DROP 24
#define SM_PR_SET_SECUREBITS 28
#define SM_PR_CAP_AMBIENT 47
#define SM_GROUPS 32

#define SM_BY_EXEC SM_HOOK_PRIVILEGE_CHANGE_SCHED_PROCESS_EXEC
#define SM_BY_CLONE SM_HOOK_PRIVILEGE_CHANGE_SCHED_PROCESS_FORK
#define SM_BY_NOTHING SM_HOOK_PRIVILEGE_CHANGE_SYS_ENTER
#define SM_NO_CALL 0xff

/* What a thread may do, as far as it is known. */
struct sm_privileges {
	__u64 start; /* of the thread: another one may have its number now */
	__u32 call;  /* SM_HOOK_PRIVILEGE_CHANGE_* of what has begun; SM_NO_CALL */
	__u32 pad;
	struct sm_credentials c;
};

/* By thread: process id and thread id, as bpf_get_current_pid_tgid() gives them. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, struct sm_privileges);
} sm_privileges SEC(".maps");

/* Too large for the stack. What uses it is at hooks of system calls, fork and exec: none interrupts another one. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sm_privileges);
} sm_privileges_now SEC(".maps");

/* Of a system call, by its number. */
static __always_inline __u32 sm_privilege_call(__s32 nr)
{
	switch (nr) {
	case SM_NR_SETUID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETUID;
	case SM_NR_SETGID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETGID;
	case SM_NR_SETREUID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETREUID;
	case SM_NR_SETREGID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETREGID;
	case SM_NR_SETRESUID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETRESUID;
	case SM_NR_SETRESGID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETRESGID;
	case SM_NR_SETFSUID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETFSUID;
	case SM_NR_SETFSGID:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETFSGID;
	case SM_NR_SETGROUPS:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETGROUPS;
	case SM_NR_CAPSET:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_CAPSET;
	case SM_NR_PRCTL:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_PRCTL;
	case SM_NR_UNSHARE:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_UNSHARE;
	case SM_NR_SETNS:
		return SM_HOOK_PRIVILEGE_CHANGE_SYS_EXIT_SETNS;
	case SM_NR_EXECVE:
	case SM_NR_EXECVEAT:
		return SM_BY_EXEC;
	}
	return SM_NO_CALL;
}

static __always_inline void sm_read_credentials(const struct cred *cred, struct sm_credentials *out)
{
	struct group_info *groups = BPF_CORE_READ(cred, group_info);
	int count = BPF_CORE_READ(groups, ngroups);
	__u64 bytes = (__u64)(count < SM_GROUPS ? count : SM_GROUPS) * sizeof(__u32);

	__builtin_memset(out, 0, sizeof(*out));
	bpf_core_read(&out->inheritable, 8, &cred->cap_inheritable);
	bpf_core_read(&out->permitted, 8, &cred->cap_permitted);
	bpf_core_read(&out->effective, 8, &cred->cap_effective);
	bpf_core_read(&out->bounding, 8, &cred->cap_bset);
	bpf_core_read(&out->ambient, 8, &cred->cap_ambient);
	out->uids[0] = BPF_CORE_READ(cred, uid.val);
	out->uids[1] = BPF_CORE_READ(cred, euid.val);
	out->uids[2] = BPF_CORE_READ(cred, suid.val);
	out->uids[3] = BPF_CORE_READ(cred, fsuid.val);
	out->gids[0] = BPF_CORE_READ(cred, gid.val);
	out->gids[1] = BPF_CORE_READ(cred, egid.val);
	out->gids[2] = BPF_CORE_READ(cred, sgid.val);
	out->gids[3] = BPF_CORE_READ(cred, fsgid.val);
	out->securebits = BPF_CORE_READ(cred, securebits) & ~SM_SECBIT_KEEP_CAPS;
	out->user_ns = BPF_CORE_READ(cred, user_ns, ns.inum);
	out->group_count = count;
	sm_hide(bytes);
	if (bytes <= sizeof(out->groups))
		bpf_core_read(out->groups, bytes, &groups->gid);
}

/* In the scratch of this CPU. A function of its own, so that it is verified once for each program. */
static __noinline struct sm_privileges *sm_privileges_of(struct task_struct *t)
{
	__u32 first = 0;
	struct sm_privileges *now = bpf_map_lookup_elem(&sm_privileges_now, &first);

	if (!now)
		return NULL;
	now->start = BPF_CORE_READ(t, start_boottime);
	now->call = SM_NO_CALL;
	now->pad = 0;
	sm_read_credentials(BPF_CORE_READ(t, cred), &now->c);
	return now;
}

static __always_inline bool sm_same_credentials(const struct sm_credentials *a, const struct sm_credentials *b)
{
	const __u64 *x = (const __u64 *)a, *y = (const __u64 *)b;
	__u64 differing = 0;
	__u32 i;

#pragma unroll
	for (i = 0; i < sizeof(*a) / sizeof(*x); i++)
		differing |= x[i] ^ y[i];
	return !differing;
}

/* One of these ids is none of the real, effective and saved ones of before. */
static __always_inline bool sm_new_id(const __u32 *before, const __u32 *after)
{
	bool is_new = false;
	__u32 i;

#pragma unroll
	for (i = 0; i < 4; i++)
		is_new |= after[i] != before[0] && after[i] != before[1] && after[i] != before[2];
	return is_new;
}

static __always_inline bool sm_same_groups(const struct sm_credentials *a, const struct sm_credentials *b)
{
	__u32 differing = a->group_count ^ b->group_count;
	__u32 i;

#pragma unroll
	for (i = 0; i < SM_GROUPS; i++)
		differing |= a->groups[i] ^ b->groups[i];
	return !differing;
}

/* Nothing was gained: all that it may do now it could do before. */
static __always_inline bool sm_is_drop(const struct sm_credentials *b, const struct sm_credentials *a)
{
	__u64 gained = (a->inheritable & ~b->inheritable) | (a->permitted & ~b->permitted) |
		       (a->effective & ~b->effective) | (a->bounding & ~b->bounding) | (a->ambient & ~b->ambient);

	gained |= b->securebits & ~a->securebits;
	gained |= a->securebits & ~b->securebits & SM_SECBIT_NO_SETUID_FIXUP;
	gained |= a->user_ns ^ b->user_ns;
	if (gained)
		return false;
	if (!(b->effective & SM_CAP_SETUID) && sm_new_id(b->uids, a->uids))
		return false;
	return b->effective & SM_CAP_SETGID || (!sm_new_id(b->gids, a->gids) && sm_same_groups(b, a));
}

/* `t`: whose credentials they are; it is the running thread, or one that it has just made. */
static __noinline int sm_privileges_changed(struct task_struct *t, struct sm_privileges *before,
					    struct sm_privileges *now, __u32 hook)
{
	struct sm_privilege_change_record *r;

	if (!before || !now)
		return 0;
	r = sm_reserve(SM_PRIVILEGE_CHANGE, sizeof(*r), false);
	if (!r)
		return 0;
	sm_header_begin(&r->hdr, SM_PRIVILEGE_CHANGE);
	r->hdr.start = BPF_CORE_READ(t, group_leader, start_boottime);
	r->hdr.exec_id = BPF_CORE_READ(t, self_exec_id);
	r->hdr.pid = BPF_CORE_READ(t, tgid);
	r->hdr.tid = BPF_CORE_READ(t, pid);
	__builtin_memcpy(&r->before, &before->c, sizeof(r->before));
	__builtin_memcpy(&r->after, &now->c, sizeof(r->after));
	r->previous_uid = before->c.uids[1];
	r->uid = now->c.uids[1];
	r->thread = r->hdr.tid == r->hdr.pid ? 0 : r->hdr.tid;
	r->hook = hook;
	r->drop = hook != SM_BY_NOTHING && sm_is_drop(&before->c, &now->c);
	r->reserved = 0;
	bpf_ringbuf_submit(r, 0);
	return 0;
}

/* What was noted of a thread; NULL: nothing. */
static __always_inline struct sm_privileges *sm_privileges_noted(__u64 id, struct task_struct *t)
{
	struct sm_privileges *known = bpf_map_lookup_elem(&sm_privileges, &id);

	return known && known->start == BPF_CORE_READ(t, start_boottime) ? known : NULL;
}

/*
 * match: setuid(uid_t uid) and its like; prctl(int option, …); execve(…), execveat(…); exit(int error_code)
 * What ends a thread changes nothing, and is the last look at it.
 */
SEC("tracepoint/syscalls/"
    "sys_enter_{setuid,setgid,setreuid,setregid,setresuid,setresgid,setfsuid,setfsgid,setgroups,capset,prctl,unshare,"
    "setns,execve,execveat,exit,exit_group}")
int SM_TRACE(sm_privilege_enter, struct sm_sys_enter *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_privileges *now, *known;

	if (!sm_is_running() || !sm_in_scope())
		return 0;
	if (ctx->nr == SM_NR_PRCTL && ctx->args[0] != SM_PR_CAPBSET_DROP && ctx->args[0] != SM_PR_SET_SECUREBITS &&
	    ctx->args[0] != SM_PR_CAP_AMBIENT)
		return 0;
	now = sm_privileges_of(t);
	if (!now)
		return 0;
	known = sm_privileges_noted(id, t);
	if (known && !sm_same_credentials(&known->c, &now->c))
		sm_privileges_changed(t, known, now, SM_BY_NOTHING);
	now->call = sm_privilege_call(ctx->nr);
	if (bpf_map_update_elem(&sm_privileges, &id, now, BPF_ANY))
		sm_lost_to_table(SM_PRIVILEGE_CHANGE);
	return 0;
}

/* match: setuid(uid_t uid) and its like; prctl(int option, …) */
SEC("tracepoint/syscalls/"
    "sys_exit_{setuid,setgid,setreuid,setregid,setresuid,setresgid,setfsuid,setfsgid,setgroups,capset,prctl,unshare,"
    "setns}")
int SM_TRACE(sm_privilege_exit, struct sm_sys_exit *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();
	__u32 call = sm_privilege_call(ctx->nr);
	struct sm_privileges *now, *known;

	if (!sm_is_running() || !sm_in_scope())
		return 0;
	known = sm_privileges_noted(id, t);
	if (!known || known->call != call)
		return 0;
	known->call = SM_NO_CALL;
	now = sm_privileges_of(t);
	if (!now || sm_same_credentials(&known->c, &now->c))
		return 0;
	sm_privileges_changed(t, known, now, call);
	bpf_map_update_elem(&sm_privileges, &id, now, BPF_ANY);
	return 0;
}

/*
 * match: void sched_process_exec(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)  fs/exec.c, new
 * credentials in force. An exec that did not begin at the hook above is one of a 32-bit program, whose calls before it
 * were not seen either: then there is nothing to compare with.
 */
SEC("tp_btf/sched_process_exec")
int SM_TYPED(sm_privilege_exec, struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)
{
	__u64 id = bpf_get_current_pid_tgid(), old = id >> 32 << 32 | (__u32)old_pid;
	struct task_struct *t = (void *)bpf_get_current_task();
	struct sm_privileges *now, *known;

	if (!sm_is_running() || !sm_in_scope())
		return 0;
	now = sm_privileges_of(t);
	if (!now)
		return 0;
	/* A thread that is not the leader takes the leader's place, with its number and the time of its start. */
	known = bpf_map_lookup_elem(&sm_privileges, &old);
	if (known && known->call == SM_BY_EXEC && !sm_same_credentials(&known->c, &now->c))
		sm_privileges_changed(t, known, now, SM_BY_EXEC);
	if (old != id)
		bpf_map_delete_elem(&sm_privileges, &old);
	bpf_map_update_elem(&sm_privileges, &id, now, BPF_ANY);
	return 0;
}

/*
 * match: void sched_process_fork(struct task_struct *parent, struct task_struct *child)  kernel/fork.c, where the child
 * has its credentials already. It is expected to have what its parent was known to have: should the parent have got
 * more by nothing that explains it, the first call of either tells.
 */
SEC("tp_btf/sched_process_fork")
int SM_TYPED(sm_privilege_fork, struct task_struct *parent, struct task_struct *child)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid(), made = (__u64)child->tgid << 32 | (__u32)child->pid;
	struct sm_privileges *now, *known;

	if (!sm_is_running() || parent->flags & SM_PF_KTHREAD || !sm_in_scope())
		return 0;
	now = sm_privileges_of(child);
	if (!now)
		return 0;
	known = sm_privileges_noted(id, t);
	if (known && parent->cred->user_ns == child->cred->user_ns)
		__builtin_memcpy(&now->c, &known->c, sizeof(now->c));
	else if (known && !sm_same_credentials(&known->c, &now->c))
		sm_privileges_changed(child, known, now, SM_BY_CLONE);
	bpf_map_update_elem(&sm_privileges, &made, now, BPF_ANY);
	return 0;
}

/* match: void sched_process_exit(struct task_struct *p, …)  kernel/exit.c */
SEC("tp_btf/sched_process_exit")
int SM_TYPED(sm_privilege_thread_exit, struct task_struct *p)
{
	__u64 id = (__u64)p->tgid << 32 | (__u32)p->pid;

	bpf_map_delete_elem(&sm_privileges, &id);
	return 0;
}
