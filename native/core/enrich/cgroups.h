// From the kernel's id of a control group to its path.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>

namespace sysmon {

// Where a cgroup2 file system is mounted (cgroup v1 hosts mount it elsewhere); empty: nowhere.
std::string cgroup2_mount();

// Not thread-safe: the worker's.
class Cgroups {
 public:
  Cgroups();
  ~Cgroups();
  Cgroups(const Cgroups&) = delete;
  Cgroups& operator=(const Cgroups&) = delete;
  // Path below the root of the hierarchy, starting with '/'; empty if it is gone or cannot be resolved.
  const std::string& path(uint64_t id);

 private:
  static constexpr size_t kMax = 4096;
  std::string mount_;
  int fd_ = -1;
  std::unordered_map<uint64_t, std::string> known_;
};

}  // namespace sysmon
