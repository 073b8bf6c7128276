/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileDelete and FileDeleteDetected: a name of a file was removed. */

/* Somebody wants to know of files that lose a name. */
static __always_inline bool sm_wants_deletions(void)
{
	return sm_wanted[SM_EVENT_FILE_DELETE] || sm_wanted[SM_EVENT_FILE_DELETE_DETECTED];
}

/* match: unlink(const char *pathname) */
SEC("tracepoint/syscalls/sys_enter_unlink")
int SM_TRACE(sm_unlink_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_DELETE, SM_CALL_UNLINK, SM_AT_FDCWD, ctx->args[0], 0);
	return 0;
}

/* match: unlinkat(int dfd, const char *pathname, int flag) */
SEC("tracepoint/syscalls/sys_enter_unlinkat")
int SM_TRACE(sm_unlinkat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_DELETE, SM_CALL_UNLINKAT, ctx->args[0], ctx->args[1], ctx->args[2]);
	return 0;
}

/* match: rmdir(const char *pathname) */
SEC("tracepoint/syscalls/sys_enter_rmdir")
int SM_TRACE(sm_rmdir_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_DELETE, SM_CALL_RMDIR, SM_AT_FDCWD, ctx->args[0], SM_AT_REMOVEDIR);
	return 0;
}

/* Fills in the file that has lost a name; `file`: as it was before. */
static __always_inline void sm_fill_deleted(struct sm_file_delete_record *r, __u64 inode, const struct sm_file *file)
{
	r->file = *file;
	/*
	 * File systems differ in whether they lower the count of links before or after the inode was seen: it is read
	 * again. An inode that has been freed meanwhile has no name left.
	 */
	r->file.nlink = 0;
	if (BPF_CORE_READ((struct inode *)inode, i_ino) == file->ino) {
		r->file.nlink = BPF_CORE_READ((struct inode *)inode, i_nlink);
		r->file.references = BPF_CORE_READ((struct inode *)inode, i_count.counter);
	}
	r->directory = (file->mode & SM_S_IFMT) == SM_S_IFDIR;
	r->executable = (file->mode & SM_S_IFMT) == SM_S_IFREG && (file->mode & 0111);
}

/*
 * A call has taken the name of the inode seen at `index` (-1: not seen), or of the file in child[child] (-1: none);
 * `named`: another inode has that name now.
 */
static __always_inline void sm_deleted(struct sm_call_state *call, __u64 id, int index, int child, int named)
{
	struct sm_child *found = &call->child[child & (SM_CHILDREN - 1)];
	struct sm_seen *e = &call->seen[index & (SM_SEEN - 1)];
	struct sm_file_delete_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_FILE_DELETE, sizeof(*r), call->name_len);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->hook;
	r->directory = (call->flags & SM_AT_REMOVEDIR) != 0;
	if (index >= 0) {
		sm_fill_deleted(r, e->inode, &e->file);
		/* Of several names, the one that is still there was not meant. */
		if (!sm_is_gone(e->dentry, e->inode, e->parent, e->name_hash))
			e->certain = 0;
	} else if (child >= 0) {
		sm_fill_deleted(r, found->inode, &found->file);
	}
	if (index < 0 && named < 0 && child >= 0)
		index = SM_TARGET_CHILD + child;
	sm_append_target(&d, offsetof(struct sm_file_delete_record, target), id, named >= 0 ? named : index);
	sm_record_end(&d);
}

__noinline int sm_delete_done(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	int index;

	if (!call || !sm_wants_deletions())
		return 0;
	index = sm_child_of_call(id, 0);
	sm_deleted(call, id, index, index < 0 ? sm_gone_child(call, 0) : -1, -1);
	return 0;
}
