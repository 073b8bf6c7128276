/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ProcessCreate: a program was executed. */

/* A #! script: the name that was passed to exec differs from the interpreter that runs it. */
static __always_inline void sm_append_script(struct linux_binprm *bprm, struct sm_exec_record *r, struct sm_scratch *s, __u32 *off)
{
	const char *filename = bprm->filename;
	__u32 at = *off;
	long n;

	if (filename == bprm->interp)
		return;
	n = bpf_probe_read_kernel_str(sm_at(s, at), SM_PATH_MAX, filename);
	if (n <= 1)
		return;
	if (n == SM_PATH_MAX)
		r->marks |= SM_EXEC_CUT_SCRIPT;
	r->script.off = at;
	r->script.len = n - 1;
	*off = at + n;
}

/* match: void sched_process_exec(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)  fs/exec.c, new memory and credentials in force */
SEC("tp_btf/sched_process_exec")
int SM_TYPED(sm_process_create, struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm)
{
	__u32 off = sizeof(struct sm_exec_record), slot = bpf_get_smp_processor_id();
	struct sm_exec_record *r;
	struct sm_counters *c;
	struct sm_scratch *s;

	c = sm_produced(SM_EXEC);
	if (!c || !sm_has_room(c, sizeof(*r), true))
		return 0;
	s = sm_scratch_take(c, slot);
	if (!s)
		return 0;
	r = (struct sm_exec_record *)s->data;
	sm_header(&r->hdr, SM_EXEC, p);
	sm_fill_exec(r, p, s, &off, slot);
	r->old_tid = old_pid;
	if (BPF_CORE_READ_BITFIELD(bprm, secureexec))
		r->marks |= SM_EXEC_SECURE;
	sm_append_script(bprm, r, s, &off);
	sm_append_env(p->mm, r, s, &off, slot);
	sm_append_argv(p->mm, r, s, &off);
	off = (off + 7) & ~7u;
	r->hdr.size = off;
	if (bpf_ringbuf_output(&sm_ring, s->data, sm_size(off), 0))
		sm_dropped(c, SM_DROP_RING);
	s->busy = 0;
	return 0;
}
