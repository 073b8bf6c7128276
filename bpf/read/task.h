/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * What a task is. Fields are read by plain loads, which cost a tenth of a helper call. If a pointer is bad, the kernel
 * catches the fault and the load gives zero. 5.10 has a bug there: in a program with functions it may not find its
 * exception table, and the fault stops the machine. So whatever can be NULL is checked first, and nothing here may rely
 * on that zero.
 */
#ifndef SM_READ_TASK_H
#define SM_READ_TASK_H

#define SM_PF_KTHREAD 0x00200000
#define SM_UNSET 0xffffffff

/*
 * Names the process of a task. By helper calls and not by plain loads: older kernels give no typed pointer to the
 * current task that could be followed directly.
 */
static __always_inline void sm_name_process(struct task_struct *t, struct sm_process *out)
{
	out->start = BPF_CORE_READ(t, group_leader, start_boottime);
	out->exec_id = BPF_CORE_READ(t, self_exec_id);
	out->pid = BPF_CORE_READ(t, tgid);
	out->tid = BPF_CORE_READ(t, pid);
}

static __always_inline __u32 sm_pid_nr(struct signal_struct *sig, enum pid_type type)
{
	return BPF_CORE_READ(sig, pids[type], numbers[0].nr);
}

static __always_inline void sm_fill_pid_namespace(struct task_struct *t, struct sm_task *out)
{
	struct pid *pid = t->group_leader->thread_pid;
	unsigned int level = pid ? pid->level : 0;
	struct upid upid = {};

	out->ns_pid = 0;
	out->ns[1] = 0;
	if (!pid) /* reaped meanwhile */
		return;

	/* The innermost entry of the array is the process's own namespace. */
	bpf_core_read(&upid, sizeof(upid), &pid->numbers[level & 31]);
	out->ns_pid = upid.nr;
	out->ns[1] = BPF_CORE_READ(upid.ns, ns.inum);
}

static __always_inline void sm_fill_credentials(const struct cred *cred, struct sm_task *out)
{
	out->uid = cred->uid.val;
	out->gid = cred->gid.val;
	out->euid = cred->euid.val;
	out->egid = cred->egid.val;
	out->suid = cred->suid.val;
	out->sgid = cred->sgid.val;
	out->ns[6] = cred->user_ns->ns.inum;
	bpf_core_read(&out->cap_permitted, 8, &cred->cap_permitted);
	bpf_core_read(&out->cap_effective, 8, &cred->cap_effective);
}

/* The group in the hierarchy of a controller; 0: it has none of its own, or the process is in its root. */
static __always_inline __u64 sm_v1_cgroup(struct css_set *groups, int controller)
{
	struct cgroup_subsys_state *state = NULL;
	struct cgroup *group;

	bpf_core_read(&state, sizeof(state), &groups->subsys[controller & 31]);
	group = state ? BPF_CORE_READ(state, cgroup) : NULL;
	if (!group || BPF_CORE_READ(group, root) == BPF_CORE_READ(groups, dfl_cgrp, root) ||
	    BPF_CORE_READ(group, level) == 0)
		return 0;
	return BPF_CORE_READ(group, kn, id);
}

/* Container runtimes make their groups in the hierarchies of all controllers alike: the first that says something. */
static __always_inline void sm_fill_v1_cgroup(struct task_struct *t, struct sm_task *out)
{
	struct css_set *groups = t->cgroups;

	out->v1_cgroup_id = 0;
	out->v1_controller = out->reserved = 0;
	if (!sm_v1_cgroups)
		return;
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id)) {
		out->v1_cgroup_id = sm_v1_cgroup(groups, bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id));
		out->v1_controller = 1;
	}
	if (!out->v1_cgroup_id && bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id)) {
		out->v1_cgroup_id = sm_v1_cgroup(groups, bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id));
		out->v1_controller = 2;
	}
	if (!out->v1_cgroup_id && bpf_core_enum_value_exists(enum cgroup_subsys_id, cpuset_cgrp_id)) {
		out->v1_cgroup_id = sm_v1_cgroup(groups, bpf_core_enum_value(enum cgroup_subsys_id, cpuset_cgrp_id));
		out->v1_controller = 3;
	}
	if (!out->v1_cgroup_id)
		out->v1_controller = 0;
}

static __always_inline void sm_fill_task(struct task_struct *task, struct sm_task *out)
{
	struct task_struct *t = sm_untrusted(task, task_struct);
	struct task_struct *parent = t->real_parent;
	struct signal_struct *sig = t->signal;
	struct nsproxy *ns = t->nsproxy;
	struct tty_struct *tty = sig->tty;

	out->parent_start = parent->group_leader->start_boottime;
	out->parent_exec_id = parent->self_exec_id;
	out->ppid = parent->tgid;
	sm_fill_credentials(t->cred, out);
	out->cgroup_id = t->cgroups->dfl_cgrp->kn->id;
	out->end_code = t->mm ? t->mm->end_code : 0;
	out->login_uid = SM_UNSET;
	out->audit_session = SM_UNSET;
	if (bpf_core_field_exists(t->loginuid)) { /* CONFIG_AUDIT */
		out->login_uid = t->loginuid.val;
		out->audit_session = t->sessionid;
	}
	out->sid = sm_pid_nr(sig, PIDTYPE_SID);
	out->pgid = sm_pid_nr(sig, PIDTYPE_PGID);
	out->task_flags = t->flags;
	out->ns[0] = out->ns[2] = out->ns[3] = out->ns[4] = out->ns[5] = out->ns[7] = 0;
	if (ns) { /* a process that waits to be reaped has none */
		out->ns[0] = ns->mnt_ns->ns.inum;
		out->ns[2] = ns->net_ns->ns.inum;
		out->ns[3] = ns->uts_ns->ns.inum;
		out->ns[4] = ns->ipc_ns->ns.inum;
		out->ns[5] = ns->cgroup_ns->ns.inum;
		if (bpf_core_type_exists(struct time_namespace))
			out->ns[7] = ns->time_ns->ns.inum;
	}
	sm_fill_pid_namespace(t, out);
	out->tty_index = 0;
	__builtin_memset(out->tty, 0, sizeof(out->tty));
	if (tty) {
		out->tty_index = tty->index;
		bpf_core_read(&out->tty, sizeof(out->tty), &tty->name);
	}
	bpf_core_read(&out->comm, sizeof(out->comm), &t->comm);
	sm_fill_v1_cgroup(t, out);
}

#endif
