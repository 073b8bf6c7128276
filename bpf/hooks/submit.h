/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Asynchronous writing by io_submit(2): it makes FileModify. */
#ifndef SM_HOOKS_SUBMIT_H
#define SM_HOOKS_SUBMIT_H

#define SM_IOCB_PWRITE 1
#define SM_IOCB_PWRITEV 8
#define SM_IOCBS 128 /* of one call that are looked at in one go, and how often */
#define SM_IOCB_ROUNDS 64

/* linux/aio_abi.h: struct iocb, which user space fills */
struct sm_iocb {
	__u64 data;
	__u32 key, rw_flags;
	__u16 opcode;
	__s16 priority;
	__s32 fd;
};

/* Calls in progress of which a request may be the first change of a file, by thread. */
struct sm_submit {
	__u64 list;    /* user address of the addresses of the requests */
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__u64 file;    /* the first such file; 0: the requests could not be read yet */
	__u64 inode;
	__u32 at; /* which request it was */
	__u32 reserved;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct sm_submit);
} sm_submits SEC(".maps");

#define SM_IOCB_ABSENT 1 /* no address of a file in the kernel */

/*
 * The open file that request `i` of a list would be the first to change; 0: none. Global, so that the verifier checks
 * it once and not in each round.
 */
__noinline __u64 sm_file_of_iocb(__u64 list, __u32 i)
{
	struct sm_iocb cb = {};
	struct inode *inode;
	struct file *f;
	__u64 at = 0;

	if (bpf_probe_read_user(&at, sizeof(at), (void *)(list + i * sizeof(at))) ||
	    bpf_probe_read_user(&cb, sizeof(cb), (void *)at))
		return SM_IOCB_ABSENT;
	if (cb.opcode != SM_IOCB_PWRITE && cb.opcode != SM_IOCB_PWRITEV)
		return 0;
	f = sm_file_of(cb.fd);
	inode = BPF_CORE_READ(f, f_inode);
	if (!sm_is_regular(inode) || !(BPF_CORE_READ(f, f_mode) & SM_FMODE_WRITE) || sm_has_changed(f, inode))
		return 0;
	return (__u64)f;
}

/* match: io_submit(aio_context_t ctx_id, long nr, struct iocb **iocbpp) */
SEC("tracepoint/syscalls/sys_enter_io_submit")
int SM_TRACE(sm_submit_enter, struct sm_sys_enter *ctx)
{
	struct sm_submit s = {.list = ctx->args[2]};
	__s64 count = ctx->args[1];
	__u64 id, file = 0;
	__u32 i;

	if (!sm_is_running() || !sm_in_scope())
		return 0;
	for (i = 0; i < SM_IOCBS && !file; i++) {
		if (i >= count)
			return 0;
		file = sm_file_of_iocb(s.list, i);
	}
	/* Either a request is of interest, or there are more than can be looked at. */
	s.process = sm_this_process();
	if (file > SM_IOCB_ABSENT) {
		s.file = file;
		s.inode = (__u64)BPF_CORE_READ((struct file *)file, f_inode);
		s.at = i - 1;
	}
	id = bpf_get_current_pid_tgid();
	if (bpf_map_update_elem(&sm_submits, &id, &s, BPF_ANY))
		sm_lost_to_table(SM_FILE_MODIFY);
	return 0;
}

__noinline int sm_iocb_taken(__u64 list, __u32 i, __u32 marks)
{
	__u64 file = sm_file_of_iocb(list, i);

	if (file > SM_IOCB_ABSENT)
		sm_changed(file, SM_CALL_IO_SUBMIT, sm_change_kind(SM_CALL_IO_SUBMIT, (struct file *)file), marks);
	return 0;
}

/* Looks at some more requests of a list, of which `count` were taken. */
__noinline int sm_iocbs_taken(__u64 list, __u32 from, __u32 count, __u32 marks)
{
	__u32 i;

	for (i = 0; i < SM_IOCBS && from + i < count; i++)
		sm_iocb_taken(list, from + i, marks);
	return 0;
}

/*
 * match: io_submit(aio_context_t ctx_id, long nr, struct iocb **iocbpp): the result is how many requests were taken
 *
 * Where threads share the memory, a request that has been carried out may be another one by now.
 */
SEC("tracepoint/syscalls/sys_exit_io_submit")
int SM_TRACE(sm_submit_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_submit *known = bpf_map_lookup_elem(&sm_submits, &id), s;
	__u32 i, marks = sm_memory_shared() ? SM_LOCATION_EXPOSED : 0;
	struct file *f;
	__s64 taken;

	if (!known)
		return 0;
	s = *known;
	f = (struct file *)s.file;
	bpf_map_delete_elem(&sm_submits, &id);
	if (s.process != sm_this_process())
		return 0;
	taken = ctx->ret;
	if (f && s.at < taken && sm_file_of_iocb(s.list, s.at) == s.file)
		sm_iocb_taken(s.list, s.at, 0); /* the same at both ends */
	for (i = 0; i < SM_IOCB_ROUNDS && i * SM_IOCBS < taken; i++)
		sm_iocbs_taken(s.list, i * SM_IOCBS, taken, marks);
	if (taken > SM_IOCB_ROUNDS * SM_IOCBS) /* what was not looked at may have been of interest */
		sm_lost_to_table(SM_FILE_MODIFY);
	if (f && s.at < taken && (__u64)BPF_CORE_READ(f, f_inode) == s.inode)
		sm_changed(s.file, SM_CALL_IO_SUBMIT, sm_change_kind(SM_CALL_IO_SUBMIT, f), marks);
	return 0;
}

#endif
