// From the kernel's id of a control group to its path.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>

#include "base/fd.h"

namespace sysmon {

// Where a cgroup2 file system is mounted (cgroup v1 hosts mount it elsewhere); empty: nowhere.
std::string cgroup2_mount();

// Not thread-safe: the worker's.
class Cgroups {
 public:
  Cgroups();
  Cgroups(const Cgroups&) = delete;
  Cgroups& operator=(const Cgroups&) = delete;
  // The unified one, then those that pids, memory and cpuset may have of their own: sm_task.v1_controller.
  static constexpr uint32_t kHierarchies = 4;
  // Path below the root of the hierarchy, starting with '/'; empty if it is gone or cannot be resolved.
  const std::string& path(uint64_t id, uint32_t hierarchy = 0);
  // A controller that runtimes use has a hierarchy of its own.
  static bool has_v1();

 private:
  static constexpr size_t kMax = 4096;
  struct Hierarchy {
    std::string mount;
    Fd fd;
    std::unordered_map<uint64_t, std::string> known;
  };
  Hierarchy of_[kHierarchies];
};

}  // namespace sysmon
