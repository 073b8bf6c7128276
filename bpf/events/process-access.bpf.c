/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * ProcessAccess: a process got access to another one. What a call asks for is noted when it begins, and told when it
 * has succeeded. hooks/open.h calls it for what is opened.
 */

/* As Windows names them: PROCESS_VM_OPERATION and so on. */
#define SM_ACCESS_VM_OPERATION 0x8
#define SM_ACCESS_VM_READ 0x10
#define SM_ACCESS_VM_WRITE 0x20
#define SM_ACCESS_DUP_HANDLE 0x40
#define SM_ACCESS_SET_INFORMATION 0x200
#define SM_ACCESS_QUERY_INFORMATION 0x400
#define SM_ACCESS_SUSPEND_RESUME 0x800
#define SM_ACCESS_WRITER (SM_ACCESS_VM_OPERATION | SM_ACCESS_VM_WRITE)
#define SM_ACCESS_TRACER                                                                                               \
	(SM_ACCESS_WRITER | SM_ACCESS_VM_READ | SM_ACCESS_SET_INFORMATION | SM_ACCESS_QUERY_INFORMATION |              \
	 SM_ACCESS_SUSPEND_RESUME)

#define SM_PT_PTRACED 1 /* in task_struct.ptrace */
#define SM_PTRACE_TRACEME 0
#define SM_PTRACE_ATTACH 16
#define SM_PTRACE_SEIZE 0x4206
/* sm_process_access_record.request */
#define SM_REQUEST_ATTACH 0
#define SM_REQUEST_SEIZE 1
#define SM_REQUEST_TRACEME 2
#define SM_REQUEST_NONE 3

#define SM_MEM_NAME 0x6d656d /* "mem" and its NUL, as a number */

/* A call in progress, by thread. */
struct sm_access_call {
	struct sm_process target; /* start 0: it was not there when the call began */
	__u64 process;		  /* of whom: the kernel uses the numbers of threads again */
	__u32 target_uid;
	__u32 number; /* of the target, as it was passed; 0: a pidfd was */
	__u32 access;
	__u32 error; /* errno; 0: it succeeded */
	__u16 hook, request;
	__u32 pad;
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct sm_access_call);
} sm_access_calls SEC(".maps");

/* Who uses process_vm_readv or process_vm_writev on whom: it is told once in a while. */
struct sm_access_pair {
	struct sm_process source, target; /* without their threads */
	__u32 hook, error;
};
struct sm_access_flow {
	__u64 since;
	__u32 calls; /* since the last event */
	__u32 pad;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct sm_access_pair);
	__type(value, struct sm_access_flow);
} sm_access_flows SEC(".maps");

/* Somebody wants to know of access to other processes. */
static __always_inline bool sm_wants_access(void)
{
	return sm_wanted[SM_EVENT_PROCESS_ACCESS];
}

/* One that has not been told yet. NULL: the source is the running task. */
static __always_inline void sm_access_gained(const struct sm_process *source, __u32 uid,
					     const struct sm_access_call *call, __u32 calls, bool exposed)
{
	struct sm_process_access_record *r;

	r = sm_reserve_for(source, SM_PROCESS_ACCESS, sizeof(*r), false);
	if (!r)
		return;
	if (source) {
		sm_header_begin(&r->hdr, SM_PROCESS_ACCESS);
		sm_header_process(&r->hdr, source);
	} else {
		sm_header_of_current(&r->hdr, SM_PROCESS_ACCESS);
	}
	r->target = call->target;
	r->source_tid = r->hdr.tid;
	r->target_tid = call->target.tid == call->target.pid ? 0 : call->target.tid;
	r->access = call->error ? 0 : call->access;
	r->error = call->error;
	r->uid = uid;
	r->target_uid = call->target_uid;
	r->calls = calls;
	r->hook = call->hook;
	r->request = call->request;
	r->exposed = exposed;
	r->reserved = 0;
	bpf_ringbuf_submit(r, 0);
}

static __always_inline void sm_access_target(struct task_struct *t, struct sm_access_call *call)
{
	sm_name_process(t, &call->target);
	call->target_uid = BPF_CORE_READ(t, cred, uid.val);
}

static __always_inline int sm_access_begin(__u32 hook, __u32 request, __u32 access, struct task_struct *target,
					   __u32 number)
{
	struct sm_access_call call = {.hook = hook, .request = request, .access = access, .number = number};
	__u64 id = bpf_get_current_pid_tgid();

	/* Of PTRACE_TRACEME the parent is the source. */
	if (!sm_is_running() || (request != SM_REQUEST_TRACEME && !sm_in_scope()))
		return 0;
	if (target)
		sm_access_target(target, &call);
	if (call.target.pid == id >> 32) /* its own memory */
		return 0;
	call.process = sm_this_process();
	if (bpf_map_update_elem(&sm_access_calls, &id, &call, BPF_ANY))
		sm_lost_to_table(SM_PROCESS_ACCESS);
	return 0;
}

