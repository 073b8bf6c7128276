/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The mount that a call went through, for paths of files that are known by their inode alone. Where a file system is
 * mounted once in the namespace it is that mount. Where it is mounted several times, what was passed tells.
 */
#ifndef SM_READ_MOUNTS_H
#define SM_READ_MOUNTS_H

#define SM_WAY_STEPS 4 /* components or mounts that are compared in one go, and how often */
#define SM_WAY_ROUNDS 64

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
