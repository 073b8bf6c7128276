/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * How a record begins and ends. One of fixed size is written on the ring itself: sm_reserve(), fill,
 * bpf_ringbuf_submit(). One with texts is put together in the scratch: sm_record_begin(), fill, append,
 * sm_record_end().
 */
#ifndef SM_RECORD_RECORD_H
#define SM_RECORD_RECORD_H

static __always_inline void sm_header_begin(struct sm_header *h, __u16 type)
{
	h->type = type;
	h->flags = 0;
	h->time = bpf_ktime_get_boot_ns();
}

/* The process of a record, which was named before. */
static __always_inline void sm_header_process(struct sm_header *h, const struct sm_process *p)
{
	h->start = p->start;
	h->exec_id = p->exec_id;
	h->pid = p->pid;
	h->tid = p->tid;
}

/* The header, for the process that the task belongs to. */
static __always_inline void sm_header(struct sm_header *h, __u16 type, struct task_struct *t)
{
	sm_header_begin(h, type);
	t = sm_untrusted(t, task_struct);
	h->start = t->group_leader->start_boottime;
	h->exec_id = t->self_exec_id;
	h->pid = t->tgid;
	h->tid = t->pid;
}

/* When the running process began. Only newer kernels, since 5.11, give a typed pointer to the task. */
static __always_inline __u64 sm_start_of_current(void)
{
	if (sm_threads_keep_calls)
		return sm_untrusted(bpf_get_current_task_btf(), task_struct)->group_leader->start_boottime;
	return BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), group_leader, start_boottime);
}

/* The same for the running task, in programs that may not follow its pointer themselves. */
static __always_inline void sm_header_of_current(struct sm_header *h, __u16 type)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();

	sm_header_begin(h, type);
	h->start = sm_start_of_current();
	h->exec_id = BPF_CORE_READ(t, self_exec_id);
	h->pid = id >> 32;
	h->tid = (__u32)id;
}

/*
 * Room on the ring for a record that has been counted, for which there is an obstacle or none (SM_FITS). NULL: it is
 * not to be had, for this reason, which is not counted yet.
 */
static __always_inline void *sm_reserve_counted(__u32 size, __u32 *obstacle)
{
	if (*obstacle != SM_FITS)
		return NULL;
	*obstacle = SM_DROP_RING;
	return bpf_ringbuf_reserve(&sm_ring, size, 0);
}

/*
 * Counts a record of fixed size and gives room for it on the ring. Every other byte of it is the caller's to set.
 * `maker`: whose record it is, who was in the scope when he was noted; NULL: of the running process. Who makes a record
 * of the life of a process has asked for its scope himself.
 */
static __always_inline void *sm_reserve_for(const struct sm_process *maker, __u32 type, __u32 size, bool lifecycle)
{
	struct sm_counters *c;
	struct sm_header *h;
	__u32 reason;

	if (!maker && !lifecycle && !sm_in_scope())
		return NULL;
	/* Of a connection more is known: sm_emit_network() has asked. */
	if (!lifecycle && sm_pushdown && type != SM_NETWORK &&
	    (maker ? sm_process_is_filtered(maker, type) : sm_current_is_filtered(type)))
		return NULL;
	c = sm_produced(type, lifecycle);
	if (!c)
		return NULL;
	reason = maker ? sm_obstacle_of(maker->pid, size) : sm_obstacle(size, lifecycle);
	h = sm_reserve_counted(size, &reason);
	if (h) {
		h->size = size;
		return h;
	}
	sm_dropped(c, reason);
	if (maker)
		sm_count_loss(maker->start, maker->pid, type, reason);
	else
		sm_count_own_loss(type, reason);
	return NULL;
}

static __always_inline void *sm_reserve(__u32 type, __u32 size, bool lifecycle)
{
	return sm_reserve_for(NULL, type, size, lifecycle);
}

/*
 * Counts a record that is lost before it could be begun, as one of the running process: the table that its call would
 * be noted in has no room, or none for its user.
 */
