/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Signal: what a process sends to another one, where that is worth a look. Ordinary signals, of which there are many,
 * are let go after a few reads.
 */

#define SM_SIGKILL 9
#define SM_SIGSTOP 19
#define SM_SI_USER 0
#define SM_SI_QUEUE (-1)
#define SM_SI_TKILL (-6)
#define SM_SEND_SIG_NOINFO 0 /* in place of the pointer: what the kernel sends for the running process */
#define SM_SEND_SIG_PRIV 1   /* what it sends for its own reasons */
#define SM_MANY 8	     /* processes that one may kill or stop before it is told */
#define SM_MANY_NS 10000000000ull

enum sm_signal_reason {
	SM_SIGNAL_SENSOR,
	SM_SIGNAL_INIT,
	SM_SIGNAL_SECURITY,
	SM_SIGNAL_OTHER_USER,
	SM_SIGNAL_MANY,
	SM_SIGNAL_NONE
};
enum sm_signal_way { SM_SIGNAL_KILL, SM_SIGNAL_TGKILL, SM_SIGNAL_QUEUE, SM_SIGNAL_KERNEL };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct kernel_siginfo {
	int si_code;
};
#pragma clang attribute pop

/*
 * Calls that let the process say where the signal comes from, by thread: the number of the signal. What such a call
 * says can be what the kernel says of timers and the like, which are sent while any process runs.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* of bpf_get_current_pid_tgid() */
	__type(value, __u32);
} sm_signal_calls SEC(".maps");

/* How many others a process has killed or stopped of late. */
struct sm_killer {
	__u64 start;
	__u32 pid, pad;
};
struct sm_killed {
	__u64 since; /* when the count began */
	__u32 count;
	__u32 last; /* process: threads of one are counted once */
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct sm_killer);
	__type(value, struct sm_killed);
} sm_killers SEC(".maps");

/* Names (task_struct.comm of the leader) of programs that guard a machine. docs/events.md lists them by hand. */
#define SM_GUARDS 24
/* clang-format off */
const char sm_guards[SM_GUARDS][16] = {
    "auditd", "auditbeat", "rsyslogd", "syslog-ng", "systemd-journal", "osqueryd",
    "falco", "tetragon", "tracee", "sysmon", "clamd", "freshclam",
    "fail2ban-server", "suricata", "snort", "wazuh-agentd", "wazuh-execd", "wazuh-syscheckd",
    "ossec-agentd", "elastic-agent", "elastic-endpoin", "falcon-sensor", "wdavdaemon", "firewalld",
};
/* clang-format on */

static __always_inline bool sm_is_guard(struct task_struct *t)
{
	__u64 comm[2] = {}, name[2];
	int i;

	/* As a string: older kernels leave behind its NUL what was there before. */
	BPF_CORE_READ_STR_INTO(&comm, t, group_leader, comm);
	for (i = 0; i < SM_GUARDS; i++) {
		__builtin_memcpy(name, sm_guards[i], sizeof(name));
		if (name[0] == comm[0] && name[1] == comm[1])
			return true;
	}
	return false;
}

/* Counts one more process that is killed or stopped. Returns how many there are; 0: it is the one before. */
static __always_inline __u32 sm_count_killed(__u32 target)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct sm_killer key = {.start = BPF_CORE_READ(t, group_leader, start_boottime),
				.pid = bpf_get_current_pid_tgid() >> 32};
	struct sm_killed fresh = {.since = bpf_ktime_get_boot_ns(), .count = 1, .last = target};
	struct sm_killed *killed = bpf_map_lookup_elem(&sm_killers, &key);

	if (!killed || fresh.since - killed->since > SM_MANY_NS) {
		bpf_map_update_elem(&sm_killers, &key, &fresh, BPF_ANY);
		return 1;
	}
	if (killed->last == target)
		return 0;
	killed->last = target;
	return ++killed->count;
}

/* match: rt_sigqueueinfo(pid_t pid, int sig, siginfo_t *uinfo); pidfd_send_signal(int pidfd, int sig, siginfo_t *info)
 */
SEC("tracepoint/syscalls/sys_enter_{rt_sigqueueinfo,pidfd_send_signal}")
int SM_TRACE(sm_sigqueue_enter, struct sm_sys_enter *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	__u32 number = ctx->args[1];

	if (!sm_is_stopped() && bpf_map_update_elem(&sm_signal_calls, &thread, &number, BPF_ANY))
		sm_lost_to_table(SM_SIGNAL);
	return 0;
}

