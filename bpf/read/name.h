/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The name that a call by path made or took away. What the process passed is not to be trusted: another thread may
 * change it, and a directory on the way may be replaced. Since 6.13 the kernel reports every inode whose change time it
 * sets (hooks/inode.h). A call that changes a directory sets the time of the directory and of the file in it, so that
 * the two inodes tell which file it was and what it is really called. Of a file that has several names, what was passed
 * tells which one is meant; it is only believed if the file has, or had, that name in a directory that the call
 * changed. Older kernels leave only what was passed.
 */
#ifndef SM_READ_NAME_H
#define SM_READ_NAME_H

#define SM_NAME_MAX 255
#define SM_NAME_WORDS ((SM_NAME_MAX + 1) / 8)
/* Names of one inode, or of one directory, that are looked at: as many in one go, and as often. */
#define SM_NAME_STEPS 16
#define SM_NAME_ROUNDS 64

/* How well a name fits what was passed: the sum of what fits. */
#define SM_FITS_NAME 1
#define SM_FITS_TEXT 2 /* the directory is called as it was passed, or is the one that the path starts at */
#define SM_FITS_SEEN 4 /* the directory was changed by the call */

/* Two names that are compared. */
struct sm_names {
	__u64 passed[SM_NAME_WORDS];
	__u64 found[SM_NAME_WORDS];
};
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sm_names);
} sm_names SEC(".maps");

/*
 * If start[] has the name of the dentry, ending in front of start[end], the offset where it begins; otherwise -1.
 * Global and not static, as other functions that are called from several places, or from a loop: the verifier checks a
 * global function once, and a static one again for each call.
 */
__noinline int sm_name_ends(__u64 id, __u64 dentry, __u32 end)
{
	struct sm_call_state *c = sm_call_at(id);
	const unsigned char *name = BPF_CORE_READ((struct dentry *)dentry, d_name.name);
	__u64 hash_len = BPF_CORE_READ((struct dentry *)dentry, d_name.hash_len);
	__u32 len = hash_len >> 32, at = end - len, last, key = 0, i;
	struct sm_names *n;

	if (!c || len == 0 || len > SM_NAME_MAX || len > end || end >= SM_NAME_KEPT)
		return -1;
	if (at > 0 && c->start[(at - 1) & (SM_NAME_KEPT - 1)] != '/')
		return -1;
	/* Most names differ at their beginning. */
	bpf_probe_read_kernel(&key, 1, name);
	if ((char)key != c->start[at & (SM_NAME_KEPT - 1)])
		return -1;
	key = 0;
	n = bpf_map_lookup_elem(&sm_names, &key);
	if (!n)
		return -1;
	/* What follows the names in their last words is the same. */
	last = (len - 1) / 8 & (SM_NAME_WORDS - 1);
	n->found[last] = n->passed[last] = 0;
	bpf_probe_read_kernel(n->found, sm_len(len, SM_NAME_MAX), name);
	bpf_probe_read_kernel(n->passed, sm_len(len, SM_NAME_MAX), &c->start[at & (SM_NAME_KEPT - 1)]);
	sm_hide(last); /* 5.10 takes both bounds to see that the loop ends within the names */
	for (i = 0; i < SM_NAME_WORDS && i <= last; i++) {
		if (n->passed[i] != n->found[i])
			return -1;
	}
	return at;
}

/*
 * Where the last component of what is in front of start[end] ends: slashes may follow the name of a directory, and
 * `/.`.
 */
__noinline int sm_end_of(__u64 id, __u32 end)
{
	struct sm_call_state *c = sm_call_at(id);
	int i;

	if (!c)
		return 0;
	for (i = 0; i < 4; i++) {
		char last = c->start[(end - 1) & (SM_NAME_KEPT - 1)];
		char before = c->start[(end - 2) & (SM_NAME_KEPT - 1)];

		if (end > 1 && last == '.' && before == '/')
			end -= 2;
		else if (end > 0 && last == '/')
			end--;
		else
			break;
	}
	return end;
}

/* The name of the dentry is the last component of what the process passed. */
static __always_inline bool sm_is_called(struct dentry *d, struct sm_call_state *c, __u64 id)
{
	return sm_name_ends(id, (__u64)d, sm_end_of(id, c->name_len)) >= 0;
}

/* The directory that the path that was passed starts at. */
static __always_inline const struct path *sm_start_of(struct sm_call_state *c)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);

	if (c->absolute)
		return &fs->root;
	if (c->dirfd == SM_AT_FDCWD)
		return &fs->pwd;
	return &sm_file_of(c->dirfd)->f_path;
}

