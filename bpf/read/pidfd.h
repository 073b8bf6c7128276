/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Descriptors and numbers that stand for a process. */
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

/* The task that has this struct pid as its own; NULL: it is gone. */
static __always_inline struct task_struct *sm_task_of_pid(struct pid *p)
{
	struct pid___tasks *pid = (void *)p;
	__u32 links = bpf_core_field_offset(struct task_struct___links, pid_links);
	struct hlist_node *link = BPF_CORE_READ(pid, tasks[PIDTYPE_PID].first);

	/* Of the array in task_struct that this link is in, it is the first. */
	return link ? (void *)link - links - PIDTYPE_PID * 2 * sizeof(void *) : NULL;
}

/*
 * The task of a pidfd, which is the leader of its process unless it was asked for a thread (PIDFD_THREAD, since 6.9);
 * NULL if the descriptor is another one, such as a file of /proc/PID/ns.
 */
static __always_inline struct task_struct *sm_task_of_pidfd(struct file *f)
{
	struct inode___pidfs *inode = (void *)BPF_CORE_READ(f, f_inode);
	unsigned long magic = BPF_CORE_READ((struct inode *)inode, i_sb, s_magic);

	if (magic == SM_NSFS_MAGIC)
		return NULL;
	return sm_task_of_pid(magic == SM_PIDFS_MAGIC ? BPF_CORE_READ(inode, i_private)
						      : BPF_CORE_READ(f, private_data));
}

#define SM_XA_LEVELS 6 /* of 64 slots each: they hold 2^32 numbers and more */

/* xa_is_node(): what stands in a slot leads to another node. */
static __always_inline bool sm_is_node(__u64 entry)
{
	return (entry & 3) == 2 && entry > 4096;
}

/*
 * The task of this number in the pid namespace of the running one, found as the kernel finds it (find_task_by_vpid());
 * NULL: there is none. Programs run under RCU, as idr_find() asks for.
 */
static __always_inline struct task_struct *sm_task_of_number(__u32 number)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct pid *own = BPF_CORE_READ(t, thread_pid);
	struct upid upid = {};
	__u64 entry, index, shift, at;
	__u32 level;
	struct task_struct *found;
	struct xa_node *node;
	int i;

	if (!own)
		return NULL;
	level = BPF_CORE_READ(own, level);
	bpf_core_read(&upid, sizeof(upid), &own->numbers[level & 31]);
	index = (__u32)(number - BPF_CORE_READ(upid.ns, idr.idr_base));
	entry = (__u64)BPF_CORE_READ(upid.ns, idr.idr_rt.xa_head);
	if (!sm_is_node(entry))
		return NULL;
	shift = BPF_CORE_READ((struct xa_node *)(entry - 2), shift) & 63;
	if (index >> shift >= 64) /* beyond what the tree holds */
		return NULL;
	for (i = 0; i < SM_XA_LEVELS && sm_is_node(entry); i++) {
		node = (struct xa_node *)(entry - 2);
		shift = BPF_CORE_READ(node, shift) & 63;
		at = (index >> shift) & 63;
		entry = 0;
		bpf_probe_read_kernel(&entry, sizeof(entry),
				      (void *)node + bpf_core_field_offset(node->slots) + at * sizeof(void *));
	}
	if (!entry || entry & 3)
		return NULL;
	found = sm_task_of_pid((struct pid *)entry);
	return found && (__u64)BPF_CORE_READ(found, thread_pid) == entry ? found : NULL;
}

#endif
