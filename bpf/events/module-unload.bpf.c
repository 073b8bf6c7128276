/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ModuleUnload: a module of the kernel was taken out, or somebody tried to. */

/* Which module, by thread: as it was passed, and then as it was called. */
struct sm_module_name {
	__u32 freed; /* 1: the name is the kernel's */
	__u32 pad;
	char name[64];
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u64);
	__type(value, struct sm_module_name);
} sm_module_names SEC(".maps");

/* match: delete_module(const char *name_user, unsigned int flags) */
SEC("tracepoint/syscalls/sys_enter_delete_module")
int SM_TRACE(sm_module_delete_enter, struct sm_sys_enter *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_module_name n = {};

	if (!sm_is_running())
		return 0;
	bpf_probe_read_user_str(n.name, SM_MODULE_NAME, (void *)ctx->args[0]);
	if (bpf_map_update_elem(&sm_module_names, &id, &n, BPF_ANY))
		sm_lost_to_table(SM_MODULE_UNLOAD);
	return 0;
}

/* match: void module_free(struct module *mod)  kernel/module.c, kernel/module/main.c: also of one that did not start */
SEC("tp_btf/module_free")
int SM_TYPED(sm_module_freed, struct module *mod)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_module_name *n = bpf_map_lookup_elem(&sm_module_names, &id);

	if (!n)
		return 0;
	bpf_probe_read_kernel_str(n->name, SM_MODULE_NAME, mod->name);
	n->freed = 1;
	return 0;
}

/* match: delete_module(const char *name_user, unsigned int flags) */
SEC("tracepoint/syscalls/sys_exit_delete_module")
int SM_TRACE(sm_module_delete_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_module_name *n = bpf_map_lookup_elem(&sm_module_names, &id);
	struct sm_module_unload_record *r;
	struct sm_draft d;

	if (!n)
		return 0;
	r = sm_record_of_current(&d, SM_MODULE_UNLOAD, sizeof(*r), SM_MODULE_NAME);
	if (r) {
		r->uid = bpf_get_current_uid_gid();
		r->error = ctx->ret < 0 ? -ctx->ret : 0;
		r->exposed = !n->freed && sm_memory_shared();
		sm_module_text(&d, &r->name, n->name, SM_MODULE_NAME);
		sm_record_end(&d);
	}
	bpf_map_delete_elem(&sm_module_names, &id);
	return 0;
}
