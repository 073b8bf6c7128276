/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Processes, their credentials, namespaces and memory. */
#ifndef SM_VMLINUX_TASK_H
#define SM_VMLINUX_TASK_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum;
};
struct mnt_namespace {
	struct ns_common ns;
	struct mount *root;
	__u64 event; /* changes with every mount that comes, moves or goes */
};
struct uts_namespace {
	struct ns_common ns;
};
struct ipc_namespace {
	struct ns_common ns;
};
struct xarray {
	void *xa_head;
};
struct xa_node {
	unsigned char shift;
	void *slots[64];
};
struct idr {
	struct xarray idr_rt;
	unsigned int idr_base;
};
struct pid_namespace {
	struct ns_common ns;
	struct idr idr; /* struct pid by number */
};
struct net {
	struct ns_common ns;
};
struct cgroup_namespace {
	struct ns_common ns;
};
struct time_namespace {
	struct ns_common ns;
};
struct user_namespace {
	struct ns_common ns;
};
struct nsproxy {
	struct uts_namespace *uts_ns;
	struct ipc_namespace *ipc_ns;
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
	struct time_namespace *time_ns; /* 5.6 */
	struct cgroup_namespace *cgroup_ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};
struct pid {
	unsigned int level;
	struct upid numbers[1];
};
enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID };

struct tty_struct {
	int index;
	char name[64];
};
struct group_info {
	int ngroups;
	kgid_t gid[1];
};
struct cred {
	kuid_t uid;
	kgid_t gid;
	kuid_t suid;
	kgid_t sgid;
	kuid_t euid;
	kgid_t egid;
	kuid_t fsuid;
	kgid_t fsgid;
	unsigned int securebits;
	struct group_info *group_info;
	struct user_namespace *user_ns;
	struct {
		__u64 any;
	} cap_inheritable;
	struct {
		__u64 any;
	} cap_permitted; /* kernel_cap_t: u32[2] up to 6.2, u64 since; the same bytes */
	struct {
		__u64 any;
	} cap_effective;
	struct {
		__u64 any;
	} cap_bset;
	struct {
		__u64 any;
	} cap_ambient;
};
struct signal_struct {
	atomic_t live;
	int group_exit_code;
	unsigned int flags;
	struct pid *pids[4];
	struct tty_struct *tty;
};
struct mm_struct {
	atomic_t mm_users;
	unsigned long start_code, end_code, start_brk, brk;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct file *exe_file;
};
struct kernfs_node {
	__u64 id;
	void *priv; /* of a directory of cgroup2: its struct cgroup */
};
struct cgroup_root {
	int hierarchy_id;
};
struct cgroup {
	struct kernfs_node *kn;
	struct cgroup_root *root;
	int level;
};
struct cgroup_subsys_state {
	struct cgroup *cgroup;
};
struct css_set {
	struct cgroup_subsys_state *subsys[3]; /* as many as there are controllers */
	struct cgroup *dfl_cgrp;
};
/* Which controllers there are, and in what order, is the kernel's configuration. */
enum cgroup_subsys_id { cpuset_cgrp_id, memory_cgrp_id, pids_cgrp_id };
struct task_struct {
	unsigned int flags;
	int exit_code;
	pid_t pid;
	pid_t tgid;
	unsigned int ptrace; /* PT_*: somebody traces it */
	struct task_struct *real_parent;
	struct task_struct *parent; /* who traces it, else real_parent */
	struct task_struct *group_leader;
	struct pid *thread_pid;
	__u64 start_boottime;
	const struct cred *cred;
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	kuid_t loginuid; /* CONFIG_AUDIT */
	unsigned int sessionid;
	__u64 self_exec_id;
	struct css_set *cgroups;
	struct mm_struct *mm;
	void *worker_private; /* struct io_worker of a worker of io_uring */
};
struct linux_binprm {
	unsigned int secureexec : 1;
	struct file *file;
	const char *filename;
	const char *interp;
};

#pragma clang attribute pop

#endif
