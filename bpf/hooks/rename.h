/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Renames: they make a FileCreate of the new name, a FileDelete if another file had it, and a FileRename. An exchange
 * of two names makes a FileCreate and a FileRename of each: it stands for another file now.
 */
#ifndef SM_HOOKS_RENAME_H
#define SM_HOOKS_RENAME_H

static __always_inline int sm_rename_begin(struct sm_sys_enter *ctx, __u32 call, __s32 from, __u64 old, __s32 dirfd,
					   __u64 name, __u32 flags)
{
	bool exchanges = flags & SM_RENAME_EXCHANGE;
	struct sm_call_state *c;

	if (exchanges && !sm_wants_names() && !sm_wants_renames())
		return 0;
	c = sm_call_begin(ctx, sm_wants_names() || !sm_wants_renames() ? SM_FILE_CREATE : SM_FILE_RENAME, call, dirfd,
			  name, flags);
	if (c && (exchanges || sm_wants_renames()))
		sm_call_from(c, from, old);
	return 0;
}

/* match: rename(const char *oldname, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_rename")
int SM_TRACE(sm_rename_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAME, SM_AT_FDCWD, ctx->args[0], SM_AT_FDCWD, ctx->args[1], 0);
}

/* match: renameat(int olddfd, const char *oldname, int newdfd, const char *newname) */
SEC("tracepoint/syscalls/sys_enter_renameat")
int SM_TRACE(sm_renameat_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAMEAT, ctx->args[0], ctx->args[1], ctx->args[2], ctx->args[3], 0);
}

/* match: renameat2(int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_renameat2")
int SM_TRACE(sm_renameat2_enter, struct sm_sys_enter *ctx)
{
	return sm_rename_begin(ctx, SM_CALL_RENAMEAT2, ctx->args[0], ctx->args[1], ctx->args[2], ctx->args[3],
			       ctx->args[4]);
}

__noinline int sm_rename_done(__u64 id)
{
	struct sm_call_state *call = sm_call_at(id);
	/* The old directory may be inside the new one. It must not be taken for the file that was renamed. */
	__u32 except = sm_parents_of_call(id);
	int named, child = -1, replaced = sm_replaced_by_call(id);

	if (!call || !(sm_wants_names() || sm_wants_deletions() || sm_wants_renames()))
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
	call->named = named;
	call->replaced = replaced >= 0 || child >= 0;
	return 0;
}

/* Finds the two files that have exchanged their names: the one that has the name passed last is `named`. */
__noinline int sm_find_exchanged(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u32 except = sm_parents_of_call(id), i;
	int one, two = -1;

	if (!c)
		return 0;
	c->named = c->traded = -1;
	if (!sm_tells_inodes)
		return 0;
	sm_name_again(id);
	sm_turn(id);
	for (i = 0; i < SM_SEEN; i++) {
		if (c->seen[i].inode && !c->seen[i].certain)
			sm_note_name(id, i);
	}
	sm_turn(id);
	one = sm_child_of_call(id, except);
	if (one >= 0)
		two = sm_child_of_call(id, except | 1u << (one & (SM_SEEN - 1)));
	if (two < 0) /* of one alone it is not known which it is */
		return 0;
	if (sm_fits_passed(c, id, c->seen[two & (SM_SEEN - 1)].dentry) >
	    sm_fits_passed(c, id, c->seen[one & (SM_SEEN - 1)].dentry)) {
		c->named = two;
		c->traded = one;
	} else {
		c->named = one;
		c->traded = two;
	}
	return 0;
}

/* FileCreate of one of two names that were exchanged. */
__noinline int sm_name_exchanged(__u64 id, __u32 second)
{
	struct sm_call_state *c = sm_call_at(id);

	if (!c || !sm_wants_names())
		return 0;
	if (second)
		sm_turn(id);
	sm_named(c, id, second ? c->traded : c->named, true);
	if (second)
		sm_turn(id);
	return 0;
}

static __always_inline void sm_rename_ended(struct sm_call_state *c, __u64 id)
{
	if (!(c->flags & SM_RENAME_EXCHANGE)) {
		sm_rename_done(id);
		sm_renamed(id);
	} else if (c->two) {
		sm_find_exchanged(id);
		sm_name_exchanged(id, 0);
		sm_name_exchanged(id, 1);
		sm_exchanged(id, 0);
		sm_exchanged(id, 1);
	}
}

#endif
