/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* PipeEvent, CreatePipe: a FIFO was made. hooks/create.h calls it. */

/* Somebody wants to know of FIFOs that are made. */
static __always_inline bool sm_wants_new_fifos(void)
{
	return sm_wanted[SM_EVENT_PIPE_EVENT17];
}

/* mknod has made the inode seen at `index`; -1: one that was not seen. */
static __always_inline void sm_node_made(struct sm_call_state *call, __u64 id, int index)
{
	struct sm_pipe_create_record *r;
	struct sm_draft d;

	if ((call->flags & SM_S_IFMT) != SM_S_IFIFO)
		return;
	r = sm_record_of_current(&d, SM_PIPE_CREATE, sizeof(*r), call->name_len);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->call;
	if (sm_append_target(&d, offsetof(struct sm_pipe_create_record, target), id, index))
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
	sm_record_end(&d);
}
