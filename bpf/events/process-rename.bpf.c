/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ProcessRename: a process is called otherwise in lists of processes than what it executed. */

#define SM_PR_SET_NAME 15
#define SM_ARGUMENTS 128 /* bytes of the first argument that are kept, with its NUL */

enum sm_rename_operation { SM_RENAME_PRCTL, SM_RENAME_COMM, SM_RENAME_SET_MM };

/* A prctl(2) that may rename, by thread. */
struct sm_renaming {
	__u64 process;	  /* of whom: the kernel uses the numbers of threads again */
	__u64 start, end; /* of the arguments; 0: it sets the name */
	char argument[SM_ARGUMENTS];
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_renaming);
} sm_renamings SEC(".maps");

static __always_inline struct sm_process_rename_record *sm_renaming_begin(struct sm_draft *d, __u32 hook,
									  __u32 operation)
{
	struct sm_process_rename_record *r = sm_record_of_current(d, SM_PROCESS_RENAME, sizeof(*r), 2 * SM_ARGUMENTS);

	if (!r)
		return NULL;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->operation = operation;
	return r;
}

static __always_inline void sm_append_called(struct sm_draft *d, struct sm_text *text, const void *from)
{
	long n = bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), SM_ARGUMENTS, from);

	text->off = d->off;
	text->len = n > 0 ? (n - 1) & (SM_ARGUMENTS - 1) : 0;
	d->off += text->len;
}

/*
 * match: void task_rename(struct task_struct *task, const char *comm)  include/trace/events/task.h: it still has its
 * old name
 */
SEC("tp_btf/task_rename")
int SM_TYPED(sm_task_rename, struct task_struct *task, const char *comm)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_process_rename_record *r;
	char before[16] = {}, name[16] = {};
	struct mm_struct *mm = task->mm;
	struct sm_draft d;

	/* Threads have names of their own. A new program gets its name before it gets its arguments: an exec. */
	if (task->pid != task->tgid || task->flags & SM_PF_KTHREAD || !sm_is_running() || !mm || !mm->arg_start)
		return 0;
	bpf_probe_read_kernel_str(before, sizeof(before), task->comm);
	bpf_probe_read_kernel_str(name, sizeof(name), comm);
	if (((__u64 *)before)[0] == ((__u64 *)name)[0] && ((__u64 *)before)[1] == ((__u64 *)name)[1])
		return 0;
	r = sm_renaming_begin(&d, SM_HOOK_PROCESS_RENAME_TASK_RENAME,
			      bpf_map_lookup_elem(&sm_renamings, &thread) ? SM_RENAME_PRCTL : SM_RENAME_COMM);
	if (!r)
		return 0;
	sm_append_called(&d, &r->previous, before);
	sm_append_called(&d, &r->name, name);
	sm_record_end(&d);
	return 0;
}

/*
 * match: prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5): of
 * PR_SET_MM, those that move the arguments
 */
SEC("tracepoint/syscalls/sys_enter_prctl")
int SM_TRACE(sm_renaming_enter, struct sm_sys_enter *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__s32 option = ctx->args[0];
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_renaming r = {};

	if ((option != SM_PR_SET_NAME && option != SM_PR_SET_MM) || !sm_is_running() || !sm_in_scope())
		return 0;
	r.process = sm_this_process();
	if (option == SM_PR_SET_MM) {
		r.start = BPF_CORE_READ(t, mm, arg_start);
		r.end = BPF_CORE_READ(t, mm, arg_end);
		bpf_probe_read_user_str(r.argument, sizeof(r.argument), (void *)r.start);
	}
	if (bpf_map_update_elem(&sm_renamings, &id, &r, BPF_ANY))
		sm_lost_to_table(SM_PROCESS_RENAME);
	return 0;
}

/* match: prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5) */
SEC("tracepoint/syscalls/sys_exit_prctl")
int SM_TRACE(sm_renaming_exit, struct sm_sys_exit *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid(), start;
	struct sm_renaming *known = bpf_map_lookup_elem(&sm_renamings, &id);
	struct sm_process_rename_record *r;
	struct sm_draft d;
	long n;

	if (!known)
		return 0;
	start = BPF_CORE_READ(t, mm, arg_start);
	if (known->start && ctx->ret == 0 && known->process == sm_this_process() &&
	    (start != known->start || BPF_CORE_READ(t, mm, arg_end) != known->end)) {
		r = sm_renaming_begin(&d, SM_HOOK_PROCESS_RENAME_SYS_EXIT_PRCTL, SM_RENAME_SET_MM);
		if (r) {
			sm_append_called(&d, &r->previous, known->argument);
			n = bpf_probe_read_user_str(sm_at(d.scratch, d.off), SM_ARGUMENTS, (void *)start);
			r->name.off = d.off;
			r->name.len = n > 0 ? (n - 1) & (SM_ARGUMENTS - 1) : 0;
			d.off += r->name.len;
			sm_record_end(&d);
		}
	}
	bpf_map_delete_elem(&sm_renamings, &id);
	return 0;
}
