/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Mount: what is mounted, taken off, moved, or made somebody's root. The record is begun with the call
 * (read/mount-call.h) and handed over if it succeeds; what the kernel itself knows then is taken from it.
 */

/* match: mount(char *dev_name, char *dir_name, char *type, unsigned long flags, void *data) */
SEC("tracepoint/syscalls/sys_enter_mount")
int SM_TRACE(sm_mount_enter, struct sm_sys_enter *ctx)
{
	__u32 flags = ctx->args[3], operation;
	struct sm_mount_record *r;
	struct sm_draft d;

	if ((flags & 0xffff0000) == SM_MS_MAGIC)
		flags &= 0xffff;
	operation = flags & SM_MS_REMOUNT	? SM_MOUNT_REMOUNT
		    : flags & SM_MS_BIND	? SM_MOUNT_BIND
		    : flags & SM_MS_PROPAGATION ? SM_MOUNT_PROPAGATION
		    : flags & SM_MS_MOVE	? SM_MOUNT_MOVE
						: SM_MOUNT_NEW;
	r = sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_MOUNT, operation, flags);
	if (!r)
		return 0;
	/* What the kernel does not look at is not told. */
	if (operation != SM_MOUNT_REMOUNT && operation != SM_MOUNT_PROPAGATION)
		sm_mount_source(&d, r, ctx->args[0]);
	sm_mount_target(&d, &r->target, SM_AT_FDCWD, ctx->args[1]);
	if (operation == SM_MOUNT_NEW) {
		sm_mount_head(&d)->type = ctx->args[2];
		if (sm_mount_text(&d, &r->filesystem, ctx->args[2], SM_MOUNT_TYPE))
			r->marks |= SM_MOUNT_CUT_TYPE;
	}
	if (operation == SM_MOUNT_NEW || (operation == SM_MOUNT_REMOUNT && !(flags & SM_MS_BIND))) {
		sm_mount_head(&d)->data = ctx->args[4];
		if (sm_mount_text(&d, &r->options, ctx->args[4], SM_MOUNT_DATA))
			r->marks |= SM_MOUNT_CUT_OPTIONS;
	}
	return sm_mount_keep(&d);
}

/* match: umount(char *name, int flags)  of umount2(2) */
SEC("tracepoint/syscalls/sys_enter_umount")
int SM_TRACE(sm_umount_enter, struct sm_sys_enter *ctx)
{
	struct sm_mount_record *r;
	struct sm_draft d;

	r = sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_UMOUNT, SM_MOUNT_UMOUNT,
			   (__u32)ctx->args[1] << SM_MOUNT_UMOUNT_SHIFT);
	if (!r)
		return 0;
	sm_mount_target(&d, &r->target, SM_AT_FDCWD, ctx->args[0]);
	return sm_mount_keep(&d);
}

/* match: pivot_root(const char *new_root, const char *put_old) */
SEC("tracepoint/syscalls/sys_enter_pivot_root")
int SM_TRACE(sm_pivot_enter, struct sm_sys_enter *ctx)
{
	struct sm_mount_record *r;
	struct sm_draft d;

	r = sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_PIVOT_ROOT, SM_MOUNT_PIVOT_ROOT, 0);
	if (!r)
		return 0;
	sm_mount_source(&d, r, ctx->args[0]);
	sm_mount_target(&d, &r->target, SM_AT_FDCWD, ctx->args[1]);
	return sm_mount_keep(&d);
}

