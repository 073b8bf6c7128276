/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * Drops what the rules certainly drop, before it costs a record. User space derives the tables from the rules
 * (native/core/rules/pushdown.cc): for each type of record up to 64 clauses, each of which suffices to drop it, and for
 * each value of what is known here the clauses that it leaves possible. A record is dropped if one is left in the end.
 * What is not known leaves those that do not ask for it: whatever is cut, exposed or not ASCII drops nothing.
 */
#ifndef SM_FILTER_PUSHDOWN_H
#define SM_FILTER_PUSHDOWN_H

#define SM_PUSH_NUMBERS 4096
#define SM_PUSH_NETWORKS 2048
#define SM_PUSH_TEXTS 2048
#define SM_PUSH_PROCESSES 8192
#define SM_PUSH_NAME 255 /* longest name of a file */

/* 0: off. Else the number of the set of tables that is in force: entries about processes are of one set. */
volatile __u32 sm_pushdown;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SM_TYPES);
	__type(key, __u32);
	__type(value, struct sm_push);
} sm_pushes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, SM_PUSH_NUMBERS);
	__type(key, struct sm_push_number);
	__type(value, __u64);
} sm_push_numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, SM_PUSH_NETWORKS);
	__type(key, struct sm_push_network);
	__type(value, __u64);
} sm_push_networks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, SM_PUSH_TEXTS);
	__type(key, struct sm_push_text);
	__type(value, __u64);
} sm_push_texts SEC(".maps");

/* What the worker has found out of a process, all of which stays as it is until the next exec. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, SM_PUSH_PROCESSES);
	__type(key, struct sm_push_process);
	__type(value, __u64);
} sm_push_processes SEC(".maps");

/* NULL: nothing of this type is dropped here. */
static __always_inline struct sm_push *sm_push_of(__u32 type)
{
	struct sm_push *push;

	if (!sm_pushdown || !sm_is_running())
		return NULL;
	push = bpf_map_lookup_elem(&sm_pushes, &type);
	return push && push->clauses ? push : NULL;
}

static __always_inline __u32 sm_push_what(__u32 type, __u32 dimension)
{
	return type | dimension << 16;
}

/* Functions of their own, with stacks of their own: a kernel without rules to push calls none of them. */
static __noinline __u64 sm_left_by_process(__u64 start, __u64 exec_id, __u32 pid, __u32 type)
{
	struct sm_push_process key = {.start = start, .exec_id = exec_id, .pid = pid};
	struct sm_push *push = sm_push_of(type);
	__u64 *known = NULL;

	if (!push)
		return 0;
	key.set = sm_pushdown;
	key.type = type;
	if (push->asked & 1 << SM_PUSH_PROCESS)
		known = bpf_map_lookup_elem(&sm_push_processes, &key);
	return known ? *known : push->other[SM_PUSH_PROCESS];
}

/* Clauses by which a record of the running process may still be dropped. */
static __noinline __u64 sm_left_of_current(__u32 type)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	return sm_left_by_process(BPF_CORE_READ(t, group_leader, start_boottime), BPF_CORE_READ(t, self_exec_id),
				  BPF_CORE_READ(t, tgid), type);
}

static __always_inline void sm_count_filtered(__u32 type)
{
	struct sm_counters *c = sm_count_of(type);

	if (c)
		__sync_fetch_and_add(&c->filtered, 1);
}

static __always_inline bool sm_drops_at_once(__u32 type, __u64 left)
{
	struct sm_push *push = sm_push_of(type);

	if (!push || !(left & push->process_only))
		return false;
	sm_count_filtered(type);
	return true;
}

/*
 * Whether a record of the running process is dropped by what is known before it is begun. Nothing of that is kept for
 * its end: the stack of those who make records has no room for it on 5.10.
 */
static __noinline int sm_current_is_filtered(__u32 type)
{
	return sm_drops_at_once(type, sm_left_of_current(type));
}

/* The same of another process. */
static __noinline int sm_process_is_filtered(const struct sm_process *maker, __u32 type)
{
	return maker && sm_drops_at_once(type, sm_left_by_process(maker->start, maker->exec_id, maker->pid, type));
}

