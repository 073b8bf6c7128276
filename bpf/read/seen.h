/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Which of the inodes that a call has changed is the one that it was about. */
#ifndef SM_READ_SEEN_H
#define SM_READ_SEEN_H

/*
 * 1 if they differ, 0 if not. Computed without a branch: the verifier would follow both sides of one in every round of
 * a loop, and reach its limit.
 */
static __always_inline __u64 sm_differ(__u64 a, __u64 b)
{
	__u64 x = a ^ b, minus = -x;

	sm_hide(minus); /* keeps the compiler from turning this into a comparison with a branch */
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

/* How many of seen[] are taken, mostly two or three of them; and which was seen first. */
static __always_inline __u32 sm_number_seen(struct sm_call_state *c)
{
	return c->seen_count < SM_SEEN ? c->seen_count : SM_SEEN;
}

static __always_inline __u32 sm_oldest_seen(struct sm_call_state *c)
{
	return c->seen_count < SM_SEEN ? 0 : c->seen_count;
}

/* Which of the inodes seen are directories of others that were seen: a bit for each index. */
__noinline int sm_parents_of_call(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 parents = 0;
	__u32 i, number;

	if (!c || !sm_tells_inodes)
		return 0;
	number = sm_number_seen(c);
	for (i = 0; i < SM_SEEN && i < number; i++)
		parents |= (sm_differ(c->seen[i].inode, 0) & sm_is_parent(c, c->seen[i].inode)) << i;
	return parents;
}

/*
 * The file that the call was about: the last inode seen whose directory was seen too, and which is not the directory of
 * another one. Returns its index, -1 if there is none. The bits of `except` are indexes to leave out. The last one,
 * because on a stacked file system (overlayfs) the layers below are changed first, and the inode that processes see
 * comes after them.
 */
__noinline int sm_child_of_call(__u64 id, __u32 except)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 found = -1;
	__u32 i, number, oldest;

	if (!c || !sm_tells_inodes)
		return -1;
	number = sm_number_seen(c);
	oldest = sm_oldest_seen(c);
	for (i = 0; i < SM_SEEN && i < number; i++) {
		__u64 index = (oldest + i) & (SM_SEEN - 1);
		struct sm_seen *e = &c->seen[index];
		__u64 is = sm_differ(e->inode, 0) & sm_is_seen(c, e->parent_inode) & (sm_is_parent(c, e->inode) ^ 1) &
			   ~(except >> index);

		found = is * index + (is ^ 1) * found;
	}
	return found;
}

/*
 * What a rename replaced: the index of the last inode seen that has lost its name in a directory seen; -1 if there is
 * none.
 */
__noinline int sm_replaced_by_call(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 found = -1;
	__u32 i, number, oldest;

	if (!c || !sm_tells_inodes)
		return -1;
	number = sm_number_seen(c);
	oldest = sm_oldest_seen(c);
	for (i = 0; i < SM_SEEN && i < number; i++) {
		__u64 index = (oldest + i) & (SM_SEEN - 1);
		struct sm_seen *e = &c->seen[index];
		struct dentry *d = (struct dentry *)e->dentry;
		__u64 hashed = (__u64)BPF_CORE_READ(d, d_hash.pprev);
		__u64 is = sm_differ(e->dentry, 0) & sm_is_seen(c, e->parent_inode) & (sm_differ(hashed, 0) ^ 1);

		found = is * index + (is ^ 1) * found;
	}
	return found;
}

/*
 * The last inode that the call changed. For calls that change no directory, as utime(2): these change one inode only.
 */
static __always_inline int sm_last_of_call(struct sm_call_state *c)
{
	return c->seen_count ? (c->seen_count - 1) & (SM_SEEN - 1) : -1;
}

#endif
