/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * eBPFEvent: programs that are loaded and attached, objects that are pinned, links that are taken off, and whatever
 * somebody else does to the links and maps of this sensor.
 */

#define SM_BPF_ATTR 40 /* bytes of union bpf_attr that are looked at */
#define SM_BPF_NAME 16
#define SM_HOOK_NAME 128
#define SM_PERF_EVENT_IOC_SET_BPF 0x40042408
#define SM_BPF_F_PATH_FD (1 << 14)

/* match: enum bpf_cmd  include/uapi/linux/bpf.h */
enum {
	SM_MAP_UPDATE_ELEM = 2,
	SM_MAP_DELETE_ELEM = 3,
	SM_PROG_LOAD = 5,
	SM_OBJ_PIN = 6,
	SM_PROG_ATTACH = 8,
	SM_PROG_DETACH = 9,
	SM_RAW_TRACEPOINT_OPEN = 17,
	SM_MAP_LOOKUP_AND_DELETE_ELEM = 21,
	SM_MAP_FREEZE = 22,
	SM_MAP_LOOKUP_AND_DELETE_BATCH = 25,
	SM_MAP_UPDATE_BATCH = 26,
	SM_MAP_DELETE_BATCH = 27,
	SM_LINK_CREATE = 28,
	SM_LINK_UPDATE = 29,
	SM_LINK_DETACH = 34,
};

/* What a call was asked to do, by thread. */
struct sm_bpf_call {
	union {
		__u32 words[SM_BPF_ATTR / 4];
		__u64 addresses[SM_BPF_ATTR / 8];
	};
	__u64 since;
	__u32 command; /* enum sm_bpf_event_command */
	__u32 ours;    /* 1: an object of ours is changed */
};
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, struct sm_bpf_call);
} sm_bpf_calls SEC(".maps");

#define SM_COMMAND(name) SM_BPF_EVENT_COMMAND_##name
#define SM_NO_COMMAND ~0u

static __always_inline __u32 sm_bpf_command(__u32 command)
{
	switch (command) {
	case SM_PROG_LOAD:
		return SM_COMMAND(BPF_PROG_LOAD);
	case SM_PROG_ATTACH:
		return SM_COMMAND(BPF_PROG_ATTACH);
	case SM_PROG_DETACH:
		return SM_COMMAND(BPF_PROG_DETACH);
	case SM_RAW_TRACEPOINT_OPEN:
		return SM_COMMAND(BPF_RAW_TRACEPOINT_OPEN);
	case SM_LINK_CREATE:
		return SM_COMMAND(BPF_LINK_CREATE);
	case SM_LINK_UPDATE:
		return SM_COMMAND(BPF_LINK_UPDATE);
	case SM_LINK_DETACH:
		return SM_COMMAND(BPF_LINK_DETACH);
	case SM_OBJ_PIN:
		return SM_COMMAND(BPF_OBJ_PIN);
	case SM_MAP_UPDATE_ELEM:
		return SM_COMMAND(BPF_MAP_UPDATE_ELEM);
	case SM_MAP_DELETE_ELEM:
		return SM_COMMAND(BPF_MAP_DELETE_ELEM);
	case SM_MAP_LOOKUP_AND_DELETE_ELEM:
		return SM_COMMAND(BPF_MAP_LOOKUP_AND_DELETE_ELEM);
	case SM_MAP_FREEZE:
		return SM_COMMAND(BPF_MAP_FREEZE);
	case SM_MAP_LOOKUP_AND_DELETE_BATCH:
		return SM_COMMAND(BPF_MAP_LOOKUP_AND_DELETE_BATCH);
	case SM_MAP_UPDATE_BATCH:
		return SM_COMMAND(BPF_MAP_UPDATE_BATCH);
	case SM_MAP_DELETE_BATCH:
		return SM_COMMAND(BPF_MAP_DELETE_BATCH);
	}
	return SM_NO_COMMAND;
}

