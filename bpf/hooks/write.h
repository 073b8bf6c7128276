/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Calls that change a file by its descriptor: they make FileModify. */
#ifndef SM_HOOKS_WRITE_H
#define SM_HOOKS_WRITE_H

/* A call in progress that may be the first change of a file. */
struct sm_write {
	__u64 file; /* behind the descriptor when the call began; 0: known to be changed already */
	__u64 inode;
	__u64 other;   /* inode that the call has changed, and that is not the one behind the descriptor */
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__s64 pos, size, mtime_sec;
	__u32 mtime_nsec;
	__s32 fd;
	__u32 call, kind; /* call 0: none is in progress */
	__u32 shared;	  /* 1: others can replace the descriptor meanwhile */
	__u32 proven;	  /* 1: the kernel has told that the call changes `inode` */
	__s32 nr;	  /* number of the system call */
	__u32 share;	  /* of sm_call_shares: whose place it takes in sm_writes */
};
#define SM_WRITE_SHARE 1024 /* of 4,096 places */
/* Kept by each thread itself, before 5.12 in a table by thread, as calls are (read/call.h). */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct sm_write);
} sm_task_writes SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct sm_write);
} sm_writes SEC(".maps");

/* What the running thread has in progress; NULL: nothing. */
static __always_inline struct sm_write *sm_write_of_thread(void)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_write *w;

	if (!sm_threads_keep_calls)
		return bpf_map_lookup_elem(&sm_writes, &id);
	w = bpf_task_storage_get(&sm_task_writes, bpf_get_current_task_btf(), NULL, 0);
	return w && w->call ? w : NULL;
}

/* A place in sm_writes becomes free. */
static __always_inline void sm_write_leave(__u64 id, __u32 share)
{
	__u32 *taken = bpf_map_lookup_elem(&sm_call_shares, &share);

	if (!bpf_map_delete_elem(&sm_writes, &id) && taken)
		__sync_fetch_and_add(taken, -1);
}

/* Takes a place of its user's share in sm_writes. */
static __always_inline bool sm_write_place(struct sm_write *write)
{
	__u32 share = sm_share_of_user() + 2 * SM_SHARES, *taken;
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_write *old = bpf_map_lookup_elem(&sm_writes, &id);

	if (old) /* of a call whose end was not seen */
		sm_write_leave(id, old->share);
	write->share = share;
	taken = bpf_map_lookup_elem(&sm_call_shares, &share);
	if (!taken || *taken >= SM_WRITE_SHARE || bpf_map_update_elem(&sm_writes, &id, write, BPF_ANY))
		return false;
	__sync_fetch_and_add(taken, 1);
	return true;
}

/* Returns whether there was room. */
static __always_inline bool sm_note_write(struct sm_write *write)
{
	struct sm_write *w = NULL;

	if (sm_threads_keep_calls) {
		w = bpf_task_storage_get(&sm_task_writes, bpf_get_current_task_btf(), NULL, SM_STORAGE_CREATE);
		if (w) {
			*w = *write;
			return true;
		}
	} else if (sm_write_place(write)) {
		return true;
	}
	sm_lost_to_table(SM_FILE_MODIFY);
	return false;
}

static __always_inline void sm_forget_write(struct sm_write *w)
{
	if (sm_threads_keep_calls)
		w->call = 0;
	else
		sm_write_leave(bpf_get_current_pid_tgid(), w->share);
}

static __always_inline __u32 sm_write_call(__s32 nr)
{
	return nr == SM_NR_WRITE	? SM_CALL_WRITE
	       : nr == SM_NR_PWRITE64	? SM_CALL_PWRITE64
	       : nr == SM_NR_WRITEV	? SM_CALL_WRITEV
	       : nr == SM_NR_PWRITEV	? SM_CALL_PWRITEV
	       : nr == SM_NR_PWRITEV2	? SM_CALL_PWRITEV2
	       : nr == SM_NR_FTRUNCATE	? SM_CALL_FTRUNCATE
	       : nr == SM_NR_FALLOCATE	? SM_CALL_FALLOCATE
	       : nr == SM_NR_SENDFILE64 ? SM_CALL_SENDFILE64
	       : nr == SM_NR_SPLICE	? SM_CALL_SPLICE
					: SM_CALL_COPY_FILE_RANGE;
}

