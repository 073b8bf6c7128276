/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Where a record of variable length is put together. */
#ifndef SM_RECORD_SCRATCH_H
#define SM_RECORD_SCRATCH_H

/*
 * A record of variable length is put together here and copied to the ring in its true length: to reserve the greatest
 * length on the ring instead would take a hundred times the room. A value of a PERCPU_ARRAY cannot exceed 32 KiB, so
 * this is an ARRAY with a slot for each CPU. SM_OFF_MAX bounds where a text starts, SM_READ_MAX how long one read is;
 * their sum is the farthest byte that the verifier thinks possible.
 */
#define SM_OFF_MAX 0xffff
#define SM_READ_MAX 0x8000
#define SM_SCRATCH_BYTES 0x20000
#define SM_PATH_MAX 4096

/* Where the walk of a path stands, see read/path.h. */
struct sm_walk {
	__u64 dentry, root, mount;
	__u32 off, start, result;
	__u32 crossed; /* 1: it has passed from a mount to the one above */
};

/* Where the search of an environment stands, see read/memory.h. */
struct sm_env {
	__u64 next, end; /* user addresses */
	__u64 middle;	 /* 1: inside a variable longer than one read */
	__u32 off, begin, marks, pad;
};

/* Where the comparison of a path with a pattern stands, see read/watched.h. */
struct sm_glob {
	__u32 text, end;      /* what of the path has not been compared */
	__u32 at;	      /* where in the pattern */
	__u32 star, taken;    /* behind the last star of a name, and what it stands for so far; 0: there was none */
	__u32 below, skipped; /* the same of the two stars that stand for any directories */
	__u32 entry;
};

struct sm_scratch {
	__u64 busy;
	struct sm_walk walk;
	struct sm_env env;
	struct sm_glob glob;
	struct sm_push_text key; /* of filter/pushdown.h */
	__u8 data[SM_SCRATCH_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sm_scratch);
} sm_scratches SEC(".maps");

static __always_inline struct sm_scratch *sm_scratch_at(__u32 slot)
{
	return bpf_map_lookup_elem(&sm_scratches, &slot);
}

/*
 * Takes the scratch of this CPU; NULL: it is in use. A program stays on its CPU while it runs; one that interrupts
 * another there finds the scratch busy.
 */
static __always_inline struct sm_scratch *sm_scratch_take(__u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);

	if (!s || s->busy)
		return NULL;
	s->busy = 1;
	return s;
}

/*
 * Hides a value from the compiler, which otherwise removes a check that it can prove needless and the verifier cannot.
 */
#define sm_hide(var) asm volatile("" : "+r"(var))

/* Where a text starts. Callers stop long before SM_OFF_MAX: the mask only proves it to the verifier. */
static __always_inline void *sm_at(struct sm_scratch *s, __u64 off)
{
	sm_hide(off);
	return &s->data[off & SM_OFF_MAX];
}

/* The size of a whole record. */
#define sm_size(off) sm_len(off, SM_SCRATCH_BYTES - 1)

/*
 * A length with a bound that the verifier understands: `mask` is a power of two minus 1 that the length never exceeds.
 */
static __always_inline __u64 sm_len(__u64 len, __u64 mask)
{
	sm_hide(len);
	return len & mask;
}

/*
 * Reads the last bytes of a text, with its NUL, that is at least as long as they are. `kernel`: it is in the memory of
 * the kernel. Returns how many bytes are in front of them; negative: it could not be read.
 */
static __always_inline long sm_read_end(void *to, const __u32 size, const void *text, bool kernel)
{
	struct sm_scratch *s = sm_scratch_take(bpf_get_smp_processor_id());
	long n = -1;

	if (!s)
		return -1;
	n = kernel ? bpf_probe_read_kernel_str(s->data, SM_PATH_MAX, text)
		   : bpf_probe_read_user_str(s->data, SM_PATH_MAX, text);
	if (n >= size)
		bpf_probe_read_kernel(to, size, sm_at(s, n - size));
	s->busy = 0;
	return n - size;
}

#endif