/* The command changes a map, which is an event if the map is ours. */
static __always_inline bool sm_changes_map(__u32 command)
{
	return command >= SM_COMMAND(BPF_MAP_UPDATE_ELEM) && command <= SM_COMMAND(BPF_MAP_DELETE_BATCH);
}

static __always_inline bool sm_changes_many(__u32 command)
{
	return command >= SM_COMMAND(BPF_MAP_LOOKUP_AND_DELETE_BATCH) && command <= SM_COMMAND(BPF_MAP_DELETE_BATCH);
}

/* The descriptor of what the command is about, where that is there before the call. */
static __always_inline int sm_bpf_descriptor(const struct sm_bpf_call *c)
{
	if (c->command == SM_COMMAND(BPF_OBJ_PIN))
		return c->words[2];
	if (c->command == SM_COMMAND(BPF_PROG_ATTACH) || c->command == SM_COMMAND(BPF_PROG_DETACH))
		return c->words[1];
	return c->words[sm_changes_many(c->command) ? 9 : 0]; /* the map, or the link */
}

static __always_inline bool sm_changes_ours(const struct sm_bpf_call *c)
{
	struct sm_bpf_object o;

	if (!sm_changes_map(c->command) && c->command != SM_COMMAND(BPF_PROG_DETACH) &&
	    c->command != SM_COMMAND(BPF_LINK_UPDATE) && c->command != SM_COMMAND(BPF_LINK_DETACH))
		return false;
	o = sm_bpf_object_of(sm_bpf_descriptor(c));
	return sm_is_our_bpf(o.sort, o.id);
}

static __always_inline int sm_bpf_begin(struct sm_bpf_call *c)
{
	__u64 id = bpf_get_current_pid_tgid();

	c->since = bpf_ktime_get_boot_ns();
	c->ours = sm_changes_ours(c);
	/* Others may change their own maps as they like, a million times a second. */
	if (sm_changes_map(c->command) && !c->ours)
		return 0;
	if (bpf_map_update_elem(&sm_bpf_calls, &id, c, BPF_ANY))
		sm_lost_to_table(SM_BPF_EVENT);
	return 0;
}

/* match: bpf(int cmd, union bpf_attr *uattr, unsigned int size) */
SEC("tracepoint/syscalls/sys_enter_bpf")
int SM_TRACE(sm_bpf_enter, struct sm_sys_enter *ctx)
{
	__u32 size = ctx->args[2] > SM_BPF_ATTR ? SM_BPF_ATTR : ctx->args[2];
	struct sm_bpf_call c = {.command = sm_bpf_command(ctx->args[0])};

	if (!sm_is_running() || c.command == SM_NO_COMMAND || bpf_get_current_pid_tgid() >> 32 == sm_self)
		return 0;
	bpf_probe_read_user(c.words, sm_len(size, 63) > SM_BPF_ATTR ? SM_BPF_ATTR : size, (void *)ctx->args[1]);
	return sm_bpf_begin(&c);
}

/* match: ioctl(unsigned int fd, unsigned int cmd, unsigned long arg) */
SEC("tracepoint/syscalls/sys_enter_ioctl")
int SM_TRACE(sm_bpf_perf_enter, struct sm_sys_enter *ctx)
{
	struct sm_bpf_call c = {.command = SM_COMMAND(PERF_EVENT_IOC_SET_BPF)};

	if ((__u32)ctx->args[1] != SM_PERF_EVENT_IOC_SET_BPF || !sm_is_running() ||
	    bpf_get_current_pid_tgid() >> 32 == sm_self || !sm_perf_event_of(sm_file_of(ctx->args[0])))
		return 0;
	c.words[0] = ctx->args[2]; /* the program */
	c.words[1] = ctx->args[0];
	return sm_bpf_begin(&c);
}

