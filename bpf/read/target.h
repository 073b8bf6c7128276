/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The path of the file that a call was about, as the kernel knows it, or else as the process passed it. */
#ifndef SM_READ_TARGET_H
#define SM_READ_TARGET_H

#define SM_PATH_UNSURE (1 << 18) /* the call may have gone through another mount */

/*
 * Writes the path of a dentry, by the mount that the call went through. Returns the length | SM_PATH_*, 0 if no mount
 * leads to it.
 */
__noinline int sm_path_of_name(__u64 id, __u64 dentry, __u32 off, __u32 slot)
{
	struct sm_call_state *c = sm_call_at(id);
	int certain, n;

	if (!c || !sm_tells_inodes)
		return 0;
	certain = sm_choose_mount(id, dentry);
	if (certain < 0)
		return 0;
	n = sm_walk_path(dentry, c->search.chosen, off, slot);
	if (n & SM_PATH_PSEUDO)
		return 0;
	return certain ? n : n | SM_PATH_UNSURE;
}

/*
 * Appends what the process passed, and the directory that it starts at. Links in it are not resolved: where the kernel
 * tells of the inodes that a call changes, and still no better name is known, that is marked. Where it does not tell of
 * them, a rename of one name of a file over another looks like any other, and does nothing.
 */
static __always_inline void sm_append_passed(struct sm_draft *d, struct sm_location *target, struct sm_call_state *c)
{
	__u32 at, len = c->name_len;
	__u64 differs = 0;
	int i;

	at = d->off;
	if (!c->skipped || !c->since) {
		sm_append_path(d, &target->base, sm_start_of(c), &target->marks, SM_LOCATION_CUT);
		at = d->off;
	} else {
		target->marks |= SM_LOCATION_CUT; /* the kernel's copy of the name is gone, its beginning with it */
	}
	if ((len && !c->skipped) || c->since) {
		bpf_probe_read_kernel(sm_at(d->scratch, at), SM_NAME_KEPT, c->start);
	} else {
		/* Long, or not readable when the call began: its page had not been in memory yet. */
		long n = bpf_probe_read_user_str(sm_at(d->scratch, at), SM_PATH_MAX, (void *)c->name);

		differs = !len;
		len = n > 0 ? n - 1 : 0;
		for (i = 0; i < SM_NAME_KEPT / 8; i++)
			differs |= *(__u64 *)&c->start[i * 8] ^ *(__u64 *)sm_at(d->scratch, at + c->skipped + i * 8);
	}
	if (differs || c->late || sm_tells_inodes || sm_is_rename(c) || sm_memory_shared())
		target->marks |= SM_LOCATION_EXPOSED;
	target->name.off = at;
	target->name.len = len;
	d->off = at + len;
}

/* The name of the file is still what was noted: a dentry that was freed since may be that of another file. */
static __always_inline bool sm_is_same_name(__u64 dentry, __u64 parent, __u64 name_hash)
{
	struct dentry *d = (struct dentry *)dentry;

	return dentry && (__u64)BPF_CORE_READ(d, d_parent) == parent && BPF_CORE_READ(d, d_name.hash_len) == name_hash;
}

/* Appends the path of a dentry, as far as one is known. Returns whether it is. */
static __always_inline bool sm_append_name(struct sm_draft *d, struct sm_location *target, struct sm_call_state *c,
					   __u64 id, __u64 dentry, bool certain)
{
	int n = sm_path_of_name(id, dentry, d->off, d->slot);

	if (!n)
		return false;
	target->path.off = d->off;
	target->path.len = n & 0xffff;
	d->off += n & 0xffff;
	if (n & SM_PATH_CUT)
		target->marks |= SM_LOCATION_CUT;
	/* One of several names of the file. If what was passed is its path to the letter, the call meant no other. */
	if (!certain && !c->late && !sm_memory_shared())
		certain = sm_is_path(id, dentry);
	if (!certain || n & SM_PATH_UNSURE)
		target->marks |= SM_LOCATION_EXPOSED;
	return true;
}

/*
 * Appends the directory that the call changed, and in it the last component of what was passed: all that is known of a
 * file whose own name could not be looked at. Returns whether it could be done.
 */
