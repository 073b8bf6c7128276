/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Files that are settings of the kernel: which of them are told, what they are called, and what the kernel has in
 * place of them. They are known by their file system and name, and not by a path: that may lead through any mount.
 */
#ifndef SM_READ_PARAMETER_H
#define SM_READ_PARAMETER_H

#define SM_SYSFS_MAGIC 0x62656572
#define SM_CGROUP_MAGIC 0x0027e0eb
#define SM_BINFMT_MAGIC 0x42494e4d
#define SM_SELINUX_MAGIC 0xf97cff8c
#define SM_TRACEFS_MAGIC 0x74726163
#define SM_SECURITYFS_MAGIC 0x73636673
#define SM_PARAMETER_VALUE 256 /* bytes that are kept of one, with its NUL */
#define SM_PARAMETER_DEPTH 24  /* directories that one may lie below */
#define SM_PARAMETER_NAMES 26

/* Bits of marks in the record, which lib/schema/events/kernel-parameter.ts names by number. */
#define SM_PARAMETER_CUT 1
#define SM_PARAMETER_EXPOSED 2

/* What the kernel keeps of a setting. */
enum sm_setting { SM_SETTING_OTHER, SM_SETTING_NUMBER, SM_SETTING_TEXT };

/*
 * Settings of /proc/sys that are kept as they are read and written: numbers in an int or a byte, texts as texts. Of
 * others the kernel may keep something else than what it says (jiffies for seconds, a key, a bitmap).
 */
/* clang-format off */
const struct sm_setting_name {
	char name[32];
	__u64 kind;
} sm_setting_names[SM_PARAMETER_NAMES] = {
	{"core_pattern", SM_SETTING_TEXT}, {"modprobe", SM_SETTING_TEXT}, {"hotplug", SM_SETTING_TEXT},
	{"poweroff_cmd", SM_SETTING_TEXT}, {"core_uses_pid", SM_SETTING_NUMBER}, {"core_pipe_limit", SM_SETTING_NUMBER},
	{"randomize_va_space", SM_SETTING_NUMBER}, {"kptr_restrict", SM_SETTING_NUMBER},
	{"dmesg_restrict", SM_SETTING_NUMBER}, {"perf_event_paranoid", SM_SETTING_NUMBER},
	{"ptrace_scope", SM_SETTING_NUMBER}, {"suid_dumpable", SM_SETTING_NUMBER},
	{"protected_symlinks", SM_SETTING_NUMBER}, {"protected_hardlinks", SM_SETTING_NUMBER},
	{"protected_fifos", SM_SETTING_NUMBER}, {"protected_regular", SM_SETTING_NUMBER},
	{"modules_disabled", SM_SETTING_NUMBER}, {"kexec_load_disabled", SM_SETTING_NUMBER},
	{"unprivileged_bpf_disabled", SM_SETTING_NUMBER}, {"unprivileged_userns_clone", SM_SETTING_NUMBER},
	{"unprivileged_userfaultfd", SM_SETTING_NUMBER}, {"io_uring_disabled", SM_SETTING_NUMBER},
	{"bpf_jit_harden", SM_SETTING_NUMBER}, {"bpf_jit_enable", SM_SETTING_NUMBER},
	{"panic_on_oops", SM_SETTING_NUMBER}, {"ip_forward", SM_SETTING_NUMBER},
};
/* clang-format on */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct ctl_table {
	void *data;
	int maxlen;
};
struct proc_inode___sysctl {
	struct ctl_table *sysctl_entry;
	struct inode vfs_inode;
};
#pragma clang attribute pop

/* A setting that a call is about to change. */
struct sm_parameter {
	__u64 dentry;
	__u64 data; /* where the kernel keeps it; 0: it is not known */
	__u32 kind; /* enum sm_setting */
	__u32 size; /* of data, in bytes */
};

static __always_inline bool sm_is_word(const __u64 name[4], const char word[32])
{
	__u64 other[4];

	__builtin_memcpy(other, word, sizeof(other));
	return name[0] == other[0] && name[1] == other[1] && name[2] == other[2] && name[3] == other[3];
}

static __always_inline void sm_short_name(struct dentry *d, __u64 name[4])
{
	__u64 hash_len = BPF_CORE_READ(d, d_name.hash_len);
	__u32 len = hash_len >> 32;

	name[0] = name[1] = name[2] = name[3] = 0;
	if (len < 32)
		bpf_probe_read_kernel(name, sm_len(len, 31), BPF_CORE_READ(d, d_name.name));
}

