/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Opens: they make FileCreate, FileModify, FileOpen, RawAccessRead, PipeEvent (18) and ProcessAccess. */
#ifndef SM_HOOKS_OPEN_H
#define SM_HOOKS_OPEN_H

/* An open that can neither make nor empty a file is not followed. */
static __always_inline int sm_open_begin(struct sm_sys_enter *ctx, __u32 call, __s32 dirfd, __u64 name, __u64 flags)
{
	struct sm_call_state *c;

	if (!(flags & (SM_O_CREAT | SM_O_TRUNC)) || flags & SM_O_PATH)
		return 0;
	c = sm_call_begin(ctx, SM_FILE_CREATE, call, dirfd, name, flags);
	if (c)
		c->follow = sm_descriptors_shared();
	return 0;
}

/* match: open(const char *filename, int flags, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_open")
int SM_TRACE(sm_open_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(ctx, SM_CALL_OPEN, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: openat(int dfd, const char *filename, int flags, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_openat")
int SM_TRACE(sm_openat_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(ctx, SM_CALL_OPENAT, ctx->args[0], ctx->args[1], ctx->args[2]);
}

/*
 * match: openat2(int dfd, const char *filename, struct open_how *how, size_t usize): the flags are the first member of
 * how
 */
SEC("tracepoint/syscalls/sys_enter_openat2")
int SM_TRACE(sm_openat2_enter, struct sm_sys_enter *ctx)
{
	struct sm_call_state *c;
	__u64 flags = 0;

	/*
	 * Followed whatever they say now: their page may not be there yet, or somebody else may write to it. A failed
	 * read leaves zero. sm_judge_open() asks again.
	 */
	bpf_probe_read_user(&flags, sizeof(flags), (void *)ctx->args[2]);
	c = sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_OPENAT2, ctx->args[0], ctx->args[1], flags);
	if (c) {
		c->more = ctx->args[2];
		c->follow = 1;
	}
	return 0;
}

/* match: creat(const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_creat")
int SM_TRACE(sm_creat_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(ctx, SM_CALL_CREAT, SM_AT_FDCWD, ctx->args[0], SM_O_CREAT | SM_O_TRUNC);
}

/*
 * match: open_by_handle_at(int mountdirfd, struct file_handle *handle, int flags): it makes no file, and there is no
 * name
 */
SEC("tracepoint/syscalls/sys_enter_open_by_handle_at")
int SM_TRACE(sm_handle_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(ctx, SM_CALL_OPEN_BY_HANDLE_AT, SM_AT_FDCWD, 0, ctx->args[2] & ~SM_O_CREAT);
}

static __always_inline __u32 sm_open_call(__s32 nr)
{
	return nr == SM_NR_OPENAT	       ? SM_CALL_OPENAT
	       : nr == SM_NR_OPEN	       ? SM_CALL_OPEN
	       : nr == SM_NR_CREAT	       ? SM_CALL_CREAT
	       : nr == SM_NR_OPEN_BY_HANDLE_AT ? SM_CALL_OPEN_BY_HANDLE_AT
					       : SM_CALL_OPENAT2;
}

/*
 * What openat2 did, if its flags are not certain: the open file says whether it was made, and where the kernel tells of
 * inodes whether it was emptied. Otherwise the flags do, as they were when the call began or are now.
 */
static __always_inline void sm_judge_open(struct sm_call_state *call, __u64 id, struct file *f)
{
	__u64 flags = 0;

	if (!call->more)
		return;
	bpf_probe_read_user(&flags, sizeof(flags), (void *)call->more);
	call->flags |= flags;
	if (f && !sm_is_other_file(call, id, f)) {
		struct inode *inode = BPF_CORE_READ(f, f_inode);
		bool created = BPF_CORE_READ(f, f_mode) & SM_FMODE_CREATED;

		if (created)
			call->flags |= SM_O_CREAT;
		if (!created && sm_tells_inodes && sm_is_seen(call, (__u64)inode))
			call->flags |= SM_O_TRUNC;
		else if (BPF_CORE_READ(inode, i_size)) /* it has content: it was not emptied */
			call->flags &= ~SM_O_TRUNC;
	}
	if (call->flags & SM_O_PATH)
		call->flags &= ~(SM_O_CREAT | SM_O_TRUNC);
}

/* Some events are about opening a file of a certain kind, also if the open makes or empties nothing. */
static __always_inline bool sm_wants_special(void)
{
	return sm_wants_devices() || sm_wants_open_fifos() || sm_wants_access() || sm_wants_opens();
}

/*
 * A descriptor of O_PATH only names the file. One for neither reading nor writing takes ioctl(2), which can read. This
 * and the next are global functions, see sm_open_modified().
 */
__noinline int sm_special_opened(__u64 file, __u32 hook)
{
	struct file *f = (struct file *)file;
	struct inode *inode;
	__u32 type;

	/* First, as it is asked of every open: the others read more. */
	if (sm_wants_opens() && sm_may_be_watched(file))
		sm_watched_opened(file, hook);
	if (!(sm_wants_devices() || sm_wants_open_fifos() || sm_wants_access()))
		return 0;
	inode = BPF_CORE_READ(f, f_inode);
	type = BPF_CORE_READ(inode, i_mode) & SM_S_IFMT;
	if (BPF_CORE_READ(f, f_flags) & SM_O_PATH)
		return 0;
	if (sm_wants_devices() && type == SM_S_IFBLK)
		sm_device_opened(hook, f);
	if (sm_wants_open_fifos() && type == SM_S_IFIFO)
		sm_fifo_opened(hook, f);
	if (sm_wants_access() && type == SM_S_IFREG)
		sm_memory_opened(hook, f, inode);
	return 0;
}

__noinline int sm_open_named(__u64 id, __u64 file)
{
	struct sm_call_state *call = sm_call_at(id);

	if (call && sm_wants_names())
		sm_opened(call, id, (struct file *)file);
	return 0;
}

/* A file was opened. `call` is NULL if the open could neither make nor empty it. */
static __always_inline void sm_open_done(struct sm_call_state *call, __u64 id, struct file *f, __u32 hook)
{
	if (call)
		sm_judge_open(call, id, f);
	if (sm_wants_special())
		sm_special_opened((__u64)f, hook);
	if (sm_wants_changes())
		sm_open_modified(id, (__u64)f, !!call);
	if (call && sm_wants_names())
		sm_open_named(id, (__u64)f);
}

/*
 * match: openat(int dfd, const char *filename, int flags, umode_t mode), and the others likewise: the result is the
 * descriptor. That of memfd_create(2) is one of a file that has no name.
 */
SEC("tracepoint/syscalls/sys_exit_{open,openat,openat2,creat,open_by_handle_at,memfd_create}")
int SM_TRACE(sm_open_exit, struct sm_sys_exit *ctx)
{
	/* Before it runs, the sensor makes files of the list known by opening them. */
	bool all =
	    (sm_wants_changes() || sm_wants_special()) && (sm_wants_opens() ? sm_may_be_in_scope() : sm_in_scope());
	struct sm_call_state *call = NULL;
	__u64 id = 0;

	if (sm_wants_names() || sm_wants_changes()) /* else none is noted */
		call = sm_call_ended(ctx, &id);
	if (ctx->ret >= 0 && (call || all))
		sm_open_done(call, id, sm_file_of(ctx->ret), sm_open_call(ctx->nr));
	if (call)
		sm_call_end(call, &id);
	return 0;
}

#endif
