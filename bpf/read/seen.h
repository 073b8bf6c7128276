/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Which of the inodes that a call has changed is the one that it was about. */
#ifndef SM_READ_SEEN_H
#define SM_READ_SEEN_H

/* 1 if they differ. Without a branch, of which the verifier would follow both sides in every round of a loop. */
static __always_inline __u64 sm_differ(__u64 a, __u64 b)
{
	__u64 x = a ^ b, minus = -x;

	sm_hide(minus); /* or the compiler sees that this is a comparison, and makes the branch */
	x = (x | minus) >> 63;
	sm_hide(x);
	return x;
}

static __always_inline __u64 sm_is_seen(struct sm_call_state *c, __u64 inode)
{
	__u64 same = 0;
	__u32 i;

#pragma unroll
	for (i = 0; i < SM_SEEN; i++)
		same |= sm_differ(c->seen[i].inode, inode) ^ 1;
	return same & sm_differ(inode, 0);
}

static __always_inline __u64 sm_is_parent(struct sm_call_state *c, __u64 inode)
{
	__u64 same = 0;
	__u32 i;

#pragma unroll
	for (i = 0; i < SM_SEEN; i++)
		same |= sm_differ(c->seen[i].parent_inode, inode) ^ 1;
	return same;
}

/* The inodes seen in which others that were seen lie: a bit for each index. */
__noinline int sm_parents_of_call(__u64 id)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	__u64 parents = 0;
	__u32 i;

	if (!c)
		return 0;
	for (i = 0; i < SM_SEEN; i++)
		parents |= (sm_differ(c->seen[i].inode, 0) & sm_is_parent(c, c->seen[i].inode)) << i;
	return parents;
}

/*
 * The index of the last inode seen that lay in a directory seen and is no such directory
 * itself; -1 if there is none. Bits of `except` are indexes that are not looked at. Stacked file systems come last, after the
 * layers below them.
 */
__noinline int sm_child_of_call(__u64 id, __u32 except)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	__u64 found = -1;
	__u32 i, last;

	if (!c)
		return -1;
	last = c->seen_count;
	for (i = 0; i < SM_SEEN; i++) {
		__u64 index = (last + i) & (SM_SEEN - 1); /* the oldest first */
		struct sm_seen *e = &c->seen[index];
		__u64 is = sm_differ(e->inode, 0) & sm_is_seen(c, e->parent_inode) & (sm_is_parent(c, e->inode) ^ 1) & ~(except >> index);

		found = is * index + (is ^ 1) * found;
	}
	return found;
}

/* What a rename replaced: the last inode seen whose name, in a directory seen, is gone; -1 if there is none. */
__noinline int sm_replaced_by_call(__u64 id)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	__u64 found = -1;
	__u32 i;

	if (!c)
		return -1;
	for (i = 0; i < SM_SEEN; i++) {
		__u64 index = (c->seen_count + i) & (SM_SEEN - 1);
		struct sm_seen *e = &c->seen[index];
		struct dentry *d = (struct dentry *)e->dentry;
		__u64 hashed = (__u64)BPF_CORE_READ(d, d_hash.pprev);
		__u64 is = sm_differ(e->dentry, 0) & sm_is_seen(c, e->parent_inode) & (sm_differ(hashed, 0) ^ 1);

		found = is * index + (is ^ 1) * found;
	}
	return found;
}

/* The last inode that the call changed: calls that change no directory change but one. */
static __always_inline int sm_last_of_call(struct sm_call_state *c)
{
	return c->seen_count ? (c->seen_count - 1) & (SM_SEEN - 1) : -1;
}

/* Looks again for the names of what was seen, now that the call has made them. */
__noinline int sm_name_again(__u64 id)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	__u32 i;

	if (!c)
		return 0;
	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode)
			sm_note_name(id, i);
	}
	return 0;
}

#endif
