/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Calls in progress. What a call was asked to do is noted when it begins (syscalls:sys_enter_X, or a request of
 * io_uring is submitted), and looked up when its result is known. In between, the inodes that the call changes are
 * noted with it.
 */
#ifndef SM_READ_CALL_H
#define SM_READ_CALL_H

#define SM_AT_FDCWD (-100)
#define SM_AT_REMOVEDIR 0x200
#define SM_RENAME_EXCHANGE 2
#define SM_PF_IO_WORKER 0x10 /* in task_struct.flags: a thread of io_uring */
#define SM_NAME_KEPT 256     /* bytes of a name that are kept from the beginning of a call to its end */
#define SM_URING_CALLS 1024  /* calls in progress that io_uring may have beside those of threads */
#define SM_SEEN 8	     /* inodes that a call changed, a power of two: the last ones are kept */
#define SM_CHILDREN 2	     /* directories of a stacked file system in which the name is looked for */

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

/* A path as it was passed, of name_len bytes. */
#define SM_PASSED_MEMBERS                                                                                              \
	__u64 name; /* its user address */                                                                             \
	__s32 dirfd;                                                                                                   \
	__u32 name_len; /* of start[] */                                                                               \
	__u32 skipped;	/* bytes of the name in front of start[] */                                                    \
	__u32 absolute; /* 1: the name begins with a slash */                                                          \
	__u32 late;	/* 1: the page of the name was absent when the call began: start[] was read later */           \
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

static __always_inline bool sm_is_rename(const struct sm_call_state *c)
{
	return c->call == SM_CALL_RENAME || c->call == SM_CALL_RENAMEAT || c->call == SM_CALL_RENAMEAT2;
}

static __always_inline bool sm_is_request(__u64 id)
{
	return id >> 63;
}

/*
 * The call of this id, NULL if it is not under way. Where threads keep their calls it is that of the running thread:
 * what is to be done for a request is done with a copy that the thread takes, see sm_take_request().
 */
static __always_inline struct sm_call_state *sm_call_at(__u64 id)
{
	struct sm_call_state *s;

	if (!sm_threads_keep_calls)
		return bpf_map_lookup_elem(&sm_calls, &id);
	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, 0);
	return s && s->under_way ? s : NULL;
}

/* The share that the user of the running thread falls to. */
static __always_inline __u32 sm_share_of_user(void)
{
	return ((__u32)bpf_get_current_uid_gid() * 0x9e3779b1u) >> 24;
}

/* A place becomes free. */
static __always_inline void sm_call_leave(__u64 id, __u32 share)
{
	__u32 *taken = bpf_map_lookup_elem(&sm_call_shares, &share);

	if (!bpf_map_delete_elem(&sm_calls, &id) && taken)
		__sync_fetch_and_add(taken, -1);
}

/* A place of its user's share, of which he may have so many. */
static __always_inline struct sm_call_state *sm_call_place(__u64 id, __u32 most)
{
	__u32 share = sm_share_of_user(), *taken;
	struct sm_call_state *s = bpf_map_lookup_elem(&sm_calls, &id);

	/* Of a call of this thread, or of a request at this address, whose end was not seen. */
	if (s)
		sm_call_leave(id, s->share);
	if (sm_is_request(id))
		share += SM_SHARES;
	taken = bpf_map_lookup_elem(&sm_call_shares, &share);
	if (!taken || *taken >= most || bpf_map_update_elem(&sm_calls, &id, &sm_no_call, BPF_ANY))
		return NULL;
	__sync_fetch_and_add(taken, 1);
	s = bpf_map_lookup_elem(&sm_calls, &id);
	if (s)
		s->share = share;
	return s;
}

static __always_inline struct sm_call_state *sm_call_of_task(void)
{
	struct sm_call_state *s;
	__u32 i;

	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, SM_STORAGE_CREATE);
	if (!s)
		return NULL;
	/* What an older call has left is forgotten, as far as anything depends on it. */
	__builtin_memset(s, 0, offsetof(struct sm_call_state, seen));
#pragma unroll
	for (i = 0; i < SM_SEEN; i++)
		s->seen[i].inode = s->seen[i].dentry = s->seen[i].parent_inode = s->seen[i].first = 0;
#pragma unroll
	for (i = 0; i < SM_CHILDREN; i++)
		s->child[i].inode = 0;
	return s;
}

/*
 * Keeps the end of a name that is longer than start[]: it tells which file is meant. `copied`: the name is the kernel's
 * copy, and not in the memory of the process.
 */
static __always_inline void sm_keep_end_of(struct sm_call_state *c, const void *name, bool copied)
{
	long skipped = sm_read_end(c->start, SM_NAME_KEPT, name, copied);

	c->skipped = skipped < 0 ? 0 : skipped;
	c->name_len = skipped < 0 ? 0 : SM_NAME_KEPT - 1;
}

/* The same for the name of a system call. Global, so that the verifier checks it once: long names are rare. */
__noinline int sm_keep_end(__u64 id, __u64 name)
{
	struct sm_call_state *c = sm_call_at(id);

	if (c)
		sm_keep_end_of(c, (void *)name, false);
	return 0;
}

