/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileRename: a file got another name, with both. hooks/rename.h calls it. */

/* Somebody wants to know what files were called before. */
static __always_inline bool sm_wants_renames(void)
{
	return sm_wanted[SM_EVENT_FILE_RENAME];
}

/* sm_file_rename_record.replaced */
enum { SM_REPLACED_UNKNOWN, SM_REPLACED_NOTHING, SM_REPLACED_ANOTHER };

#define SM_RENAME_NOREPLACE 1
#define SM_MSDOS_MAGIC 0x4d44 /* vfat does not tell of what a rename replaces */

static __always_inline __u32 sm_what_was_replaced(struct sm_call_state *c)
{
	if (c->replaced)
		return SM_REPLACED_ANOTHER;
	if (c->flags & SM_RENAME_NOREPLACE)
		return SM_REPLACED_NOTHING;
	/* Where the file was seen to change, what it replaced would have been as well. */
	if (c->named < 0 || c->seen[c->named & (SM_SEEN - 1)].file.magic == SM_MSDOS_MAGIC)
		return SM_REPLACED_UNKNOWN;
	return SM_REPLACED_NOTHING;
}

/*
 * Appends the old name of a file: what the dentry that has the new one now was called before, in the directory that it
 * was in. A rename does not leave its mount. Returns whether all of that is known.
 */
static __always_inline bool sm_append_old(struct sm_draft *d, struct sm_location *source, struct sm_call_state *c)
{
	struct sm_seen *e = &c->seen[c->named & (SM_SEEN - 1)];
	struct sm_old *o = &c->old;
	struct dentry *parent = (struct dentry *)o->parent;
	__u32 at = d->off, len = o->name_hash >> 32;
	int n;

	if (c->named < 0 || !o->dentry || o->dentry != e->dentry || o->inode != e->inode ||
	    (__u64)BPF_CORE_READ(parent, d_inode) != o->parent_inode ||
	    (o->parent == e->parent && o->name_hash == e->name_hash)) {
		o->dentry = 0;
		return false;
	}
	bpf_probe_read_kernel(sm_at(d->scratch, at), sm_len(len, SM_NAME_MAX), o->text);
	*(char *)sm_at(d->scratch, at + len) = '/';
	n = sm_walk_path(o->parent, c->search.chosen, at + len + 1, d->slot);
	if (n & SM_PATH_PSEUDO)
		return false;
	if (n & SM_PATH_CUT)
		source->marks |= SM_LOCATION_CUT;
	n &= 0xffff;
	source->path.off = at;
	source->path.len = len + 1 + (n == 1 ? 0 : n); /* one character is the root */
	d->off = at + source->path.len;
	return true;
}

static __always_inline struct sm_file_rename_record *sm_rename_record(struct sm_draft *d, struct sm_call_state *c)
{
	struct sm_file_rename_record *r;

	r = sm_record_of_current(d, SM_FILE_RENAME, sizeof(*r), 2 * SM_NAME_KEPT);
	if (!r)
		return NULL;
	r->uid = bpf_get_current_uid_gid();
	r->hook = c->hook;
	return r;
}

#define SM_RENAME_TARGET offsetof(struct sm_file_rename_record, target)
#define SM_RENAME_SOURCE offsetof(struct sm_file_rename_record, source)

/* A rename has succeeded; after sm_rename_done(). */
__noinline int sm_renamed(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_file_rename_record *r;
	struct sm_draft d;

	if (!c || !c->two || !sm_wants_renames())
		return 0;
	r = sm_rename_record(&d, c);
	if (!r)
		return 0;
	r->replaced = sm_what_was_replaced(c);
	sm_append_given(&d, SM_RENAME_TARGET, &r->file, c, id, c->named);
	/* By the mount that the new name was told by, if it was told by one. */
	if (r->target.path.len && sm_append_old(&d, &r->source, c)) {
		r->source.marks |= r->target.marks & SM_LOCATION_EXPOSED;
	} else {
		c->old.dentry = 0;
		sm_turn(id);
		sm_append_target(&d, SM_RENAME_SOURCE, id, SM_TARGET_OLD);
		sm_turn(id);
		r->source.marks |= SM_LOCATION_EXPOSED;
	}
	sm_record_end(&d);
	return 0;
}

/*
 * Two names were exchanged; `second`: tells of the file that got the name which was passed first. The old name of each
 * is the new one of the other.
 */
__noinline int sm_exchanged(__u64 id, __u32 second)
{
	struct sm_call_state *c = sm_call_at(id);
	struct sm_file_rename_record *r;
	struct sm_draft d;

	if (!c || !sm_wants_renames())
		return 0;
	r = sm_rename_record(&d, c);
	if (!r)
		return 0;
	r->exchanged = 1;
	r->replaced = SM_REPLACED_NOTHING;
	if (second)
		sm_turn(id);
	sm_append_given(&d, SM_RENAME_TARGET, &r->file, c, id, second ? c->traded : c->named);
	sm_turn(id);
	sm_append_target(&d, SM_RENAME_SOURCE, id, second ? c->named : c->traded);
	if (!second)
		sm_turn(id);
	sm_record_end(&d);
	return 0;
}
