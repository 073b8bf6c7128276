/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * KernelParameter: somebody changes how the kernel behaves, by writing to a file that is a setting of it
 * (read/parameter.h), or by a call that does so.
 */

#define SM_CAP_SYS_BOOT 22
#define SM_REBOOT_MAGIC 0xfee1dead
#define SM_REBOOT_CAD_ON 0x89abcdef
#define SM_REBOOT_CAD_OFF 0

static __always_inline struct sm_kernel_parameter_record *sm_parameter_record(struct sm_draft *d, __u32 hook)
{
	struct sm_kernel_parameter_record *r =
	    sm_record_of_current(d, SM_KERNEL_PARAMETER, sizeof(*r), SM_PATH_MAX + 2 * SM_PARAMETER_VALUE);

	if (!r)
		return NULL;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	return r;
}

/* A file is about to be written to. Global: a dozen programs call it. */
__noinline int sm_parameter_write(__u64 file, __u32 magic, __u32 hook, __u64 from, __u32 bytes)
{
	struct sm_parameter_call *c = sm_parameter_begin(hook, bytes ? SM_ARGUMENT_BYTES : SM_ARGUMENT_NONE, from);

	if (!c || !sm_find_parameter((struct file *)file, magic, &c->what))
		return 0;
	c->bytes = bytes;
	if (c->what.kind != SM_SETTING_OTHER)
		c->before_len = sm_read_setting(&c->what, c->before);
	sm_parameter_note(c);
	return 0;
}

static __always_inline __u32 sm_magic_of_file(struct file *f)
{
	return BPF_CORE_READ(f, f_inode, i_sb, s_magic);
}

static __always_inline int sm_may_write_parameter(int fd, __u32 hook, __u64 from, __u64 bytes)
{
	struct file *f = sm_file_of(fd);
	__u32 magic = sm_magic_of_file(f);

	if (sm_may_be_parameter(magic))
		sm_parameter_write((__u64)f, magic, hook, from, bytes > 0xffff ? 0xffff : bytes);
	return 0;
}

/* match: write(unsigned int fd, const char *buf, size_t count), pwrite64 likewise */
SEC("tracepoint/syscalls/sys_enter_{write,pwrite64}")
int SM_TRACE(sm_parameter_write_enter, struct sm_sys_enter *ctx)
{
	return sm_may_write_parameter(ctx->args[0],
				      ctx->nr == SM_NR_WRITE ? SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_WRITE
							     : SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITE64,
				      ctx->args[1], ctx->args[2]);
}

/* match: writev(unsigned long fd, const struct iovec *vec, unsigned long vlen), and the others likewise */
SEC("tracepoint/syscalls/sys_enter_{writev,pwritev,pwritev2}")
int SM_TRACE(sm_parameter_writev_enter, struct sm_sys_enter *ctx)
{
	__u32 magic = sm_magic_of_file(sm_file_of(ctx->args[0]));
	__u64 vector[2] = {};

	if (!sm_may_be_parameter(magic))
		return 0;
	bpf_probe_read_user(vector, sizeof(vector), (void *)ctx->args[1]);
	return sm_may_write_parameter(ctx->args[0],
				      ctx->nr == SM_NR_WRITEV	 ? SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_WRITEV
				      : ctx->nr == SM_NR_PWRITEV ? SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITEV
								 : SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_PWRITEV2,
				      vector[0], vector[1]);
}

/* match: sendfile64(int out_fd, int in_fd, loff_t *offset, size_t count) */
SEC("tracepoint/syscalls/sys_enter_sendfile64")
int SM_TRACE(sm_parameter_sendfile_enter, struct sm_sys_enter *ctx)
{
	return sm_may_write_parameter(ctx->args[0], SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SENDFILE64, 0, 0);
}

