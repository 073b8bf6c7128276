/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FileModify: the first change of a file by a process through an open file. */

/* Somebody wants to know of files whose content changes. */
static __always_inline bool sm_wants_changes(void)
{
	return sm_wanted[SM_EVENT_FILE_MODIFY];
}

enum { SM_WRITTEN, SM_APPENDED, SM_TRUNCATED };

/*
 * Open files that a process has changed already. An entry is removed when another file is opened at the same address.
 */
struct sm_modified_key {
	__u64 file;
	__u64 pid;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct sm_modified_key);
	__type(value, __u64); /* its inode, because the kernel uses the address of a closed file for another one */
} sm_modified SEC(".maps");

/* First changes in progress, by thread. */
struct sm_first_change {
	__u64 file;
	__u32 call;
	__u32 kind;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64);
	__type(value, struct sm_first_change);
} sm_first_changes SEC(".maps");

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

static __always_inline void sm_modified_key_of(struct sm_modified_key *key, struct file *f)
{
	key->file = (__u64)f;
	key->pid = bpf_get_current_pid_tgid() >> 32;
}

static __always_inline int sm_write_begin(struct sm_sys_enter *ctx, int fd)
{
	struct file *f = sm_file_of(fd);
	struct sm_first_change change = {};
	struct sm_modified_key key;
	struct inode *inode;
	__u64 id, *known;

	if (!(BPF_CORE_READ(f, f_mode) & SM_FMODE_WRITE))
		return 0;
	inode = BPF_CORE_READ(f, f_inode);
	if ((BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) != SM_S_IFREG || !sm_is_running())
		return 0;
	sm_modified_key_of(&key, f);
	known = bpf_map_lookup_elem(&sm_modified, &key);
	if (known && *known == (__u64)inode)
		return 0;
	change.file = (__u64)f;
	change.call = sm_write_call(ctx->nr);
	change.kind = change.call == SM_CALL_FTRUNCATE		? SM_TRUNCATED
		      : BPF_CORE_READ(f, f_flags) & SM_O_APPEND ? SM_APPENDED
								: SM_WRITTEN;
	id = bpf_get_current_pid_tgid();
	if (bpf_map_update_elem(&sm_first_changes, &id, &change, BPF_ANY))
		sm_lost_to_table(SM_FILE_MODIFY);
	return 0;
}

/* match: write(unsigned int fd, …), and the others likewise */
SEC("tracepoint/syscalls/sys_enter_{write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,sendfile64}")
int SM_TRACE(sm_write_enter, struct sm_sys_enter *ctx)
{
	return sm_write_begin(ctx, ctx->args[0]);
}

/* match: splice(int fd_in, loff_t *off_in, int fd_out, …); copy_file_range likewise */
SEC("tracepoint/syscalls/sys_enter_{splice,copy_file_range}")
int SM_TRACE(sm_copy_enter, struct sm_sys_enter *ctx)
{
	return sm_write_begin(ctx, ctx->args[2]);
}

static __always_inline void sm_fill_modify(struct sm_file_modify_record *r, __u32 hook, __u32 kind)
{
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->kind = kind;
}

/* Notes that this process has changed the open file, and makes the record if it is the first time. */
static __always_inline void sm_file_modified(struct file *f, __u32 hook, __u32 kind, __u32 marks)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_file_modify_record *r;
	struct sm_modified_key key;
	__u64 now = (__u64)inode, *known;
	struct sm_draft d;

	if (!sm_is_running())
		return;
	sm_modified_key_of(&key, f);
	known = bpf_map_lookup_elem(&sm_modified, &key);
	if (known && *known == now) /* another thread was faster */
		return;
	bpf_map_update_elem(&sm_modified, &key, &now, BPF_ANY);
	if (sm_is_interface(inode)) /* noted all the same, so that it is asked once */
		return;
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_fill_modify(r, hook, kind);
	r->target.marks = marks;
	sm_read_inode(inode, &r->file);
	if (sm_append_location(&d, &r->target, &f->f_path))
		r->file.attributes |= SM_FILE_PSEUDO;
	sm_record_end(&d);
}

/* match: write(unsigned int fd, const char *buf, size_t count), and the others likewise */
SEC("tracepoint/syscalls/"
    "sys_exit_{write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,sendfile64,splice,copy_file_range}")
int SM_TRACE(sm_write_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_first_change *change = bpf_map_lookup_elem(&sm_first_changes, &id);
	bool by_zero;

	if (!change)
		return 0;
	by_zero = change->call == SM_CALL_FTRUNCATE || change->call == SM_CALL_FALLOCATE; /* 0 is their success */
	if (ctx->ret > 0 || (ctx->ret == 0 && by_zero))
		sm_file_modified((struct file *)change->file, change->call, change->kind, 0);
	bpf_map_delete_elem(&sm_first_changes, &id);
	return 0;
}

/* A file was opened. `call` is NULL if the open could not empty it. */
static __always_inline void sm_open_modified(struct sm_call_state *call, __u64 id, struct file *f)
{
	struct sm_modified_key key;
	__u32 mode = BPF_CORE_READ(f, f_mode);

	/* One that empties the file may do so although it is open for reading only. */
	if (mode & SM_FMODE_WRITE) {
		sm_modified_key_of(&key, f);
		bpf_map_delete_elem(&sm_modified, &key);
	}
	if (!call || !(call->flags & SM_O_TRUNC) || (mode & SM_FMODE_CREATED))
		return;
	if ((BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT) == SM_S_IFREG)
		sm_file_modified(f, call->hook, SM_TRUNCATED, sm_is_other_file(call, id, f) ? SM_LOCATION_EXPOSED : 0);
}

/* match: truncate(const char *path, long length) */
SEC("tracepoint/syscalls/sys_enter_truncate")
int SM_TRACE(sm_truncate_enter, struct sm_sys_enter *ctx)
{
	sm_call_begin(SM_FILE_MODIFY, SM_CALL_TRUNCATE, SM_AT_FDCWD, ctx->args[0], 0);
	return 0;
}

static __always_inline void sm_truncated(struct sm_call_state *call, __u64 id)
{
	int index = sm_last_of_call(call);
	struct sm_file_modify_record *r;
	struct sm_draft d;

	if (index >= 0 && sm_magic_of_interface(call->seen[index & (SM_SEEN - 1)].file.magic))
		return;
	r = sm_record_of_current(&d, SM_FILE_MODIFY, sizeof(*r), call->name_len);
	if (!r)
		return;
	sm_fill_modify(r, SM_CALL_TRUNCATE, SM_TRUNCATED);
	if (sm_append_target(&d, &r->target, call, id, index))
		sm_read_inode((struct inode *)call->seen[index & (SM_SEEN - 1)].inode, &r->file);
	sm_record_end(&d);
}

/* match: truncate(const char *path, long length) */
SEC("tracepoint/syscalls/sys_exit_truncate")
int SM_TRACE(sm_truncate_exit, struct sm_sys_exit *ctx)
{
	__u64 id;
	struct sm_call_state *call = sm_call_of(&id);

	if (!call)
		return 0;
	if (ctx->ret == 0)
		sm_truncated(call, id);
	sm_call_end(&id);
	return 0;
}

/*
 * Attached to nothing: the worker runs it (BPF_PROG_TEST_RUN) with one of its own descriptors, to learn whether anybody
 * still has the file open for writing. The only system call that would tell takes a lease, and that makes other
 * processes wait.
 */
SEC("raw_tp")
int sm_writers(__u64 *ctx)
{
	return BPF_CORE_READ(sm_file_of(ctx[0]), f_inode, i_writecount.counter);
}
