/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Renames: they make a FileCreate of the new name, and a FileDelete if another file had it. */
#ifndef SM_HOOKS_RENAME_H
#define SM_HOOKS_RENAME_H

/* An exchange of two names makes no new one, and is left out. */
static __always_inline int sm_rename_begin(struct sm_sys_enter *ctx, __u32 call, __s32 dirfd, __u64 name, __u64 flags)
{
	if (!(flags & SM_RENAME_EXCHANGE))
		sm_call_begin(ctx, SM_FILE_CREATE, call, dirfd, name, 0);
	return 0;
}

/* match: rename(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_rename")
int SM_TRACE(sm_rename_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAME, SM_AT_FDCWD, ctx->args[1], 0);
}

/* match: renameat(int olddfd, const char *oldname, int newdfd, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_renameat")
int SM_TRACE(sm_renameat_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAMEAT, ctx->args[2], ctx->args[3], 0);
}

/* match: renameat2(int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_renameat2")
int SM_TRACE(sm_renameat2_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAMEAT2, ctx->args[2], ctx->args[3], ctx->args[4]);
}

__noinline int sm_rename_done(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	/* The old directory may be inside the new one. It must not be taken for the file that was renamed. */
	__u32 except = sm_parents_of_call(id);
	int named, child = -1, replaced = sm_replaced_by_call(id);

	if (!call || !(sm_wants_names() || sm_wants_deletions()))
		return 0;
	if (replaced >= 0)
		except |= 1u << (replaced & (SM_SEEN - 1));
	sm_name_again(id);
	named = sm_child_of_call(id, except);
	if (replaced < 0 && named >= 0)
		child = sm_gone_child(call, call->seen[named & (SM_SEEN - 1)].inode);
	if ((replaced >= 0 || child >= 0) && sm_wants_deletions())
		sm_deleted(call, id, replaced, child, named);
	if (sm_wants_names())
		sm_named(call, id, named, replaced >= 0 || child >= 0);
	return 0;
}

#endif
