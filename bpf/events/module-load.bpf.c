/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ModuleLoad: a module of the kernel was loaded, or somebody tried to. */

#define SM_MODULE_ARGS 256 /* bytes of the arguments that are kept */

/* A load in progress, by thread. */
struct sm_module_call {
	__u64 file; /* that the call was given */
	__u32 fd;
	__u32 hook;
	__u32 known; /* 1: the kernel has taken the module in; what follows is of it */
	__u32 size, taints, signature;
	__u32 pad;
	__u64 args; /* user address */
	char name[64];
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u64);
	__type(value, struct sm_module_call);
} sm_module_calls SEC(".maps");

const struct sm_module_call sm_no_module_call = {};

#define SM_MODULES 1024

/* What the kernel has taken in and not let go since, by name. User space adds what was there before. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, SM_MODULES);
	__type(key, char[SM_MODULE_NAME]);
	__type(value, __u32);
} sm_modules SEC(".maps");

static __always_inline struct sm_module_call *sm_module_begin(__u64 id, __u32 hook, __u32 fd, __u64 args)
{
	struct sm_module_call *c;

	if (!sm_is_running())
		return NULL;
	if (bpf_map_update_elem(&sm_module_calls, &id, &sm_no_module_call, BPF_ANY))
		sm_lost_to_table(SM_MODULE_LOAD);
	c = bpf_map_lookup_elem(&sm_module_calls, &id);
	if (!c)
		return NULL;
	c->hook = hook;
	c->fd = fd;
	c->args = args;
	c->file = hook == SM_HOOK_MODULE_LOAD_SYS_EXIT_FINIT_MODULE ? (__u64)sm_file_of(fd) : 0;
	return c;
}

/* match: finit_module(int fd, const char *uargs, int flags) */
SEC("tracepoint/syscalls/sys_enter_finit_module")
int SM_TRACE(sm_module_file_enter, struct sm_sys_enter *ctx)
{
	sm_module_begin(bpf_get_current_pid_tgid(), SM_HOOK_MODULE_LOAD_SYS_EXIT_FINIT_MODULE, ctx->args[0],
			ctx->args[1]);
	return 0;
}

/* match: init_module(void *umod, unsigned long len, const char *uargs) */
SEC("tracepoint/syscalls/sys_enter_init_module")
int SM_TRACE(sm_module_memory_enter, struct sm_sys_enter *ctx)
{
	sm_module_begin(bpf_get_current_pid_tgid(), SM_HOOK_MODULE_LOAD_SYS_EXIT_INIT_MODULE, 0, ctx->args[2]);
	return 0;
}

static __always_inline __u32 sm_module_size(struct module *m)
{
	struct module___63 *m63 = (void *)m;

	if (bpf_core_field_exists(m63->core_layout))
		return BPF_CORE_READ(m63, core_layout.size);
	return BPF_CORE_READ(m, mem[0].size) + BPF_CORE_READ(m, mem[1].size) + BPF_CORE_READ(m, mem[2].size) +
	       BPF_CORE_READ(m, mem[3].size);
}

static __always_inline void sm_module_known(struct sm_module_call *c, struct module *m)
{
	__u32 there = 1;

	c->known = 1;
	c->size = sm_module_size(m);
	c->taints = BPF_CORE_READ(m, taints);
	if (bpf_core_field_exists(m->sig_ok))
		c->signature = BPF_CORE_READ(m, sig_ok) ? 2 : 1;
	bpf_probe_read_kernel_str(c->name, SM_MODULE_NAME, m->name);
	/* Without room it is not looked for in the kernel's list: who looks says so. */
	bpf_map_update_elem(&sm_modules, c->name, &there, BPF_ANY);
}

static __always_inline void sm_module_text(struct sm_draft *d, struct sm_text *text, const char *from, __u32 most)
{
	long n = bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), most, from);

	if (n <= 1) /* with its end */
		return;
	text->off = d->off;
	text->len = n - 1;
	d->off += n - 1;
}

/* As they were passed: the kernel takes its own copy to pieces before anybody sees it. */
static __always_inline void sm_module_arguments(struct sm_draft *d, struct sm_module_load_record *r, __u64 from)
{
	long n = from ? bpf_probe_read_user_str(sm_at(d->scratch, d->off), SM_MODULE_ARGS, (void *)from) : 0;

	if (n <= 1)
		return;
	r->args.off = d->off;
	r->args.len = n - 1;
	d->off += n - 1;
	r->cut = n == SM_MODULE_ARGS;
	r->exposed = sm_memory_shared();
}

static __always_inline void sm_module_file(struct sm_draft *d, struct sm_module_load_record *r,
					   const struct sm_module_call *c)
{
	struct file *f;

	if (c->hook != SM_HOOK_MODULE_LOAD_SYS_EXIT_FINIT_MODULE)
		return;
	f = sm_file_of(c->fd);
	if ((__u64)f != c->file) {
		r->image.marks |= SM_LOCATION_EXPOSED;
	} else if (f) {
		sm_read_inode(BPF_CORE_READ(f, f_inode), &r->file);
		sm_append_location(d, &r->image, &f->f_path);
	}
}

static __always_inline void sm_module_tell(const struct sm_module_call *c, __s64 result)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct sm_module_load_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_MODULE_LOAD, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	r->hook = c->hook;
	r->error = result < 0 ? -result : 0;
	r->size = c->size;
	r->taints = c->taints;
	r->signature = c->signature;
	r->requested = !!(BPF_CORE_READ(t, real_parent, flags) & SM_PF_KTHREAD);
	sm_module_file(&d, r, c);
	sm_module_text(&d, &r->name, c->name, SM_MODULE_NAME);
	sm_module_arguments(&d, r, c->args);
	sm_record_end(&d);
}

/*
 * The kernel has taken the module in, and calls its init function next, which may still refuse. Who comes here without
 * a call that was noted is a program of 32 bits.
 * match: void module_load(struct module *mod)  kernel/module.c, kernel/module/main.c
 */
SEC("tp_btf/module_load")
int SM_TYPED(sm_module_taken, struct module *mod)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_module_call *c = bpf_map_lookup_elem(&sm_module_calls, &id);
	bool noted = c;

	if (!noted)
		c = sm_module_begin(id, SM_HOOK_MODULE_LOAD_MODULE_LOAD, 0, 0);
	if (!c)
		return 0;
	sm_module_known(c, mod);
	if (noted)
		return 0;
	sm_module_tell(c, 0);
	bpf_map_delete_elem(&sm_module_calls, &id);
	return 0;
}

/* match: finit_module(int fd, const char *uargs, int flags); init_module(void *umod, unsigned long len, …) */
SEC("tracepoint/syscalls/sys_exit_{finit_module,init_module}")
int SM_TRACE(sm_module_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_module_call *c = bpf_map_lookup_elem(&sm_module_calls, &id);

	if (!c)
		return 0;
	/* Since 6.5 a call may wait for another one that loads the same file, and is told that all is well. */
	if (c->known || ctx->ret < 0)
		sm_module_tell(c, ctx->ret);
	bpf_map_delete_elem(&sm_module_calls, &id);
	return 0;
}

/*
 * Before the kernel takes it off its list, so that what is noted and not in the list is hidden.
 * match: void module_free(struct module *mod)  kernel/module.c, kernel/module/main.c: also of one that did not start
 */
SEC("tp_btf/module_free")
int SM_TYPED(sm_module_gone, struct module *mod)
{
	char name[SM_MODULE_NAME] = {};

	bpf_probe_read_kernel_str(name, sizeof(name), mod->name);
	bpf_map_delete_elem(&sm_modules, name);
	return 0;
}
