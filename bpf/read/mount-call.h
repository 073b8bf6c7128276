/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Calls that change mounts. What one is passed stands in the memory of the process, and what it starts at may be
 * another directory afterwards: the record is put together when the call begins, and kept until it ends.
 */
#ifndef SM_READ_MOUNT_CALL_H
#define SM_READ_MOUNT_CALL_H

#define SM_MOUNT_BYTES 16384 /* of a record that is kept: its fixed part and five texts, bounded below */
#define SM_MOUNT_SOURCE 2048
#define SM_MOUNT_TYPE 64
#define SM_MOUNT_DATA 4096
#define SM_MOUNT_AGAIN 0x8000 /* where in the scratch a text is read once more */

#define SM_MS_REMOUNT (1u << 5)
#define SM_MS_BIND (1u << 12)
#define SM_MS_MOVE (1u << 13)
#define SM_MS_REC (1u << 14)
#define SM_MS_PROPAGATION (0xfu << 17) /* unbindable, private, slave, shared */
#define SM_MS_MAGIC 0xc0ed0000u	       /* old programs put it there */
#define SM_MOUNT_UMOUNT_SHIFT 26       /* flags of umount(2), behind those of mount(2) */
#define SM_OPEN_TREE_CLONE 1
#define SM_AT_RECURSIVE 0x8000
#define SM_MOVE_MOUNT_F_EMPTY_PATH 0x4
#define SM_MOVE_MOUNT_T_EMPTY_PATH 0x40

/* As Operation lists them. */
enum sm_mount_operation {
	SM_MOUNT_NEW,
	SM_MOUNT_BIND,
	SM_MOUNT_REMOUNT,
	SM_MOUNT_MOVE,
	SM_MOUNT_PROPAGATION,
	SM_MOUNT_UMOUNT,
	SM_MOUNT_MOVE_MOUNT,
	SM_MOUNT_FSMOUNT,
	SM_MOUNT_OPEN_TREE,
	SM_MOUNT_PIVOT_ROOT,
	SM_MOUNT_CHROOT
};

/* Bits of marks in the record, which lib/schema/events/mount.ts names by number. */
#define SM_MOUNT_CUT_SOURCE 1
#define SM_MOUNT_CUT_OPTIONS 2
#define SM_MOUNT_EXPOSED_SOURCE 4
#define SM_MOUNT_EXPOSED_REST 8
#define SM_MOUNT_CUT_TYPE 16

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct file_system_type {
	const char *name;
};
struct super_block___type {
	struct file_system_type *s_type;
};
struct mount___devname {
	const char *mnt_devname;
};
#pragma clang attribute pop

/* A call that is under way, by thread. */
struct sm_mount_call {
	__u64 source, target, type, data; /* user addresses of what was read; 0: nothing */
	__u64 mount; /* move_mount: the mount that its descriptor is, struct vfsmount; 0: it goes by path */
	__u64 used;  /* bytes of the record */
	__u8 record[SM_MOUNT_BYTES];
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_mount_call);
} sm_mount_calls SEC(".maps");

/* A record that begins with the call, in the scratch; the head of struct sm_mount_call is in front of it. */
static __always_inline struct sm_mount_record *sm_mount_draft(struct sm_draft *d, __u32 hook, __u32 operation,
							      __u32 flags)
{
	struct sm_mount_record *r;

	if (!sm_draft_take(d, SM_MOUNT))
		return NULL;
	__builtin_memset(d->scratch->data, 0, offsetof(struct sm_mount_call, record) + sizeof(*r));
	r = (struct sm_mount_record *)((struct sm_mount_call *)d->scratch->data)->record;
	d->off = sizeof(*r);
	r->flags = flags;
	r->hook = hook;
	r->operation = operation;
	return r;
}

#define sm_mount_head(d) ((struct sm_mount_call *)(d)->scratch->data)
/* Offsets of texts count from the record, which is not at the beginning of the scratch. */
#define sm_mount_at(d, off) sm_at((d)->scratch, (off) + offsetof(struct sm_mount_call, record))