/* match: move_mount(int from_dfd, const char *from_path, int to_dfd, const char *to_path, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_move_mount")
int SM_TRACE(sm_move_mount_enter, struct sm_sys_enter *ctx)
{
	struct sm_mount_record *r;
	struct sm_draft d;
	struct file *from;

	r = sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_MOVE_MOUNT, SM_MOUNT_MOVE_MOUNT, 0);
	if (!r)
		return 0;
	sm_mount_source(&d, r, ctx->args[1]);
	if (!r->source.len && ctx->args[4] & SM_MOVE_MOUNT_F_EMPTY_PATH) {
		from = sm_file_of(ctx->args[0]);
		sm_mount_head(&d)->mount = (__u64)BPF_CORE_READ(from, f_path.mnt);
	}
	if (ctx->args[4] & SM_MOVE_MOUNT_T_EMPTY_PATH)
		sm_mount_walk(&d, &r->target, &r->target.path, &sm_file_of(ctx->args[2])->f_path);
	else
		sm_mount_target(&d, &r->target, ctx->args[2], ctx->args[3]);
	return sm_mount_keep(&d);
}

/* match: open_tree(int dfd, const char *filename, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_open_tree")
int SM_TRACE(sm_open_tree_enter, struct sm_sys_enter *ctx)
{
	struct sm_mount_record *r;
	struct sm_draft d;

	if (!(ctx->args[2] & SM_OPEN_TREE_CLONE))
		return 0;
	r = sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_OPEN_TREE, SM_MOUNT_OPEN_TREE,
			   ctx->args[2] & SM_AT_RECURSIVE ? SM_MS_REC : 0);
	if (!r)
		return 0;
	sm_mount_source(&d, r, ctx->args[1]);
	return sm_mount_keep(&d);
}

/* The attributes of fsmount(2), as the flags of mount(2) of the same meaning. */
static __always_inline __u32 sm_mount_attributes(__u64 attributes)
{
	__u32 flags = attributes & 0xf; /* ro, nosuid, nodev, noexec */

	if (attributes & 0x10)
		flags |= 1u << 10; /* noatime */
	if (attributes & 0x20)
		flags |= 1u << 24; /* strictatime */
	if (attributes & 0x80)
		flags |= 1u << 11; /* nodiratime */
	if (attributes & 0x200000)
		flags |= 1u << 8; /* nosymfollow */
	return flags;
}

/* match: fsmount(int fs_fd, unsigned int flags, unsigned int attr_flags) */
SEC("tracepoint/syscalls/sys_enter_fsmount")
int SM_TRACE(sm_fsmount_enter, struct sm_sys_enter *ctx)
{
	struct sm_draft d;

	if (!sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_FSMOUNT, SM_MOUNT_FSMOUNT, sm_mount_attributes(ctx->args[2])))
		return 0;
	return sm_mount_keep(&d);
}

/* match: chroot(const char *filename) */
SEC("tracepoint/syscalls/sys_enter_chroot")
int SM_TRACE(sm_chroot_enter, struct sm_sys_enter *ctx)
{
	struct sm_draft d;

	/* Which directory it was, the kernel knows afterwards. */
	if (!sm_mount_draft(&d, SM_HOOK_MOUNT_SYS_EXIT_CHROOT, SM_MOUNT_CHROOT, 0))
		return 0;
	return sm_mount_keep(&d);
}

/* Appends what the kernel calls the file system of a mount, and what it is of. */
static __always_inline void sm_mount_kernel_names(struct sm_draft *d, struct sm_mount_record *r, struct vfsmount *mnt)
{
	struct super_block___type *sb = (void *)BPF_CORE_READ(mnt, mnt_sb);
	struct mount___devname *m = (void *)mnt - bpf_core_field_offset(struct mount, mnt);
	long n;

	n = bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), SM_MOUNT_TYPE, BPF_CORE_READ(sb, s_type, name));
	r->filesystem.off = d->off;
	r->filesystem.len = n > 0 ? n - 1 : 0;
	d->off += r->filesystem.len;
	if (r->source.len)
		return;
	n = bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), SM_MOUNT_SOURCE, BPF_CORE_READ(m, mnt_devname));
	r->source.off = d->off;
	r->source.len = n > 0 ? n - 1 : 0;
	d->off += r->source.len;
}

/* What a mount that a descriptor stands for is, which another thread may have replaced. */
static __always_inline void sm_mount_by_descriptor(struct sm_draft *d, struct sm_mount_record *r, struct vfsmount *mnt)
{
	r->marks &= ~(SM_MOUNT_EXPOSED_SOURCE | SM_MOUNT_EXPOSED_REST);
	if (!mnt)
		return;
	sm_mount_kernel_names(d, r, mnt);
	if (sm_descriptors_shared())
		r->marks |= SM_MOUNT_EXPOSED_SOURCE | SM_MOUNT_EXPOSED_REST;
}

/* Where a mount that a descriptor stood for is now: the kernel knows. */
static __always_inline void sm_mount_place(struct sm_draft *d, struct sm_location *target, struct vfsmount *mnt)
{
	int n = sm_walk_path((__u64)BPF_CORE_READ(mnt, mnt_root), (__u64)mnt, d->off, d->slot);

	target->path.off = d->off;
	target->path.len = n & 0xffff;
	d->off += n & 0xffff;
	target->marks = (n & SM_PATH_CUT ? SM_LOCATION_CUT : 0) | (sm_descriptors_shared() ? SM_LOCATION_EXPOSED : 0);
}

