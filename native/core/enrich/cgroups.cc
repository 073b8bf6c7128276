#include "enrich/cgroups.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <sstream>

namespace sysmon {

std::string cgroup2_mount() {
  std::ifstream in("/proc/self/mountinfo");
  for (std::string line; std::getline(in, line);) {
    // id parent dev root mountpoint options … - type source options
    const size_t dash = line.find(" - ");
    if (dash == std::string::npos || line.compare(dash + 3, 8, "cgroup2 ") != 0) continue;
    std::istringstream fields(line);
    std::string skip, root, point;
    fields >> skip >> skip >> skip >> root >> point;
    if (root == "/") return point;
  }
  return {};
}

Cgroups::Cgroups() : mount_(cgroup2_mount()) {
  if (!mount_.empty()) fd_ = open(mount_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

Cgroups::~Cgroups() {
  if (fd_ >= 0) close(fd_);
}

const std::string& Cgroups::path(uint64_t id) {
  if (const auto it = known_.find(id); it != known_.end()) return it->second;
  if (known_.size() >= kMax) known_.clear();
  std::string& path = known_[id];
  if (fd_ < 0 || id == 0) return path;
  // kernfs resolves its ids as file handles, without a walk over the tree.
  alignas(file_handle) char buffer[sizeof(file_handle) + 8];
  auto* handle = reinterpret_cast<file_handle*>(buffer);
  handle->handle_bytes = 8;
  handle->handle_type = 0xfe;  // FILEID_KERNFS
  std::memcpy(handle->f_handle, &id, 8);
  const int fd = open_by_handle_at(fd_, handle, O_PATH | O_CLOEXEC);
  if (fd < 0) return path;
  char target[4096];
  const ssize_t n = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target, sizeof target);
  close(fd);
  if (n > 0 && std::string_view(target, static_cast<size_t>(n)).substr(0, mount_.size()) == mount_) {
    path.assign(target + mount_.size(), static_cast<size_t>(n) - mount_.size());
    if (path.empty()) path = "/";
  }
  return path;
}

}  // namespace sysmon
