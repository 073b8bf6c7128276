/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Files that are mapped so that what is written to memory changes them: it makes FileModify. */
#ifndef SM_HOOKS_MAP_H
#define SM_HOOKS_MAP_H

#define SM_MAP_SHARED 1
#define SM_FMODE_BACKING (1 << 25) /* since 6.5: the file of a layer (overlayfs) that stands for the one opened */

/* How many such calls are in progress: mostly none, and then the end of one is of no interest. */
volatile __u32 sm_maps_under_way;

/* match: mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
 * unsigned long off) */
SEC("tracepoint/syscalls/sys_enter_mmap")
int SM_TRACE(sm_map_enter, struct sm_sys_enter *ctx)
{
	if (!(ctx->args[2] & SM_PROT_WRITE) || !(ctx->args[3] & SM_MAP_SHARED) || ctx->args[3] & SM_MAP_ANONYMOUS)
		return 0;
	if (sm_write_begin(ctx, ctx->args[4], SM_CALL_MMAP))
		__sync_fetch_and_add(&sm_maps_under_way, 1);
	return 0;
}

/* A mapping of a file that is to be written to, and could not be before. */
static __always_inline int sm_protect_shared(struct sm_sys_enter *ctx, __u32 call)
{
	struct sm_write w = {.call = call, .nr = ctx->nr, .pos = ctx->args[0]};
	struct vm_area_struct *v;
	__u64 flags;

	if (!(ctx->args[2] & SM_PROT_WRITE) || !sm_is_running() || !sm_in_scope())
		return 0;
	v = sm_mapping_at(ctx->args[0]);
	flags = BPF_CORE_READ(v, vm_flags);
	if (!v || !(flags & SM_VM_SHARED) || flags & SM_VM_WRITE)
		return 0;
	w.process = sm_this_process();
	if (sm_note_write(&w))
		__sync_fetch_and_add(&sm_maps_under_way, 1);
	return 0;
}

/* match: mprotect(unsigned long start, size_t len, unsigned long prot) */
SEC("tracepoint/syscalls/sys_enter_mprotect")
int SM_TRACE(sm_map_protect_enter, struct sm_sys_enter *ctx)
{
	return sm_protect_shared(ctx, SM_CALL_MPROTECT);
}

/* match: pkey_mprotect(unsigned long start, size_t len, unsigned long prot, int pkey) */
SEC("tracepoint/syscalls/sys_enter_pkey_mprotect")
int SM_TRACE(sm_map_pkey_enter, struct sm_sys_enter *ctx)
{
	return sm_protect_shared(ctx, SM_CALL_PKEY_MPROTECT);
}

/* Memory without a name (memfd_create, shared memory) is on a mount of the kernel's own: it is no file. */
static __always_inline bool sm_is_of_kernel(struct file *f)
{
	struct vfsmount *mnt = BPF_CORE_READ(f, f_path.mnt);
	struct mount *m = (struct mount *)((void *)mnt - bpf_core_field_offset(struct mount, mnt));

	return (__u64)BPF_CORE_READ(m, mnt_ns) >= (__u64)-SM_MAX_ERRNO;
}

/*
 * What has been mapped, as the kernel has it; of a stacked file system (overlayfs) that is the file of a layer, and the
 * descriptor leads to the file that was meant.
 */
static __always_inline void sm_mapped(struct sm_write *w, struct vm_area_struct *v)
{
	struct file *f = BPF_CORE_READ(v, vm_file), *meant = (struct file *)w->file;
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	__u32 marks = 0;

	if (!f || !sm_is_regular(inode))
		return;
	if (f != meant && meant && (__u64)BPF_CORE_READ(meant, f_inode) == w->inode &&
	    BPF_CORE_READ(meant, f_inode, i_sb, s_stack_depth) > 0) {
		f = meant;
		marks = w->shared ? SM_LOCATION_EXPOSED : 0;
	} else if (BPF_CORE_READ(f, f_mode) & SM_FMODE_BACKING ||
		   BPF_CORE_READ(f, f_path.dentry, d_sb) != BPF_CORE_READ(inode, i_sb)) {
		marks = SM_LOCATION_EXPOSED;
	}
	if (!sm_is_of_kernel(f))
		sm_changed((__u64)f, w->call, SM_MAPPED, marks);
}

/*
 * match: mmap(unsigned long addr, unsigned long len, unsigned long prot, unsigned long flags, unsigned long fd,
 * unsigned long off): the result is an address; of mprotect and pkey_mprotect 0 is their success
 */
SEC("tracepoint/syscalls/sys_exit_{mmap,mprotect,pkey_mprotect}")
int SM_TRACE(sm_map_exit, struct sm_sys_exit *ctx)
{
	struct vm_area_struct *v;
	__s64 result = ctx->ret;
	struct sm_write *w;

	if (!sm_maps_under_way)
		return 0;
	w = sm_write_of_thread();
	if (!w || w->nr != ctx->nr) /* or what is left of a call whose end was not seen */
		return 0;
	if ((result >= 0 || result < -SM_MAX_ERRNO) && w->process == sm_this_process()) {
		v = sm_mapping_at(w->call == SM_CALL_MMAP ? (__u64)result : (__u64)w->pos);
		if (v && BPF_CORE_READ(v, vm_flags) & SM_VM_SHARED && BPF_CORE_READ(v, vm_flags) & SM_VM_WRITE)
			sm_mapped(w, v);
	}
	sm_forget_write(w);
	__sync_fetch_and_add(&sm_maps_under_way, -1);
	return 0;
}

#endif
