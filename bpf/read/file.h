/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Open files and inodes: what a file is. */
#ifndef SM_READ_FILE_H
#define SM_READ_FILE_H

#define SM_S_IFMT 0170000
#define SM_S_IFIFO 0010000
#define SM_S_IFCHR 0020000
#define SM_S_IFDIR 0040000
#define SM_S_IFBLK 0060000
#define SM_S_IFREG 0100000
#define SM_S_IFSOCK 0140000
#define SM_PROC_MAGIC 0x9fa0
#define SM_PIPEFS_MAGIC 0x50495045

/* file.f_flags, as open(2) takes them */
#define SM_O_ACCMODE 3
#define SM_O_CREAT 00000100
#define SM_O_EXCL 00000200
#define SM_O_TRUNC 00001000
#define SM_O_APPEND 00002000
#define SM_O_PATH 010000000 /* the kernel passes over SM_O_CREAT and SM_O_TRUNC beside it */

/* file.f_mode */
#define SM_FMODE_READ 1
#define SM_FMODE_WRITE 2
#define SM_FMODE_CREATED (1 << 20) /* since 4.19 */

#define SM_NS_PER_S 1000000000ULL
#define SM_CTIME_NSEC 0x7fffffff /* without the highest bit, which the kernel sets since 6.13 when it is asked for */

static __always_inline void sm_read_times(struct inode *inode, struct sm_file *out)
{
	struct inode___66 *i66 = (void *)inode;
	struct inode___pre66 *pre66 = (void *)inode;

	if (bpf_core_field_exists(inode->i_mtime_sec)) {
		out->mtime_sec = BPF_CORE_READ(inode, i_mtime_sec);
		out->mtime_nsec = BPF_CORE_READ(inode, i_mtime_nsec);
		out->ctime = BPF_CORE_READ(inode, i_ctime_sec) * SM_NS_PER_S +
			     (BPF_CORE_READ(inode, i_ctime_nsec) & SM_CTIME_NSEC);
		return;
	}
	if (bpf_core_field_exists(i66->__i_mtime)) {
		out->mtime_sec = BPF_CORE_READ(i66, __i_mtime.tv_sec);
		out->mtime_nsec = BPF_CORE_READ(i66, __i_mtime.tv_nsec);
	} else {
		out->mtime_sec = BPF_CORE_READ(pre66, i_mtime.tv_sec);
		out->mtime_nsec = BPF_CORE_READ(pre66, i_mtime.tv_nsec);
	}
	if (bpf_core_field_exists(i66->__i_ctime))
		out->ctime = BPF_CORE_READ(i66, __i_ctime.tv_sec) * SM_NS_PER_S + BPF_CORE_READ(i66, __i_ctime.tv_nsec);
	else
		out->ctime = BPF_CORE_READ(pre66, i_ctime.tv_sec) * SM_NS_PER_S + BPF_CORE_READ(pre66, i_ctime.tv_nsec);
}

/* The times of an inode that the program may follow by plain loads. */
static __always_inline void sm_fill_times(struct inode *inode, struct sm_file *out)
{
	struct inode___66 *i66 = (void *)inode;
	struct inode___pre66 *pre66 = (void *)inode;

	if (bpf_core_field_exists(inode->i_mtime_sec)) {
		out->mtime_sec = inode->i_mtime_sec;
		out->mtime_nsec = inode->i_mtime_nsec;
		out->ctime = inode->i_ctime_sec * SM_NS_PER_S + (inode->i_ctime_nsec & SM_CTIME_NSEC);
		return;
	}
	if (bpf_core_field_exists(i66->__i_mtime)) {
		out->mtime_sec = i66->__i_mtime.tv_sec;
		out->mtime_nsec = i66->__i_mtime.tv_nsec;
	} else {
		out->mtime_sec = pre66->i_mtime.tv_sec;
		out->mtime_nsec = pre66->i_mtime.tv_nsec;
	}
	if (bpf_core_field_exists(i66->__i_ctime))
		out->ctime = i66->__i_ctime.tv_sec * SM_NS_PER_S + i66->__i_ctime.tv_nsec;
	else
		out->ctime = pre66->i_ctime.tv_sec * SM_NS_PER_S + pre66->i_ctime.tv_nsec;
}

/* By plain loads, for programs that were given a pointer which they may follow: a helper call takes ten times as long.
 */
static __always_inline void sm_fill_inode(struct inode *inode, struct sm_file *out)
{
	out->ino = inode->i_ino;
	out->size = inode->i_size;
	sm_fill_times(inode, out);
	out->dev = inode->i_sb->s_dev;
	out->magic = inode->i_sb->s_magic;
	out->mode = inode->i_mode;
	out->nlink = inode->i_nlink;
	out->generation = inode->i_generation;
	out->references = 0;
	out->attributes = 0;
}

static __always_inline void sm_fill_file(struct file *f, struct sm_file *out)
{
	struct dentry *d = f->f_path.dentry;

	sm_fill_inode(f->f_inode, out);
	/* d_unlinked(): not in the hash of names, and not a root */
	if (d && !d->d_hash.pprev && d->d_parent != d)
		out->attributes = SM_FILE_DELETED;
}

/*
 * The same for a file that is known by its inode only. By helper calls, for programs that cannot follow pointers by
 * plain loads.
 */
static __always_inline void sm_read_inode(struct inode *inode, struct sm_file *out)
{
	struct super_block *sb = BPF_CORE_READ(inode, i_sb);

	out->ino = BPF_CORE_READ(inode, i_ino);
	out->size = BPF_CORE_READ(inode, i_size);
	sm_read_times(inode, out);
	out->dev = BPF_CORE_READ(sb, s_dev);
	out->magic = BPF_CORE_READ(sb, s_magic);
	out->mode = BPF_CORE_READ(inode, i_mode);
	out->nlink = BPF_CORE_READ(inode, i_nlink);
	out->generation = BPF_CORE_READ(inode, i_generation);
	out->references = 0;
	out->attributes = 0;
}

/* Asked at every write: where the running task is given as a typed pointer (5.11), by plain loads. */
static __always_inline struct file *sm_file_of(int fd)
{
	struct file **files = NULL, *f = NULL;
	struct files_struct *own;
	struct fdtable *table;
	__u32 count = 0;

	if (sm_threads_keep_calls) {
		own = sm_untrusted(bpf_get_current_task_btf(), task_struct)->files;
		if (own) {
			table = own->fdt;
			files = table->fd;
			count = table->max_fds;
		}
	} else {
		table = BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), files, fdt);
		files = BPF_CORE_READ(table, fd);
		count = BPF_CORE_READ(table, max_fds);
	}
	if ((__u32)fd < count)
		bpf_probe_read_kernel(&f, sizeof(f), files + (__u32)fd);
	return f;
}

/* Others can replace the descriptors of this thread: a process can share the table of them and not the memory. */
static __always_inline bool sm_descriptors_shared(void)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	return BPF_CORE_READ(t, files, count.counter) > 1;
}

#endif
