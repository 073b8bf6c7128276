/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Puts prepared exec records on a ring. Run by BPF_PROG_TEST_RUN, never attached: the load costs no process anything
 * else. */
#include "vmlinux/vmlinux.h"

/* These use the types of the above, so no formatter may bring them in front of it. */
#include <bpf/bpf_helpers.h>

#include "../test/bench/native/load.h"
#include "wire.gen.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

struct sm_bench_record {
  struct sm_exec_record exec;
  char texts[SM_BENCH_BYTES - sizeof(struct sm_exec_record)];
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 8 << 20);
} ring SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, struct sm_bench_record);
  __uint(max_entries, SM_BENCH_PROCESSES);
} templates SEC(".maps");

/* Returns the number of records handed over, and in the upper half that of those that did not fit. */
SEC("raw_tracepoint/sm_bench")
int sm_bench_produce(__u64* ctx) {
  __u64 sequence = ctx[0], count = ctx[1], room = ctx[2], renew = ctx[3];
  __u32 done = 0, lost = 0;

  for (int i = 0; i < SM_BENCH_BURST; i++) {
    if (i >= count || (room && bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > room)) break;
    __u32 key = sequence % SM_BENCH_PROCESSES;
    struct sm_bench_record* r = bpf_map_lookup_elem(&templates, &key);
    if (!r) break;
    /* In place: there is one producer. */
    char* digits = (char*)r + SM_BENCH_DIGITS_AT;
    for (int d = 0; d < 8; d++) digits[d] = "0123456789abcdef"[sequence >> (28 - 4 * d) & 15];
    r->exec.hdr.time = bpf_ktime_get_boot_ns();
    if (renew) r->exec.hdr.exec_id = sequence;
    if (bpf_ringbuf_output(&ring, r, SM_BENCH_BYTES, 0))
      lost++;
    else
      done++;
    sequence++;
  }
  return lost << 16 | done;
}