/* How well a name of an inode fits what was passed to a call: 0 or a sum of SM_FITS_*. */
__noinline int sm_fits(__u64 id, __u64 dentry)
{
	struct sm_call_state *c = sm_call_at(id);
	struct dentry *parent = BPF_CORE_READ((struct dentry *)dentry, d_parent);
	int at, fits = SM_FITS_NAME;

	if (!c || !sm_tells_inodes)
		return 0;
	at = sm_name_ends(id, dentry, c->search.end);
	if (at < 0)
		return 0;
	if (sm_is_seen(c, (__u64)BPF_CORE_READ(parent, d_inode)))
		fits += SM_FITS_SEEN;
	if (at == 0 ? (__u64)parent == c->search.start : sm_name_ends(id, (__u64)parent, sm_end_of(id, at)) >= 0)
		fits += SM_FITS_TEXT;
	return fits;
}

static __always_inline __u64 sm_to_alias(void)
{
	return bpf_core_field_exists(struct dentry, d_u) ? bpf_core_field_offset(struct dentry, d_u)
							 : bpf_core_field_offset(struct dentry___72, d_alias);
}

/* The last component of what was passed may be this name: it is as long. Most names of a file are out with that. */
static __always_inline bool sm_may_fit(struct sm_call_state *c, struct dentry *d)
{
	__u64 len = BPF_CORE_READ(d, d_name.hash_len) >> 32, at = c->search.end - len;

	return len <= c->search.end && (at == 0 || c->start[(at - 1) & (SM_NAME_KEPT - 1)] == '/');
}

/* Looks at some more names of an inode. Returns 1 at the end. */
__noinline int sm_search_names(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	int i, fits;

	if (!c || !sm_tells_inodes)
		return 1;
	for (i = 0; i < SM_NAME_STEPS; i++) {
		__u64 node = c->search.next;

		if (!node)
			return 1;
		fits = sm_may_fit(c, (struct dentry *)(node - sm_to_alias())) ? sm_fits(id, node - sm_to_alias()) : 0;
		if (fits > c->search.fits) {
			c->search.fits = fits;
			c->search.best = node - sm_to_alias();
			c->search.ties = 1;
		} else if (fits == c->search.fits) {
			c->search.ties++;
		}
		c->search.next = (__u64)BPF_CORE_READ((struct hlist_node *)node, next);
	}
	return 0;
}

/*
 * Finds the name of an inode that the call means: the only one, or else the one that fits best; the youngest if none
 * fits. Into search.best; returns whether it is certain.
 */
static __always_inline bool sm_find_name(struct sm_call_state *c, __u64 id, struct inode *inode)
{
	struct hlist_node *first = BPF_CORE_READ(inode, i_dentry.first);
	int i;

	c->search.best = first ? (__u64)first - sm_to_alias() : 0;
	c->search.fits = 0;
	if (!first || !BPF_CORE_READ(first, next))
		return first;
	c->search.start = (__u64)BPF_CORE_READ(sm_start_of(c), dentry);
	c->search.end = sm_end_of(id, c->name_len);
	c->search.next = (__u64)first;
	c->search.ties = 0;
	for (i = 0; i < SM_NAME_ROUNDS; i++) {
		if (sm_search_names(id))
			break;
	}
	return i < SM_NAME_ROUNDS && c->search.fits > SM_FITS_SEEN && c->search.ties == 1;
}

/* The dentry is not the name of the inode in that directory any more. */
static __always_inline bool sm_is_gone(__u64 dentry, __u64 inode, __u64 parent, __u64 name_hash)
{
	struct dentry *d = (struct dentry *)dentry;

	return !BPF_CORE_READ(d, d_hash.pprev) || (__u64)BPF_CORE_READ(d, d_inode) != inode ||
	       (__u64)BPF_CORE_READ(d, d_parent) != parent || BPF_CORE_READ(d, d_name.hash_len) != name_hash;
}

