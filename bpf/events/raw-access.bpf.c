/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* RawAccessRead: a block device was opened. hooks/open.h calls it. */

/* Somebody wants to know of block devices that are opened. */
static __always_inline bool sm_wants_devices(void)
{
	return sm_wanted[SM_EVENT_RAW_ACCESS_READ];
}

static __always_inline void sm_device_opened(__u32 hook, struct file *f)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sm_raw_access_record *r;
	struct sm_draft d;

	r = sm_record_of_current(&d, SM_RAW_ACCESS, sizeof(*r), SM_NAME_KEPT);
	if (!r)
		return;
	sm_read_inode(inode, &r->file);
	sm_append_location(&d, &r->target, &f->f_path);
	r->uid = bpf_get_current_uid_gid();
	r->rdev = BPF_CORE_READ(inode, i_rdev);
	r->hook = hook;
	r->access = BPF_CORE_READ(f, f_flags) & SM_O_ACCMODE;
	sm_record_end(&d);
}
