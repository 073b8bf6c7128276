// The containers that processes are in, each with a number in batches, so that it can be filled in later.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/pool.h"
#include "base/wire.h"
#include "enrich/cgroups.h"
#include "enrich/container_files.h"
#include "enrich/container_path.h"

namespace sysmon {

struct Container {
  uint32_t ref;  // its number in batches; another gets it when this one is forgotten
  uint64_t serial;
  ContainerPath path;
  std::optional<uint32_t> owner;  // user whose session it is in
  ContainerFacts facts;
  std::optional<ContainerUsers> users;
  unsigned looks = 0;                      // at its files, that are over
  unsigned misses = 0;                     // looks that did not find its users
  bool looking = false;                    // one is under way
  uint32_t next_pid = 0, next_mnt_ns = 0;  // to ask for its users by, once that is over; 0: none
  uint32_t asked_pid = 0;                  // by whom they were asked for last, with its exec count
  uint64_t asked_exec = 0;
  bool settled = false;  // there is nothing more to come
  bool defined = false;  // known to JavaScript
  // CLOCK_MONOTONIC ns: at its files, and at its users, who change.
  int64_t next_look = 0, next_users = 0;

  // A member that is not known is not there.
  std::string json() const;
  std::string runtime() const { return facts.runtime.empty() ? path.runtime : facts.runtime; }
  std::string pod_uid() const { return path.pod_uid.empty() ? facts.pod_uid : path.pod_uid; }
};

// Not thread-safe: the worker's, or whoever holds the pipeline's lock. A pointer is good until the next call.
class Containers {
 public:
  static constexpr uint32_t kMost = 4096;  // the one that has been known for the longest makes way
  static constexpr unsigned kMostLooks = 5;

  explicit Containers(Cgroups* cgroups) : cgroups_(cgroups), slots_(kMost) {}
  // `looked` is told the number of each whose first look is over. Without pools, nobody looks.
  void use(Pools* pools, std::function<void(uint32_t ref)> looked) {
    pools_ = pools;
    looked_ = std::move(looked);
  }

  // Null: none.
  Container* of(const sm_task& t);
  // Looks at its files and, by this process, at its users, unless that was done lately. True: what comes of it is worth
  // waiting for.
  bool look(Container* c, uint32_t pid, uint64_t exec_id, uint32_t mnt_ns, int64_t now);
  // Looks once more for those whose files came later than their first process.
  void tick(int64_t now);
  int64_t next_deadline() const;  // CLOCK_MONOTONIC ns; INT64_MAX: none
  // Those that JavaScript knows otherwise.
  std::vector<uint32_t> take_changed();
  Container* at(uint32_t ref) { return ref < kMost ? slots_[ref].get() : nullptr; }

 private:
  Container* make(ContainerPath path, std::string_view cgroup);
  bool submit(Container* c, uint32_t pid, uint32_t mnt_ns);
  void found(uint32_t ref, uint64_t serial, std::optional<ContainerFacts> facts, std::optional<ContainerUsers> users);

  static constexpr size_t kMostGroups = 8192;
  Cgroups* const cgroups_;
  Pools* pools_ = nullptr;
  std::function<void(uint32_t)> looked_;
  std::vector<std::unique_ptr<Container>> slots_;
  uint32_t next_ = 0;
  uint64_t serial_ = 0;
  std::unordered_map<std::string, Container*> by_id_;
  std::unordered_map<uint64_t, Container*> by_group_[Cgroups::kHierarchies];  // null: none
  std::vector<uint32_t> open_;                                                // that are looked for again
  std::vector<uint32_t> changed_;
};

}  // namespace sysmon