#define SM_WORD_BYTES 32
enum sm_parameter_word {
	SM_WORD_SYSRQ,
	SM_WORD_UEVENT,
	SM_WORD_PARAMETERS,
	SM_WORD_AGENT,
	SM_WORD_NOTIFY,
	SM_WORD_ALLOW,
	SM_WORD_ENFORCE,
	SM_WORD_DISABLE,
	SM_WORD_KPROBES,
	SM_WORD_UPROBES,
	SM_WORD_LOCKDOWN,
	SM_WORDS
};
/* clang-format off */
const char sm_parameter_words[SM_WORDS][SM_WORD_BYTES] = {
    "sysrq-trigger", "uevent_helper", "parameters", "release_agent", "notify_on_release", "devices.allow",
    "enforce", "disable", "kprobe_events", "uprobe_events", "lockdown",
};
/* clang-format on */

static __always_inline bool sm_is_called_word(const __u64 name[4], enum sm_parameter_word word)
{
	return sm_is_word(name, sm_parameter_words[word]);
}

/* Beside /proc/sys and binfmt_misc, of which all is told. */
static __always_inline bool sm_is_told(__u32 magic, struct dentry *d)
{
	__u64 name[4], above[4];

	sm_short_name(d, name);
	switch (magic) {
	case SM_PROC_MAGIC:
		return sm_is_called_word(name, SM_WORD_SYSRQ);
	case SM_SYSFS_MAGIC:
		sm_short_name(BPF_CORE_READ(d, d_parent), above);
		return sm_is_called_word(name, SM_WORD_UEVENT) || sm_is_called_word(above, SM_WORD_PARAMETERS);
	case SM_CGROUP_MAGIC:
		return sm_is_called_word(name, SM_WORD_AGENT) || sm_is_called_word(name, SM_WORD_NOTIFY) ||
		       sm_is_called_word(name, SM_WORD_ALLOW);
	case SM_SELINUX_MAGIC:
		return sm_is_called_word(name, SM_WORD_ENFORCE) || sm_is_called_word(name, SM_WORD_DISABLE);
	case SM_TRACEFS_MAGIC:
		return sm_is_called_word(name, SM_WORD_KPROBES) || sm_is_called_word(name, SM_WORD_UPROBES);
	case SM_SECURITYFS_MAGIC:
		return sm_is_called_word(name, SM_WORD_LOCKDOWN);
	}
	return false;
}

static __always_inline bool sm_may_be_parameter(__u32 magic)
{
	return magic == SM_PROC_MAGIC || magic == SM_SYSFS_MAGIC || magic == SM_CGROUP_MAGIC ||
	       magic == SM_BINFMT_MAGIC || magic == SM_SELINUX_MAGIC || magic == SM_TRACEFS_MAGIC ||
	       magic == SM_SECURITYFS_MAGIC;
}

/* What the kernel keeps of a setting of /proc/sys, if that is known. */
static __always_inline void sm_find_setting(struct sm_parameter *p, struct ctl_table *table)
{
	__u64 name[4];
	__u32 i;

	sm_short_name((struct dentry *)p->dentry, name);
	p->data = (__u64)BPF_CORE_READ(table, data);
	p->size = BPF_CORE_READ(table, maxlen);
	for (i = 0; i < SM_PARAMETER_NAMES; i++)
		if (sm_is_word(name, sm_setting_names[i].name))
			p->kind = sm_setting_names[i].kind;
	if (p->kind == SM_SETTING_NUMBER && p->size != 4 && p->size != 1)
		p->kind = SM_SETTING_OTHER;
	if (!p->data)
		p->kind = SM_SETTING_OTHER;
}

/* Whether a file is a setting that is told. Not inlined: most files that are written to are none. */
static __noinline int sm_find_parameter(struct file *f, __u32 magic, struct sm_parameter *p)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct proc_inode___sysctl *proc = (void *)inode - bpf_core_field_offset(struct proc_inode___sysctl, vfs_inode);
	struct ctl_table *table = NULL;

	p->dentry = (__u64)BPF_CORE_READ(f, f_path.dentry);
	p->data = 0;
	p->kind = SM_SETTING_OTHER;
	p->size = 0;
	if (magic == SM_BINFMT_MAGIC)
		return 1;
	if (magic == SM_PROC_MAGIC && bpf_core_type_exists(struct ctl_table))
		table = BPF_CORE_READ(proc, sysctl_entry);
	if (!table)
		return sm_is_told(magic, (struct dentry *)p->dentry);
	sm_find_setting(p, table);
	return 1;
}

