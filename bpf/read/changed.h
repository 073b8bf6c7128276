/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Which processes have changed which open files already. */
#ifndef SM_READ_CHANGED_H
#define SM_READ_CHANGED_H

/*
 * The open files. The kernel uses the address of a closed one again, also for the same file, and it does not tell when
 * one is closed: an entry is replaced when a file is opened at its address, by whatever process. A file that nobody was
 * seen to open gets its entry at the first change.
 */
struct sm_open_file {
	__u64 inode;
	__u64 opened; /* when it was seen first; it tells the open files apart that have been at this address */
	__u64 writer; /* the process that changed it last, so that mostly this entry says all */
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, struct sm_open_file);
} sm_open_files SEC(".maps");

/* All processes that have changed an open file. The value is sm_open_file.opened of the one that they changed. */
#define SM_MAPS (1ull << 63) /* beside the number of a process: it has mapped the file to change it */
struct sm_changer {
	__u64 file;
	__u64 process;
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct sm_changer);
	__type(value, __u64);
} sm_changers SEC(".maps");

/* A number for the running process: pids are used again, also while a file is open, so that its start is in it. */
static __always_inline __u64 sm_this_process(void)
{
	return sm_start_of_current() ^ (bpf_get_current_pid_tgid() >> 32 << 40);
}

static __always_inline bool sm_is_changer(__u64 file, struct sm_open_file *o, __u64 process)
{
	struct sm_changer key = {.file = file, .process = process};
	__u64 *opened;

	if (o->writer == process)
		return true;
	opened = bpf_map_lookup_elem(&sm_changers, &key);
	return opened && *opened == o->opened;
}

/* The running process has changed this open file before. */
static __always_inline bool sm_has_changed(struct file *f, struct inode *inode)
{
	__u64 file = (__u64)f;
	struct sm_open_file *o = bpf_map_lookup_elem(&sm_open_files, &file);

	return o && o->inode == (__u64)inode && sm_is_changer(file, o, sm_this_process());
}

/*
 * Notes that it has changed it. True: for the first time. Of a file that is not known as an open one, `file` is the
 * address of the inode, and `inode` what tells it apart from others at this address.
 */
static __always_inline bool sm_note_change(__u64 file, __u64 inode)
{
	struct sm_open_file *o = bpf_map_lookup_elem(&sm_open_files, &file);
	__u64 process = sm_this_process();
	struct sm_changer key = {.file = file, .process = process};
	struct sm_open_file first = {.inode = inode, .writer = process};

	if (o && o->inode == inode) {
		if (sm_is_changer(file, o, process)) {
			o->writer = process;
			return false;
		}
		o->writer = process;
		first.opened = o->opened;
	} else {
		first.opened = bpf_ktime_get_ns();
		bpf_map_update_elem(&sm_open_files, &file, &first, BPF_ANY);
	}
	bpf_map_update_elem(&sm_changers, &key, &first.opened, BPF_ANY);
	return true;
}

/*
 * Notes that it has mapped it to change it. True: for the first time. Apart from the changes: whether it changes the
 * file is not known, and the first write is told as ever.
 */
static __always_inline bool sm_note_mapping(__u64 file, __u64 inode)
{
	struct sm_open_file *o = bpf_map_lookup_elem(&sm_open_files, &file);
	struct sm_changer key = {.file = file, .process = sm_this_process() ^ SM_MAPS};
	struct sm_open_file first = {.inode = inode};
	__u64 *known = bpf_map_lookup_elem(&sm_changers, &key);

	if (o && o->inode == inode) {
		if (known && *known == o->opened)
			return false;
		first.opened = o->opened;
	} else {
		first.opened = bpf_ktime_get_ns();
		bpf_map_update_elem(&sm_open_files, &file, &first, BPF_ANY);
	}
	bpf_map_update_elem(&sm_changers, &key, &first.opened, BPF_ANY);
	return true;
}

/* A file was opened: nobody has changed it through this open file. */
static __always_inline void sm_note_open(struct file *f, struct inode *inode)
{
	struct sm_open_file first = {.inode = (__u64)inode, .opened = bpf_ktime_get_ns()};
	__u64 file = (__u64)f;
	struct sm_open_file *o = bpf_map_lookup_elem(&sm_open_files, &file);

	if (o) /* the file that it was about is closed; to replace the entry instead takes three times as long */
		*o = first;
	else
		bpf_map_update_elem(&sm_open_files, &file, &first, BPF_ANY);
}

#endif
