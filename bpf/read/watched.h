/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Whether a file is one of the list of files whose opens are told. Almost none is, and has to pay for being asked: what
 * is looked at first is a key of its name and of the directory that it is in, and one of its inode. Only if one of
 * these is known the whole path is compared.
 */
#ifndef SM_READ_WATCHED_H
#define SM_READ_WATCHED_H

/* What an entry is found by is its last component without a star: that of the file, of its directory, or of one above.
 */
#define SM_KEY_FILE 1
#define SM_KEY_PARENT 2
#define SM_KEY_ABOVE 4
#define SM_WATCH_LEVELS 16
#define SM_WATCH_STEPS 32  /* of a comparison, in one go */
#define SM_WATCH_ROUNDS 64 /* the longest path has 4,096 bytes, and one that is no match ends early */
#define SM_NOT_WATCHED -1

/* A file of the list that was opened by its path, to know it by its other names. */
struct sm_watch_inode {
	__u64 ino;
	__u32 dev, generation;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct sm_watch_inode);
	__type(value, __u32); /* index of the entry */
} sm_watch_inodes SEC(".maps");

/* By the number of the inode: 1, one of that kind is in sm_watch_inodes, or was. */
volatile __u8 sm_watch_numbers[SM_WATCH_KEYS];

/* A name, where it is and what it is of: what of a dentry can be read at once. */
struct sm_named {
	struct sm_place place;
	struct inode *inode;
	__u64 start; /* of the name, if that is where it belongs */
};

static __always_inline void sm_read_named(struct dentry *d, struct sm_named *n)
{
	const __u32 to_parent = bpf_core_field_offset(struct dentry, d_parent);

	if (bpf_core_field_offset(struct dentry, d_name) == to_parent + sizeof(void *) &&
	    bpf_core_field_offset(struct dentry, d_inode) == to_parent + sizeof(n->place)) {
		bpf_core_read(n, sizeof(*n), &d->d_parent);
		if ((__u64)n->place.name.name == (__u64)d + to_parent + offsetof(struct sm_named, start))
			return;
	} else {
		sm_read_place(d, &n->place);
		n->inode = BPF_CORE_READ(d, d_inode);
	}
	bpf_probe_read_kernel(&n->start, sizeof(n->start), n->place.name.name);
}

/* The same as in native/core/kernel/watched.cc: by the length of a name and its first eight bytes. */
static __always_inline __u32 sm_watch_key(const struct sm_named *n)
{
	__u32 len = n->place.name.hash_len >> 32;
	__u64 key = n->start;

	if (len < sizeof(key))
		key &= (1ull << len * 8) - 1;
	return ((key ^ len) * 0x9e3779b97f4a7c15ull) >> 52;
}

static __always_inline __u32 sm_number_key(__u64 ino)
{
	return (ino * 0x9e3779b97f4a7c15ull) >> 52;
}

/* A name, and the mount that it is in. */
struct sm_watch_walk {
	struct dentry *dentry;
	struct vfsmount *mnt;
	struct dentry *root; /* of the mount */
};

/* Mounts are passed: the name of what is mounted is that of where it is mounted. Of mounts on mounts, two. */
static __always_inline void sm_watch_cross(struct sm_watch_walk *w)
{
	struct vfsmount *mnt;
	struct mount *m;
	int i;

#pragma unroll
	for (i = 0; i < 2; i++) {
		if (w->dentry != w->root)
			return;
		m = (void *)w->mnt - bpf_core_field_offset(struct mount, mnt);
		w->dentry = BPF_CORE_READ(m, mnt_mountpoint);
		mnt = (void *)BPF_CORE_READ(m, mnt_parent) + bpf_core_field_offset(struct mount, mnt);
		w->root = BPF_CORE_READ(mnt, mnt_root);
		w->mnt = mnt;
	}
}

