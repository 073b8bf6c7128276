/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileCreateTime: the modification time of a file was set. */

#define SM_UTIME_OMIT ((1 << 30) - 2)

/* Programs pass two times; the second is that of the modification. A call that leaves it alone is of no interest. */
static __always_inline bool sm_omits_mtime(__u64 times)
{
	__s64 nsec = 0;

	return times && !bpf_probe_read_user(&nsec, sizeof(nsec), (void *)times + 24) && nsec == SM_UTIME_OMIT;
}

static __always_inline int sm_time_begin(__u32 call, __s32 dirfd, __u64 name)
{
	struct sm_call_state *c = sm_call_begin(SM_FILE_TIME, call, dirfd, name, 0);
	struct file *f;

	/* Without a name the call is about the descriptor's file, whose time before the call can be read here. */
	if (c && !name) {
		f = sm_file_of(dirfd);
		c->seen[0].inode = (__u64)BPF_CORE_READ(f, f_inode);
		c->seen[0].dentry = (__u64)f;
		sm_read_inode((struct inode *)c->seen[0].inode, &c->seen[0].file);
	}
	return 0;
}

/* match: utime(char *filename, struct utimbuf *times) */
SEC("tracepoint/syscalls/sys_enter_utime")
int SM_TRACE(sm_utime_enter, struct sm_sys_enter *ctx)
{
	return sm_time_begin(SM_CALL_UTIME, SM_AT_FDCWD, ctx->args[0]);
}

/* match: utimes(char *filename, struct timeval *utimes) */
SEC("tracepoint/syscalls/sys_enter_utimes")
int SM_TRACE(sm_utimes_enter, struct sm_sys_enter *ctx)
{
	return sm_time_begin(SM_CALL_UTIMES, SM_AT_FDCWD, ctx->args[0]);
}

/* match: futimesat(int dfd, const char *filename, struct timeval *utimes) */
SEC("tracepoint/syscalls/sys_enter_futimesat")
int SM_TRACE(sm_futimesat_enter, struct sm_sys_enter *ctx)
{
	return sm_time_begin(SM_CALL_FUTIMESAT, ctx->args[0], ctx->args[1]);
}

/* match: utimensat(int dfd, const char *filename, struct timespec *utimes, int flags) */
SEC("tracepoint/syscalls/sys_enter_utimensat")
int SM_TRACE(sm_utimensat_enter, struct sm_sys_enter *ctx)
{
	return sm_omits_mtime(ctx->args[2]) ? 0 : sm_time_begin(SM_CALL_UTIMENSAT, ctx->args[0], ctx->args[1]);
}

static __always_inline void sm_fill_stamp(struct sm_stamp *t, struct sm_file *f)
{
	t->sec = f->mtime_sec;
	t->nsec = f->mtime_nsec;
	t->known = 1;
}

static __always_inline void sm_time_set(struct sm_call_state *call, __u64 id)
{
	int index = sm_last_of_call(call);
	struct sm_file_time_record *r;
	struct sm_draft d;

	if (!call->name) {
		sm_read_inode((struct inode *)call->seen[0].inode, &call->seen[1].file);
		if (call->seen[0].file.mtime_sec == call->seen[1].file.mtime_sec &&
		    call->seen[0].file.mtime_nsec == call->seen[1].file.mtime_nsec)
			return;
	}
	r = sm_record_of_current(&d, SM_FILE_TIME, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->call;
	if (!call->name) {
		struct file *f = (struct file *)call->seen[0].dentry;

		r->file = call->seen[1].file;
		sm_fill_stamp(&r->now, &r->file);
		sm_fill_stamp(&r->before, &call->seen[0].file);
		sm_append_location(&d, &r->target, &f->f_path);
	} else if (sm_append_target(&d, &r->target, call, id, index)) {
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
		sm_fill_stamp(&r->now, &r->file);
	}
	sm_record_end(&d);
}

/* match: utimensat(int dfd, const char *filename, struct timespec *utimes, int flags), and the others likewise */
SEC("tracepoint/syscalls/sys_exit_{utime,utimes,futimesat,utimensat}")
int SM_TRACE(sm_utime_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_time_set(call, id);
	sm_call_end(&id);
	return 0;
}
