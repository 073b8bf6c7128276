/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What is read from the memory of the new program: arguments and environment. */
#ifndef SM_MEMORY_H
#define SM_MEMORY_H

#define SM_PAGE 4096
#define SM_ENV_VARS 512 /* variables looked at */
#define SM_ENV_BYTES 8192 /* kept */
#define SM_ENV_READ 4096 /* longest variable that is kept whole */

/* The arguments in one read; page by page if a page is absent, so that one hole does not cost all of them. */
static __always_inline void sm_append_argv(struct mm_struct *mm, struct sm_exec_record *r, struct sm_scratch *s, __u32 *off)
{
	__u64 start = mm->arg_start, end = mm->arg_end;
	__u32 at = *off, total, len, done, i;

	if (end <= start)
		return;
	total = end - start > 0xffffffff ? 0xffffffff : end - start;
	r->argv_total = total;
	len = total;
	if (len > SM_READ_MAX) {
		len = SM_READ_MAX;
		r->hdr.flags |= SM_F_TRUNC_ARGV;
	}
	if (bpf_probe_read_user(sm_at(s, at), sm_len(len, SM_READ_MAX | (SM_READ_MAX - 1)), (void *)start)) {
		r->hdr.flags |= SM_F_FAULT_ARGV;
		done = 0;
		for (i = 0; i < SM_READ_MAX / SM_PAGE + 1 && done < len; i++) {
			__u32 n = SM_PAGE - ((start + done) & (SM_PAGE - 1));
			__u32 to = at + done;

			if (n > len - done)
				n = len - done;
			bpf_probe_read_user(sm_at(s, to), sm_len(n, 2 * SM_PAGE - 1), (void *)start + done); /* zeros where it fails */
			done += n;
		}
	}
	r->argv.off = at;
	r->argv.len = len;
	*off = at + len;
}

static __always_inline bool sm_env_allowed(__u64 first)
{
	__u32 i;

	for (i = 0; i < SM_ENV_NAMES; i++) {
		if (i >= sm_env_count)
			break;
		if ((first & sm_env_names[i].mask) == sm_env_names[i].prefix)
			return true;
	}
	return false;
}

/* Variables whose first bytes match an allowed name; each is read once, the next overwrites it unless it is kept. */
static __always_inline void sm_append_env(struct mm_struct *mm, struct sm_exec_record *r, struct sm_scratch *s, __u32 *off)
{
	__u64 p = mm->env_start, end = mm->env_end;
	__u32 begin = *off, at = begin, i;
	bool middle = false; /* inside a variable longer than one read */

	if (!sm_env_count || end <= p)
		return;
	for (i = 0; i < SM_ENV_VARS && p < end; i++) {
		__u64 first = 0;
		long n;

		if (at - begin > SM_ENV_BYTES - SM_ENV_READ) {
			r->hdr.flags |= SM_F_TRUNC_ENV;
			break;
		}
		n = bpf_probe_read_user_str(sm_at(s, at), SM_ENV_READ, (void *)p);
		if (n <= 0) {
			r->hdr.flags |= SM_F_FAULT_ENV;
			break;
		}
		if (!middle) {
			__builtin_memcpy(&first, sm_at(s, at), sizeof(first));
			if (sm_env_allowed(first)) {
				if (n == SM_ENV_READ)
					r->hdr.flags |= SM_F_TRUNC_ENV;
				at += n;
			}
		}
		middle = n == SM_ENV_READ;
		p += middle ? n - 1 : n;
	}
	if (i == SM_ENV_VARS && p < end)
		r->hdr.flags |= SM_F_TRUNC_ENV;
	r->env.off = begin;
	r->env.len = at - begin;
	*off = at;
}

#endif