static __always_inline bool sm_append_in_directory(struct sm_draft *d, struct sm_location *target,
						   struct sm_call_state *c, __u64 id)
{
	int index = sm_only_directory(id), n;
	__u32 len = sm_last_length(id), end = sm_end_of(id, c->name_len);
	__u32 at = end - len;

	if (index < 0 || len == 0 || at >= SM_NAME_KEPT || c->start[at] == '.')
		return false;
	c->upto = at;
	n = sm_path_of_name(id, c->seen[index & (SM_SEEN - 1)].dentry, d->off, d->slot);
	c->upto = 0;
	if (!n)
		return false;
	target->base.off = d->off;
	target->base.len = n & 0xffff;
	d->off += n & 0xffff;
	target->marks |= n & SM_PATH_CUT ? SM_LOCATION_CUT | SM_LOCATION_EXPOSED : SM_LOCATION_EXPOSED;
	bpf_probe_read_kernel(sm_at(d->scratch, d->off), sm_len(len, SM_NAME_MAX), &c->start[at]);
	target->name.off = d->off;
	target->name.len = len;
	d->off += len;
	return true;
}

/*
 * Into the location of zeros at `at` of the record in the scratch: what was passed. Returns where the next text goes. A
 * function of its own: where no inode is told it is all that runs, and the stack of sm_put_target() stays small there.
 */
__noinline int sm_put_passed(__u64 id, __u32 slot, __u32 off, __u32 at)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_draft d = {.scratch = sm_scratch_at(slot), .slot = slot, .off = off};

	if (c && d.scratch)
		sm_append_passed(&d, sm_at(d.scratch, at), c);
	return d.off;
}

/*
 * Into the location of zeros at `at` of the record in the scratch: the path of the inode seen at `index`, or of
 * child[index - SM_TARGET_CHILD], or of what a link is of, or what was passed if that is not known. Returns where the
 * next text goes, and SM_TARGET_KNOWN if the path comes from the kernel.
 */
#define SM_TARGET_CHILD SM_SEEN
#define SM_TARGET_OLD (SM_SEEN + SM_CHILDREN)
#define SM_TARGET_KNOWN (1 << 17)
__noinline int sm_put_target(__u64 id, int index, __u32 slot, __u32 off, __u32 at)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_draft d = {.scratch = sm_scratch_at(slot), .slot = slot, .off = off};
	__u64 dentry = 0, parent = 0, name_hash = 0, place = index;
	struct sm_location *target;
	bool certain = true;

	if (!sm_tells_inodes)
		return sm_put_passed(id, slot, off, at);
	if (!c || !d.scratch)
		return off;
	target = sm_at(d.scratch, at);
	sm_hide(place);
	if (index == SM_TARGET_OLD) {
		dentry = c->old.dentry;
		parent = c->old.parent;
		name_hash = c->old.name_hash;
		certain = c->old.certain;
	} else if (index >= SM_TARGET_CHILD) {
		/* Found in a directory by the name that was passed. It is there no more, or only now. */
		struct sm_child *child = &c->child[place & (SM_CHILDREN - 1)];

		dentry = child->dentry;
		parent = child->parent;
		name_hash = child->name_hash;
	} else if (index >= 0) {
		struct sm_seen *e = &c->seen[place & (SM_SEEN - 1)];

		dentry = e->dentry;
		parent = e->parent;
		name_hash = e->name_hash;
		certain = e->certain;
	}
	if (sm_is_same_name(dentry, parent, name_hash) && sm_append_name(&d, target, c, id, dentry, certain))
		return d.off | SM_TARGET_KNOWN;
	/* The directory that the old name is in may be another one than the call has changed. */
	if (index == SM_TARGET_OLD || !sm_append_in_directory(&d, target, c, id))
		return sm_put_passed(id, slot, d.off, at);
	return d.off;
}

/* The same for a record that is being put together. True: the path of an inode seen, by the kernel. */
static __always_inline bool sm_append_target(struct sm_draft *d, __u32 at, __u64 id, int index)
{
	int n = sm_put_target(id, index, d->slot, d->off, at);

	d->off = n & (SM_TARGET_KNOWN - 1);
	return index < SM_TARGET_CHILD && n & SM_TARGET_KNOWN;
}

#endif
