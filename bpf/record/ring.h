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

/* Counts a record that is lost before it could be begun: the table that its call would be noted in has no room. */
static __always_inline void sm_lost_to_table(__u32 type)
{
	struct sm_counters *c = sm_produced(type, false);

	if (c)
		sm_dropped(c, SM_DROP_TABLE);
}

/*
 * Asks for room before anything is read: to drop a record here costs a fiftieth of what it costs when it is complete.
 * The last eighth of the ring is kept for life-cycle records: without them every later event loses its process.
 */
static __always_inline bool sm_has_room(struct sm_counters *c, __u32 size, bool lifecycle)
{
	__u64 used = bpf_ringbuf_query(&sm_ring, BPF_RB_AVAIL_DATA) + size + 8;

	if (used > sm_ring_bytes) {
		sm_dropped(c, SM_DROP_RING);
		return false;
	}
	if (!lifecycle && used > sm_ring_bytes - sm_ring_bytes / 8) {
		sm_dropped(c, SM_DROP_RESERVE);
		return false;
	}
	return true;
}

#endif
