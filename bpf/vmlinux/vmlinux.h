/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The kernel's structures, as far as the probes read them, written by hand. Offsets here mean nothing: every access is
 * relocated against the running kernel's BTF (CO-RE). A field that moved or was renamed between kernels has a ___flavour
 * struct below the current one, with the kernels it covers.
 */
#ifndef SM_VMLINUX_H
#define SM_VMLINUX_H

typedef signed char __s8;
typedef unsigned char __u8;
typedef short __s16;
typedef unsigned short __u16;
typedef int __s32;
typedef unsigned int __u32;
typedef long long __s64;
typedef unsigned long long __u64;
typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
typedef _Bool bool;
typedef int pid_t;
typedef unsigned long size_t;
enum { false = 0, true = 1 };
#define NULL ((void *)0)
#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

/* UAPI numbers that bpf_helpers.h and the probes need. */
enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_RINGBUF = 27,
};
enum { BPF_RB_AVAIL_DATA = 0, BPF_RB_RING_SIZE = 1 };
enum { BPF_ANY = 0, BPF_NOEXIST = 1 };

/* Contexts of programs. User space's interface, not the kernel's structures: the verifier rewrites accesses, nothing is relocated. */
struct bpf_sock;
struct __sk_buff {
	__u32 len, pkt_type, mark, queue_mapping, protocol, vlan_present, vlan_tci, vlan_proto, priority, ingress_ifindex, ifindex, tc_index, cb[5],
	    hash, tc_classid, data, data_end, napi_id;
	__u32 family, remote_ip4, local_ip4, remote_ip6[4], local_ip6[4], remote_port, local_port;
	__u32 data_meta;
	__u64 flow_keys, tstamp;
	__u32 wire_len, gso_segs;
	struct bpf_sock *sk;
};
struct bpf_sock_addr {
	__u32 user_family, user_ip4, user_ip6[4], user_port, family, type, protocol, msg_src_ip4, msg_src_ip6[4];
	struct bpf_sock *sk;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	int counter;
} atomic_t;
typedef struct {
	__u32 val;
} kuid_t;
typedef struct {
	__u32 val;
} kgid_t;

struct ns_common {
	unsigned int inum;
};
struct mnt_namespace {
	struct ns_common ns;
};
struct uts_namespace {
	struct ns_common ns;
};
struct ipc_namespace {
	struct ns_common ns;
};
struct pid_namespace {
	struct ns_common ns;
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

struct qstr {
	__u64 hash_len;
	const unsigned char *name;
};
struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};
struct list_head {
	struct list_head *next, *prev;
};
struct hlist_node {
	struct hlist_node *next;
};
struct hlist_head {
	struct hlist_node *first;
};
struct inode;
struct mount;
struct seqcount_spinlock {
	__u32 sequence; /* of its member, or of itself: the first in all kernels */
};
struct dentry {
	struct seqcount_spinlock d_seq;
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	union {
		struct hlist_node d_alias;
	} d_u;
};
struct dentry___72 { /* 7.2; 6.18 has the union above */
	struct hlist_node d_alias;
};
struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
	struct dentry *s_root;
	struct list_head s_mounts; /* of mount.mnt_instance; up to 6.16 */
};
struct super_block___617 { /* since 6.17 */
	struct mount *s_mounts;
};
struct timespec64 {
	__s64 tv_sec;
	long tv_nsec;
};
struct inode {
	unsigned short i_mode;
	unsigned long i_ino;
	unsigned int i_nlink;
	atomic_t i_writecount;
	__u32 i_rdev;
	__s64 i_size;
	struct super_block *i_sb;
	struct hlist_head i_dentry;
	__u32 i_generation;
	atomic_t i_count;
	__s64 i_mtime_sec; /* since 6.11 */
	__u32 i_mtime_nsec;
	__s64 i_ctime_sec; /* since 6.11 */
	__u32 i_ctime_nsec;
};
struct inode___66 { /* 6.7 - 6.10, i_ctime already in 6.6 */
	struct timespec64 __i_mtime;
	struct timespec64 __i_ctime;
};
struct inode___pre66 { /* up to 6.6, i_ctime up to 6.5 */
	struct timespec64 i_mtime;
	struct timespec64 i_ctime;
};
struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};
struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct list_head mnt_instance; /* up to 6.16 */
	struct mnt_namespace *mnt_ns;
};
struct mount___617 { /* since 6.17 */
	struct mount *mnt_next_for_sb;
};
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};
struct file {
	void *private_data;
	struct inode *f_inode;
	unsigned int f_mode;
	unsigned int f_flags;
	struct path f_path;
};
struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};
struct files_struct {
	atomic_t count;
	struct fdtable *fdt;
};
struct fs_struct {
	struct path root;
	struct path pwd;
};

struct in6_addr {
	union {
		__u8 u6_addr8[16];
		__be32 u6_addr32[4];
	} in6_u;
};
typedef struct {
	struct net *net;
} possible_net_t;
struct sock_common {
	possible_net_t skc_net;
	__be32 skc_daddr;
	__be32 skc_rcv_saddr;
	__be16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
};
struct sock {
	struct sock_common __sk_common;
	__u16 sk_protocol;
	int sk_err;
	struct socket *sk_socket;
};
struct inet_sock {
	__be16 inet_sport;
};
typedef enum { SS_FREE, SS_UNCONNECTED } socket_state;
struct socket {
	socket_state state;
	short type;
	struct file *file;
	struct sock *sk;
};
struct sockaddr_un {
	unsigned short sun_family;
	char sun_path[108];
};
struct unix_address {
	int len;
	struct sockaddr_un name[0];
};
struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};

struct tty_struct {
	int index;
	char name[64];
};
struct cred {
	kuid_t uid;
	kgid_t gid;
	kuid_t suid;
	kgid_t sgid;
	kuid_t euid;
	kgid_t egid;
	struct user_namespace *user_ns;
	struct {
		__u64 any;
	} cap_permitted; /* kernel_cap_t: u32[2] up to 6.2, u64 since; the same bytes */
	struct {
		__u64 any;
	} cap_effective;
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
	unsigned long end_code;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct file *exe_file;
};
struct kernfs_node {
	__u64 id;
};
struct cgroup {
	struct kernfs_node *kn;
};
struct css_set {
	struct cgroup *dfl_cgrp;
};
struct task_struct {
	unsigned int flags;
	int exit_code;
	pid_t pid;
	pid_t tgid;
	struct task_struct *real_parent;
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

struct seq_file;
struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};
struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};
struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	__u32 fd;
	struct file *file;
};

/* What the contexts of programs at sockets are inside. */
struct sk_buff {
	struct sock *sk;
};
struct bpf_sock_addr_kern {
	struct sock *sk;
};

#pragma clang attribute pop

/* Contexts of syscalls:sys_enter_X and sys_exit_X: as the kernel hands them to programs, not as any of its structures. */
struct sm_sys_enter {
	__u64 common;
	__s32 nr;
	__u32 hole; /* not set */
	__u64 args[6];
};
struct sm_sys_exit {
	__u64 common;
	__s32 nr;
	__u32 hole; /* not set */
	__s64 ret;
};

#include "arch.h"
#endif
