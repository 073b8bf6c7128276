/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* File systems whose files are ways to talk to the kernel: what is written to one is no content that it keeps. */
#ifndef SM_READ_INTERFACE_H
#define SM_READ_INTERFACE_H

/*
 * By the type of the super block (linux/magic.h). Such files are there by themselves, so that to write to one changes
 * no file and O_TRUNC empties none. Directories and links that a user makes there (mkdir in cgroup2, configfs, resctrl
 * or tracefs) are as real as any.
 *
 * Not among them is what keeps what is written to it: tmpfs, devtmpfs, ramfs, hugetlbfs, overlay, fuse, memory of
 * memfd_create(2); efivarfs, whose variables last in the firmware; pstore, whose records can be deleted; and bpf and
 * mqueue, whose names last and which take no write(2).
 */
static __always_inline bool sm_magic_of_interface(__u64 magic)
{
	switch ((__u32)magic) {
	case 0x00009fa0: /* proc: settings of the kernel and of processes, as /proc/self/oom_score_adj */
	case 0x62656572: /* sysfs: attributes of devices and modules */
	case 0x0027e0eb: /* cgroup and */
	case 0x63677270: /* cgroup2: limits and members of groups */
	case 0x07655821: /* resctrl: shares of caches */
	case 0x64626720: /* debugfs: whatever drivers offer */
	case 0x74726163: /* tracefs: switches of tracing */
	case 0x73636673: /* securityfs: policies that are loaded by it */
	case 0xf97cff8c: /* selinuxfs and */
	case 0x43415d53: /* smackfs: questions to the policy, and changes of it */
	case 0x5a3c69f0: /* apparmorfs: the same */
	case 0x62656570: /* configfs: attributes of what mkdir has made */
	case 0x42494e4d: /* binfmt_misc: to write registers a format */
	case 0x65735543: /* fusectl: to write ends a connection */
	case 0x6e667364: /* nfsd: settings of the server */
	case 0xabba1974: /* xenfs: messages to the hypervisor */
	case 0x09041934: /* anonymous inodes: eventfd, timerfd and others, which since 6.16 look like regular files */
		return true;
	}
	return false;
}

static __always_inline bool sm_is_interface(struct inode *inode)
{
	return sm_magic_of_interface(BPF_CORE_READ(inode, i_sb, s_magic));
}

#endif
