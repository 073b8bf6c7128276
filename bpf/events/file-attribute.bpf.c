/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Who may do what with a file has changed: its mode, its owner, an extended attribute, or whether
 * it can be changed at all. Of a descriptor the kernel says what it was before and is after; of a path, since 6.13,
 * what it is after.
 */

#define SM_FS_IOC_SETFLAGS 0x40086602
#define SM_FS_IOC_FSSETXATTR 0x401c5820
#define SM_S_APPEND 4	 /* in inode.i_flags */
#define SM_S_IMMUTABLE 8 /* likewise */
#define SM_ATTRIBUTE_NAME 256
#define SM_UNKNOWN_VALUE 0xffffffff
/* sm_file_attribute_change_record.what */
#define SM_ATTRIBUTE_MODE 0
#define SM_ATTRIBUTE_OWNER 1
#define SM_ATTRIBUTE_SET 2
#define SM_ATTRIBUTE_REMOVE 3
#define SM_ATTRIBUTE_FLAGS 4

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct inode___owner {
	kuid_t i_uid;
	kgid_t i_gid;
};
#pragma clang attribute pop

static __always_inline __u64 sm_file_owner(struct inode *inode)
{
	struct inode___owner *i = (void *)inode;

	return BPF_CORE_READ(i, i_uid.val) | (__u64)BPF_CORE_READ(i, i_gid.val) << 32;
}

static __always_inline __u32 sm_locks_of(struct inode *inode)
{
	return BPF_CORE_READ(inode, i_flags) & (SM_S_APPEND | SM_S_IMMUTABLE);
}

/* `value`: what was passed, or the address of the name of an extended attribute. */
static __always_inline int sm_attribute_begin(struct sm_sys_enter *ctx, __u32 call, __s32 dirfd, __u64 name,
					      __u64 value)
{
	struct sm_call_state *c;
	struct sm_seen *e;
	struct file *f;
	char first = 1;

	/* AT_EMPTY_PATH: it is about the descriptor. */
	if (name && !bpf_probe_read_user(&first, 1, (void *)name) && !first)
		name = 0;
	c = sm_call_begin(ctx, SM_FILE_ATTRIBUTE_CHANGE, call, dirfd, name, 0);
	if (!c)
		return 0;
	c->more = value;
	if (name)
		return 0;
	f = sm_file_of(dirfd);
	e = &c->seen[SM_DESCRIBED];
	e->inode = (__u64)BPF_CORE_READ(f, f_inode);
	e->dentry = (__u64)f;
	e->name_hash = sm_file_owner((struct inode *)e->inode);
	e->certain = sm_locks_of((struct inode *)e->inode);
	c->depth = BPF_CORE_READ(f, f_inode, i_sb, s_stack_depth);
	sm_read_inode((struct inode *)e->inode, &e->file);
	return 0;
}

#define SM_PASSED_OWNER(uid, gid) ((__u32)(uid) | (__u64)(__u32)(gid) << 32)

/* match: chmod(const char *filename, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_chmod")
int SM_TRACE(sm_chmod_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_CHMOD, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: fchmod(unsigned int fd, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_fchmod")
int SM_TRACE(sm_fchmod_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FCHMOD, ctx->args[0], 0, ctx->args[1]);
}

/* match: fchmodat(int dfd, const char *filename, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_fchmodat")
int SM_TRACE(sm_fchmodat_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FCHMODAT, ctx->args[0], ctx->args[1], ctx->args[2]);
}

/* match: fchmodat2(int dfd, const char *filename, umode_t mode, unsigned int flags)  since 6.6 */
SEC("tracepoint/syscalls/sys_enter_fchmodat2")
int SM_TRACE(sm_fchmodat2_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FCHMODAT2, ctx->args[0], ctx->args[1], ctx->args[2]);
}

/* match: chown(const char *filename, uid_t user, gid_t group) */
SEC("tracepoint/syscalls/sys_enter_chown")
int SM_TRACE(sm_chown_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_CHOWN, SM_AT_FDCWD, ctx->args[0],
				  SM_PASSED_OWNER(ctx->args[1], ctx->args[2]));
}

/* match: lchown(const char *filename, uid_t user, gid_t group) */
SEC("tracepoint/syscalls/sys_enter_lchown")
int SM_TRACE(sm_lchown_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_LCHOWN, SM_AT_FDCWD, ctx->args[0],
				  SM_PASSED_OWNER(ctx->args[1], ctx->args[2]));
}

