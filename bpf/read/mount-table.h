/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The mounts of a file system in a namespace, which are found once for as long as no mount comes or goes there. */
#ifndef SM_READ_MOUNT_TABLE_H
#define SM_READ_MOUNT_TABLE_H

#define SM_MOUNTS_KEPT 16 /* mounts of one file system in one namespace */
#define SM_MOUNT_STEPS                                                                                                 \
	32 /* mounts of a file system, in all namespaces, that are looked at in one go, and how often                  \
	    */
#define SM_MOUNT_ROUNDS 64

/* The mounts of a file system in a namespace. They hold as long as no mount comes or goes there. */
struct sm_mounts_key {
	__u64 ns;
	__u64 super_block;
};
struct sm_mounts {
	__u64 event;
	__u64 at, end;	/* where the search stands, and where it ends */
	__u32 inum;	/* number of the namespace: its address may be that of an older one */
	__u32 count;	/* more than SM_MOUNTS_KEPT: not all are kept */
	__u32 complete; /* 1: all mounts of the file system were looked at */
	__u32 pad;
	__u64 mount[SM_MOUNTS_KEPT]; /* struct vfsmount */
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct sm_mounts_key);
	__type(value, struct sm_mounts);
} sm_mounts SEC(".maps");

const struct sm_mounts sm_no_mounts = {};

/*
 * Since 6.17 the mounts of a super block are a chain that ends with NULL; before, a ring of list_heads that begins in
 * the super block. An offset is only computed on the branch where the field is known to exist: the verifier refuses the
 * offset of a missing one.
 */
static __always_inline bool sm_mounts_are_chained(void)
{
	return bpf_core_field_exists(struct mount___617, mnt_next_for_sb);
}

/* Where the super block points to its first mount. */
static __always_inline __u64 sm_mounts_in(__u64 super_block)
{
	__u64 at;

	if (sm_mounts_are_chained()) {
		at = bpf_core_field_offset(struct super_block___617, s_mounts);
		sm_hide(at);
	} else {
		at = bpf_core_field_offset(struct super_block, s_mounts);
		sm_hide(at);
	}
	return super_block + at;
}

/* Of what that points to: where it has the pointer to the next, and where the mount begins. */
static __always_inline __u64 sm_next_mount(void)
{
	__u64 at = 0; /* list_head.next */

	if (sm_mounts_are_chained()) {
		at = bpf_core_field_offset(struct mount___617, mnt_next_for_sb);
		sm_hide(at);
	}
	return at;
}

static __always_inline __u64 sm_in_mount(void)
{
	__u64 at = 0;

	if (!sm_mounts_are_chained()) {
		at = bpf_core_field_offset(struct mount, mnt_instance);
		sm_hide(at);
	}
	return at;
}

/* Looks at some more mounts of a file system. Returns 1 at the end. */
__noinline int sm_search_mounts(__u64 ns, __u64 super_block)
{
	struct sm_mounts_key key = {.ns = ns, .super_block = super_block};
	struct sm_mounts *m = bpf_map_lookup_elem(&sm_mounts, &key);
	struct mount *mount;
	__u64 next = 0;
	__u32 i, n;

	if (!m || !sm_tells_inodes)
		return 1;
	for (i = 0; i < SM_MOUNT_STEPS; i++) {
		if (m->at == m->end) {
			m->complete = 1;
			return 1;
		}
		mount = (struct mount *)(m->at - sm_in_mount());
		if ((__u64)BPF_CORE_READ(mount, mnt.mnt_sb) != super_block)
			return 1; /* it has just gone, and what follows is not known */
		n = m->count;
		if ((__u64)BPF_CORE_READ(mount, mnt_ns) == ns) {
			if (n < SM_MOUNTS_KEPT)
				m->mount[n & (SM_MOUNTS_KEPT - 1)] =
				    (__u64)mount + bpf_core_field_offset(struct mount, mnt);
			m->count = n + 1;
		}
		bpf_probe_read_kernel(&next, sizeof(next), (void *)m->at + sm_next_mount());
		m->at = next;
	}
	return 0;
}

/* The mounts of a file system in a namespace; NULL if there is no room to note them. */
static __always_inline struct sm_mounts *sm_mounts_of(struct mnt_namespace *ns, struct super_block *sb)
{
	struct sm_mounts_key key = {.ns = (__u64)ns, .super_block = (__u64)sb};
	struct sm_mounts *m = bpf_map_lookup_elem(&sm_mounts, &key);
	__u64 event = BPF_CORE_READ(ns, event);
	__u32 inum = BPF_CORE_READ(ns, ns.inum);
	int i;

	if (m && m->event == event && m->inum == inum && m->complete)
		return m;
	bpf_map_update_elem(&sm_mounts, &key, &sm_no_mounts, BPF_ANY);
	m = bpf_map_lookup_elem(&sm_mounts, &key);
	if (!m)
		return NULL;
	m->event = event;
	m->inum = inum;
	bpf_probe_read_kernel(&m->at, sizeof(m->at), (void *)sm_mounts_in((__u64)sb));
	m->end = sm_mounts_are_chained() ? 0 : sm_mounts_in((__u64)sb);
	for (i = 0; i < SM_MOUNT_ROUNDS; i++) {
		if (sm_search_mounts((__u64)ns, (__u64)sb))
			break;
	}
	if (BPF_CORE_READ(ns, event) != event)
		m->complete = 0;
	return m;
}

/* Of the mounts that were found, one that shows all of the file system if there is one: another may not show the file.
 */
__noinline __u64 sm_whole_mount(__u64 ns, __u64 super_block)
{
	struct sm_mounts_key key = {.ns = ns, .super_block = super_block};
	struct sm_mounts *m = bpf_map_lookup_elem(&sm_mounts, &key);
	struct vfsmount *mount;
	struct dentry *root;
	__u32 i;

	if (!m || !sm_tells_inodes)
		return 0;
	root = BPF_CORE_READ((struct super_block *)super_block, s_root);
	for (i = 0; i < SM_MOUNTS_KEPT; i++) {
		mount = (struct vfsmount *)m->mount[i];
		if (i < m->count && BPF_CORE_READ(mount, mnt_root) == root)
			return (__u64)mount;
	}
	return m->mount[0];
}

/* A mount of a file system in the namespace of the process, for files of which nothing was passed; 0: none. */
__noinline __u64 sm_mount_of(__u64 super_block)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct mnt_namespace *ns;

	if (!sm_tells_inodes)
		return 0;
	ns = BPF_CORE_READ(t, nsproxy, mnt_ns);
	return sm_mounts_of(ns, (struct super_block *)super_block) ? sm_whole_mount((__u64)ns, super_block) : 0;
}

#endif
