/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Ends of calls that several events come from. */
#ifndef SM_EXITS_H
#define SM_EXITS_H

static __always_inline __u32 sm_open_call(__s32 nr)
{
	return nr == SM_NR_OPENAT ? SM_CALL_OPENAT : nr == SM_NR_OPEN ? SM_CALL_OPEN : nr == SM_NR_CREAT ? SM_CALL_CREAT : SM_CALL_OPENAT2;
}

SEC("tracepoint/syscalls/sys_exit_{open,openat,openat2,creat}")
int SM_TRACE(sm_open_exit, struct sm_sys_exit *ctx)
{
	bool modify = sm_wanted[SM_EVENT_FILE_MODIFY], device = sm_wanted[SM_EVENT_RAW_ACCESS_READ], fifo = sm_wanted[SM_EVENT_PIPE_EVENT18];
	struct sm_call_state *call;
	struct file *f;
	__u64 id;

	if (ctx->ret < 0) {
		if (sm_call_of(&id))
			sm_call_end(&id);
		return 0;
	}
	call = sm_call_of(&id);
	if (!call && !modify && !device && !fifo)
		return 0;
	f = sm_file_of(ctx->ret);
	if (device || fifo) {
		__u32 type = BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT;

		if (device && type == SM_S_IFBLK)
			sm_device_opened(sm_open_call(ctx->nr), f);
		if (fifo && type == SM_S_IFIFO)
			sm_fifo_opened(sm_open_call(ctx->nr), f);
	}
	if (modify)
		sm_open_modified(call, f);
	if (!call)
		return 0;
	if (sm_wanted[SM_EVENT_FILE_CREATE])
		sm_opened(call, id, f);
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
	if (ctx->ret == 0) {
		int index;

		sm_name_again(id);
		index = sm_child_of_call(id, -1);
		if (sm_wanted[SM_EVENT_FILE_CREATE])
			sm_named(call, id, index, false);
		if (sm_wanted[SM_EVENT_PIPE_EVENT17] && (call->call == SM_CALL_MKNOD || call->call == SM_CALL_MKNODAT))
			sm_node_made(call, id, index);
	}
	sm_call_end(&id);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_{rename,renameat,renameat2}")
int SM_TRACE(sm_rename_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);
	int named, replaced;

	if (!call)
		return 0;
	if (ctx->ret == 0) {
		replaced = sm_replaced_by_call(id);
		sm_name_again(id);
		named = sm_child_of_call(id, replaced);
		if (replaced >= 0 && (sm_wanted[SM_EVENT_FILE_DELETE] || sm_wanted[SM_EVENT_FILE_DELETE_DETECTED]))
			sm_deleted(call, id, replaced, named);
		if (sm_wanted[SM_EVENT_FILE_CREATE])
			sm_named(call, id, named, replaced >= 0);
	}
	sm_call_end(&id);
	return 0;
}

#endif
