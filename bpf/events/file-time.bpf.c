/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileCreateTime: the modification time of a file was set. */

/* Somebody wants to know of files whose modification time is set. */
static __always_inline bool sm_wants_times(void)
{
	return sm_wanted[SM_EVENT_FILE_CREATE_TIME];
}

#define SM_UTIME_OMIT ((1 << 30) - 2)

#define SM_DESCRIBED                                                                                                   \
	(SM_SEEN - 1) /* in sm_call_state.seen: the file of a descriptor, as it was when the call began                \
		       */

/*
 * Programs pass two times; the second is that of the modification, which a call may leave alone. `absent`: what to
 * think if their page is not there.
 */
static __always_inline bool sm_omits_mtime(__u64 times, bool absent)
{
	__s64 nsec = 0;

	if (!times)
		return false;
	return bpf_probe_read_user(&nsec, sizeof(nsec), (void *)times + 24) ? absent : nsec == SM_UTIME_OMIT;
}

static __always_inline struct sm_call_state *sm_time_begin(struct sm_sys_enter *ctx, __u32 call, __s32 dirfd,
							   __u64 name)
{
	struct sm_call_state *c = sm_call_begin(ctx, SM_FILE_TIME, call, dirfd, name, 0);
	struct sm_seen *e;
	struct file *f;

	/* Without a name the call is about the descriptor's file, whose time before the call can be read here. */
	if (c && !name) {
		f = sm_file_of(dirfd);
		e = &c->seen[SM_DESCRIBED];
		e->inode = (__u64)BPF_CORE_READ(f, f_inode);
		e->dentry = (__u64)f;
		c->depth = BPF_CORE_READ(f, f_inode, i_sb, s_stack_depth);
		sm_read_inode((struct inode *)e->inode, &e->file);
	}
	return c;
}

/* match: utime(char *filename, struct utimbuf *times) */
SEC("tracepoint/syscalls/sys_enter_utime")
int SM_TRACE(sm_utime_enter, struct sm_sys_enter *ctx)
{
	sm_time_begin(ctx, SM_CALL_UTIME, SM_AT_FDCWD, ctx->args[0]);
	return 0;
}

/* match: utimes(char *filename, struct timeval *utimes) */
SEC("tracepoint/syscalls/sys_enter_utimes")
int SM_TRACE(sm_utimes_enter, struct sm_sys_enter *ctx)
{
	sm_time_begin(ctx, SM_CALL_UTIMES, SM_AT_FDCWD, ctx->args[0]);
	return 0;
}

/* match: futimesat(int dfd, const char *filename, struct timeval *utimes) */
SEC("tracepoint/syscalls/sys_enter_futimesat")
int SM_TRACE(sm_futimesat_enter, struct sm_sys_enter *ctx)
{
	sm_time_begin(ctx, SM_CALL_FUTIMESAT, ctx->args[0], ctx->args[1]);
	return 0;
}

/* match: utimensat(int dfd, const char *filename, struct timespec *utimes, int flags) */
SEC("tracepoint/syscalls/sys_enter_utimensat")
int SM_TRACE(sm_utimensat_enter, struct sm_sys_enter *ctx)
{
	struct sm_call_state *c = sm_time_begin(ctx, SM_CALL_UTIMENSAT, ctx->args[0], ctx->args[1]);

	if (c) {
		c->more = ctx->args[2];
		c->flags = sm_omits_mtime(c->more, true); /* it is asked again when the call has ended */
	}
	return 0;
}

static __always_inline void sm_fill_stamp(struct sm_stamp *t, struct sm_file *f)
{
	t->sec = f->mtime_sec;
	t->nsec = f->mtime_nsec;
	t->known = 1;
}

static __always_inline bool sm_same_mtime(struct sm_file *a, struct sm_file *b)
{
	return a->mtime_sec == b->mtime_sec && a->mtime_nsec == b->mtime_nsec;
}

/* Of the file of a descriptor the time before is known: it says what was done, whatever was passed. */
static __always_inline void sm_time_of_descriptor(struct sm_call_state *call)
{
	struct sm_seen *e = &call->seen[SM_DESCRIBED];
	struct file *f = (struct file *)e->dentry, *now = sm_file_of(call->dirfd);
	struct sm_file_time_record *r;
	struct sm_file after = {};
	struct sm_draft d;

	if ((__u64)BPF_CORE_READ(f, f_inode) != e->inode)
		return; /* it was closed before the call took its file, which is another one */
	sm_read_inode((struct inode *)e->inode, &after);
	if (sm_same_mtime(&e->file, &after))
		return;
	r = sm_record_of_current(&d, SM_FILE_TIME, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->call;
	r->file = after;
	sm_fill_stamp(&r->now, &r->file);
	sm_fill_stamp(&r->before, &e->file);
	sm_append_location(&d, &r->target, &f->f_path);
	if (now != f)
		r->target.marks |= SM_LOCATION_EXPOSED;
	sm_record_end(&d);
}

/*
 * The kernel tells which inode was changed: of a name, or of a descriptor that others have replaced by now. Most file
 * systems set the modification time after that, so that one which differs is the new one.
 */
static __always_inline void sm_time_of_name(struct sm_call_state *call, __u64 id, bool omitted)
{
	int index = sm_last_of_call(call);
	struct sm_seen *e = &call->seen[index & (SM_SEEN - 1)];
	struct sm_file_time_record *r;
	struct sm_file after = {};
	struct sm_draft d;

	if (index >= 0)
		sm_read_inode((struct inode *)e->inode, &after);
	if (omitted && (index < 0 || sm_same_mtime(&e->file, &after)))
		return;
	r = sm_record_of_current(&d, SM_FILE_TIME, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->call;
	if (sm_append_target(&d, offsetof(struct sm_file_time_record, target), id, index)) {
		r->file = after;
		sm_fill_stamp(&r->now, &r->file);
	} else {
		r->target.marks |= SM_LOCATION_EXPOSED; /* it may be a symbolic link */
	}
	if (!call->name)
		r->target.marks |= SM_LOCATION_EXPOSED;
	sm_record_end(&d);
}

__noinline int sm_time_set(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	bool replaced; /* of a descriptor: an inode was changed that was not behind it */

	if (!call || !sm_wants_times())
		return 0;
	replaced = call->seen_count > 0;
	if (call->name || replaced)
		sm_time_of_name(call, id, call->flags && sm_omits_mtime(call->more, false));
	else
		sm_time_of_descriptor(call);
	return 0;
}
