/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileModify: the first change of a file by a process through an open file, and that it was mapped to be changed. */

/* Somebody wants to know of files whose content changes. */
static __always_inline bool sm_wants_changes(void)
{
	return sm_wanted[SM_EVENT_FILE_MODIFY];
}

enum { SM_WRITTEN, SM_APPENDED, SM_TRUNCATED, SM_MAPPED };

static __always_inline void sm_fill_modify(struct sm_file_modify_record *r, __u32 hook, __u32 kind)
{
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->kind = kind;
}

/* Makes the record of an open file that this process has changed, if it is the first time. */
static __always_inline void sm_file_modified(struct file *f, __u32 hook, __u32 kind, __u32 marks)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_file_modify_record *r;
	struct sm_draft d;

	/* One that is a way to talk to the kernel is noted all the same, so that it is asked once. */
	if (!sm_is_running() || !sm_in_scope() ||
	    !(kind == SM_MAPPED ? sm_note_mapping((__u64)f, (__u64)inode) : sm_note_change((__u64)f, (__u64)inode)) ||
	    sm_is_interface(inode))
		return;
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_fill_modify(r, hook, kind);
	r->target.marks = marks;
	sm_read_inode(inode, &r->file);
	if (sm_append_location(&d, &r->target, &f->f_path))
		r->file.attributes |= SM_FILE_PSEUDO;
	sm_record_end(&d);
}

/* The same for a file of which nothing but the inode is known: by one of its names. */
__noinline int sm_inode_modified(__u64 address, __u32 hook, __u32 kind)
{
	struct inode *inode = (struct inode *)address;
	__u64 which = BPF_CORE_READ(inode, i_ino) ^ (__u64)BPF_CORE_READ(inode, i_generation) << 32;
	struct hlist_node *name = BPF_CORE_READ(inode, i_dentry.first);
	struct sm_file_modify_record *r;
	struct sm_draft d;
	__u64 to_dentry;
	int n = 0;

	if (!sm_is_running() || !sm_in_scope() || !sm_note_change(address, which) || sm_is_interface(inode))
		return 0;
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return 0;
	sm_fill_modify(r, hook, kind);
	r->target.marks = SM_LOCATION_EXPOSED;
	sm_read_inode(inode, &r->file);
	to_dentry = bpf_core_field_exists(struct dentry, d_u) ? bpf_core_field_offset(struct dentry, d_u)
							      : bpf_core_field_offset(struct dentry___72, d_alias);
	if (name)
		n = sm_walk_path((__u64)name - to_dentry, sm_mount_of((__u64)BPF_CORE_READ(inode, i_sb)), d.off,
				 d.slot);
	if (n & SM_PATH_CUT)
		r->target.marks |= SM_LOCATION_CUT;
	if (n & SM_PATH_PSEUDO)
		r->file.attributes |= SM_FILE_PSEUDO;
	r->target.path.off = d.off;
	r->target.path.len = n & 0xffff;
	d.off += n & 0xffff;
	sm_record_end(&d);
	return 0;
}

/* An open that empties the file has done so with `f`, if others can replace the descriptor that it returns. */
static __always_inline bool sm_is_emptied(struct sm_call_state *call, __u64 id, struct file *f)
{
	if (!sm_is_other_file(call, id, f))
		return true;
	/* It may have got here by a symbolic link, that is called otherwise. */
	return f && sm_tells_inodes && sm_is_seen(call, (__u64)BPF_CORE_READ(f, f_inode));
}

/* An open that empties has succeeded, and its descriptor is something else already, or closed. */
static __always_inline int sm_emptied_other(struct sm_call_state *call, __u64 id, struct file *f)
{
	int index = sm_last_of_call(call);
	struct sm_file_modify_record *r;
	struct sm_draft d;

	if (f && !sm_tells_inodes && (BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT) == SM_S_IFREG) {
		sm_file_modified(f, call->hook, SM_TRUNCATED, SM_LOCATION_EXPOSED);
		return 0;
	}
	if (sm_tells_inodes) {
		sm_name_again(id);
		if (index < 0 || (call->seen[index & (SM_SEEN - 1)].file.mode & SM_S_IFMT) != SM_S_IFREG ||
		    sm_magic_of_interface(call->seen[index & (SM_SEEN - 1)].file.magic) || sm_child_of_call(id, 0) >= 0)
			return 0; /* nothing was emptied, or what the open has made: its folder was changed too */
	}
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), call->name_len);
	if (!r)
		return 0;
	sm_fill_modify(r, call->hook, SM_TRUNCATED);
	if (sm_append_target(&d, offsetof(struct sm_file_modify_record, target), id, index))
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
	else
		r->target.marks |= SM_LOCATION_EXPOSED;
	sm_record_end(&d);
	return 0;
}

/*
 * A file was opened. `followed`: by a call that may have emptied it. A function with a stack of its own, as the others
 * that an open may need: all of them in one would leave those that they call too little.
 */
__noinline int sm_open_modified(__u64 id, __u64 file, __u32 followed)
{
	struct file *f = (struct file *)file;
	struct sm_call_state *call = followed ? sm_call_at(id) : NULL;
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	__u32 mode = BPF_CORE_READ(f, f_mode);
	bool regular = (BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) == SM_S_IFREG;

	/* One that empties the file may do so although it is open for reading only. */
	if (regular && mode & SM_FMODE_WRITE)
		sm_note_open(f, inode);
	if (!call || !(call->flags & SM_O_TRUNC))
		return 0;
	if (!sm_is_emptied(call, id, f))
		sm_emptied_other(call, id, f);
	else if (regular && !(mode & SM_FMODE_CREATED))
		sm_file_modified(f, call->hook, SM_TRUNCATED, 0);
	return 0;
}

/* match: truncate(const char *path, long length) */
SEC("tracepoint/syscalls/sys_enter_truncate")
int SM_TRACE(sm_truncate_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_MODIFY, SM_CALL_TRUNCATE, SM_AT_FDCWD, ctx->args[0], 0);
	return 0;
}

__noinline int sm_truncated(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	struct sm_file_modify_record *r;
	struct sm_draft d;
	int index;

	if (!call || !sm_wants_changes())
		return 0;
	index = sm_last_of_call(call);
	if (index >= 0 && sm_magic_of_interface(call->seen[index & (SM_SEEN - 1)].file.magic))
		return 0;
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), call->name_len);
	if (!r)
		return 0;
	sm_fill_modify(r, SM_CALL_TRUNCATE, SM_TRUNCATED);
	if (sm_append_target(&d, offsetof(struct sm_file_modify_record, target), id, index))
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
	else
		r->target.marks |= SM_LOCATION_EXPOSED; /* it may be a symbolic link */
	sm_record_end(&d);
	return 0;
}

/*
 * Attached to nothing: the worker runs it (BPF_PROG_TEST_RUN) with one of its own descriptors, to learn whether anybody
 * still has the file open for writing. The only system call that would tell takes a lease, and that makes other
 * processes wait.
 */
SEC("raw_tp")
int sm_writers(__u64 *ctx)
{
	return BPF_CORE_READ(sm_file_of(ctx[0]), f_inode, i_writecount.counter);
}
