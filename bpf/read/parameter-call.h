/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Calls that change a setting of the kernel: what is kept of one until it ends, and what is told of it then. */
#ifndef SM_READ_PARAMETER_CALL_H
#define SM_READ_PARAMETER_CALL_H

#define SM_ADJ_OFFSET_SS_READ 0xa001

/* What a call has in place of a value. */
enum sm_argument { SM_ARGUMENT_NONE, SM_ARGUMENT_TEXT, SM_ARGUMENT_BYTES, SM_ARGUMENT_TIME, SM_ARGUMENT_MODES };

/* A call that is under way, by thread. */
struct sm_parameter_call {
	__u64 process; /* of whom: the kernel uses the numbers of threads again */
	struct sm_parameter what;
	__u64 from;	/* user address of the argument */
	__u32 bytes;	/* of the argument */
	__u32 argument; /* enum sm_argument */
	__u32 hook;
	__u32 before_len;
	char before[SM_PARAMETER_VALUE]; /* what the kernel had: a text, or an int */
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, struct sm_parameter_call);
} sm_parameter_calls SEC(".maps");

/* Where such a call is put together: it is too large for the stack. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sm_parameter_call);
} sm_parameter_new SEC(".maps");

/* How many are under way: mostly none, and then the end of a write is of no interest. */
volatile __u32 sm_parameters_under_way;

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct pid_namespace___user {
	struct user_namespace *user_ns;
};
#pragma clang attribute pop

/* Calls by what they are called, as the hooks of lib/schema/events/kernel-parameter.ts list them. */
#define SM_FIRST_CALL SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_KEXEC_LOAD
#define SM_CALL_NAMES 13
#define SM_WORD 24
const char sm_call_names[SM_CALL_NAMES][SM_WORD] = {
    "kexec_load",    "kexec_file_load", "reboot",	 "reboot", "swapon",   "swapoff",     "settimeofday",
    "clock_settime", "adjtimex",	"clock_adjtime", "acct",   "quotactl", "quotactl_fd",
};

static __always_inline struct sm_parameter_call *sm_parameter_begin(__u32 hook, __u32 argument, __u64 from)
{
	__u32 zero = 0;
	struct sm_parameter_call *c;

	if (!sm_is_running() || !sm_in_scope())
		return NULL;
	c = bpf_map_lookup_elem(&sm_parameter_new, &zero);
	if (!c)
		return NULL;
	c->process = sm_this_process();
	c->what.dentry = 0;
	c->what.kind = SM_SETTING_OTHER;
	c->from = from;
	c->bytes = 0;
	c->argument = argument;
	c->hook = hook;
	c->before_len = 0;
	return c;
}

static __always_inline void sm_parameter_note(struct sm_parameter_call *c)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (bpf_map_update_elem(&sm_parameter_calls, &thread, c, BPF_ANY))
		sm_lost_to_table(SM_KERNEL_PARAMETER);
	else
		__sync_fetch_and_add(&sm_parameters_under_way, 1);
}

/* What the kernel has of a setting now: an int, or a text. Returns the length of the text. */
static __always_inline __u32 sm_read_setting(const struct sm_parameter *p, char value[SM_PARAMETER_VALUE])
{
	long n;

	if (p->kind == SM_SETTING_NUMBER) {
		*(__s32 *)value = 0;
		bpf_probe_read_kernel(value, p->size == 1 ? 1 : 4, (void *)p->data);
		return 0;
	}
	n = bpf_probe_read_kernel_str(value, SM_PARAMETER_VALUE, (void *)p->data);
	return n > 0 ? n - 1 : 0;
}

static __always_inline void sm_append_word(struct sm_draft *d, struct sm_text *text, const char word[SM_WORD])
{
	long n = bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), SM_WORD, word);

	text->off = d->off;
	text->len = n > 0 ? (n - 1) & 31 : 0;
	d->off += text->len;
}

static __always_inline void sm_append_call_name(struct sm_draft *d, struct sm_location *where, __u32 hook)
{
	__u32 index = hook - SM_FIRST_CALL;

	if (index < SM_CALL_NAMES)
		sm_append_word(d, &where->name, sm_call_names[index]);
}

static __always_inline void sm_append_setting(struct sm_draft *d, struct sm_text *text, __u32 kind, const char *value,
					      __u32 len)
{
	if (kind == SM_SETTING_NUMBER) {
		sm_append_number(d, text, *(__s32 *)value);
		return;
	}
	bpf_probe_read_kernel(sm_at(d->scratch, d->off), sm_len(len, SM_PARAMETER_VALUE - 1), value);
	text->off = d->off;
	text->len = sm_len(len, SM_PARAMETER_VALUE - 1);
	d->off += text->len;
}

/* What the call was passed, as it is in the memory of the process when it ends: the kernel has read it. */
static __always_inline void sm_append_argument(struct sm_draft *d, struct sm_kernel_parameter_record *r,
					       struct sm_parameter_call *c)
{
	__u32 len = c->bytes;
	__s64 seconds = 0;
	__u32 modes = 0;
	char last = 0;
	long n = 0;

	switch (c->argument) {
	case SM_ARGUMENT_TEXT:
		n = c->from ? bpf_probe_read_user_str(sm_at(d->scratch, d->off), SM_PARAMETER_VALUE, (void *)c->from)
			    : 0;
		if (n == SM_PARAMETER_VALUE)
			r->marks |= SM_PARAMETER_CUT;
		r->value.off = d->off;
		r->value.len = n > 0 ? n - 1 : 0;
		d->off += r->value.len;
		break;
	case SM_ARGUMENT_BYTES:
		if (len > SM_PARAMETER_VALUE - 1) {
			len = SM_PARAMETER_VALUE - 1;
			r->marks |= SM_PARAMETER_CUT;
		}
		if (bpf_probe_read_user(sm_at(d->scratch, d->off), sm_len(len, SM_PARAMETER_VALUE - 1),
					(void *)c->from))
			break;
		bpf_probe_read_kernel(&last, 1, sm_at(d->scratch, d->off + len - 1));
		r->value.off = d->off;
		r->value.len = len - (last == '\n');
		d->off += len;
		break;
	case SM_ARGUMENT_TIME:
		if (c->from && !bpf_probe_read_user(&seconds, sizeof(seconds), (void *)c->from))
			sm_append_number(d, &r->value, seconds);
		break;
	case SM_ARGUMENT_MODES:
		bpf_probe_read_user(&modes, sizeof(modes), (void *)c->from);
		sm_append_number(d, &r->value, modes);
		break;
	}
	if (r->value.len && sm_memory_shared())
		r->marks |= SM_PARAMETER_EXPOSED;
}

/* Those that only ask what time it is set no mode. */
static __always_inline bool sm_only_asks(struct sm_parameter_call *c)
{
	__u32 modes = 0;

	if (c->argument != SM_ARGUMENT_MODES)
		return false;
	bpf_probe_read_user(&modes, sizeof(modes), (void *)c->from);
	return modes == 0 || modes == SM_ADJ_OFFSET_SS_READ;
}

static __always_inline bool sm_is_same_setting(struct sm_parameter_call *c, const char *now, __u32 len)
{
	__u32 i;

	if (c->what.kind == SM_SETTING_NUMBER)
		return *(__s32 *)now == *(__s32 *)c->before;
	if (len != c->before_len)
		return false;
	for (i = 0; i < SM_PARAMETER_VALUE; i++) {
		if (i >= len)
			return true;
		if (now[i] != c->before[i])
			return false;
	}
	return true;
}

#endif
