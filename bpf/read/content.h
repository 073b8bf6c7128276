/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What tells later whether the content of an executed file, or of a loaded one, is still the one that was. */
#ifndef SM_READ_CONTENT_H
#define SM_READ_CONTENT_H

#define SM_IS_DISK (1ull << 63)

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct gendisk {
	__u64 diskseq; /* since 5.15 */
};
struct block_device {
	struct gendisk *bd_disk;
};
struct user_namespace___level {
	int level;
};
struct super_block___content {
	struct block_device *s_bdev;
	struct user_namespace___level *s_user_ns;
};
struct mount___68 { /* since 6.8 */
	__u64 mnt_id_unique;
};
#pragma clang attribute pop

/*
 * A number of a file system that no other one gets: that of what is in its drive, which changes with what is in it, or
 * of the mount that the file was reached by. Its device, and the address of its super block, are used again.
 */
static __always_inline __u64 sm_file_system_of(struct file *f, struct super_block *sb)
{
	struct super_block___content *s = (void *)sb;
	struct block_device *disk = BPF_CORE_READ(s, s_bdev);
	struct mount___68 *m68;

	if (disk && bpf_core_field_exists(struct gendisk, diskseq))
		return BPF_CORE_READ(disk, bd_disk, diskseq) | SM_IS_DISK;
	m68 = (void *)BPF_CORE_READ(f, f_path.mnt) - bpf_core_field_offset(struct mount, mnt);
	if (bpf_core_field_exists(m68->mnt_id_unique))
		return BPF_CORE_READ(m68, mnt_id_unique);
	return 0;
}

static __always_inline void sm_fill_content(struct file *exe, struct sm_file *out, __u64 *file_system,
					    __u64 *super_block)
{
	struct inode *inode = BPF_CORE_READ(exe, f_inode);
	struct super_block *sb = BPF_CORE_READ(inode, i_sb);
	struct super_block___content *s = (void *)sb;

	*file_system = sm_file_system_of(exe, sb);
	*super_block = (__u64)sb;
	if (bpf_core_field_exists(inode->i_ctime_nsec) && BPF_CORE_READ(inode, i_ctime_nsec) & ~SM_CTIME_NSEC)
		out->attributes |= SM_FILE_ASKED;
	if (BPF_CORE_READ(s, s_user_ns, level))
		out->attributes |= SM_FILE_USER_MOUNT;
}

#endif
