/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileCreate: a file got a name, or an existing one was overwritten. */

#define SM_O_CREAT 00000100
#define SM_O_EXCL 00000200
#define SM_O_TRUNC 00001000
#define SM_FMODE_CREATED (1 << 20) /* since 4.19 */

static __always_inline bool sm_makes_directory(struct sm_call_state *c)
{
	return c->call == SM_CALL_MKDIR || c->call == SM_CALL_MKDIRAT;
}

/* An open that can neither make nor empty a file is let go at once. */
static __always_inline int sm_open_begin(__u32 call, __s32 dirfd, __u64 name, __u64 flags)
{
	struct sm_call_state *c;

	if (!(flags & (SM_O_CREAT | SM_O_TRUNC)))
		return 0;
	c = sm_call_begin(SM_FILE_CREATE, call, dirfd, name, flags);
	if (c)
		c->follow = sm_memory_shared();
	return 0;
}

/* match: open(const char *filename, int flags, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_open")
int SM_TRACE(sm_open_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(SM_CALL_OPEN, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: openat(int dfd, const char *filename, int flags, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_openat")
int SM_TRACE(sm_openat_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(SM_CALL_OPENAT, ctx->args[0], ctx->args[1], ctx->args[2]);
}

/* match: openat2(int dfd, const char *filename, struct open_how *how, size_t usize): the flags are the first member of how */
SEC("tracepoint/syscalls/sys_enter_openat2")
int SM_TRACE(sm_openat2_enter, struct sm_sys_enter *ctx)
{
	__u64 flags = SM_O_CREAT | SM_O_TRUNC; /* if they cannot be read, the result will tell */

	bpf_probe_read_user(&flags, sizeof(flags), (void *)ctx->args[2]);
	return sm_open_begin(SM_CALL_OPENAT2, ctx->args[0], ctx->args[1], flags);
}

/* match: creat(const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_creat")
int SM_TRACE(sm_creat_enter, struct sm_sys_enter *ctx)
{
	return sm_open_begin(SM_CALL_CREAT, SM_AT_FDCWD, ctx->args[0], SM_O_CREAT | SM_O_TRUNC);
}

static __always_inline void sm_fill_create(struct sm_file_create_record *r, __u32 hook, bool overwritten, bool directory)
{
	sm_header_of_current(&r->hdr, SM_FILE_CREATE);
	__builtin_memset(&r->file, 0, sizeof(r->file));
	__builtin_memset(&r->target, 0, sizeof(r->target));
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->overwritten = overwritten;
	r->directory = directory;
	r->reserved = 0;
}

/* With threads on one table, the descriptor may be closed by now, or be another file. */
static __always_inline bool sm_is_other_file(struct sm_call_state *call, struct file *f)
{
	return !f || (sm_memory_shared() && !sm_is_called(BPF_CORE_READ(f, f_path.dentry), call));
}

/*
 * With threads, the descriptor may be another's by now: closed, or replaced by dup2 or by a later open. Where the kernel
 * tells of inodes, what the call made is known all the same; elsewhere it is reported if it must have made something, by
 * what was passed and as exposed.
 */
