/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Mappings of the running process by their address. They are read without the lock of the process's memory: another
 * thread may change them meanwhile. What is found is looked at again, so that nothing is taken for a mapping that is
 * none; one that is there may be missed.
 */
#ifndef SM_READ_MAPPING_H
#define SM_READ_MAPPING_H

#define SM_VM_WRITE 2
#define SM_VM_EXEC 4
#define SM_VM_SHARED 8
#define SM_RB_LEVELS 40	   /* of a tree of 65,530 mappings, which is what a process may have, twice as many */
#define SM_MAPLE_LEVELS 10 /* of nodes with 10 or 16 slots */
#define SM_MAPLE_PIVOTS 16
#define SM_MAPLE_RANGE 2 /* enum maple_type; what is below it is a leaf */
#define SM_MAPLE_ARANGE 3

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct rb_node {
	struct rb_node *rb_right, *rb_left;
};
struct rb_root {
	struct rb_node *rb_node;
};
struct maple_tree {
	void *ma_root;
};
struct maple_range_64 {
	unsigned long pivot[15];
	void *slot[16];
};
struct maple_arange_64 {
	unsigned long pivot[9];
	void *slot[10];
};
struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
	unsigned long vm_flags;
	void *anon_vma; /* some of its pages were written to that are no file's, or it was split off one with such */
	void *vm_ops;	/* none: it is of nothing but memory */
	struct file *vm_file;
};
struct vm_area_struct___60 { /* up to 6.0 */
	struct rb_node vm_rb;
};
struct mm_struct___60 { /* up to 6.0 */
	struct rb_root mm_rb;
};
struct mm_struct___61 { /* since 6.1 */
	struct maple_tree mm_mt;
};
#pragma clang attribute pop

/* The node, or the mapping, below a node of the tree. A global function, so that the verifier checks it once. */
__noinline __u64 sm_maple_step(__u64 entry, __u64 address)
{
	__u32 type = entry >> 3 & 15, count, pivots, slots, i;
	__u64 node = entry & ~0xffull, pivot[SM_MAPLE_PIVOTS] = {}, below = 0, at;

	/* The verifier looks at it where nothing calls it as well. */
	if (!bpf_core_type_exists(struct maple_range_64))
		return 0;
	if (type == SM_MAPLE_ARANGE) {
		struct maple_arange_64 *n = (void *)node;

		pivots = bpf_core_field_offset(n->pivot);
		count = bpf_core_field_size(n->pivot) / sizeof(long);
		slots = bpf_core_field_offset(n->slot);
	} else {
		struct maple_range_64 *n = (void *)node;

		pivots = bpf_core_field_offset(n->pivot);
		count = bpf_core_field_size(n->pivot) / sizeof(long);
		slots = bpf_core_field_offset(n->slot);
	}
	if (count >= SM_MAPLE_PIVOTS)
		return 0;
	bpf_probe_read_kernel(pivot, sizeof(pivot) - sizeof(long), (void *)node + pivots);
	at = count;
	for (i = 0; i < SM_MAPLE_PIVOTS - 1; i++) {
		/* What is behind the last one in use is zero. */
		if (i < at && (pivot[i] >= address || (i && !pivot[i])))
			at = i;
	}
	bpf_probe_read_kernel(&below, sizeof(below), (void *)node + slots + at * sizeof(void *));
	return below;
}

static __always_inline struct vm_area_struct *sm_mapping_in_maple(struct mm_struct *mm, __u64 address)
{
	struct mm_struct___61 *m = (void *)mm;
	__u64 entry = (__u64)BPF_CORE_READ(m, mm_mt.ma_root);
	bool leaf = false;
	int i;

	if (!sm_is_node(entry))
		return NULL;
	for (i = 0; i < SM_MAPLE_LEVELS && !leaf; i++) {
		leaf = (entry >> 3 & 15) < SM_MAPLE_RANGE;
		entry = sm_maple_step(entry, address);
	}
	return leaf && !(entry & 3) ? (struct vm_area_struct *)entry : NULL;
}

static __always_inline struct vm_area_struct *sm_mapping_in_rb(struct mm_struct *mm, __u64 address)
{
	struct mm_struct___60 *m = (void *)mm;
	__u64 node = (__u64)BPF_CORE_READ(m, mm_rb.rb_node), found = 0, left;
	__u32 at = bpf_core_field_offset(struct vm_area_struct___60, vm_rb), i;

	for (i = 0; i < SM_RB_LEVELS && node; i++) {
		struct rb_node *n = (struct rb_node *)node;

		/* As find_vma(): the first that ends behind the address. */
		left = BPF_CORE_READ((struct vm_area_struct *)(node - at), vm_end) > address;
		if (left)
			found = node - at;
		node = (__u64)(left ? BPF_CORE_READ(n, rb_left) : BPF_CORE_READ(n, rb_right));
	}
	return (struct vm_area_struct *)found;
}

/* The mapping that this address of the running process is in. */
static __always_inline struct vm_area_struct *sm_mapping_at(__u64 address)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	struct mm_struct___61 *m61 = (void *)mm;
	struct vm_area_struct *v;

	if (bpf_core_field_exists(m61->mm_mt))
		v = sm_mapping_in_maple(mm, address);
	else
		v = sm_mapping_in_rb(mm, address);
	if (!v || BPF_CORE_READ(v, vm_mm) != mm || BPF_CORE_READ(v, vm_start) > address ||
	    BPF_CORE_READ(v, vm_end) <= address)
		return NULL;
	return v;
}

#endif
