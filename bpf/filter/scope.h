/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Whose records are made: of everybody, or of a process and what descends from it, or of those in a control group. It
 * is asked where a record is begun, and where something is noted from which one may be made later. Where there is no
 * scope the verifier removes all of it.
 */
#ifndef SM_FILTER_SCOPE_H
#define SM_FILTER_SCOPE_H

#define SM_MEMBERS 65536

/*
 * The processes of a tree, with their start: pids are used again. User space notes those that live when the sensor
 * starts; from then on who is made by one of them is one, whoever adopts it, until its end. User space gives the map
 * one entry if there is no tree.
 */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, SM_MEMBERS);
	__type(key, __u32);
	__type(value, __u64);
} sm_members SEC(".maps");

/* The thread whose new processes are of the tree, by its id: 0 most of the time. Set by sm_scope_spawns(). */
volatile __u32 sm_spawner;

/* The control group of the scope: set by sm_scope_cgroup_is(), before there are records of anybody. */
volatile __u64 sm_scope_cgroup;
volatile __u32 sm_scope_level; /* how far it is from the root */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct cgroup___61 { /* since 6.1 */
	struct cgroup *ancestors[1];
};
struct cgroup___60 {
	__u64 ancestor_ids[1];
};
#pragma clang attribute pop

static __always_inline bool sm_is_scoped(void)
{
	return sm_scope != SM_SCOPE_ALL;
}

static __always_inline bool sm_is_member(__u32 pid, __u64 start)
{
	__u64 *known = bpf_map_lookup_elem(&sm_members, &pid);

	return known && *known == start;
}

/* Whether a task is in the control group of the scope, or in one below it: now, for it may be moved. */
static __always_inline bool sm_task_in_cgroup(struct task_struct *t)
{
	struct cgroup *group = BPF_CORE_READ(t, cgroups, dfl_cgrp), *at = NULL;
	struct cgroup___61 *to_groups = (void *)group;
	__u32 level = sm_scope_level;
	__u64 id = 0;

	if ((__u32)BPF_CORE_READ(group, level) < level)
		return false;
	if (bpf_core_field_exists(to_groups->ancestors)) {
		bpf_probe_read_kernel(&at, sizeof(at),
				      (void *)group + bpf_core_field_offset(struct cgroup___61, ancestors) +
					  level * sizeof(at));
		id = BPF_CORE_READ(at, kn, id);
	} else {
		bpf_probe_read_kernel(&id, sizeof(id),
				      (void *)group + bpf_core_field_offset(struct cgroup___60, ancestor_ids) +
					  level * sizeof(id));
	}
	return id == sm_scope_cgroup;
}

/* Whether the process of a task is in the scope. */
static __always_inline bool sm_has_scope(struct task_struct *t)
{
	__u32 pid = BPF_CORE_READ(t, tgid);
	__u64 *known;

	if (sm_scope == SM_SCOPE_CGROUP)
		return sm_task_in_cgroup(t);
	if (sm_scope == SM_SCOPE_ALL)
		return true;
	known = bpf_map_lookup_elem(&sm_members, &pid); /* which for most is all that they are asked */
	return known && *known == BPF_CORE_READ(t, group_leader, start_boottime);
}

/* Not inlined: 5.10 adds the stack that it needs to those of the functions that are called after it. */
__noinline int sm_current_has_scope(void)
{
	return sm_has_scope((struct task_struct *)bpf_get_current_task());
}

/* Whether the running process is in the scope. */
static __always_inline bool sm_in_scope(void)
{
	return sm_scope == SM_SCOPE_ALL || sm_current_has_scope();
}

/* Whether to note what it begins: who is in the scope may turn out before it ends. */
static __always_inline bool sm_may_be_in_scope(void)
{
	return !sm_is_running() || sm_in_scope();
}

/*
 * Of the life of a process. Until the living are known everybody's is told: that is how the members of a tree are
 * found.
 */
static __always_inline bool sm_life_in_scope(struct task_struct *t)
{
	return sm_scope == SM_SCOPE_ALL || !sm_is_running() || sm_has_scope(t);
}

/* A process is made by the running one. */
static __always_inline bool sm_child_in_scope(struct task_struct *child)
{
	__u64 start = child->start_boottime;
	__u32 pid = child->tgid;

	if (sm_scope != SM_SCOPE_TREE)
		return sm_life_in_scope(child);
	if (!sm_in_scope() && (__u32)bpf_get_current_pid_tgid() != sm_spawner)
		return !sm_is_running();
	if (bpf_map_update_elem(&sm_members, &pid, &start, BPF_ANY))
		sm_lost_of_nobody(SM_FORK); /* there are more than it has room for: this one goes unseen */
	return true;
}

/* A process has ended, and its last record is made. */
static __always_inline void sm_leave_scope(struct task_struct *t)
{
	__u32 pid = t->tgid;

	if (sm_scope == SM_SCOPE_TREE && sm_has_scope(t))
		bpf_map_delete_elem(&sm_members, &pid);
}

#endif
