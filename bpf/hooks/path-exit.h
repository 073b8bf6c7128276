/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The end of calls that name a file by a path, but for opens: one program for all of them. What finds out which file
 * a call was about is long, and the verifier checks it again for each program that has it. Each function below is a
 * global one, with a stack of its own, and is checked once.
 */
#ifndef SM_HOOKS_PATH_EXIT_H
#define SM_HOOKS_PATH_EXIT_H

static __always_inline void sm_path_done(struct sm_call_state *call, __u64 id)
{
	switch (call->call) {
	case SM_CALL_UNLINK:
	case SM_CALL_UNLINKAT:
	case SM_CALL_RMDIR:
		sm_delete_done(id);
		break;
	case SM_CALL_RENAME:
	case SM_CALL_RENAMEAT:
	case SM_CALL_RENAMEAT2:
		sm_rename_ended(call, id);
		break;
	case SM_CALL_TRUNCATE:
		sm_truncated(id);
		break;
	case SM_CALL_UTIME:
	case SM_CALL_UTIMES:
	case SM_CALL_FUTIMESAT:
	case SM_CALL_UTIMENSAT:
		sm_time_set(id);
		break;
	case SM_CALL_BIND:
		sm_bind_done(id);
		break;
	default:
		sm_create_ended(id);
	}
}

/* match: mkdirat(int dfd, const char *pathname, umode_t mode), and the others likewise: 0 is their success */
SEC("tracepoint/syscalls/sys_exit_{mknod,mknodat,mkdir,mkdirat,link,linkat,symlink,symlinkat,rename,renameat,renameat2,"
    "unlink,unlinkat,rmdir,truncate,utime,utimes,futimesat,utimensat,bind}")
int SM_TRACE(sm_path_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_ended(ctx, &id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_path_done(call, id);
	sm_call_end(call, &id);
	return 0;
}

#endif
