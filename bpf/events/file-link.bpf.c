/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileLink: a hard or a symbolic link was made, with what it is of. hooks/create.h calls it. */

#define SM_AT_EMPTY_PATH 0x1000

/* Somebody wants to know what links are of. */
static __always_inline bool sm_wants_links(void)
{
	return sm_wanted[SM_EVENT_FILE_LINK];
}

static __always_inline bool sm_makes_symbolic(struct sm_call_state *c)
{
	return c->call == SM_CALL_SYMLINK || c->call == SM_CALL_SYMLINKAT;
}

/*
 * Appends the text of a symbolic link: what the kernel has made of it, if the file system keeps it in memory, and else
 * what was passed. It is no path that starts anywhere.
 */
static __always_inline void sm_append_text_of_link(struct sm_draft *d, struct sm_location *to, struct sm_call_state *c,
						   struct inode *inode)
{
	const char *kept = inode && sm_tells_inodes ? BPF_CORE_READ(inode, i_link) : NULL;
	struct sm_passed *p = &c->other;
	__u32 at = d->off;
	long n = -1;

	if (kept)
		n = bpf_probe_read_kernel_str(sm_at(d->scratch, at), SM_PATH_MAX, kept);
	if (n <= 0) {
		if (p->name_len && (!p->skipped || c->since)) {
			n = p->name_len + 1;
			bpf_probe_read_kernel(sm_at(d->scratch, at), SM_NAME_KEPT, p->start);
			if (p->skipped) /* the kernel's copy is gone, the beginning of the text with it */
				to->marks |= SM_LOCATION_CUT | SM_LOCATION_EXPOSED;
		} else {
			n = bpf_probe_read_user_str(sm_at(d->scratch, at), SM_PATH_MAX, (void *)p->name);
		}
		if (p->late || (!c->since && sm_memory_shared()))
			to->marks |= SM_LOCATION_EXPOSED;
	}
	to->name.off = at;
	to->name.len = n > 0 ? n - 1 : 0;
	d->off = at + to->name.len;
}

/* Appends the name of the file that a hard link is of. Nothing: it had none (O_TMPFILE). */
static __always_inline void sm_append_linked(struct sm_draft *d, struct sm_file_link_record *r, struct sm_call_state *c,
					     __u64 id)
{
	struct sm_seen *e = &c->seen[c->named & (SM_SEEN - 1)];
	struct dentry *old = (struct dentry *)c->old.dentry;
	struct file *f;

	if (c->flags & SM_AT_EMPTY_PATH && !c->other.name_len && !c->other.late) {
		f = sm_file_of(c->other.dirfd);
		if (BPF_CORE_READ(f, f_path.dentry, d_hash.pprev))
			sm_append_location(d, &r->source, &f->f_path);
		/* Somebody else may have put another file there meanwhile. */
		if (c->named >= 0 ? (__u64)BPF_CORE_READ(f, f_inode) != e->inode : sm_descriptors_shared())
			r->source.marks |= SM_LOCATION_EXPOSED;
		return;
	}
	if (sm_tells_inodes && (c->named < 0 || c->old.inode != e->inode))
		c->old.dentry = 0;
	else if (sm_tells_inodes && old && !BPF_CORE_READ(old, d_hash.pprev))
		return;
	sm_turn(id);
	sm_append_target(d, offsetof(struct sm_file_link_record, source), id, SM_TARGET_OLD);
	sm_turn(id);
}

/* A link was made; after sm_create_done(). */
__noinline int sm_linked(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_file_link_record *r;
	struct sm_draft d;

	if (!c || !c->two || !sm_wants_links())
		return 0;
	r = sm_record_of_current(&d, SM_FILE_LINK, sizeof(*r), 2 * SM_NAME_KEPT);
	if (!r)
		return 0;
	r->uid = bpf_get_current_uid_gid();
	r->hook = c->hook;
	r->symbolic = sm_makes_symbolic(c);
	sm_append_given(&d, offsetof(struct sm_file_link_record, target), &r->file, c, id, c->named);
	if (r->symbolic)
		sm_append_text_of_link(&d, &r->source, c,
				       c->named >= 0 ? (struct inode *)c->seen[c->named & (SM_SEEN - 1)].inode : NULL);
	else
		sm_append_linked(&d, r, c, id);
	sm_record_end(&d);
	return 0;
}
