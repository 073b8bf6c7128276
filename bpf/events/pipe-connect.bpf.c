/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* PipeEvent, ConnectPipe: a FIFO was opened. hooks/open.h calls it. */

/* Somebody wants to know of FIFOs that are opened. */
static __always_inline bool sm_wants_open_fifos(void)
{
	return sm_wanted[SM_EVENT_PIPE_EVENT18];
}

static __always_inline void sm_fifo_opened(__u32 hook, struct file *f)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_pipe_connect_record *r;
	struct sm_draft d;

	if (BPF_CORE_READ(inode, i_sb, s_magic) == SM_PIPEFS_MAGIC) /* a pipe without a name, by /proc/PID/fd */
		return;
	r = sm_record_of_current(&d, SM_PIPE_CONNECT, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_read_inode(inode, &r->file);
	sm_append_location(&d, &r->target, &f->f_path);
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	sm_record_end(&d);
}