static __always_inline void sm_lost_to_table(__u32 type)
{
	struct sm_counters *c = sm_in_scope() ? sm_produced(type, false) : NULL;

	if (!c)
		return;
	sm_dropped(c, SM_DROP_TABLE);
	sm_count_own_loss(type, SM_DROP_TABLE);
}

/* A record that is being put together in the scratch. */
struct sm_draft {
	struct sm_counters *counters;
	struct sm_scratch *scratch;
	__u32 slot;  /* of the scratch */
	__u32 off;   /* where the next text goes */
	__u32 asked; /* how long it was thought to become at least */
	__u32 lifecycle;
};

/*
 * Counts a record and begins it in the scratch of this CPU; `room`: what its texts may need at least. NULL: it is
 * dropped.
 */
static __always_inline void *sm_record_begin(struct sm_draft *d, __u32 type, __u32 fixed, __u32 room, bool lifecycle)
{
	__u32 reason;

	if (!lifecycle && (!sm_in_scope() || (sm_pushdown && sm_current_is_filtered(type))))
		return NULL;
	d->slot = bpf_get_smp_processor_id();
	d->counters = sm_produced(type, lifecycle);
	if (!d->counters)
		return NULL;
	reason = sm_obstacle(fixed + room, lifecycle);
	if (reason == SM_FITS) {
		d->scratch = sm_scratch_take(d->slot);
		if (d->scratch) {
			d->off = fixed;
			d->asked = fixed + room;
			d->lifecycle = lifecycle;
			return d->scratch->data;
		}
		reason = SM_DROP_SCRATCH;
	}
	sm_dropped(d->counters, reason);
	sm_count_own_loss(type, reason);
	return NULL;
}

/*
 * The same for what the running task has done: with its header, and with zeros behind that. The scratch still holds an
 * older record, of which nothing must get into this one.
 */
static __always_inline void *sm_record_of_current(struct sm_draft *d, __u32 type, __u32 fixed, __u32 room)
{
	struct sm_header *h = sm_record_begin(d, type, fixed, room, false);

	if (!h)
		return NULL;
	sm_header_of_current(h, type);
	__builtin_memset(h + 1, 0, fixed - sizeof(*h));
	return h;
}

/*
 * Takes the scratch for what is not known to be a record yet, and counts nothing: it is copied elsewhere, and begun as
 * a record when it is known. False: none is to be made now, or it is lost, as one of this type.
 */
static __always_inline bool sm_draft_take(struct sm_draft *d, __u32 type)
{
	d->slot = bpf_get_smp_processor_id();
	if (!sm_is_running())
		return false;
	d->scratch = sm_scratch_take(d->slot);
	if (!d->scratch)
		sm_lost_to_table(type);
	return d->scratch;
}

static __always_inline void sm_draft_leave(struct sm_draft *d)
{
	d->scratch->busy = 0;
}

/* The size of the whole record, which is known when its last text has been appended. */
static __always_inline __u32 sm_record_size(struct sm_draft *d)
{
	__u32 size = (d->off + 7) & ~7u;

	((struct sm_header *)d->scratch->data)->size = size;
	return size;
}

static __always_inline void sm_record_end(struct sm_draft *d)
{
	__u32 size = sm_record_size(d);

	if (!d->lifecycle && sm_pushdown && sm_is_filtered_by_path(d->slot)) {
		__sync_fetch_and_add(&d->counters->produced, -1);
		__sync_fetch_and_add(&d->counters->filtered, 1);
		d->scratch->busy = 0;
		return;
	}
	if (size > d->asked && sm_is_filling(sm_used(size)))
		sm_count_rest(size - d->asked, d->lifecycle);
	if (bpf_ringbuf_output(&sm_ring, d->scratch->data, sm_size(size), 0)) {
		sm_dropped(d->counters, SM_DROP_RING);
		sm_count_own_loss(((struct sm_header *)d->scratch->data)->type, SM_DROP_RING);
	}
	d->scratch->busy = 0;
}

#endif