static __always_inline void sm_append_bpf_text(struct sm_draft *d, struct sm_text *text, const char *from, __u32 most)
{
	long n = from ? bpf_probe_read_kernel_str(sm_at(d->scratch, d->off), most, from) : 0;

	if (n <= 1) /* with its end */
		return;
	text->off = d->off;
	text->len = n - 1;
	d->off += n - 1;
}

static __always_inline void sm_fill_program(struct sm_draft *d, struct sm_bpf_event_record *r, struct bpf_prog *p)
{
	struct bpf_prog_aux *aux = BPF_CORE_READ(p, aux);

	r->program_type = BPF_CORE_READ(p, type);
	r->program = BPF_CORE_READ(aux, id);
	sm_append_bpf_text(d, &r->name, aux->name, SM_BPF_NAME);
}

/* Where an object is pinned, as it was passed. */
static __always_inline void sm_append_pin(struct sm_draft *d, struct sm_location *path, const struct sm_bpf_call *c)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	const struct path *start = &fs->pwd;
	struct file *f;
	char first = 0;
	long n;

	bpf_probe_read_user(&first, 1, (void *)c->addresses[0]);
	if (first == '/') {
		start = &fs->root;
	} else if (c->words[3] & SM_BPF_F_PATH_FD) {
		f = sm_file_of(c->words[4]);
		start = &f->f_path;
	}
	sm_append_path(d, &path->base, start, &path->marks, SM_LOCATION_CUT);
	n = bpf_probe_read_user_str(sm_at(d->scratch, d->off), SM_PATH_MAX, (void *)c->addresses[0]);
	path->name.off = d->off;
	path->name.len = n > 0 ? n - 1 : 0;
	d->off += path->name.len;
	if (sm_memory_shared())
		path->marks |= SM_LOCATION_EXPOSED;
}

/* The directory of a control group that a program is attached to. */
static __always_inline void sm_append_cgroup(struct sm_draft *d, struct sm_location *path, int fd)
{
	struct file *f = sm_file_of(fd);

	if ((BPF_CORE_READ(f, f_inode, i_mode) & SM_S_IFMT) != SM_S_IFDIR)
		return;
	sm_append_location(d, path, &f->f_path);
	if (sm_memory_shared())
		path->marks |= SM_LOCATION_EXPOSED;
}

/* What is said by descriptors of the call can be another thing by now. */
static __always_inline bool sm_bpf_exposed(const struct sm_bpf_call *c, struct bpf_prog *p)
{
	if (!sm_memory_shared())
		return false;
	/* A program that was loaded since is hardly another one. */
	return c->command != SM_COMMAND(BPF_PROG_LOAD) || BPF_CORE_READ(p, aux, load_time) < c->since;
}

#define SM_LINK_CGROUP 3 /* enum bpf_link_type */

