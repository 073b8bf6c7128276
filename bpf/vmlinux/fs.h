/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Files, directories and mounts. */
#ifndef SM_VMLINUX_FS_H
#define SM_VMLINUX_FS_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct qstr {
	__u64 hash_len;
	const unsigned char *name;
};
struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};
struct list_head {
	struct list_head *next, *prev;
};
struct hlist_node {
	struct hlist_node *next;
};
struct hlist_head {
	struct hlist_node *first;
};
struct inode;
struct mount;
struct seqcount_spinlock {
	__u32 sequence; /* the first member of it, or of a member of it, in all kernels */
};
struct dentry {
	struct seqcount_spinlock d_seq;
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	struct super_block *d_sb;
	union {
		struct hlist_node d_alias;
	} d_u;
};
struct dentry___72 { /* 7.2; 6.18 has the union above */
	struct hlist_node d_alias;
};
struct dentry___68 { /* since 6.8; before, the same were list_heads */
	struct hlist_node d_sib;
	struct hlist_head d_children;
};
struct super_block {
	__u32 s_dev;
	int s_stack_depth;
	unsigned long s_magic;
	struct dentry *s_root;
	struct list_head s_mounts; /* of mount.mnt_instance; up to 6.16 */
};
struct super_block___617 { /* since 6.17 */
	struct mount *s_mounts;
};
struct timespec64 {
	__s64 tv_sec;
	long tv_nsec;
};
struct inode {
	unsigned short i_mode;
	unsigned int i_flags;
	unsigned long i_ino;
	unsigned int i_nlink;
	atomic_t i_writecount;
	__u32 i_rdev;
	__s64 i_size;
	struct super_block *i_sb;
	struct hlist_head i_dentry;
	__u32 i_generation;
	union {
		char *i_link; /* text of a symbolic link, if the file system keeps it in memory */
	};
	void *i_private;
	atomic_t i_count;
	__s64 i_mtime_sec; /* since 6.11 */
	__u32 i_mtime_nsec;
	__s64 i_ctime_sec; /* since 6.11 */
	__u32 i_ctime_nsec;
};
struct inode___66 { /* 6.7 - 6.10, i_ctime already in 6.6 */
	struct timespec64 __i_mtime;
	struct timespec64 __i_ctime;
};
struct inode___pre66 { /* up to 6.6, i_ctime up to 6.5 */
	struct timespec64 i_mtime;
	struct timespec64 i_ctime;
};
struct proc_inode {
	struct pid *pid;
	struct inode vfs_inode;
};
struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};
struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct list_head mnt_instance; /* up to 6.16 */
	struct mnt_namespace *mnt_ns;
};
struct mount___617 { /* since 6.17 */
	struct mount *mnt_next_for_sb;
};
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};
struct file {
	void *private_data;
	struct inode *f_inode;
	unsigned int f_mode;
	unsigned int f_flags;
	__s64 f_pos;
	struct path f_path;
};
struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};
struct files_struct {
	atomic_t count;
	struct fdtable *fdt;
};
struct fs_struct {
	struct path root;
	struct path pwd;
};

#pragma clang attribute pop

#endif