/* match: fchown(unsigned int fd, uid_t user, gid_t group) */
SEC("tracepoint/syscalls/sys_enter_fchown")
int SM_TRACE(sm_fchown_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FCHOWN, ctx->args[0], 0, SM_PASSED_OWNER(ctx->args[1], ctx->args[2]));
}

/* match: fchownat(int dfd, const char *filename, uid_t user, gid_t group, int flag) */
SEC("tracepoint/syscalls/sys_enter_fchownat")
int SM_TRACE(sm_fchownat_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FCHOWNAT, ctx->args[0], ctx->args[1],
				  SM_PASSED_OWNER(ctx->args[2], ctx->args[3]));
}

/* match: setxattr(const char *path, const char *name, const void *value, size_t size, int flags) */
SEC("tracepoint/syscalls/sys_enter_setxattr")
int SM_TRACE(sm_setxattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_SETXATTR, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: lsetxattr(const char *path, const char *name, const void *value, size_t size, int flags) */
SEC("tracepoint/syscalls/sys_enter_lsetxattr")
int SM_TRACE(sm_lsetxattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_LSETXATTR, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: fsetxattr(int fd, const char *name, const void *value, size_t size, int flags) */
SEC("tracepoint/syscalls/sys_enter_fsetxattr")
int SM_TRACE(sm_fsetxattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FSETXATTR, ctx->args[0], 0, ctx->args[1]);
}

/* match: removexattr(const char *path, const char *name) */
SEC("tracepoint/syscalls/sys_enter_removexattr")
int SM_TRACE(sm_removexattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_REMOVEXATTR, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: lremovexattr(const char *path, const char *name) */
SEC("tracepoint/syscalls/sys_enter_lremovexattr")
int SM_TRACE(sm_lremovexattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_LREMOVEXATTR, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
}

/* match: fremovexattr(int fd, const char *name) */
SEC("tracepoint/syscalls/sys_enter_fremovexattr")
int SM_TRACE(sm_fremovexattr_enter, struct sm_sys_enter *ctx)
{
	return sm_attribute_begin(ctx, SM_CALL_FREMOVEXATTR, ctx->args[0], 0, ctx->args[1]);
}

/* match: ioctl(unsigned int fd, unsigned int cmd, unsigned long arg) */
SEC("tracepoint/syscalls/sys_enter_ioctl")
int SM_TRACE(sm_setflags_enter, struct sm_sys_enter *ctx)
{
	__u32 request = ctx->args[1];

	if (request != SM_FS_IOC_SETFLAGS && request != SM_FS_IOC_FSSETXATTR)
		return 0;
	return sm_attribute_begin(ctx, SM_CALL_IOCTL, ctx->args[0], 0, 0);
}

static __always_inline __u32 sm_attribute_of(__u32 call)
{
	switch (call) {
	case SM_CALL_CHMOD:
	case SM_CALL_FCHMOD:
	case SM_CALL_FCHMODAT:
	case SM_CALL_FCHMODAT2:
		return SM_ATTRIBUTE_MODE;
	case SM_CALL_CHOWN:
	case SM_CALL_LCHOWN:
	case SM_CALL_FCHOWN:
	case SM_CALL_FCHOWNAT:
		return SM_ATTRIBUTE_OWNER;
	case SM_CALL_SETXATTR:
	case SM_CALL_LSETXATTR:
	case SM_CALL_FSETXATTR:
		return SM_ATTRIBUTE_SET;
	case SM_CALL_IOCTL:
		return SM_ATTRIBUTE_FLAGS;
	default:
		return SM_ATTRIBUTE_REMOVE;
	}
}

/* The values of an attribute: of a mode and of flags one, of an owner two. */
struct sm_values {
	__u32 before[2], after[2];
};

/* Of a descriptor. False: nothing has changed, or it is another file by now. */
static __always_inline bool sm_values_of_descriptor(struct sm_call_state *c, __u32 what, struct sm_values *v)
{
	struct sm_seen *e = &c->seen[SM_DESCRIBED];
	struct inode *inode = (struct inode *)e->inode;
	__u64 owner;

	if (what == SM_ATTRIBUTE_MODE) {
		v->before[0] = e->file.mode;
		v->after[0] = BPF_CORE_READ(inode, i_mode);
	} else if (what == SM_ATTRIBUTE_FLAGS) {
		v->before[0] = e->certain;
		v->after[0] = sm_locks_of(inode);
	} else if (what == SM_ATTRIBUTE_OWNER) {
		owner = sm_file_owner(inode);
		v->before[0] = e->name_hash;
		v->before[1] = e->name_hash >> 32;
		v->after[0] = owner;
		v->after[1] = owner >> 32;
	} else {
		return true;
	}
	return v->before[0] != v->after[0] || v->before[1] != v->after[1];
}

/*
 * Of a path, whose inode was seen at `index`; -1: what was passed is all that is known. What was there before is not:
 * file systems set a mode or an owner before they set the change time.
 */
static __always_inline void sm_values_of_path(struct sm_call_state *c, __u32 what, int index, struct sm_values *v)
{
	struct inode *inode = (struct inode *)c->seen[index & (SM_SEEN - 1)].inode;
	__u64 owner = c->more;

	if (what == SM_ATTRIBUTE_MODE) {
		v->after[0] = c->more & 07777;
		if (index >= 0)
			v->after[0] = BPF_CORE_READ(inode, i_mode);
	} else if (what == SM_ATTRIBUTE_OWNER) {
		if (index >= 0)
			owner = sm_file_owner(inode);
		v->after[0] = owner;
		v->after[1] = owner >> 32;
	}
}

__noinline int sm_attribute_done(__u64 id)
{
	struct sm_values v = {.before = {SM_UNKNOWN_VALUE, 0}, .after = {SM_UNKNOWN_VALUE, 0}};
	struct sm_call_state *c = sm_call_at(id);
	struct sm_file_attribute_change_record *r;
	struct file *f = NULL;
	struct sm_draft d;
	int index = -1;
	__u32 what;
	long n;

	if (!c)
		return 0;
	what = sm_attribute_of(c->call);
	if (c->name) {
		index = sm_last_of_call(c);
		sm_values_of_path(c, what, index, &v);
	} else {
		f = (struct file *)c->seen[SM_DESCRIBED].dentry;
		/* It was closed before the call took its file, which is another one. */
		if (!f || (__u64)BPF_CORE_READ(f, f_inode) != c->seen[SM_DESCRIBED].inode)
			return 0;
		v.before[1] = v.after[1] = 0;
		if (!sm_values_of_descriptor(c, what, &v))
			return 0;
	}
	r = sm_record_of_current(&d, SM_FILE_ATTRIBUTE_CHANGE, sizeof(*r), SM_NAME_KEPT + SM_ATTRIBUTE_NAME);
	if (!r)
		return 0;
	r->uid = bpf_get_current_uid_gid();
	r->hook = c->call;
	r->what = what;
	r->before[0] = v.before[0];
	r->before[1] = v.before[1];
	r->after[0] = v.after[0];
	r->after[1] = v.after[1];
	if (f) {
		sm_read_inode(BPF_CORE_READ(f, f_inode), &r->file);
		sm_append_location(&d, &r->target, &f->f_path);
		if (sm_file_of(c->dirfd) != f)
			r->target.marks |= SM_LOCATION_EXPOSED;
	} else if (sm_append_target(&d, offsetof(struct sm_file_attribute_change_record, target), id, index)) {
		sm_read_inode((struct inode *)c->seen[index & (SM_SEEN - 1)].inode, &r->file);
	} else {
		r->target.marks |= SM_LOCATION_EXPOSED; /* it may be a symbolic link */
	}
	if (what == SM_ATTRIBUTE_SET || what == SM_ATTRIBUTE_REMOVE) {
		n = bpf_probe_read_user_str(sm_at(d.scratch, d.off), SM_ATTRIBUTE_NAME, (void *)c->more);
		r->name.off = d.off;
		r->name.len = n > 0 ? n - 1 : 0;
		d.off += r->name.len;
		r->exposed = sm_memory_shared();
	}
	sm_record_end(&d);
	return 0;
}

/* match: chmod(const char *filename, umode_t mode), and the others likewise: 0 is their success */
SEC("tracepoint/syscalls/sys_exit_{chmod,fchmod,fchmodat,fchmodat2,chown,lchown,fchown,fchownat,setxattr,lsetxattr,"
    "fsetxattr,removexattr,lremovexattr,fremovexattr,ioctl}")
int SM_TRACE(sm_attribute_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_ended(ctx, &id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_attribute_done(id);
	sm_call_end(call, &id);
	return 0;
}
