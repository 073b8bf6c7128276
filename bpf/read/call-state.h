/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* What is noted of a call in progress, and where that is kept; see read/call.h. */
#ifndef SM_READ_CALL_STATE_H
#define SM_READ_CALL_STATE_H

#define SM_NAME_KEPT 256    /* bytes of a name that are kept from the beginning of a call to its end */
#define SM_URING_CALLS 1024 /* calls in progress that io_uring may have beside those of threads */
#define SM_SEEN 8	    /* inodes that a call changed, a power of two: the last ones are kept */
#define SM_CHILDREN 2	    /* directories of a stacked file system in which the name is looked for */

/* An inode that a call has changed, as it was then. */
struct sm_seen {
	__u64 inode;
	__u64 dentry;	    /* the name that the call meant, as far as it is known; see read/name.h */
	__u64 parent;	    /* dentry of the directory that this name is in */
	__u64 parent_inode; /* inode of that directory */
	__u64 name_hash;    /* hash and length of the name */
	__u64 first;	    /* dentry that it was known by when it was seen first */
	__u32 certain;	    /* 1: the call can have meant no other name */
	__u32 before;	    /* 1: it had the name that was passed when it was seen first */
	struct sm_file file;
};

/* A file that was found by the name that was passed, in a directory that the call changed; see read/child.h. */
struct sm_child {
	__u64 dentry;
	__u64 inode;
	__u64 parent;
	__u64 name_hash;
	struct sm_file file;
};

/* Where a search through names, children or mounts stands. It is kept here for the reason that sm_walk_step() gives. */
struct sm_search {
	__u64 next; /* what is looked at next */
	__u64 best;
	__u64 start; /* dentry of the directory that the path starts at */
	__u64 dentry, mount, root;
	__u64 start_mount; /* struct mount */
	__u64 chosen;	   /* struct vfsmount: the mount by which a path is told */
	__u32 fits;	   /* how well the best one fits */
	__u32 ties;	   /* how many fit as well */
	__u32 end;	   /* what of the name has not been compared yet ends in front of start[end] */
	__u32 len;	   /* of the component that is looked for */
	__u32 matched;	   /* components that are the same */
	__u32 way;	   /* enum sm_way, see read/mounts.h */
};

/*
 * A path as it was passed, of name_len bytes; `skipped`: bytes in front of start[]; `late`: 1 if its page was absent
 * when the call began, and start[] was read later.
 */
#define SM_PASSED_MEMBERS                                                                                              \
	__u64 name; /* its user address */                                                                             \
	__s32 dirfd;                                                                                                   \
	__u32 name_len; /* of start[] */                                                                               \
	__u32 skipped;                                                                                                 \
	__u32 absolute; /* 1: the name begins with a slash */                                                          \
	__u32 late;                                                                                                    \
	__u32 unused;                                                                                                  \
	char start[SM_NAME_KEPT]; /* the last bytes of the name, as they were when the call began */
struct sm_passed {
	SM_PASSED_MEMBERS
};

/* What a file was called before a rename, or what a link is of; see sm_note_old(). */
struct sm_old {
	__u64 dentry;
	__u64 inode;
	__u64 parent;
	__u64 parent_inode;
	__u64 name_hash;
	__u32 fits;    /* how well it fits what was passed */
	__u32 certain; /* 1: the call can have meant no other name */
	char text[SM_NAME_KEPT];
};

struct sm_call_state {
	__u64 since; /* when the request was submitted to io_uring; 0: it is a system call */
	__u64 more;  /* user address of what else the call is passed in memory: struct open_how, times */
	__u32 flags;
	__u32 seen_count;
	__u32 call; /* enum sm_call: what it does */
	/* enum sm_call: where it was seen; of io_uring, the operation and not the call that does the same */
	__u32 hook;
	/* 1: an open whose changed inodes are noted: other threads may replace the descriptor that it returns */
	__u32 follow;
	__u32 under_way; /* 1: it has begun; what a thread keeps stays with it from one call to the next */
	__s32 nr;	 /* number of the system call */
	__u32 share;	 /* of sm_call_shares: whose place it takes */
	__u32 upto;	 /* not 0: only what is in front of start[upto] is compared with a path */
	__s32 depth;	 /* how many file systems lie below that of the inodes seen */
	__u32 mounts;	 /* how many show the file, and components that are as passed by the best of them */
	__u32 mount_matched;
	__u32 children; /* how many of child[] were looked for */
	__u32 two;	/* 1: it takes two paths, and both are of interest: `other` and `old` hold something */
	__s32 named;	/* index of the inode that has got the name; -1: it was not seen */
	__s32 traded;	/* the same of the other one, where two names are exchanged */
	__u32 replaced; /* 1: another file had the name */
	struct sm_seen seen[SM_SEEN];
	struct sm_child child[SM_CHILDREN];
	union { /* the name that will come or go */
		struct {
			SM_PASSED_MEMBERS
		};
		struct sm_passed passed;
	};
	struct sm_passed other; /* where a rename or a link comes from */
	struct sm_old old;
	struct sm_search search;
};

/*
 * Of system calls, each thread keeps its own: whoever has thousands of threads wait in a call takes nobody else's
 * place. Since 5.12. User space leaves the map out where there is none.
 */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct sm_call_state);
} sm_task_calls SEC(".maps");

#define SM_SHARES 256	   /* those of system calls; as many of requests follow, and of calls that write */
#define SM_SHARE 512	   /* of 2,048 places */
#define SM_URING_SHARE 256 /* of SM_URING_CALLS places */

/*
 * Of requests of io_uring, and before 5.12 of system calls. The key of a system call is its thread
 * (bpf_get_current_pid_tgid()), that of a request is its address: addresses of the kernel have the highest bit set,
 * numbers of threads never have, so that the two cannot be confused. User space gives the map one entry only if no
 * event needs it, and those of the requests only if threads keep their own.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2048 + SM_URING_CALLS);
	__type(key, __u64);
	__type(value, struct sm_call_state);
} sm_calls SEC(".maps");

/* How many places the users have that fall to each share: one of them must not take all. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3 * SM_SHARES);
	__type(key, __u32);
	__type(value, __u32);
} sm_call_shares SEC(".maps");

const struct sm_call_state sm_no_call = {};

#endif