/* What was read when the call began is another text now, or may have been meanwhile. */
static __always_inline void sm_mount_compare(struct sm_mount_call *call, struct sm_mount_record *r, __u32 slot)
{
	bool shared = sm_memory_shared();

	if (call->source && (shared || sm_mount_changed(call->source, r->source.off, r->source.len, slot)))
		r->marks |= SM_MOUNT_EXPOSED_SOURCE;
	if (call->target && (shared || sm_mount_changed(call->target, r->target.name.off, r->target.name.len, slot)))
		r->target.marks |= SM_LOCATION_EXPOSED;
	if ((call->type || call->data) &&
	    (shared || sm_mount_changed(call->type, r->filesystem.off, r->filesystem.len, slot) ||
	     sm_mount_changed(call->data, r->options.off, r->options.len, slot)))
		r->marks |= SM_MOUNT_EXPOSED_REST;
}

/* What could not be read when the call began is read now. It is marked already: nothing is equal to it. */
static __always_inline void sm_mount_read_late(struct sm_draft *d, struct sm_mount_call *call,
					       struct sm_mount_record *r)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	bool late = !r->target.name.len && !r->target.path.len;
	char first = 0;

	sm_mount_late(d, &r->source, call->source, SM_MOUNT_SOURCE);
	sm_mount_late(d, &r->filesystem, call->type, SM_MOUNT_TYPE);
	sm_mount_late(d, &r->options, call->data, SM_MOUNT_DATA);
	if (!late || !call->target)
		return;
	sm_mount_late(d, &r->target.name, call->target, SM_PATH_MAX);
	bpf_probe_read_kernel(&first, 1, sm_at(d->scratch, r->target.name.off));
	if (first == '/')
		sm_append_path(d, &r->target.base, &fs->root, &r->target.marks, SM_LOCATION_CUT);
}

static __always_inline void sm_mounted(struct sm_mount_call *call, __s64 result)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct sm_mount_record *r;
	struct fs_struct *fs;
	struct sm_draft d;
	struct file *f;

	r = sm_record_begin(&d, SM_MOUNT, sizeof(*r), SM_MOUNT_BYTES, false);
	if (!r)
		return;
	bpf_probe_read_kernel(r, SM_MOUNT_BYTES, call->record);
	sm_header_of_current(&r->hdr, SM_MOUNT);
	r->uid = bpf_get_current_uid_gid();
	d.off = call->used;
	sm_mount_compare(call, r, d.slot);
	sm_mount_read_late(&d, call, r);
	switch (r->operation) {
	case SM_MOUNT_MOVE_MOUNT:
		if (call->mount) {
			sm_mount_by_descriptor(&d, r, (struct vfsmount *)call->mount);
			sm_mount_place(&d, &r->target, (struct vfsmount *)call->mount);
		} else if (r->target.path.len && sm_descriptors_shared()) {
			r->target.marks |= SM_LOCATION_EXPOSED;
		}
		break;
	case SM_MOUNT_OPEN_TREE:
	case SM_MOUNT_FSMOUNT:
		f = sm_file_of(result);
		sm_mount_by_descriptor(&d, r, BPF_CORE_READ(f, f_path.mnt));
		break;
	case SM_MOUNT_CHROOT:
		fs = BPF_CORE_READ(t, fs);
		sm_append_location(&d, &r->target, &fs->root);
		break;
	}
	sm_record_end(&d);
}

/* match: mount(char *dev_name, char *dir_name, char *type, unsigned long flags, void *data), and the others likewise */
SEC("tracepoint/syscalls/sys_exit_{mount,umount,pivot_root,move_mount,open_tree,fsmount,chroot}")
int SM_TRACE(sm_mount_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_mount_call *call = bpf_map_lookup_elem(&sm_mount_calls, &thread);

	if (!call)
		return 0;
	if (ctx->ret >= 0 && !sm_is_stopped())
		sm_mounted(call, ctx->ret);
	bpf_map_delete_elem(&sm_mount_calls, &thread);
	return 0;
}
