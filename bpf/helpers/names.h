/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The name that a call by path made or took away. What the process passed is not to be trusted: another thread may change
 * it, and a directory on the way may be replaced. Since 6.13 the kernel tells of every inode whose change time it sets, and
 * calls that change a directory set it of the directory and of the file: from these follows the very name, and the file.
 * Elsewhere there is only what was passed.
 */
#ifndef SM_NAMES_H
#define SM_NAMES_H

#define SM_ALIASES 16 /* names of an inode that are looked at */

/* d's name ends at start[end]: the offset where it begins, -1 if it does not. */
static __always_inline long sm_ends_with(struct dentry *d, struct sm_call_state *c, __u32 end)
{
	const unsigned char *name = BPF_CORE_READ(d, d_name.name);
	__u64 hash_len = BPF_CORE_READ(d, d_name.hash_len);
	__u32 len = hash_len >> 32, at = end - len, i;

	if (len == 0 || len > end || end >= SM_NAME_KEPT)
		return -1;
	if (at > 0 && c->start[(at - 1) & (SM_NAME_KEPT - 1)] != '/')
		return -1;
	/* Not the whole name: with eight bytes at each end, two names of one inode are hardly ever confused. */
	for (i = 0; i < 2; i++) {
		__u32 part = len < 8 ? len : 8, from = i ? len - part : 0;
		__u64 a[2] = {}, b[2] = {};

		bpf_probe_read_kernel(a, sm_len(part, 15), name + from);
		bpf_probe_read_kernel(b, sm_len(part, 15), &c->start[(at + from) & (SM_NAME_KEPT - 1)]);
		if (a[0] != b[0])
			return -1;
	}
	return at;
}

/* d is called by the last component of what the process passed. */
static __always_inline bool sm_is_called(struct dentry *d, struct sm_call_state *c)
{
	return sm_ends_with(d, c, c->name_len) >= 0;
}

/* Where the path that was passed starts. */
static __always_inline const struct path *sm_start_of(struct sm_call_state *c)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);

	if (c->start[0] == '/')
		return &fs->root;
	if (c->dirfd == SM_AT_FDCWD)
		return &fs->pwd;
	return &sm_file_of(c->dirfd)->f_path;
}

/* How well a name of an inode fits what was passed. 2: its directory does as well; 1: the last component; 0: not at all. */
static __always_inline int sm_fits(struct dentry *d, struct sm_call_state *c, struct dentry *start)
{
	struct dentry *parent = BPF_CORE_READ(d, d_parent);
	long at = sm_ends_with(d, c, c->name_len);

	if (at < 0)
		return 0;
	if (at == 0)
		return parent == start ? 2 : 1;
	return sm_ends_with(parent, c, at - 1) >= 0 ? 2 : 1;
}

/* The name of an inode that the call speaks of: its only one, or the one that fits best, or the youngest. */
static __always_inline struct dentry *sm_alias_of(struct inode *inode, struct sm_call_state *c)
{
	__u64 to_dentry = bpf_core_field_exists(struct dentry, d_u) ? bpf_core_field_offset(struct dentry, d_u)
								    : bpf_core_field_offset(struct dentry___72, d_alias);
	struct hlist_node *first = BPF_CORE_READ(inode, i_dentry.first), *n;
	struct dentry *start, *best;
	int i, fits = 0;

	if (!first)
		return NULL;
	best = (void *)first - to_dentry;
	if (!BPF_CORE_READ(first, next))
		return best;
	start = BPF_CORE_READ(sm_start_of(c), dentry);
	n = first;
	for (i = 0; i < SM_ALIASES && n && fits < 2; i++) {
		struct dentry *d = (void *)n - to_dentry;
		int now = sm_fits(d, c, start);

		if (now > fits) {
			fits = now;
			best = d;
		}
		n = BPF_CORE_READ(n, next);
	}
	return best;
}

/* Global, as the functions below: each is verified once and for itself. */
__noinline int sm_note_name(__u64 id, __u32 index)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	struct dentry *d, *parent;
	struct sm_seen *e;

	if (!c)
		return 0;
	e = &c->seen[index & (SM_SEEN - 1)];
	d = sm_alias_of((struct inode *)e->inode, c);
	parent = d ? BPF_CORE_READ(d, d_parent) : NULL;
	e->dentry = (__u64)d;
	e->parent = (__u64)parent;
	e->parent_inode = parent && parent != d ? (__u64)BPF_CORE_READ(parent, d_inode) : 0; /* a root is its own parent */
	e->name_hash = d ? BPF_CORE_READ(d, d_name.hash_len) : 0;
	return 0;
}

