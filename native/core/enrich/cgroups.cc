#include "enrich/cgroups.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "base/files.h"

namespace sysmon {

// Where the whole of a hierarchy is mounted: of the type `type`, with `controller` among its options if that is given.
static std::string mount_of(const std::string& type, const std::string& controller) {
  const std::string all = read_file("/proc/self/mountinfo");
  std::string_view rest = all;
  for (std::string_view line; next_line(&rest, &line);) {
    // id parent dev root mountpoint options … - type source options
    const size_t dash = line.find(" - " + type + " ");
    if (dash == std::string_view::npos) continue;
    const std::string options = ',' + std::string(line.substr(line.rfind(' ') + 1)) + ',';
    if (!controller.empty() && options.find(',' + controller + ',') == std::string::npos) continue;
    for (int i = 0; i < 3; i++) next_word(&line);
    const std::string_view root = next_word(&line), point = next_word(&line);
    if (root == "/") return std::string(point);
  }
  return {};
}

std::string cgroup2_mount() { return mount_of("cgroup2", ""); }

static constexpr const char* kControllers[] = {"", "pids", "memory", "cpuset"};
static_assert(std::size(kControllers) == Cgroups::kHierarchies);

bool Cgroups::has_v1() {
  for (uint32_t i = 1; i < kHierarchies; i++)
    if (!mount_of("cgroup", kControllers[i]).empty()) return true;
  return false;
}

Cgroups::Cgroups() {
  for (uint32_t i = 0; i < kHierarchies; i++) {
    of_[i].mount = i == 0 ? cgroup2_mount() : mount_of("cgroup", kControllers[i]);
    if (!of_[i].mount.empty()) of_[i].fd = Fd(open(of_[i].mount.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
}

const std::string& Cgroups::path(uint64_t id, uint32_t hierarchy) {
  Hierarchy& h = of_[hierarchy < kHierarchies ? hierarchy : 0];
  if (const auto it = h.known.find(id); it != h.known.end()) return it->second;
  if (h.known.size() >= kMax) h.known.clear();
  std::string& path = h.known[id];
  if (!h.fd || id == 0) return path;
  // kernfs resolves its ids as file handles, without a walk over the tree.
  alignas(file_handle) char buffer[sizeof(file_handle) + 8];
  auto* handle = reinterpret_cast<file_handle*>(buffer);
  handle->handle_bytes = 8;
  handle->handle_type = 0xfe;  // FILEID_KERNFS
  std::memcpy(handle->f_handle, &id, 8);
  const int fd = open_by_handle_at(h.fd.get(), handle, O_PATH | O_CLOEXEC);
  if (fd < 0) return path;
  char target[4096];
  const ssize_t n = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target, sizeof target);
  close(fd);
  if (n > 0 && std::string_view(target, static_cast<size_t>(n)).substr(0, h.mount.size()) == h.mount) {
    path.assign(target + h.mount.size(), static_cast<size_t>(n) - h.mount.size());
    if (path.empty()) path = "/";
  }
  return path;
}

}  // namespace sysmon