/* Keeps what has been put together until the call ends. */
static __always_inline int sm_mount_keep(struct sm_draft *d)
{
	__u64 thread = bpf_get_current_pid_tgid();

	sm_mount_head(d)->used = d->off;
	if (bpf_map_update_elem(&sm_mount_calls, &thread, d->scratch->data, BPF_ANY))
		sm_lost_to_table(SM_MOUNT);
	sm_draft_leave(d);
	return 0;
}

/* Appends a text that the process passed. Returns true if it was cut. */
static __always_inline bool sm_mount_text(struct sm_draft *d, struct sm_text *text, __u64 from, const __u32 most)
{
	long n;

	if (!from)
		return false;
	n = bpf_probe_read_user_str(sm_mount_at(d, d->off), most, (void *)from);
	text->off = d->off;
	text->len = n > 0 ? n - 1 : 0;
	d->off += text->len;
	return n == most;
}

/* Appends the path of a directory. */
static __always_inline void sm_mount_walk(struct sm_draft *d, struct sm_location *target, struct sm_text *text,
					  const struct path *path)
{
	int n = sm_walk_path((__u64)BPF_CORE_READ(path, dentry), (__u64)BPF_CORE_READ(path, mnt),
			     d->off + offsetof(struct sm_mount_call, record), d->slot);

	text->off = d->off;
	text->len = n & 0xffff;
	d->off += n & 0xffff;
	if (n & SM_PATH_CUT)
		target->marks |= SM_LOCATION_CUT;
}

/* Appends a path that the process passed, and the directory that it starts at. */
static __always_inline void sm_mount_target(struct sm_draft *d, struct sm_location *target, __s32 dirfd, __u64 name)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	const struct path *start;
	char first = 0;

	sm_mount_head(d)->target = name;
	if (sm_mount_text(d, &target->name, name, SM_PATH_MAX))
		target->marks |= SM_LOCATION_CUT | SM_LOCATION_CUT_END;
	bpf_probe_read_kernel(&first, 1, sm_mount_at(d, target->name.off));
	start = first == '/' ? &fs->root : dirfd == SM_AT_FDCWD ? &fs->pwd : &sm_file_of(dirfd)->f_path;
	sm_mount_walk(d, target, &target->base, start);
}

static __always_inline void sm_mount_source(struct sm_draft *d, struct sm_mount_record *r, __u64 name)
{
	sm_mount_head(d)->source = name;
	if (sm_mount_text(d, &r->source, name, SM_MOUNT_SOURCE))
		r->marks |= SM_MOUNT_CUT_SOURCE;
}

/*
 * 1 if the text that was passed at this address is another one now, or cannot be read. Global, so that the verifier
 * checks it once. `off`: where it stands in the record of the scratch.
 */
__noinline int sm_mount_changed(__u64 from, __u32 off, __u32 len, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u64 mask;
	__u32 i;
	long n;

	if (!s || len > SM_PATH_MAX)
		return 1;
	if (!from)
		return 0;
	n = bpf_probe_read_user_str(sm_at(s, SM_MOUNT_AGAIN), SM_PATH_MAX, (void *)from);
	if (n < 0 || (n != SM_PATH_MAX && n != len + 1))
		return 1;
	for (i = 0; i < SM_PATH_MAX / 8; i++) {
		if (i * 8 >= len)
			return 0;
		mask = len - i * 8 < 8 ? (1ull << ((len - i * 8) * 8)) - 1 : ~0ull;
		if ((*(__u64 *)sm_at(s, SM_MOUNT_AGAIN + i * 8) ^ *(__u64 *)sm_at(s, off + i * 8)) & mask)
			return 1;
	}
	return 0;
}

/*
 * Reads a text whose page was not in memory when the call began; it is there now, for the kernel has read it. The
 * record is at the beginning of the scratch by then.
 */
static __always_inline void sm_mount_late(struct sm_draft *d, struct sm_text *text, __u64 from, const __u32 most)
{
	long n;

	if (!from || text->len)
		return;
	n = bpf_probe_read_user_str(sm_at(d->scratch, d->off), most, (void *)from);
	text->off = d->off;
	text->len = n > 0 ? n - 1 : 0;
	d->off += text->len;
}

#endif
