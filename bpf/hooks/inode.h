/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Since 6.13 the kernel has tracepoints for every inode whose change time it sets. The inodes that a call in progress
 * changes are noted with the call: read/name.h and read/seen.h find out from them which file it was about.
 */
#ifndef SM_HOOKS_INODE_H
#define SM_HOOKS_INODE_H

/*
 * The kernel has set the change time of an inode. Mostly the thread is in no call that is followed here, and there is
 * nothing to do.
 */
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
			break; /* it was seen when it had just been read from the disk, and had no name yet */
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

/*
 * match: void ctime_xchg_skip(struct inode *inode, struct timespec64 *ctime)  fs/inode.c, since 6.13: the time is the
 * same
 */
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

#endif
