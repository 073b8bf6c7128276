/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Where a file system is mounted, for paths of files that are known by their inode alone. */
#ifndef SM_READ_MOUNTS_H
#define SM_READ_MOUNTS_H

#define SM_MOUNTS 64 /* mounts of a file system that are looked at */

/*
 * 2: a mount of the namespace that shows the whole file system; 1: another mount of it; 0: none. Global, so that the
 * verifier checks it once and not in each round of the loops below.
 */
__noinline int sm_mount_fits(__u64 mount, __u64 ns, __u64 root)
{
	struct mount *m = (struct mount *)mount;

	if ((__u64)BPF_CORE_READ(m, mnt_ns) != ns)
		return 0;
	return (__u64)BPF_CORE_READ(m, mnt.mnt_root) == root ? 2 : 1;
}

/* Takes a mount into *found: the first that fits, or one that fits better. True: the search is over. */
static __always_inline bool sm_is_mount(struct mount *m, struct mnt_namespace *ns, struct dentry *root, __u64 *found)
{
	int fits = sm_mount_fits((__u64)m, (__u64)ns, (__u64)root);

	if (fits == 2 || (fits && !*found))
		*found = (__u64)m + bpf_core_field_offset(struct mount, mnt);
	return fits == 2;
}

/*
 * Up to 6.16. Like its twin below never inlined, or the compiler would compute the offset of a field that this kernel
 * lacks.
 */
static __noinline __u64 sm_mount_in_list(struct super_block *sb, struct mnt_namespace *ns, struct dentry *root)
{
	__u64 end = (__u64)sb + bpf_core_field_offset(struct super_block, s_mounts), found = 0;
	struct list_head *at = BPF_CORE_READ(sb, s_mounts.next);
	int i;

	for (i = 0; i < SM_MOUNTS && at && (__u64)at != end; i++) {
		struct mount *m = (void *)at - bpf_core_field_offset(struct mount, mnt_instance);

		if (sm_is_mount(m, ns, root, &found))
			break;
		at = BPF_CORE_READ(at, next);
	}
	return found;
}

/* Since 6.17. */
static __noinline __u64 sm_mount_in_chain(struct super_block *sb, struct mnt_namespace *ns, struct dentry *root)
{
	struct mount *m = BPF_CORE_READ((struct super_block___617 *)sb, s_mounts);
	__u64 found = 0;
	int i;

	for (i = 0; i < SM_MOUNTS && m; i++) {
		if (sm_is_mount(m, ns, root, &found))
			break;
		m = BPF_CORE_READ((struct mount___617 *)m, mnt_next_for_sb);
	}
	return found;
}

/* The mount of a file system in the process's namespace. */
__noinline __u64 sm_mount_of(__u64 super_block)
{
	struct super_block *sb = (struct super_block *)super_block;
	struct task_struct *t = (void *)bpf_get_current_task();
	struct mnt_namespace *ns = BPF_CORE_READ(t, nsproxy, mnt_ns);
	struct dentry *root = BPF_CORE_READ(sb, s_root);

	if (bpf_core_field_exists(struct mount___617, mnt_next_for_sb))
		return sm_mount_in_chain(sb, ns, root);
	return sm_mount_in_list(sb, ns, root);
}

#endif
