/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Since 6.13 the kernel tells of every inode whose change time it sets, so also of what a call that writes has changed.
 * Where others share the table of descriptors it can be another file than the one that was behind the descriptor when
 * the call began: it is noted here, by the hooks of inode.h, and the end of the call (write.h) makes the record.
 */
#ifndef SM_HOOKS_SWAPPED_H
#define SM_HOOKS_SWAPPED_H

#define SM_S_NOQUOTA (1 << 5) /* inode.i_flags: a file of quotas, which the kernel itself writes to */
#define SM_S_PRIVATE (1 << 9) /* a file that the file system keeps for itself */

/* The descriptor that a call in progress writes to; -1: it is no such call. */
static __always_inline int sm_written_by(struct pt_regs *regs, __s32 nr)
{
	switch (nr) {
	case SM_NR_WRITE:
	case SM_NR_PWRITE64:
	case SM_NR_WRITEV:
	case SM_NR_PWRITEV:
	case SM_NR_PWRITEV2:
	case SM_NR_FTRUNCATE:
	case SM_NR_FALLOCATE:
	case SM_NR_SENDFILE64:
		return sm_regs_first(regs);
	case SM_NR_SPLICE:
	case SM_NR_COPY_FILE_RANGE:
		return sm_regs_third(regs);
	}
	return -1;
}

/* Mostly nobody shares the table, or the inode is the one that is expected. */
static __always_inline int sm_inode_written(struct inode *inode)
{
	struct task_struct *t = bpf_get_current_task_btf();
	struct files_struct *files = t->files;
	struct sm_write w = {}, *known;
	struct pt_regs *regs;
	struct inode *behind;
	struct super_block *sb;
	struct file *f;

	if (!files || files->count.counter <= 1 || t->flags & (SM_PF_IO_WORKER | SM_PF_KTHREAD))
		return 0;
	if ((inode->i_mode & SM_S_IFMT) != SM_S_IFREG || inode->i_flags & (SM_S_NOQUOTA | SM_S_PRIVATE))
		return 0;
	regs = (struct pt_regs *)bpf_task_pt_regs(t);
	w.fd = sm_written_by(regs, sm_regs_call(regs));
	if (w.fd < 0)
		return 0;
	known = sm_write_of_thread();
	if (known && known->inode == (__u64)inode) {
		known->proven = 1;
		known->other = 0;
		return 0;
	}
	f = sm_file_of(w.fd);
	behind = BPF_CORE_READ(f, f_inode);
	if (!sm_is_running() || !sm_in_scope() || (behind == inode && sm_has_changed(f, inode)))
		return 0;
	/* A stacked file system (overlayfs) changes the file of a layer, and then its own. */
	sb = BPF_CORE_READ(behind, i_sb);
	if (sb != inode->i_sb && BPF_CORE_READ(sb, s_stack_depth) > 0)
		return 0;
	if (known) {
		known->other = (__u64)inode;
		return 0;
	}
	w.other = (__u64)inode;
	w.process = sm_this_process();
	w.nr = sm_regs_call(regs);
	w.call = sm_write_call(w.nr);
	w.kind = sm_change_kind(w.call, f);
	w.shared = 1;
	sm_note_write(&w);
	return 0;
}

#endif
