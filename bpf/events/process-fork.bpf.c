/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Processes made by fork, vfork, clone or posix_spawn. No event of Sysmon, but how the ancestors of every process are
 * known.
 */

/*
 * match: void sched_process_fork(struct task_struct *parent, struct task_struct *child)  kernel/fork.c, before the
 * child first runs
 */
SEC("tp_btf/sched_process_fork")
int SM_TYPED(sm_process_fork, struct task_struct *parent, struct task_struct *child)
{
	struct sm_fork_record *r;

	if (child->pid != child->tgid) /* a thread */
		return 0;
	if (!sm_child_in_scope(child))
		return 0;
	r = sm_reserve(SM_FORK, sizeof(*r), true);
	if (!r)
		return 0;
	sm_header(&r->hdr, SM_FORK, child);
	sm_fill_task(child, &r->task);
	bpf_ringbuf_submit(r, 0);
	return 0;
}