/* The kernel set the change time of an inode. Most of the time no call that we follow is in progress on this thread. */
static __always_inline int sm_inode_changed(struct inode *inode)
{
	__u64 id;
	struct sm_call_state *c = sm_call_under_way(&id);
	struct sm_seen *e;
	__u32 i;

	if (!c || (c->call < SM_CALL_MKNOD && !c->follow)) /* opens are known by their descriptor */
		return 0;
	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode == (__u64)inode) {
			if (c->seen[i].dentry)
				return 0;
			break; /* it had been read from the disk and had no name then */
		}
	}
	if (i == SM_SEEN)
		i = c->seen_count++;
	e = &c->seen[i & (SM_SEEN - 1)];
	e->inode = (__u64)inode;
	sm_read_inode(inode, &e->file);
	sm_note_name(id, i);
	return 0;
}

/* match: void inode_set_ctime_to_ts(struct inode *inode, struct timespec64 *ctime)  fs/inode.c, since 6.13 */
SEC("tp_btf/inode_set_ctime_to_ts")
int SM_TYPED(sm_inode_set_ctime, struct inode *inode)
{
	return sm_inode_changed(inode);
}

/* match: void ctime_xchg_skip(struct inode *inode, struct timespec64 *ctime)  fs/inode.c, since 6.13: the time is the same */
SEC("tp_btf/ctime_xchg_skip")
int SM_TYPED(sm_inode_keep_ctime, struct inode *inode)
{
	return sm_inode_changed(inode);
}

/* match: void ctime_ns_xchg(struct inode *inode, u32 old, u32 new, u32 cur)  fs/inode.c, since 6.13 */
SEC("tp_btf/ctime_ns_xchg")
int SM_TYPED(sm_inode_swap_ctime, struct inode *inode)
{
	return sm_inode_changed(inode);
}

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

/*
 * Writes the path of a dentry, as seen from where the call started or else by any mount of its file system.
 * Returns the length | SM_PATH_*, 0 if it is not to be had.
 */
__noinline int sm_path_of_name(__u64 id, __u64 dentry, __u32 off, __u32 slot)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	struct inode *dir = BPF_CORE_READ((struct dentry *)dentry, d_parent, d_inode);
	struct super_block *sb = BPF_CORE_READ(dir, i_sb);
	struct vfsmount *mnt;
	int n;

	if (!c || !sb)
		return 0;
	mnt = BPF_CORE_READ(sm_start_of(c), mnt);
	if (mnt && BPF_CORE_READ(mnt, mnt_sb) == sb) {
		n = sm_walk_path(dentry, (__u64)mnt, off, slot);
		if (!(n & SM_PATH_PSEUDO))
			return n;
	}
	mnt = (struct vfsmount *)sm_mount_of((__u64)sb);
	if (!mnt)
		return 0;
	n = sm_walk_path(dentry, (__u64)mnt, off, slot);
	return n & SM_PATH_PSEUDO ? 0 : n;
}

/* What the process passed, and where that starts. */
static __always_inline void sm_append_passed(struct sm_location *target, struct sm_call_state *c, struct sm_scratch *s, __u32 *off, __u32 slot)
{
	__u32 at, len = c->name_len;
	__u64 differs = 0;
	int i;

	sm_append_path(&target->base, sm_start_of(c), off, slot, &target->marks, SM_LOCATION_CUT);
	at = *off;
	if (len < SM_NAME_KEPT - 1 || c->since) {
		if (c->cut) /* what io_uring was given is gone by now */
			target->marks |= SM_LOCATION_CUT | SM_LOCATION_CUT_END;
		bpf_probe_read_kernel(sm_at(s, at), SM_NAME_KEPT, c->start);
	} else {
		long n = bpf_probe_read_user_str(sm_at(s, at), SM_PATH_MAX, (void *)c->name);

		len = n > 0 ? n - 1 : 0;
		for (i = 0; i < SM_NAME_KEPT / 8 - 1; i++)
			differs |= *(__u64 *)&c->start[i * 8] ^ *(__u64 *)sm_at(s, at + i * 8);
	}
	if (differs || sm_memory_shared())
		target->marks |= SM_LOCATION_EXPOSED;
	target->name.off = at;
	target->name.len = len;
	*off = at + len;
}

/* The name of the inode seen at `index`, or what was passed. Returns true if it is the kernel's. */
static __always_inline bool sm_append_target(struct sm_location *target, struct sm_call_state *c, __u64 id, int index, struct sm_scratch *s,
					     __u32 *off, __u32 slot)
{
	int n = 0;

	__builtin_memset(target, 0, sizeof(*target));
	if (index >= 0) {
		struct sm_seen *e = &c->seen[index & (SM_SEEN - 1)];
		struct dentry *d = (struct dentry *)e->dentry;

		/* Its memory may be another's by now. */
		if ((__u64)BPF_CORE_READ(d, d_parent) == e->parent && BPF_CORE_READ(d, d_name.hash_len) == e->name_hash)
			n = sm_path_of_name(id, e->dentry, *off, slot);
	}
	if (!n) {
		sm_append_passed(target, c, s, off, slot);
		return false;
	}
	target->path.off = *off;
	target->path.len = n & 0xffff;
	*off += n & 0xffff;
	if (n & SM_PATH_CUT)
		target->marks |= SM_LOCATION_CUT;
	return true;
}

#endif
