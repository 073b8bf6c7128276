/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* A file of the list was opened. hooks/open.h calls it; read/watched.h says which are of the list. */

/* Somebody wants to know of files of the list that are opened. */
static __always_inline bool sm_wants_opens(void)
{
	return sm_wanted[SM_EVENT_FILE_OPEN];
}

static __always_inline void sm_watch_inode_of(struct inode *inode, struct sm_watch_inode *key)
{
	key->ino = BPF_CORE_READ(inode, i_ino);
	key->dev = BPF_CORE_READ(inode, i_sb, s_dev);
	key->generation = BPF_CORE_READ(inode, i_generation);
}

/* What a process reads of itself in /proc: many a run-time looks at its own maps. */
static __always_inline bool sm_is_own(struct inode *inode)
{
	struct proc_inode *proc = (void *)inode - bpf_core_field_offset(struct proc_inode, vfs_inode);
	struct task_struct *t;

	if (BPF_CORE_READ(inode, i_sb, s_magic) != SM_PROC_MAGIC)
		return false;
	t = sm_task_of_pid(BPF_CORE_READ(proc, pid));
	return t && (__u32)BPF_CORE_READ(t, tgid) == bpf_get_current_pid_tgid() >> 32;
}

/* Index of the entry that a file is of, by its path; and it is known by its inode from now on. */
static __always_inline int sm_watched_path(struct file *f, struct inode *inode)
{
	struct sm_draft d;
	__u32 at = sizeof(struct sm_file_open_record);
	struct sm_watch_inode key;
	int n, entry;

	if (!sm_draft_take(&d, SM_FILE_OPEN))
		return SM_NOT_WATCHED;
	n = sm_walk_path((__u64)BPF_CORE_READ(f, f_path.dentry), (__u64)BPF_CORE_READ(f, f_path.mnt), at, d.slot);
	entry = n & (SM_PATH_CUT | SM_PATH_PSEUDO) ? SM_NOT_WATCHED : sm_watched_by_path(d.slot, at, n & 0xffff);
	sm_draft_leave(&d);
	if (entry == SM_NOT_WATCHED || sm_is_interface(inode))
		return entry;
	sm_watch_inode_of(inode, &key);
	bpf_map_update_elem(&sm_watch_inodes, &key, &entry, BPF_ANY);
	sm_watch_numbers[sm_number_key(key.ino)] = 1;
	return entry;
}

/* Of a file that may be of the list. */
__noinline int sm_watched_opened(__u64 file, __u32 hook)
{
	struct file *f = (struct file *)file;
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_watch_inode key = {};
	struct sm_file_open_record *r;
	struct sm_draft d;
	__u32 *known;
	int entry;

	if ((BPF_CORE_READ(inode, i_mode) & SM_S_IFMT) == SM_S_IFDIR)
		return 0;
	entry = sm_watched_path(f, inode);
	known = NULL;
	if (entry == SM_NOT_WATCHED) {
		sm_watch_inode_of(inode, &key);
		known = bpf_map_lookup_elem(&sm_watch_inodes, &key);
		if (!known)
			return 0;
		entry = *known;
	}
	/* A descriptor of O_PATH only names the file; to read it, it is opened again. */
	if (BPF_CORE_READ(f, f_flags) & SM_O_PATH || sm_is_own(inode))
		return 0;
	r = sm_record_of_current(&d, SM_FILE_OPEN, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return 0;
	r->uid = bpf_get_current_uid_gid();
	r->hook = hook;
	r->access = BPF_CORE_READ(f, f_flags) & SM_O_ACCMODE;
	r->by_inode = known != NULL;
	sm_read_inode(inode, &r->file);
	sm_append_location(&d, &r->target, &f->f_path);
	r->listed.off = d.off;
	r->listed.len = bpf_probe_read_kernel_str(sm_at(d.scratch, d.off), SM_WATCH_BYTES,
						  (void *)sm_watch_entries[entry & (SM_WATCHED - 1)].text) -
			1;
	d.off += r->listed.len;
	sm_record_end(&d);
	return 0;
}
