// What the kernel side counts: records that it made and lost, runs of its programs.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <numeric>

#include "base/failure.h"
#include "kernel/bpf_object.h"

namespace sysmon {

// Since 5.12 the kernel counts how often it did not run a program because that, or another, was under way on the CPU.
// On 7.2 a task may be interrupted there by another that comes to the same hook. What such a run would have made is
// lost.
static uint64_t skipped_runs(int program) {
  bpf_prog_info info{};
  uint32_t size = sizeof info;
  return bpf_obj_get_info_by_fd(program, &info, &size) == 0 ? info.recursion_misses : 0;
}

void BpfObject::add_skipped(LossCounters* sum) const {
  for (const auto& [fd, type] : counted_) {
    const uint64_t runs = skipped_runs(fd);
    sum->produced[type] += runs;
    sum->dropped[type][SM_DROP_SKIPPED] += runs;
  }
}

sm_counters BpfObject::counted(uint32_t type) const {
  sm_counters sum{};
  const int fd = bpf_object__find_map_fd_by_name(object_.get(), "sm_counts");
  std::vector<sm_counters> per_cpu(static_cast<size_t>(libbpf_num_possible_cpus()));
  if (bpf_map_lookup_elem(fd, &type, per_cpu.data()) != 0) return sum;
  for (const auto& c : per_cpu) {
    sum.produced += c.produced;
    sum.filtered += c.filtered;
    for (int reason = 0; reason < SM_DROP_REASONS; reason++) sum.dropped[reason] += c.dropped[reason];
  }
  return sum;
}

uint64_t BpfObject::dropped(uint16_t type) const {
  const sm_counters c = counted(type);
  return std::accumulate(std::begin(c.dropped), std::end(c.dropped), skipped(type));
}

uint64_t BpfObject::skipped(uint16_t type) const {
  uint64_t sum = 0;
  for (const auto& [fd, of] : counted_)
    if (of == type) sum += skipped_runs(fd);
  return sum;
}

LossCounters BpfObject::counters() const {
  LossCounters sum;
  for (const auto& r : schema::kRecords) {
    const sm_counters c = counted(r.type);
    sum.produced[r.type] = c.produced;
    sum.filtered[r.type] = c.filtered;
    std::copy(std::begin(c.dropped), std::end(c.dropped), sum.dropped[r.type]);
  }
  add_further(&sum);
  return sum;
}

void BpfObject::add_further(LossCounters* sum) const {
  add_skipped(sum);
  std::vector<uint64_t> uring(static_cast<size_t>(libbpf_num_possible_cpus()));
  const uint32_t first = 0;
  if (bpf_map_lookup_elem(bpf_object__find_map_fd_by_name(object_.get(), "sm_uring_count"), &first, uring.data()) == 0)
    // Each counts the same operations.
    sum->io_uring = std::max(sum->io_uring, std::accumulate(uring.begin(), uring.end(), uint64_t{0}));
}

void BpfObject::add_program_runs(std::map<std::string, ProgramRuns>* sum) const {
  bpf_program* p;
  bpf_object__for_each_program(p, object_.get()) {
    if (!bpf_program__autoload(p)) continue;
    bpf_prog_info info{};
    uint32_t size = sizeof info;
    if (bpf_obj_get_info_by_fd(bpf_program__fd(p), &info, &size) != 0) continue;
    ProgramRuns& of = (*sum)[bpf_program__name(p)];
    of.runs += info.run_cnt;
    of.ns += info.run_time_ns;
  }
}

Fd BpfObject::measure() {
  Fd on(bpf_enable_stats(BPF_STATS_RUN_TIME));
  if (!on)
    throw Failure("OPTION", "bpf_enable_stats", errno,
                  std::string("option measure: the kernel does not measure programs: ") + strerror(errno) +
                      ". That takes CAP_SYS_ADMIN; leave the option out.");
  return on;
}

std::vector<LossesOf> BpfObject::take_losses() const {
  const bpf_map* map = bpf_object__find_map_by_name(object_.get(), "sm_losses");
  uint32_t n = bpf_map__max_entries(map), at = 0;
  std::vector<sm_loss> keys(n);
  std::vector<uint64_t> counts(n);
  // The whole table in one call, which then says that there is nothing more. What it could not read is not told.
  const int error =
      bpf_map_lookup_and_delete_batch(bpf_map__fd(map), nullptr, &at, keys.data(), counts.data(), &n, nullptr);
  if (error && error != -ENOENT) return {};
  std::vector<LossesOf> losses;
  for (uint32_t i = 0; i < n; i++) losses.push_back({keys[i], counts[i]});
  return losses;
}

}  // namespace sysmon
