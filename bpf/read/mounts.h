/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The mount that a call went through, for paths of files that are known by their inode alone. Where a file system is
 * mounted once in the namespace it is that mount. Where it is mounted several times, what was passed tells.
 */
#ifndef SM_READ_MOUNTS_H
#define SM_READ_MOUNTS_H

#define SM_MOUNTS_KEPT 16 /* mounts of one file system in one namespace */
#define SM_MOUNT_STEPS                                                                                                 \
	32 /* mounts of a file system, in all namespaces, that are looked at in one go, and how often                  \
	    */
#define SM_MOUNT_ROUNDS 64
#define SM_WAY_STEPS 4 /* components or mounts that are compared in one go, and how often */
#define SM_WAY_ROUNDS 64

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

/* Of the mounts that were found, one that shows all of the file system if there is one: another may not show the file. */
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

/* Whether what was passed leads to a file by a mount. */
enum sm_way {
	SM_WAY_OPEN,   /* not known yet */
	SM_WAY_NONE,   /* the mount does not show the file */
	SM_WAY_OTHER,  /* it does, but what was passed is written otherwise: with a symbolic link, or with `..` */
	SM_WAY_PASSED, /* what was passed is the path by this mount */
};

/* Compares one component, or passes to the mount above. Returns true at the end. */
static __always_inline bool sm_way_step(struct sm_call_state *c, __u64 id)
{
	volatile struct sm_search *s = &c->search;
	struct mount *real = (struct mount *)s->mount, *up;
	struct dentry *d = (struct dentry *)s->dentry, *parent;
	int at;

	if (s->way == SM_WAY_OPEN && s->end == 0 && s->dentry == s->start && s->mount == s->start_mount) {
		s->way = SM_WAY_PASSED;
		return true;
	}
	if (s->dentry == s->root) {
		s->fits = 1; /* the mount shows the file */
		up = BPF_CORE_READ(real, mnt_parent);
		if (s->way != SM_WAY_OPEN || up == real) {
			s->way = SM_WAY_OTHER;
			return true;
		}
		s->dentry = (__u64)BPF_CORE_READ(real, mnt_mountpoint);
		s->mount = (__u64)up;
		s->root = (__u64)BPF_CORE_READ(up, mnt.mnt_root);
		return false;
	}
	parent = BPF_CORE_READ(d, d_parent);
	if (parent == d) {
		s->way = s->fits ? SM_WAY_OTHER : SM_WAY_NONE;
		return true;
	}
	if (s->way == SM_WAY_OPEN) {
		at = sm_name_ends(id, (__u64)d, s->end);
		if (at < 0) {
			s->way = SM_WAY_OTHER; /* if it turns out that the mount shows the file at all */
		} else {
			s->end = at ? sm_end_of(id, at) : 0;
			s->matched++;
		}
	}
	if (s->way != SM_WAY_OPEN && s->fits)
		return true;
	s->dentry = (__u64)parent;
	return false;
}

__noinline int sm_way_some(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	int i;

	if (!c || !sm_tells_inodes)
		return 1;
	for (i = 0; i < SM_WAY_STEPS; i++) {
		if (sm_way_step(c, id))
			return 1;
	}
	return 0;
}

/* How what was passed leads to the dentry by the mount: enum sm_way; search.matched: components that are the same. */
static __always_inline int sm_way_by(__u64 id, __u64 dentry, __u64 vfsmount)
{
	struct sm_call_state *c = sm_call_at(id);
	const struct path *start;
	int i;

	if (!c)
		return SM_WAY_NONE;
	c->search.dentry = dentry;
	c->search.mount = vfsmount - bpf_core_field_offset(struct mount, mnt);
	c->search.root = (__u64)BPF_CORE_READ((struct vfsmount *)vfsmount, mnt_root);
	c->search.end = sm_end_of(id, c->upto ? c->upto : c->name_len);
	start = sm_start_of(c);
	c->search.start = c->skipped ? 0 : (__u64)BPF_CORE_READ(start, dentry); /* not all of it can be compared */
	c->search.start_mount = (__u64)BPF_CORE_READ(start, mnt) - bpf_core_field_offset(struct mount, mnt);
	c->search.matched = c->search.fits = 0;
	c->search.way = SM_WAY_OPEN;
	for (i = 0; i < SM_WAY_ROUNDS; i++) {
		if (sm_way_some(id))
			break;
	}
	return i == SM_WAY_ROUNDS ? SM_WAY_OTHER : c->search.way;
}

