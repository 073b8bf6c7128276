/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* FailedExecution: somebody tried to execute what is not there, may not be executed, or is no program. */

/* Bits of marks in the record, which lib/schema/events/failed-execution.ts names by number. */
#define SM_FAILED_CUT 1
#define SM_FAILED_EXPOSED 2

#define SM_FAILED_WORDS 24     /* arguments that are told */
#define SM_FAILED_BYTES 512    /* of each */
#define SM_FAILED_COMMAND 4096 /* of all */

/* An exec that is under way, by thread. One that succeeds may end as another thread, and its note is displaced later.
 */
struct sm_failed_call {
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	__u64 name, argv;
	__s32 directory;
	__u32 flags, hook, pad;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_failed_call);
} sm_failed_calls SEC(".maps");

static __always_inline int sm_failed_begin(struct sm_failed_call *c)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (!sm_is_running() || !sm_in_scope())
		return 0;
	c->process = sm_this_process();
	if (bpf_map_update_elem(&sm_failed_calls, &thread, c, BPF_ANY))
		sm_lost_to_table(SM_FAILED_EXECUTION);
	return 0;
}

/* match: execve(const char *filename, const char *const *argv, const char *const *envp) */
SEC("tracepoint/syscalls/sys_enter_execve")
int SM_TRACE(sm_failed_execve, struct sm_sys_enter *ctx)
{
	struct sm_failed_call c = {.name = ctx->args[0],
				   .argv = ctx->args[1],
				   .directory = SM_AT_FDCWD,
				   .hook = SM_HOOK_FAILED_EXECUTION_SYS_EXIT_EXECVE};

	return sm_failed_begin(&c);
}

/* match: execveat(int fd, const char *filename, const char *const *argv, const char *const *envp, int flags) */
SEC("tracepoint/syscalls/sys_enter_execveat")
int SM_TRACE(sm_failed_execveat, struct sm_sys_enter *ctx)
{
	struct sm_failed_call c = {.name = ctx->args[1],
				   .argv = ctx->args[2],
				   .directory = ctx->args[0],
				   .flags = ctx->args[4],
				   .hook = SM_HOOK_FAILED_EXECUTION_SYS_EXIT_EXECVEAT};

	return sm_failed_begin(&c);
}

/* Appends one argument and a blank. Returns 1 behind the last. Global: it is checked once. */
__noinline int sm_failed_word(__u64 at, __u32 off, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u64 word = 0;
	long n;

	if (!s || bpf_probe_read_user(&word, sizeof(word), (void *)at) || !word)
		return 0;
	n = bpf_probe_read_user_str(sm_at(s, off), SM_FAILED_BYTES, (void *)word);
	if (n < 0)
		return 0;
	if (n == 0) /* an empty text: older kernels do not count its NUL */
		n = 1;
	*(volatile char *)sm_at(s, off + n - 1) = ' ';
	return n;
}

static __always_inline void sm_append_words(struct sm_draft *d, struct sm_failed_execution_record *r, __u64 argv)
{
	__u32 i, begin = d->off;
	__u64 more = 0;
	int n;

	for (i = 0; i < SM_FAILED_WORDS; i++) {
		n = sm_failed_word(argv + i * sizeof(__u64), d->off, d->slot);
		if (n <= 0)
			break;
		if (n >= SM_FAILED_BYTES)
			r->marks |= SM_FAILED_CUT;
		d->off += n & (2 * SM_FAILED_BYTES - 1);
		if (d->off - begin > SM_FAILED_COMMAND - SM_FAILED_BYTES) {
			i = SM_FAILED_WORDS;
			break;
		}
	}
	if (i == SM_FAILED_WORDS && !bpf_probe_read_user(&more, sizeof(more), (void *)(argv + i * sizeof(more))) &&
	    more)
		r->marks |= SM_FAILED_CUT;
	r->command.off = begin;
	r->command.len = d->off > begin ? d->off - begin - 1 : 0; /* without the last blank */
}

static __always_inline void sm_append_tried(struct sm_draft *d, struct sm_location *where, struct sm_failed_call *c)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	const struct path *start;
	char first = 0;
	long n;

	n = bpf_probe_read_user_str(sm_at(d->scratch, d->off), SM_PATH_MAX, (void *)c->name);
	bpf_probe_read_kernel(&first, 1, sm_at(d->scratch, d->off));
	if (n <= 1) {
		/* Nothing, or what a descriptor stands for. */
		if (n >= 0 && c->directory != SM_AT_FDCWD)
			sm_append_location(d, where, &sm_file_of(c->directory)->f_path);
		return;
	}
	where->name.off = d->off;
	where->name.len = n - 1;
	d->off += n;
	if (n == SM_PATH_MAX)
		where->marks |= SM_LOCATION_CUT | SM_LOCATION_CUT_END;
	start = first == '/' ? &fs->root : c->directory == SM_AT_FDCWD ? &fs->pwd : &sm_file_of(c->directory)->f_path;
	sm_append_path(d, &where->base, start, &where->marks, SM_LOCATION_CUT);
}

static __always_inline void sm_failed(struct sm_failed_call *c, __u32 error)
{
	struct sm_failed_execution_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_FAILED_EXECUTION, sizeof(*r), 2 * SM_PATH_MAX + SM_FAILED_COMMAND);
	if (!r)
		return;
	r->uid = bpf_get_current_uid_gid();
	r->hook = c->hook;
	r->error = error;
	r->name = error == 80 ? 41 : error > 40 ? 0 : error; /* ELIBBAD is far from the others */
	sm_append_tried(&d, &r->target, c);
	sm_append_words(&d, r, c->argv);
	if (sm_memory_shared()) {
		r->target.marks |= SM_LOCATION_EXPOSED;
		r->marks |= SM_FAILED_EXPOSED;
	}
	sm_record_end(&d);
}

/* match: execve(const char *filename, const char *const *argv, const char *const *envp), execveat likewise */
SEC("tracepoint/syscalls/sys_exit_{execve,execveat}")
int SM_TRACE(sm_failed_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_failed_call *known = bpf_map_lookup_elem(&sm_failed_calls, &thread), c;

	if (!known)
		return 0;
	c = *known;
	bpf_map_delete_elem(&sm_failed_calls, &thread);
	if (ctx->ret < 0 && c.process == sm_this_process() && !sm_is_stopped())
		sm_failed(&c, -ctx->ret);
	return 0;
}
