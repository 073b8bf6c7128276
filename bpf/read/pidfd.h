/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Descriptors that stand for a process. */
#ifndef SM_READ_PIDFD_H
#define SM_READ_PIDFD_H

#define SM_NSFS_MAGIC 0x6e736673
#define SM_PIDFS_MAGIC 0x50494446 /* since 6.9 */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct pid___tasks {
	struct hlist_head tasks[PIDTYPE_SID + 1];
};
struct task_struct___links {
	struct hlist_node pid_links[PIDTYPE_SID + 1];
};
struct inode___pidfs {
	void *i_private;
};
#pragma clang attribute pop

/* The leader of the process of a pidfd; NULL if the descriptor is another one, such as a file of /proc/PID/ns. */
static __always_inline struct task_struct *sm_task_of_pidfd(struct file *f)
{
	struct inode___pidfs *inode = (void *)BPF_CORE_READ(f, f_inode);
	unsigned long magic = BPF_CORE_READ((struct inode *)inode, i_sb, s_magic);
	__u32 links = bpf_core_field_offset(struct task_struct___links, pid_links);
	struct pid___tasks *pid;
	struct hlist_node *link;

	if (magic == SM_NSFS_MAGIC)
		return NULL;
	pid = magic == SM_PIDFS_MAGIC ? BPF_CORE_READ(inode, i_private) : BPF_CORE_READ(f, private_data);
	link = BPF_CORE_READ(pid, tasks[PIDTYPE_TGID].first);
	/* Of the array in task_struct that this link is in, it is the one for thread groups. */
	return link ? (void *)link - links - PIDTYPE_TGID * 2 * sizeof(void *) : NULL;
}

#endif
