/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The processes that are there: at start, and again after life-cycle records were lost. */

/* match: int bpf_iter_task(struct bpf_iter_meta *meta, struct task_struct *task)  kernel/bpf/task_iter.c */
SEC("iter/task")
int sm_process_alive(struct bpf_iter__task *ctx)
{
	struct task_struct *t = ctx->task;
	struct sm_draft d = {.slot = sm_cpus, .off = sizeof(struct sm_exec_record)};
	struct sm_exec_record *r;

	/*
	 * One record for each process, from its leader; if the leader has exited and others go on, from threads that
	 * still have the memory.
	 */
	sm_sensor = bpf_get_current_pid_tgid() >> 32;
	if (!t)
		return 0;
	sm_self = bpf_get_current_pid_tgid() >> 32;
	if (t->pid != t->tgid ? !t->mm || t->group_leader->mm
			      : !t->mm && !(t->flags & SM_PF_KTHREAD) && t->signal->live.counter > 0)
		return 0;
	d.scratch = sm_scratch_at(d.slot); /* its own slot: only one thread reads the iterator */
	if (!d.scratch)
		return 0;
	r = (struct sm_exec_record *)d.scratch->data;
	sm_header(&r->hdr, SM_ALIVE, t);
	sm_fill_exec(&d, r, t);
	bpf_seq_write(ctx->meta->seq, d.scratch->data, sm_size(sm_record_size(&d)));
	return 0;
}
