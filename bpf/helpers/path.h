/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Paths by walking dentries and mounts: bpf_d_path is refused in the hooks used here. */
#ifndef SM_PATH_H
#define SM_PATH_H

#define SM_PATH_CUT (1 << 16) /* longer than SM_PATH_MAX, or deeper than can be walked */
#define SM_PATH_PSEUDO (1 << 17) /* the file has no place in a directory tree: only its name was written */
#define SM_PATH_DEPTH 2100 /* 4,096 bytes hold at most 2,048 components; the rest is for mounts */

/*
 * Writes the components from the leaf to the root into the slot's scratch at `start`, each followed by '/'; user space
 * turns them round. The root itself is a single '/'. Returns the length | SM_PATH_*.
 *
 * A global function with scalar arguments is verified once, however often it is called: inlined for the image, the
 * working directory and three file descriptors the walk would pass the limit on instructions of old kernels.
 */
__noinline int sm_walk_path(__u64 dentry, __u64 vfsmount, __u32 start, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	struct dentry *d = (struct dentry *)dentry;
	struct vfsmount *m = (struct vfsmount *)vfsmount;
	struct dentry *root, *parent;
	struct mount *real, *up;
	__u32 off = start, result = 0;
	struct qstr name;
	int i;

	if (!s || !d || !m || start > SM_OFF_MAX - SM_PATH_MAX)
		return 0;
	real = (void *)m - bpf_core_field_offset(struct mount, mnt);
	root = BPF_CORE_READ(m, mnt_root);
	for (i = 0; i < SM_PATH_DEPTH; i++) {
		__u32 len;

		if (d == root) {
			up = BPF_CORE_READ(real, mnt_parent);
			if (up == real)
				goto done;
			d = BPF_CORE_READ(real, mnt_mountpoint);
			real = up;
			root = BPF_CORE_READ(real, mnt.mnt_root);
			continue;
		}
		parent = BPF_CORE_READ(d, d_parent);
		if (!parent)
			break;
		if (bpf_core_read(&name, sizeof(name), &d->d_name))
			break;
		len = name.hash_len >> 32;
		if (len > 255)
			len = 255;
		if (off > SM_OFF_MAX - 256 || off - start + len + 1 > SM_PATH_MAX)
			break;
		if (bpf_probe_read_kernel(sm_at(s, off), sm_len(len, 0xff), name.name))
			break;
		off += len;
		*(char *)sm_at(s, off) = '/';
		off++;
		if (parent == d) {
			result |= SM_PATH_PSEUDO;
			goto done;
		}
		d = parent;
	}
	result |= SM_PATH_CUT;
done:
	if (off == start) {
		*(char *)sm_at(s, off) = '/';
		off++;
	}
	return result | ((off - start) & 0xffff);
}

/* Appends the path at *off, moves *off behind it, and flags a cut. Returns SM_PATH_PSEUDO or 0. */
static __always_inline __u32 sm_append_path(struct sm_text *text, const struct path *path, __u32 *off, __u32 slot, __u16 *flags, __u16 cut_flag)
{
	__u32 at = *off;
	int n = sm_walk_path((__u64)BPF_CORE_READ(path, dentry), (__u64)BPF_CORE_READ(path, mnt), at, slot);

	text->off = at;
	text->len = n & 0xffff;
	*off = at + (n & 0xffff);
	if (n & SM_PATH_CUT)
		*flags |= cut_flag;
	return n & SM_PATH_PSEUDO;
}

#endif