/* match: rt_tgsigqueueinfo(pid_t tgid, pid_t pid, int sig, siginfo_t *uinfo) */
SEC("tracepoint/syscalls/sys_enter_rt_tgsigqueueinfo")
int SM_TRACE(sm_tgsigqueue_enter, struct sm_sys_enter *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();
	__u32 number = ctx->args[2];

	if (!sm_is_stopped() && bpf_map_update_elem(&sm_signal_calls, &thread, &number, BPF_ANY))
		sm_lost_to_table(SM_SIGNAL);
	return 0;
}

/* match: rt_sigqueueinfo(pid_t pid, int sig, siginfo_t *uinfo), and the others likewise */
SEC("tracepoint/syscalls/sys_exit_{rt_sigqueueinfo,rt_tgsigqueueinfo,pidfd_send_signal}")
int SM_TRACE(sm_sigqueue_exit, struct sm_sys_exit *ctx)
{
	__u64 thread = bpf_get_current_pid_tgid();

	bpf_map_delete_elem(&sm_signal_calls, &thread);
	return 0;
}

/* How the running process sends it; -1: it does not. */
static __always_inline int sm_way_of(__u64 info, __u32 number)
{
	__u64 thread = bpf_get_current_pid_tgid();
	__u32 *queued;
	int code;

	if (info == SM_SEND_SIG_PRIV)
		return -1;
	if (info == SM_SEND_SIG_NOINFO)
		return SM_SIGNAL_KERNEL;
	code = BPF_CORE_READ((struct kernel_siginfo *)info, si_code);
	if (code > 0)
		return -1;
	if (code == SM_SI_USER)
		return SM_SIGNAL_KILL;
	if (code == SM_SI_TKILL)
		return SM_SIGNAL_TGKILL;
	if (code == SM_SI_QUEUE)
		return SM_SIGNAL_QUEUE;
	queued = bpf_map_lookup_elem(&sm_signal_calls, &thread);
	return queued && *queued == number ? SM_SIGNAL_QUEUE : -1;
}

static __always_inline __u32 sm_signal_reason(struct task_struct *target, __u32 pid, __u32 uid, __u32 number,
					      __u32 *count)
{
	if (pid == sm_sensor)
		return SM_SIGNAL_SENSOR;
	if (pid == 1)
		return SM_SIGNAL_INIT;
	if (number == SM_SIGKILL || number == SM_SIGSTOP)
		*count = sm_count_killed(pid);
	if (sm_is_guard(target))
		return SM_SIGNAL_SECURITY;
	if (uid != (__u32)bpf_get_current_uid_gid())
		return SM_SIGNAL_OTHER_USER;
	return *count > SM_MANY ? SM_SIGNAL_MANY : SM_SIGNAL_NONE;
}

/*
 * match: void signal_generate(int sig, struct kernel_siginfo *info, struct task_struct *task, int group, int result)
 * include/trace/events/signal.h
 */
SEC("tp_btf/signal_generate")
int SM_TYPED(sm_signal, int sig, struct kernel_siginfo *info, struct task_struct *task, int group, int result)
{
	struct kernel_siginfo *held = info;
	struct task_struct *self = (void *)bpf_get_current_task();
	__u32 pid = BPF_CORE_READ(task, tgid), uid, reason, count = 0;
	struct sm_signal_record *r;
	__u64 address = 1;
	int way;

	if (pid == bpf_get_current_pid_tgid() >> 32)
		return 0;
	/* The verifier takes a typed pointer for one that is never NULL: a copy read as a number is free of that. */
	bpf_probe_read_kernel(&address, sizeof(address), &held);
	way = sm_way_of(address, sig);
	if (way < 0 || BPF_CORE_READ(self, flags) & SM_PF_KTHREAD)
		return 0;
	uid = BPF_CORE_READ(task, cred, uid.val);
	reason = sm_signal_reason(task, pid, uid, sig, &count);
	if (reason == SM_SIGNAL_NONE)
		return 0;
	r = sm_reserve(SM_SIGNAL, sizeof(*r), false);
	if (!r)
		return 0;
	sm_header_of_current(&r->hdr, SM_SIGNAL);
	sm_name_process(task, &r->target);
	r->uid = bpf_get_current_uid_gid();
	r->target_uid = uid;
	r->count = count;
	r->signal = sig;
	r->reason = reason;
	r->way = way;
	r->result = result;
	bpf_ringbuf_submit(r, 0);
	return 0;
}
