/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Since 6.13 the kernel has tracepoints for every inode whose change time it sets. The inodes that a call in progress
 * changes are noted with the call: read/name.h and read/seen.h find out from them which file it was about.
 */
#ifndef SM_HOOKS_INODE_H
#define SM_HOOKS_INODE_H

/* Names that did not fit well are looked for again when another directory has been seen: it may be theirs. */
static __always_inline void sm_note_doubtful(struct sm_call_state *c, __u64 id)
{
	__u32 i;

	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode && c->seen[i].dentry && !c->seen[i].certain) {
			sm_note_name(id, i);
			c->seen[i].before = c->search.fits > SM_FITS_SEEN;
		}
	}
}

/* Where a call takes the name of a file, a stacked file system may only tell of the directory. */
static __always_inline bool sm_takes_names(struct sm_call_state *c)
{
	return c->call == SM_CALL_UNLINK || c->call == SM_CALL_UNLINKAT || c->call == SM_CALL_RMDIR || sm_is_rename(c);
}

static __always_inline void sm_note_inode(struct sm_call_state *c, __u64 id, struct inode *inode)
{
	struct sm_seen *e;
	__u32 i;

	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode == (__u64)inode) {
			if (c->seen[i].dentry)
				return;
			break; /* it was seen when it had just been read from the disk, and had no name yet */
		}
	}
	if (i == SM_SEEN)
		i = c->seen_count++;
	i &= SM_SEEN - 1;
	e = &c->seen[i];
	e->inode = (__u64)inode;
	sm_fill_inode(inode, &e->file);
	sm_note_name(id, i);
	e->before = c->search.fits > SM_FITS_SEEN;
	e->first = e->dentry;
	if (c->two)
		sm_note_old(id, i);
	if ((e->file.mode & SM_S_IFMT) != SM_S_IFDIR)
		return;
	sm_note_doubtful(c, id);
	if (c->depth > 0 && c->children < SM_CHILDREN && sm_takes_names(c))
		sm_note_child(id, i, c->children++);
}

/*
 * The kernel has set the change time of an inode. Mostly the thread is in no call that is followed here, and there is
 * nothing to do. What a stacked file system (overlayfs) does in the file systems below it is not what the call is
 * about: only the inodes of the topmost one are kept.
 */
static __always_inline int sm_changed_by(struct sm_call_state *c, __u64 id, struct inode *inode)
{
	struct super_block *sb;
	__s32 depth;
	__u32 i;

	if (!c || (c->call < SM_CALL_MKNOD && !c->follow)) /* opens are known by their descriptor */
		return 0;
	sb = inode->i_sb;
	depth = sb->s_stack_depth;
	/* It has the greatest depth only so that nothing can be stacked on it. */
	if (depth && (__u32)sb->s_magic == SM_PROC_MAGIC)
		depth = 0;
	if (depth < c->depth)
		return 0;
	if (depth > c->depth) {
		c->depth = depth;
		c->seen_count = 0;
		if (c->two)
			c->old.dentry = 0;
		for (i = 0; i < SM_SEEN; i++)
			c->seen[i].inode = c->seen[i].dentry = c->seen[i].parent_inode = 0;
	}
	sm_note_inode(c, id, inode);
	return 0;
}

/* A worker thread of io_uring makes no system calls: what it carries out is a request. */
static __always_inline int sm_inode_changed(struct inode *inode)
{
	__u64 request = sm_request_under_way(), id = request;
	struct sm_call_state *c;

	inode = sm_untrusted(inode, inode);
	if (sm_wants_changes())
		sm_inode_written(inode);
	if (!request)
		c = sm_call_of(&id);
	else
		c = sm_is_stopped() ? NULL : sm_take_request(&id);
	sm_changed_by(c, id, inode);
	if (request && c)
		sm_give_back(request, c);
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
