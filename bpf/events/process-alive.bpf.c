/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The processes that are there: at start, and again after life-cycle records were lost. */

SEC("iter/task")
int sm_process_alive(struct bpf_iter__task *ctx)
{
	struct task_struct *t = ctx->task;
	__u32 off = sizeof(struct sm_exec_record), slot = sm_cpus;
	struct sm_exec_record *r;
	struct sm_scratch *s;

	/* One record for each process, from its leader. One whose leader has exited goes on with threads that do know its memory. */
	if (!t)
		return 0;
	if (t->pid != t->tgid ? !t->mm || t->group_leader->mm : !t->mm && !(t->flags & SM_PF_KTHREAD) && t->signal->live.counter > 0)
		return 0;
	s = sm_scratch_at(slot); /* its own slot: only one thread reads the iterator */
	if (!s)
		return 0;
	r = (struct sm_exec_record *)s->data;
	sm_header(&r->hdr, SM_ALIVE, t);
	sm_fill_exec(r, t, s, &off, slot);
	off = (off + 7) & ~7u;
	r->hdr.size = off;
	bpf_seq_write(ctx->meta->seq, s->data, sm_size(off));
	return 0;
}
