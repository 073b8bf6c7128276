/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Programs, maps and links of eBPF, found by their descriptors, and which of them are ours. */
#ifndef SM_READ_BPF_H
#define SM_READ_BPF_H

#define SM_ANON_INODE_MAGIC 0x09041934
#define SM_OURS 4096

/*
 * The process of this sensor, which the task iterator tells: it is read there. What it does with eBPF, for this sensor
 * or another one of the package, is no event.
 */
volatile __u32 sm_self;

/* Objects of this sensor, and of others of the package in its process when it started: sort << 32 | id. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, SM_OURS);
	__type(key, __u64);
	__type(value, __u32);
} sm_own_bpf SEC(".maps");

static __always_inline bool sm_is_our_bpf(enum sm_bpf_sort sort, __u32 id)
{
	__u64 key = (__u64)sort << 32 | id;

	return id && bpf_map_lookup_elem(&sm_own_bpf, &key);
}

/* Descriptors of eBPF have no name in a directory, and a first word that says what they are. */
#define sm_word(a, b, c, d, e, f, g, h)                                                                                \
	((__u64)(a) | (__u64)(b) << 8 | (__u64)(c) << 16 | (__u64)(d) << 24 | (__u64)(e) << 32 | (__u64)(f) << 40 |    \
	 (__u64)(g) << 48 | (__u64)(h) << 56)

/*
 * match: anon_inode_getfd("bpf-map", …) kernel/bpf/syscall.c; likewise bpf-prog, bpf_link where it is made and bpf-link
 * where its id is given
 */
static __always_inline enum sm_bpf_sort sm_bpf_sort_of(struct file *f)
{
	const unsigned char *name = BPF_CORE_READ(f, f_path.dentry, d_name.name);
	__u64 word = 0;

	if (BPF_CORE_READ(f, f_inode, i_sb, s_magic) != SM_ANON_INODE_MAGIC)
		return SM_BPF_NONE;
	bpf_probe_read_kernel(&word, sizeof(word), name);
	if (word == sm_word('b', 'p', 'f', '-', 'm', 'a', 'p', 0))
		return SM_BPF_MAP;
	if (word == sm_word('b', 'p', 'f', '-', 'p', 'r', 'o', 'g'))
		return SM_BPF_PROGRAM;
	if (word == sm_word('b', 'p', 'f', '_', 'l', 'i', 'n', 'k') ||
	    word == sm_word('b', 'p', 'f', '-', 'l', 'i', 'n', 'k'))
		return SM_BPF_LINK;
	return SM_BPF_NONE;
}

static __always_inline struct perf_event *sm_perf_event_of(struct file *f)
{
	const unsigned char *name = BPF_CORE_READ(f, f_path.dentry, d_name.name);
	__u64 word = 0;

	bpf_probe_read_kernel(&word, sizeof(word), name);
	if (BPF_CORE_READ(f, f_inode, i_sb, s_magic) != SM_ANON_INODE_MAGIC ||
	    word != sm_word('[', 'p', 'e', 'r', 'f', '_', 'e', 'v'))
		return NULL;
	return BPF_CORE_READ(f, private_data);
}

/* What a descriptor of the running thread stands for. */
struct sm_bpf_object {
	enum sm_bpf_sort sort;
	__u32 id;
	void *at; /* struct bpf_prog, bpf_map, or bpf_link */
};

static __always_inline struct sm_bpf_object sm_bpf_object_of(int fd)
{
	struct file *f = sm_file_of(fd);
	struct sm_bpf_object o = {.sort = sm_bpf_sort_of(f)};
	void *at;

	if (o.sort == SM_BPF_NONE)
		return o;
	at = BPF_CORE_READ(f, private_data);
	o.at = at;
	if (o.sort == SM_BPF_PROGRAM)
		o.id = BPF_CORE_READ((struct bpf_prog *)at, aux, id);
	else if (o.sort == SM_BPF_MAP)
		o.id = BPF_CORE_READ((struct bpf_map *)at, id);
	else
		o.id = BPF_CORE_READ((struct bpf_link *)at, id);
	return o;
}

static __always_inline struct bpf_prog *sm_program_of(const struct sm_bpf_object *o)
{
	struct bpf_link *link = o->at;

	if (o->sort == SM_BPF_PROGRAM)
		return o->at;
	return o->sort == SM_BPF_LINK ? BPF_CORE_READ(link, prog) : NULL;
}

#define SM_KERNEL_ADDRESSES 0xffff000000000000ULL /* at least; no name has such bytes in its middle */

/*
 * Name of the hook of a perf event; NULL: it has none, such as one that samples. Its class either has a name (system
 * calls, kprobes) or a tracepoint with one. The flag that tells which has had other numbers.
 */
static __always_inline const char *sm_name_of_perf_event(struct perf_event *e)
{
	struct trace_event_call *call = BPF_CORE_READ(e, tp_event);

	const char *name;

	if (!call)
		return NULL;
	name = BPF_CORE_READ(call, tp, name);
	return (__u64)name >= SM_KERNEL_ADDRESSES ? name : BPF_CORE_READ(call, name);
}

/* What a link leads to, by the kernel's own name; NULL: it has none. */
#define SM_LINK_RAW_TRACEPOINT 1 /* enum bpf_link_type */
#define SM_LINK_PERF_EVENT 7
static __always_inline const char *sm_name_of_link(struct bpf_link *link, struct bpf_prog *prog)
{
	__u32 type = BPF_CORE_READ(link, type);

	if (type == SM_LINK_RAW_TRACEPOINT)
		return BPF_CORE_READ((struct bpf_raw_tp_link *)link, btp, tp, name);
	if (type == SM_LINK_PERF_EVENT && bpf_core_type_exists(struct bpf_perf_link))
		return sm_name_of_perf_event(sm_perf_event_of(BPF_CORE_READ((struct bpf_perf_link *)link, perf_file)));
	return prog ? BPF_CORE_READ(prog, aux, attach_func_name) : NULL;
}

#endif
