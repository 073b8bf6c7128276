/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What is read from the memory of the new program: arguments and environment. */
#ifndef SM_READ_MEMORY_H
#define SM_READ_MEMORY_H

#define SM_PAGE 4096
#define SM_ENV_STEPS 8 /* variables looked at in one go */
#define SM_ENV_ROUNDS 128
#define SM_ENV_BYTES 8192 /* kept */
#define SM_ENV_READ 4096  /* longest variable that is kept whole */

/* The arguments in one read; page by page if a page is absent, so that one hole does not cost all of them. */
static __always_inline void sm_append_argv(struct sm_draft *d, struct mm_struct *mm, struct sm_exec_record *r)
{
	__u64 start = mm->arg_start, end = mm->arg_end;
	__u32 at = d->off, total, len, done, i;

	if (end <= start)
		return;
	total = end - start > 0xffffffff ? 0xffffffff : end - start;
	r->argv_total = total;
	len = total;
	if (len > SM_READ_MAX) {
		len = SM_READ_MAX;
		r->marks |= SM_EXEC_CUT_ARGV;
	}
	if (bpf_probe_read_user(sm_at(d->scratch, at), sm_len(len, SM_READ_MAX | (SM_READ_MAX - 1)), (void *)start)) {
		r->marks |= SM_EXEC_FAULT_ARGV;
		done = 0;
		for (i = 0; i < SM_READ_MAX / SM_PAGE + 1 && done < len; i++) {
			__u32 n = SM_PAGE - ((start + done) & (SM_PAGE - 1));
			__u32 to = at + done;

			if (n > len - done)
				n = len - done;
			bpf_probe_read_user(sm_at(d->scratch, to), sm_len(n, 2 * SM_PAGE - 1),
					    (void *)start + done); /* zeros where it fails */
			done += n;
		}
	}
	r->argv.off = at;
	r->argv.len = len;
	d->off = at + len;
}

/*
 * 1 if the first bytes of a variable match an allowed name. Without branches, as the verifier would follow each of
 * them.
 */
static __always_inline __u64 sm_env_allowed(__u64 first)
{
	__u64 all_differ = 1;
	__u32 i;

#pragma unroll
	for (i = 0; i < SM_ENV_NAMES; i++) {
		__u64 x = (first & sm_env_names[i].mask) ^ sm_env_names[i].prefix;

		all_differ &= (x | -x) >> 63;
	}
	return all_differ ^ 1;
}

/* One variable: it is read once, and the next overwrites it unless it is kept. Returns true at the end. */
static __always_inline bool sm_env_step(struct sm_scratch *s)
{
	volatile struct sm_env *e = &s->env;
	__u64 first, keep;
	long n;

	if (e->next >= e->end)
		return true;
	if (e->off - e->begin > SM_ENV_BYTES - SM_ENV_READ) {
		e->marks |= SM_EXEC_CUT_ENV;
		return true;
	}
	n = bpf_probe_read_user_str(sm_at(s, e->off), SM_ENV_READ, (void *)e->next);
	if (n <= 0) {
		e->marks |= SM_EXEC_FAULT_ENV;
		return true;
	}
	__builtin_memcpy(&first, sm_at(s, e->off), sizeof(first));
	/* What follows a variable longer than one read is the rest of its value, whatever it looks like. */
	keep = sm_env_allowed(first) & (e->middle ^ 1);
	e->off += keep * n;
	e->middle = n == SM_ENV_READ;
	e->next += n - e->middle;
	if (keep & e->middle)
		e->marks |= SM_EXEC_CUT_ENV;
	return false;
}

/* Global, so that the verifier checks it only once; see sm_walk_some(). */
__noinline int sm_env_some(__u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u32 i;

	if (!s)
		return 1;
	for (i = 0; i < SM_ENV_STEPS; i++) {
		if (sm_env_step(s))
			return 1;
	}
	return 0;
}

/* The variables whose first bytes match an allowed name; user space compares the rest of the names. */
static __always_inline void sm_append_env(struct sm_draft *d, struct mm_struct *mm, struct sm_exec_record *r)
{
	struct sm_scratch *s = d->scratch;
	__u32 i;

	if (!sm_env_count)
		return;
	s->env.next = mm->env_start;
	s->env.end = mm->env_end;
	s->env.begin = s->env.off = d->off;
	s->env.middle = s->env.marks = 0;
	for (i = 0; i < SM_ENV_ROUNDS; i++) {
		if (sm_env_some(d->slot))
			break;
	}
	if (i == SM_ENV_ROUNDS)
		s->env.marks |= SM_EXEC_CUT_ENV;
	r->marks |= s->env.marks;
	r->env.off = d->off;
	r->env.len = s->env.off - d->off;
	d->off = s->env.off;
}

/* True if others can change the arguments during a call: they share its memory, or its table of descriptors. */
__noinline int sm_is_memory_shared(void)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	return BPF_CORE_READ(t, mm, mm_users.counter) > 1 || sm_descriptors_shared();
}

/* Not inlined: kernels add up the stacks along a chain of calls, and the longest takes all that there is. */
static __always_inline bool sm_memory_shared(void)
{
	return sm_is_memory_shared();
}

#endif
