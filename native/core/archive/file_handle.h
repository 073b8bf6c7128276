// Opens an inode by its identity alone: no name is needed, as long as the kernel still has it.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "../fd.h"
#include "../wire.h"
#include "kept.h"

namespace sysmon {

// True if we know how this type of file system (linux/magic.h) names an inode in a handle.
bool has_handles(uint32_t magic);

// The file of this inode number and generation, on the file system that `mount` is a file of. Sets errno.
Fd open_by_identity(int mount, const sm_file& f);

// Finds mounts by the device of their file system. Not thread-safe.
class Mounts {
 public:
  // An open file or directory of the file system, by a mount of our namespace or else of one of these processes'.
  Fd open(uint32_t dev, const std::vector<uint32_t>& pids);

 private:
  std::unordered_map<uint32_t, std::string> known_;  // where it was last; looked at before it is believed
};

// Opens the very file of the record, whether it has a name or not. On failure the reason.
Fd open_deleted(Mounts* mounts, const sm_file& f, const std::vector<uint32_t>& pids, Refusal* why);

// Paths of the mounts of a device that a mountinfo file lists.
std::vector<std::string> mounts_of(const std::string& mountinfo, uint32_t dev);

// As in records, from stat(2).
uint32_t kernel_dev(uint64_t st_dev);

}  // namespace sysmon
