/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Files that are found by their name in a directory that a call changed. On a stacked file system (overlayfs) a call
 * that takes the name of a file of a lower layer changes no inode of that file, only the directory: the file is found
 * by what was passed, while it is still there.
 */
#ifndef SM_READ_CHILD_H
#define SM_READ_CHILD_H

/* Counts some more characters of the last component of what was passed. Returns 1 at its beginning. */
__noinline int sm_count_last(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u32 i, at;

	if (!c || !sm_tells_inodes)
		return 1;
	for (i = 0; i < SM_NAME_STEPS; i++) {
		at = c->search.end - 1 - c->search.len;
		if (c->search.len >= c->search.end || c->start[at & (SM_NAME_KEPT - 1)] == '/')
			return 1;
		c->search.len++;
	}
	return 0;
}

/* The length of the last component of what was passed. */
__noinline int sm_last_length(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u32 i;

	if (!c || !sm_tells_inodes)
		return 0;
	c->search.end = sm_end_of(id, c->name_len);
	c->search.len = 0;
	for (i = 0; i < SM_NAME_KEPT / SM_NAME_STEPS; i++) {
		if (sm_count_last(id))
			break;
	}
	return c->search.len;
}

/* Looks at some more children of a directory. Returns 1 at the end, or when the one is found (search.best). */
__noinline int sm_search_children(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 to_dentry;
	__u32 i;

	if (!c || !sm_tells_inodes || !bpf_core_field_exists(struct dentry___68, d_children))
		return 1;
	to_dentry = bpf_core_field_offset(struct dentry___68, d_sib);
	for (i = 0; i < SM_NAME_STEPS; i++) {
		__u64 node = c->search.next;
		struct dentry *d;

		if (!node)
			return 1;
		d = (void *)node - to_dentry;
		if (BPF_CORE_READ(d, d_name.hash_len) >> 32 == c->search.len && BPF_CORE_READ(d, d_inode) &&
		    BPF_CORE_READ(d, d_hash.pprev) && sm_name_ends(id, (__u64)d, c->search.end) >= 0) {
			c->search.best = (__u64)d;
			return 1;
		}
		c->search.next = (__u64)BPF_CORE_READ((struct hlist_node *)node, next);
	}
	return 0;
}

/* Looks in the directory seen at `index` for the name that was passed, and notes the file in a place of child[]. */
__noinline int sm_note_child(__u64 id, __u32 index, __u32 place)
{
	struct sm_call_state *c = sm_call_at(id);
	struct dentry___68 *dir;
	struct sm_child *child;
	struct dentry *d;
	int i;

	if (!c || !sm_tells_inodes || !bpf_core_field_exists(struct dentry___68, d_children))
		return 0;
	child = &c->child[place & (SM_CHILDREN - 1)];
	dir = (struct dentry___68 *)c->seen[index & (SM_SEEN - 1)].dentry;
	c->search.best = 0;
	sm_last_length(id); /* and where it ends */
	c->search.next = (__u64)BPF_CORE_READ(dir, d_children.first);
	for (i = 0; i < SM_NAME_ROUNDS; i++) {
		if (sm_search_children(id))
			break;
	}
	d = (struct dentry *)c->search.best;
	child->inode = d ? (__u64)BPF_CORE_READ(d, d_inode) : 0;
	if (!d || !child->inode)
		return 0;
	child->dentry = (__u64)d;
	child->parent = (__u64)dir;
	child->name_hash = BPF_CORE_READ(d, d_name.hash_len);
	sm_read_inode((struct inode *)child->inode, &child->file);
	return 1;
}

/*
 * The place in child[] of a file that has lost its name, and is not the one of `moved`, which only has another name
 * now; -1: there is none.
 */
static __always_inline int sm_gone_child(struct sm_call_state *c, __u64 moved)
{
	int i, found = -1;

#pragma unroll
	for (i = 0; i < SM_CHILDREN; i++) {
		struct sm_child *e = &c->child[i];

		if (e->inode && e->inode != moved && sm_is_gone(e->dentry, e->inode, e->parent, e->name_hash))
			found = i;
	}
	return found;
}

/* Looks for what a call made in the directories that it changed. Returns whether it is there: in child[0]. */
__noinline int sm_find_made(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u32 i;

	if (!c || !sm_tells_inodes)
		return 0;
	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode && (c->seen[i].file.mode & SM_S_IFMT) == SM_S_IFDIR && sm_note_child(id, i, 0))
			return 1;
	}
	return 0;
}

/* The index of the one directory that was seen; -1 if there are several, or none. */
__noinline int sm_only_directory(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u32 i, count = 0;
	int found = -1;

	if (!c || !sm_tells_inodes)
		return -1;
	for (i = 0; i < SM_SEEN; i++) {
		__u64 is =
		    sm_differ(c->seen[i].inode, 0) & (sm_differ(c->seen[i].file.mode & SM_S_IFMT, SM_S_IFDIR) ^ 1);

		count += is;
		found = is * i + (is ^ 1) * found;
	}
	return count == 1 ? found : -1;
}

#endif
