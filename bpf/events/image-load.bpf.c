/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* ImageLoad: a file was mapped to be executed. hooks/executable.h calls it. */

/* What a process has mapped: it is told once. */
struct sm_image_seen {
	__u64 start, exec_id, super_block, ino;
	__u32 pid, generation;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct sm_image_seen);
	__type(value, __u64);
} sm_images_seen SEC(".maps");

static __always_inline bool sm_wants_images(void)
{
	return sm_wanted[SM_EVENT_IMAGE_LOAD];
}

static __always_inline void sm_image_loaded(__u32 call, struct vm_area_struct *v)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct file *f = BPF_CORE_READ(v, vm_file);
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_image_seen seen = {};
	struct sm_image_load_record *r;
	struct sm_draft d;
	__u64 one = 1;

	if (!f || (BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) != SM_S_IFREG)
		return;
	seen.start = BPF_CORE_READ(t, group_leader, start_boottime);
	seen.exec_id = BPF_CORE_READ(t, self_exec_id);
	seen.super_block = (__u64)BPF_CORE_READ(inode, i_sb);
	seen.ino = BPF_CORE_READ(inode, i_ino);
	seen.pid = bpf_get_current_pid_tgid() >> 32;
	seen.generation = BPF_CORE_READ(inode, i_generation);
	if (bpf_map_update_elem(&sm_images_seen, &seen, &one, BPF_NOEXIST))
		return;
	r = sm_record_of_current(&d, SM_IMAGE_LOAD, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_read_inode(inode, &r->file);
	sm_fill_content(f, &r->file, &r->file_system, &r->super_block);
	sm_append_location(&d, &r->target, &f->f_path);
	r->begin = BPF_CORE_READ(v, vm_start);
	r->upto = BPF_CORE_READ(v, vm_end);
	r->uid = bpf_get_current_uid_gid();
	r->hook = SM_HOOK_IMAGE_LOAD_SYS_EXIT_MMAP + call;
	sm_record_end(&d);
}
