/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Memory that becomes executable: it makes ImageLoad and ProcessTampering. */
#ifndef SM_HOOKS_EXECUTABLE_H
#define SM_HOOKS_EXECUTABLE_H

#define SM_PROT_WRITE 2
#define SM_PROT_EXEC 4
#define SM_MAP_ANONYMOUS 0x20

enum sm_executable_call { SM_EXECUTABLE_MMAP, SM_EXECUTABLE_MPROTECT, SM_EXECUTABLE_PKEY_MPROTECT };

/* Such a call in progress, by thread. */
struct sm_executable {
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__u64 address; /* of mprotect */
	__u32 call;    /* enum sm_executable_call */
	__u32 anonymous;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048);
	__type(key, __u64);
	__type(value, struct sm_executable);
} sm_executables SEC(".maps");

static __always_inline int sm_executable_begin(__u32 call, __u64 address, bool anonymous)
{
	struct sm_executable e = {.address = address, .call = call, .anonymous = anonymous};
	__u64 id = bpf_get_current_pid_tgid();

	if (anonymous ? !sm_wants_tampering() || sm_is_known_to_make_code() : !sm_wants_images())
		return 0;
	e.process = sm_this_process();
	if (bpf_map_update_elem(&sm_executables, &id, &e, BPF_ANY))
		sm_lost_to_table(anonymous ? SM_PROCESS_TAMPERING : SM_IMAGE_LOAD);
	return 0;
}

/* match: mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
 * unsigned long off) */
SEC("tracepoint/syscalls/sys_enter_mmap")
int SM_TRACE(sm_mmap_enter, struct sm_sys_enter *ctx)
{
	bool anonymous = ctx->args[3] & SM_MAP_ANONYMOUS;

	/* What is anonymous holds zeros: only what can be written to at the same time can become code. */
	if (!(ctx->args[2] & SM_PROT_EXEC) || (anonymous && !(ctx->args[2] & SM_PROT_WRITE)) || !sm_is_running() ||
	    !sm_in_scope())
		return 0;
	return sm_executable_begin(SM_EXECUTABLE_MMAP, 0, anonymous);
}

static __always_inline int sm_protect_begin(struct sm_sys_enter *ctx, __u32 call)
{
	struct vm_area_struct *v;
	__u64 flags;

	if (!(ctx->args[2] & SM_PROT_EXEC) || !sm_is_running() || !sm_in_scope())
		return 0;
	v = sm_mapping_at(ctx->args[0]);
	flags = BPF_CORE_READ(v, vm_flags);
	if (!v || flags & SM_VM_EXEC)
		return 0;
	if (BPF_CORE_READ(v, vm_file))
		return sm_executable_begin(call, ctx->args[0], false);
	/* Of the kernel's own, such as the vdso; or it was never written to, and cannot be. */
	if (BPF_CORE_READ(v, vm_ops) || !(BPF_CORE_READ(v, anon_vma) || (flags | ctx->args[2]) & SM_VM_WRITE))
		return 0;
	return sm_executable_begin(call, ctx->args[0], true);
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
	if (!e.anonymous)
		sm_image_loaded(e.call, v);
	else if (!BPF_CORE_READ(v, vm_file))
		sm_code_made(e.call);
	return 0;
}

#endif