static __always_inline void sm_bpf_tell(const struct sm_bpf_call *c, __u32 hook, __s64 result)
{
	bool made = c->command == SM_COMMAND(BPF_PROG_LOAD) || c->command == SM_COMMAND(BPF_RAW_TRACEPOINT_OPEN) ||
		    c->command == SM_COMMAND(BPF_LINK_CREATE);
	struct sm_bpf_object o = sm_bpf_object_of(made ? result : sm_bpf_descriptor(c));
	struct bpf_prog *p = sm_program_of(&o);
	struct bpf_link *link = o.at;
	struct bpf_map *map = o.at;
	struct sm_bpf_event_record *r;
	const char *hook_name = NULL;
	struct sm_draft d;

	/* Who has just switched the sensor off is told of all the same. */
	r = sm_record_begin(&d, SM_BPF_EVENT, sizeof(*r), SM_NAME_KEPT, c->ours);
	if (!r)
		return;
	sm_header_of_current(&r->hdr, SM_BPF_EVENT);
	__builtin_memset(&r->hdr + 1, 0, sizeof(*r) - sizeof(r->hdr));
	r->uid = bpf_get_current_uid_gid();
	r->command = c->command;
	r->hook = hook;
	r->own = c->ours;
	r->error = result < 0 ? -result : 0;
	r->exposed = sm_bpf_exposed(c, p);
	if (p) {
		sm_fill_program(&d, r, p);
		hook_name = BPF_CORE_READ(p, aux, attach_func_name);
	}
	if (o.sort == SM_BPF_LINK) {
		r->link = o.id;
		r->link_type = BPF_CORE_READ(link, type);
		hook_name = sm_name_of_link(link, p);
	} else if (o.sort == SM_BPF_MAP) {
		r->map = o.id;
		sm_append_bpf_text(&d, &r->map_name, map->name, SM_BPF_NAME);
	}
	if (c->command == SM_COMMAND(PERF_EVENT_IOC_SET_BPF))
		hook_name = sm_name_of_perf_event(sm_perf_event_of(sm_file_of(c->words[1])));
	sm_append_bpf_text(&d, &r->attached, hook_name, SM_HOOK_NAME);
	if (c->command == SM_COMMAND(BPF_OBJ_PIN))
		sm_append_pin(&d, &r->path, c);
	else if (c->command == SM_COMMAND(BPF_PROG_ATTACH) || c->command == SM_COMMAND(BPF_PROG_DETACH))
		sm_append_cgroup(&d, &r->path, c->words[0]);
	else if (r->link_type == SM_LINK_CGROUP && made)
		sm_append_cgroup(&d, &r->path, c->words[1]);
	sm_record_end(&d);
}

/* match: bpf(int cmd, union bpf_attr *uattr, unsigned int size); ioctl(unsigned int fd, unsigned int cmd, …) */
SEC("tracepoint/syscalls/sys_exit_{bpf,ioctl}")
int SM_TRACE(sm_bpf_exit, struct sm_sys_exit *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct sm_bpf_call *c = bpf_map_lookup_elem(&sm_bpf_calls, &id);

	if (!c)
		return 0;
	if (ctx->ret >= 0 || c->ours)
		sm_bpf_tell(c,
			    c->command == SM_COMMAND(PERF_EVENT_IOC_SET_BPF) ? SM_HOOK_E_BPFEVENT_SYS_EXIT_IOCTL
									     : SM_HOOK_E_BPFEVENT_SYS_EXIT_BPF,
			    ctx->ret);
	bpf_map_delete_elem(&sm_bpf_calls, &id);
	return 0;
}

/*
 * Programs that are there when the sensor starts. Nobody remembers which process loaded them.
 * match: int bpf_iter_bpf_prog(struct bpf_iter_meta *meta, struct bpf_prog *prog)  kernel/bpf/prog_iter.c
 */
SEC("iter/bpf_prog")
int sm_bpf_existing(struct bpf_iter__bpf_prog *ctx)
{
	struct bpf_prog *p = (void *)ctx->prog;
	struct sm_bpf_event_record *r;
	struct sm_draft d;

	if (!p || sm_is_our_bpf(SM_BPF_PROGRAM, BPF_CORE_READ(p, aux, id)))
		return 0;
	r = sm_record_of_current(&d, SM_BPF_EVENT, sizeof(*r), 0);
	if (!r)
		return 0;
	r->hdr.start = r->hdr.exec_id = 0;
	r->hdr.pid = r->hdr.tid = 0;
	r->uid = BPF_CORE_READ(p, aux, user, uid.val);
	r->command = SM_COMMAND(BPF_PROG_LOAD);
	r->hook = SM_HOOK_E_BPFEVENT_ITER_BPF_PROG;
	r->existing = 1;
	sm_fill_program(&d, r, p);
	sm_append_bpf_text(&d, &r->attached, BPF_CORE_READ(p, aux, attach_func_name), SM_HOOK_NAME);
	sm_record_end(&d);
	return 0;
}