static __always_inline __u32 sm_change_kind(__u32 call, struct file *f)
{
	return call == SM_CALL_FTRUNCATE		 ? SM_TRUNCATED
	       : BPF_CORE_READ(f, f_flags) & SM_O_APPEND ? SM_APPENDED
							 : SM_WRITTEN;
}

/* What a call that writes may change, and nothing else is likely to meanwhile. */
static __always_inline void sm_read_progress(struct sm_write *w, struct file *f, struct inode *inode)
{
	struct sm_file now = {};

	sm_read_times(inode, &now);
	w->mtime_sec = now.mtime_sec;
	w->mtime_nsec = now.mtime_nsec;
	w->size = BPF_CORE_READ(inode, i_size);
	w->pos = BPF_CORE_READ(f, f_pos);
}

static __always_inline bool sm_is_regular(struct inode *inode)
{
	return (BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) == SM_S_IFREG;
}

/*
 * Where others can replace the descriptor, the call may take another file than the one that is seen here. Newer kernels
 * tell what it changes (swapped.h); on older ones such a call is followed to its end also if this file was changed
 * before. Returns whether it is followed.
 */
static __always_inline bool sm_write_begin(struct sm_sys_enter *ctx, int fd, __u32 call)
{
	struct sm_write w = {};
	struct inode *inode;
	struct file *f;

	if (!sm_is_running() || !sm_in_scope())
		return false;
	f = sm_file_of(fd);
	inode = BPF_CORE_READ(f, f_inode);
	if (!sm_is_regular(inode))
		return false;
	if (!sm_has_changed(f, inode) && BPF_CORE_READ(f, f_mode) & SM_FMODE_WRITE)
		w.file = (__u64)f;
	if (!w.file && (sm_tells_inodes || !sm_descriptors_shared()))
		return false;
	w.inode = (__u64)inode;
	w.process = sm_this_process();
	w.fd = fd;
	w.nr = ctx->nr;
	w.call = call;
	w.kind = sm_change_kind(call, f);
	w.shared = sm_descriptors_shared();
	if (w.shared)
		sm_read_progress(&w, f, inode);
	return sm_note_write(&w);
}

/* Requests of ioctl(2) that change a file, by the kind of request and its number. */
#define SM_IOCTL_KIND(request) ((request) >> 8 & 0xff)
#define SM_IOCTL_XFS 'X'    /* some of them every file system takes, as FS_IOC_ZERO_RANGE */
#define SM_IOCTL_BTRFS 0x94 /* likewise */

static __always_inline bool sm_ioctl_changes(__u32 request)
{
	__u32 number = request & 0xff;

	if (SM_IOCTL_KIND(request) == SM_IOCTL_BTRFS)
		return number == 9 || number == 13 || number == 64; /* FICLONE, FICLONERANGE; encoded writing */
	/* FS_IOC_RESVSP, UNRESVSP, RESVSP64, UNRESVSP64, ZERO_RANGE; XFS_IOC_SWAPEXT, EXCHANGE_RANGE */
	return (number >= 40 && number <= 43) || number == 57 || number == 109 || number == 129;
}

/* How many such requests are in progress: mostly none, and then the end of an ioctl is of no interest. */
volatile __u32 sm_ioctls;

/* match: ioctl(unsigned int fd, unsigned int cmd, unsigned long arg) */
SEC("tracepoint/syscalls/sys_enter_ioctl")
int SM_TRACE(sm_ioctl_enter, struct sm_sys_enter *ctx)
{
	__u32 request = ctx->args[1];

	if (SM_IOCTL_KIND(request) != SM_IOCTL_XFS && SM_IOCTL_KIND(request) != SM_IOCTL_BTRFS)
		return 0;
	if (!sm_ioctl_changes(request))
		return 0;
	if (sm_write_begin(ctx, ctx->args[0], SM_CALL_IOCTL))
		__sync_fetch_and_add(&sm_ioctls, 1);
	return 0;
}

