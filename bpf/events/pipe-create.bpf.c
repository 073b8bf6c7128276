/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* PipeEvent, CreatePipe: a FIFO was made. hooks/create.h calls it. */

/* mknod has made the inode seen at `index`; -1: one that was not seen. */
static __always_inline void sm_node_made(struct sm_call_state *call, __u64 id, int index)
{
	__u32 off = sizeof(struct sm_pipe_create_record), slot = bpf_get_smp_processor_id();
	struct sm_pipe_create_record *r;
	struct sm_counters *c;
	struct sm_scratch *s;

	if ((call->flags & SM_S_IFMT) != SM_S_IFIFO)
		return;
	c = sm_produced(SM_PIPE_CREATE);
	if (!c || !sm_has_room(c, sizeof(*r) + call->name_len, false))
		return;
	s = sm_scratch_take(c, slot);
	if (!s)
		return;
	r = (struct sm_pipe_create_record *)s->data;
	sm_header_of_current(&r->hdr, SM_PIPE_CREATE);
	__builtin_memset(&r->file, 0, sizeof(r->file));
	r->uid = bpf_get_current_uid_gid();
	r->hook = call->call;
	r->reserved = 0;
	r->reserved2 = 0;
	if (sm_append_target(&r->target, call, id, index, s, &off, slot))
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
	sm_output(c, s, &r->hdr, off);
}