/* Appends a number as text to what is in the scratch at `off`. Returns its length. Global: it is checked once. */
__noinline int sm_put_number(__u64 number, __u32 negative, __u32 off, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u64 power = 1000000000ull;
	__u32 i, len = 0;

	if (!s || number > 9999999999ull || off > SM_OFF_MAX - 16)
		return 0;
	if (negative) {
		*(volatile char *)sm_at(s, off) = '-';
		len = 1;
	}
	for (i = 0; i < 10; i++) {
		if (number >= power || len > negative || power == 1) {
			*(volatile char *)sm_at(s, off + len) = '0' + number / power % 10;
			len++;
		}
		power /= 10;
		if (!power)
			break;
	}
	return len;
}

static __always_inline void sm_append_number(struct sm_draft *d, struct sm_text *text, __s64 number)
{
	text->off = d->off;
	text->len = sm_put_number(number < 0 ? -number : number, number < 0, d->off, d->slot) & 15;
	d->off += text->len;
}

/*
 * Appends the names from a file up to the root of its file system, each followed by '/'. Returns their length, and
 * SM_PATH_CUT if they are more than can be walked.
 */
__noinline int sm_walk_names(__u64 dentry, __u32 start, __u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u32 i, off = start;

	if (!s || start > SM_OFF_MAX - SM_PATH_MAX)
		return SM_PATH_CUT;
	for (i = 0; i < SM_PARAMETER_DEPTH; i++) {
		struct dentry *d = (struct dentry *)dentry, *parent = BPF_CORE_READ(d, d_parent);
		__u32 len = BPF_CORE_READ(d, d_name.hash_len) >> 32;

		if (parent == d || off - start > SM_PATH_MAX - 256)
			break;
		if (bpf_probe_read_kernel(sm_at(s, off), sm_len(len, 0xff), BPF_CORE_READ(d, d_name.name)))
			break;
		*(volatile char *)sm_at(s, off + (len & 0xff)) = '/';
		off += (len & 0xff) + 1;
		dentry = (__u64)parent;
	}
	return (off - start) |
	       (BPF_CORE_READ((struct dentry *)dentry, d_parent) == (struct dentry *)dentry ? 0 : SM_PATH_CUT);
}

/* Where the file systems are looked for, as sm_walk_names() writes it. */
#define SM_PLACES 7
/* clang-format off */
const struct sm_parameter_place {
	char names[SM_WORD_BYTES];
	__u32 magic, len;
} sm_parameter_places[SM_PLACES] = {
    {"proc/", SM_PROC_MAGIC, 5},
    {"sys/", SM_SYSFS_MAGIC, 4},
    {"cgroup/fs/sys/", SM_CGROUP_MAGIC, 14},
    {"binfmt_misc/fs/sys/proc/", SM_BINFMT_MAGIC, 24},
    {"selinux/fs/sys/", SM_SELINUX_MAGIC, 15},
    {"tracing/kernel/sys/", SM_TRACEFS_MAGIC, 19},
    {"security/kernel/sys/", SM_SECURITYFS_MAGIC, 20},
};
/* clang-format on */

/* Appends what a setting is called. */
static __always_inline void sm_append_parameter(struct sm_draft *d, struct sm_location *where, __u64 dentry)
{
	__u32 magic = BPF_CORE_READ((struct dentry *)dentry, d_sb, s_magic), i;
	int n = sm_walk_names(dentry, d->off, d->slot);

	where->path.off = d->off;
	d->off += n & 0xffff;
	if (n & SM_PATH_CUT)
		where->marks |= SM_LOCATION_CUT;
	for (i = 0; i < SM_PLACES; i++) {
		if (sm_parameter_places[i].magic == magic) {
			bpf_probe_read_kernel(sm_at(d->scratch, d->off), SM_WORD_BYTES, sm_parameter_places[i].names);
			d->off += sm_parameter_places[i].len;
			break;
		}
	}
	where->path.len = d->off - where->path.off;
}

#endif
