/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The name that a call by path made or took away. What the process passed is not to be trusted: another thread may
 * change it, and a directory on the way may be replaced. Since 6.13 the kernel reports every inode whose change time it
 * sets (hooks/inode.h). A call that changes a directory sets the time of the directory and of the file in it, so that
 * the two inodes tell which file it was and what it is really called. Older kernels leave only what was passed.
 */
#ifndef SM_READ_NAME_H
#define SM_READ_NAME_H

#define SM_ALIASES 16 /* names of an inode that are looked at */

/* If start[] has the name of d, ending in front of start[end], the offset where it begins; otherwise -1. */
static __always_inline long sm_ends_with(struct dentry *d, struct sm_call_state *c, __u32 end)
{
	const unsigned char *name = BPF_CORE_READ(d, d_name.name);
	__u64 hash_len = BPF_CORE_READ(d, d_name.hash_len);
	__u32 len = hash_len >> 32, at = end - len, i;

	if (len == 0 || len > end || end >= SM_NAME_KEPT)
		return -1;
	if (at > 0 && c->start[(at - 1) & (SM_NAME_KEPT - 1)] != '/')
		return -1;
	/* Only the first and the last eight bytes are compared: two names of one inode hardly ever agree in both. */
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

/* The name of d is the last component of what the process passed. */
static __always_inline bool sm_is_called(struct dentry *d, struct sm_call_state *c)
{
	return sm_ends_with(d, c, c->name_len) >= 0;
}

/* The directory that the path that was passed starts at. */
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

/*
 * How well a name of an inode fits what was passed to a call. 2: name and directory do; 1: the name does; 0: it is
 * another name. Global and not static, as other functions that are called from several places, or from a loop: the
 * verifier checks a global function once, and a static one again for each call.
 */
__noinline int sm_fits(__u64 id, __u64 dentry, __u64 start)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	struct dentry *d = (struct dentry *)dentry, *parent = BPF_CORE_READ(d, d_parent);
	long at = c ? sm_ends_with(d, c, c->name_len) : -1;

	if (!c || at < 0)
		return 0;
	if (at == 0)
		return (__u64)parent == start ? 2 : 1;
	return sm_ends_with(parent, c, at - 1) >= 0 ? 2 : 1;
}

/* The name of an inode that the call means: the only one, or else the one that fits best; the youngest if none fits. */
static __always_inline struct dentry *sm_alias_of(struct inode *inode, struct sm_call_state *c, __u64 id)
{
	__u64 to_dentry = bpf_core_field_exists(struct dentry, d_u)
			      ? bpf_core_field_offset(struct dentry, d_u)
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
		int now = sm_fits(id, (__u64)d, (__u64)start);

		if (now > fits) {
			fits = now;
			best = d;
		}
		n = BPF_CORE_READ(n, next);
	}
	return best;
}

/* Notes the name of the inode seen at `index`. */
__noinline int sm_note_name(__u64 id, __u32 index)
{
	struct sm_call_state *c = bpf_map_lookup_elem(&sm_calls, &id);
	struct dentry *d, *parent;
	struct sm_seen *e;

	if (!c)
		return 0;
	e = &c->seen[index & (SM_SEEN - 1)];
	d = sm_alias_of((struct inode *)e->inode, c, id);
	parent = d ? BPF_CORE_READ(d, d_parent) : NULL;
	e->dentry = (__u64)d;
	e->parent = (__u64)parent;
	/* A root is its own parent. */
	e->parent_inode = parent && parent != d ? (__u64)BPF_CORE_READ(parent, d_inode) : 0;
	e->name_hash = d ? BPF_CORE_READ(d, d_name.hash_len) : 0;
	return 0;
}

/*
 * Threads share one table of descriptors: the descriptor that an open returned may be closed by now, or be another
 * file.
 */
static __always_inline bool sm_is_other_file(struct sm_call_state *call, struct file *f)
{
	return !f || (sm_memory_shared() && !sm_is_called(BPF_CORE_READ(f, f_path.dentry), call));
}

#endif
