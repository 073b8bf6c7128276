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

/* Counts a record that is about to be made. Every path after this one ends on the ring or in sm_dropped(). */
static __always_inline struct sm_counters *sm_produced(__u32 type)
{
	struct sm_counters *c = sm_count_of(type);

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
	struct sm_counters *c = sm_produced(type);

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
