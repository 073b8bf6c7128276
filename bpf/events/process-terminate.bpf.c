/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ProcessTerminate: the last thread of a process exited. */

#define SM_SIGNAL_GROUP_EXIT 0x00000004

static __always_inline int sm_exit(struct task_struct *p)
{
	struct signal_struct *sig = p->signal;
	struct sm_exit_record *r;

	if (!sm_life_in_scope(p))
		return 0;
	sm_leave_scope(p); /* with a record on the ring in hand 5.10 refuses to look anything up */
	r = sm_reserve(SM_EXIT, sizeof(*r), true);
	if (!r)
		return 0;
	sm_header(&r->hdr, SM_EXIT, p);
	r->uid = p->cred->uid.val;
	/*
	 * As wait(2) will report it: the code of the group if it was ended as a whole (exit_group, a signal), else that
	 * of the leader.
	 */
	r->exit_code = sig->flags & SM_SIGNAL_GROUP_EXIT ? sig->group_exit_code : p->group_leader->exit_code;
	r->ppid = p->real_parent->tgid;
	r->task_flags = p->flags;
	bpf_core_read(&r->comm, sizeof(r->comm), &p->comm);
	bpf_ringbuf_submit(r, 0);
	return 0;
}

/* match: void sched_process_exit(struct task_struct *p, bool group_dead)  kernel/exit.c, since 6.15 */
SEC("tp_btf/sched_process_exit")
int SM_TYPED(sm_process_terminate, struct task_struct *p, bool group_dead)
{
	return group_dead ? sm_exit(p) : 0;
}

/*
 * match: void sched_process_exit(struct task_struct *p)  kernel/exit.c, up to 6.14
 * Two threads that exit at once can both find that none is left: user space takes the first record and drops the
 * second.
 */
SEC("tp_btf/sched_process_exit")
int SM_TYPED(sm_process_terminate_live, struct task_struct *p)
{
	return p->signal->live.counter == 0 ? sm_exit(p) : 0;
}
