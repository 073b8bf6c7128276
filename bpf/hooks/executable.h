/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Memory that becomes executable: it makes ImageLoad, ProcessTampering and MemoryProtect. */
#ifndef SM_HOOKS_EXECUTABLE_H
#define SM_HOOKS_EXECUTABLE_H

#define SM_PROT_WRITE 2
#define SM_PROT_EXEC 4
#define SM_MAP_FIXED 0x10
#define SM_MAP_ANONYMOUS 0x20

enum sm_executable_call { SM_EXECUTABLE_MMAP, SM_EXECUTABLE_MPROTECT, SM_EXECUTABLE_PKEY_MPROTECT };

/* What such a call may be told as. */
#define SM_TELL_IMAGE 1
#define SM_TELL_TAMPERING 2
#define SM_TELL_PROTECTION 4

/* Such a call in progress, by thread. */
struct sm_executable {
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__u64 address; /* of mprotect */
	__u32 call;    /* enum sm_executable_call */
	__u16 tell;    /* SM_TELL_* */
	__u16 before;  /* how it was protected, of mprotect: SM_VM_RWX */
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048);
	__type(key, __u64);
	__type(value, struct sm_executable);
} sm_executables SEC(".maps");

static __always_inline void sm_executable_begin(__u32 call, __u64 address, __u32 tell, __u32 before)
{
	struct sm_executable e = {.address = address, .call = call, .tell = tell, .before = before};
	__u64 id = bpf_get_current_pid_tgid();

	e.process = sm_this_process();
	if (bpf_map_update_elem(&sm_executables, &id, &e, BPF_ANY))
		sm_lost_to_table(tell & SM_TELL_TAMPERING    ? SM_PROCESS_TAMPERING
				 : tell & SM_TELL_PROTECTION ? SM_MEMORY_PROTECT
							     : SM_IMAGE_LOAD);
}

static __always_inline __u32 sm_of_code_made(void)
{
	return (sm_wants_tampering() && !sm_is_known_to_make_code() ? SM_TELL_TAMPERING : 0) |
	       (sm_wants_protections() ? SM_TELL_PROTECTION : 0);
}

/* Whether what is mapped of a file is none on a disk, can be written to, or takes the place of what was executed. */
static __always_inline bool sm_is_odd_mapping(struct sm_sys_enter *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	__u64 start = ctx->args[0];
	struct file *f;

	if (ctx->args[2] & SM_PROT_WRITE)
		return true;
	if (ctx->args[3] & SM_MAP_FIXED && start < BPF_CORE_READ(mm, end_code) &&
	    start + ctx->args[1] > BPF_CORE_READ(mm, start_code))
		return true;
	f = sm_file_of(ctx->args[4]);
	return f && sm_backing_of_file(f) != SM_BACKING_FILE;
}

/* match: mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
 * unsigned long off) */
SEC("tracepoint/syscalls/sys_enter_mmap")
int SM_TRACE(sm_mmap_enter, struct sm_sys_enter *ctx)
{
	bool anonymous = ctx->args[3] & SM_MAP_ANONYMOUS;
	__u32 tell;

	/* What is anonymous holds zeros: only what can be written to at the same time can become code. */
	if (!(ctx->args[2] & SM_PROT_EXEC) || (anonymous && !(ctx->args[2] & SM_PROT_WRITE)) || !sm_is_running() ||
	    !sm_in_scope())
		return 0;
	tell = anonymous ? sm_of_code_made() : sm_wants_images() ? SM_TELL_IMAGE : 0;
	if (!anonymous && sm_wants_protections() && sm_is_odd_mapping(ctx))
		tell |= SM_TELL_PROTECTION;
	if (tell)
		sm_executable_begin(SM_EXECUTABLE_MMAP, 0, tell, 0);
	return 0;
}

/* What a mapping that is about to be protected otherwise is to be told as. */
static __always_inline __u32 sm_protecting(struct vm_area_struct *v, __u64 flags, __u64 asked)
{
	bool written = BPF_CORE_READ(v, anon_vma) || (flags | asked) & SM_VM_WRITE;
	struct file *f = BPF_CORE_READ(v, vm_file);
	__u32 tell;

	/* Code that is written to from now on. */
	if (flags & SM_VM_EXEC)
		return asked & SM_PROT_WRITE && !(flags & SM_VM_WRITE) && sm_wants_protections() ? SM_TELL_PROTECTION
												 : 0;
	if (!f)
		/* Of the kernel's own, such as the vdso; or it was never written to, and cannot be. */
		return !BPF_CORE_READ(v, vm_ops) && written ? sm_of_code_made() : 0;
	tell = sm_wants_images() ? SM_TELL_IMAGE : 0;
	if (sm_wants_protections() && (written || sm_backing_of_file(f) != SM_BACKING_FILE))
		tell |= SM_TELL_PROTECTION;
	return tell;
}

static __always_inline int sm_protect_begin(struct sm_sys_enter *ctx, __u32 call)
{
	struct vm_area_struct *v;
	__u64 flags;
	__u32 tell;

	if (!(ctx->args[2] & SM_PROT_EXEC) || !sm_is_running() || !sm_in_scope())
		return 0;
	v = sm_mapping_at(ctx->args[0]);
	if (!v)
		return 0;
	flags = BPF_CORE_READ(v, vm_flags);
	tell = sm_protecting(v, flags, ctx->args[2]);
	if (tell)
		sm_executable_begin(call, ctx->args[0], tell, flags & SM_VM_RWX);
	return 0;
}

/* match: mprotect(unsigned long start, size_t len, unsigned long prot) */
SEC("tracepoint/syscalls/sys_enter_mprotect")
int SM_TRACE(sm_mprotect_enter, struct sm_sys_enter *ctx)
{
	return sm_protect_begin(ctx, SM_EXECUTABLE_MPROTECT);
}

/* match: pkey_mprotect(unsigned long start, size_t len, unsigned long prot, int pkey) */
SEC("tracepoint/syscalls/sys_enter_pkey_mprotect")
int SM_TRACE(sm_pkey_mprotect_enter, struct sm_sys_enter *ctx)
{
	return sm_protect_begin(ctx, SM_EXECUTABLE_PKEY_MPROTECT);
}

/*
 * match: mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
 * unsigned long off): the result is an address; of mprotect and pkey_mprotect 0 is their success
 */
SEC("tracepoint/syscalls/sys_exit_{mmap,mprotect,pkey_mprotect}")
int SM_TRACE(sm_executable_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_executable *known = bpf_map_lookup_elem(&sm_executables, &id), e;
	struct vm_area_struct *v;
	__s64 result = ctx->ret;

	if (!known)
		return 0;
	e = *known;
	bpf_map_delete_elem(&sm_executables, &id);
	if (!sm_is_running() || e.process != sm_this_process() || (result < 0 && result >= -SM_MAX_ERRNO))
		return 0;
	/* The kernel may have merged it with its neighbours. */
	v = sm_mapping_at(e.call == SM_EXECUTABLE_MMAP ? (__u64)result : e.address);
	if (!v || !(BPF_CORE_READ(v, vm_flags) & SM_VM_EXEC))
		return 0;
	if (e.tell & SM_TELL_IMAGE)
		sm_image_loaded(e.call, v);
	if (e.tell & SM_TELL_TAMPERING && !BPF_CORE_READ(v, vm_file))
		sm_code_made(e.call);
	if (e.tell & SM_TELL_PROTECTION)
		sm_memory_protected(e.call, v, e.before);
	return 0;
}

#endif
