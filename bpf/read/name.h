/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The name that a call by path made or took away. What the process passed is not to be trusted: another thread may change
 * it, and a directory on the way may be replaced. Since 6.13 the kernel tells of every inode whose change time it sets, and
 * calls that change a directory set it of the directory and of the file: from these follows the very name, and the file.
 * Elsewhere there is only what was passed.
 */
#ifndef SM_READ_NAME_H
#define SM_READ_NAME_H

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

/* With threads on one table, the descriptor may be closed by now, or be another file. */
static __always_inline bool sm_is_other_file(struct sm_call_state *call, struct file *f)
{
	return !f || (sm_memory_shared() && !sm_is_called(BPF_CORE_READ(f, f_path.dentry), call));
}

#endif
