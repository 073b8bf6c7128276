/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Calls that give a name to something new, as mkdir(2) does: they make FileCreate and PipeEvent (17). */
#ifndef SM_HOOKS_CREATE_H
#define SM_HOOKS_CREATE_H

/* match: mknod(const char *filename, umode_t mode, unsigned dev) */
SEC("tracepoint/syscalls/sys_enter_mknod")
int SM_TRACE(sm_mknod_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_MKNOD, SM_AT_FDCWD, ctx->args[0], ctx->args[1]);
	return 0;
}

/* match: mknodat(int dfd, const char *filename, umode_t mode, unsigned int dev) */
SEC("tracepoint/syscalls/sys_enter_mknodat")
int SM_TRACE(sm_mknodat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_MKNODAT, ctx->args[0], ctx->args[1], ctx->args[2]);
	return 0;
}

/* match: mkdir(const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_mkdir")
int SM_TRACE(sm_mkdir_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_MKDIR, SM_AT_FDCWD, ctx->args[0], 0);
	return 0;
}

/* match: mkdirat(int dfd, const char *pathname, umode_t mode) */
SEC("tracepoint/syscalls/sys_enter_mkdirat")
int SM_TRACE(sm_mkdirat_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(ctx, SM_FILE_CREATE, SM_CALL_MKDIRAT, ctx->args[0], ctx->args[1], 0);
	return 0;
}

static __always_inline int sm_link_begin(struct sm_sys_enter *ctx, __u32 call, __s32 from, __u64 old, __s32 dirfd,
					 __u64 name, __u32 flags)
{
	struct sm_call_state *c;

	c = sm_call_begin(ctx, sm_wants_names() ? SM_FILE_CREATE : SM_FILE_LINK, call, dirfd, name, flags);
	if (c && sm_wants_links())
		sm_call_from(c, from, old);
	return 0;
}

/* match: link(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_link")
int SM_TRACE(sm_link_enter, struct sm_sys_enter *ctx)
{
	return sm_link_begin(ctx, SM_CALL_LINK, SM_AT_FDCWD, ctx->args[0], SM_AT_FDCWD, ctx->args[1], 0);
}

/* match: linkat(int olddfd, const char *oldname, int newdfd, const char *newname, int flags) */
SEC("tracepoint/syscalls/sys_enter_linkat")
int SM_TRACE(sm_linkat_enter, struct sm_sys_enter *ctx)
{
	return sm_link_begin(ctx, SM_CALL_LINKAT, ctx->args[0], ctx->args[1], ctx->args[2], ctx->args[3], ctx->args[4]);
}

/* match: symlink(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_symlink")
int SM_TRACE(sm_symlink_enter, struct sm_sys_enter *ctx)
{
	return sm_link_begin(ctx, SM_CALL_SYMLINK, SM_AT_FDCWD, ctx->args[0], SM_AT_FDCWD, ctx->args[1], 0);
}

/* match: symlinkat(const char *oldname, int newdfd, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_symlinkat")
int SM_TRACE(sm_symlinkat_enter, struct sm_sys_enter *ctx)
{
	return sm_link_begin(ctx, SM_CALL_SYMLINKAT, SM_AT_FDCWD, ctx->args[0], ctx->args[1], ctx->args[2], 0);
}

/* A call that gives a name to something new has succeeded. */
__noinline int sm_create_done(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	int index;

	if (!call || !(sm_wants_names() || sm_wants_new_fifos() || sm_wants_links()))
		return 0;
	sm_name_again(id);
	index = sm_child_of_call(id, 0);
	if (index < 0 && !sm_is_link(call))
		index = sm_new_of_call(id);
	call->named = index;
	if (sm_wants_names())
		sm_named(call, id, index, false);
	if (sm_wants_new_fifos() && (call->call == SM_CALL_MKNOD || call->call == SM_CALL_MKNODAT))
		sm_node_made(call, id, index);
	return 0;
}

static __always_inline void sm_create_ended(__u64 id)
{
	sm_create_done(id);
	sm_linked(id);
}

#endif