/* Notes the name of the inode seen at `index`. Returns 1 if it is still what was noted, and no other can be. */
__noinline int sm_note_name(__u64 id, __u32 index)
{
	struct sm_call_state *c = sm_call_at(id);
	struct dentry *d, *parent;
	struct sm_seen *e;

	if (!c || !sm_tells_inodes)
		return 0;
	e = &c->seen[index & (SM_SEEN - 1)];
	if (e->dentry && (e->file.mode & SM_S_IFMT) == SM_S_IFDIR &&
	    !sm_is_gone(e->dentry, e->inode, e->parent, e->name_hash))
		return 1; /* a directory has one name */
	e->certain = sm_find_name(c, id, (struct inode *)e->inode);
	d = (struct dentry *)c->search.best;
	parent = d ? BPF_CORE_READ(d, d_parent) : NULL;
	e->dentry = (__u64)d;
	e->parent = (__u64)parent;
	/* A root is its own parent. */
	e->parent_inode = parent && parent != d ? (__u64)BPF_CORE_READ(parent, d_inode) : 0;
	e->name_hash = d ? BPF_CORE_READ(d, d_name.hash_len) : 0;
	return 0;
}

/* How well the dentry fits what was passed: 0 or a sum of SM_FITS_*. */
static __always_inline int sm_fits_passed(struct sm_call_state *c, __u64 id, __u64 dentry)
{
	c->search.start = (__u64)BPF_CORE_READ(sm_start_of(c), dentry);
	c->search.end = sm_end_of(id, c->name_len);
	return dentry ? sm_fits(id, dentry) : 0;
}

/*
 * Notes what the inode seen at `index` is called while it still has the name that a rename takes from it, or that a
 * link is made of: of several inodes and names, what fits best what was passed.
 */
__noinline int sm_note_old(__u64 id, __u32 index)
{
	struct sm_call_state *c = sm_call_at(id);
	struct dentry *d, *parent;
	struct sm_seen *e;
	bool certain;
	int fits;

	if (!c || !sm_tells_inodes)
		return 0;
	e = &c->seen[index & (SM_SEEN - 1)];
	sm_turn(id);
	if (c->late && !c->name_len)
		sm_read_late_name(c, id);
	certain = sm_find_name(c, id, (struct inode *)e->inode);
	d = (struct dentry *)c->search.best;
	fits = sm_fits_passed(c, id, (__u64)d);
	sm_turn(id);
	if (!d || (c->old.dentry && fits <= c->old.fits) || (!fits && (e->file.mode & SM_S_IFMT) == SM_S_IFDIR))
		return 0;
	parent = BPF_CORE_READ(d, d_parent);
	c->old.dentry = (__u64)d;
	c->old.inode = e->inode;
	c->old.parent = (__u64)parent;
	c->old.parent_inode = (__u64)BPF_CORE_READ(parent, d_inode);
	c->old.name_hash = BPF_CORE_READ(d, d_name.hash_len);
	c->old.fits = fits;
	c->old.certain = certain;
	bpf_probe_read_kernel(c->old.text, sm_len(c->old.name_hash >> 32, SM_NAME_MAX), BPF_CORE_READ(d, d_name.name));
	return 0;
}

/*
 * Looks for the names of the inodes seen again at the end of a call that made one: while it ran, it may not have
 * existed yet. What has lost its name is not what the call gave one to.
 */
__noinline int sm_name_again(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_seen *e;
	__u32 i;

	if (!c || !sm_tells_inodes)
		return 0;
	for (i = 0; i < SM_SEEN; i++) {
		e = &c->seen[i];
		if (!e->inode)
			continue;
		if (!sm_note_name(id, i) && sm_is_gone(e->dentry, e->inode, e->parent, e->name_hash))
			e->dentry = e->parent_inode = 0;
	}
	return 0;
}

/*
 * The last inode seen that had no name when the call began, and has the one that was passed now: what a call made in a
 * directory whose change the file system does not tell of (FUSE). Returns its index, -1 if there is none. After
 * sm_name_again().
 */
__noinline int sm_new_of_call(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	int found = -1;
	__u32 i;

	if (!c || !sm_tells_inodes)
		return -1;
	for (i = 0; i < SM_SEEN; i++) {
		__u32 index = (c->seen_count + i) & (SM_SEEN - 1);
		struct sm_seen *e = &c->seen[index];

		if (e->dentry && !e->first && sm_name_ends(id, e->dentry, sm_end_of(id, c->name_len)) >= 0)
			found = index;
	}
	return found;
}

/*
 * Threads share one table of descriptors: the descriptor that an open returned may be closed by now, or be another
 * file.
 */
static __always_inline bool sm_is_other_file(struct sm_call_state *call, __u64 id, struct file *f)
{
	return !f || (sm_memory_shared() && !sm_is_called(BPF_CORE_READ(f, f_path.dentry), call, id));
}

#endif