/* match: splice(int fd_in, loff_t *off_in, int fd_out, …) */
SEC("tracepoint/syscalls/sys_enter_splice")
int SM_TRACE(sm_parameter_splice_enter, struct sm_sys_enter *ctx)
{
	return sm_may_write_parameter(ctx->args[2], SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_SPLICE, 0, 0);
}

static __always_inline int sm_parameter_call_begin(__u32 hook, __u32 argument, __u64 from)
{
	struct sm_parameter_call *c = sm_parameter_begin(hook, argument, from);

	if (c)
		sm_parameter_note(c);
	return 0;
}

/* A call of which there is nothing more to say, or one that is passed a text, a time, or what to do with the clock. */
#define SM_PARAMETER_CALL(name, HOOK, argument, from)                                                                  \
	SEC("tracepoint/syscalls/sys_enter_" #name)                                                                    \
	int SM_TRACE(sm_parameter_##name, struct sm_sys_enter *ctx)                                                    \
	{                                                                                                              \
		return sm_parameter_call_begin(SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_##HOOK, argument, from);              \
	}

/* match: kexec_load(unsigned long entry, unsigned long nr_segments, struct kexec_segment *segments, …) */
SM_PARAMETER_CALL(kexec_load, KEXEC_LOAD, SM_ARGUMENT_NONE, 0)
/* match: kexec_file_load(int kernel_fd, int initrd_fd, unsigned long cmdline_len, const char *cmdline_ptr, …) */
SM_PARAMETER_CALL(kexec_file_load, KEXEC_FILE_LOAD, SM_ARGUMENT_TEXT, ctx->args[3])
/* match: swapon(const char *specialfile, int swap_flags) */
SM_PARAMETER_CALL(swapon, SWAPON, SM_ARGUMENT_TEXT, ctx->args[0])
/* match: swapoff(const char *specialfile) */
SM_PARAMETER_CALL(swapoff, SWAPOFF, SM_ARGUMENT_TEXT, ctx->args[0])
/* match: settimeofday(struct __kernel_old_timeval *tv, struct timezone *tz) */
SM_PARAMETER_CALL(settimeofday, SETTIMEOFDAY, SM_ARGUMENT_TIME, ctx->args[0])
/* match: clock_settime(const clockid_t which_clock, const struct __kernel_timespec *tp) */
SM_PARAMETER_CALL(clock_settime, CLOCK_SETTIME, SM_ARGUMENT_TIME, ctx->args[1])
/* match: adjtimex(struct __kernel_timex *txc_p) */
SM_PARAMETER_CALL(adjtimex, ADJTIMEX, SM_ARGUMENT_MODES, ctx->args[0])
/* match: clock_adjtime(const clockid_t which_clock, struct __kernel_timex *utx) */
SM_PARAMETER_CALL(clock_adjtime, CLOCK_ADJTIME, SM_ARGUMENT_MODES, ctx->args[1])
/* match: acct(const char *name) */
SM_PARAMETER_CALL(acct, ACCT, SM_ARGUMENT_TEXT, ctx->args[0])

/* Q_QUOTAON, Q_QUOTAOFF, Q_SETINFO, Q_SETQUOTA; Q_XQUOTAON, Q_XQUOTAOFF, Q_XSETQLIM, Q_XQUOTARM */
static __always_inline bool sm_sets_quota(__u32 command)
{
	switch (command >> 8) {
	case 0x800002:
	case 0x800003:
	case 0x800006:
	case 0x800008:
	case 0x5801:
	case 0x5802:
	case 0x5804:
	case 0x5806:
		return true;
	}
	return false;
}

/* match: quotactl(unsigned int cmd, const char *special, qid_t id, void *addr) */
SEC("tracepoint/syscalls/sys_enter_quotactl")
int SM_TRACE(sm_parameter_quotactl, struct sm_sys_enter *ctx)
{
	if (!sm_sets_quota(ctx->args[0]))
		return 0;
	return sm_parameter_call_begin(SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_QUOTACTL, SM_ARGUMENT_TEXT, ctx->args[1]);
}

/* match: quotactl_fd(unsigned int fd, unsigned int cmd, qid_t id, void *addr) */
SEC("tracepoint/syscalls/sys_enter_quotactl_fd")
int SM_TRACE(sm_parameter_quotactl_fd, struct sm_sys_enter *ctx)
{
	if (!sm_sets_quota(ctx->args[1]))
		return 0;
	return sm_parameter_call_begin(SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_QUOTACTL_FD, SM_ARGUMENT_NONE, 0);
}

/* The call has succeeded. */
static __noinline int sm_parameter_set(struct sm_parameter_call *c)
{
	__u32 zero = 0, len = 0;
	struct sm_parameter_call *after = bpf_map_lookup_elem(&sm_parameter_new, &zero);
	struct sm_kernel_parameter_record *r;
	struct sm_draft d;

	if (!after || sm_only_asks(c))
		return 0;
	if (c->what.kind != SM_SETTING_OTHER) {
		len = sm_read_setting(&c->what, after->before);
		if (sm_is_same_setting(c, after->before, len))
			return 0;
	}
	r = sm_parameter_record(&d, c->hook);
	if (!r)
		return 0;
	if (!c->what.dentry)
		sm_append_call_name(&d, &r->parameter, c->hook);
	else
		sm_append_parameter(&d, &r->parameter, c->what.dentry);
	if (c->what.dentry && sm_descriptors_shared())
		r->parameter.marks |= SM_LOCATION_EXPOSED;
	if (c->what.kind == SM_SETTING_OTHER) {
		sm_append_argument(&d, r, c);
	} else {
		sm_append_setting(&d, &r->previous, c->what.kind, c->before, c->before_len);
		sm_append_setting(&d, &r->value, c->what.kind, after->before, len);
	}
	sm_record_end(&d);
	return 0;
}

/* match: write(unsigned int fd, const char *buf, size_t count), and the others likewise */
SEC("tracepoint/syscalls/sys_exit_{write,pwrite64,writev,pwritev,pwritev2,sendfile64,splice,kexec_load,kexec_file_load,"
    "swapon,swapoff,settimeofday,clock_settime,adjtimex,clock_adjtime,acct,quotactl,quotactl_fd,reboot}")
int SM_TRACE(sm_parameter_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct sm_parameter_call *c;

	if (!sm_parameters_under_way)
		return 0;
	c = bpf_map_lookup_elem(&sm_parameter_calls, &thread);
	if (!c)
		return 0;
	/* Of what is written nothing is 0 bytes. */
	if ((c->what.dentry ? ctx->ret > 0 : ctx->ret >= 0) && c->process == sm_this_process() && !sm_is_stopped())
		sm_parameter_set(c);
	if (!bpf_map_delete_elem(&sm_parameter_calls, &thread))
		__sync_fetch_and_add(&sm_parameters_under_way, -1);
	return 0;
}

#define SM_REBOOT_WORDS 5
const char sm_reboot_words[SM_REBOOT_WORDS][SM_WORD] = {"restart", "halt", "power_off", "kexec", "suspend"};

/* What reboot(2) is asked for, as an index of the words; beyond them: nothing that it knows. */
static __always_inline __u32 sm_reboot_word(__u32 command)
{
	switch (command) {
	case 0x01234567:
	case 0xa1b2c3d4:
		return 0;
	case 0xcdef0123:
		return 1;
	case 0x4321fedc:
		return 2;
	case 0x45584543:
		return 3;
	case 0xd000fce2:
		return 4;
	}
	return SM_REBOOT_WORDS;
}

/* The kernel lets the running process reboot its pid namespace, which may be the machine. */
static __always_inline bool sm_may_reboot(void)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct pid *pid = BPF_CORE_READ(t, thread_pid);
	__u32 level = BPF_CORE_READ(pid, level);
	const struct cred *cred = BPF_CORE_READ(t, cred);
	struct upid upid = {};
	__u64 capabilities = 0;

	bpf_core_read(&capabilities, sizeof(capabilities), &cred->cap_effective);
	bpf_core_read(&upid, sizeof(upid), &pid->numbers[level & 31]);
	return capabilities >> SM_CAP_SYS_BOOT & 1 &&
	       BPF_CORE_READ((struct pid_namespace___user *)upid.ns, user_ns) == BPF_CORE_READ(cred, user_ns);
}

/*
 * match: reboot(int magic1, int magic2, unsigned int cmd, void *arg): if it succeeds it does not return, other than for
 * what Ctrl-Alt-Del is to do
 */
SEC("tracepoint/syscalls/sys_enter_reboot")
int SM_TRACE(sm_parameter_reboot, struct sm_sys_enter *ctx)
{
	struct sm_kernel_parameter_record *r;
	__u32 command = ctx->args[2], word = sm_reboot_word(command);
	struct sm_draft d;

	if (command == SM_REBOOT_CAD_ON || command == SM_REBOOT_CAD_OFF)
		return sm_parameter_call_begin(SM_HOOK_KERNEL_PARAMETER_SYS_EXIT_REBOOT, SM_ARGUMENT_NONE, 0);
	if ((__u32)ctx->args[0] != SM_REBOOT_MAGIC || word >= SM_REBOOT_WORDS || !sm_is_running() || !sm_may_reboot())
		return 0;
	r = sm_parameter_record(&d, SM_HOOK_KERNEL_PARAMETER_SYS_ENTER_REBOOT);
	if (!r)
		return 0;
	sm_append_call_name(&d, &r->parameter, SM_HOOK_KERNEL_PARAMETER_SYS_ENTER_REBOOT);
	sm_append_word(&d, &r->value, sm_reboot_words[word]);
	sm_record_end(&d);
	return 0;
}

/*
 * match: void io_uring_complete(struct io_ring_ctx *ctx, void *req, struct io_uring_cqe *cqe)
 * include/trace/events/io_uring.h
 */
SEC("tp_btf/io_uring_complete")
int SM_TRACE(sm_uring_parameter, __u64 *ctx)
{
	struct io_kiocb *req = (struct io_kiocb *)ctx[1];
	struct sm_kernel_parameter_record *r;
	struct sm_parameter what = {};
	char now[8] = {};
	struct sm_draft d;
	struct file *f;
	__u8 op;

	op = BPF_CORE_READ(req, opcode);
	if ((op != SM_OP_WRITE && op != SM_OP_WRITEV && op != SM_OP_WRITE_FIXED) || !sm_is_running())
		return 0;
	if (!bpf_core_field_exists(struct io_kiocb, cqe) || BPF_CORE_READ(req, cqe.res) <= 0 ||
	    bpf_get_current_task_btf()->flags & SM_PF_KTHREAD)
		return 0;
	f = BPF_CORE_READ(req, file);
	if (!sm_may_be_parameter(sm_magic_of_file(f)) || !sm_find_parameter(f, sm_magic_of_file(f), &what))
		return 0;
	r = sm_parameter_record(&d, SM_HOOK_KERNEL_PARAMETER_IO_URING_COMPLETE);
	if (!r)
		return 0;
	sm_append_parameter(&d, &r->parameter, what.dentry);
	if (what.kind == SM_SETTING_NUMBER) {
		bpf_probe_read_kernel(now, what.size == 1 ? 1 : 4, (void *)what.data);
		sm_append_number(&d, &r->value, *(__s32 *)now);
	} else if (what.kind == SM_SETTING_TEXT) {
		long n = bpf_probe_read_kernel_str(sm_at(d.scratch, d.off), SM_PARAMETER_VALUE, (void *)what.data);

		r->value.off = d.off;
		r->value.len = n > 0 ? (n - 1) & (SM_PARAMETER_VALUE - 1) : 0;
		d.off += r->value.len;
	}
	sm_record_end(&d);
	return 0;
}