static __always_inline void sm_opened(struct sm_call_state *call, __u64 id, struct file *f)
{
	__u32 off = sizeof(struct sm_file_create_record), slot = bpf_get_smp_processor_id();
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	bool created = BPF_CORE_READ(f, f_mode) & SM_FMODE_CREATED, other = sm_is_other_file(call, f);
	bool emptied = !created && (call->flags & SM_O_TRUNC) && (BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) == SM_S_IFREG;
	struct sm_file_create_record *r;
	struct sm_counters *c;
	struct sm_scratch *s;
	int made = -1;

	if (!(call->flags & SM_O_CREAT))
		return;
	if (created && BPF_CORE_READ(inode, i_nlink) == 0 && BPF_CORE_READ(f, f_path.dentry, d_hash.pprev) == NULL)
		return; /* O_TMPFILE: it has no name yet */
	if (other) {
		sm_name_again(id);
		made = sm_child_of_call(id, 0);
		if (sm_tells_inodes)
			created = false; /* if it were this call's, it would have been told of */
		if (made < 0 && !created && !emptied && (sm_tells_inodes || (f && !(call->flags & SM_O_EXCL))))
			return;
	} else if (!created && !emptied) {
		return;
	}
	c = sm_produced(SM_FILE_CREATE);
	if (!c || !sm_has_room(c, sizeof(*r) + call->name_len, false))
		return;
	s = sm_scratch_take(c, slot);
	if (!s)
		return;
	r = (struct sm_file_create_record *)s->data;
	sm_fill_create(r, call->hook, emptied && made < 0, false);
	if (made >= 0 || (!created && !emptied)) {
		if (sm_append_target(&r->target, call, id, made, s, &off, slot))
			sm_read_inode((struct inode *)call->seen[made & (SM_SEEN - 1)].inode, &r->file);
	} else {
		sm_read_inode(inode, &r->file);
		sm_append_location(&r->target, &f->f_path, &off, slot);
		if (other)
			r->target.marks |= SM_LOCATION_EXPOSED;
	}
	sm_output(c, s, &r->hdr, off);
}

/* match: mknod(const char *filename, umode_t mode, unsigned dev) */
SEC("tracepoint/syscalls/sys_enter_mknod")
int SM_TRACE(sm_mknod_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_MKNOD, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
	return 0;
}

/* match: mknodat(int dfd, const char *filename, umode_t mode, unsigned int dev) */
SEC("tracepoint/syscalls/sys_enter_mknodat")
int SM_TRACE(sm_mknodat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_MKNODAT, ctx->args[0], ctx->args[1], ctx->args[2]);
	return 0;
}

/* match: mkdir(const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_mkdir")
int SM_TRACE(sm_mkdir_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_MKDIR, SM_AT_FDCWD, ctx->args[0], 0);
	return 0;
}

/* match: mkdirat(int dfd, const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_mkdirat")
int SM_TRACE(sm_mkdirat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_MKDIRAT, ctx->args[0], ctx->args[1], 0);
	return 0;
}

/* match: link(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_link")
int SM_TRACE(sm_link_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_LINK, SM_AT_FDCWD, ctx->args[1], 0);
	return 0;
}

/* match: linkat(int olddfd, const char *oldname, int newdfd, const char *newname, int flags) */
SEC("tracepoint/syscalls/sys_enter_linkat")
int SM_TRACE(sm_linkat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_LINKAT, ctx->args[2], ctx->args[3], 0);
	return 0;
}

/* match: symlink(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_symlink")
int SM_TRACE(sm_symlink_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_SYMLINK, SM_AT_FDCWD, ctx->args[1], 0);
	return 0;
}

/* match: symlinkat(const char *oldname, int newdfd, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_symlinkat")
int SM_TRACE(sm_symlinkat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_CREATE, SM_CALL_SYMLINKAT, ctx->args[1], ctx->args[2], 0);
	return 0;
}

/* A call has given a name to the inode seen at `index`; -1: to one that was not seen. */
static __always_inline void sm_named(struct sm_call_state *call, __u64 id, int index, bool overwritten)
{
	__u32 off = sizeof(struct sm_file_create_record), slot = bpf_get_smp_processor_id();
	struct sm_file_create_record *r;
	struct sm_counters *c;
	struct sm_scratch *s;

	c = sm_produced(SM_FILE_CREATE);
	if (!c || !sm_has_room(c, sizeof(*r) + call->name_len, false))
		return;
	s = sm_scratch_take(c, slot);
	if (!s)
		return;
	r = (struct sm_file_create_record *)s->data;
	sm_fill_create(r, call->hook, overwritten, sm_makes_directory(call));
	if (sm_append_target(&r->target, call, id, index, s, &off, slot)) {
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
		r->directory = (r->file.mode & SM_S_IFMT) == SM_S_IFDIR;
	}
	sm_output(c, s, &r->hdr, off);
}
