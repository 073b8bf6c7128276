/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * MemoryProtect: a process can run what no file on a disk says. hooks/executable.h calls it for memory that becomes
 * executable; what was told of a process before, the map of process-tampering.bpf.c knows.
 */

#define SM_VM_READ 1
#define SM_VM_RWX (SM_VM_READ | SM_VM_WRITE | SM_VM_EXEC)
#define SM_VM_GROWSDOWN 0x100

/* sm_memory_protect_record.backing */
enum sm_backing {
	SM_BACKING_ANONYMOUS,
	SM_BACKING_HEAP,
	SM_BACKING_STACK,
	SM_BACKING_MEMFD,
	SM_BACKING_SHARED,
	SM_BACKING_DELETED,
	SM_BACKING_FILE,
	SM_BACKING_IMAGE
};

static __always_inline bool sm_wants_protections(void)
{
	return sm_wanted[SM_EVENT_MEMORY_PROTECT];
}

static __always_inline __u32 sm_backing_of_file(struct file *f)
{
	struct dentry *d = BPF_CORE_READ(f, f_path.dentry);
	char name[8] = {};

	if (BPF_CORE_READ(f, f_inode, i_nlink) || BPF_CORE_READ(d, d_hash.pprev))
		return SM_BACKING_FILE;
	if (BPF_CORE_READ(d, d_parent) != d)
		return SM_BACKING_DELETED;
	/* Files of memory that have no place in any directory: of memfd_create, of shared memory without a name. */
	bpf_probe_read_kernel_str(name, 7, BPF_CORE_READ(d, d_name.name));
	return *(__u64 *)name == *(__u64 *)"memfd:\0" ? SM_BACKING_MEMFD : SM_BACKING_SHARED;
}

static __always_inline __u32 sm_backing_of(struct vm_area_struct *v)
{
	__u64 start = BPF_CORE_READ(v, vm_start), end = BPF_CORE_READ(v, vm_end);
	struct mm_struct *mm = BPF_CORE_READ(v, vm_mm);
	struct file *f = BPF_CORE_READ(v, vm_file);

	/* Where the kernel put the code of what was executed: only memory that took its place is there as well. */
	if (start < BPF_CORE_READ(mm, end_code) && end > BPF_CORE_READ(mm, start_code))
		return SM_BACKING_IMAGE;
	if (f)
		return sm_backing_of_file(f);
	if (start < BPF_CORE_READ(mm, brk) && end > BPF_CORE_READ(mm, start_brk))
		return SM_BACKING_HEAP;
	return BPF_CORE_READ(v, vm_flags) & SM_VM_GROWSDOWN ? SM_BACKING_STACK : SM_BACKING_ANONYMOUS;
}

static __always_inline void sm_tell_protection(__u32 hook, __u32 backing, __u32 before, __u32 now, struct file *f)
{
	struct sm_memory_protect_record *r;
	struct sm_draft d;

	if (!sm_is_first_told(1 << 24 | hook << 16 | backing << 8 | now))
		return;
	r = sm_record_of_current(&d, SM_MEMORY_PROTECT, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->backing = backing;
	r->previous = before;
	r->protection = now;
	if (f && backing != SM_BACKING_SHARED) /* which is called as a device that it is not of */
		sm_append_location(&d, &r->file, &f->f_path);
	sm_record_end(&d);
}

static __always_inline void sm_memory_protected(__u32 call, struct vm_area_struct *v, __u32 before)
{
	sm_tell_protection(SM_HOOK_MEMORY_PROTECT_SYS_EXIT_MMAP + call, sm_backing_of(v), before,
			   BPF_CORE_READ(v, vm_flags) & SM_VM_RWX, BPF_CORE_READ(v, vm_file));
}

/* match: memfd_create(const char *uname, unsigned int flags): its file can be executed, unless it is asked otherwise */
SEC("tracepoint/syscalls/sys_exit_memfd_create")
int SM_TRACE(sm_memfd_exit, struct sm_sys_exit *ctx)
{
	struct file *f;
	__u32 mode;

	if (ctx->ret < 0 || !sm_is_running() || !sm_in_scope())
		return 0;
	f = sm_file_of(ctx->ret);
	if (!f)
		return 0;
	mode = BPF_CORE_READ(f, f_inode, i_mode);
	/* Another thread may have put another file in its place. */
	if (!(mode & 0100) || sm_backing_of_file(f) != SM_BACKING_MEMFD)
		return 0;
	sm_tell_protection(SM_HOOK_MEMORY_PROTECT_SYS_EXIT_MEMFD_CREATE, SM_BACKING_MEMFD, 0,
			   (mode & 0400 ? SM_VM_READ : 0) | (mode & 0200 ? SM_VM_WRITE : 0) | SM_VM_EXEC, f);
	return 0;
}
