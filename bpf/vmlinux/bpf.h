/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What the kernel keeps of eBPF itself. */
#ifndef SM_VMLINUX_BPF_H
#define SM_VMLINUX_BPF_H

enum bpf_prog_type { BPF_PROG_TYPE_UNSPEC };
enum bpf_link_type { BPF_LINK_TYPE_UNSPEC };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct user_struct {
	kuid_t uid;
};
struct bpf_prog_aux {
	__u32 id;
	const char *attach_func_name;
	struct user_struct *user;
	__u64 load_time;
	char name[16];
};
struct bpf_prog {
	enum bpf_prog_type type;
	struct bpf_prog_aux *aux;
};
struct bpf_map {
	__u32 id;
	char name[16];
};
struct bpf_link {
	__u32 id;
	enum bpf_link_type type;
	struct bpf_prog *prog;
};
struct tracepoint {
	const char *name;
};
struct bpf_raw_event_map {
	struct tracepoint *tp;
};
struct bpf_raw_tp_link {
	struct bpf_link link;
	struct bpf_raw_event_map *btp;
};
struct bpf_perf_link { /* since 5.15 */
	struct bpf_link link;
	struct file *perf_file;
};
struct trace_event_call {
	union {
		char *name;
		struct tracepoint *tp;
	};
};
struct perf_event {
	struct trace_event_call *tp_event;
};
struct bpf_iter__bpf_prog {
	struct bpf_iter_meta *meta;
	struct bpf_prog *prog;
};

#pragma clang attribute pop

#endif
