/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileCreate: a file got a name, or an existing one was overwritten. */

/* Somebody wants to know of files that get a name. */
static __always_inline bool sm_wants_names(void)
{
	return sm_wanted[SM_EVENT_FILE_CREATE];
}

static __always_inline bool sm_makes_directory(struct sm_call_state *c)
{
	return c->call == SM_CALL_MKDIR || c->call == SM_CALL_MKDIRAT;
}

static __always_inline bool sm_is_link(struct sm_call_state *c)
{
	return c->call == SM_CALL_LINK || c->call == SM_CALL_LINKAT;
}

/* A link leaves the old name. Some file systems (overlayfs) forget the new one at once, until somebody asks for it. */
static __always_inline bool sm_is_old_name(struct sm_call_state *c, __u64 id, struct sm_seen *e)
{
	if (!sm_is_link(c))
		return false;
	return e->first == e->dentry || (e->certain && !sm_is_called((struct dentry *)e->dentry, c, id));
}

static __always_inline void sm_fill_create(struct sm_file_create_record *r, __u32 hook, bool overwritten,
					   bool directory)
{
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->overwritten = overwritten;
	r->directory = directory;
}

/*
 * An open has succeeded. Another thread may have closed its descriptor since, or replaced it by dup2 or by a later
 * open. Where the kernel reports the inodes that a call changes, what this one made is known all the same. On older
 * kernels it is reported only if the call must have made something: with the name that was passed, marked as exposed.
 */
static __always_inline void sm_opened(struct sm_call_state *call, __u64 id, struct file *f)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	bool created = BPF_CORE_READ(f, f_mode) & SM_FMODE_CREATED, other = sm_is_other_file(call, id, f);
	bool emptied = !created && (call->flags & SM_O_TRUNC) &&
		       (BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) == SM_S_IFREG && !sm_is_interface(inode);
	struct sm_file_create_record *r;
	struct sm_draft d;
	int made = -1;

	if (!(call->flags & SM_O_CREAT))
		return;
	if (created && BPF_CORE_READ(inode, i_nlink) == 0 && BPF_CORE_READ(f, f_path.dentry, d_hash.pprev) == NULL)
		return; /* O_TMPFILE: it has no name yet */
	if (call->follow && sm_tells_inodes) {
		/* What this call made or emptied is among the inodes that it changed, whatever its descriptor is now.
		 */
		sm_name_again(id);
		made = sm_child_of_call(id, 0);
		other = made >= 0 ? call->seen[made & (SM_SEEN - 1)].inode != (__u64)inode
				  : !sm_is_seen(call, (__u64)inode);
		if (made >= 0 && !other)
			made = -1; /* the open file tells more: its mount */
		if (other)
			created = false;
	}
	if (other) {
		if (made < 0 && !created && !emptied && (sm_tells_inodes || (f && !(call->flags & SM_O_EXCL))))
			return;
	} else if (!created && !emptied) {
		return;
	}
	r = sm_record_of_current(&d, SM_FILE_CREATE, sizeof(*r), call->name_len);
	if (!r)
		return;
	sm_fill_create(r, call->hook, emptied && made < 0, false);
	if (made >= 0 || (!created && !emptied)) {
		if (sm_append_target(&d, offsetof(struct sm_file_create_record, target), id, made))
			sm_read_inode((struct inode *)call->seen[made & (SM_SEEN - 1)].inode, &r->file);
	} else {
		sm_read_inode(inode, &r->file);
		sm_append_location(&d, &r->target, &f->f_path);
		if (other)
			r->target.marks |= SM_LOCATION_EXPOSED;
	}
	sm_record_end(&d);
}

/*
 * Appends the name that a call has given to the inode seen at `index` (-1: to one that was not seen), to the location
 * at `at` of the record, and tells which file it is.
 */
static __always_inline void sm_append_given(struct sm_draft *d, __u32 at, struct sm_file *file,
					    struct sm_call_state *call, __u64 id, int index)
{
	struct sm_seen *e = &call->seen[index & (SM_SEEN - 1)];

	if (index >= 0) {
		/* A name that it had before is not the one that it got. */
		if (e->before)
			e->certain = 0;
		if (sm_append_target(d, at, id, sm_is_old_name(call, id, e) ? -1 : index) || sm_is_link(call))
			sm_read_inode((struct inode *)e->inode, file);
	} else if (sm_find_made(id)) {
		sm_append_target(d, at, id, SM_TARGET_CHILD);
		*file = call->child[0].file;
	} else {
		sm_append_target(d, at, id, -1);
	}
}

/* A call has given a name to the inode seen at `index`; -1: to one that was not seen. */
static __always_inline void sm_named(struct sm_call_state *call, __u64 id, int index, bool overwritten)
{
	struct sm_file_create_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_FILE_CREATE, sizeof(*r), call->name_len);
	if (!r)
		return;
	sm_fill_create(r, call->hook, overwritten, sm_makes_directory(call));
	sm_append_given(&d, offsetof(struct sm_file_create_record, target), &r->file, call, id, index);
	if (r->file.mode)
		r->directory = (r->file.mode & SM_S_IFMT) == SM_S_IFDIR;
	sm_record_end(&d);
}
