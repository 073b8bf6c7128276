/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ProcessCreate: a program was executed. */

/* A #! script: the name that was passed to exec differs from the interpreter that runs it. */
static __always_inline void sm_append_script(struct sm_draft *d, struct linux_binprm *bprm, struct sm_exec_record *r)
{
	const char *filename = bprm->filename;
	__u32 at = d->off;
	long n;

	if (filename == bprm->interp)
		return;
	n = bpf_probe_read_kernel_str(sm_at(d->scratch, at), SM_PATH_MAX, filename);
	if (n <= 1)
		return;
	if (n == SM_PATH_MAX)
		r->marks |= SM_EXEC_CUT_SCRIPT;
	r->script.off = at;
	r->script.len = n - 1;
	d->off = at + n;
}

/*
 * match: void sched_process_exec(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)  fs/exec.c, new
 * memory and credentials in force
 */
SEC("tp_btf/sched_process_exec")
int SM_TYPED(sm_process_create, struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)
{
	struct sm_exec_record *r;
	struct sm_draft d;

	if (!sm_life_in_scope(p))
		return 0;
	r = sm_record_begin(&d, SM_EXEC, sizeof(*r), 0, true);
	if (!r)
		return 0;
	sm_header(&r->hdr, SM_EXEC, p);
	sm_fill_exec(&d, r, p);
	r->old_tid = old_pid;
	if (BPF_CORE_READ_BITFIELD(bprm, secureexec))
		r->marks |= SM_EXEC_SECURE;
	sm_append_script(&d, bprm, r);
	sm_append_env(&d, p->mm, r);
	sm_append_argv(&d, p->mm, r);
	sm_record_end(&d);
	return 0;
}

/*
 * Attached to nothing: the worker runs it with the descriptor of a directory of cgroup2, which is to be the scope.
 * Returns how far it is from the root, plus 1; 0: it is no control group.
 */
SEC("raw_tp")
int sm_scope_cgroup_is(__u64 *ctx)
{
	struct kernfs_node *node = BPF_CORE_READ(sm_file_of(ctx[0]), f_inode, i_private);
	struct cgroup *group = BPF_CORE_READ(node, priv);

	if (!group || BPF_CORE_READ(group, kn) != node)
		return 0;
	sm_scope_cgroup = BPF_CORE_READ(node, id);
	sm_scope_level = BPF_CORE_READ(group, level);
	return sm_scope_level + 1;
}

/*
 * Attached to nothing: a thread runs it (BPF_PROG_TEST_RUN) before (1) and after (0) it makes processes that are to be
 * of the tree. It is known by being the one that runs this, in whatever pid namespace it is.
 */
SEC("raw_tp")
int sm_scope_spawns(__u64 *ctx)
{
	sm_spawner = ctx[0] ? (__u32)bpf_get_current_pid_tgid() : 0;
	return 1;
}

/*
 * Attached to nothing: the worker runs it (BPF_PROG_TEST_RUN) with two of its own descriptors, of a file and of a
 * process, to learn whether it is that file (SM_SAME_INODE), and whether the process still is in the same execution and
 * runs it (SM_STILL_RUNS). As long as it does, nobody can have written to the file.
 */
SEC("raw_tp")
int sm_runs(__u64 *ctx)
{
	struct inode *inode = BPF_CORE_READ(sm_file_of(ctx[0]), f_inode);
	__u64 ino = ctx[2], dev = ctx[3], start = ctx[4], exec_id = ctx[5];
	struct task_struct *t = NULL;
	__u32 result = 0;

	if ((__s32)ctx[1] >= 0)
		t = sm_task_of_pidfd(sm_file_of(ctx[1]));
	if (inode && BPF_CORE_READ(inode, i_ino) == ino && BPF_CORE_READ(inode, i_sb, s_dev) == dev)
		result |= SM_SAME_INODE;
	if (t && BPF_CORE_READ(t, group_leader, start_boottime) == start && BPF_CORE_READ(t, self_exec_id) == exec_id &&
	    BPF_CORE_READ(t, mm, exe_file, f_inode) == inode && BPF_CORE_READ(inode, i_writecount.counter) < 0)
		result |= SM_STILL_RUNS;
	return result;
}
