/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Paths by walking dentries and mounts: bpf_d_path is refused in the hooks used here. */
#ifndef SM_READ_PATH_H
#define SM_READ_PATH_H

#define SM_PATH_CUT (1 << 16)	 /* longer than SM_PATH_MAX, or deeper than can be walked */
#define SM_PATH_PSEUDO (1 << 17) /* the file has no place in a directory tree: only its name was written */
#define SM_MAX_ERRNO 4095
#define SM_PATH_STEPS 10   /* components or mounts in one go */
#define SM_PATH_ROUNDS 216 /* 4,096 bytes hold at most 2,048 components; the rest is for mounts */

/* A number that changes whenever the name is renamed or moved; odd while that happens. */
static __always_inline __u32 sm_moves_of(struct dentry *d)
{
	__u32 sequence = 1;

	bpf_probe_read_kernel(&sequence, sizeof(sequence), (void *)d + bpf_core_field_offset(struct dentry, d_seq));
	return sequence;
}

/* The directory that a name is in, and the name; zeros if they cannot be read. The two lie together. */
struct sm_place {
	struct dentry *parent;
	struct qstr name;
};
static __always_inline void sm_read_place(struct dentry *d, struct sm_place *place)
{
	if (bpf_core_field_offset(struct dentry, d_name) ==
	    bpf_core_field_offset(struct dentry, d_parent) + sizeof(place->parent)) {
		bpf_core_read(place, sizeof(*place), &d->d_parent);
	} else {
		place->parent = BPF_CORE_READ(d, d_parent);
		bpf_core_read(&place->name, sizeof(place->name), &d->d_name);
	}
}

/* The mount has none above it because it is the root of its namespace, and not because it is just being moved. */
static __always_inline bool sm_is_top(struct mount *m)
{
	struct mnt_namespace *ns = BPF_CORE_READ(m, mnt_ns);

	/* What was taken out of the tree of names is in no namespace: there it has NULL, or an error. */
	return !ns || (__u64)ns >= (__u64)-SM_MAX_ERRNO || BPF_CORE_READ(ns, root) == m;
}

/*
 * One component, or one mount. Returns true at the end. All state is in the scratch and not in registers: the verifier
 * follows every combination of values of registers, but takes what it reads from a map as unknown and so sees only one
 * case.
 */
static __always_inline bool sm_walk_step(struct sm_scratch *s)
{
	volatile struct sm_walk *w = &s->walk;
	struct dentry *d = (struct dentry *)w->dentry;
	struct sm_place place = {};
	__u32 off, len, moves;

	if (w->dentry == w->root) {
		struct mount *real = (struct mount *)w->mount, *up = BPF_CORE_READ(real, mnt_parent);

		if (up == real) {
			if (!sm_is_top(real))
				w->result |= SM_PATH_CUT;
			return true;
		}
		d = BPF_CORE_READ(real, mnt_mountpoint);
		if (BPF_CORE_READ(real, mnt_parent) != up)
			return false; /* it was moved meanwhile: look again */
		w->crossed = 1;
		w->dentry = (__u64)d;
		w->mount = (__u64)up;
		w->root = (__u64)BPF_CORE_READ(up, mnt.mnt_root);
		return false;
	}
	moves = sm_moves_of(d);
	sm_read_place(d, &place);
	off = w->off;
	len = place.name.hash_len >> 32;
	if (len == 0 || len > 255 || off - w->start + len + 1 > SM_PATH_MAX ||
	    bpf_probe_read_kernel(sm_at(s, off), sm_len(len, 0xff), place.name.name)) {
		w->result |= SM_PATH_CUT;
		return true;
	}
	if (moves & 1 || sm_moves_of(d) != moves)
		return false; /* it was renamed meanwhile, and what was read may be half of each name: read it again */
	w->dentry = (__u64)place.parent;
	*(volatile char *)sm_at(s, off + len) = '/';
	w->off = off + len + 1;
	if (place.parent != d)
		return false;
	/* The root of a file system and not of this mount: the place of a mount was read while it was being moved. */
	w->result |= w->crossed ? SM_PATH_CUT : SM_PATH_PSEUDO;
	return true;
}

/*
 * Walks on for up to SM_PATH_STEPS components. Two global functions instead of one deep loop: the verifier checks each
 * of them once and apart from its callers, so that it sees 10 + 216 rounds and not 10 * 216, on any kernel and without
 * bpf_loop (5.17). A round of the first takes it twenty times as long as one of the second.
 */
__noinline int sm_walk_some(__u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u32 i;

	if (!s)
		return 1;
	for (i = 0; i < SM_PATH_STEPS; i++) {
		if (sm_walk_step(s))
			return 1;
	}
	return 0;
}

/*
 * Writes the components from the leaf to the root into the slot's scratch at `start`, each followed by '/'; user space
 * turns them round. The root itself is a single '/'. Returns the length | SM_PATH_*.
 */
__noinline int sm_walk_path(__u64 dentry, __u64 vfsmount, __u32 start, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u32 i, off;

	if (!s || !dentry || !vfsmount || start > SM_OFF_MAX - SM_PATH_MAX)
		return 0;
	s->walk.dentry = dentry;
	s->walk.mount = vfsmount - bpf_core_field_offset(struct mount, mnt);
	s->walk.root = (__u64)BPF_CORE_READ((struct vfsmount *)vfsmount, mnt_root);
	s->walk.off = start;
	s->walk.start = start;
	s->walk.result = 0;
	s->walk.crossed = 0;
	for (i = 0; i < SM_PATH_ROUNDS; i++) {
		if (sm_walk_some(slot))
			break;
	}
	if (i == SM_PATH_ROUNDS)
		s->walk.result |= SM_PATH_CUT;
	off = s->walk.off;
	if (off == start) { /* the root directory */
		*(char *)sm_at(s, off) = '/';
		off++;
	}
	return s->walk.result | ((off - start) & 0xffff);
}

/* Appends a path and marks it if it was cut. Returns SM_PATH_PSEUDO or 0. */
static __always_inline __u32 sm_append_path(struct sm_draft *d, struct sm_text *text, const struct path *path,
					    __u32 *marks, __u32 cut)
{
	__u32 at = d->off;
	int n = sm_walk_path((__u64)BPF_CORE_READ(path, dentry), (__u64)BPF_CORE_READ(path, mnt), at, d->slot);

	text->off = at;
	text->len = n & 0xffff;
	d->off = at + (n & 0xffff);
	if (n & SM_PATH_CUT)
		*marks |= cut;
	return n & SM_PATH_PSEUDO;
}

/* The same for a path that the kernel itself knows, into a location that is all zero. */
static __always_inline __u32 sm_append_location(struct sm_draft *d, struct sm_location *location,
						const struct path *path)
{
	return sm_append_path(d, &location->path, path, &location->marks, SM_LOCATION_CUT);
}

#endif
