/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Who gets the room that is left on the ring. Up to half of it belongs to whoever comes. Of the rest nobody has more
 * than he leaves to others: who floods loses his own records and nobody else's.
 *
 * What is counted is bytes since the ring was last filled half anew, by process, and by control group: many processes
 * that make few records each are a flood as well. A process may have as many as are still free, a control group twice
 * as many. So one process that floods leaves half of that room, a third of it to the others in its group. The life of
 * processes is counted by control group alone, and for itself: whose files flood does not lose his children, and whose
 * children flood does not lose their parents' connections.
 */
#ifndef SM_RECORD_SHARE_H
#define SM_RECORD_SHARE_H

#define SM_SHARERS 4096
#define SM_GROUP_PARTS 2 /* of what is free */

struct sm_share {
	__u64 window; /* when it was counted: which half of the ring was written */
	__u64 bytes;
};

/* By id of the process, and by those of sm_group_key(). Nothing is in it as long as the ring is less than half full. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_SHARERS);
	__type(key, __u64);
	__type(value, struct sm_share);
} sm_shares SEC(".maps");

/* Pids have 22 bits; ids of control groups begin at 1, too, and never come near 2^62. */
static __always_inline __u64 sm_group_key(__u64 group, bool lifecycle)
{
	return group | (lifecycle ? 3ull << 62 : 1ull << 63);
}

/* Counts so many bytes to somebody, unless he has too many then. */
static __always_inline bool sm_take_share(__u64 who, __u32 size, __u64 most, __u64 window)
{
	struct sm_share *share = bpf_map_lookup_elem(&sm_shares, &who);

	if (!share) {
		struct sm_share first = {.window = window, .bytes = size};

		if (size > most)
			return false;
		bpf_map_update_elem(&sm_shares, &who, &first, BPF_ANY);
		return true;
	}
	if (share->window != window) {
		share->window = window;
		share->bytes = 0;
	}
	if (share->bytes + size > most)
		return false;
	__sync_fetch_and_add(&share->bytes, size);
	return true;
}

static __always_inline __u64 sm_used(__u32 size)
{
	return bpf_ringbuf_query(&sm_ring, BPF_RB_AVAIL_DATA) + size + 8;
}

static __always_inline bool sm_is_filling(__u64 used)
{
	return used > sm_ring_bytes / 2;
}

/* Where those who are no life-cycle records end: behind it is the reserve of these. */
static __always_inline __u64 sm_reserve_at(void)
{
	return sm_ring_bytes - sm_ring_bytes / 8;
}

static __always_inline __u64 sm_window(void)
{
	return bpf_ringbuf_query(&sm_ring, BPF_RB_PROD_POS) / (sm_ring_bytes / 2);
}

/*
 * Whether a process has a share for this record: of somebody who is not the running one, so that his control group is
 * not known. 0: of nobody that is known, which counts as one process. Functions of their own, with stacks of their
 * own: they are only called while the ring is filling.
 */
__noinline int sm_has_share(__u32 pid, __u32 size, __u64 used)
{
	return sm_take_share(pid, size, sm_reserve_at() - used, sm_window());
}

/* The same for the running process. */
__noinline int sm_current_has_share(__u32 size, __u64 used, __u32 lifecycle)
{
	__u64 group = sm_group_key(bpf_get_current_cgroup_id(), lifecycle), window = sm_window(), most;

	if (used <= sm_reserve_at())
		most = SM_GROUP_PARTS * (sm_reserve_at() - used);
	else
		most = sm_ring_bytes - used; /* on the reserve, where only life-cycle records come */
	if (!lifecycle && !sm_take_share(bpf_get_current_pid_tgid() >> 32, size, sm_reserve_at() - used, window))
		return false;
	return sm_take_share(group, size, most, window);
}

/* What a record turned out to be longer than was thought when it was begun. */
__noinline int sm_count_rest(__u32 size, __u32 lifecycle)
{
	__u64 group = sm_group_key(bpf_get_current_cgroup_id(), lifecycle), window = sm_window();

	if (!lifecycle)
		sm_take_share(bpf_get_current_pid_tgid() >> 32, size, ~0ull, window);
	return sm_take_share(group, size, ~0ull, window);
}

/* Nothing keeps a record off the ring: no enum sm_drop. */
#define SM_FITS SM_DROP_REASONS

/* The same whoever it is of. */
static __always_inline __u32 sm_no_room(__u64 used, bool lifecycle)
{
	if (used > sm_ring_bytes)
		return SM_DROP_RING;
	return !lifecycle && used > sm_reserve_at() ? SM_DROP_RESERVE : SM_FITS;
}

/*
 * What keeps a record of the running process off the ring. Asked before anything is read: to drop a record then costs
 * a fiftieth of what it costs when it is complete. The last eighth of the ring is kept for life-cycle records: without
 * them every later event loses its process.
 */
static __always_inline __u32 sm_obstacle(__u32 size, bool lifecycle)
{
	__u64 used = sm_used(size);
	__u32 reason = SM_FITS;

	if (!sm_is_filling(used))
		return SM_FITS;
	reason = sm_no_room(used, lifecycle);
	if (reason == SM_FITS && !sm_current_has_share(size, used, lifecycle))
		return SM_DROP_SHARE;
	return reason;
}

/* What keeps a record of another process off it, which is none of the life of a process. */
static __always_inline __u32 sm_obstacle_of(__u32 pid, __u32 size)
{
	__u64 used = sm_used(size);
	__u32 reason = SM_FITS;

	if (!sm_is_filling(used))
		return SM_FITS;
	reason = sm_no_room(used, false);
	if (reason == SM_FITS && !sm_has_share(pid, size, used))
		return SM_DROP_SHARE;
	return reason;
}

#endif