/* match: ptrace(long request, long pid, unsigned long addr, unsigned long data) */
SEC("tracepoint/syscalls/sys_enter_ptrace")
int SM_TRACE(sm_ptrace_enter, struct sm_sys_enter *ctx)
{
	__u64 what = ctx->args[0];
	__u32 number = ctx->args[1], request;

	/* A debugger makes thousands of other requests. */
	if (what == SM_PTRACE_TRACEME)
		return sm_access_begin(SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PTRACE, SM_REQUEST_TRACEME, SM_ACCESS_TRACER,
				       NULL, 0);
	if (what != SM_PTRACE_ATTACH && what != SM_PTRACE_SEIZE)
		return 0;
	request = what == SM_PTRACE_ATTACH ? SM_REQUEST_ATTACH : SM_REQUEST_SEIZE;
	return sm_access_begin(SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PTRACE, request, SM_ACCESS_TRACER,
			       sm_task_of_number(number), number);
}

/*
 * match: process_vm_readv(pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec,
 * unsigned long riovcnt, unsigned long flags)
 */
SEC("tracepoint/syscalls/sys_enter_process_vm_readv")
int SM_TRACE(sm_vm_readv_enter, struct sm_sys_enter *ctx)
{
	return sm_access_begin(SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_READV, SM_REQUEST_NONE, SM_ACCESS_VM_READ,
			       sm_task_of_number(ctx->args[0]), ctx->args[0]);
}

/*
 * match: process_vm_writev(pid_t pid, const struct iovec *lvec, unsigned long liovcnt, const struct iovec *rvec,
 * unsigned long riovcnt, unsigned long flags)
 */
SEC("tracepoint/syscalls/sys_enter_process_vm_writev")
int SM_TRACE(sm_vm_writev_enter, struct sm_sys_enter *ctx)
{
	return sm_access_begin(SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_WRITEV, SM_REQUEST_NONE, SM_ACCESS_WRITER,
			       sm_task_of_number(ctx->args[0]), ctx->args[0]);
}

/* match: pidfd_getfd(int pidfd, int fd, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_pidfd_getfd")
int SM_TRACE(sm_getfd_enter, struct sm_sys_enter *ctx)
{
	struct file *f = sm_file_of(ctx->args[0]);

	return sm_access_begin(SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PIDFD_GETFD, SM_REQUEST_NONE, SM_ACCESS_DUP_HANDLE,
			       f ? sm_task_of_pidfd(f) : NULL, 0);
}

/*
 * A number belongs to one process as long as that is there. If it is still that of the same one, the call can have
 * meant no other; one that is gone by now has not made room for another yet.
 */
static __always_inline bool sm_access_doubtful(struct sm_access_call *call)
{
	struct sm_access_call now = {};
	struct task_struct *t;

	if (!call->number)
		return false;
	t = sm_task_of_number(call->number);
	if (!t)
		return false;
	if (!call->target.start) {
		sm_access_target(t, call);
		return false;
	}
	sm_name_process(t, &now.target);
	return now.target.start != call->target.start || now.target.tid != call->target.tid ||
	       now.target.exec_id != call->target.exec_id;
}

/* The running task has let its parent trace it. */
static __always_inline void sm_access_given(struct sm_access_call *call)
{
	struct task_struct *t = (void *)bpf_get_current_task(), *tracer = BPF_CORE_READ(t, parent);
	struct sm_process source;

	/* The call succeeds as well if the parent is about to go, and then nobody traces anybody. */
	if ((!call->error && !(BPF_CORE_READ(t, ptrace) & SM_PT_PTRACED)) || !sm_has_scope(tracer))
		return;
	sm_name_process(tracer, &source);
	sm_access_target(t, call);
	sm_access_gained(&source, BPF_CORE_READ(tracer, cred, uid.val), call, 0, false);
}

/* How many calls the next event stands for; 0: it is not time for one yet. */
static __always_inline __u32 sm_access_counted(const struct sm_access_call *call)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct sm_access_pair pair = {.target = call->target, .hook = call->hook, .error = call->error};
	struct sm_access_flow fresh = {.since = bpf_ktime_get_boot_ns()}, *flow;
	__u32 calls;

	sm_name_process(t, &pair.source);
	pair.source.tid = pair.target.tid = 0;
	flow = bpf_map_lookup_elem(&sm_access_flows, &pair);
	if (!flow) {
		bpf_map_update_elem(&sm_access_flows, &pair, &fresh, BPF_ANY);
		return 1;
	}
	__sync_fetch_and_add(&flow->calls, 1);
	if (fresh.since - flow->since < sm_flow_ns)
		return 0;
	calls = flow->calls;
	flow->calls = 0;
	flow->since = fresh.since;
	return calls;
}

