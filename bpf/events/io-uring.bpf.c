/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * No event of Sysmon: file operations of io_uring that make no event are counted, and each process that has some
 * carried out is named now and then.
 */

#define SM_URING_QUIET_NS 60000000000ull

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} sm_uring_count SEC(".maps");

/* When a process was named last. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} sm_uring_named SEC(".maps");

/* Counts a file operation that may have done what an event should report, and for which none can be made. */
__noinline int sm_uring_unseen(__u32 opcode)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u32 zero = 0, pid = bpf_get_current_pid_tgid() >> 32;
	__u64 now, *count, *last;
	struct sm_uring_record *r;

	if (!sm_is_running() || !(BPF_CORE_READ(t, flags) & SM_PF_KTHREAD || sm_in_scope()))
		return 0;
	count = bpf_map_lookup_elem(&sm_uring_count, &zero);
	if (count)
		__sync_fetch_and_add(count, 1);
	/* A thread of the kernel finishes what a process that is gone has begun. */
	if (BPF_CORE_READ(t, flags) & SM_PF_KTHREAD)
		return 0;
	now = bpf_ktime_get_boot_ns();
	last = bpf_map_lookup_elem(&sm_uring_named, &pid);
	if (last && now - *last < SM_URING_QUIET_NS)
		return 0;
	bpf_map_update_elem(&sm_uring_named, &pid, &now, BPF_ANY);
	r = sm_reserve(SM_URING, sizeof(*r), false);
	if (!r)
		return 0;
	sm_header_of_current(&r->hdr, SM_URING);
	r->opcode = opcode;
	r->pad = 0;
	bpf_ringbuf_submit(r, 0);
	return 0;
}
