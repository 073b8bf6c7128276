/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The path of the file that a call was about, as the kernel knows it, or else as the process passed it. */
#ifndef SM_READ_TARGET_H
#define SM_READ_TARGET_H

/*
 * Writes the path of a dentry: by the mount that the call started from, or else by any mount of its file system.
 * Returns the length | SM_PATH_*, 0 if no mount leads to it.
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

/* Appends what the process passed, and the directory that it starts at. */
static __always_inline void sm_append_passed(struct sm_draft *d, struct sm_location *target, struct sm_call_state *c)
{
	__u32 at, len = c->name_len;
	__u64 differs = 0;
	int i;

	sm_append_path(d, &target->base, sm_start_of(c), &target->marks, SM_LOCATION_CUT);
	at = d->off;
	if (len < SM_NAME_KEPT - 1 || c->since) {
		if (c->cut) /* the kernel's copy of the name is gone when the request has been carried out */
			target->marks |= SM_LOCATION_CUT | SM_LOCATION_CUT_END;
		bpf_probe_read_kernel(sm_at(d->scratch, at), SM_NAME_KEPT, c->start);
	} else {
		long n = bpf_probe_read_user_str(sm_at(d->scratch, at), SM_PATH_MAX, (void *)c->name);

		len = n > 0 ? n - 1 : 0;
		for (i = 0; i < SM_NAME_KEPT / 8 - 1; i++)
			differs |= *(__u64 *)&c->start[i * 8] ^ *(__u64 *)sm_at(d->scratch, at + i * 8);
	}
	if (differs || sm_memory_shared())
		target->marks |= SM_LOCATION_EXPOSED;
	target->name.off = at;
	target->name.len = len;
	d->off = at + len;
}

/*
 * Into a location of zeros: the path of the inode seen at `index`, or what was passed if that is not known. True: it
 * comes from the kernel.
 */
static __always_inline bool sm_append_target(struct sm_draft *d, struct sm_location *target, struct sm_call_state *c,
					     __u64 id, int index)
{
	int n = 0;

	if (index >= 0) {
		struct sm_seen *e = &c->seen[index & (SM_SEEN - 1)];
		struct dentry *name = (struct dentry *)e->dentry;

		/*
		 * The dentry may have been freed since, and its memory be used for another one: it must still be what
		 * was noted.
		 */
		if ((__u64)BPF_CORE_READ(name, d_parent) == e->parent &&
		    BPF_CORE_READ(name, d_name.hash_len) == e->name_hash)
			n = sm_path_of_name(id, e->dentry, d->off, d->slot);
	}
	if (!n) {
		sm_append_passed(d, target, c);
		return false;
	}
	target->path.off = d->off;
	target->path.len = n & 0xffff;
	d->off += n & 0xffff;
	if (n & SM_PATH_CUT)
		target->marks |= SM_LOCATION_CUT;
	return true;
}

#endif