static __always_inline void sm_access_done(struct sm_access_call *call, __s64 result)
{
	bool of_memory = call->hook == SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_READV ||
			 call->hook == SM_HOOK_PROCESS_ACCESS_SYS_EXIT_PROCESS_VM_WRITEV;
	__u32 calls = 0;
	bool doubtful;

	if ((result < 0 && !sm_failed_access) || (of_memory && !result))
		return;
	call->error = result < 0 ? -result : 0;
	if (call->request == SM_REQUEST_TRACEME) {
		sm_access_given(call);
		return;
	}
	doubtful = sm_access_doubtful(call);
	if (call->target.pid == bpf_get_current_pid_tgid() >> 32)
		return;
	if (of_memory || call->error) {
		calls = sm_access_counted(call);
		if (!calls)
			return;
	}
	sm_access_gained(NULL, bpf_get_current_uid_gid(), call, calls, doubtful);
}

/*
 * match: ptrace(long request, long pid, unsigned long addr, unsigned long data): 0 is its success; of process_vm_readv
 * and process_vm_writev the result is how many bytes were copied, of pidfd_getfd a descriptor
 */
SEC("tracepoint/syscalls/sys_exit_{ptrace,process_vm_readv,process_vm_writev,pidfd_getfd}")
int SM_TRACE(sm_access_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_access_call *known = bpf_map_lookup_elem(&sm_access_calls, &id), call;

	if (!known)
		return 0;
	call = *known;
	bpf_map_delete_elem(&sm_access_calls, &id);
	if (sm_is_running() && call.process == sm_this_process())
		sm_access_done(&call, ctx->ret);
	return 0;
}

/*
 * match: void sched_process_fork(struct task_struct *parent, struct task_struct *child)  kernel/fork.c, where the
 * child is traced already if its tracer asked for that
 */
SEC("tp_btf/sched_process_fork")
int SM_TYPED(sm_access_fork, struct task_struct *parent, struct task_struct *child)
{
	struct sm_access_call call = {
	    .hook = SM_HOOK_PROCESS_ACCESS_SCHED_PROCESS_FORK, .request = SM_REQUEST_NONE, .access = SM_ACCESS_TRACER};
	struct task_struct *tracer;
	struct sm_process source;

	if (!(child->ptrace & SM_PT_PTRACED) || child->pid != child->tgid)
		return 0;
	tracer = child->parent;
	if (!sm_has_scope(tracer))
		return 0;
	sm_name_process(tracer, &source);
	sm_access_target(child, &call);
	sm_access_gained(&source, BPF_CORE_READ(tracer, cred, uid.val), &call, 0, false);
	return 0;
}

static __always_inline __u32 sm_access_hook(__u32 call)
{
	return call == SM_CALL_OPEN		  ? SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPEN
	       : call == SM_CALL_OPENAT2	  ? SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPENAT2
	       : call == SM_CALL_CREAT		  ? SM_HOOK_PROCESS_ACCESS_SYS_EXIT_CREAT
	       : call == SM_CALL_IO_URING_OPENAT  ? SM_HOOK_PROCESS_ACCESS_IO_URING_OPENAT
	       : call == SM_CALL_IO_URING_OPENAT2 ? SM_HOOK_PROCESS_ACCESS_IO_URING_OPENAT2
						  : SM_HOOK_PROCESS_ACCESS_SYS_EXIT_OPENAT;
}

/* A regular file was opened: it may be the memory of another process, whatever name it was opened by. */
static __always_inline void sm_memory_opened(__u32 hook, struct file *f, struct inode *inode)
{
	struct sm_access_call call = {.hook = sm_access_hook(hook), .request = SM_REQUEST_NONE};
	struct proc_inode *proc = (void *)inode - bpf_core_field_offset(struct proc_inode, vfs_inode);
	struct task_struct *t;
	const void *memory;
	__u32 name = 0, mode;

	if (BPF_CORE_READ(inode, i_sb, s_magic) != SM_PROC_MAGIC)
		return;
	bpf_probe_read_kernel(&name, sizeof(name), BPF_CORE_READ(f, f_path.dentry, d_name.name));
	memory = BPF_CORE_READ(f, private_data); /* a kernel thread, or a process that is gone, has none */
	if (name != SM_MEM_NAME || !BPF_CORE_READ(proc, pid) || !memory)
		return;
	mode = BPF_CORE_READ(f, f_mode);
	call.access = (mode & SM_FMODE_READ ? SM_ACCESS_VM_READ : 0) | (mode & SM_FMODE_WRITE ? SM_ACCESS_WRITER : 0);
	t = sm_task_of_pid(BPF_CORE_READ(proc, pid));
	if (t)
		sm_access_target(t, &call);
	if (call.target.pid == bpf_get_current_pid_tgid() >> 32)
		return;
	/* It may have executed something else since, or be gone. */
	sm_access_gained(NULL, bpf_get_current_uid_gid(), &call, 0, t && BPF_CORE_READ(t, mm) != memory);
}