static __noinline __u64 sm_left_by_number(struct sm_push *push, __u32 what, __u32 value)
{
	struct sm_push_number key = {.what = what, .value = value};
	__u64 *known;

	if (!push)
		return 0;
	known = bpf_map_lookup_elem(&sm_push_numbers, &key);
	return known ? *known : push->other[what >> 16 & (SM_PUSH_DIMENSIONS - 1)];
}

/* Any that is not one of IPv4, mapped. */
static __always_inline __u32 sm_is_ipv6(const void *address)
{
	const __u32 *word = address;

	return word[0] || word[1] || word[2] != bpf_htonl(0xffff);
}

static __noinline __u64 sm_left_by_address(struct sm_push *push, __u32 what, const struct sm_address *ends, __u32 peer)
{
	struct sm_push_network key = {.bits = 32 + 128, .what = what};
	__u64 *known;

	if (!push || !ends)
		return 0;
	if (peer)
		__builtin_memcpy(key.address, ends->peer, 16);
	else
		__builtin_memcpy(key.address, ends->local, 16);
	known = bpf_map_lookup_elem(&sm_push_networks, &key);
	return known ? *known : push->other[what >> 16 & (SM_PUSH_DIMENSIONS - 1)];
}

/*
 * Writes the end of a text, backwards and in small letters, into the key in the scratch: `last` is where its last byte
 * is. Returns all of its bytes or-ed: above 127, one of them is not ASCII. Global, so that the verifier checks it once.
 */
__noinline int sm_push_backwards(__u32 slot, __u32 last, __u32 len)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__s32 c, seen = 0;
	__u32 i;

	if (!s)
		return 255;
	__builtin_memset(s->key.text, 0, SM_PUSH_TEXT);
	for (i = 0; i < SM_PUSH_TEXT; i++) {
		if (i >= len)
			break;
		c = *(__u8 *)sm_at(s, last - i);
		seen |= c;
		/* A to Z become small letters without a branch, each of which the verifier would follow. */
		c |= (((64 - c) & (c - 91)) >> 31 & 1) << 5;
		s->key.text[i] = c;
	}
	return seen;
}

/* How long the name is that a path begins with: the path is in the scratch, from the leaf to the root. */
__noinline int sm_push_leaf(__u32 slot, __u32 at, __u32 len)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u32 i;

	if (!s)
		return 0;
	for (i = 0; i < SM_PUSH_NAME + 1; i++) {
		if (i >= len || *(__u8 *)sm_at(s, at + i) == '/')
			break;
	}
	return i;
}

static __always_inline __u64 sm_left_by_text(struct sm_push *push, __u32 slot, __u32 type, const __u32 dimension,
					     __u32 last, __u32 len)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	__u64 *known;

	if (!s || !len || (sm_push_backwards(slot, last, len) & 0x80))
		return push->unknown[dimension];
	s->key.bits = 32 + 8 * SM_PUSH_TEXT;
	s->key.what = sm_push_what(type, dimension);
	known = bpf_map_lookup_elem(&sm_push_texts, &s->key);
	return known ? *known : push->other[dimension];
}

/*
 * Whether the record in the scratch, of the running process, is dropped now that its path is known. Global as well: it
 * is asked at the end of many records.
 */
__noinline int sm_is_filtered_by_path(__u32 slot)
{
	struct sm_scratch *s = sm_scratch_at(slot);
	struct sm_location *where;
	struct sm_push *push;
	__u32 type, at, len;
	__u64 left;

	if (!s)
		return 0;
	type = ((struct sm_header *)s->data)->type;
	push = sm_push_of(type);
	if (!push || !push->path_at || !(push->asked & (1 << SM_PUSH_HEAD | 1 << SM_PUSH_TAIL)))
		return 0;
	left = sm_left_of_current(type);
	if (!left)
		return 0;
	where = sm_at(s, push->path_at);
	at = where->path.off;
	len = where->path.len;
	if (where->marks || !len) {
		left &= push->unknown[SM_PUSH_HEAD] & push->unknown[SM_PUSH_TAIL];
	} else {
		if (push->asked & 1 << SM_PUSH_HEAD)
			left &= sm_left_by_text(push, slot, type, SM_PUSH_HEAD, at + len - 1, len);
		if (left && push->asked & 1 << SM_PUSH_TAIL) {
			len = sm_push_leaf(slot, at, len);
			left &= sm_left_by_text(push, slot, type, SM_PUSH_TAIL, at + len - 1, len);
		}
	}
	return left != 0;
}

#endif