/* 1 if what was passed is the path of the dentry by the chosen mount to the letter. */
__noinline int sm_is_path(__u64 id, __u64 dentry)
{
	struct sm_call_state *c = sm_call_at(id);

	return c && sm_tells_inodes && sm_way_by(id, dentry, c->search.chosen) == SM_WAY_PASSED;
}

/*
 * One of several mounts: notes it if it shows the file and fits better than the others before. Returns 1 if it is the
 * one.
 */
__noinline int sm_try_mount(__u64 id, __u64 dentry, __u64 mount)
{
	struct sm_call_state *c = sm_call_at(id);
	int way;

	if (!c || !sm_tells_inodes)
		return 0;
	way = sm_way_by(id, dentry, mount);
	if (way == SM_WAY_NONE)
		return 0;
	if (way == SM_WAY_PASSED || !c->mounts || c->search.matched > c->mount_matched) {
		c->search.chosen = mount;
		c->mount_matched = c->search.matched;
	}
	c->mounts++;
	return way == SM_WAY_PASSED;
}

/* Tries all of the mounts but the one that the path starts from, which was tried before. */
__noinline int sm_try_mounts(__u64 id, __u64 dentry, __u64 ns, __u64 except)
{
	struct sm_mounts_key key = {.ns = ns};
	struct sm_mounts *m;
	__u32 i;

	key.super_block = (__u64)BPF_CORE_READ((struct dentry *)dentry, d_sb);
	m = bpf_map_lookup_elem(&sm_mounts, &key);
	if (!m || !sm_tells_inodes)
		return 0;
	for (i = 0; i < SM_MOUNTS_KEPT; i++) {
		if (i < m->count && m->mount[i] != except && sm_try_mount(id, dentry, m->mount[i]))
			return 1;
	}
	return 0;
}

/* What was passed leads through procfs: /proc/PID/fd/N and the like lead to any mount, of any namespace. */
static __always_inline bool sm_is_through_proc(struct sm_call_state *c)
{
	__u64 begin = *(__u64 *)c->start;

	if (c->absolute) /* "/proc/", and "/dev/fd" and "/dev/st…", which are links to it */
		return (begin & 0xffffffffffff) == 0x2f636f72702f || (begin & 0xffffffffffffff) == 0x64662f7665642f ||
		       (begin & 0xffffffffffffff) == 0x74732f7665642f;
	return (__u32)BPF_CORE_READ(sm_start_of(c), dentry, d_sb, s_magic) == SM_PROC_MAGIC;
}

/*
 * Chooses the mount by which the path of a dentry is told: search.chosen. Returns 1 if it is certain that the call went
 * through it, 0 if it may be another one, -1 if none leads to the dentry.
 */
static __always_inline int sm_choose_mount(__u64 id, __u64 dentry)
{
	struct sm_call_state *c = sm_call_at(id);
	struct super_block *sb = BPF_CORE_READ((struct dentry *)dentry, d_sb);
	struct mnt_namespace *ns;
	struct sm_mounts *m = NULL;
	struct vfsmount *start;
	bool same, whole;
	__u32 count;

	if (!c || !sb)
		return -1;
	start = BPF_CORE_READ(sm_start_of(c), mnt);
	same = BPF_CORE_READ(start, mnt_sb) == sb;
	/* A mount that was taken out of the tree of names is in no namespace: there it has NULL, or an error. */
	ns = BPF_CORE_READ((struct mount *)((void *)start - bpf_core_field_offset(struct mount, mnt)), mnt_ns);
	if (ns && (__u64)ns < (__u64)-SM_MAX_ERRNO)
		m = sm_mounts_of(ns, sb);
	count = m ? m->count : same;
	whole = !m || (m->complete && count <= SM_MOUNTS_KEPT);
	c->search.chosen = m ? m->mount[0] : (__u64)start;
	if (whole && count <= 1)
		return count ? !sm_is_through_proc(c) : -1;
	c->mounts = 0;
	if (same && sm_try_mount(id, dentry, (__u64)start))
		return 1;
	if (sm_try_mounts(id, dentry, (__u64)ns, (__u64)start))
		return 1;
	if (!c->mounts)
		return -1;
	return c->mounts == 1 && whole && !sm_is_through_proc(c);
}

#endif
