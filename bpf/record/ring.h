/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The ring that records travel on, and the counters of those that were handed over and those that were dropped. */
#ifndef SM_RECORD_RING_H
#define SM_RECORD_RING_H

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20);
} sm_ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SM_TYPES);
	__type(key, __u32);
	__type(value, struct sm_counters);
} sm_counts SEC(".maps");

static __always_inline struct sm_counters *sm_count_of(__u32 type)
{
	return bpf_map_lookup_elem(&sm_counts, &type);
}

/*
 * Written by user space while the programs run. It takes seconds to attach them all, and to take them off: what they
 * see before the processes are known, or after some of the programs are gone, would be of processes that nobody knows.
 */
volatile __u32 sm_phase;

/* Process id of the sensor, which reads the iterator over the processes; 0: it has not yet. */
volatile __u32 sm_sensor;

static __always_inline bool sm_is_running(void)
{
	return sm_phase == SM_RUNNING;
}

static __always_inline bool sm_is_stopped(void)
{
	return sm_phase == SM_STOPPED;
}

/*
 * Counts a record that is about to be made; NULL: none is to be made now. Every path after this one ends on the ring or
 * in sm_dropped(). `lifecycle`: it tells of the life of a process.
 */
static __always_inline struct sm_counters *sm_produced(__u32 type, bool lifecycle)
{
	struct sm_counters *c;

	if (lifecycle ? sm_is_stopped() : !sm_is_running())
		return NULL;
	c = sm_count_of(type);
	if (c)
		__sync_fetch_and_add(&c->produced, 1);
	return c;
}

static __always_inline void sm_dropped(struct sm_counters *c, enum sm_drop reason)
{
	__sync_fetch_and_add(&c->dropped[reason], 1);
}

#define SM_LOSSES 1024

/*
 * Whose records were dropped, until user space takes the counts. Those counted least recently make room for others: who
 * makes most of the records stays.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_LOSSES);
	__type(key, struct sm_loss);
	__type(value, __u64);
} sm_losses SEC(".maps");

/* A function of its own, with a stack of its own: it is only called where a record is lost. */
__noinline int sm_count_loss(__u64 start, __u32 pid, __u32 type, __u32 reason)
{
	struct sm_loss key = {.start = start, .pid = pid, .type = type, .reason = reason};
	__u64 *count = bpf_map_lookup_elem(&sm_losses, &key), one = 1;

	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&sm_losses, &key, &one, BPF_NOEXIST);
	return 0;
}

/* The same for the running process. */
__noinline int sm_count_own_loss(__u32 type, __u32 reason)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	return sm_count_loss(BPF_CORE_READ(t, group_leader, start_boottime), BPF_CORE_READ(t, tgid), type, reason);
}

/* Counts a record that is lost before it could be begun, to a table without room, where the running process has nothing
 * to do with it. */
static __always_inline void sm_lost_of_nobody(__u32 type)
{
	struct sm_counters *c = sm_produced(type, false);

	if (c)
		sm_dropped(c, SM_DROP_TABLE);
}

#endif
