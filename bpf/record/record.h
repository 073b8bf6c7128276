/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* How a record begins and ends. */
#ifndef SM_RECORD_RECORD_H
#define SM_RECORD_RECORD_H

/* The header, for the process that the task belongs to. */
static __always_inline void sm_header(struct sm_header *h, __u16 type, struct task_struct *t)
{
	h->type = type;
	h->flags = 0;
	h->time = bpf_ktime_get_boot_ns();
	h->start = t->group_leader->start_boottime;
	h->exec_id = t->self_exec_id;
	h->pid = t->tgid;
	h->tid = t->pid;
}

static __always_inline void sm_header_of_current(struct sm_header *h, __u16 type)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();

	h->type = type;
	h->flags = 0;
	h->time = bpf_ktime_get_boot_ns();
	h->start = BPF_CORE_READ(t, group_leader, start_boottime);
	h->exec_id = BPF_CORE_READ(t, self_exec_id);
	h->pid = id >> 32;
	h->tid = (__u32)id;
}

/* Ends a record that has been put together in the scratch. */
static __always_inline void sm_output(struct sm_counters *c, struct sm_scratch *s, struct sm_header *h, __u32 off)
{
	off = (off + 7) & ~7u;
	h->size = off;
	if (bpf_ringbuf_output(&sm_ring, s->data, sm_size(off), 0))
		sm_dropped(c, SM_DROP_RING);
	s->busy = 0;
}

#endif
