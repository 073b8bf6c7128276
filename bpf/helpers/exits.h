/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Ends of calls that several events come from, by system call or by io_uring. */
#ifndef SM_EXITS_H
#define SM_EXITS_H

static __always_inline __u32 sm_open_call(__s32 nr)
{
	return nr == SM_NR_OPENAT ? SM_CALL_OPENAT : nr == SM_NR_OPEN ? SM_CALL_OPEN : nr == SM_NR_CREAT ? SM_CALL_CREAT : SM_CALL_OPENAT2;
}

/* A file was opened; `call` if it may have been made or emptied by that. */
static __always_inline void sm_open_done(struct sm_call_state *call, __u64 id, struct file *f, __u32 hook)
{
	bool device = sm_wanted[SM_EVENT_RAW_ACCESS_READ], fifo = sm_wanted[SM_EVENT_PIPE_EVENT18];

	if (device || fifo) {
		__u32 type = BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT;

		if (device && type == SM_S_IFBLK)
			sm_device_opened(hook, f);
		if (fifo && type == SM_S_IFIFO)
			sm_fifo_opened(hook, f);
	}
	if (sm_wanted[SM_EVENT_FILE_MODIFY])
		sm_open_modified(call, f);
	if (call && sm_wanted[SM_EVENT_FILE_CREATE])
		sm_opened(call, id, f);
}

/* A call that gives a name to something new has succeeded. */
static __always_inline void sm_create_done(struct sm_call_state *call, __u64 id)
{
	int index;

	sm_name_again(id);
	index = sm_child_of_call(id, 0);
	if (sm_wanted[SM_EVENT_FILE_CREATE])
		sm_named(call, id, index, false);
	if (sm_wanted[SM_EVENT_PIPE_EVENT17] && (call->call == SM_CALL_MKNOD || call->call == SM_CALL_MKNODAT))
		sm_node_made(call, id, index);
}

static __always_inline void sm_rename_done(struct sm_call_state *call, __u64 id)
{
	/* Where it came from may lie in the directory that it goes to. */
	__u32 except = sm_parents_of_call(id);
	int named, replaced = sm_replaced_by_call(id);

	if (replaced >= 0)
		except |= 1u << (replaced & (SM_SEEN - 1));
	sm_name_again(id);
	named = sm_child_of_call(id, except);
	if (replaced >= 0 && (sm_wanted[SM_EVENT_FILE_DELETE] || sm_wanted[SM_EVENT_FILE_DELETE_DETECTED]))
		sm_deleted(call, id, replaced, named);
	if (sm_wanted[SM_EVENT_FILE_CREATE])
		sm_named(call, id, named, replaced >= 0);
}

static __always_inline void sm_delete_done(struct sm_call_state *call, __u64 id)
{
	sm_deleted(call, id, sm_child_of_call(id, 0), -1);
}

SEC("tracepoint/syscalls/sys_exit_{open,openat,openat2,creat}")
int SM_TRACE(sm_open_exit, struct sm_sys_exit *ctx)
{
	bool all = sm_wanted[SM_EVENT_FILE_MODIFY] || sm_wanted[SM_EVENT_RAW_ACCESS_READ] || sm_wanted[SM_EVENT_PIPE_EVENT18];
	struct sm_call_state *call;
	__u64 id;

	call = sm_call_of(&id);
	if (ctx->ret >= 0 && (call || all))
		sm_open_done(call, id, sm_file_of(ctx->ret), sm_open_call(ctx->nr));
	if (call)
		sm_call_end(&id);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_{mknod,mknodat,mkdir,mkdirat,link,linkat,symlink,symlinkat}")
int SM_TRACE(sm_create_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_create_done(call, id);
	sm_call_end(&id);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_{rename,renameat,renameat2}")
int SM_TRACE(sm_rename_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_rename_done(call, id);
	sm_call_end(&id);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_{unlink,unlinkat,rmdir}")
int SM_TRACE(sm_delete_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_delete_done(call, id);
	sm_call_end(&id);
	return 0;
}

#endif
