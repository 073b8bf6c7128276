// What a mountinfo file of /proc lists.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sysmon {

struct MountPoint {
  uint32_t dev;      // of the file system, as in records
  std::string path;  // as the namespace of the file sees it
  std::string type;  // of the file system: ext4, fuse.sshfs
};
std::vector<MountPoint> mounts_in(const std::string& mountinfo);

}  // namespace sysmon