/* Whether a file may be one of the list: what every open pays for. `file`: address of a struct file. */
__noinline int sm_may_be_watched(__u64 file)
{
	struct file *f = (struct file *)file;
	struct sm_watch_walk walk;
	struct sm_named named;
	struct path path = {};
	struct vfsmount *mnt;
	struct inode *inode;
	__u32 i;

	bpf_core_read(&path, sizeof(path), &f->f_path);
	walk.dentry = path.dentry;
	mnt = path.mnt;
	walk.mnt = mnt;
	walk.root = BPF_CORE_READ(mnt, mnt_root);
	sm_watch_cross(&walk);
	sm_read_named(walk.dentry, &named);
	if (sm_watch_keys[sm_watch_key(&named)] & SM_KEY_FILE)
		return 1;
	inode = named.inode;
	if (sm_watch_numbers[sm_number_key(BPF_CORE_READ(inode, i_ino))])
		return 1;
	for (i = 0; i < SM_WATCH_LEVELS; i++) {
		if (i >= sm_watch_levels || walk.dentry == named.place.parent)
			return 0;
		walk.dentry = named.place.parent;
		sm_watch_cross(&walk);
		sm_read_named(walk.dentry, &named);
		if (sm_watch_keys[sm_watch_key(&named)] & (i ? SM_KEY_ABOVE : SM_KEY_PARENT | SM_KEY_ABOVE))
			return 1;
	}
	return 0;
}

/*
 * One byte of a path and of an entry, or one more byte for a star. Returns 1 if the path fits, 2 if it does not. Its
 * state is in the scratch for the reason that sm_walk_step() gives. A star stands for any bytes of one component, two
 * of them, with which an entry may begin here, for any of several.
 */
static __always_inline int sm_watch_step(struct sm_scratch *s)
{
	volatile struct sm_glob *g = &s->glob;
	const volatile char *entry = sm_watch_entries[g->entry & (SM_WATCHED - 1)].text;
	char wanted = entry[g->at & (SM_WATCH_BYTES - 1)], next = entry[(g->at + 1) & (SM_WATCH_BYTES - 1)], is = 0;

	if (g->text < g->end)
		is = *(char *)sm_at(s, g->text);
	if (wanted == '*' && next == '*') {
		g->at += 2;
		g->below = g->at;
		g->skipped = g->text;
		return 0;
	}
	if (wanted == '*') {
		g->at += 1;
		g->star = g->at;
		g->taken = g->text;
		return 0;
	}
	if (wanted == is) {
		g->at += 1;
		g->text += 1;
		return wanted ? 0 : 1;
	}
	if (g->star && g->taken < g->end && *(char *)sm_at(s, g->taken) != '/') {
		g->taken += 1;
		g->text = g->taken;
		g->at = g->star;
		return 0;
	}
	if (g->below && g->skipped < g->end) {
		g->skipped += 1;
		g->text = g->skipped;
		g->at = g->below;
		g->star = 0;
		return 0;
	}
	return 2;
}

__noinline int sm_watch_some(__u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	int i, end;

	if (!s)
		return 2;
	for (i = 0; i < SM_WATCH_STEPS; i++) {
		end = sm_watch_step(s);
		if (end)
			return end;
	}
	return 0;
}

/* Whether the path of `len` bytes that is in the scratch at `off` fits an entry. */
__noinline int sm_watch_fits(__u32 slot, __u32 off, __u32 len, __u32 entry)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	int i, end;

	if (!s)
		return 0;
	s->glob.text = off;
	s->glob.end = off + len;
	s->glob.at = s->glob.star = s->glob.taken = s->glob.below = s->glob.skipped = 0;
	s->glob.entry = entry;
	for (i = 0; i < SM_WATCH_ROUNDS; i++) {
		end = sm_watch_some(slot);
		if (end)
			return end == 1;
	}
	return 0;
}

/* Index of the entry that a path fits. */
__noinline int sm_watched_by_path(__u32 slot, __u32 off, __u32 len)
{
	__u32 i;

	for (i = 0; i < SM_WATCHED; i++) {
		if (i >= sm_watch_count)
			break;
		if (sm_watch_fits(slot, off, len, i))
			return i;
	}
	return SM_NOT_WATCHED;
}

#endif
