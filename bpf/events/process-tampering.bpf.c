/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * ProcessTampering: what a process runs is not what its files say. hooks/executable.h calls it for memory that becomes
 * executable.
 */

/* sm_process_tampering_record.kind */
#define SM_TAMPERED_FILELESS 0
#define SM_TAMPERED_REPLACED 1
#define SM_TAMPERED_MEMORY 2
/* sm_process_tampering_record.backing */
#define SM_BACKED_BY_MEMFD 0
#define SM_BACKED_BY_DELETED 1
#define SM_BACKED_OTHERWISE 2

#define SM_PR_SET_MM 35

/* What was told of the code that a process makes, also by MemoryProtect: by its start and its exec count. */
#define SM_TOLD_TAMPERING 0
struct sm_code_maker {
	__u64 start, exec_id;
	__u64 told; /* SM_TOLD_TAMPERING, or which of the many of MemoryProtect */
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct sm_code_maker);
	__type(value, __u64);
} sm_code_makers SEC(".maps");

/* What a process runs while it asks for something else, by thread. */
struct sm_replacing {
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__u64 file;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u64);
	__type(value, struct sm_replacing);
} sm_replacings SEC(".maps");

static __always_inline bool sm_wants_tampering(void)
{
	return sm_wanted[SM_EVENT_PROCESS_TAMPERING];
}

static __always_inline void sm_this_code_maker(struct sm_code_maker *m, __u64 told)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	m->start = BPF_CORE_READ(t, group_leader, start_boottime) ^ (bpf_get_current_pid_tgid() >> 32 << 40);
	m->exec_id = BPF_CORE_READ(t, self_exec_id);
	m->told = told;
}

/* Not when another thread was faster. */
static __always_inline bool sm_is_first_told(__u64 told)
{
	struct sm_code_maker m;
	__u64 one = 1;

	sm_this_code_maker(&m, told);
	return !bpf_map_update_elem(&sm_code_makers, &m, &one, BPF_NOEXIST);
}

static __always_inline bool sm_is_known_to_make_code(void)
{
	struct sm_code_maker m;

	sm_this_code_maker(&m, SM_TOLD_TAMPERING);
	return bpf_map_lookup_elem(&sm_code_makers, &m);
}

static __always_inline void sm_tampered(__u32 hook, __u32 kind, __u32 backing, struct file *f)
{
	struct sm_process_tampering_record *r;
	__u32 marks = 0;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_PROCESS_TAMPERING, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->kind = kind;
	r->backing = backing;
	if (f) {
		sm_append_path(&d, &r->replaced_by, &f->f_path, &marks, SM_LOCATION_CUT);
		if (marks) /* half a path says nothing */
			r->replaced_by.len = 0;
	}
	sm_record_end(&d);
}

/* Memory that is no file's has become executable: the first time in this process. */
static __always_inline void sm_code_made(__u32 call)
{
	if (sm_is_first_told(SM_TOLD_TAMPERING))
		sm_tampered(SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_MMAP + call, SM_TAMPERED_MEMORY, SM_BACKED_OTHERWISE,
			    NULL);
}

/*
 * match: void sched_process_exec(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)  fs/exec.c, behind
 * the program that tells of the exec itself
 */
SEC("tp_btf/sched_process_exec")
int SM_TYPED(sm_tampered_exec, struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)
{
	struct file *f = bprm->file;
	struct dentry *d = BPF_CORE_READ(f, f_path.dentry);
	bool pseudo;

	/* A file with another name left is one that can be looked at. */
	if (BPF_CORE_READ(f, f_inode, i_nlink) || BPF_CORE_READ(d, d_hash.pprev))
		return 0;
	pseudo = BPF_CORE_READ(d, d_parent) == d;
	sm_tampered(SM_HOOK_PROCESS_TAMPERING_SCHED_PROCESS_EXEC, SM_TAMPERED_FILELESS,
		    pseudo ? SM_BACKED_BY_MEMFD : SM_BACKED_BY_DELETED, NULL);
	return 0;
}

/*
 * match: prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5): of
 * PR_SET_MM, both PR_SET_MM_EXE_FILE and PR_SET_MM_MAP may change what the process is said to run
 */
SEC("tracepoint/syscalls/sys_enter_prctl")
int SM_TRACE(sm_prctl_enter, struct sm_sys_enter *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_replacing r;

	if ((__s32)ctx->args[0] != SM_PR_SET_MM || !sm_is_running() || !sm_in_scope())
		return 0;
	r.process = sm_this_process();
	r.file = (__u64)BPF_CORE_READ(t, mm, exe_file);
	if (bpf_map_update_elem(&sm_replacings, &id, &r, BPF_ANY))
		sm_lost_to_table(SM_PROCESS_TAMPERING);
	return 0;
}

/* match: prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5) */
SEC("tracepoint/syscalls/sys_exit_prctl")
int SM_TRACE(sm_prctl_exit, struct sm_sys_exit *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_replacing *known = bpf_map_lookup_elem(&sm_replacings, &id), r;
	struct file *now;

	if (!known)
		return 0;
	r = *known;
	bpf_map_delete_elem(&sm_replacings, &id);
	now = BPF_CORE_READ(t, mm, exe_file);
	if (ctx->ret == 0 && now && r.process == sm_this_process() && (__u64)now != r.file)
		sm_tampered(SM_HOOK_PROCESS_TAMPERING_SYS_EXIT_PRCTL, SM_TAMPERED_REPLACED, SM_BACKED_OTHERWISE, now);
	return 0;
}