/* What was passed first, and what second, change places: what follows is about the other path of the call. */
__noinline int sm_turn(__u64 id)
{
	struct sm_call_state *c = sm_call_at(id);
	__u64 *one, *two, was;
	__u32 i;

	if (!c)
		return 0;
	one = (__u64 *)&c->passed;
	two = (__u64 *)&c->other;
#pragma unroll
	for (i = 0; i < sizeof(struct sm_passed) / sizeof(*one); i++) {
		was = one[i];
		one[i] = two[i];
		two[i] = was;
	}
	return 0;
}

/* Notes a path that was passed. */
static __always_inline void sm_note_passed(struct sm_call_state *s, __s32 dirfd, __u64 name)
{
	long n = bpf_probe_read_user_str(s->start, SM_NAME_KEPT, (void *)name);

	s->dirfd = dirfd;
	s->name = name;
	s->name_len = n > 0 ? n - 1 : 0;
	s->skipped = 0;
	s->late = n < 0 && name;
	s->absolute = s->start[0] == '/';
	if (n == SM_NAME_KEPT)
		sm_keep_end(bpf_get_current_pid_tgid(), name);
}

/* Notes the path that a rename or a link comes from. */
static __always_inline void sm_call_from(struct sm_call_state *s, __s32 dirfd, __u64 name)
{
	__u64 id = bpf_get_current_pid_tgid();

	s->two = 1;
	s->old.dentry = 0;
	sm_turn(id);
	sm_note_passed(s, dirfd, name);
	sm_turn(id);
}

/* Notes a call that begins. `type`: the record that is counted as lost if there is no room for the note. */
static __always_inline struct sm_call_state *sm_call_begin(struct sm_sys_enter *ctx, __u32 type, __u32 call,
							   __s32 dirfd, __u64 name, __u32 flags)
{
	struct sm_call_state *s;

	if (sm_is_stopped() || !sm_may_be_in_scope())
		return NULL;
	s = sm_threads_keep_calls ? sm_call_of_task() : sm_call_place(bpf_get_current_pid_tgid(), SM_SHARE);
	if (!s) {
		sm_lost_to_table(type);
		return NULL;
	}
	s->under_way = 1;
	s->nr = ctx->nr;
	s->call = call;
	s->hook = call;
	s->flags = flags;
	sm_note_passed(s, dirfd, name);
	return s;
}

/* A page that a program has not touched yet is not there until the kernel reads the name: then it is read again. */
static __always_inline void sm_read_late_name(struct sm_call_state *s, __u64 id)
{
	long n = bpf_probe_read_user_str(s->start, SM_NAME_KEPT, (void *)s->name);

	s->name_len = n > 0 ? n - 1 : 0;
	s->absolute = s->start[0] == '/';
	if (n == SM_NAME_KEPT)
		sm_keep_end(id, s->name);
}

static __always_inline struct sm_call_state *sm_call_of(__u64 *id)
{
	struct sm_call_state *s;

	*id = bpf_get_current_pid_tgid();
	if (sm_is_stopped())
		return NULL;
	s = sm_call_at(*id);
	if (s && s->late && !s->name_len)
		sm_read_late_name(s, *id);
	return s;
}

/* The call that ends here; NULL also if what was noted is of an older one whose end was not seen. */
static __always_inline struct sm_call_state *sm_call_ended(struct sm_sys_exit *ctx, __u64 *id)
{
	struct sm_call_state *s = sm_call_of(id);

	return s && s->nr == ctx->nr ? s : NULL;
}

/*
 * Where threads keep their calls, lets the running one have a copy of a request's, and gives its id. NULL: the request
 * was not noted, or the thread is in a system call that is followed.
 */
static __always_inline struct sm_call_state *sm_take_request(__u64 *id)
{
	struct sm_call_state *r = bpf_map_lookup_elem(&sm_calls, id), *s;

	if (!r || !sm_threads_keep_calls)
		return r;
	s = bpf_task_storage_get(&sm_task_calls, bpf_get_current_task_btf(), NULL, SM_STORAGE_CREATE);
	if (!s || s->under_way)
		return NULL;
	bpf_probe_read_kernel(s, sizeof(*s), r);
	*id = bpf_get_current_pid_tgid();
	return s;
}

/* Gives the copy back. The request may complete in another thread. */
static __always_inline void sm_give_back(__u64 request, struct sm_call_state *s)
{
	if (!sm_threads_keep_calls)
		return;
	bpf_map_update_elem(&sm_calls, &request, s, BPF_EXIST);
	s->under_way = 0;
}

/*
 * The request that a worker thread of io_uring is busy with; 0: it is no worker, or carries out none. Only for hooks of
 * newer kernels: 5.10 does not have bpf_get_current_task_btf().
 */
static __always_inline __u64 sm_request_under_way(void)
{
	struct task_struct *t = bpf_get_current_task_btf();
	struct io_worker *worker;

	if (!(t->flags & SM_PF_IO_WORKER) || !bpf_core_type_exists(struct io_worker))
		return 0;
	worker = (struct io_worker *)t->worker_private;
	return (__u64)BPF_CORE_READ(worker, cur_work) - bpf_core_field_offset(struct io_kiocb, work);
}

/* Of a system call, whose state `s` is. */
static __always_inline void sm_call_end(struct sm_call_state *s, __u64 *id)
{
	if (sm_threads_keep_calls)
		s->under_way = 0;
	else
		sm_call_leave(*id, s->share);
}

#endif