/* match: write(unsigned int fd, …), and the others likewise */
SEC("tracepoint/syscalls/sys_enter_{write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,sendfile64}")
int SM_TRACE(sm_write_enter, struct sm_sys_enter *ctx)
{
	sm_write_begin(ctx, ctx->args[0], sm_write_call(ctx->nr));
	return 0;
}

/* match: splice(int fd_in, loff_t *off_in, int fd_out, …); copy_file_range likewise */
SEC("tracepoint/syscalls/sys_enter_{splice,copy_file_range}")
int SM_TRACE(sm_copy_enter, struct sm_sys_enter *ctx)
{
	sm_write_begin(ctx, ctx->args[2], sm_write_call(ctx->nr));
	return 0;
}

__noinline int sm_changed(__u64 file, __u32 hook, __u32 kind, __u32 marks)
{
	sm_file_modified((struct file *)file, hook, kind, marks);
	return 0;
}

/* The descriptor may have been replaced while the call ran: which file was it? */
static __noinline void sm_write_shared(struct sm_write *w)
{
	struct file *f = (struct file *)w->file, *now = sm_file_of(w->fd);
	struct inode *inode = BPF_CORE_READ(now, f_inode);
	struct sm_write after = {};
	bool same, proven;

	if (w->other) {
		if ((__u64)inode == w->other)
			sm_changed((__u64)now, w->call, w->kind, SM_LOCATION_EXPOSED);
		else
			sm_inode_modified(w->other, w->call, w->kind);
		return;
	}
	/* A call holds the file that it writes until it has ended: one that is gone was not written. */
	same = f && (__u64)BPF_CORE_READ(f, f_inode) == w->inode;
	if (same)
		sm_read_progress(&after, f, (struct inode *)w->inode);
	proven = w->proven || (same && (after.pos != w->pos || after.size != w->size ||
					after.mtime_sec != w->mtime_sec || after.mtime_nsec != w->mtime_nsec));
	if (same)
		sm_changed(w->file, w->call, w->kind, now == f && proven ? 0 : SM_LOCATION_EXPOSED);
	if (!proven && now != f && sm_is_regular(inode) && BPF_CORE_READ(now, f_mode) & SM_FMODE_WRITE &&
	    (__u64)inode != w->inode)
		sm_changed((__u64)now, w->call, w->kind, SM_LOCATION_EXPOSED);
}

/* Returns true if the call was followed. */
static __always_inline bool sm_write_end(struct sm_sys_exit *ctx, bool by_zero)
{
	struct sm_write *w = sm_write_of_thread();

	if (!w || w->nr != ctx->nr) /* or what is left of a call whose end was not seen */
		return false;
	if ((ctx->ret > 0 || (ctx->ret == 0 && by_zero)) && w->process == sm_this_process()) {
		if (w->shared)
			sm_write_shared(w);
		else
			sm_changed(w->file, w->call, w->kind, 0);
	}
	sm_forget_write(w);
	return true;
}

/* match: write(unsigned int fd, const char *buf, size_t count), and the others likewise */
SEC("tracepoint/syscalls/"
    "sys_exit_{write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,sendfile64,splice,copy_file_range}")
int SM_TRACE(sm_write_exit, struct sm_sys_exit *ctx)
{
	/* 0 is their success */
	sm_write_end(ctx, ctx->nr == SM_NR_FTRUNCATE || ctx->nr == SM_NR_FALLOCATE);
	return 0;
}

/* match: ioctl(unsigned int fd, unsigned int cmd, unsigned long arg) */
SEC("tracepoint/syscalls/sys_exit_ioctl")
int SM_TRACE(sm_ioctl_exit, struct sm_sys_exit *ctx)
{
	if (sm_ioctls && sm_write_end(ctx, true))
		__sync_fetch_and_add(&sm_ioctls, -1);
	return 0;
}

#endif
